"""The outermost layer: what every answer bears, whoever made it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

CHANGES_THE_PAGE = ("HX-Request", "Accept-Language", "Cookie")
NOT_USED = ("camera", "geolocation", "microphone", "payment", "usb")  # features that no page asks for


class EveryAnswer:
    """Adds what Django and django-csp do not, and marks cookies secure when the visitor came by TLS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, CHANGES_THE_PAGE)
        response.setdefault("Permissions-Policy", ", ".join(f"{feature}=()" for feature in NOT_USED))
        if request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response
