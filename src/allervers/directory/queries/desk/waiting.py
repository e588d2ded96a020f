"""What waits for someone: errors that readers reported, services whose structure never came."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max

from allervers.directory.models import ErrorReport, Kind, Organisation, Record, Service


@dataclass(frozen=True, slots=True)
class Reported:
    """A report and the sheet it is about."""

    report: ErrorReport
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class MissingStructure:
    """A structure that services wait for."""

    ident: str
    feed: str
    services: int
    example: str  # the id of one of them
    since: object  # the latest arrival


def reports_waiting() -> list[Reported]:
    """Those with someone to answer first, then the oldest. Three statements."""
    waiting = ErrorReport.objects.filter(answered_at=None).order_by("pk")
    reports = sorted(waiting, key=lambda report: (not report.contact, report.pk))
    named = _sheets(reports)
    return [Reported(report, *named.get((report.kind, report.ident), ("", ""))) for report in reports]


def error_report(uid: UUID) -> Reported | None:
    report = ErrorReport.objects.filter(uid=uid).first()
    if report is None:
        return None
    return Reported(report, *_sheets([report]).get((report.kind, report.ident), ("", "")))


def _sheets(reports: list[ErrorReport]) -> dict[tuple[str, str], tuple[str, str]]:
    """Name and phone, by kind and id."""
    services = Service.objects.filter(ident__in=[r.ident for r in reports if r.kind == Kind.SERVICE])
    owners = Organisation.objects.filter(ident__in=[r.ident for r in reports if r.kind == Kind.STRUCTURE])
    found = {
        (str(Kind.SERVICE), one.ident): (one.nom, one.telephone or one.organisation.telephone)
        for one in services.select_related("organisation")
    }
    return found | {(str(Kind.STRUCTURE), one.ident): (one.nom, one.telephone) for one in owners}


def missing_structures(*, limit: int) -> list[MissingStructure]:
    """Structures that services wait for, the most awaited first. One statement."""
    rows = Record.objects.filter(quarantined=True).values("structure_ident", "feed__slug")
    counted = rows.annotate(services=Count("pk"), example=Max("ident"), since=Max("received_at"))
    return [
        MissingStructure(
            ident=row["structure_ident"],
            feed=row["feed__slug"],
            services=row["services"],
            example=row["example"],
            since=row["since"],
        )
        for row in counted.order_by("-services", "structure_ident")[:limit]
    ]
