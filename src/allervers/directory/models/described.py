"""What organisations and services have in common in the schéma data·inclusion v1."""

import uuid

from django.db import models

from allervers.directory.models.record import Record


class Described(models.Model):
    """Text fields are empty when unknown; numbers and dates are null."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ident = models.TextField(unique=True)  # the data·inclusion id
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="+")
    source = models.TextField()
    nom = models.TextField()
    description = models.TextField(default="", blank=True)
    lien_source = models.TextField(default="", blank=True)
    date_maj = models.DateField(null=True, blank=True)  # None: the source does not say
    commune = models.TextField(default="", blank=True)
    code_postal = models.CharField(max_length=5, default="", blank=True)
    code_insee = models.CharField(max_length=5, default="", blank=True, db_index=True)
    adresse = models.TextField(default="", blank=True)
    complement_adresse = models.TextField(default="", blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    telephone = models.TextField(default="", blank=True)
    courriel = models.TextField(default="", blank=True)
    horaires_accueil = models.TextField(default="", blank=True)  # OSM opening hours
    confirmed_on = models.DateField(null=True, blank=True)  # freshness: last said true; None: nobody knows
    confirmed_by = models.TextField()  # freshness: by whom (a source's slug)
    retired_at = models.DateTimeField(null=True, blank=True)  # shown as gone (410), never deleted

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.ident
