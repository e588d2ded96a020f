"""What a feed brings: when it is fetched, and what became of each coming."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from allervers.directory.models.feed import Feed, ImportRun


class Schedule(models.Model):
    """Where a feed is fetched, and how often. A feed that only comes by hand has none."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("Chaque jour")
        WEEKLY = "weekly", _("Chaque semaine")
        MONTHLY = "monthly", _("Chaque mois")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    feed = models.OneToOneField(Feed, on_delete=models.CASCADE, related_name="schedule")
    urls = models.JSONField(default=list)  # files, read together as one run; preferred to the API
    api_url = models.TextField(default="", blank=True)  # root of a data·inclusion API
    rhythm = models.CharField(_("rythme"), max_length=8, choices=Rhythm, default=Rhythm.WEEKLY)
    next_at = models.DateTimeField(null=True, blank=True, db_index=True)  # null: paused

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="schedule_says_where", condition=~models.Q(urls=[]) | ~models.Q(api_url="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.rhythm}"


class Delivery(models.Model):
    """One coming of a feed, by an operator's hand or on schedule, from the moment it is asked for."""

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente")
        RUNNING = "running", _("en cours")
        READY = "ready", _("à relire")  # checked; nothing changes before someone says yes
        HELD = "held", _("en attente d’un oui")  # came on schedule, and would make too much go missing
        APPLIED = "applied", _("appliqué")
        REFUSED = "refused", _("refusé")
        DISCARDED = "discarded", _("abandonné")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    files = models.JSONField(default=list)  # names, as they were uploaded; empty: fetched on schedule
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # null: the scheduler
    asked_at = models.DateTimeField()
    partial = models.BooleanField(default=False)  # an extract: what it does not hold is not missing
    approved = models.BooleanField(default=False)  # someone has seen what would change, and said yes
    preview = models.JSONField(null=True, blank=True)  # the report of the dry run
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    step = models.TextField(default="", blank=True)  # what is being read now
    done = models.BigIntegerField(default=0)  # bytes of that step
    total = models.BigIntegerField(default=0)
    notes = models.JSONField(default=list)  # sentences said on the way
    sentence = models.TextField(default="", blank=True)  # why it was refused
    run = models.OneToOneField(
        ImportRun, null=True, blank=True, on_delete=models.PROTECT, related_name="delivery"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="refused_delivery_says_why",
                condition=~models.Q(state="refused") | ~models.Q(sentence=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.state}"
