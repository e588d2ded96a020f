"""Weeks of imports against a slow oracle: dictionaries, and the rules of the directory in plain Python."""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.directory.models import FormerRecord, Organisation, Record, Service
from tests.factories import NOW

EXAMPLES = 300 if os.environ.get("ALLERVERS_TEST_PROFILE") == "long" else 20
IDS = st.integers(1, 4)
NAMES = st.sampled_from(["Un nom", "Un autre nom", "x"])  # the last is too short to be valid
STRUCTURES = st.lists(st.tuples(IDS, NAMES), max_size=5)
SERVICES = st.lists(st.tuples(IDS, NAMES, IDS), max_size=5)
WEEKS = st.lists(st.tuples(STRUCTURES, SERVICES).filter(any), min_size=1, max_size=6)


class Oracle:
    """What is live and what waits, by number; a structure is its name, a service its name and structure."""

    def __init__(self) -> None:
        self.structures: dict[int, str] = {}
        self.services: dict[int, tuple[str, int]] = {}
        self.waiting: dict[int, tuple[str, int]] = {}
        self.away: dict[tuple[str, int], list[int]] = {}  # the days of the runs without it
        self.retired: set[tuple[str, int]] = set()

    def week(self, structures, services, *, day: int) -> dict[str, int]:
        """Apply one run; its counts. The first row of an id stands for it, good or bad."""
        verbs = ("added", "changed", "unchanged", "missing", "retired", "quarantined", "rejected_total")
        said = dict.fromkeys(verbs, 0)
        said["read"] = len(structures) + len(services)
        of_structures = self._first(said, [(number, name) for number, name in structures])
        of_services = self._first(said, [(number, (name, of)) for number, name, of in services])
        before = {"structure": set(self.structures), "service": set(self.services)}
        for number, name in of_structures.items():
            if name == "x":
                said["rejected_total"] += 1
            else:
                self._settle(said, "structure", number, name)
        for number, service in of_services.items():
            self._service(said, number, service)
        freed = [
            n for n, (_name, of) in self.waiting.items() if n not in of_services and of in self.structures
        ]
        for number in freed:
            verb = "changed" if number in self.services else "added"
            said[verb] += 1
            self.retired.discard(("service", number))
            self.services[number] = self.waiting.pop(number)
        if structures:
            self._absent(said, "structure", before["structure"] - set(of_structures), day)
        if services:
            self._absent(said, "service", before["service"] - {*of_services, *freed}, day)
        self._here("structure", of_structures)
        self._here("service", [*of_services, *freed])
        return {name: count for name, count in said.items() if count}

    def _absent(self, said, kind, numbers, day) -> None:
        """Two runs without it, the first of them a fortnight ago: retired."""
        for number in numbers:
            if (kind, number) in self.retired:
                continue
            said["missing"] += 1
            days = self.away.setdefault((kind, number), [])
            days.append(day)
            if len(days) >= 2 and day - days[0] >= 14:
                said["retired"] += 1
                self.retired.add((kind, number))

    def _here(self, kind, numbers) -> None:
        for number in numbers:
            self.away.pop((kind, number), None)

    def _first(self, said, rows) -> dict:
        first: dict = {}
        for number, content in rows:
            if first.setdefault(number, content) != content:
                said["rejected_total"] += 1
        return first

    def _service(self, said, number, service) -> None:
        name, of = service
        key = ("service", number)
        if self.services.get(number) == service and not (key in self.away or key in self.retired):
            said["unchanged"] += 1
            self.waiting.pop(number, None)
        elif name == "x":
            said["rejected_total"] += 1
        elif of not in self.structures:
            said["quarantined"] += 1
            said["rejected_total"] += 1
            self.waiting[number] = service
        else:
            self.waiting.pop(number, None)
            self._settle(said, "service", number, service)

    def _settle(self, said, kind, number, content) -> None:
        live = {"structure": self.structures, "service": self.services}[kind]
        is_back = (kind, number) in self.away or (kind, number) in self.retired
        same = live.get(number) == content and not is_back
        said["unchanged" if same else "changed" if number in live else "added"] += 1
        if not same:
            self.retired.discard((kind, number))
        live[number] = content


def directory() -> tuple[dict, dict, dict, set]:
    waiting = Record.objects.filter(quarantined=True)
    return (
        {number(row.ident): row.nom for row in Organisation.objects.all()},
        {number(row.ident): (row.nom, number(row.organisation.ident)) for row in Service.objects.all()},
        {number(row.ident): (row.payload["nom"], number(row.structure_ident)) for row in waiting},
        {
            (kind, number(ident))
            for kind, model in (("structure", Organisation), ("service", Service))
            for ident in model.objects.exclude(retired_at=None).values_list("ident", flat=True)
        },
    )


def number(ident: str) -> int:
    return int(ident.removeprefix("essai--"))


@pytest.fixture
def empty_directory(take_in):
    def emptied() -> None:
        for model in (Service, Organisation, FormerRecord, Record):
            model.objects.all().delete()

    return emptied


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weeks=WEEKS, form=st.sampled_from(["csv", "json"]))
def test_weeks_of_imports_do_what_plain_rules_say(
    take_in, write, make_structure, make_service, empty_directory, weeks, form
):
    empty_directory()
    oracle = Oracle()
    for week, (structures, services) in enumerate(weeks):
        files = []
        if services:
            rows = [make_service(n, of=of, nom=name) for n, name, of in services]
            files.append(write(f"services.{form}", rows))
        if structures:
            files.append(write(f"structures.{form}", [make_structure(n, nom=name) for n, name in structures]))

        report = take_in(*files, now=NOW + timedelta(days=7 * week))

        counts = {name: count for name, count in report.items() if name != "rejected" and count}
        assert counts == oracle.week(structures, services, day=7 * week)
        assert len(report["rejected"]) == report["rejected_total"]
        assert directory() == (oracle.structures, oracle.services, oracle.waiting, oracle.retired)
