"""One sheet: a service or an organisation, with what it borrows, ready for a page."""

from dataclasses import dataclass

from allervers.directory.models import Organisation, Service
from allervers.directory.queries.places import ServicePlace, place_of


@dataclass(frozen=True, slots=True)
class ServiceSheet:
    """A service and its organisation; phone, mail and hours are the organisation's where it has none."""

    service: Service
    organisation: Organisation
    place: ServicePlace
    telephone: str
    courriel: str
    horaires: str
    horaires_borrowed: bool

    @property
    def is_retired(self) -> bool:
        return bool(self.service.retired_at or self.organisation.retired_at)


@dataclass(frozen=True, slots=True)
class OrganisationSheet:
    organisation: Organisation
    services: tuple[Service, ...]  # live ones, by name

    @property
    def is_retired(self) -> bool:
        return self.organisation.retired_at is not None


def service_sheet(ident: str) -> ServiceSheet | None:
    """One statement. None when no such service was ever known."""
    service = Service.objects.select_related("organisation", "record__feed").filter(ident=ident).first()
    if service is None:
        return None
    organisation = service.organisation
    return ServiceSheet(
        service=service,
        organisation=organisation,
        place=place_of(service, organisation),
        telephone=service.telephone or organisation.telephone,
        courriel=service.courriel or organisation.courriel,
        horaires=service.horaires_accueil or organisation.horaires_accueil,
        horaires_borrowed=not service.horaires_accueil,
    )


def organisation_sheet(ident: str) -> OrganisationSheet | None:
    """Two statements. None when no such organisation was ever known."""
    organisation = Organisation.objects.select_related("record__feed").filter(ident=ident).first()
    if organisation is None:
        return None
    services = organisation.services.filter(retired_at=None).order_by("nom", "ident")
    return OrganisationSheet(organisation, tuple(services))


def offered_needs(organisation: Organisation) -> list[str]:
    """What its services answer or answered, retired ones included: a need may come several times."""
    every = organisation.services.order_by("ident").values_list("thematiques", flat=True)
    return [need for needs in every for need in needs or ()]


def services_by_ident(idents: list[str]) -> dict[str, Service]:
    """Those that are live, with their organisations, in one statement."""
    live = Service.objects.filter(ident__in=idents, retired_at=None)
    return {service.ident: service for service in live.select_related("organisation")}
