"""Users: an e-mail and a mark. What a user may do elsewhere comes with memberships."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Someone with an account; the e-mail is the name."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("adresse électronique"), unique=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return f"user:{self.pk}"  # never the address: this ends up in logs


class Attempt(models.Model):
    """One try at signing in, counted for an address or for an account; kept no longer than it counts."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)  # shared by the rows of one try
    bucket = models.CharField(max_length=64)  # a keyed hash: neither address nor e-mail can be read back
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["bucket", "at"], name="attempts_of_a_bucket")]

    def __str__(self) -> str:
        return f"attempt:{self.uid}"


def displayed(user: User) -> str:
    """How its own page names a user."""
    return user.email
