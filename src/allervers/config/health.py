"""`/health`: may this worker answer searches now?"""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from allervers.accounts.policies import anyone
from allervers.accounts.policy import policy
from allervers.directory.queries.indexes import NoIndex, current_index


@require_safe
@never_cache
@policy(anyone)
def health(request: HttpRequest) -> JsonResponse:
    """200 `{"status": "ok"}` when the current index is loaded, else 503 and what is missing."""
    missing = what_is_missing()
    return JsonResponse({"status": missing or "ok"}, status=503 if missing else 200)


def what_is_missing() -> str:
    try:
        current_index()
    except NoIndex:
        return "no_index"
    except DatabaseError:
        return "no_database"
    return ""
