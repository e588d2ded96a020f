"""A form sent from another site is refused, whatever it would do."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
OURS = frozenset({"", "same-origin", "none"})  # "" : a browser too old to say it; the token decides


class SameSitePosts(CsrfViewMiddleware):
    """Django's token and `Origin`, and what the browser itself says in `Sec-Fetch-Site`."""

    def process_view(
        self, request: HttpRequest, callback: Callable[..., Any], callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseForbidden | None:
        if getattr(callback, "csrf_exempt", False):  # a question of a program: nothing is written
            return None
        if request.method not in SAFE and request.headers.get("Sec-Fetch-Site", "") not in OURS:
            return cast(HttpResponseForbidden, self._reject(request, "Sec-Fetch-Site"))  # type: ignore[attr-defined]
        return super().process_view(request, callback, callback_args, callback_kwargs)
