"""Tries at signing in, limited by address and by account: counted in the database, once for all workers."""

import math
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from allervers.accounts.actor import Actor
from allervers.accounts.models import Attempt, User
from allervers.accounts.policies import can_sign_in, require
from allervers.journal import actions as journal

WINDOW = timedelta(minutes=15)
ADDRESS_LIMIT = 30  # tries a window: a whole city hall may stand behind one address
ACCOUNT_LIMIT = 10  # tries a window, whether the account exists or not
IPV6_HOME = 64  # bits: a household is given a whole /64


@dataclass(frozen=True, slots=True)
class Limit:
    bucket: str
    tries: int


class TooOften(Exception):
    """Too many tries; `minutes` until the next one counts."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


def count_attempt(*, address: str, email: str, by: Actor, now: datetime) -> UUID:
    """Count a try before it is judged, so that many at once cannot all pass. Raises NotAllowed, TooOften."""
    require(can_sign_in(by))
    limits = (
        Limit(_bucket("address", _household(address)), ADDRESS_LIMIT),
        Limit(_bucket("account", email.strip().casefold()), ACCOUNT_LIMIT),
    )
    with transaction.atomic():
        Attempt.objects.filter(at__lte=now - WINDOW).delete()
        if waits := [wait for limit in limits if (wait := _wait(limit, now))]:
            raise TooOften(max(waits))
        return _count(limits, by=by, now=now)


@transaction.atomic
def sign_in(attempt: UUID, user: User, *, now: datetime) -> None:
    """The try was good: it no longer counts, and the journal knows."""
    Attempt.objects.filter(uid=attempt).delete()
    journal.record("user.signed_in", "user", user.uid, by=f"user:{user.pk}", at=now)


def _count(limits: tuple[Limit, ...], *, by: Actor, now: datetime) -> UUID:
    uid = uuid.uuid4()
    Attempt.objects.bulk_create(Attempt(uid=uid, bucket=limit.bucket, at=now) for limit in limits)
    if any(_tries(limit) == limit.tries for limit in limits):
        journal.record("sign_in.limit_reached", "attempt", uid, by=by.ref, at=now)
    return uid


def _tries(limit: Limit) -> int:
    return Attempt.objects.filter(bucket=limit.bucket).count()


def _wait(limit: Limit, now: datetime) -> int:
    """Minutes until a try is free again, 0 when one is."""
    latest = Attempt.objects.filter(bucket=limit.bucket).order_by("-at").values_list("at", flat=True)
    full = list(latest[limit.tries - 1 : limit.tries])
    return max(1, math.ceil((full[0] + WINDOW - now).total_seconds() / 60)) if full else 0


def _bucket(kind: str, value: str) -> str:
    return salted_hmac(f"allervers.attempt.{kind}", value, algorithm="sha256").hexdigest()


def _household(address: str) -> str:
    """An IPv6 visitor has billions of addresses: the block counts."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((read, IPV6_HOME), strict=False)) if isinstance(read, IPv6Address) else address
