"""What the directory does in the background. A task may run twice (a worker was killed): each bears it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from allervers.accounts.actor import Actor
from allervers.directory.actions import deliveries, mapping
from allervers.directory.actions.indexing import catch_up_index
from allervers.directory.actions.looks import forget_looks
from allervers.directory.actions.scheduling import due_deliveries
from allervers.directory.actions.signals import forget_contacts
from allervers.directory.models import Delivery


@task()
def deliver(uid: str) -> None:
    """Import what was delivered."""
    deliveries.deliver(UUID(uid), now=timezone.now())


@transaction.atomic
def upload(
    feed: str, files: Sequence[deliveries.Uploaded], *, partial: bool = False, by: Actor, now: datetime
) -> Delivery:
    """Keep the files and have them looked at: both, or neither. Raises as `deliveries.receive`."""
    return _enqueued(deliveries.receive(feed, files, partial=partial, by=by, now=now))


@transaction.atomic
def approve(uid: UUID, *, by: Actor, now: datetime) -> Delivery:
    """Say yes, and have it applied. Raises as `deliveries.approve`."""
    return _enqueued(deliveries.approve(uid, by=by, now=now))


@transaction.atomic
def approve_run(uid: UUID, *, by: Actor, now: datetime) -> Delivery:
    """Say yes to a held run, and have it applied. Raises as `deliveries.approve_run`."""
    return _enqueued(deliveries.approve_run(uid, by=by, now=now))


@transaction.atomic
def map_columns(uid: UUID, chosen: Mapping[str, str], *, by: Actor, now: datetime) -> Delivery:
    """Say what the columns are, and have the file looked at again. Raises as `mapping.map_columns`."""
    return _enqueued(mapping.map_columns(uid, chosen, by=by, now=now))


def _enqueued(delivery: Delivery) -> Delivery:
    deliver.enqueue(str(delivery.uid))
    return delivery


@transaction.atomic
def refresh(now: datetime) -> None:
    """Have each feed fetched whose hour has come."""
    for delivery in due_deliveries(now=now):
        _enqueued(delivery)


def sweep(now: datetime) -> None:
    """What is kept for a time only."""
    deliveries.sweep_deliveries(now=now)
    forget_contacts(now=now)
    forget_looks(now=now)


def catch_up(now: datetime) -> None:
    """What people corrected since the last build of the index goes into the next."""
    catch_up_index(now=now)


ROUNDS = (refresh, sweep, catch_up)  # what the scheduler does every few seconds
