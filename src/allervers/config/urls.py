"""Root addresses. Each app brings its own; a test walks this map and wants a policy on every leaf."""

from django.urls import include, path

urlpatterns = [
    path("", include("allervers.accounts.urls")),
    path("", include("allervers.website.urls")),
]
