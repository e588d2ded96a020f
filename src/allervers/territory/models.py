"""The territory that this installation serves: at most one, with its municipalities, its neighbourhoods, the
version of its ground, and whom to call."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SLUG_MAX = 50  # characters
NAME_MAX = 100
DESK_MAX = {"name": NAME_MAX, "phone": 30, "hours": 500, "sentence": 200}


class Territory(models.Model):
    """One row at most: `only` is always true and unique."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    only = models.BooleanField(default=True, unique=True, editable=False)
    slug = models.SlugField(_("nom court"), max_length=SLUG_MAX)
    name = models.CharField(_("nom"), max_length=NAME_MAX)
    time_zone = models.CharField(_("fuseau horaire"), max_length=50)  # IANA: "Europe/Paris"
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_territory_an_installation", condition=Q(only=True)),
            models.CheckConstraint(name="territory_is_named", condition=~Q(slug="") & ~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.slug


class TerritoryMunicipality(models.Model):
    """A municipality of the territory, by its current code."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="municipalities")
    code_insee = models.CharField(max_length=5)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "code_insee"], name="municipality_once_a_territory"),
            models.CheckConstraint(name="municipality_has_a_code", condition=~Q(code_insee="")),
        ]

    def __str__(self) -> str:
        return self.code_insee


class LocalMunicipality(models.Model):
    """A municipality that only this installation knows: of a fictional territory. Looked up like the others.

    Field names and units are those of `reference.Municipality`.
    """

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="local_municipalities")
    code_insee = models.CharField(max_length=5, unique=True)
    nom = models.CharField(max_length=100)
    codes_postaux = models.JSONField(default=list)
    epci = models.CharField(max_length=9, default="", blank=True)
    epci_nom = models.CharField(max_length=100, default="", blank=True)
    departement = models.CharField(max_length=3)
    region = models.CharField(max_length=3)
    population = models.PositiveIntegerField(null=True, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        ordering = ["code_insee"]
        constraints = [
            models.CheckConstraint(
                name="local_municipality_is_named", condition=~Q(code_insee="") & ~Q(nom="")
            ),
            models.CheckConstraint(
                name="local_municipality_is_on_earth",
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nom} ({self.code_insee})"


class Desk(models.Model):
    """Whom to call. `need` empty: about anything. `hours` empty: not known."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="desks")
    name = models.CharField(_("nom"), max_length=DESK_MAX["name"])
    phone = models.CharField(_("téléphone"), max_length=DESK_MAX["phone"])
    hours = models.CharField(
        _("horaires"), max_length=DESK_MAX["hours"], default="", blank=True
    )  # OSM opening hours
    need = models.CharField(_("besoin"), max_length=100, default="", blank=True)  # a thematique or a category
    sentence = models.CharField(_("à savoir"), max_length=DESK_MAX["sentence"], default="", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="desk_can_be_called", condition=~Q(name="") & ~Q(phone="")),
        ]

    def __str__(self) -> str:
        return self.name


class Neighbourhood(models.Model):
    """A priority neighbourhood (QPV), of one of the two generations of perimeters: never counted together."""

    class Year(models.IntegerChoices):
        FIRST = 2015, "2015"  # codes QP…
        SECOND = 2024, "2024"  # codes QN…

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="neighbourhoods")
    code = models.CharField(max_length=8, unique=True)
    year = models.PositiveSmallIntegerField(choices=Year)
    name = models.CharField(_("nom"), max_length=200)
    municipalities = models.JSONField(default=list)  # codes, as far as its file says
    perimeter = models.BinaryField()  # WKB of a valid (multi)polygon, longitude and latitude in WGS84

    class Meta:
        ordering = ["-year", "code"]
        constraints = [
            models.CheckConstraint(name="neighbourhood_is_named", condition=~Q(code="") & ~Q(name="")),
            models.CheckConstraint(
                name="neighbourhood_is_of_a_generation", condition=Q(year__in=(2015, 2024))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class GroundVersion(models.Model):
    """Which folder under `ground/` holds the files of the territory now: the latest row.

    A folder is written aside and never changed: `queries/ground.py` says what is in it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="grounds")
    version = models.CharField(max_length=40, unique=True)  # name of its folder
    made_at = models.DateTimeField()
    addresses = models.PositiveIntegerField(default=0)
    streets = models.PositiveIntegerField(default=0)  # names of streets that can be found
    places = models.PositiveIntegerField(default=0)  # named places that can be found

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.version


class Identity(models.Model):
    """How the territory shows itself: its colour and its logo, both checked before they come here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.OneToOneField(Territory, on_delete=models.CASCADE, related_name="identity")
    colour = models.CharField(_("couleur"), max_length=7, default="", blank=True)  # "#0a5443"; "": ours
    logo = models.BinaryField(default=b"")
    logo_type = models.CharField(max_length=20, default="", blank=True)  # image/png, image/svg+xml
    version = models.CharField(max_length=16)  # of colour and logo: part of their addresses

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="logo_has_a_type",
                condition=Q(logo_type__in=("", "image/png", "image/svg+xml")),
            ),
        ]

    def __str__(self) -> str:
        return self.version
