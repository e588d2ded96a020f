"""The pages of signing in and out, as `ui` draws them."""

from typing import Any

from allauth.account.forms import LoginForm
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import override_settings

PLAIN_STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def drawn(template: str, **context: Any) -> str:
    with override_settings(STORAGES=PLAIN_STATIC):
        return render_to_string(f"account/{template}.html", context)


def test_sign_in_is_ours_and_offers_no_sign_up() -> None:
    html = drawn("login", form=LoginForm(request=RequestFactory().get("/")))

    assert '<form class="form" action="/compte/connexion" method="post"' in html
    assert html.count('class="field__control"') == 2
    assert 'autocomplete="current-password"' in html
    assert "inscri" not in html.lower() and "signup" not in html


def test_sign_in_says_what_was_refused() -> None:
    form = LoginForm({}, request=RequestFactory().post("/"))

    html = drawn("login", form=form)

    assert html.count('class="field__error"') == 2
    assert '<a href="#id_login">' in html


def test_sign_out_asks_by_a_form() -> None:
    assert '<form class="form" action="/compte/deconnexion" method="post"' in drawn("logout")
