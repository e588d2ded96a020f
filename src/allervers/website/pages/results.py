"""The results page: chips, filters, cards, what to relax."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allervers.directory.queries.finding import FIRST_PAGE, Found, Result, Search, Where
from allervers.directory.queries.relaxing import Wider
from allervers.directory.wording import reason_sentence, relaxation_label
from allervers.directory.words import words
from allervers.territory.queries import declared_territory
from allervers.territory.queries.neighbourhoods import neighbourhood
from allervers.website.links import to_link, to_pairs, to_params, without_need, without_public
from allervers.website.pages.eligibility import eligibility
from allervers.website.pages.mapping import number_cards, results_map

NEXT_PAGES = 50  # results a page after the first
UNSURE = frozenset({"stale", "no_opening", "by_professional"})
SHOWN_APART = frozenset({"distance", "remote", "place_unknown"})  # the way there leads the card
FRESHNESS = frozenset({"confirmed", "stale", "never_confirmed"})
WHY_KEPT = 4  # reasons a card: more is a wall on a phone


@dataclass(frozen=True, slots=True)
class Window:
    """Which results a page holds: the first ten, then fifty by fifty."""

    page: int

    @property
    def offset(self) -> int:
        return 0 if self.page == 1 else FIRST_PAGE + (self.page - 2) * NEXT_PAGES

    @property
    def limit(self) -> int:
        return FIRST_PAGE if self.page == 1 else NEXT_PAGES


def results_context(
    search: Search,
    found: Found,
    wider: Sequence[Wider],
    *,
    page: int,
    urgent: str,
    now: datetime,
    assumed_place: bool,
    metres: int | None = None,
) -> dict[str, object]:
    """The variables of `website/results.html`. `wider`: what to ask instead when nothing was found."""
    cards = [card(result, search, now=now, metres=metres) for result in found.results]
    number_cards(cards, found.results, first=Window(page).offset + 1)
    return {
        "total": found.total,
        "title": _title(found.total, search.where),
        "place_name": place_name(search.where),
        "place_assumed": assumed_place,
        "place_known": search.where is not None,
        "home_name": home_name(search.where),
        "outside": outside(search.where),
        "by_name": bool(search.organisations),
        "understood": _understood_chips(search, urgent),
        "filters": _filter_chips(search, found, urgent),
        "cards": cards,
        "map": results_map(cards, search.where),
        "more": _more(search, found, page=page, urgent=urgent),
        "relaxed": _relaxed(wider, urgent),
        "place_fields": to_pairs(replace(search, where=None), urgent=urgent),
        "page": page,
    }


def place_name(where: Where | None) -> str:
    if where is None or where.municipality is None:
        return ""
    return where.municipality.nom


def home_name(where: Where | None) -> str:
    """Where a point is, by its neighbourhood, else its town; empty for a town's centre."""
    if where is None or where.is_centre:
        return ""
    quarter = neighbourhood(where.qpv) if where.qpv else None
    return _("quartier %(name)s") % {"name": quarter.name} if quarter else place_name(where)


def outside(where: Where | None) -> str:
    """A town that this installation does not serve; empty for its own, or where none is declared."""
    territory = declared_territory()
    if territory is None or where is None or where.municipality is None:
        return ""
    town = where.municipality
    return "" if {town.code_insee, town.commune} & set(territory.municipality_codes) else town.nom


def _title(total: int, where: Where | None) -> str:
    count = number_format(total, force_grouping=True)
    near = _near(where)
    answers = ngettext("%(n)s réponse", "%(n)s réponses", total) % {"n": count}
    if total == 0:
        answers = _("Pas encore de réponse")
    return f"{answers} {near}".strip()


def _near(where: Where | None) -> str:
    """A town only guessed or named is told by its name; a point someone gave is their home."""
    if where is not None and not where.is_centre:
        return _("près de chez vous")
    return _("près de %(place)s") % {"place": place_name(where)} if place_name(where) else ""


def card(result: Result, search: Search, *, now: datetime, metres: int | None = None) -> dict[str, object]:
    """One service as `ui/components/card.html` draws it; the distance stands alone, not among reasons."""
    from_centre = bool(search.where and search.where.is_centre)
    kinds = {reason.kind for reason in result.hit.reasons}
    return {
        "url": sheet_path(result.service.ident, search),
        "title": result.service.nom,
        "who": result.service.organisation.nom,
        "distance_m": result.hit.distance_m,
        "from_centre": from_centre,
        "remote": "remote" in kinds and result.hit.distance_m is None,
        "place": result.service.commune or result.service.organisation.commune,
        "why": why_shown(result, search.where, now=now, metres=metres),
    }


