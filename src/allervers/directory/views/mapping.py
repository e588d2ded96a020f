"""The mapping desk: columns matched by eye, with five of their values."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allervers.accounts.policy import policy
from allervers.directory import tasks
from allervers.directory.actions.deliveries import NotWaiting
from allervers.directory.actions.mapping import KEPT, guessed
from allervers.directory.forms.sheet import LABELS
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.shape import FIELDS
from allervers.directory.models import Kind
from allervers.directory.policies import can_import
from allervers.directory.queries.desk import feeds

OFFERED = tuple(name for name in FIELDS[Kind.STRUCTURE] if name not in KEPT)


@require_http_methods(["GET", "POST"])
@policy(can_import)
def columns(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One list a column: what it is, as guessed or as chosen."""
    delivery = feeds.delivery(uid)
    if delivery is None:
        raise Http404
    sentence, by = "", request.actor  # type: ignore[attr-defined]
    try:
        guess = guessed(delivery)
        given = [request.POST.get(f"colonne-{number}", "") for number in range(len(guess.columns))]
        if request.method == "POST":
            chosen = {field: one.column for field, one in zip(given, guess.columns, strict=True) if field}
            sentence = _refusal(given, chosen)
            if not sentence:
                tasks.map_columns(uid, chosen, by=by, now=timezone.now())
                return HttpResponseRedirect(reverse("desk:delivery", args=[uid]), status=303)
    except NotWaiting:
        return HttpResponseRedirect(f"{reverse('desk:delivery', args=[uid])}?tard=1", status=303)
    except Refused as refused:
        return render(
            request,
            "directory/columns.html",
            {"delivery": delivery, "sentence": refused.sentence},
            status=422,
        )
    fields = given if request.method == "POST" else [one.field or "" for one in guess.columns]
    rows = [
        {"name": f"colonne-{number}", "column": one.column, "field": field, "samples": one.samples}
        for number, (one, field) in enumerate(zip(guess.columns, fields, strict=True))
    ]
    options = [(name, LABELS.get(name, name)) for name in OFFERED]
    context = {"delivery": delivery, "rows": rows, "options": options, "sentence": sentence}
    return render(request, "directory/columns.html", context, status=422 if sentence else 200)


def _refusal(given: list[str], chosen: dict[str, str]) -> str:
    """Why this choice cannot be; "" when it can."""
    if any(field and field not in OFFERED for field in given):
        return _("Un de ces champs n’existe pas.")
    if len(chosen) < sum(1 for field in given if field):
        return _("Deux colonnes disent la même chose : choisissez-en une.")
    return "" if "nom" in chosen else _("Dites quelle colonne donne le nom de la structure.")
