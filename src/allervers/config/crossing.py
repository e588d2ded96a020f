"""A form sent from another site is refused, whatever it would do."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
OURS = frozenset({"", "same-origin", "none"})  # "" : a browser too old to say it; the token decides


class SameSitePosts(CsrfViewMiddleware):
    """Django's token and `Origin`, and what the browser itself says in `Sec-Fetch-Site`."""

    def process_view(
        self, request: HttpRequest, callback: Callable[..., Any], callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseBase | None:
        if request.method not in SAFE and request.headers.get("Sec-Fetch-Site", "") not in OURS:
            return self._reject(request, "Sec-Fetch-Site")  # type: ignore[attr-defined]
        return super().process_view(request, callback, callback_args, callback_kwargs)
