"""What readers see of facts: reasons, hours, freshness, as short sentences marked for translation."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from allervers.directory.opening_hours import Day, Span
from allervers.directory.words import words
from allervers.engines.search import Reason
from allervers.ui.distance import read
from allervers.ui.moments import clock, day_and_hour, day_name

NB = "\N{NO-BREAK SPACE}"
DAYS_IN_YEAR = 365
DAYS_IN_MONTH = 30.44
TWO_MONTHS_DAYS = 61


def reason_sentence(reason: Reason, *, now: datetime, from_centre: bool = False) -> str:
    """One reason as a few words. `now` is in the territory's zone.

    `from_centre`: distances were measured from the town's centre, since no door was given.
    """
    if reason.kind == "distance":
        return distance_sentence(_whole(reason.facts["metres"]), from_centre=from_centre)
    return _SENTENCES[reason.kind](reason.facts, now)


def relaxation_label(dropped: Sequence[str], needs: Sequence[str]) -> str:
    """What is given up, as an offer: « Plus loin », « Même si c’est payant », « Tout : Me déplacer »."""
    families = words().categories
    offers = {
        "free_only": _("Même si c’est payant"),
        "open_at": _("À n’importe quelle heure"),
        "open_within_days": _("N’importe quel jour"),
        "modes_accueil": _("Sur place ou à distance"),
        "publics": _("Pour tous les publics"),
        "radius_m": _("Plus loin"),
        "needs": _("Tout voir : %(families)s")
        % {"families": ", ".join(families[need].label for need in needs if need in families)},
    }
    return " · ".join(offers[part] for part in dropped)


def distance_sentence(metres: int, *, from_centre: bool = False) -> str:
    """« à 900 m », « à 2,3 km du centre-ville »."""
    sentence = _("à %(distance)s du centre-ville") if from_centre else _("à %(distance)s")
    return sentence % {"distance": distance(metres)}


def distance(metres: int) -> str:
    """« 640 m », « 2,3 km »: no finer than a place is known."""
    reading = read(metres)
    return f"{reading.figure}{NB}{reading.unit}"


def age(days: int) -> str:
    """« aujourd’hui », « il y a 12 jours », « il y a 14 mois », « il y a 5 ans »."""
    if days <= 0:
        return _("aujourd’hui")
    if days < TWO_MONTHS_DAYS:
        return ngettext("il y a %(n)s jour", "il y a %(n)s jours", days) % {"n": days}
    if days < 2 * DAYS_IN_YEAR:
        return _("il y a %(n)s mois") % {"n": round(days / DAYS_IN_MONTH)}
    return _("il y a %(n)s ans") % {"n": days // DAYS_IN_YEAR}


def duration(days: int) -> str:
    """« 12 jours », « 14 mois », « 5 ans »."""
    if days < TWO_MONTHS_DAYS:
        return ngettext("%(n)s jour", "%(n)s jours", days) % {"n": days}
    if days < 2 * DAYS_IN_YEAR:
        return _("%(n)s mois") % {"n": round(days / DAYS_IN_MONTH)}
    return _("%(n)s ans") % {"n": days // DAYS_IN_YEAR}


def spans_sentence(spans: Iterable[Span]) -> str:
    """« 9 h – 12 h et 14 h – 18 h »; « fermé » when there is none."""
    written = [_("toute la journée") if span.start == span.end else _span(span) for span in spans]
    return _(" et ").join(written) if written else _("fermé")


def _span(span: Span) -> str:
    return f"{clock(span.start)}{NB}– {clock(span.end)}"


def next_opening_sentence(days: Iterable[Day], *, now: datetime) -> str:
    """« Ouvert aujourd’hui jusqu’à 18 h », « Ouvert demain 9 h – 12 h », « Fermé cette semaine »."""
    for day in days:
        for span in day.spans:
            if day.date == now.date() and span.end != time() and span.end <= now.time():
                continue
            return _opening(span, day.date, now)
    return _("Pas d’ouverture dans les sept jours")


def _opening(span: Span, day: date, now: datetime) -> str:
    if day == now.date() and span.start <= now.time():
        return _("Ouvert maintenant, jusqu’à %(hour)s") % {"hour": clock(span.end)}
    return _("Ouvert %(day)s %(hours)s") % {"day": day_name(day, today=now.date()), "hours": _span(span)}


Facts = Mapping[str, object]
Sentence = Callable[[Facts, datetime], str]


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _open_now(facts: Facts, now: datetime) -> str:
    until = facts["until"]
    if not isinstance(until, datetime):
        return _("Ouvert maintenant")
    return _("Ouvert maintenant, jusqu’à %(hour)s") % {"hour": _moment(until, now)}


def _open_at(facts: Facts, now: datetime) -> str:
    at = facts["at"]
    if not isinstance(at, datetime):
        return _("Ouvert")
    return _("Ouvert %(when)s") % {"when": day_and_hour(at, today=now.date())}


def _opens(facts: Facts, now: datetime) -> str:
    at, until = facts["at"], facts["until"]
    if not isinstance(at, datetime):
        return _("Ouvert")
    if isinstance(until, datetime) and until.date() == at.date():
        day = day_name(at.date(), today=now.date())
        return _("Ouvert %(day)s %(hours)s") % {"day": day, "hours": _span(Span(at.time(), until.time()))}
    return _("Ouvre %(when)s") % {"when": day_and_hour(at, today=now.date())}


def _moment(until: datetime, now: datetime) -> str:
    return clock(until.time()) if until.date() == now.date() else day_and_hour(until, today=now.date())


def _publics(facts: Facts, now: datetime) -> str:
    publics = words().publics
    values = facts["values"]
    labels = (
        [publics[value].label for value in values if value in publics] if isinstance(values, tuple) else []
    )
    return _("Pour : %(publics)s") % {"publics": ", ".join(labels).lower()} if labels else _("Public précisé")


def _confirmed(facts: Facts, now: datetime) -> str:
    return _("Confirmé %(age)s") % {"age": age(_whole(facts["days"]))}


def _stale(facts: Facts, now: datetime) -> str:
    return _("Pas confirmé depuis %(duration)s") % {"duration": duration(_whole(facts["days"]))}


def _no_opening(facts: Facts, now: datetime) -> str:
    days = _whole(facts["within_days"])
    return ngettext("Fermé aujourd’hui", "Fermé pendant %(n)s jours", days) % {"n": days}


def _words(sentence: str) -> Sentence:
    return lambda facts, now: _(sentence)


_SENTENCES: Mapping[str, Sentence] = {
    "remote": _words(gettext_noop("À distance : par téléphone ou internet")),
    "place_unknown": _words(gettext_noop("Lieu non indiqué : à demander")),
    "serves_place": _words(gettext_noop("Pour les habitants de votre commune")),
    "open_now": _open_now,
    "open_at": _open_at,
    "opens": _opens,
    "no_opening": _no_opening,
    "hours_unknown": _words(gettext_noop("Horaires non indiqués : à demander")),
    "free": _words(gettext_noop("Gratuit")),
    "paying": _words(gettext_noop("Payant")),
    "fee_unknown": _words(gettext_noop("Prix non indiqué : à demander")),
    "public": _publics,
    "everyone": _words(gettext_noop("Pour tout le monde")),
    "public_unknown": _words(gettext_noop("Public non précisé : à demander")),
    "confirmed": _confirmed,
    "stale": _stale,
    "never_confirmed": _words(gettext_noop("Jamais confirmé")),
    "walk_in": _words(gettext_noop("On peut venir directement")),
    "by_professional": _words(gettext_noop("Il faut passer par un professionnel")),
    "phone": _words(gettext_noop("On peut téléphoner")),
    "words": _words(gettext_noop("Répond à vos mots")),
}
