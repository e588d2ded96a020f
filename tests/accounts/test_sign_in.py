"""Signing in: the same answer in the same time for everyone, a limited number of times."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from pytest_django.fixtures import Settings

from allervers.accounts.actions import attempts
from allervers.accounts.models import Attempt, User
from allervers.journal.models import Entry
from tests.cast import PASSWORD, make_operator, make_user

pytestmark = pytest.mark.django_db

URL = "/compte/connexion"
HASHED: list[str] = []


class CountingHasher(PBKDF2PasswordHasher):
    """Django's own, cheap, telling how often it worked."""

    iterations = 1

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        HASHED.append(password)
        return super().encode(password, salt, iterations)


@pytest.fixture(autouse=True)
def counting(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    HASHED.clear()


def tried(client: Client, email: str, password: str = "faux", **meta: Any) -> Any:
    return client.post(URL, {"login": email, "password": password}, **meta)


def page(response: Any, email: str) -> str:
    """What is shown, but for what differs by nature: the typed address and the form's token."""
    text = response.content.decode().replace(email, "ADRESSE")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_an_operator_signs_in_and_out(client: Client) -> None:
    user = make_operator()

    answer = tried(client, "OPERATRICE@exemple.example", PASSWORD)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/catalogue").status_code == 200
    assert client.post("/compte/deconnexion").status_code == 302
    assert client.get("/catalogue")["Location"] == f"{URL}?next=/catalogue"
    assert list(Entry.objects.values_list("verb", "by", "subject_uid")) == [
        ("user.signed_in", f"user:{user.pk}", user.uid)
    ]


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("salarie@exemple.example", "faux"),
        ("endormie@exemple.example", "faux"),
        ("endormie@exemple.example", PASSWORD),
    ],
)
def test_nobody_learns_who_has_an_account(email: str, password: str) -> None:
    make_user()
    make_user("endormie@exemple.example", is_active=False)
    unknown = "personne@exemple.example"

    known_answer, unknown_answer = tried(Client(), email, password), tried(Client(), unknown, password)

    assert known_answer.status_code == unknown_answer.status_code == 200
    assert page(known_answer, email) == page(unknown_answer, unknown)
    assert known_answer.cookies.keys() == unknown_answer.cookies.keys()


@pytest.mark.parametrize("name", ["salarie", "endormie", "personne"])
def test_a_password_is_hashed_once_for_everyone(name: str) -> None:
    """The time of an answer is that of the hash: as often for an unknown address as for a known one."""
    make_user()
    make_user("endormie@exemple.example", is_active=False)
    HASHED.clear()

    tried(Client(), f"{name}@exemple.example")

    assert HASHED == ["faux"]


@pytest.mark.parametrize("email", ["salarie@exemple.example", "personne@exemple.example"])
def test_an_account_is_tried_so_many_times_from_anywhere(email: str) -> None:
    make_user()
    addresses = [f"203.0.113.{last}" for last in range(attempts.ACCOUNT_LIMIT)]
    answers = [tried(Client(), email, REMOTE_ADDR=address) for address in addresses]

    refused = tried(Client(), email.upper(), PASSWORD, REMOTE_ADDR="198.51.100.1")

    assert {answer.status_code for answer in answers} == {200}
    assert refused.status_code == 429
    assert refused["Retry-After"] == str(15 * 60)
    assert "15 minutes" in refused.content.decode()
    assert HASHED.count(PASSWORD) <= 1  # the account's own; a full count is not judged


def test_an_address_is_tried_so_many_times_on_any_account() -> None:
    for number in range(attempts.ADDRESS_LIMIT):
        assert tried(Client(), f"personne{number}@exemple.example").status_code == 200

    assert tried(Client(), "autre@exemple.example").status_code == 429
    assert tried(Client(), "autre@exemple.example", REMOTE_ADDR="198.51.100.1").status_code == 200


def test_a_good_try_does_not_count() -> None:
    make_user()

    for _time in range(attempts.ACCOUNT_LIMIT + 1):
        assert tried(Client(), "salarie@exemple.example", PASSWORD).status_code == 302

    assert Attempt.objects.count() == 0


def test_a_good_try_does_not_wipe_the_bad_ones() -> None:
    make_user()
    tried(Client(), "salarie@exemple.example")

    tried(Client(), "salarie@exemple.example", PASSWORD)

    assert Attempt.objects.count() == 2  # the bad one, by address and by account


def test_neither_address_nor_account_can_be_read_back() -> None:
    tried(Client(), "personne@exemple.example", REMOTE_ADDR="203.0.113.9")

    kept = str(list(Attempt.objects.values()))

    assert Attempt.objects.count() == 2
    assert "203.0.113.9" not in kept and "personne" not in kept


def test_there_is_no_signing_up(client: Client) -> None:
    statuses = {
        route: client.get(route).status_code
        for route in ("/compte/inscription", "/accounts/signup/", "/signup/", "/admin/", "/accounts/login/")
    }

    assert set(statuses.values()) == {404}


def test_the_next_page_is_one_of_ours() -> None:
    make_user()

    away = Client().post(
        f"{URL}?next=https://ailleurs.example/", {"login": "salarie@exemple.example", "password": PASSWORD}
    )

    assert away["Location"] == "/"


def test_the_session_ends_with_the_browser() -> None:
    make_user()
    client = Client()

    cookie = tried(client, "salarie@exemple.example", PASSWORD).cookies["sessionid"]

    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")


def test_a_user_is_never_named_in_logs() -> None:
    user = User(pk=3, email="salarie@exemple.example", created_at=datetime(2026, 11, 24, tzinfo=UTC))

    assert (str(user), repr(user)) == ("user:3", "<User: user:3>")
