"""Open Referral HSDS 3, nested or flat."""

import json

import pytest

from allervers.directory.intake.refusal import Refused

ADDRESS = {"address_1": "12 rue de l’Essai", "city": "Montpellier", "postal_code": "34000"}
NESTED = [
    {
        "id": "s1",
        "name": "Cours de français",
        "description": "Deux fois par semaine.",
        "status": "active",
        "assured_date": "2026-10-01",
        "interpretation_services": "arabe",
        "organization": {
            "id": "o1",
            "name": "La Passerelle",
            "description": "Association",
            "website": "essai.example",
        },
        "phones": [{"number": "01 99 00 12 34"}],
        "contacts": [{"email": "accueil@essai.example"}],
        "schedules": [{"freq": "WEEKLY", "byday": "MO,TH", "opens_at": "09:00", "closes_at": "12:00"}],
        "service_at_locations": [
            {"location": {"id": "l1", "latitude": 43.61, "longitude": 3.87, "addresses": [ADDRESS]}}
        ],
    }
]
FLAT = {
    "organizations": [
        {"id": "o1", "name": "La Passerelle", "description": "Association", "website": "essai.example"}
    ],
    "services": [
        {key: value for key, value in NESTED[0].items() if isinstance(value, str)} | {"organization_id": "o1"}
    ],
    "locations": [{"id": "l1", "latitude": 43.61, "longitude": 3.87}],
    "addresses": [ADDRESS | {"location_id": "l1"}],
    "service_at_locations": [{"service_id": "s1", "location_id": "l1"}],
    "phones": [{"service_id": "s1", "number": "01 99 00 12 34"}],
    "contacts": [{"service_id": "s1", "email": "accueil@essai.example"}],
    "schedules": [{"service_id": "s1", "byday": "MO,TH", "opens_at": "09:00", "closes_at": "12:00"}],
}


@pytest.mark.parametrize("document", [NESTED, {"services": NESTED}, FLAT], ids=["list", "nested", "flat"])
def test_document_gives_structures_and_services(taken, tmp_path, document):
    path = tmp_path / "hsds.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    read = taken(path)

    assert read.counts()["added"] == 2 and not read.waiting
    service = read.rows["service"][0]
    assert {
        name: service[name] for name in ("ident", "nom", "adresse", "code_insee", "horaires_accueil")
    } == {
        "ident": "hsds--s1",
        "nom": "Cours de français",
        "adresse": "12 rue de l’Essai",
        "code_insee": "34172",
        "horaires_accueil": "Mo,Th 09:00-12:00",
    }
    assert (service["telephone"], service["courriel"], service["confirmed_on"], service["latitude"]) == (
        "01 99 00 12 34", "accueil@essai.example", "2026-10-01", 43.61,
    )  # fmt: skip
    assert read.rows["structure"][0]["site_web"] == "https://essai.example"
    assert read.said() == [(1, "interpretation_services", "arabe")]  # no place in v1: said


@pytest.mark.parametrize("text", ['{"services": [], "locations": []}', '{"services": [{"id": '])
def test_document_without_records_is_refused(taken, tmp_path, text):
    path = tmp_path / "hsds.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(Refused, match="L’annuaire n’a pas changé"):
        taken(path)
