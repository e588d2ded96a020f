"""Random directories and questions, small and full of coincidences; and documents made by hand."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from allervers.engines.search import Place, Query, ServiceDocument

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)  # a Tuesday

NEEDS = (
    "famille--garde-denfants",
    "famille--prise-en-charge",
    "mobilite--permis",
    "mobilite--velo",
    "numerique",
)
PUBLICS = ("tous-publics", "jeunes", "femmes", "seniors")
MODES = ("en-presentiel", "a-distance")
ZONES = ("34172", "34057", "243400017", "34", "76", "region:76", "france", "99100", "30", "97411", "974")
TOWNS = ("34172", "34057", "30189", "97411", "2A004")
SOURCES = ("dora", "mairie", "")
HOURS = (
    "Mo-Fr 09:00-12:00,14:00-18:00",
    "Tu 10:30-12:00",
    "Mo 09:00-12:00; Mo 14:00-16:00",
    "Fr 22:00-26:00; Su 22:00-26:00",
    "24/7",
    "24/7; Su off",
    "Sa-Mo 08:00-09:00",
    "off",
    "We,Sa 10:00-13:00, We 15:00-16:00",
    "Mo-Fr 08:00-17:00; PH off",
    "Mo[1] 09:00-12:00",
    "Jul-Aug Mo-Fr 09:00-12:00",
    "Dec Mo-Su 10:00-12:00",
    'Tu-Th 09:00-12:00 "sur rendez-vous"',
    '"sur rendez-vous"',
    "Mo-Fr 09:00-12:00 unknown",
    "2026 Nov 25 10:00-12:00",
    "sunrise-sunset",
    "Lundi 9h-12h",
    "",
)
WORDS = (
    "Mission",
    "locale",
    "jeunes",
    "Crèche",
    "crèches",
    "œuvre",
    "d'action",
    "sociale",
    "de",
    "la",
    "C.C.A.S.",
    "115",
)
IDS = "ab/é~.😀\uffff é"

ids = st.text(alphabet=IDS, min_size=1, max_size=3)
phrases = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
latitudes = st.sampled_from([43.632, 43.636, 43.61, 44.0, -20.9, 89.99, 91.0]) | st.floats(43.5, 43.8)
longitudes = st.sampled_from([3.822, 3.83, 3.88, 4.4, 55.45, 179.99, -179.99]) | st.floats(3.7, 4.0)


def some(values: tuple[str, ...], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most).map(tuple)


@st.composite
def documents(draw: st.DrawFn, ident: str) -> ServiceDocument:
    somewhere = draw(st.booleans())
    return ServiceDocument(
        id=ident,
        structure_id=draw(st.sampled_from(["s1", "s/2", "é"])),
        nom=draw(phrases),
        description=draw(phrases),
        structure_nom=draw(phrases),
        acronyms=draw(some(("CCAS", "ML", "P.M.I."), 1)),
        thematiques=draw(some(NEEDS)),
        publics=draw(some(PUBLICS, 2)),
        frais=draw(st.sampled_from([None, "gratuit", "payant"])),
        modes_accueil=draw(some(MODES, 2)),
        modes_mobilisation=draw(some(("se-presenter", "telephoner"), 2)),
        mobilisable_par=draw(some(("usagers", "professionnels"), 2)),
        zone_eligibilite=draw(st.just(()) | some(ZONES, 2)),
        latitude=draw(latitudes) if somewhere else None,
        longitude=draw(longitudes) if somewhere else None,
        code_insee=draw(st.none() | st.sampled_from(TOWNS)),
        horaires=draw(st.none() | st.sampled_from(HOURS)),
        has_phone=draw(st.booleans()),
        source=draw(st.sampled_from(SOURCES)),
        confirmed_on=draw(
            st.none() | st.integers(-3, 900).map(lambda days: date(2026, 11, 24) - timedelta(days=days))
        ),
    )


@st.composite
def directories(draw: st.DrawFn) -> list[ServiceDocument]:
    chosen = draw(st.lists(ids, unique=True, max_size=12))
    return [draw(documents(ident)) for ident in chosen]


@st.composite
def places(draw: st.DrawFn) -> Place:
    point = draw(st.booleans())
    town = draw(
        st.sampled_from(
            [{}, {"code_insee": "34172"}, WHOLE_TOWN, {"departement": "34"}, {"code_insee": "97411"}]
        )
    )
    return Place(
        latitude=draw(latitudes.filter(lambda degrees: degrees <= 90)) if point else None,
        longitude=draw(longitudes) if point else None,
        radius_m=draw(st.none() | st.sampled_from([0, 500, 3_000, 50_000, 21_000_000])),
        **town,
    )


WHOLE_TOWN = {"code_insee": "34172", "epci": "243400017", "departement": "34", "region": "76"}


def instants(first: str, last: str, zone: tzinfo | None) -> st.SearchStrategy[datetime]:
    bounds = datetime.fromisoformat(first), datetime.fromisoformat(last)
    return st.datetimes(*bounds, timezones=st.just(zone))


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """Most fields ask nothing, so that something is found."""

    def maybe(strategy: st.SearchStrategy[object], otherwise: object) -> object:
        return draw(strategy) if draw(st.integers(0, 3)) == 0 else otherwise

    return Query(
        needs=tuple(dict.fromkeys(draw(some((*NEEDS, "famille", "mobilite", "absente"))))),
        publics=maybe(some(PUBLICS, 2), ()),
        text=maybe(
            st.sampled_from(["creche", "MISSION local", "ccas", "mis", "de la", "115", "oeuvre sociale"]), ""
        ),
        organisations=maybe(some(("s1", "é", "gone"), 2), ()),
        place=draw(st.none() | places()),
        free_only=maybe(st.just(True), False),
        frais=maybe(some(("gratuit", "payant"), 2), ()),
        modes_accueil=maybe(some(MODES, 2), ()),
        open_at=maybe(instants("2026-10-20", "2027-01-05", UTC), None),
        open_within_days=maybe(st.sampled_from([0, 1, 2, 7, 40]), None),
        confirmed_within_days=maybe(st.sampled_from([0, 30, 400]), None),
        sources=maybe(some(("dora", "mairie"), 2), ()),
    )


moments = st.sampled_from([NOW]) | instants("2026-01-01", "2027-12-31", PARIS)


def service(ident: str, **facts: object) -> ServiceDocument:
    """A service told by what matters in one test; the organisation is its own unless told."""
    return ServiceDocument(**{"id": ident, "structure_id": f"org-{ident}", **facts})
