"""Signing in and out: the only routes of allauth that are served, under the names it looks for."""

from django.urls import path

from allervers.accounts.views import signing

urlpatterns = [
    path("compte/connexion", signing.login, name="account_login"),
    path("compte/deconnexion", signing.logout, name="account_logout"),
]
