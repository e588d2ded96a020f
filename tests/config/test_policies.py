"""Nothing is open by oversight: every address of the map has a policy, and answers as it says."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver, path, reverse

from allervers.accounts.actor import ANONYMOUS, Actor
from tests.cast import client_of, make_operator, make_user
from tests.url_map import address, leaves


def without_policy(entries: list[tuple[str, URLPattern]]) -> list[str]:
    return [name for name, entry in entries if not callable(getattr(entry.callback, "policy", None))]


ENTRIES = list(leaves(get_resolver()))


def test_every_view_has_a_policy() -> None:
    assert without_policy(ENTRIES) == []


def test_a_view_without_policy_is_seen() -> None:
    planted = path("oublie", lambda request: None, name="oublie")

    assert without_policy([*ENTRIES, ("oublie", planted)]) == ["oublie"]


def test_the_map_holds_what_people_use() -> None:
    assert {"health", "account_login", "account_logout", "website:home", "website:ask"} <= {
        name for name, _entry in ENTRIES
    }


def outcome(client: Client, url: str) -> str:
    """`allowed`, `sign in` or `forbidden`; a view that takes no GET is asked by POST."""
    response = client.get(url)
    if response.status_code == 405:
        response = client.post(url)
    if response.status_code == 403:
        return "forbidden"
    if response.status_code == 302 and response["Location"].startswith(
        f"{reverse(settings.LOGIN_URL)}?next="
    ):
        return "sign in"
    return "allowed"


def expected(entry: URLPattern, actor: Actor) -> str:
    if entry.callback.policy(actor):  # type: ignore[attr-defined]
        return "allowed"
    return "forbidden" if actor.user_id else "sign in"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["visitor", "colleague", "operator"])
def test_each_role_gets_what_the_policy_says(role: str) -> None:
    user = {"visitor": lambda: None, "colleague": make_user, "operator": make_operator}[role]()
    actor = Actor(user.pk, is_operator=user.is_operator) if user else ANONYMOUS
    said, wanted = {}, {}

    for name, entry in ENTRIES:
        said[name] = outcome(client_of(user), address(name, entry))
        wanted[name] = expected(entry, actor)

    assert said == wanted


@pytest.mark.django_db
def test_the_matrix_has_every_outcome() -> None:
    """Otherwise the test above could pass by allowing everything."""
    catalogue = reverse("website:catalogue")

    outcomes = [outcome(client_of(user), catalogue) for user in (None, make_user(), make_operator())]

    assert outcomes == ["sign in", "forbidden", "allowed"]