def why_shown(
    result: Result, where: Where | None, *, now: datetime, metres: int | None
) -> list[dict[str, object]]:
    """What decides first, then what is known, then what is to be asked; how fresh it is never falls out."""
    for_residents = eligibility(result.service, where, metres=metres)
    left_out = SHOWN_APART | ({"public"} if for_residents else set())
    reasons = [reason for reason in result.hit.reasons if reason.kind not in left_out]
    room = WHY_KEPT - bool(for_residents)
    last = next((number for number, reason in enumerate(reasons) if reason.kind in FRESHNESS), 0)
    kept = reasons[:room] if last < room else [*reasons[: room - 1], reasons[last]]
    why: list[dict[str, object]] = [
        {"text": reason_sentence(reason, now=now), "known": _known(reason.kind, known=reason.known)}
        for reason in kept
    ]
    known_first = sorted(why, key=lambda one: not one["known"])
    return [for_residents, *known_first] if for_residents else known_first


def sheet_path(ident: str, search: Search) -> str:
    """The sheet's address; it bears the search, so that « retour » is right without a cookie."""
    params = to_params(search)
    return reverse("website:service", args=[ident]) + (f"?{params}" if params else "")


def _understood_chips(search: Search, urgent: str) -> list[dict[str, object]]:
    vocabulary = words()
    chips: list[dict[str, object]] = []
    for need in search.needs:
        entry = vocabulary.thematiques.get(need) or vocabulary.categories[need]
        chips.append(
            {"label": entry.label, "url": to_link(without_need(search, need), urgent=urgent), "on": True}
        )
    for public in search.publics:
        url = to_link(without_public(search, public), urgent=urgent)
        chips.append({"label": vocabulary.publics[public].label, "url": url, "on": True})
    return chips


def _filter_chips(search: Search, found: Found, urgent: str) -> list[dict[str, object]]:
    """Wishes that keep something, each with how many; those already made can be taken back."""
    facets = found.facets
    wishes = [
        (_("Gratuit"), facets.free, search.free_only, {"free_only": not search.free_only}),
        _open_wish(search, found, 0, _("Ouvert aujourd’hui")),
        _open_wish(search, found, 1, _("Ouvert d’ici demain")),
        _mode_wish(search, found, "a-distance", _("Par téléphone ou internet")),
    ]
    return [
        {"label": label, "url": to_link(replace(search, **change), urgent=urgent), "on": on, "count": count}  # type: ignore[arg-type]
        for label, count, on, change in wishes
        if on or count
    ]


def _open_wish(
    search: Search, found: Found, days: int, label: str
) -> tuple[str, int, bool, dict[str, object]]:
    on = search.open_within_days == days
    return label, found.facets.open_within_days.get(days, 0), on, {"open_within_days": None if on else days}


def _mode_wish(
    search: Search, found: Found, mode: str, label: str
) -> tuple[str, int, bool, dict[str, object]]:
    on = mode in search.modes_accueil
    return label, found.facets.modes_accueil.get(mode, 0), on, {"modes_accueil": () if on else (mode,)}


def _more(search: Search, found: Found, *, page: int, urgent: str) -> dict[str, object] | None:
    left = found.remaining
    if left <= 0:
        return None
    shown = min(left, NEXT_PAGES)
    label = ngettext("Voir l’autre réponse", "Voir les %(n)s autres", shown) % {"n": shown}
    if left > NEXT_PAGES:
        label = _("Voir les %(n)s suivantes") % {"n": shown}
    return {"url": to_link(search, urgent=urgent, page=page + 1), "label": label}


def _relaxed(wider: Sequence[Wider], urgent: str) -> list[dict[str, object]]:
    """What to give up when nothing was found, and how many answers that would give."""
    return [
        {
            "url": to_link(one.search, urgent=urgent),
            "label": relaxation_label(one.dropped, one.search.needs),
            "hint": ngettext("%(n)s réponse", "%(n)s réponses", one.total) % {"n": one.total},
        }
        for one in wider
    ]


def _known(kind: str, *, known: bool) -> bool:
    """An old confirmation is no tick: it is one more thing to ask."""
    return known and kind not in UNSURE
