"""Where a service is: its own place, else its organisation's."""

from dataclasses import dataclass

from allervers.directory.models import Organisation, Service


@dataclass(frozen=True, slots=True)
class ServicePlace:
    """Degrees in WGS84, or None; texts are empty when unknown."""

    adresse: str
    complement_adresse: str
    code_postal: str
    commune: str
    code_insee: str
    latitude: float | None
    longitude: float | None
    borrowed: bool  # it is the organisation's

    @property
    def is_known(self) -> bool:
        return bool(self.adresse or self.commune or self.latitude is not None)


def place_of(service: Service, organisation: Organisation) -> ServicePlace:
    """All of one or all of the other: half an address of each would be a third place."""
    if _has_place(service):
        return _place(service, borrowed=False)
    return _place(organisation, borrowed=True)


def own_place(organisation: Organisation) -> ServicePlace:
    return _place(organisation, borrowed=False)


def _has_place(record: Service | Organisation) -> bool:
    return record.latitude is not None or bool(record.adresse or record.code_insee or record.commune)


def _place(record: Service | Organisation, *, borrowed: bool) -> ServicePlace:
    has_point = record.latitude is not None and record.longitude is not None
    return ServicePlace(
        adresse=record.adresse,
        complement_adresse=record.complement_adresse,
        code_postal=record.code_postal,
        commune=record.commune,
        code_insee=record.code_insee,
        latitude=record.latitude if has_point else None,
        longitude=record.longitude if has_point else None,
        borrowed=borrowed,
    )
