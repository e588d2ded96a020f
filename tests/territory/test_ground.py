"""The ground is swapped whole: perimeters, addresses, places; or stays as it was."""

from pathlib import Path

import pytest

from allervers.accounts.actor import ANONYMOUS, SYSTEM, Actor
from allervers.accounts.policies import NotAllowed
from allervers.engines.geocoding import Kind
from allervers.journal.models import Entry
from allervers.territory import actions
from allervers.territory.actions.ground import Prepared
from allervers.territory.eligibility import Side, Standing, standing
from allervers.territory.ground.refusal import GroundRefused
from allervers.territory.models import GroundVersion, Neighbourhood
from allervers.territory.queries.geocoding import (
    Geocoded,
    forget_names,
    geocode,
    is_sure,
    place_of_address,
    standing_at,
)
from allervers.territory.queries.ground import Layer, current_ground, ground_file, ground_folder
from allervers.territory.queries.neighbourhoods import (
    forget_neighbourhoods,
    nearest_neighbourhood,
    neighbourhood,
    neighbourhood_at,
    neighbourhoods,
)
from tests.territory.ground.files import address, addresses, feature, perimeters
from tests.territory.towns import NOW, declare

pytestmark = pytest.mark.django_db
FAR_RING = [[3.90, 43.60], [3.91, 43.60], [3.91, 43.61], [3.90, 43.61], [3.90, 43.60]]
STREET = (
    address("1", lon="3.8200"), address("9", lon="3.8210"), address("9", lon="3.8211", rep="bis"),
    address("3", "Rue Petit Bard", lon="3.905", lat="43.605"),
    address("5", "Place du Marché", lon="3.8306", lat="43.63"),  # 48 m east of the limit
)  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> dict[Layer, Path]:
    shapes = perimeters(tmp_path / "q.geojson", feature(), feature("QP034006", FAR_RING, nom_qp="Petit Bard"))
    places = tmp_path / "places.csv"
    places.write_text(
        "nom;lat;lon\nMarché de la Paillade;43.63;3.82\nCrèche La Paillade;43.625;3.815\n", encoding="utf-8"
    )
    return {
        Layer.NEIGHBOURHOODS: shapes,
        Layer.ADDRESSES: addresses(tmp_path / "a.csv", *STREET),
        Layer.PLACES: places,
    }


def update(files: dict[Layer, Path], by: Actor = SYSTEM) -> Prepared:
    """As a command does, seen at once (in a test nothing is committed)."""
    prepared = actions.update_ground(files, by=by, at=NOW)
    forget_names()
    forget_neighbourhoods()
    return prepared


@pytest.fixture
def ground(files: dict[Layer, Path]) -> dict[Layer, Path]:
    declare()
    update(files)
    return files


def labels(found: list[Geocoded]) -> list[tuple[str, str, str | None]]:
    return [(one.kind.value, one.label, one.qpv) for one in found]


def test_a_ground_is_kept_counted_and_journalled(ground: dict[Layer, Path]) -> None:
    version = current_ground()

    assert version is not None
    assert (version.addresses, version.streets) == (5, 3)
    assert sorted(Neighbourhood.objects.values_list("code", "year", "name")) == [
        ("QP034005", 2015, "Mosson"), ("QP034006", 2015, "Petit Bard"),
    ]  # fmt: skip
    entry = Entry.objects.get(verb="territory.ground_changed")
    assert (entry.subject_uid, entry.fields) == (version.uid, ["addresses", "neighbourhoods", "places"])


def test_what_is_not_given_again_stays(ground: dict[Layer, Path], tmp_path: Path) -> None:
    first = current_ground()
    update({Layer.ADDRESSES: addresses(tmp_path / "b.csv", address("7", "Rue Neuve"))})

    assert first is not None
    assert current_ground() != first
    assert len(neighbourhoods()) == 2
    assert ground_file(Layer.PLACES) is not None
    assert [one.label for one in geocode("7 rue neuve")] == ["7 Rue Neuve, Montpellier"]
    assert labels(geocode("1 rue du moulin")) == []


