"""Organisations: the structures of data·inclusion."""

from django.db import models

from allervers.directory.models.described import Described


class Organisation(Described):
    siret = models.CharField(max_length=14, default="", blank=True)
    site_web = models.TextField(default="", blank=True)
    accessibilite_lieu = models.TextField(default="", blank=True)
    reseaux_porteurs = models.JSONField(null=True, blank=True)

    class Meta(Described.Meta):
        abstract = False
        ordering = ["ident"]
