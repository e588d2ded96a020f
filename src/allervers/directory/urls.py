"""The operators' desk, in French: `/bureau`."""

from django.urls import path

from allervers.directory.views import deliveries, feeds, mapping, sheets, week

app_name = "desk"

SHEET = "bureau/fiches/<slug:folder>/<ident:ident>"

urlpatterns = [
    path("bureau", feeds.today, name="today"),
    path("bureau/depot", feeds.upload, name="upload"),
    path("bureau/depots/<uuid:uid>", deliveries.delivery, name="delivery"),
    path("bureau/depots/<uuid:uid>/colonnes", mapping.columns, name="columns"),
    path("bureau/depots/<uuid:uid>/appliquer", deliveries.approve, name="approve"),
    path("bureau/depots/<uuid:uid>/abandonner", deliveries.discard, name="discard"),
    path("bureau/imports/<uuid:uid>", deliveries.run, name="run"),
    path("bureau/imports/<uuid:uid>/refus.csv", deliveries.run_refusals, name="run_refusals"),
    path("bureau/imports/<uuid:uid>/appliquer", deliveries.approve_run, name="approve_run"),
    path("bureau/imports/<uuid:uid>/abandonner", deliveries.discard_run, name="discard_run"),
    path("bureau/sources/<slug:slug>", feeds.feed, name="feed"),
    path("bureau/sources/<slug:slug>/arreter", feeds.stop, name="stop"),
    path("bureau/fiches", sheets.sheets, name="sheets"),
    path("bureau/fiches/nouvelle", sheets.new_organisation, name="new_organisation"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(f"{SHEET}/corriger", sheets.correct, name="correct"),
    path(f"{SHEET}/confirmer", sheets.confirm, name="confirm"),
    path(f"{SHEET}/fermer", sheets.close, name="close"),
    path(f"{SHEET}/sans-contact", sheets.without_contact, name="without_contact"),
    path("bureau/fiches/structures/<ident:ident>/service", sheets.new_service, name="new_service"),
    path("bureau/corrections/<uuid:uid>/reprendre", sheets.take_back, name="take_back"),
    path("bureau/a-verifier", week.week, name="week"),
    path("bureau/signalements", week.reports, name="reports"),
    path("bureau/signalements/<uuid:uid>", week.report, name="report"),
    path("bureau/en-attente", week.quarantine, name="quarantine"),
]
