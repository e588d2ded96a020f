"""Root addresses. Each app brings its own; a test walks this map and wants a policy on every leaf."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from allervers.config.health import health

urlpatterns = [
    path("health", health, name="health"),
    path("api/", include("allervers.api.urls")),
    path("", include("allervers.accounts.urls")),
    path("", include("allervers.territory.urls")),
    path("", include("allervers.directory.urls")),
    *i18n_patterns(path("", include("allervers.website.urls")), prefix_default_language=False),
]

handler400 = "allervers.config.refusals.bad_request"
handler403 = "allervers.config.refusals.forbidden"
handler404 = "allervers.config.refusals.not_found"
handler500 = "allervers.config.refusals.failed"
