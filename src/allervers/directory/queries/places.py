"""Where a service is: its own place, else its organisation's; its point, else where its address is."""

from dataclasses import dataclass

from allervers.directory.models import Organisation, Service
from allervers.territory.queries.geocoding import Geocoded, place_of_address


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
    from_address: bool = False  # the point was found from the address: no source has given it

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
    found = None if has_point else _point_of_address(record)
    point = (found.latitude, found.longitude) if found else (record.latitude, record.longitude)
    return ServicePlace(
        adresse=record.adresse,
        complement_adresse=record.complement_adresse,
        code_postal=record.code_postal,
        commune=record.commune,
        code_insee=record.code_insee,
        latitude=point[0] if has_point or found else None,
        longitude=point[1] if has_point or found else None,
        borrowed=borrowed,
        from_address=found is not None,
    )


def _point_of_address(record: Service | Organisation) -> Geocoded | None:
    """Only a house that is surely in the municipality said: a wrong pin sends people away for nothing."""
    return place_of_address(
        record.adresse, postcode=record.code_postal, town=record.commune, code_insee=record.code_insee
    )
