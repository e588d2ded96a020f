"""The same questions answered the slow way: one document at a time, in plain Python.

It shares with the engine its dataclasses, the numbers of `_weights` (data, not code) and the library that
reads opening hours; every rule is written again from the words of the docstrings.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations

import snowballstemmer
from opening_hours import OpeningHours, State

from allervers.engines.search import Place, Query, ServiceDocument
from allervers.engines.search import _weights as w

SMALL = """
    a ai ainsi au aupres aux avec c ce ces cette chez d dans de des du elle en es est et etre eux il ils j
    je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ou par pas pour qu que qui
    s sa sans se ses si son sont sous suis sur t ta te tes toi ton tu un une vers vos votre vous y
"""
STOP = set(SMALL.split())
FIELDS = (
    "needs",
    "publics",
    "text",
    "organisations",
    "radius_m",
    "free_only",
    "frais",
    "modes_accueil",
    "open_at",
)
FIELDS += ("open_within_days", "confirmed_within_days", "sources")
CLOSED, UNKNOWN = -1, -2
HORIZON = timedelta(days=14)


class Oracle:
    def __init__(self, documents: Sequence[ServiceDocument], *, now: datetime) -> None:
        self.documents = documents
        self.now = now

    def search(self, query: Query) -> list[tuple[str, int, int | None, tuple[str, ...]]]:
        """(id, score, distance, needs answered), best first."""
        kept = [document for document in self.documents if self.passes(document, query)]
        rows = [
            (
                document.id,
                self.score(document, query),
                told_distance(document, query.place),
                answered(document, query),
            )
            for document in kept
        ]
        return sorted(rows, key=lambda row: (-row[1], row[0]))

    def count(self, query: Query, also: Callable[[ServiceDocument], bool] = lambda document: True) -> int:
        return sum(self.passes(document, query) and also(document) for document in self.documents)

    # --- who stays --------------------------------------------------------------------------------

    def passes(self, document: ServiceDocument, query: Query) -> bool:
        checks = [
            not query.needs or bool(answered(document, query)),
            public_matches(document, query.publics),
            not asked_words(query.text) or words_points(document, query.text) > 0,
            not query.organisations or document.structure_id in query.organisations,
            query.place is None or eligible(document, query.place),
            query.place is None or near_enough(document, query.place),
            not query.free_only or document.frais == "gratuit",
            not query.frais or document.frais in query.frais,
            not query.modes_accueil or bool(set(document.modes_accueil) & set(query.modes_accueil)),
            query.open_at is None or self.wait(document, self.wall(query.open_at)) == 0,
            query.open_within_days is None or self.opens_within(document, query.open_within_days),
            query.confirmed_within_days is None
            or self.confirmed_within(document, query.confirmed_within_days),
            not query.sources or document.source in query.sources,
        ]
        return all(checks)

    def opens_within(self, document: ServiceDocument, days: int) -> bool:
        start = self.wall(self.now)
        end = start.replace(hour=0, minute=0) + timedelta(days=days + 1)
        wait = self.wait(document, start, horizon=max(HORIZON, end - start))
        return wait >= 0 and start + timedelta(minutes=wait) < end

    def confirmed_within(self, document: ServiceDocument, days: int) -> bool:
        return document.confirmed_on is not None and (self.now.date() - document.confirmed_on).days <= days

    def wall(self, moment: datetime) -> datetime:
        local = moment.astimezone(self.now.tzinfo)
        return datetime(local.year, local.month, local.day, local.hour, local.minute)  # noqa: DTZ001 - wall clock

    def wait(self, document: ServiceDocument, start: datetime, *, horizon: timedelta = HORIZON) -> int:
        """Minutes to the next opening, straight from the library."""
        hours = read(document.horaires)
        if hours is None:
            return UNKNOWN
        spans = list(hours.intervals(start, start + horizon))
        opening = [begin for begin, _, state, _ in spans if state == State.OPEN]
        if opening:
            return int((opening[0] - start).total_seconds() // 60)
        return UNKNOWN if any(state == State.UNKNOWN for _, _, state, _ in spans) else CLOSED

    # --- in what order ----------------------------------------------------------------------------

    def score(self, document: ServiceDocument, query: Query) -> int:
        return (
            w.ANSWERS * answer_points(document, query)
            + w.NEAR * near_points(document, query.place)
            + w.OPEN_SOON * self.open_points(document, query)
            + w.FREE * {"gratuit": w.SCALE, None: w.FEE_UNKNOWN}.get(document.frais or None, 0)
            + w.FRESH * self.fresh_points(document)
            + w.PUBLIC * public_points(document, query.publics)
            + w.WORDS * (words_points(document, query.text) if asked_words(query.text) else 0)
        )

    def open_points(self, document: ServiceDocument, query: Query) -> int:
        days = timedelta(days=(query.open_within_days or 0) + 1)
        wait = self.wait(document, self.wall(query.open_at or self.now), horizon=max(HORIZON, days))
        if wait == UNKNOWN:
            return w.HOURS_UNKNOWN
        if wait == CLOSED or wait > w.OPEN_SOON_MINUTES:
            return 0
        return w.SCALE * (w.OPEN_SOON_MINUTES - wait) // w.OPEN_SOON_MINUTES

    def fresh_points(self, document: ServiceDocument) -> int:
        if document.confirmed_on is None:
            return w.FRESH_UNKNOWN
        days = max(0, (self.now.date() - document.confirmed_on).days)
        return w.SCALE * w.FRESH_HALF_DAYS // (w.FRESH_HALF_DAYS + days)

    # --- what filters would give ------------------------------------------------------------------

    def facets(self, query: Query) -> dict[str, object]:
        fee, hours = (
            replace(query, free_only=False, frais=()),
            replace(query, open_at=None, open_within_days=None),
        )
        fresh, needs = replace(query, confirmed_within_days=None), replace(query, needs=())
        return {
            "free": self.count(replace(fee, free_only=True)),
            "frais": self.each("frais", fee, lambda document: {document.frais} - {None, ""}),
            "modes_accueil": self.each("modes_accueil", query, lambda document: set(document.modes_accueil)),
            "publics": self.each("publics", query, lambda document: {*document.publics, "tous-publics"}),
            "thematiques": {
                need: self.count(needs, lambda document, need=need: need in document.thematiques)
                for need in self.present(needs, lambda document: set(document.thematiques))
            },
            "categories": self.each(
                "needs", needs, lambda document: set(map(category, document.thematiques))
            ),
            "sources": self.each("sources", query, lambda document: {document.source} - {""}),
            "open_now": self.count(hours, lambda document: self.wait(document, self.wall(self.now)) == 0),
            "open_within_days": {
                days: self.count(replace(hours, open_within_days=days)) for days in w.FACET_OPEN_DAYS
            },
            "confirmed_within_days": {
                days: self.count(replace(fresh, confirmed_within_days=days))
                for days in w.FACET_CONFIRMED_DAYS
            },
        }

    def each(self, field: str, query: Query, values: Callable[[ServiceDocument], set[str]]) -> dict[str, int]:
        """What each value of `field` would give, asked alone."""
        blank = replace(query, **{field: ()})
        return {
            value: self.count(replace(blank, **{field: (value,)})) for value in self.present(blank, values)
        }

    def present(self, query: Query, values: Callable[[ServiceDocument], set[str]]) -> list[str]:
        kept = [document for document in self.documents if self.passes(document, query)]
        return sorted({value for document in kept for value in values(document)})

    def relaxations(self, query: Query) -> dict[tuple[str, ...], int]:
        """The smallest sets of fields that, given up, find more."""
        present = self.count(query)
        given = [field for field in FIELDS if is_asked(query, field)]
        for size in range(1, len(given) + 1):
            totals = {fields: self.count(without(query, fields)) for fields in combinations(given, size)}
            found = {fields: total for fields, total in totals.items() if total > present}
            if found:
                return found
        return {}


def is_asked(query: Query, field: str) -> bool:
    if field == "radius_m":
        return (
            query.place is not None and query.place.latitude is not None and query.place.radius_m is not None
        )
    if field == "text":
        return bool(asked_words(query.text))
    if field == "publics":
        return bool(query.publics) and "tous-publics" not in query.publics
    value = getattr(query, field)
    return value is not None and value is not False and value != ()


def without(query: Query, fields: Sequence[str]) -> Query:
    for field in fields:
        if field == "radius_m":
            query = replace(query, place=replace(query.place, radius_m=None))
        else:
            query = replace(query, **{field: getattr(Query(), field)})
    return query


# --- needs and publics ----------------------------------------------------------------------------


def category(thematique: str) -> str:
    return thematique.split("--")[0]


def answers(thematique: str, need: str) -> bool:
    return thematique == need or ("--" not in need and thematique.startswith(need + "--"))


def answered(document: ServiceDocument, query: Query) -> tuple[str, ...]:
    return tuple(need for need in query.needs if any(answers(known, need) for known in document.thematiques))


def answer_points(document: ServiceDocument, query: Query) -> int:
    best, count = 0, 0
    listed = list(dict.fromkeys(document.thematiques))
    for place, need in enumerate(query.needs):
        answering = [known for known in listed if answers(known, need)]
        if not answering:
            continue
        count += 1
        points = w.ANSWER_BASE + w.ANSWER_SHARE * len(answering) // len(listed)
        points += w.ANSWER_FIRST if listed[0] in answering else 0
        best = max(best, points - w.LATER_NEED * place)
    return min(w.SCALE, best + w.MORE_NEEDS * max(0, count - 1))


def public_matches(document: ServiceDocument, publics: Sequence[str]) -> bool:
    if not publics or "tous-publics" in publics or not document.publics or "tous-publics" in document.publics:
        return True
    return any(public in document.publics for public in publics)


def public_points(document: ServiceDocument, publics: Sequence[str]) -> int:
    asked = [public for public in publics if public != "tous-publics"]
    everyone, unknown = "tous-publics" in document.publics, not document.publics
    if not asked:
        return w.SCALE if everyone else w.FOR_EVERYONE if unknown else w.PUBLIC_UNKNOWN
    if any(public in document.publics for public in asked):
        return w.SCALE
    return w.FOR_EVERYONE if everyone else w.PUBLIC_UNKNOWN if unknown else 0


# --- place ----------------------------------------------------------------------------------------


def department(code: str) -> str:
    return code[:3] if code[:2] in ("97", "98") else code[:2]


def eligible(document: ServiceDocument, place: Place) -> bool:
    if not document.zone_eligibilite or not (
        place.code_insee or place.epci or place.departement or place.region
    ):
        return True
    holding = {"france", "99100", place.code_insee, place.epci, place.departement, f"region:{place.region}"}
    if place.code_insee and not place.departement:
        holding.add(department(place.code_insee))
    return bool(holding & set(document.zone_eligibilite))


def metres(document: ServiceDocument, place: Place | None) -> int | None:
    if place is None or place.latitude is None or document.latitude is None or document.longitude is None:
        return None
    if not (abs(document.latitude) <= 90 and abs(document.longitude) <= 180):
        return None
    north, there = math.radians(place.latitude), math.radians(document.latitude)
    across = math.radians(document.longitude - place.longitude)
    chord = math.sin((there - north) / 2) ** 2 + math.cos(north) * math.cos(there) * math.sin(across / 2) ** 2
    return round(2 * 6_371_008.8 * math.asin(math.sqrt(min(1.0, chord))))


def told_distance(document: ServiceDocument, place: Place | None) -> int | None:
    return None if set(document.modes_accueil) == {"a-distance"} else metres(document, place)


def near_enough(document: ServiceDocument, place: Place) -> bool:
    if place.latitude is None or place.radius_m is None or "a-distance" in document.modes_accueil:
        return True
    distance = metres(document, place)
    if distance is not None:
        return distance <= place.radius_m
    here = place.departement or (department(place.code_insee) if place.code_insee else None)
    if not document.code_insee or here is None or document.code_insee == place.code_insee:
        return True
    if department(document.code_insee) != here:
        return False
    return place.code_insee is None or place.radius_m >= 30_000


def near_points(document: ServiceDocument, place: Place | None) -> int:
    if place is None or place.latitude is None:
        return 0
    distance = metres(document, place)
    if distance is None:
        same = place.code_insee is not None and document.code_insee == place.code_insee
        distance = w.SAME_TOWN_AS_M if same else w.UNKNOWN_AS_M
    if set(document.modes_accueil) == {"a-distance"}:
        distance = w.REMOTE_AS_M
    elif "a-distance" in document.modes_accueil:
        distance = min(distance, w.REMOTE_AS_M)
    return w.SCALE * w.HALF_WAY_M // (w.HALF_WAY_M + distance)


# --- hours ----------------------------------------------------------------------------------------


def read(text: str | None) -> OpeningHours | None:
    if not text or re.fullmatch(r'\s*"[^"]*"\s*', text):
        return None
    try:
        return OpeningHours(text, country="FR", auto_country=False, auto_timezone=False)
    except Exception:
        return None


# --- words ----------------------------------------------------------------------------------------


def words(text: str) -> list[str]:
    plain = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    plain = re.sub(r"\b(?:[^\W\d_]\.){2,}", lambda found: found.group().replace(".", ""), plain)
    folded = unicodedata.normalize("NFKD", plain.casefold())
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+", letters)


def telling(word: str) -> bool:
    return word not in STOP and (len(word) > 1 or word.isdigit())


def asked_words(text: str) -> list[str]:
    return [word for word in dict.fromkeys(words(text)) if telling(word)]


def initials(name: str) -> list[str]:
    long = [word for word in words(name) if len(word) > 1 or word.isdigit()]
    both = ["".join(word[0] for word in long if telling(word)), "".join(word[0] for word in long)]
    return [letters for letters in both if len(letters) >= 3]


def words_points(document: ServiceDocument, text: str) -> int:
    fields = {
        "name": words(document.nom),
        "acronym": initials(document.structure_nom)
        + [word for short in document.acronyms for word in words(short)],
        "organisation": words(document.structure_nom),
        "description": words(document.description),
    }
    stem = snowballstemmer.stemmer("french").stemWord
    total, asked = 0, asked_words(text)
    for sought in asked:
        points = [
            w.FIELD_POINTS[field] // (1 if stem(word) == stem(sought) else 2)
            for field, standing in fields.items()
            for word in standing
            if telling(word)
            and (stem(word) == stem(sought) or (len(sought) >= 3 and word.startswith(sought)))
        ]
        if not points:
            return 0
        total += max(points)
    return total // len(asked)
