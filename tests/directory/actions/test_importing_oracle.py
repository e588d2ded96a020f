"""Weeks of imports against a slow oracle: dictionaries, and the rules of the directory in plain Python."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.directory.models import Organisation, Record, Service

EXAMPLES = 300 if os.environ.get("ALLERVERS_TEST_PROFILE") == "long" else 20
IDS = st.integers(1, 4)
NAMES = st.sampled_from(["Un nom", "Un autre nom", "x"])  # the last is too short to be valid
STRUCTURES = st.lists(st.tuples(IDS, NAMES), max_size=5)
SERVICES = st.lists(st.tuples(IDS, NAMES, IDS), max_size=5)
WEEKS = st.lists(st.tuples(STRUCTURES, SERVICES).filter(any), min_size=1, max_size=4)


class Oracle:
    """What is live and what waits, by number; a structure is its name, a service its name and structure."""

    def __init__(self) -> None:
        self.structures: dict[int, str] = {}
        self.services: dict[int, tuple[str, int]] = {}
        self.waiting: dict[int, tuple[str, int]] = {}

    def week(self, structures, services) -> dict[str, int]:
        """Apply one run; its counts. The first row of an id stands for it, good or bad."""
        said = dict.fromkeys(("added", "changed", "unchanged", "missing", "quarantined", "rejected_total"), 0)
        said["read"] = len(structures) + len(services)
        of_structures = self._first(said, [(number, name) for number, name in structures])
        of_services = self._first(said, [(number, (name, of)) for number, name, of in services])
        if structures:
            said["missing"] += len(set(self.structures) - set(of_structures))
        if services:
            said["missing"] += len(set(self.services) - set(of_services))
        for number, name in of_structures.items():
            if name == "x":
                said["rejected_total"] += 1
            else:
                self._settle(said, self.structures, number, name)
        for number, service in of_services.items():
            self._service(said, number, service)
        for number in [
            n for n, (_name, of) in self.waiting.items() if n not in of_services and of in self.structures
        ]:
            self._settle(said, self.services, number, self.waiting.pop(number))
        return {name: count for name, count in said.items() if count}

    def _first(self, said, rows) -> dict:
        first: dict = {}
        for number, content in rows:
            if first.setdefault(number, content) != content:
                said["rejected_total"] += 1
        return first

    def _service(self, said, number, service) -> None:
        name, of = service
        if self.services.get(number) == service:
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
            self._settle(said, self.services, number, service)

    def _settle(self, said, live, number, content) -> None:
        verb = "unchanged" if live.get(number) == content else "changed" if number in live else "added"
        said[verb] += 1
        live[number] = content


def directory() -> tuple[dict, dict, dict]:
    waiting = Record.objects.filter(quarantined=True)
    return (
        {number(row.ident): row.nom for row in Organisation.objects.all()},
        {number(row.ident): (row.nom, number(row.organisation.ident)) for row in Service.objects.all()},
        {number(row.ident): (row.payload["nom"], number(row.structure_ident)) for row in waiting},
    )


def number(ident: str) -> int:
    return int(ident.removeprefix("essai--"))


@pytest.fixture
def empty_directory(take_in):
    def emptied() -> None:
        for model in (Service, Organisation, Record):
            model.objects.all().delete()

    return emptied


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weeks=WEEKS, form=st.sampled_from(["csv", "json"]))
def test_weeks_of_imports_do_what_plain_rules_say(
    take_in, write, make_structure, make_service, empty_directory, weeks, form
):
    empty_directory()
    oracle = Oracle()
    for structures, services in weeks:
        files = []
        if services:
            rows = [make_service(n, of=of, nom=name) for n, name, of in services]
            files.append(write(f"services.{form}", rows))
        if structures:
            files.append(write(f"structures.{form}", [make_structure(n, nom=name) for n, name in structures]))

        report = take_in(*files)

        counts = {name: count for name, count in report.items() if name != "rejected" and count}
        assert counts == oracle.week(structures, services)
        assert len(report["rejected"]) == report["rejected_total"]
        assert directory() == (oracle.structures, oracle.services, oracle.waiting)
