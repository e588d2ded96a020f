"""A HSDS document as two tables of the schéma v1."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from allervers.directory.intake.hsds.document import Document, Item, ident, locations_of, parts_of
from allervers.directory.intake.rows import Row
from allervers.directory.intake.translating import Translation
from allervers.directory.models import Kind

SOURCE = "hsds"
DAYS = {"MO": "Mo", "TU": "Tu", "WE": "We", "TH": "Th", "FR": "Fr", "SA": "Sa", "SU": "Su"}
PLACED = frozenset(
    {
        "id",
        "name",
        "description",
        "short_description",
        "url",
        "website",
        "email",
        "phones",
        "phone",
        "contacts",
        "locations",
        "location",
        "schedules",
        "addresses",
        "services",
        "organization",
        "organization_id",
        "service_at_locations",
        "last_modified",
        "assured_date",
        "fees_description",
        "eligibility_description",
        "application_process",
        "alternate_name",
        "source",
        "status",
        "metadata",
        "attributes",
        "taxonomy_terms",
    }
)
SHORTEST_DESCRIPTION = 5


def tables(document: Document) -> list[tuple[Kind, Iterator[Row]]]:
    return [
        (
            Kind.STRUCTURE,
            (_structure(*one, document) for one in enumerate(document.organizations.values(), start=1)),
        ),
        (Kind.SERVICE, (_service(*one, document) for one in enumerate(document.services.values(), start=1))),
    ]


def _structure(number: int, item: Item, document: Document) -> Row:
    translation = _begun(number, item, Kind.STRUCTURE)
    translation.put("site_web", item.get("website") or item.get("url"))
    _put_contact(translation, item, "organization_id", document)
    for location in parts_of(item, "locations", "organization_id", document):
        _put_place(translation, location, document)
        break
    _leave_the_rest(translation, item)
    return translation.done()


def _service(number: int, item: Item, document: Document) -> Row:
    translation = _begun(number, item, Kind.SERVICE)
    nested = item.get("organization")
    owner = ident(nested) if isinstance(nested, dict) else str(item.get("organization_id") or "")
    translation.put("structure_id", f"{SOURCE}--{owner}" if owner else None)
    translation.put("lien_mobilisation", item.get("url"))
    translation.put("frais_precisions", item.get("fees_description"))
    translation.put("conditions_acces", item.get("eligibility_description"))
    translation.put("mobilisation_precisions", item.get("application_process"))
    _put_contact(translation, item, "service_id", document)
    places = list(locations_of(item, document))
    if places:
        _put_place(translation, places[0], document)
    if len(places) > 1:
        others = ", ".join(str(one.get("name") or ident(one)) for one in places[1:])
        translation.leave("adresse", others, _("Une fiche a un seul lieu : les autres sont laissés de côté."))
    hours = _hours(list(parts_of(item, "schedules", "service_id", document)))
    for place in places[:1]:
        hours = hours or _hours(list(parts_of(place, "schedules", "location_id", document)))
    translation.put("horaires_accueil", hours)
    if str(item.get("status") or "active") != "active":
        translation.leave("status", item.get("status"), _("Ce service n’est pas en cours, selon sa source."))
    _leave_the_rest(translation, item)
    return translation.done()


def _begun(number: int, item: Item, kind: Kind) -> Translation:
    translation = Translation(Row(number, item), kind)
    own = ident(item)
    translation.put("id", f"{SOURCE}--{own}" if own else None)
    translation.put("source", SOURCE)
    translation.put("nom", item.get("name"))
    described = str(item.get("description") or item.get("short_description") or "").strip()
    if kind is Kind.SERVICE and len(described) < SHORTEST_DESCRIPTION:
        described = str(item.get("name") or "")
    translation.put("description", described)
    translation.put("date_maj", item.get("assured_date") or item.get("last_modified"))
    return translation


def _put_contact(translation: Translation, item: Item, key: str, document: Document) -> None:
    phones = [one.get("number") for one in parts_of(item, "phones", key, document)]
    contacts = list(parts_of(item, "contacts", key, document))
    translation.put("telephone", next((phone for phone in phones if phone), None))
    translation.put(
        "courriel", item.get("email") or next((one["email"] for one in contacts if one.get("email")), None)
    )


def _put_place(translation: Translation, location: Item, document: Document) -> None:
    for address in parts_of(location, "addresses", "location_id", document):
        translation.put("code_postal", address.get("postal_code"))
        translation.put("commune", address.get("city"))
        translation.put("adresse", address.get("address_1"))
        translation.put("complement_adresse", address.get("address_2"))
        break
    translation.put("latitude", location.get("latitude"))
    translation.put("longitude", location.get("longitude"))


def _hours(schedules: list[Item]) -> str:
    """« BYDAY=MO,TU » with opens_at and closes_at, every week: the only rules that are sure."""
    rules = []
    for one in schedules:
        days = [DAYS.get(day.strip()) for day in str(one.get("byday") or "").split(",")]
        opens, closes = (str(one.get(name) or "")[:5] for name in ("opens_at", "closes_at"))
        weekly = str(one.get("freq") or "WEEKLY") == "WEEKLY" and str(one.get("interval") or 1) == "1"
        if not weekly or not all(days) or not opens or not closes:
            return ""
        rules.append(f"{','.join(day for day in days if day)} {opens}-{closes}")
    return "; ".join(rules)


def _leave_the_rest(translation: Translation, item: Item) -> None:
    for name in sorted(set(item) - PLACED):
        if item[name] not in (None, "", [], {}):
            translation.leave(name, item[name], _("Ce champ HSDS n’a pas de place dans le schéma v1."))
    for term in item.get("taxonomy_terms") or item.get("attributes") or []:
        translation.leave(
            "thematiques", term, _("Cette taxonomie n’est pas celle du schéma v1 : choisissez le besoin.")
        )
