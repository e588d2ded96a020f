"""`/api/allervers`: what people get on the site, for programs. No address holds what is typed."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps

import orjson
import shapely
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from allervers.accounts.policies import anyone
from allervers.accounts.policy import policy
from allervers.api.limits import Limits, is_loopback
from allervers.api.questions import (
    BadQuestion,
    FindQuestion,
    GeocodeQuestion,
    UnderstandQuestion,
    question,
)
from allervers.directory.queries.answering import Question, answer, unclear_place
from allervers.directory.queries.finding import Where
from allervers.directory.queries.indexes import NoIndex
from allervers.directory.queries.locating import centre_of, home_ground, locate, places_meant
from allervers.directory.queries.telling import answered_json, geocoded_json, understood_json
from allervers.engines import vocabulary
from allervers.territory.queries import local_now, municipality
from allervers.territory.queries.neighbourhoods import Quarter
from allervers.territory.queries.neighbourhoods import neighbourhoods as quarters

JSON = "application/json"
GEOJSON = "application/geo+json"
GENERATIONS = {"": None, "2015": 2015, "2024": 2024}

Told = dict[str, object]

_limits = Limits()


def answering(
    method: str, kind: str = JSON
) -> Callable[[Callable[[HttpRequest], Told]], Callable[..., HttpResponse]]:
    """A view of what the function tells: one method, any site, no more than a visitor may ask."""

    def tie(tell: Callable[[HttpRequest], Told]) -> Callable[..., HttpResponse]:
        @wraps(tell)
        def view(request: HttpRequest) -> HttpResponse:
            if request.method == "OPTIONS":
                return _open(HttpResponse(status=204), method)
            if request.method != method and not (method == "GET" and request.method == "HEAD"):
                response = _said({"detail": f"Cette adresse répond à {method}."}, status=405)
                response["Allow"] = f"{method}, OPTIONS"
                return _open(response, method)
            if wait := _wait_seconds(request):
                response = _said(
                    {"detail": f"Trop de demandes à la fois. Revenez dans {wait} s."}, status=429
                )
                response["Retry-After"] = str(wait)
                return _open(response, method)
            return _open(_told(tell, request, kind), method)

        return view

    return tie


def _told(tell: Callable[[HttpRequest], Told], request: HttpRequest, kind: str) -> HttpResponse:
    try:
        return _said(tell(request), kind=kind)
    except BadQuestion as bad:
        return _said({"detail": bad.sentence, **bad.more}, status=bad.status)
    except NoIndex:
        response = _said({"detail": "L’annuaire se prépare. Revenez dans 5 s."}, status=503)
        response["Retry-After"] = "5"
        return response


def _said(value: Told, *, status: int = 200, kind: str = JSON) -> HttpResponse:
    body = orjson.dumps(value, default=str, option=orjson.OPT_SERIALIZE_NUMPY)  # `str`: lazy translations
    response = HttpResponse(body, status=status, content_type=kind)
    response["Cache-Control"] = "no-store" if kind == JSON else "no-cache"
    return response


def _open(response: HttpResponse, method: str) -> HttpResponse:
    """To the pages of any site: nothing here is written, nor known from a cookie."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = method
    response["Access-Control-Allow-Headers"] = "Content-Type, Accept-Language"
    response["Access-Control-Expose-Headers"] = "Retry-After"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _wait_seconds(request: HttpRequest) -> int:
    visitor = request.META.get("REMOTE_ADDR", "")
    return 0 if is_loopback(visitor) else _limits.wait_seconds(visitor, now=time.monotonic())


@csrf_exempt  # nothing is written
@policy(anyone)
@answering("POST")
def understand(request: HttpRequest) -> Told:
    asked = question(UnderstandQuestion, request.body)
    return understood_json(vocabulary.understand(asked.text))


@csrf_exempt  # nothing is written
@policy(anyone)
@answering("POST")
def geocode(request: HttpRequest) -> Told:
    return geocoded_json(places_meant(question(GeocodeQuestion, request.body).text))


@csrf_exempt  # nothing is written
@policy(anyone)
@answering("POST")
def find(request: HttpRequest) -> Told:
    asked = question(FindQuestion, request.body)
    now = local_now()
    wanted = Question(
        text=asked.text,
        needs=tuple(dict.fromkeys(str(need) for need in asked.needs)),
        publics=tuple(dict.fromkeys(str(public) for public in asked.publics)),
        where=_where(asked),
        free_only=asked.free,
        open_at=_moment(asked.open_at, now),
    )
    return answered_json(answer(wanted, now=now, limit=asked.limit), now=now)


@csrf_exempt  # nothing is written
@policy(anyone)
@answering("GET", GEOJSON)
def neighbourhoods(request: HttpRequest) -> Told:
    year = request.GET.get("year", "")
    if year not in GENERATIONS:
        raise BadQuestion("« year » est 2015 ou 2024.")
    return {"type": "FeatureCollection", "features": [_feature(one) for one in quarters(GENERATIONS[year])]}


def _where(asked: FindQuestion) -> Where | None:
    """Raises: BadQuestion."""
    if asked.typed_place is not None:
        located = locate(asked.typed_place)
        if located.where is None:
            raise BadQuestion(
                unclear_place(asked.typed_place, located),
                more={"places": geocoded_json(located.places)["results"]},
            )
        return located.where
    town = municipality(asked.code_insee) if asked.code_insee else None
    if asked.code_insee and town is None:
        raise BadQuestion("« code_insee » n’est le code d’aucune commune.")
    if asked.lat is not None and asked.lon is not None:
        return Where(asked.lat, asked.lon, municipality=town)
    return centre_of(town) if town else home_ground()


def _moment(asked: datetime | None, now: datetime) -> datetime | None:
    """Local time of the territory unless it bears a zone."""
    return asked.replace(tzinfo=now.tzinfo) if asked and asked.tzinfo is None else asked


def _feature(quarter: Quarter) -> Told:
    towns = [town for code in quarter.municipalities if (town := municipality(code))]
    return {
        "type": "Feature",
        "id": quarter.code,
        "geometry": orjson.Fragment(shapely.to_geojson(quarter.shape)),
        "properties": {
            "code": quarter.code,
            "year": quarter.year,
            "name": quarter.name,
            "towns": [{"code_insee": town.code_insee, "nom": town.nom} for town in towns],
        },
    }
