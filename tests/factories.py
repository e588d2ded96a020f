"""Records without surprises: what a test does not say is complete, live and plain."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from allervers.directory.models import Feed, Kind, Organisation, Record, Service

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_numbers = count(1)


def make_record(kind: Kind, ident: str) -> Record:
    feed, _created = Feed.objects.get_or_create(slug="essai", defaults={"created_at": NOW})
    return Record.objects.create(
        kind=kind, ident=ident, feed=feed, source="essai", payload={}, content_hash="0" * 64, received_at=NOW
    )


def make_organisation(**fields: Any) -> Organisation:
    ident = fields.pop("ident", f"essai--{next(_numbers)}")
    known = {
        "nom": "Maison du quartier",
        "source": "essai",
        "date_maj": date(2026, 11, 1),
        "confirmed_on": date(2026, 11, 1),
        "confirmed_by": "essai",
        "commune": "Montpellier",
        "code_insee": "34172",
        "latitude": 43.632,
        "longitude": 3.822,
        "telephone": "0199001234",
    }
    record = make_record(Kind.STRUCTURE, ident)
    return Organisation.objects.create(ident=ident, record=record, **(known | fields))


def make_service(**fields: Any) -> Service:
    ident = fields.pop("ident", f"essai--{next(_numbers)}")
    organisation = fields.pop("organisation", None) or make_organisation()
    known = {
        "nom": "Halte-garderie",
        "description": "Accueil des enfants quelques heures.",
        "source": "essai",
        "date_maj": date(2026, 11, 1),
        "confirmed_on": date(2026, 11, 1),
        "confirmed_by": "essai",
        "thematiques": ["famille--garde-denfants"],
    }
    record = make_record(Kind.SERVICE, ident)
    return Service.objects.create(ident=ident, record=record, organisation=organisation, **(known | fields))
