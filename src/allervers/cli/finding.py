"""`allervers find`: what is there for me, from the command line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, NoReturn

import typer
from rich.table import Table

from allervers.cli.app import app
from allervers.cli.output import ExitCode, print_json, refuse, results
from allervers.cli.prepared import prepared
from allervers.cli.understanding import understood_json
from allervers.directory.actions.indexing import ensure_index
from allervers.directory.queries.finding import Asked, Found, Result, Search, Where, interpret
from allervers.directory.queries.finding import find as find_services
from allervers.directory.queries.locating import Located, home_ground, locate
from allervers.directory.queries.relaxing import wider_searches
from allervers.directory.wording import distance, reason_sentence, relaxation_label
from allervers.engines.vocabulary import Understanding, vocabulary
from allervers.engines.vocabulary import understand as understand_text
from allervers.territory.queries import desk_at, local_now

LIMIT_MAX = 1000
NOTHING = Understanding((), (), None)


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
    where = _where(asking)
    understanding = understand_text(text) if text.strip() else NOTHING
    asked = interpret(text, understanding)
    search = Search(
        needs=tuple(dict.fromkeys(asking.needs + asked.needs)),
        publics=tuple(dict.fromkeys(asking.publics + asked.publics)),
        organisations=asked.organisations,
        where=where,
        free_only=free,
        open_at=_moment(asking, now),
    )
    found = None if search.asks_nothing else find_services(search, now=now, limit=limit)
    hints = _hints(search, asked, found, now)
    if as_json:
        print_json(_answer(understanding, found, hints, now))
    else:
        _show(search, found, hints, now)


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
    empty = {"understood": understood_json(NOTHING), "total": 0, "results": [], "hints": []}
    refuse(sentence, code=code, report=empty if asking.as_json else None)


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
    if located.places:
        places = " ; ".join(place.label for place in located.places)
        return f"Plusieurs lieux répondent à « {asking.place} » : {places}. Dites lequel."
    if not located.choices:
        return f"« {asking.place} » n’est ni une adresse ni une commune connues. Essayez le code postal."
    towns = ", ".join(f"{town.nom} ({town.code_insee})" for town in located.choices)
    return f"Plusieurs communes répondent à « {asking.place} » : {towns}. Donnez le code de la commune."


def _moment(asking: Asking, now: datetime) -> datetime | None:
    """Local time of the territory unless the text bears a zone."""
    if not asking.open_at:
        return None
    try:
        moment = datetime.fromisoformat(asking.open_at)
    except ValueError:
        _refuse(asking, "--open-at attend une date et une heure : 2026-11-27T09:30.", code=ExitCode.USAGE)
    return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


def _answer(
    understanding: Understanding, found: Found | None, hints: list[str], now: datetime
) -> dict[str, object]:
    return {
        "understood": understood_json(understanding),
        "total": found.total if found else 0,
        "results": [_result_json(result, now) for result in found.results] if found else [],
        "hints": hints,
    }


def _result_json(result: Result, now: datetime) -> dict[str, object]:
    return {
        "service_id": result.service.ident,
        "nom": result.service.nom,
        "structure": result.service.organisation.nom,
        "thematiques": result.service.thematiques or [],
        "distance_m": result.hit.distance_m,
        "reasons": [reason_sentence(reason, now=now) for reason in result.hit.reasons],
    }


def _hints(search: Search, asked: Asked, found: Found | None, now: datetime) -> list[str]:
    """What to do next: never a dead end."""
    hints = []
    if asked.urgent:
        hints.append("C’est urgent ? Appelez : " + ", ".join(asked.urgent.numbers) + ".")
    if found is None:
        hints.append("Nous n’avons pas compris de besoin. Dites-le autrement, ou choisissez avec --need.")
    elif found.total == 0:
        wider = wider_searches(search, now=now)
        hints += [
            f"{relaxation_label(one.dropped, one.search.needs)} : {one.total} réponses." for one in wider
        ]
    if found is None or found.total == 0:
        desk = desk_at(now, needs=search.needs)
        hints.append(f"Appelez {desk.name} au {desk.phone}.")
    return hints


def _show(search: Search, found: Found | None, hints: list[str], now: datetime) -> None:
    if found and found.results:
        table = Table("Distance", "Service", "Organisation", "Pourquoi", title=f"{found.total} réponses")
        for result in found.results:
            table.add_row(*_row(result, now))
        results.print(table)
    for hint in hints:
        results.print(hint)


def _row(result: Result, now: datetime) -> tuple[str, str, str, str]:
    away = distance(result.hit.distance_m) if result.hit.distance_m is not None else "—"
    why = " · ".join(reason_sentence(reason, now=now) for reason in result.hit.reasons)
    return away, result.service.nom, result.service.organisation.nom, why
