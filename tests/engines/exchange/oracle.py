"""The rules of the API, one record at a time: slow, plain, and nothing of the engine but its dataclasses."""

import math
import re
import unicodedata
from collections.abc import Callable, Sequence

import snowballstemmer

from allervers.engines.exchange import Filters, Near, ServiceEntry, StructureEntry

STOP = set(
    """au aux avec ce ces dans de des du elle en et eux il je la le leur lui ma mais me mes moi mon ne nos
    notre nous on ou par pas pour qu que qui sa se ses son sur ta te tes toi ton tu un une vos votre vous c d
    j l m n s t y est suis es sommes sont ai as avons avez ont a""".split()  # noqa: SIM905  # read as a text
)
STEMMER = snowballstemmer.stemmer("french")


def plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def lexemes(text: str) -> list[tuple[str, int]]:
    """(stem, place); a hyphenated word, then its parts."""
    found, place = [], 0
    for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", plain(text)):
        pieces = [word, *word.split("-")] if "-" in word else [word]
        for piece in pieces:
            if piece not in STOP:
                found.append((STEMMER.stemWord(piece), place))
            place += 1
    return found


def text_matches(text: str | None, question: str) -> bool:
    if text is None:
        return False
    held = lexemes(text)
    return any(_all_hold(held, choice) for choice in re.split(r"(?i)(?:^|(?<=\s))or(?=\s|$)", question))


def _all_hold(held: list[tuple[str, int]], choice: str) -> bool:
    asked = [
        (bool(minus), lexemes(phrase or word))
        for minus, phrase, word in re.findall(r'(-)?(?:"([^"]*)"?|([^\s"]+))', choice)
    ]
    asked = [(minus, words) for minus, words in asked if words]
    return bool(asked) and all(_holds(held, words) != minus for minus, words in asked)


def _holds(held: list[tuple[str, int]], words: list[tuple[str, int]]) -> bool:
    first = words[0][1]
    return any(
        all((word, start + place - first) in held for word, place in words)
        for stem, start in held
        if stem == words[0][0]
    )


def metres(here: tuple[float, float], there: tuple[float, float]) -> float:
    a, b = _centred(*here), _centred(*there)
    return 2 * 6_371_008.8 * math.asin(min(1.0, math.dist(a, b) / (2 * 6_371_008.8)))


def _centred(latitude: float, longitude: float) -> tuple[float, float, float]:
    phi, lam = math.radians(latitude), math.radians(longitude)
    f = 1 / 298.257223563
    e2 = 2 * f - f * f
    n = 6_378_137.0 / math.sqrt(1 - e2 * math.sin(phi) ** 2)
    flat = n * math.cos(phi)
    return flat * math.cos(lam), flat * math.sin(lam), n * (1 - e2) * math.sin(phi)


