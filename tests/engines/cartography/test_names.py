"""Names: none over another, none upside down, none cut."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon

from allervers.engines.cartography import Ground, Rank, Street
from allervers.engines.cartography._build import _names, _World
from allervers.engines.cartography._columns import Names
from tests.engines.cartography.towns import SOUTH, WEST, grounds

X_HEIGHT = 0.536  # ems of Noto Sans: the least that a letter rises above its baseline


@dataclass(frozen=True)
class Letter:
    """What an eye sees of a letter: a box on its baseline."""

    x: float
    y: float
    angle: float
    size: float

    @property
    def box(self) -> Polygon:
        along = np.array([np.cos(self.angle), np.sin(self.angle)])
        up = np.array([np.sin(self.angle), -np.cos(self.angle)])
        middle, half = np.array([self.x, self.y]), 0.2 * self.size
        feet = [middle + side * half * along for side in (-1, 1)]
        corners = [*feet, *(foot + X_HEIGHT * self.size * up for foot in reversed(feet))]
        return Polygon(corners)


def written(names: Names) -> list[list[Letter]]:
    found = []
    for name in range(len(names.sizes)):
        span = range(int(names.starts[name]), int(names.starts[name + 1]))
        size = float(names.sizes[name])
        found.append(
            [Letter(*(names.points[at] / 16).tolist(), float(names.angles[at]), size) for at in span]
        )
    return found


def collisions(words: list[list[Letter]]) -> list[tuple[int, int]]:
    """Slow and plain: every pair of names, as the union of their letters."""
    shapes = [shapely.union_all([letter.box for letter in word]) for word in words]
    return [(i, j) for i, j in combinations(range(len(shapes)), 2) if shapes[i].intersects(shapes[j])]


FEWER = settings(max_examples=max(20, settings.default.max_examples // 20))  # each places hundreds of names


def names_of(ground: Ground, zoom: int) -> Names:
    """Of one zoom, as a build places them."""
    return _names(_World.of(ground), zoom)


@FEWER
@given(ground=grounds, zoom=st.integers(13, 17))
def test_no_name_stands_over_another(ground: Ground, zoom: int) -> None:
    assert collisions(written(names_of(ground, zoom))) == []


def test_a_planted_collision_is_seen() -> None:
    street = Street(LineString([(WEST, SOUTH), (WEST + 0.03, SOUTH)]), Rank.MAIN, "Rue de Paris")
    word = written(names_of(Ground(streets=(street,)), 15))[0]

    assert collisions([word, [Letter(one.x + 4, one.y - 3, one.angle, one.size) for one in word]]) == [(0, 1)]


@FEWER
@given(ground=grounds)
def test_names_are_read_from_left_to_right(ground: Ground) -> None:
    for word in written(names_of(ground, 15)):
        assert word[0].x <= word[-1].x + 1e-6


def test_two_pieces_of_one_street_bear_one_name() -> None:
    middle = (WEST + 0.004, SOUTH)
    pieces = (LineString([(WEST, SOUTH), middle]), LineString([middle, (WEST + 0.008, SOUTH)]))
    ground = Ground(streets=tuple(Street(piece, Rank.STREET, "Rue de Paris") for piece in pieces))

    assert len(written(names_of(ground, 14))) == 1


def test_a_name_longer_than_its_street_is_not_written() -> None:
    short = LineString([(WEST, SOUTH), (WEST + 0.0002, SOUTH)])
    ground = Ground(streets=(Street(short, Rank.MAIN, "Avenue de la Résistance"),))

    assert written(names_of(ground, 14)) == []


def test_a_name_of_letters_that_the_font_lacks_is_not_written() -> None:
    street = LineString([(WEST, SOUTH), (WEST + 0.03, SOUTH)])
    ground = Ground(streets=(Street(street, Rank.MAIN, "شارع"), Street(street, Rank.MAIN, "Rue de Paris")))

    assert {len(word) for word in written(names_of(ground, 15))} == {len("Rue de Paris")}
