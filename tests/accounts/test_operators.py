"""Making an operator: by hand, journalled, with a password worth the name."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from allervers.accounts.actions.operators import AccountExists, NoSuchAccount, create_operator, set_password
from allervers.accounts.actor import ANONYMOUS, SYSTEM, Actor
from allervers.accounts.models import User
from allervers.accounts.policies import NotAllowed
from allervers.journal.models import Entry
from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_an_operator_is_made() -> None:
    made = create_operator(" Moi@EXEMPLE.example ", password=PASSWORD, by=SYSTEM, now=NOW)

    kept = User.objects.get()
    assert (kept.pk, kept.email) == (made.pk, "Moi@exemple.example")
    assert (kept.is_operator, kept.is_active) == (True, True)
    assert kept.check_password(PASSWORD)
    entry = Entry.objects.get()
    assert (entry.verb, entry.by, entry.subject_uid) == ("operator.created", "system", made.uid)
    assert entry.fields == ["email", "is_operator", "password"]


@pytest.mark.parametrize("by", [ANONYMOUS, Actor(user_id=7)])
def test_only_operators_make_operators(by: Actor) -> None:
    with pytest.raises(NotAllowed):
        create_operator("moi@exemple.example", password=PASSWORD, by=by, now=NOW)

    assert (User.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("pas une adresse", PASSWORD, "Saisissez une adresse de courriel valide."),
        ("moi@exemple.example", "court", "Ce mot de passe est trop court."),
        ("moi@exemple.example", "123456789012", "Ce mot de passe est entièrement numérique."),
        ("bernadette.martin@exemple.example", "bernadette.martin", "Le mot de passe est trop semblable"),
    ],
)
def test_bad_values_are_said_in_french(email: str, password: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        create_operator(email, password=password, by=SYSTEM, now=NOW)

    assert sentence in " ".join(refused.value.messages)
    assert (User.objects.count(), Entry.objects.count()) == (0, 0)


def test_an_existing_account_is_left_as_it_is() -> None:
    make_user("Moi@exemple.example")

    with pytest.raises(AccountExists):
        create_operator("moi@exemple.example", password="une autre phrase encore", by=SYSTEM, now=NOW)

    kept = User.objects.get()
    assert (kept.is_operator, kept.check_password(PASSWORD), Entry.objects.count()) == (False, True, 0)


def test_a_forgotten_password_is_replaced() -> None:
    user = make_user()

    set_password("SALARIE@exemple.example", password="une autre phrase encore", by=SYSTEM, now=NOW)

    user.refresh_from_db()
    assert user.check_password("une autre phrase encore")
    assert list(Entry.objects.values_list("verb", "subject_uid")) == [("user.password_set", user.uid)]


def test_no_account_no_password() -> None:
    with pytest.raises(NoSuchAccount):
        set_password("personne@exemple.example", password=PASSWORD, by=SYSTEM, now=NOW)
