"""Who keeps the installation: made by hand, on the machine itself."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from allervers.accounts.actor import Actor
from allervers.accounts.models import User
from allervers.accounts.policies import can_create_operators, can_set_passwords, require
from allervers.journal import actions as journal


class AccountExists(Exception):
    """The address already has an account; it was left as it is."""


class NoSuchAccount(Exception):
    """The address has no account."""


@transaction.atomic
def create_operator(email: str, *, password: str, by: Actor, now: datetime) -> User:
    """A new operator. Raises NotAllowed, AccountExists, ValidationError (address or password)."""
    require(can_create_operators(by))
    email = User.objects.normalize_email(email.strip())
    validate_email(email)
    user = User(email=email, is_operator=True, created_at=now)
    validate_password(password, user)
    user.set_password(password)
    _insert(user)
    fields = ["email", "password", "is_operator"]
    journal.record("operator.created", "user", user.uid, by=by.ref, at=now, fields=fields)
    return user


@transaction.atomic
def set_password(email: str, *, password: str, by: Actor, now: datetime) -> User:
    """A new password; open sessions end. Raises NotAllowed, NoSuchAccount, ValidationError."""
    require(can_set_passwords(by))
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        raise NoSuchAccount
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    journal.record("user.password_set", "user", user.uid, by=by.ref, at=now, fields=["password"])
    return user


def _insert(user: User) -> None:
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise AccountExists from error
