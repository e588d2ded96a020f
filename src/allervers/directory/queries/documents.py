"""What the index is built from: each live service, with what it borrows from its organisation."""

from collections.abc import Iterator

from allervers.directory.models import Organisation, Service
from allervers.directory.opening_hours import as_meant
from allervers.directory.queries.places import place_of
from allervers.engines.search import ServiceDocument

CHUNK = 2_000  # rows a fetch: bounded memory for a whole country


def service_documents() -> Iterator[ServiceDocument]:
    """Every service that is not retired, by id, in one statement (one consistent sight of the directory)."""
    live = Service.objects.filter(retired_at=None, organisation__retired_at=None)
    for service in live.select_related("organisation").order_by("ident").iterator(CHUNK):
        yield _document(service, service.organisation)


def _document(service: Service, organisation: Organisation) -> ServiceDocument:
    place = place_of(service, organisation)
    return ServiceDocument(
        id=service.ident,
        nom=service.nom,
        description=service.description,
        structure_id=organisation.ident,
        structure_nom=organisation.nom,
        thematiques=tuple(service.thematiques or ()),
        publics=tuple(service.publics or ()),
        frais=service.frais or None,
        modes_accueil=tuple(service.modes_accueil or ()),
        modes_mobilisation=tuple(service.modes_mobilisation or ()),
        mobilisable_par=tuple(service.mobilisable_par or ()),
        zone_eligibilite=tuple(service.zone_eligibilite or ()),
        latitude=place.latitude,
        longitude=place.longitude,
        code_insee=place.code_insee or None,
        horaires=as_meant(service.horaires_accueil or organisation.horaires_accueil) or None,
        has_phone=bool(service.telephone or organisation.telephone),
        source=service.source,
        confirmed_on=service.confirmed_on,
    )
