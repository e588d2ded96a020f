"""Sheets as the desk looks for them, and one sheet with its corrections."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from allervers.directory.corrections import shown_values
from allervers.directory.models import Kind, Organisation, Overlay, Service
from allervers.directory.queries.overlays import corrections_of


@dataclass(frozen=True, slots=True)
class DeskSheet:
    """A sheet of either kind. `shown`: {field: value} as the schéma writes them, corrections laid over."""

    kind: Kind
    sheet: Organisation | Service
    shown: dict[str, object]
    corrections: list[Overlay]  # that hold

    @property
    def ident(self) -> str:
        return self.sheet.ident

    @property
    def owner(self) -> Organisation:
        return self.sheet.organisation if isinstance(self.sheet, Service) else self.sheet


def sheets_named(words: str, *, limit: int) -> list[tuple[Kind, Organisation | Service]]:
    """Organisations then services whose name or id holds these words, live ones first. Two statements."""
    asked = Q(nom__icontains=words) | Q(ident=words)
    owners: QuerySet[Organisation] = Organisation.objects.filter(asked).order_by("retired_at", "nom")
    services = Service.objects.filter(asked).select_related("organisation").order_by("retired_at", "nom")
    found: list[tuple[Kind, Organisation | Service]] = [(Kind.STRUCTURE, one) for one in owners[:limit]]
    return [*found, *((Kind.SERVICE, one) for one in services[:limit])]


def desk_sheet(kind: Kind, ident: str) -> DeskSheet | None:
    """Two statements."""
    if kind is Kind.STRUCTURE:
        sheet: Organisation | Service | None = Organisation.objects.filter(ident=ident).first()
    else:
        sheet = Service.objects.select_related("organisation").filter(ident=ident).first()
    if sheet is None:
        return None
    return DeskSheet(kind, sheet, dict(shown_values(sheet, kind)), corrections_of(kind, ident))
