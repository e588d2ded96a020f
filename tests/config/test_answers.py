"""What every answer bears, whoever made it; and that each refusal has a next step."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django.fixtures import Settings

from allervers.config import urls
from allervers.directory.queries.indexes import forget_index

BEARS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY = {
    "default-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
VARIES = {"HX-Request", "Accept-Language", "Cookie"}
SECRET = "motsecretplanté"


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError(SECRET)


class urlconf:  # noqa: N801  # stands for a module
    """The site, and one view that fails."""

    urlpatterns = [path("casse", broken), *urls.urlpatterns]
    handler400 = "allervers.config.refusals.bad_request"
    handler403 = "allervers.config.refusals.forbidden"
    handler404 = "allervers.config.refusals.not_found"
    handler500 = "allervers.config.refusals.failed"


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_planted_views(settings: Settings) -> None:
    forget_index()  # another test of this process may have left its own
    settings.ROOT_URLCONF = urlconf  # type: ignore[assignment]


STRICT = Client(enforce_csrf_checks=True, raise_request_exception=False)
ANSWERS: dict[str, tuple[int, Callable[[], Any]]] = {
    "a page": (200, lambda: STRICT.get("/")),
    "signing in": (200, lambda: STRICT.get("/compte/connexion")),
    "health": (503, lambda: STRICT.get("/health")),
    "a redirect": (302, lambda: STRICT.get("/catalogue")),
    "robots": (200, lambda: STRICT.get("/robots.txt")),
    "no such page": (404, lambda: STRICT.get("/rien")),
    "no such host": (400, lambda: STRICT.get("/", HTTP_HOST="ailleurs.example")),
    "a form from nowhere": (403, lambda: STRICT.post("/demande", {"mots": "emploi"})),
    "a wrong method": (405, lambda: STRICT.get("/demande")),
    "a failure": (500, lambda: STRICT.get("/casse")),
    "too much": (413, lambda: STRICT.post("/demande", {"mots": "x" * 2_000_000})),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_bears_the_same_headers(kind: str) -> None:
    status, ask = ANSWERS[kind]

    response = ask()

    assert response.status_code == status
    assert {name: response.get(name) for name in BEARS} == BEARS
    assert set(re.split(r";\s*", response["Content-Security-Policy"])) == POLICY
    assert set(re.split(r",\s*", response["Vary"])) >= VARIES


@pytest.mark.parametrize(
    "kind", [kind for kind, (status, _ask) in ANSWERS.items() if status in {400, 403, 404, 413, 500}]
)
def test_every_refusal_has_a_next_step(kind: str) -> None:
    page = ANSWERS[kind][1]().content.decode()

    assert page.count("<h1>") == 1
    assert 'href="/"' in page
    assert "39" in page
    assert "style=" not in page and "<style" not in page
    assert SECRET not in page


def test_cookies_are_secure_behind_tls() -> None:
    plain = STRICT.get("/compte/connexion").cookies["csrftoken"]
    ciphered = STRICT.get("/compte/connexion", secure=True).cookies["csrftoken"]

    assert [plain["secure"], ciphered["secure"]] == ["", True]
    assert [ciphered["httponly"], ciphered["samesite"]] == [True, "Lax"]


def test_a_broken_template_does_not_hide_the_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object) -> str:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("allervers.ui.refusal.loader.render_to_string", fails)

    response = STRICT.get("/rien")

    assert response.status_code == 404
    assert "<h1>Page introuvable</h1>" in response.content.decode()
    assert 'href="/"' in response.content.decode()
