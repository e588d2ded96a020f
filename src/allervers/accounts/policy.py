"""Tying a view to its policy. A view without one fails the URL-map test, so nothing is open by oversight."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from allervers.accounts.actor import Actor

Policy = Callable[[Actor], bool]
View = Callable[..., HttpResponseBase]


def policy(may: Policy) -> Callable[[View], View]:
    """Let the view answer only whom `may` allows: visitors are sent to sign in, others get a 403."""

    def tie(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            actor: Actor = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
            if may(actor):
                return view(request, *args, **kwargs)
            if actor.user_id is None:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied

        guarded.policy = may  # type: ignore[attr-defined]  # read by the URL-map test
        return guarded

    return tie
