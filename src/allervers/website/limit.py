"""The metres to a neighbourhood's limit, kept ten minutes by the browser alone: no link may bear them.

With the rounded place they would tell a strip a few metres wide; without them the page says « tout près ».
"""

from django.http import HttpRequest, HttpResponse

NAME = "limite"
KEPT_SECONDS = 600
MOST_M = 100


def keep(request: HttpRequest, response: HttpResponse, metres: int | None) -> None:
    """A new address takes the place of the former, also when it is near no limit."""
    if metres is not None:
        response.set_cookie(NAME, str(metres), max_age=KEPT_SECONDS, httponly=True, samesite="Lax")
    elif NAME in request.COOKIES:
        response.delete_cookie(NAME, samesite="Lax")


def kept(request: HttpRequest) -> int | None:
    text = request.COOKIES.get(NAME, "")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:4]) <= MOST_M else None
