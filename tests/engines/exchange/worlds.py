"""Small random directories and questions, dense enough that every filter both keeps and drops."""

from typing import Any

import orjson
from hypothesis import strategies as st

from allervers.engines.exchange import Filters, Near, ServiceEntry, StructureEntry

IDS = st.sampled_from(["a", "a/1", "B--2", "é%20", "z z", "src--10", "src--9", "?x=1&y"])
TOWNS = st.sampled_from([None, "34172", "34057", "2A004", "75101", "97411"])
THEMATIQUES = ("mobilite--acceder-a-un-vehicule", "mobilite--preparer-son-permis", "famille--garde-denfants")
PUBLICS = ("tous-publics", "jeunes", "familles", "demandeurs-emploi", "personnes-en-situation-de-handicap")
MODES = ("en-presentiel", "a-distance")
ZONES = ("34172", "243400017", "34", "france", "99100", "75")
PRECISIONS = (
    None,
    "",
    "Demandeurs d'emploi de longue durée",
    "Jeunes demandeurs-emploi",
    "Élèves et étudiants",
    "public jeune",
)
QUESTIONS = (
    "demandeur emploi",
    "demandeurs-emploi",
    "jeune or famille",
    "-jeunes",
    '"demandeurs emploi"',
    '"emploi longue"',
    "de la",
    "",
    "eleve",
    "jeunes -emploi",
    "or",
    "d'emploi",
)
WORDS = ("Crèche", "Permis de conduire", "Aide à l'emploi", "vélo-école", "Œuvre des enfants")


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...] | None]:
    return st.none() | st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple)


def asked(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...] | None]:
    return st.none() | st.lists(st.sampled_from(values), unique=True, min_size=1, max_size=2).map(tuple)


ZONES_OF_PLACES = ((), ("34172", "243400017", "34", "france", "99100"), ("75101", "75", "france"))
COORDINATES = st.none() | st.tuples(st.floats(43.2, 44.0), st.floats(3.4, 4.6))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[StructureEntry], list[ServiceEntry]]:
    structures = []
    for ident in draw(st.lists(IDS, unique=True, max_size=6)):
        fields = {"id": ident, "nom": draw(st.sampled_from(WORDS)), "date_maj": draw(st.integers(0, 3))}
        structures.append(
            StructureEntry(
                **fields,
                source=draw(st.sampled_from(("dora", "soliguide"))),
                body=orjson.dumps(fields),
                extra={"adresse_certifiee": False},
                code_insee=draw(TOWNS),
                reseaux_porteurs=draw(some(("mission-locale", "ccas-cias"))),
                group=draw(st.sampled_from(("", "g1", "g2"))),
            )
        )
    owners = [entry.id for entry in structures] + ["unknown"]
    services = [
        draw(service_entries(ident, draw(st.sampled_from(owners))))
        for ident in draw(st.lists(IDS, unique=True, max_size=8))
    ]
    return structures, services


@st.composite
def service_entries(draw: st.DrawFn, ident: str, structure_id: str) -> ServiceEntry:
    place = draw(COORDINATES) or (None, None)
    return ServiceEntry(
        id=ident,
        structure_id=structure_id,
        source=draw(st.sampled_from(("dora", "soliguide"))),
        body=orjson.dumps({"id": ident, "structure_id": structure_id}),
        extra={"adresse_certifiee": True},
        nom=draw(st.sampled_from(WORDS)),
        description=draw(st.sampled_from(WORDS)),
        score_qualite=draw(st.sampled_from((0.0, 0.5, 0.75, 1.0))),
        code_insee=draw(TOWNS),
        type=draw(st.sampled_from((None, "atelier", "formation"))),
        thematiques=draw(some(THEMATIQUES)),
        frais=draw(st.sampled_from((None, "gratuit", "payant"))),
        publics=draw(some(PUBLICS)),
        publics_precisions=draw(st.sampled_from(PRECISIONS)),
        modes_accueil=draw(some(MODES)),
        zone_eligibilite=draw(some(ZONES)),
        latitude=place[0],
        longitude=place[1],
    )


@st.composite
def questions(draw: st.DrawFn) -> Filters:
    """A few filters at a time: all of them together would find nothing."""
    fields: dict[str, Any] = {
        "sources": asked(("dora", "absent")),
        "reseaux_porteurs": asked(("mission-locale", "ccas-cias")),
        "areas": st.sampled_from(((), (("34",),), (("34", "2A"), ("34",)), (("75", "97"),))),
        "code_insee": TOWNS,
        "thematiques": asked((*THEMATIQUES, "mobilite", "famille")),
        "frais": asked(("gratuit", "payant")),
        "publics": asked(PUBLICS),
        "recherche_public": st.none() | st.sampled_from(QUESTIONS),
        "modes_accueil": asked(MODES),
        "types": asked(("atelier", "absent")),
        "score_qualite_minimum": st.none() | st.sampled_from((0.0, 0.5, 0.6, 1.0)),
        "exclure_doublons": st.booleans(),
        "q": st.none() | st.sampled_from(("creche", "permis conduire", "emploi", "velo", "ecole", "absent")),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(fields)), unique=True, max_size=3))
    return Filters(**{name: draw(fields[name]) for name in chosen})


@st.composite
def nears(draw: st.DrawFn) -> Near | None:
    if draw(st.booleans()):
        return None
    return Near(
        latitude=draw(st.floats(43.2, 44.0)),
        longitude=draw(st.floats(3.4, 4.6)),
        zones=draw(st.sampled_from(ZONES_OF_PLACES)),
        radius_km=draw(st.sampled_from((1, 10, 50))),
    )
