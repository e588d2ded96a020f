"""`X-Forwarded-*` counts only from the proxies that the operator named."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from allervers.config.proxies import TrustedProxies

FORWARDED = {
    "HTTP_X_FORWARDED_FOR": "203.0.113.9",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "emploi.exemple.example",
    "HTTP_X_FORWARDED_PORT": "444",
    "HTTP_FORWARDED": "for=203.0.113.9",
    "HTTP_X_REAL_IP": "203.0.113.9",
}


@pytest.fixture(autouse=True)
def named(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = (ip_network("192.0.2.0/24"), ip_network("::1/128"))
    settings.ALLOWED_HOSTS = ["emploi.exemple.example", "testserver"]


def seen(**meta: Any) -> tuple[str, str, str, list[str]]:
    """Address, scheme, host, and the forwarded headers that are left, as a view sees them."""
    requests: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse()

    TrustedProxies(view)(RequestFactory().get("/", **meta))
    request = requests[0]
    left = [name for name in request.META if "FORWARDED" in name or "REAL_IP" in name]
    return request.META["REMOTE_ADDR"], str(request.scheme), request.get_host(), left


def test_a_named_proxy_is_believed() -> None:
    assert seen(REMOTE_ADDR="192.0.2.7", **FORWARDED) == (
        "203.0.113.9",
        "https",
        "emploi.exemple.example",
        [],
    )


def test_a_named_ipv6_proxy_is_believed() -> None:
    assert seen(REMOTE_ADDR="::1", **FORWARDED)[0] == "203.0.113.9"


def test_anyone_else_is_not() -> None:
    assert seen(REMOTE_ADDR="198.51.100.4", **FORWARDED) == ("198.51.100.4", "http", "testserver", [])


def test_no_proxy_is_named_by_default(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ()

    assert seen(REMOTE_ADDR="127.0.0.1", **FORWARDED) == ("127.0.0.1", "http", "testserver", [])


@pytest.mark.parametrize(
    ("said", "visitor"),
    [
        ("203.0.113.9, 192.0.2.8", "203.0.113.9"),  # a chain of our own proxies
        ("10.0.0.1, 203.0.113.9", "203.0.113.9"),  # what stands before is what the visitor wrote
        ("192.0.2.9, 192.0.2.8", "192.0.2.9"),  # a visitor from inside
        ("pas une adresse", "192.0.2.7"),
        ("203.0.113.9, pas une adresse", "192.0.2.7"),
        ("", "192.0.2.7"),
    ],
)
def test_the_visitor_is_the_last_address_that_is_not_ours(said: str, visitor: str) -> None:
    assert seen(REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=said)[0] == visitor


@pytest.mark.parametrize(("said", "scheme"), [("https", "https"), ("https, http", "http"), ("ftp", "http")])
def test_the_scheme_is_the_last_one_said(said: str, scheme: str) -> None:
    assert seen(REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_PROTO=said)[1] == scheme
