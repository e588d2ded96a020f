"""Sheets on the desk: found, corrected, confirmed, closed, made by hand."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allervers.accounts.policy import policy
from allervers.directory.actions import correcting, hand_made
from allervers.directory.corrections import CONTACT
from allervers.directory.forms.sheet import LABELS, ReasonForm, SheetForm, said
from allervers.directory.idents import to_path
from allervers.directory.models import CLOSED, Kind, Overlay, Service
from allervers.directory.policies import can_correct, can_see_desk
from allervers.directory.quality import organisation_freshness, service_freshness
from allervers.directory.queries.desk.sheets import DeskSheet, desk_sheet, sheets_named
from allervers.directory.queries.overlays import outlived_corrections
from allervers.directory.wording import age
from allervers.territory.queries import local_now

FOUND_MAX = 50
KINDS = {"structures": Kind.STRUCTURE, "services": Kind.SERVICE}
FOLDERS = {kind: folder for folder, kind in KINDS.items()}
DONE = {
    "corrigee": gettext_lazy("La correction est visible tout de suite, et survivra aux prochains imports."),
    "reprise": gettext_lazy("La source a de nouveau la parole sur ce champ."),
    "confirmee": gettext_lazy("La fiche est confirmée aujourd’hui."),
    "fermee": gettext_lazy("La fiche n’est plus montrée. Son adresse propose autre chose."),
    "creee": gettext_lazy("La fiche est faite."),
    "retire": gettext_lazy("Le nom de cette personne est effacé, et ne reviendra pas."),
}


@require_safe
@policy(can_see_desk)
def sheets(request: HttpRequest) -> HttpResponse:
    """Look one up by its name; and those where the source has changed its mind since we corrected it."""
    words = request.GET.get("nom", "").strip()[:100]
    found = sheets_named(words, limit=FOUND_MAX) if words else []
    context = {
        "words": words,
        "found": [_line(kind, sheet) for kind, sheet in found],
        "outlived": [_outlived(overlay, says) for overlay, says in outlived_corrections()[:FOUND_MAX]],
    }
    return render(request, "directory/sheets.html", context)


def _line(kind: Kind, sheet: Any) -> dict[str, object]:
    return {
        "url": desk_path(kind, sheet.ident),
        "name": sheet.nom,
        "who": sheet.organisation.nom if kind is Kind.SERVICE else sheet.commune,
        "is_service": kind is Kind.SERVICE,
        "is_retired": sheet.retired_at is not None,
    }


def _outlived(overlay: Overlay, says: object) -> dict[str, object]:
    return {
        "url": desk_path(Kind(overlay.kind), overlay.ident),
        "ident": overlay.ident,
        "field": LABELS.get(overlay.field, overlay.field),
        "ours": readable(overlay.value),
        "says": readable(says),
    }


@require_safe
@policy(can_see_desk)
def sheet(request: HttpRequest, folder: str, ident: str) -> HttpResponse:
    return _sheet(request, _found(folder, ident), ReasonForm())


@require_http_methods(["GET", "POST"])
@policy(can_correct)
def correct(request: HttpRequest, folder: str, ident: str) -> HttpResponse:
    """The form; what the schéma refuses; and, when someone else was faster, what has changed meanwhile."""
    found = _found(folder, ident)
    form = SheetForm(request.POST if request.method == "POST" else None, kind=found.kind, shown=found.shown)
    context: dict[str, object] = {"found": found, "form": form, "url": desk_path(found.kind, ident)}
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            correcting.correct(
                found.kind,
                ident,
                values=form.values,
                seen=form.seen,
                reason=form.cleaned_data["reason"],
                by=request.actor,  # type: ignore[attr-defined]
                now=timezone.now(),
            )
        except correcting.BadValues as refused:
            _say_faults(form, refused)
        except correcting.ChangedMeanwhile as changed:
            context["changed"], status = _changed(changed.differences), 409
            form.see_again((desk_sheet(found.kind, ident) or found).shown)
        else:
            return _back(found, "corrigee")
    return render(request, "directory/sheet_form.html", context, status=status)


def _changed(differences: Mapping[str, tuple[object, object]]) -> list[dict[str, object]]:
    return [
        {"label": LABELS.get(name, name), "before": readable(before), "now": readable(now)}
        for name, (before, now) in differences.items()
    ]


def _say_faults(form: SheetForm, refused: correcting.BadValues) -> None:
    for fault in refused.faults:
        form.add_error(fault.field if fault.field in form.fields else None, fault.reason)


@require_POST
@policy(can_correct)
def confirm(request: HttpRequest, folder: str, ident: str) -> HttpResponse:
    found = _found(folder, ident)
    correcting.confirm(found.kind, ident, by=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    return _back(found, "confirmee")


@require_POST
@policy(can_correct)
def close(request: HttpRequest, folder: str, ident: str) -> HttpResponse:
    found, form = _found(folder, ident), ReasonForm(request.POST)
    if not form.is_valid():
        return _sheet(request, found, form, status=422)
    reason, by = form.cleaned_data["reason"], request.actor  # type: ignore[attr-defined]
    correcting.close(found.kind, ident, reason=reason, by=by, now=timezone.now())
    return _back(found, "fermee")


@require_POST
@policy(can_correct)
def without_contact(request: HttpRequest, folder: str, ident: str) -> HttpResponse:
    """The person named on the sheet does not want to be."""
    found = _found(folder, ident)
    if found.kind is not Kind.SERVICE:
        raise Http404
    correcting.object_to_contact(ident, by=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    return _back(found, "retire")


@require_POST
@policy(can_correct)
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    try:
        overlay = correcting.take_back(uid, by=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    except correcting.NoSheet as error:
        raise Http404 from error
    return HttpResponseRedirect(f"{desk_path(Kind(overlay.kind), overlay.ident)}?fait=reprise", status=303)


@require_http_methods(["GET", "POST"])
@policy(can_correct)
def new_organisation(request: HttpRequest) -> HttpResponse:
    """For an association without a computer."""
    form = SheetForm(request.POST if request.method == "POST" else None, kind=Kind.STRUCTURE)
    if request.method == "POST" and form.is_valid():
        by = request.actor  # type: ignore[attr-defined]
        try:
            made = hand_made.create_organisation(form.values, by=by, now=timezone.now())
        except correcting.BadValues as refused:
            _say_faults(form, refused)
        else:
            return HttpResponseRedirect(f"{desk_path(Kind.STRUCTURE, made.ident)}?fait=creee", status=303)
    context = {"form": form, "url": reverse("desk:sheets")}
    return render(request, "directory/sheet_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@policy(can_correct)
def new_service(request: HttpRequest, ident: str) -> HttpResponse:
    owner = _found("structures", ident)
    form = SheetForm(request.POST if request.method == "POST" else None, kind=Kind.SERVICE)
    if request.method == "POST" and form.is_valid():
        by = request.actor  # type: ignore[attr-defined]
        try:
            made = hand_made.create_service(ident, form.values, by=by, now=timezone.now())
        except correcting.BadValues as refused:
            _say_faults(form, refused)
        except correcting.NoSheet as error:
            raise Http404 from error
        else:
            return HttpResponseRedirect(f"{desk_path(Kind.SERVICE, made.ident)}?fait=creee", status=303)
    context = {"form": form, "owner": owner.sheet.nom, "url": desk_path(Kind.STRUCTURE, ident)}
    return render(request, "directory/sheet_form.html", context, status=422 if form.is_bound else 200)


def _sheet(request: HttpRequest, found: DeskSheet, form: ReasonForm, *, status: int = 200) -> HttpResponse:
    confirmed_on = found.sheet.confirmed_on
    days = (local_now().date() - confirmed_on).days if confirmed_on else None
    context = {
        "found": found,
        "form": form,
        "path": desk_path(found.kind, found.ident),
        "public_path": f"/{FOLDERS[found.kind]}/{to_path(found.ident)}",
        "owner_path": desk_path(Kind.STRUCTURE, found.owner.ident),
        "is_service": found.kind is Kind.SERVICE,
        "has_contact": bool(found.shown.get(CONTACT)),
        "values": [
            {"label": label, "value": readable(said(name, found.shown[name]))}
            for name, label in LABELS.items()
            if found.shown.get(name)
        ],
        "corrections": [_correction(overlay) for overlay in found.corrections],
        "confirmed": _("à une date inconnue,") if days is None else age(days),
        "freshness": _freshness(found),
        "done": DONE.get(request.GET.get("fait", ""), ""),
    }
    return render(request, "directory/sheet.html", context, status=status)


def _freshness(found: DeskSheet) -> dict[str, object]:
    """How far it can be relied on, out of 100, and why not more."""
    today, sheet = local_now().date(), found.sheet
    measured = (
        service_freshness(sheet, found.owner, today=today)
        if isinstance(sheet, Service)
        else organisation_freshness(sheet, today=today)
    )
    return {"score": round(100 * measured.score), "reasons": ", ".join(measured.reasons)}


def _correction(overlay: Overlay) -> dict[str, object]:
    field = _("Fermeture") if overlay.field == CLOSED else LABELS.get(overlay.field, overlay.field)
    return {
        "uid": overlay.uid,
        "field": field,
        "value": readable(said(overlay.field, overlay.value)),
        "source": readable(said(overlay.field, overlay.source_value)),
        "reason": overlay.reason,
        "at": overlay.at,
        "is_objection": overlay.why == Overlay.Why.OBJECTION,
    }


def readable(value: object) -> str:
    """A value of the schéma on one line; « — » when unknown."""
    if value is None or value == "" or value == []:
        return "—"
    if value is True:
        return _("oui")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def desk_path(kind: Kind, ident: str) -> str:
    return reverse("desk:sheet", args=[FOLDERS[kind], ident])


def _found(folder: str, ident: str) -> DeskSheet:
    found = desk_sheet(KINDS[folder], ident) if folder in KINDS else None
    if found is None:
        raise Http404
    return found


def _back(found: DeskSheet, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{desk_path(found.kind, found.ident)}?fait={done}", status=303)
