"""The directory-keeper's week: sheets to call, errors reported, what waits."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from allervers.accounts.policy import policy
from allervers.directory.actions.signals import AlreadyAnswered, answer_error
from allervers.directory.forms.answer import AnswerForm
from allervers.directory.models import ErrorReport, Kind
from allervers.directory.policies import can_answer_errors, can_see_desk
from allervers.directory.queries.desk.waiting import error_report, missing_structures, reports_waiting
from allervers.directory.queries.desk.week import Call, sheets_to_call
from allervers.directory.views.sheets import desk_path
from allervers.directory.wording import age
from allervers.territory.queries import local_now

STRUCTURES_SHOWN = 200


@require_safe
@policy(can_see_desk)
def week(request: HttpRequest) -> HttpResponse:
    calls = [_call_row(call) for call in sheets_to_call(now=local_now())]
    return render(request, "directory/week.html", {"calls": calls})


def _call_row(call: Call) -> dict[str, object]:
    return {
        "name": call.service.nom,
        "who": call.service.organisation.nom,
        "phone": call.phone,
        "url": desk_path(Kind.SERVICE, call.service.ident),
        "why": _why(call),
    }


def _why(call: Call) -> list[str]:
    """« Confirmée il y a 14 mois », « Sans horaires, sans prix », « Regardée 12 fois ce mois-ci »."""
    confirmed = _("Personne ne sait quand elle a été confirmée")
    said = [confirmed if call.days is None else _("Confirmée %(age)s") % {"age": age(call.days)}]
    if call.missing:
        lacks = ", ".join(_missing_words()[name] for name in call.missing)
        said.append(lacks[:1].upper() + lacks[1:])
    if call.looks:
        said.append(
            ngettext("Regardée %(n)d fois ce mois-ci", "Regardée %(n)d fois ce mois-ci", call.looks)
            % {"n": call.looks}
        )
    return said


def _missing_words() -> dict[str, str]:
    return {
        "telephone": _("sans téléphone"),
        "horaires_accueil": _("sans horaires"),
        "frais": _("sans prix"),
        "publics": _("sans public"),
        "adresse": _("sans adresse"),
    }


@require_safe
@policy(can_answer_errors)
def reports(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "directory/reports.html",
        {"reports": reports_waiting(), "done": request.GET.get("fait", ""), "now": local_now()},
    )


@require_http_methods(["GET", "POST"])
@policy(can_answer_errors)
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One report: what was said, how to reach who said it, what became of it."""
    found = error_report(uid)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    late = False
    if request.method == "POST" and form.is_valid():
        answer = ErrorReport.Answer(form.cleaned_data["answer"])
        try:
            answer_error(uid, answer=answer, by=request.actor, now=timezone.now())  # type: ignore[attr-defined]
        except AlreadyAnswered:
            late, found = True, error_report(uid) or found
        else:
            return HttpResponseRedirect(reverse("desk:reports") + "?fait=1", status=303)
    url = desk_path(Kind(found.report.kind), found.report.ident)
    context = {"found": found, "form": form, "url": url, "late": late}
    return render(request, "directory/error_report.html", context, status=_status(form, late=late))


def _status(form: AnswerForm, *, late: bool) -> int:
    if late:
        return 409
    return 422 if form.is_bound else 200


@require_safe
@policy(can_see_desk)
def quarantine(request: HttpRequest) -> HttpResponse:
    """Services whose structure never came, by the structure they wait for."""
    found = missing_structures(limit=STRUCTURES_SHOWN + 1)
    context = {
        "structures": found[:STRUCTURES_SHOWN],
        "more": len(found) > STRUCTURES_SHOWN,
        "most": STRUCTURES_SHOWN,
    }
    return render(request, "directory/quarantine.html", context)
