"""A sheet borrows from its organisation what the service lacks, in one statement."""

from datetime import UTC, datetime

import pytest

from allervers.directory.queries.sheets import organisation_sheet, service_sheet, services_by_ident
from tests.factories import make_organisation, make_service

pytestmark = pytest.mark.django_db


def test_sheet_borrows_phone_hours_and_the_whole_place(django_assert_num_queries) -> None:
    organisation = make_organisation(
        adresse="1 rue du Port", telephone="0199001111", horaires_accueil="Mo-Fr 09:00-12:00"
    )
    service = make_service(organisation=organisation)

    with django_assert_num_queries(1):
        sheet = service_sheet(service.ident)

    assert sheet is not None
    assert (sheet.telephone, sheet.horaires, sheet.horaires_borrowed) == (
        "0199001111",
        "Mo-Fr 09:00-12:00",
        True,
    )
    assert (sheet.place.adresse, sheet.place.borrowed) == ("1 rue du Port", True)


def test_sheet_keeps_its_own_place_without_mixing(django_assert_num_queries) -> None:
    organisation = make_organisation(adresse="1 rue du Port", latitude=43.0, longitude=3.0)
    service = make_service(organisation=organisation, commune="Lattes", telephone="0199002222")

    sheet = service_sheet(service.ident)

    assert sheet is not None
    assert (sheet.place.commune, sheet.place.adresse, sheet.place.latitude) == ("Lattes", "", None)
    assert sheet.telephone == "0199002222"


def test_one_id_may_name_a_structure_and_a_service() -> None:
    organisation = make_organisation(ident="both/1", nom="La structure")
    make_service(ident="both/1", nom="Le service", organisation=organisation)

    service, structure = service_sheet("both/1"), organisation_sheet("both/1")

    assert service is not None and service.service.nom == "Le service"
    assert structure is not None and structure.organisation.nom == "La structure"
    assert [one.nom for one in structure.services] == ["Le service"]


def test_retired_is_gone_but_known() -> None:
    gone = make_service(retired_at=datetime(2026, 11, 1, tzinfo=UTC))

    sheet = service_sheet(gone.ident)

    assert sheet is not None and sheet.is_retired
    assert services_by_ident([gone.ident]) == {}
    assert service_sheet("never-seen") is None
