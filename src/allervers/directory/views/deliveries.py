"""One coming of a feed: how far it is, then its report."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from allervers.accounts.policy import policy
from allervers.directory.models import Delivery, ImportRun
from allervers.directory.policies import can_see_desk
from allervers.directory.queries.desk import feeds
from allervers.directory.queries.desk.grouping import faults

FAULTS_SHOWN = 100
UNDER_WAY = (Delivery.State.WAITING, Delivery.State.RUNNING)


@require_safe
@policy(can_see_desk)
def delivery(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The bar while it lasts (alone, when htmx asks for it); the report when it is over."""
    found = feeds.delivery(uid)
    if found is None:
        raise Http404
    under_way = found.state in UNDER_WAY
    context = {"delivery": found, "under_way": under_way, **report_context(found.run)}
    if not request.headers.get("HX-Request"):
        return render(request, "directory/delivery.html", context)
    response = render(request, "directory/delivery_progress.html", context)
    if not under_way:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@policy(can_see_desk)
def run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The report of a run, whoever asked for it."""
    found = feeds.run(uid)
    if found is None:
        raise Http404
    return render(request, "directory/run.html", report_context(found))


def report_context(run: ImportRun | None) -> dict[str, object]:
    """The variables of `directory/report.html`."""
    if run is None:
        return {"run": None}
    report = run.report
    found = faults(report.get("rejected", []))
    return {
        "run": run,
        "counts": [(label, report.get(name, 0)) for name, label in COUNTS if report.get(name)],
        "refused": report.get("rejected_total", 0) - report.get("quarantined", 0),
        "faults": found[:FAULTS_SHOWN],
        "more_faults": max(0, len(found) - FAULTS_SHOWN),
    }


COUNTS = (
    ("read", _("lues")),
    ("added", _("ajoutées")),
    ("changed", _("modifiées")),
    ("unchanged", _("inchangées")),
    ("missing", _("absentes de ces fichiers, toujours montrées")),
    ("retired", _("retirées")),
    ("quarantined", _("en attente de leur structure")),
)
