"""`allervers find`: what is there for me, from the command line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, NoReturn

import typer
from rich.table import Table

from allervers.cli.app import app
from allervers.cli.output import ExitCode, print_json, refuse, results
from allervers.cli.prepared import prepared
from allervers.directory.actions.indexing import ensure_index
from allervers.directory.queries.answering import Answered, Question, answer, unclear_place
from allervers.directory.queries.finding import Result, Where
from allervers.directory.queries.locating import Located, home_ground, locate
from allervers.directory.queries.telling import answered_json, nothing_found_json
from allervers.directory.wording import distance, reason_sentence
from allervers.engines.vocabulary import vocabulary
from allervers.territory.queries import local_now

LIMIT_MAX = 1000


@dataclass(frozen=True, slots=True)
class Asking:
    """The options of the command, as typed."""

    text: str
    place: str
    at: str
    needs: tuple[str, ...]
    publics: tuple[str, ...]
    free: bool
    open_at: str
    as_json: bool


@app.command()
def find(
    text: Annotated[str, typer.Argument(help="Ce que la personne cherche, avec ses mots.")] = "",
    place: Annotated[
        str, typer.Option("--from", help="Une adresse, un lieu, une ville ou un code postal.")
    ] = "",
    at: Annotated[str, typer.Option("--at", metavar="LAT,LON", help="Un point, en degrés.")] = "",
    need: Annotated[list[str] | None, typer.Option(help="Un code de thématique ou de catégorie.")] = None,
    public: Annotated[list[str] | None, typer.Option(help="Un code de public.")] = None,
    free: Annotated[bool, typer.Option("--free", help="Seulement ce qui est gratuit.")] = False,
    open_at: Annotated[str, typer.Option(help="Ouvert à ce moment : 2026-11-27T09:30.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=LIMIT_MAX, help="Combien de réponses.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Une réponse en JSON.")] = False,
) -> None:
    """Chercher dans l’annuaire, comme sur le site."""
    asking = Asking(text, place, at, tuple(need or ()), tuple(public or ()), free, open_at, as_json)
    _check(asking)
    prepared()
    now = local_now()
    ensure_index(now=now)
    question = Question(
        text=text,
        needs=asking.needs,
        publics=asking.publics,
        where=_where(asking),
        free_only=free,
        open_at=_moment(asking, now),
    )
    answered = answer(question, now=now, limit=limit)
    if as_json:
        print_json(answered_json(answered, now=now))
    else:
        _show(answered, now)


def _check(asking: Asking) -> None:
    words = vocabulary()
    if not (asking.text.strip() or asking.needs or asking.publics):
        _refuse(asking, "Dites ce que vous cherchez : un texte, ou --need.", code=ExitCode.USAGE)
    if asking.place and asking.at:
        _refuse(asking, "Choisissez entre --from et --at.", code=ExitCode.USAGE)
    for need in asking.needs:
        if need not in words.thematiques and need not in words.categories:
            _refuse(asking, f"« {need} » n’est pas un code de thématique.", code=ExitCode.USAGE)
    for public in asking.publics:
        if public not in words.publics:
            _refuse(asking, f"« {public} » n’est pas un code de public.", code=ExitCode.USAGE)


def _refuse(asking: Asking, sentence: str, *, code: ExitCode = ExitCode.REFUSED) -> NoReturn:
    """With `--json`, stdout is the same object with zero counts and the error."""
    refuse(sentence, code=code, report=nothing_found_json() if asking.as_json else None)


def _where(asking: Asking) -> Where | None:
    if not (asking.place or asking.at):
        return home_ground()
    located = locate(asking.at or asking.place)
    if located.where is None:
        _refuse(asking, _place_unclear(asking, located))
    if asking.at and (located.place or located.where.municipality):
        _refuse(asking, "--at attend deux nombres : LAT,LON, par exemple 43.632,3.822.", code=ExitCode.USAGE)
    return located.where


def _place_unclear(asking: Asking, located: Located) -> str:
    if asking.at:
        return "--at attend deux nombres : LAT,LON, par exemple 43.632,3.822. Rien n’a été cherché."
    return unclear_place(asking.place, located)


def _moment(asking: Asking, now: datetime) -> datetime | None:
    """Local time of the territory unless the text bears a zone."""
    if not asking.open_at:
        return None
    try:
        moment = datetime.fromisoformat(asking.open_at)
    except ValueError:
        _refuse(asking, "--open-at attend une date et une heure : 2026-11-27T09:30.", code=ExitCode.USAGE)
    return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


def _show(answered: Answered, now: datetime) -> None:
    found = answered.found
    if found and found.results:
        table = Table("Distance", "Service", "Organisation", "Pourquoi", title=f"{found.total} réponses")
        for result in found.results:
            table.add_row(*_row(result, now))
        results.print(table)
    for hint in answered.hints:
        results.print(hint)


def _row(result: Result, now: datetime) -> tuple[str, str, str, str]:
    away = distance(result.hit.distance_m) if result.hit.distance_m is not None else "—"
    why = " · ".join(reason_sentence(reason, now=now) for reason in result.hit.reasons)
    return away, result.service.nom, result.service.organisation.nom, why
