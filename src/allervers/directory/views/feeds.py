"""Today: the state of each feed; a file sent by hand; one feed and its runs."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allervers.accounts.policy import policy
from allervers.directory.actions.importing import BadFeedName
from allervers.directory.actions.scheduling import schedule_feed, stop_schedule
from allervers.directory.forms.schedule import ScheduleForm
from allervers.directory.forms.upload import UploadForm
from allervers.directory.intake.refusal import Refused
from allervers.directory.models import Feed, Schedule
from allervers.directory.policies import can_import, can_see_desk
from allervers.directory.queries.desk.feeds import (
    FeedState,
    feed_runs,
    feed_state,
    feed_states,
    records_waiting,
    runs_held,
)
from allervers.directory.queries.desk.waiting import reports_waiting
from allervers.directory.tasks import upload as upload_files
from allervers.directory.words import languages_to_review
from allervers.territory.queries import local_now

RUNS_SHOWN = 20


@require_safe
@policy(can_see_desk)
def today(request: HttpRequest) -> HttpResponse:
    context = {
        "feeds": feed_states(),
        "held": runs_held(),
        "reports": len(reports_waiting()),
        "waiting": records_waiting(),
        "languages": languages_to_review(),
        "now": local_now(),
    }
    return render(request, "directory/today.html", context)


@require_http_methods(["GET", "POST"])
@policy(can_import)
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Its state, its runs, and where it is fetched."""
    state = feed_state(slug)
    if state is None:
        raise Http404
    form = _schedule_form(state, request)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        schedule_feed(
            Feed.objects.get(slug=slug),
            urls=said["urls"],
            rhythm=Schedule.Rhythm(said["rhythm"]),
            by=request.actor,  # type: ignore[attr-defined]
            now=timezone.now(),
        )
        return HttpResponseRedirect(reverse("desk:feed", args=[slug]), status=303)
    context = {"feed": state, "runs": feed_runs(slug, limit=RUNS_SHOWN), "form": form}
    return render(request, "directory/feed.html", context, status=422 if form.is_bound else 200)


def _schedule_form(state: FeedState, request: HttpRequest) -> ScheduleForm:
    if request.method == "POST":
        return ScheduleForm(request.POST)
    schedule = state.schedule
    if schedule is None:
        return ScheduleForm(initial={"rhythm": Schedule.Rhythm.WEEKLY})
    return ScheduleForm(initial={"urls": "\n".join(schedule.urls), "rhythm": schedule.rhythm})


@require_POST
@policy(can_import)
def stop(request: HttpRequest, slug: str) -> HttpResponse:
    """The feed comes by hand again."""
    found = Feed.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    stop_schedule(found, by=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("desk:feed", args=[slug]), status=303)


@require_http_methods(["GET", "POST"])
@policy(can_import)
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"feed": request.GET.get("source", "")},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            delivery = upload_files(
                said["feed"],
                said["sent"],
                partial=said["partial"],
                by=request.actor,  # type: ignore[attr-defined]
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error("sent", refused.sentence)
        except BadFeedName:
            form.add_error("feed", _("Des lettres sans accent, des chiffres et des tirets, sans espace."))
        else:
            return HttpResponseRedirect(reverse("desk:delivery", args=[delivery.uid]), status=303)
    return render(request, "directory/upload.html", {"form": form}, status=422 if form.is_bound else 200)
