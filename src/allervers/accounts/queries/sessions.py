"""Who a session cookie belongs to, where there is no request yet."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from allervers.accounts.actor import ANONYMOUS, Actor


def actor_of_cookies(header: str) -> Actor:
    """The same as `ActorMiddleware` would say of a request with this `Cookie` header."""
    try:
        cookie = SimpleCookie(header).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ANONYMOUS
    if cookie is None:
        return ANONYMOUS
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(cookie.value)
    user = get_user(request)
    if not user.is_authenticated:
        return ANONYMOUS
    return Actor(user_id=user.pk, is_operator=user.is_operator)
