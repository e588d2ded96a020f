"""`/api`: the same answers wherever Django itself is asked (tests, other servers)."""

from django.urls import path

from allervers.api import views

app_name = "api"
urlpatterns = [path("v1/<path:address>", views.v1, name="v1")]
