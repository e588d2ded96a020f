"""What machines are told: each live sheet, read by the official models of the schéma v1."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from data_inclusion.schema.v1 import Service as OfficialService
from data_inclusion.schema.v1 import Structure as OfficialStructure
from data_inclusion.schema.v1.score_qualite import score
from pydantic import ValidationError

from allervers.directory.intake.validate import UNKNOWN_DAY
from allervers.directory.models import Organisation, Service
from allervers.directory.siret import is_valid_siret
from allervers.engines.exchange import ServiceEntry, StructureEntry

log = structlog.get_logger("allervers.index")

CHUNK = 2_000  # rows a fetch: bounded memory for a whole country


def structure_entries() -> Iterator[StructureEntry]:
    """Every organisation that is not retired, by id."""
    live = Organisation.objects.filter(retired_at=None).order_by("ident")
    for organisation in live.iterator(CHUNK):
        with _left_out_if_invalid(organisation):
            yield _structure(OfficialStructure.model_validate(_values(organisation, OfficialStructure)))


def service_entries() -> Iterator[ServiceEntry]:
    """Every service that is not retired, nor its organisation, by id."""
    live = Service.objects.filter(retired_at=None, organisation__retired_at=None)
    for service in live.select_related("organisation").order_by("ident").iterator(CHUNK):
        values = _values(service, OfficialService) | {"structure_id": service.organisation.ident}
        with _left_out_if_invalid(service):
            yield _service(OfficialService.model_validate(values))


@contextmanager
def _left_out_if_invalid(sheet: Organisation | Service) -> Iterator[None]:
    """A sheet made or corrected by hand may lack what the schéma demands: people see it, machines do not."""
    try:
        yield
    except ValidationError as error:
        log.warning("exchange.left_out", sheet=str(sheet.uid), fields=[e["loc"][0] for e in error.errors()])


def _values(
    sheet: Organisation | Service, official: type[OfficialStructure | OfficialService]
) -> dict[str, Any]:
    """The fields of the schéma. A text that is not known is null there, empty here."""
    known = {name: getattr(sheet, name, None) for name in official.model_fields}
    known["date_maj"] = sheet.date_maj or UNKNOWN_DAY  # machines expect a day: a very old one claims nothing
    return {name: value for name, value in known.items() if value not in ("", None)} | {"id": sheet.ident}


def _structure(record: OfficialStructure) -> StructureEntry:
    return StructureEntry(
        id=record.id,
        source=record.source,
        nom=record.nom,
        body=record.model_dump_json().encode(),
        extra={"adresse_certifiee": False},
        code_insee=record.code_insee,
        reseaux_porteurs=_codes(record.reseaux_porteurs),
        group=_group(record),
        date_maj=record.date_maj.toordinal(),
    )


def _group(record: OfficialStructure) -> str:
    """Until records are linked by more: the same valid SIRET in the same municipality."""
    if record.siret and record.code_insee and is_valid_siret(record.siret):
        return f"{record.siret} {record.code_insee}"
    return ""


def _service(record: OfficialService) -> ServiceEntry:
    quality, _by_criterion = score(record)
    return ServiceEntry(
        id=record.id,
        structure_id=record.structure_id,
        source=record.source,
        body=record.model_dump_json().encode(),
        extra={"adresse_certifiee": False},
        nom=record.nom,
        description=record.description,
        score_qualite=quality,
        code_insee=record.code_insee,
        type=str(record.type) if record.type else None,
        thematiques=_codes(record.thematiques),
        frais=str(record.frais) if record.frais else None,
        publics=_codes(record.publics),
        publics_precisions=record.publics_precisions,
        modes_accueil=_codes(record.modes_accueil),
        zone_eligibilite=_codes(record.zone_eligibilite),
        latitude=record.latitude,
        longitude=record.longitude,
    )


def _codes(values: set[object] | list[object] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(sorted(str(value) for value in values))
