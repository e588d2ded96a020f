"""Small towns for the geocoder: by hand, and by hypothesis."""

from hypothesis import strategies as st

from allervers.engines.geocoding import House, Kind, Named, Town

TOWNS = (Town("34172", "Montpellier", ("34000", "34080")), Town("34057", "Castelnau-le-Lez", ("34170",)))
KINDS = ("Rue", "Avenue", "Boulevard", "Impasse", "Allée", "Place", "ALL", "Chemin")
_WORDS = (
    "Biterrois Barcelone Heidelberg Jaurès Gaulle Clémenceau Verdure Peupliers Moulin Fontaine Cévennes "
    "Lilas Rabelais Saint Général Grand Vieux Pont Marché Église Mimosas Tamaris Voltaire Curie "
    "Moulares Figuiers Oliviers"
)
WORDS = _WORDS.split()  # read aloud
LINKS = ("", "de", "du", "de la", "des", "d'")


def row(street: str, numbers: range, *, code_insee: str = "34172", latitude: float = 43.6) -> list[House]:
    """Houses every eleven metres to the east."""
    return [
        House(number, street, code_insee, latitude, 3.8 + at * 0.000137) for at, number in enumerate(numbers)
    ]


HOUSES = (
    *row("Avenue du Biterrois", range(2, 202, 2), latitude=43.63),
    *row("Rue Jean Jaurès", range(1, 40), latitude=43.61),
    *row("RUE JEAN JAURES", range(1, 20), code_insee="34057", latitude=43.65),
    *row("Avenue du Général de Gaulle", range(1, 30), latitude=43.62),
    House(12, "Avenue du Général de Gaulle", "34172", 43.62, 3.805, "bis"),
    House(14, "Avenue du Général de Gaulle", "34172", 43.62, 3.8055, "ter"),
    *row("Rue Pierre et Marie Curie", range(1, 9), latitude=43.64),
    *row("Rue du 8 Mai 1945", range(1, 9), latitude=43.66),
    *(
        House(one.number, "Rue de la Loge", "34172", one.longitude + 39.808, 3.8)
        for one in row("", range(1, 30))
    ),
    *row("Rue de la Taillade", range(1, 9), latitude=43.67),
    *row("ALL DES EGLANTIERS", range(1, 9), latitude=43.68),
)
PLACES = (
    Named("Mosson", Kind.NEIGHBOURHOOD, 43.62, 3.81, "34172", "QP034005"),
    Named("Marché de la Paillade", Kind.PLACE, 43.628, 3.817, "34172"),
    Named("Crèche de la Paillade", Kind.PLACE, 43.622, 3.817, "34172"),
    Named("Tour d'Assas", Kind.PLACE, 43.63, 3.82, "34172"),
    Named("Montpellier", Kind.MUNICIPALITY, 43.61, 3.87, "34172"),
)


@st.composite
def streets(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True))
    return " ".join(filter(None, (draw(st.sampled_from(KINDS)), draw(st.sampled_from(LINKS)), *words)))


@st.composite
def addresses(draw: st.DrawFn) -> list[House]:
    """One town: a few streets, far from one another, with some numbers each, in no order."""
    names = draw(st.lists(streets(), min_size=1, max_size=12, unique=True))
    found = []
    for at, name in enumerate(names):
        numbers = draw(st.lists(st.integers(1, 300), min_size=1, max_size=8, unique=True))
        found += [
            House(number, name, "34172", 43.5 + at * 0.01, 3.8 + number * 0.00001) for number in numbers
        ]
    return draw(st.permutations(found))