def test_neighbourhoods_are_replaced_whole_and_keep_their_row(
    ground: dict[Layer, Path], tmp_path: Path
) -> None:
    kept = Neighbourhood.objects.get(code="QP034005")

    update({Layer.NEIGHBOURHOODS: perimeters(tmp_path / "r.geojson", feature(nom_qp="La Mosson"))})

    row = Neighbourhood.objects.get()
    assert (row.pk, row.name) == (kept.pk, "La Mosson")


def test_generations_are_never_mixed(ground: dict[Layer, Path], tmp_path: Path) -> None:
    both = perimeters(tmp_path / "r.geojson", feature(), feature("QN03405M", nom_qp="Mosson"))
    update({Layer.NEIGHBOURHOODS: both})

    assert [one.code for one in neighbourhoods()] == ["QN03405M"]
    assert [one.code for one in neighbourhoods(2015)] == ["QP034005"]
    assert neighbourhood_at(43.63, 3.82) == neighbourhood("QN03405M")
    assert neighbourhood_at(43.63, 3.82, year=2015) == neighbourhood("QP034005")
    assert [one.qpv for one in geocode("mosson") if one.kind is Kind.NEIGHBOURHOOD] == ["QN03405M"]


@pytest.mark.parametrize("layer", [Layer.NEIGHBOURHOODS, Layer.ADDRESSES, Layer.STREETS, Layer.PLACES])
def test_a_bad_file_changes_nothing(
    ground: dict[Layer, Path], tmp_path: Path, layer: Layer, own_ground: Path
) -> None:
    version = current_ground()
    (tmp_path / "bad").write_text("rien de bon", encoding="utf-8")

    with pytest.raises(GroundRefused):
        update({layer: tmp_path / "bad"})

    assert current_ground() == version
    assert [folder.name for folder in own_ground.iterdir()] == [version.version]
    assert Neighbourhood.objects.count() == 2


def test_a_ground_that_moved_meanwhile_is_not_overwritten(
    ground: dict[Layer, Path], own_ground: Path
) -> None:
    late = actions.prepare_ground(ground)
    update(ground)

    with pytest.raises(actions.GroundMoved):
        actions.publish_ground(late, by=SYSTEM, at=NOW)

    assert GroundVersion.objects.count() == 2
    assert {folder.name for folder in own_ground.iterdir()} == set(
        GroundVersion.objects.values_list("version", flat=True)
    )


def test_a_ground_needs_a_territory_and_an_operator(files: dict[Layer, Path]) -> None:
    with pytest.raises(actions.NoTerritory):
        update(files)
    declare()
    for who in (ANONYMOUS, Actor(user_id=3)):
        with pytest.raises(NotAllowed):
            update(files, by=who)

    assert current_ground() is None


def test_old_versions_go(
    ground: dict[Layer, Path], own_ground: Path, django_capture_on_commit_callbacks: object
) -> None:
    for _time in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            update(ground)

    kept = list(GroundVersion.objects.values_list("version", flat=True))
    assert len(kept) == 2
    assert sorted(folder.name for folder in own_ground.iterdir()) == sorted(kept)
    assert (ground_folder(kept[0]) / "names").is_dir()


def test_an_address_is_found_with_its_neighbourhood(ground: dict[Layer, Path]) -> None:
    found = geocode("9bis r du moulin")

    assert labels(found)[0] == ("housenumber", "9bis Rue du Moulin, Montpellier", "QP034005")
    assert is_sure(found)


def test_a_street_that_is_also_a_neighbourhood_is_asked(ground: dict[Layer, Path]) -> None:
    found = geocode("petit bard")

    assert {one.kind for one in found} >= {Kind.STREET, Kind.NEIGHBOURHOOD}
    assert {one.qpv for one in found} == {"QP034006"}


