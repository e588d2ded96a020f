"""One coming of a feed: how far it is, what it would change, then its report; and the yes or the no."""

import csv
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from allervers.accounts.policy import policy
from allervers.directory import tasks
from allervers.directory.actions import deliveries as actions
from allervers.directory.models import Delivery
from allervers.directory.policies import can_import, can_see_desk
from allervers.directory.queries.desk import feeds
from allervers.directory.queries.runs import REPORT_COLUMNS, grouped, report_rows, run_named

FAULTS_SHOWN = 100
UNDER_WAY = (Delivery.State.WAITING, Delivery.State.RUNNING)
TO_DECIDE = (Delivery.State.READY, Delivery.State.HELD)
COUNTS = (
    ("read", _("lues")),
    ("added", _("ajoutées")),
    ("changed", _("modifiées")),
    ("unchanged", _("inchangées")),
    ("missing", _("absentes de ces fichiers, toujours montrées")),
    ("retired", _("retirées")),
    ("quarantined", _("en attente de leur structure")),
)
PREVIEWED = (
    ("added", _("Seraient ajoutées")),
    ("changed", _("Seraient modifiées")),
    ("missing", _("Ne sont plus dans ces fichiers (toujours montrées)")),
    ("retired", _("Seraient retirées")),
)


@require_safe
@policy(can_see_desk)
def delivery(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The bar while it lasts (alone, when htmx asks for it); then what it would change, or did."""
    found = feeds.delivery(uid)
    if found is None:
        raise Http404
    under_way = found.state in UNDER_WAY
    report = found.run.report if found.run else found.preview
    context = {
        "delivery": found,
        "under_way": under_way,
        "to_decide": found.state in TO_DECIDE,
        "late": request.GET.get("tard", ""),
        "run": found.run,
        **report_context(report if not under_way else None),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "directory/delivery.html", context)
    response = render(request, "directory/delivery_progress.html", context)
    if not under_way:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@policy(can_import)
def approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _decided(request, uid, tasks.approve)


@require_POST
@policy(can_import)
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _decided(request, uid, actions.discard)


@require_safe
@policy(can_see_desk)
def run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The report of a run, whoever asked for it; what it waits for when it is held."""
    found = run_named(uid)
    if found is None:
        raise Http404
    context = {"run": found, "late": request.GET.get("tard", ""), **report_context(found.report)}
    return render(request, "directory/run.html", context)


@require_safe
@policy(can_see_desk)
def run_refusals(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every refused row, as a table for a spreadsheet: to send to whom the file comes from."""
    found = run_named(uid)
    if found is None:
        raise Http404
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refus-{found.feed}.csv"'
    writer = csv.writer(response, lineterminator="\r\n")
    writer.writerow(REPORT_COLUMNS)
    writer.writerows(report_rows(found))
    return response


@require_POST
@policy(can_import)
def approve_run(request: HttpRequest, uid: UUID) -> HttpResponse:
    by = request.actor  # type: ignore[attr-defined]
    try:
        approved = tasks.approve_run(uid, by=by, now=timezone.now())
    except actions.NotWaiting:
        return _too_late("desk:run", uid)
    return HttpResponseRedirect(reverse("desk:delivery", args=[approved.uid]), status=303)


@require_POST
@policy(can_import)
def discard_run(request: HttpRequest, uid: UUID) -> HttpResponse:
    by = request.actor  # type: ignore[attr-defined]
    try:
        actions.discard_run(uid, by=by, now=timezone.now())
    except actions.NotWaiting:
        return _too_late("desk:run", uid)
    return HttpResponseRedirect(reverse("desk:run", args=[uid]), status=303)


def _decided(request: HttpRequest, uid: UUID, decide: Any) -> HttpResponse:
    if feeds.delivery(uid) is None:
        raise Http404
    try:
        decide(uid, by=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    except actions.NotWaiting:
        return _too_late("desk:delivery", uid)
    return HttpResponseRedirect(reverse("desk:delivery", args=[uid]), status=303)


def _too_late(name: str, uid: UUID) -> HttpResponse:
    """Someone else was first: the page says so, and what is so now."""
    return HttpResponseRedirect(f"{reverse(name, args=[uid])}?tard=1", status=303)


def report_context(report: Mapping[str, Any] | None) -> dict[str, object]:
    """The variables of `directory/report.html` and `directory/preview.html`."""
    if report is None:
        return {"counts": []}
    found = grouped(report.get("rejected", []))
    return {
        "counts": [(label, report[name]) for name, label in COUNTS if report.get(name)],
        "refused": report.get("rejected_total", 0) - report.get("quarantined", 0),
        "faults": found[:FAULTS_SHOWN],
        "more_faults": max(0, len(found) - FAULTS_SHOWN),
        "losses": report.get("held", []),
        "previewed": _previewed(report.get("preview") or {}),
    }


def _previewed(preview: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[dict[str, object]]:
    """The first of each kind, field by field."""
    return [
        {
            "title": title,
            "entries": [
                {
                    "name": entry.get("nom") or entry["id"],
                    "id": entry["id"],
                    "fields": [
                        {"name": name, "before": before, "after": after}
                        for name, (before, after) in entry.get("fields", {}).items()
                    ],
                }
                for entry in preview[name]
            ],
        }
        for name, title in PREVIEWED
        if preview.get(name)
    ]
