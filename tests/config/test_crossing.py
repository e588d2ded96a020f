"""Each POST is refused from another site, the residents' search included."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

FORMS = ["/demande", "/demande/lieu", "/compte/connexion"]


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def token(browser: Client) -> str:
    """As the home page gives it."""
    page = browser.get("/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize("form", FORMS)
def test_our_own_form_passes(browser: Client, form: str) -> None:
    sent = {"csrfmiddlewaretoken": token(browser)}
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}

    assert browser.post(form, sent, headers=headers).status_code != 403


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://ailleurs.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_another_site_is_refused_even_with_a_token(
    browser: Client, form: str, headers: dict[str, str]
) -> None:
    response = browser.post(form, {"csrfmiddlewaretoken": token(browser)}, headers=headers)

    assert response.status_code == 403
    assert response.templates[0].name == "403_csrf.html"


@pytest.mark.parametrize("form", FORMS)
def test_no_token_is_refused(browser: Client, form: str) -> None:
    browser.get("/")

    assert browser.post(form, {}).status_code == 403
