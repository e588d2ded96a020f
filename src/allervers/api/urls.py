"""`/api`: the same answers wherever Django itself is asked (tests, other servers), and the documentation."""

from django.urls import path

from allervers.api import views

app_name = "api"
urlpatterns = [
    path("docs", views.docs, name="docs"),
    path("openapi.json", views.openapi, name="openapi"),
    path("v1/<path:address>", views.v1, name="v1"),
]
