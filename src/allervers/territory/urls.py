"""The territory's own addresses: what every page wears, and where an operator changes it."""

from django.urls import path

from allervers.territory import views

app_name = "territory"

urlpatterns = [
    path("territoire/<slug:version>.css", views.accent, name="accent"),
    path("territoire/<slug:version>/logo", views.logo_image, name="logo"),
    path("bureau/territoire", views.settings, name="settings"),
    path("bureau/territoire/guichet", views.desk, name="desk"),
]