class Oracle:
    def __init__(self, structures: Sequence[StructureEntry], services: Sequence[ServiceEntry]) -> None:
        self.by_id = {entry.id: entry for entry in structures}
        self.structures = sorted(structures, key=lambda entry: entry.id)
        self.services = sorted(
            (entry for entry in services if entry.structure_id in self.by_id), key=lambda entry: entry.id
        )

    def score(self, structure: StructureEntry) -> float:
        scores = [entry.score_qualite for entry in self.services if entry.structure_id == structure.id]
        return round(sum(scores) / len(scores), 2) if scores else 0.0

    def group(self, structure: StructureEntry) -> str:
        alike = [e.id for e in self.structures if e.group and e.group == structure.group]
        return min(alike, default=structure.id)

    def list_structures(self, asked: Filters) -> list[str]:
        kept = [
            entry
            for entry in self.structures
            if self._where(entry, asked)
            and (
                asked.reseaux_porteurs is None
                or set(entry.reseaux_porteurs or ()) & set(asked.reseaux_porteurs)
            )
        ]
        if not asked.exclure_doublons:
            return [entry.id for entry in kept]
        best: dict[str, StructureEntry] = {}
        for entry in kept:
            group = self.group(entry)
            if group not in best or self._rank(entry) > self._rank(best[group]):
                best[group] = entry
        return [best[group].id for group in sorted(best)]

    def list_services(self, asked: Filters) -> list[str]:
        return [entry.id for entry in self._without_doubles(self._kept(asked), asked)]

    def search_services(self, asked: Filters, near: Near | None) -> list[tuple[str, int]]:
        if near is None:
            return [(ident, -1) for ident in self.list_services(asked)]
        kept = [entry for entry in self._kept(asked) if self._usable(entry, near)]
        found = []
        for entry in self._without_doubles(kept, asked):
            apart = self._apart(entry, near)
            on_site = "en-presentiel" in (entry.modes_accueil or ()) and apart <= near.radius_km * 1000
            found.append((entry.id, round(apart / 1000) if on_site else -1))
        return sorted(found, key=lambda pair: (pair[1] < 0, pair[1], pair[0]))

    def search(self, asked: Filters, near: Near | None) -> list[tuple[str, int]]:
        kept = self._kept(asked)
        if near is not None:
            kept = [entry for entry in kept if self._apart(entry, near) <= near.radius_km * 1000]
        found = []
        for entry in self._without_doubles(kept, asked):
            km = -1 if near is None else round(self._apart(entry, near) / 1000)
            found.append((-self._named(entry, asked.q), km, entry.id))
        return [(ident, km) for _named, km, ident in sorted(found)]

    def _named(self, entry: ServiceEntry, q: str | None) -> int:
        """Hundredths of the words asked that stand in the name."""
        wanted = {word for word, _ in lexemes(q or "")}
        held = {word for word, _ in lexemes(entry.nom)}
        return 100 * len(wanted & held) // max(1, len(wanted))

    def _apart(self, entry: ServiceEntry, near: Near) -> float:
        if entry.latitude is None or entry.longitude is None:
            return math.inf
        return metres((near.latitude, near.longitude), (entry.latitude, entry.longitude))

    def _usable(self, entry: ServiceEntry, near: Near) -> bool:
        zones = entry.zone_eligibilite
        eligible = zones is None or bool(set(zones) & set(near.zones))
        remote = "a-distance" in (entry.modes_accueil or ())
        return eligible and (remote or self._apart(entry, near) <= near.radius_km * 1000)

    def _kept(self, asked: Filters) -> list[ServiceEntry]:
        return [entry for entry in self.services if all(test(entry) for test in self._tests(asked))]

    def _tests(self, asked: Filters) -> list[Callable[[ServiceEntry], object]]:
        def any_of(values: Sequence[str] | None, wanted: Sequence[str] | None) -> bool:
            return wanted is None or bool(set(values or ()) & set(wanted))

        publics = asked.publics
        if publics is not None:
            publics = None if "tous-publics" in publics else (*publics, "tous-publics")
        return [
            lambda e: self._where(e, asked),
            lambda e: (
                asked.thematiques is None
                or any(
                    t in asked.thematiques or t.split("--")[0] in asked.thematiques
                    for t in e.thematiques or ()
                )
            ),
            lambda e: any_of(e.publics, publics),
            lambda e: any_of([e.frais] if e.frais else [], asked.frais),
            lambda e: any_of(e.modes_accueil, asked.modes_accueil),
            lambda e: any_of([e.type] if e.type else [], asked.types),
            lambda e: asked.score_qualite_minimum is None or e.score_qualite >= asked.score_qualite_minimum,
            lambda e: asked.recherche_public is None or self._public_found(e, asked.recherche_public),
            lambda e: asked.q is None or text_matches(self._words(e), asked.q),
        ]

    def _public_found(self, entry: ServiceEntry, question: str) -> bool:
        publics = None if entry.publics is None else " ".join(entry.publics).replace("-", " ")
        return text_matches(publics, question) or text_matches(entry.publics_precisions, question)

    def _words(self, entry: ServiceEntry) -> str:
        needs = " ".join(entry.thematiques or ()).replace("-", " ")
        return "\n".join((entry.nom, self.by_id[entry.structure_id].nom, entry.description, needs))

    def _where(self, entry: ServiceEntry | StructureEntry, asked: Filters) -> bool:
        code = entry.code_insee or ""
        return (
            (asked.sources is None or entry.source in asked.sources)
            and (asked.code_insee is None or code == asked.code_insee)
            and all(any(code.startswith(start) for start in area) for area in asked.areas)
        )

    def _rank(self, entry: StructureEntry) -> tuple[float, int]:
        return self.score(entry), entry.date_maj

    def _without_doubles(self, kept: list[ServiceEntry], asked: Filters) -> list[ServiceEntry]:
        if not asked.exclure_doublons:
            return kept
        best: dict[str, tuple[float, int]] = {}
        for entry in kept:
            owner = self.by_id[entry.structure_id]
            group = self.group(owner)
            best[group] = max(best.get(group, (-1.0, -1)), self._rank(owner))
        owners = {entry.id: self.by_id[entry.structure_id] for entry in kept}
        return [e for e in kept if self._rank(owners[e.id]) == best[self.group(owners[e.id])]]
