"""From entries to the two files of a catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
import orjson
from numpy.typing import NDArray

from allervers.columns import Attribute, Lists, Texts, arrays_of, ends, turned
from allervers.engines.exchange._columns import (
    BODIES,
    SEARCHED,
    Bodies,
    Codes,
    Grid,
    Searched,
    Services,
    Structures,
    Values,
)
from allervers.engines.exchange._entries import ServiceEntry, StructureEntry
from allervers.engines.exchange._errors import DuplicateId
from allervers.engines.exchange._fulltext import FullText
from allervers.engines.exchange._space import cells, earth_centred

Entry = TypeVar("Entry", StructureEntry, ServiceEntry)

SEARCHED_FOLDER, BODIES_FOLDER = "columns", "bodies"


def build(structures: Iterable[StructureEntry], services: Iterable[ServiceEntry], folder: Path) -> None:
    """Write the catalogue into `folder`, which must not exist yet. A service whose structure is not among
    `structures` is left out: nothing could be said of it whole.

    Raises: DuplicateId, FolderTaken.
    """
    organisations = _sorted(structures)
    rows = {entry.id: row for row, entry in enumerate(organisations)}
    offers = [entry for entry in _sorted(services) if entry.structure_id in rows]
    owner = np.array([rows[entry.structure_id] for entry in offers], dtype=np.int32)
    of_structure = turned(Lists.of([int(row)] for row in owner), len(organisations))
    score = _scores(offers, of_structure)
    groups = _groups(organisations)
    searched = Searched(
        _structures(organisations, groups, score), _services(offers, owner, organisations), of_structure
    )
    bodies = _bodies(organisations, offers, owner, groups, score)
    SEARCHED.write(folder / SEARCHED_FOLDER, arrays_of(searched))
    BODIES.write(folder / BODIES_FOLDER, arrays_of(bodies))


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    rows = sorted(entries, key=lambda entry: entry.id)
    for before, after in pairwise(rows):
        if before.id == after.id:
            raise DuplicateId(after.id)
    return rows


def _scores(services: Sequence[ServiceEntry], of_structure: Lists) -> NDArray[np.float64]:
    """Of each structure: the mean of its services' to 2 decimals, 0 without any. Shapes: (structures,)."""
    scores = [
        round(sum(services[row].score_qualite for row in rows) / len(rows), 2) if len(rows) else 0.0
        for rows in (of_structure[row] for row in range(len(of_structure)))
    ]
    return np.array(scores, dtype=np.float64)


def _groups(structures: Sequence[StructureEntry]) -> NDArray[np.int32]:
    """The smallest row of each one's group. Shapes: (structures,)."""
    first: dict[str, int] = {}
    return np.array(
        [first.setdefault(entry.group, row) if entry.group else row for row, entry in enumerate(structures)],
        dtype=np.int32,
    )


def _structures(
    entries: Sequence[StructureEntry], groups: NDArray[np.int32], score: NDArray[np.float64]
) -> Structures:
    return Structures(
        ids=Texts.of(entry.id for entry in entries),
        sources=Codes.of([entry.source for entry in entries]),
        towns=Codes.of([entry.code_insee for entry in entries]),
        reseaux=Values.of([entry.reseaux_porteurs or () for entry in entries]),
        group=groups,
        score=score,
        date_maj=np.array([entry.date_maj for entry in entries], dtype=np.int32),
    )


