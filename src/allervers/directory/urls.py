"""The operators' desk, in French: `/bureau`."""

from django.urls import path

from allervers.directory.views import deliveries, feeds, week

app_name = "desk"

urlpatterns = [
    path("bureau", feeds.today, name="today"),
    path("bureau/depot", feeds.upload, name="upload"),
    path("bureau/depots/<uuid:uid>", deliveries.delivery, name="delivery"),
    path("bureau/imports/<uuid:uid>", deliveries.run, name="run"),
    path("bureau/sources/<slug:slug>", feeds.feed, name="feed"),
    path("bureau/a-verifier", week.week, name="week"),
    path("bureau/signalements", week.reports, name="reports"),
    path("bureau/signalements/<uuid:uid>", week.report, name="report"),
    path("bureau/en-attente", week.quarantine, name="quarantine"),
]
