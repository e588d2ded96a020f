"""`/api`: the same answers wherever Django itself is asked (tests, other servers), and the documentation."""

from django.urls import path

from allervers.api.views import machines, own

app_name = "api"
urlpatterns = [
    path("docs", machines.docs, name="docs"),
    path("openapi.json", machines.openapi, name="openapi"),
    path("v1/<path:address>", machines.v1, name="v1"),
    path("allervers/understand", own.understand, name="understand"),
    path("allervers/find", own.find, name="find"),
    path("allervers/geocode", own.geocode, name="geocode"),
    path("allervers/neighbourhoods", own.neighbourhoods, name="neighbourhoods"),
]
