"""Gives every request its `Actor`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from allervers.accounts.actor import ANONYMOUS, Actor


class ActorMiddleware:
    """Sets `request.actor`. Visitors without a session cookie cost no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = _actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    return Actor(user_id=user.pk, is_operator=user.is_operator)