def test_a_part_of_town_leads_to_the_neighbourhood_of_what_bears_its_name(ground: dict[Layer, Path]) -> None:
    found = geocode("place de la paillade")

    assert labels(found)[0] == ("neighbourhood", "Quartier Mosson, Montpellier", "QP034005")
    assert {one.qpv for one in found} == {"QP034005"}
    assert not is_sure(found)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("montpellier", "Montpellier"), ("34080", "Montpellier"), ("Lens", "Lens"),
        ("castelnau le lez", "Castelnau-le-Lez"), ("12 rue de la paix 62300 lens", "Lens"),
    ],
)  # fmt: skip
def test_towns_of_the_country_are_found(ground: dict[Layer, Path], text: str, first: str) -> None:
    found = geocode(text)

    assert (found[0].label, found[0].kind, found[0].qpv) == (first, Kind.MUNICIPALITY, None)


def test_without_a_ground_towns_are_still_found() -> None:
    assert geocode("montpellier")[0].label == "Montpellier"


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        (43.63, 3.82, Standing(Side.INSIDE, "QP034005")),
        (43.63, 3.83, Standing(Side.INSIDE, "QP034005")),  # on the line
        (43.63, 3.8306, Standing(Side.NEAR, "QP034005", 60)),  # 48 m, said as 60
        (43.63, 3.8350, Standing(Side.OUTSIDE)),
    ],
)
def test_an_address_gives_the_rights_of_where_it_is(
    ground: dict[Layer, Path], latitude: float, longitude: float, expected: Standing
) -> None:
    assert standing_at(latitude, longitude) == expected


def test_the_metres_to_a_limit_are_exact(ground: dict[Layer, Path]) -> None:
    near = nearest_neighbourhood(43.63, 3.8306)

    assert near is not None
    assert (near.quarter.code, near.distance_m) == ("QP034005", pytest.approx(48.4, abs=0.2))


@pytest.mark.parametrize(
    ("metres", "expected"),
    [
        (0, Standing(Side.INSIDE, "Q")), (0.01, Standing(Side.NEAR, "Q", 20)),
        (20, Standing(Side.NEAR, "Q", 20)),
        (20.1, Standing(Side.NEAR, "Q", 40)), (100, Standing(Side.NEAR, "Q", 100)),
        (100.1, Standing(Side.OUTSIDE)),
    ],
)  # fmt: skip
def test_metres_are_said_by_twenties(metres: float, expected: Standing) -> None:
    assert standing("Q", metres) == expected


def test_outside_of_all_there_is_no_right_to_decide() -> None:
    assert standing(None, 0.0) == standing_at(43.63, 3.82) == Standing(Side.OUTSIDE)


def test_a_record_is_placed_by_its_address_only_when_sure(ground: dict[Layer, Path]) -> None:
    where = {"postcode": "34080", "town": "Montpellier", "code_insee": "34172"}

    placed = place_of_address("9 rue du Moulin", **where)

    assert placed is not None
    assert (placed.latitude, placed.longitude) == (43.63, 3.821)
    assert place_of_address("rue du Moulin", **where) is None
    assert place_of_address("400 rue du Moulin", **where) is None
    assert place_of_address("9 rue du Moulin", **{**where, "code_insee": "34057"}) is None
    assert place_of_address("", **where) is None


def test_a_place_says_the_town_of_the_house_beside_it(ground: dict[Layer, Path], tmp_path: Path) -> None:
    places = tmp_path / "p.csv"
    places.write_text(
        "nom,lat,lon\nHalte Ronsard,43.6301,3.8201\nHalte Villon,43.66,3.81\n", encoding="utf-8"
    )
    update({Layer.PLACES: places})

    beside, alone = geocode("halte ronsard")[0], geocode("halte villon")[0]

    assert (beside.label, beside.code_insee) == ("Halte Ronsard, Montpellier", "34172")
    assert (alone.label.split(", ")[1][:5], alone.code_insee) == ("vers ", "")
