"""What was understood, as the search asks it."""

from allervers.directory.queries.finding import interpret
from allervers.engines.vocabulary import Scored, Understanding


def understanding(*needs: str, publics: tuple[str, ...] = ()) -> Understanding:
    scored = [tuple(Scored(value, 0.9) for value in values) for values in (needs, publics)]
    return Understanding(thematiques=scored[0], publics=scored[1], urgent=None)


def test_a_parent_who_looks_for_work_is_a_job_seeker_too() -> None:
    understood = understanding(
        "famille--garde-denfants",
        "trouver-un-emploi--convaincre-un-recruteur-en-entretien",
        publics=("familles",),
    )

    assert interpret("une nounou pour pouvoir travailler", understood).publics == (
        "familles",
        "demandeurs-emploi",
    )


def test_a_parent_who_needs_care_alone_stays_a_parent() -> None:
    understood = understanding("famille--garde-denfants", publics=("familles",))

    assert interpret("une nounou", understood).publics == ("familles",)
