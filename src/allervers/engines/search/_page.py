"""The first page: everything understood is on it, and no organisation takes it all."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

from allervers.engines.search._answer import Hit

PAGE_SIZE = 10
PER_ORGANISATION = 3


def first_page(
    hits: Sequence[Hit],
    needs: Sequence[str] = (),
    *,
    size: int = PAGE_SIZE,
    per_organisation: int = PER_ORGANISATION,
) -> tuple[Hit, ...]:
    """The first `size` of `hits` (all of them, best first), still best first: none answers no need of
    `needs`, at most `per_organisation` come from one organisation, each need is there if any hit answers it.

    The cap always holds. The presence of each need is sure for as many needs as the smaller of `size` and
    `per_organisation`; beyond, one organisation may be the only one for too many of them.
    """
    answered = [frozenset(hit.needs).intersection(needs) for hit in hits]
    chosen = arranged(
        len(hits),
        needs,
        owner=lambda place: hits[place].structure_id,
        answered=lambda place: answered[place],
        size=size,
        per_organisation=per_organisation,
    )
    return tuple(hits[place] for place in chosen)


def arranged(
    count: int,
    needs: Sequence[str],
    *,
    owner: Callable[[int], object],
    answered: Callable[[int], Collection[str]],
    size: int,
    per_organisation: int,
) -> list[int]:
    """The places, ascending, of the results for the first page, among `count` best first.

    `owner` and `answered` tell the organisation of a place and the needs it answers; they are asked of the
    first places only, as far as it takes.
    """
    picked: set[int] = set()
    taken: Counter[object] = Counter()

    def pick(places: Iterable[int], most: int) -> None:
        for place in places:
            if most == 0 or len(picked) == size:
                return
            if place not in picked and taken[owner(place)] < per_organisation:
                picked.add(place)
                taken[owner(place)] += 1
                most -= 1

    for need in needs:
        if not any(need in answered(place) for place in picked):
            pick((place for place in range(count) if need in answered(place)), 1)
    pick((place for place in range(count) if answered(place) or not needs), size)
    return sorted(picked)
