"""The small fixed cast of every test: a visitor, someone signed in, an operator."""

from typing import Any

from django.test import Client

from allervers.accounts.models import User

PASSWORD = "une phrase que personne ne dit"


def make_user(email: str = "salarie@exemple.example", **fields: Any) -> User:
    user = User(email=email, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def make_operator(email: str = "operatrice@exemple.example", **fields: Any) -> User:
    return make_user(email, is_operator=True, **fields)


def client_of(user: User | None) -> Client:
    """A browser where `user` is signed in (None: a visitor)."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client
