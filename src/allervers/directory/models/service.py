"""Services: what an organisation offers."""

from django.db import models

from allervers.directory.models.described import Described
from allervers.directory.models.organisation import Organisation


class Service(Described):
    """Lists are null when unknown, which is not the same as empty."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="services")
    type = models.TextField(default="", blank=True)
    thematiques = models.JSONField(null=True, blank=True)
    frais = models.TextField(default="", blank=True)
    frais_precisions = models.TextField(default="", blank=True)
    publics = models.JSONField(null=True, blank=True)
    publics_precisions = models.TextField(default="", blank=True)
    conditions_acces = models.TextField(default="", blank=True)
    modes_accueil = models.JSONField(null=True, blank=True)
    zone_eligibilite = models.JSONField(null=True, blank=True)
    contact_nom_prenom = models.TextField(default="", blank=True)  # served as given, never indexed
    lien_mobilisation = models.TextField(default="", blank=True)
    modes_mobilisation = models.JSONField(null=True, blank=True)
    mobilisable_par = models.JSONField(null=True, blank=True)
    mobilisation_precisions = models.TextField(default="", blank=True)
    volume_horaire_hebdomadaire = models.FloatField(null=True, blank=True)
    nombre_semaines = models.IntegerField(null=True, blank=True)

    class Meta(Described.Meta):
        abstract = False
        ordering = ["ident"]
