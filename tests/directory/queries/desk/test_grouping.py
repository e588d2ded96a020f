"""The same fault once, with its rows: nothing is lost, nothing is said twice."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from allervers.directory.queries.desk.grouping import Fault, faults, ranges


def entry(
    row: int, *, field: str | None = "siret", value: str | None = "1", **more: object
) -> dict[str, object]:
    return {
        "file": "a.csv",
        "row": row,
        "id": str(row),
        "field": field,
        "value": value,
        "reason": "Non.",
        **more,
    }


def test_same_fault_is_said_once_with_its_rows() -> None:
    found = faults([*(entry(row) for row in range(12, 49)), entry(60), entry(7, value="2")])

    assert found == [
        Fault("a.csv", "siret", "1", "Non.", False, rows=((12, 48), (60, 60)), count=38),
        Fault("a.csv", "siret", "2", "Non.", False, rows=((7, 7),), count=1),
    ]


def test_what_waits_is_not_mixed_with_what_is_refused() -> None:
    found = faults([entry(1), entry(2, quarantined=True)])

    assert [(fault.quarantined, fault.rows) for fault in found] == [(False, ((1, 1),)), (True, ((2, 2),))]


@given(st.lists(st.integers(1, 60)))
def test_ranges_hold_each_number_once_and_nothing_else(numbers: list[int]) -> None:
    found = ranges(numbers)

    unfolded = [number for first, last in found for number in range(first, last + 1)]
    assert unfolded == sorted(set(numbers))
    assert all(one[1] + 1 < other[0] for one, other in pairwise(found))