def _services(
    entries: Sequence[ServiceEntry], owner: NDArray[np.int32], structures: Sequence[StructureEntry]
) -> Services:
    where = np.array(
        [(_or_nan(e.latitude), _or_nan(e.longitude)) for e in entries],
        dtype=np.float64,
    ).reshape(len(entries), 2)
    where[np.isnan(where).any(axis=1)] = np.nan
    return Services(
        ids=Texts.of(entry.id for entry in entries),
        structure=owner,
        sources=Codes.of([entry.source for entry in entries]),
        towns=Codes.of([entry.code_insee for entry in entries]),
        thematiques=Values.of([entry.thematiques or () for entry in entries]),
        categories=Values.of([_categories(entry) for entry in entries]),
        frais=Values.of([_one(entry.frais) for entry in entries]),
        publics=Values.of([entry.publics or () for entry in entries]),
        modes_accueil=Values.of([entry.modes_accueil or () for entry in entries]),
        types=Values.of([_one(entry.type) for entry in entries]),
        zones=Attribute.of_rows([entry.zone_eligibilite or () for entry in entries]),
        zone_unknown=np.array([entry.zone_eligibilite is None for entry in entries], dtype=np.bool_),
        score=np.array([entry.score_qualite for entry in entries], dtype=np.float64),
        places=earth_centred(where[:, 0], where[:, 1]),
        grid=_grid(where),
        publics_text=FullText.of([_publics_text(entry) for entry in entries]),
        precisions_text=FullText.of([entry.publics_precisions for entry in entries]),
        names=FullText.of([entry.nom for entry in entries]),
        words=FullText.of([_words(e, structures[row]) for e, row in zip(entries, owner, strict=True)]),
    )


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _categories(entry: ServiceEntry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.partition("--")[0] for value in entry.thematiques or ()))


def _publics_text(entry: ServiceEntry) -> str | None:
    return None if entry.publics is None else " ".join(entry.publics).replace("-", " ")


def _words(entry: ServiceEntry, structure: StructureEntry) -> str:
    needs = " ".join(entry.thematiques or ()).replace("-", " ")
    return "\n".join((entry.nom, structure.nom, entry.description, needs))


def _grid(where: NDArray[np.float64]) -> Grid:
    rows = np.flatnonzero(~np.isnan(where[:, 0]))
    cell = cells(where[rows, 0], where[rows, 1])
    order = np.argsort(cell, kind="stable")
    distinct, starts = np.unique(cell[order], return_index=True)
    return Grid(distinct, Lists(np.append(starts, len(rows)).astype(np.int64), rows[order].astype(np.int32)))


def _bodies(
    structures: Sequence[StructureEntry],
    services: Sequence[ServiceEntry],
    owner: NDArray[np.int32],
    groups: NDArray[np.int32],
    score: NDArray[np.float64],
) -> Bodies:
    certified = [joined(entry.body, entry.extra) for entry in structures]
    alike: dict[int, list[int]] = {}
    for row, group in enumerate(groups.tolist()):
        alike.setdefault(group, []).append(row)
    listed, structure_cuts = [], []
    for row, entry in enumerate(structures):
        twins = [structures[twin] for twin in alike[int(groups[row])] if twin != row]
        known = {
            "score_qualite": float(score[row]),
            "doublons": [{"source": twin.source, "id": twin.id} for twin in twins],
        }
        listed.append(joined(certified[row], known))
        structure_cuts.append((len(entry.body) - 1, len(certified[row]) - 1))
    detailed, service_cuts = [], []
    for offer, row in zip(services, owner.tolist(), strict=True):
        whole = joined(offer.body, dict(offer.extra) | {"score_qualite": offer.score_qualite})
        detailed.append(whole[:-1] + b',"structure":' + certified[row] + b"}")
        service_cuts.append(len(whole) - 1)
    return Bodies(
        structures=_texts(listed),
        structure_cuts=np.array(structure_cuts, dtype=np.int32).reshape(len(listed), 2),
        services=_texts(detailed),
        service_cuts=np.array(service_cuts, dtype=np.int32),
    )


def joined(body: bytes, more: Mapping[str, object]) -> bytes:
    """One JSON object of two; `body` is not empty."""
    return body[:-1] + b"," + orjson.dumps(dict(more))[1:] if more else body


def _texts(pieces: Sequence[bytes]) -> Texts:
    lengths = np.fromiter((len(piece) for piece in pieces), dtype=np.int64, count=len(pieces))
    return Texts(np.frombuffer(b"".join(pieces), dtype=np.uint8), ends(lengths))
