"""Files that come by upload or on schedule: kept, imported in the background, and what became of them."""

import shutil
import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from allervers.accounts.actor import SYSTEM, Actor
from allervers.accounts.policies import NotAllowed, require
from allervers.directory.actions.held_runs import NotHeld, discard_held_run, held_run
from allervers.directory.actions.importing import apply_held_run, check_feed_name, import_files
from allervers.directory.actions.indexing import ensure_index
from allervers.directory.intake.mapping import mapping_from_json
from allervers.directory.intake.paged import preferred
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.remote import bring_one
from allervers.directory.models import Delivery, Feed, ImportRun, Schedule
from allervers.directory.policies import can_import
from allervers.journal import actions as journal

SHOWN_EVERY_SECONDS = 0.5  # between two writes of how far an import has come
NAME_MAX = 100  # characters kept of an uploaded file's name
NOTES_MAX = 20
KEPT_DAYS = 7  # uploaded files of an import that is over


class Uploaded(Protocol):
    """What a form gives for a file."""

    name: str | None

    def chunks(self) -> Iterable[bytes]: ...


def deliveries_folder() -> Path:
    return Path(settings.DATA) / "intake" / "deliveries"


def folder_of(delivery: Delivery) -> Path:
    return deliveries_folder() / str(delivery.uid)


def receive(
    feed: str, files: Sequence[Uploaded], *, partial: bool = False, by: Actor, now: datetime
) -> Delivery:
    """Keep uploaded files until the background imports them. Raises NotAllowed, BadFeedName, Refused."""
    require(can_import(by))
    check_feed_name(feed)
    delivery = Delivery(asked_by_id=by.user_id, asked_at=now, partial=partial)
    folder = folder_of(delivery)
    try:
        delivery.files = _kept(files, folder)
        with transaction.atomic():
            delivery.feed = _feed(feed, now=now)
            delivery.save()
            journal.record("delivery.received", "delivery", delivery.uid, by=by.ref, at=now, fields=["files"])
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Refused(
            _(
                "Le fichier n’a pas pu être gardé ({reason}). L’annuaire n’a pas changé. "
                "Vérifiez la place sur le disque, puis renvoyez-le."
            ).format(reason=error.strerror or type(error).__name__)
        ) from error
    return delivery


def _feed(slug: str, *, now: datetime) -> Feed:
    return Feed.objects.get_or_create(slug=slug, defaults={"created_at": now})[0]


def _kept(files: Sequence[Uploaded], folder: Path) -> list[str]:
    """Each under its own name, without its path, in a folder that only this delivery has."""
    folder.mkdir(parents=True)
    names: list[str] = []
    for number, file in enumerate(files, start=1):
        name = _plain_name(file.name or "", number=number, taken=names)
        with (folder / name).open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        names.append(name)
    return names


def _plain_name(name: str, *, number: int, taken: Sequence[str]) -> str:
    """No folder, no control character, no leading dot; its ending is kept when it is long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(letter for letter in last if letter.isprintable()).lstrip(".")[-NAME_MAX:]
    if not plain or plain in taken:
        plain = f"{number}-{plain}"
    return plain


class NotWaiting(Exception):
    """Nothing waits for a yes here: someone else decided, or it is still being read."""


@transaction.atomic
def approve(uid: UUID, *, by: Actor, now: datetime) -> Delivery:
    """Say yes to what would change: the background applies it. Raises NotAllowed, NotWaiting."""
    require(can_import(by))
    delivery = _waiting_for_a_yes(uid)
    delivery.approved, delivery.state, delivery.asked_by_id = True, Delivery.State.WAITING, by.user_id
    delivery.done = delivery.total = 0
    delivery.save(update_fields=["approved", "state", "asked_by", "done", "total"])
    journal.record("delivery.approved", "delivery", delivery.uid, by=by.ref, at=now)
    return delivery


@transaction.atomic
def approve_run(uid: UUID, *, by: Actor, now: datetime) -> Delivery:
    """Say yes to a run that is held, however it came. Raises NotAllowed, NotWaiting."""
    require(can_import(by))
    run = _held(uid)
    delivery = Delivery.objects.filter(uid=uid).first() or Delivery.objects.filter(run=run).first()
    if delivery is not None and delivery.state == Delivery.State.HELD:
        return approve(delivery.uid, by=by, now=now)
    if delivery is not None:
        raise NotWaiting(str(uid))
    delivery = Delivery.objects.create(  # it came by the command line
        feed=run.feed, run=run, asked_by_id=by.user_id, asked_at=now, approved=True, partial=run.partial
    )
    journal.record("delivery.approved", "delivery", delivery.uid, by=by.ref, at=now)
    return delivery


@transaction.atomic
def discard_run(uid: UUID, *, by: Actor, now: datetime) -> None:
    """Say no to a run that is held, however it came. Raises NotAllowed, NotWaiting."""
    require(can_import(by))
    _held(uid)
    discard_held_run(uid, by=by, now=now)
    for delivery in Delivery.objects.filter(run__uid=uid, state=Delivery.State.HELD):
        _close(delivery, Delivery.State.DISCARDED, by=by)


@transaction.atomic
def discard(uid: UUID, *, by: Actor, now: datetime) -> Delivery:
    """Say no: the directory stays as it is, and the files go. Raises NotAllowed, NotWaiting."""
    require(can_import(by))
    delivery = _waiting_for_a_yes(uid)
    if delivery.run is not None:
        discard_held_run(delivery.run.uid, by=by, now=now)
    _close(delivery, Delivery.State.DISCARDED, by=by)
    transaction.on_commit(lambda: shutil.rmtree(folder_of(delivery), ignore_errors=True))
    return delivery


def _waiting_for_a_yes(uid: UUID) -> Delivery:
    states = (Delivery.State.READY, Delivery.State.HELD)
    found = Delivery.objects.select_for_update(of=("self",)).filter(uid=uid, state__in=states)
    delivery = found.select_related("run", "feed").first()
    if delivery is None:
        raise NotWaiting(str(uid))
    return delivery


def _held(uid: UUID) -> ImportRun:
    try:
        return held_run(uid)
    except NotHeld as error:
        raise NotWaiting(str(uid)) from error


def deliver(uid: UUID, *, now: datetime) -> None:
    """Look at what was delivered; import it if someone has said yes, or if it came on schedule.

    Run twice, it imports once: the run bears the delivery's uid.
    """
    delivery = _begun(uid, now=now)
    if delivery is None:
        return
    try:
        state = _state_after(delivery, now=now)
    except Refused as refused:
        _close(delivery, Delivery.State.REFUSED, sentence=refused.sentence)
    except NotHeld:
        _close(delivery, Delivery.State.REFUSED, sentence=_("Quelqu’un a déjà décidé de cet import."))
    except NotAllowed:
        _close(delivery, Delivery.State.REFUSED, sentence=_("Ce compte n’a plus le droit d’importer."))
    else:
        _close(delivery, state)


def _begun(uid: UUID, *, now: datetime) -> Delivery | None:
    """RUNNING from now on; None when there is nothing left to do."""
    under_way = (Delivery.State.WAITING, Delivery.State.RUNNING)
    with transaction.atomic():
        found = Delivery.objects.select_for_update(of=("self",)).filter(uid=uid, state__in=under_way)
        delivery = found.select_related("feed", "run", "asked_by").first()
        if delivery is None:
            return None
        delivery.state, delivery.started_at = Delivery.State.RUNNING, now
        delivery.save(update_fields=["state", "started_at"])
        journal.record("delivery.begun", "delivery", delivery.uid, by=SYSTEM.ref, at=now)
    return delivery


def _state_after(delivery: Delivery, *, now: datetime) -> Delivery.State:
    """Where one more step leads. Raises Refused, NotHeld, NotAllowed."""
    run = delivery.run or ImportRun.objects.filter(uid=delivery.uid).first()
    if run is not None and run.state == ImportRun.State.APPLIED:
        ensure_index(now=now)  # killed between its commit and the last word: only that, and maybe the index
        return Delivery.State.APPLIED
    if run is not None and not delivery.approved:
        return Delivery.State.HELD
    if run is not None:
        apply_held_run(run.uid, by=actor_of(delivery), now=now, onlooker=Followed(delivery))
        return Delivery.State.APPLIED
    return _import(delivery, now=now)


def _import(delivery: Delivery, *, now: datetime) -> Delivery.State:
    """What came by hand is only looked at, until someone says yes."""
    to_read = bool(delivery.files) and not delivery.approved
    report = import_files(
        _paths(delivery),
        feed=delivery.feed.slug,
        by=actor_of(delivery),
        now=now,
        onlooker=Followed(delivery),
        run_uid=delivery.uid,
        partial=delivery.partial,
        mapping=mapping_from_json(delivery.feed.mapping) if delivery.feed.mapping else None,
        yes=delivery.approved,
        dry_run=to_read,
    )
    if to_read:
        delivery.preview = report.as_json()
        return Delivery.State.READY
    return Delivery.State.HELD if report.held else Delivery.State.APPLIED


def _paths(delivery: Delivery) -> list[Path]:
    """What was uploaded; or what its schedule names, fetched now."""
    if delivery.files:
        return [folder_of(delivery) / name for name in delivery.files]
    schedule = Schedule.objects.filter(feed=delivery.feed_id).first()
    if schedule is None:
        raise Refused(_("Cette source n’est plus rafraîchie. L’annuaire n’a pas changé."))
    return [_fetched(url, number, delivery) for number, url in enumerate(preferred(schedule.urls))]


def _fetched(url: str, number: int, delivery: Delivery) -> Path:
    """In a folder of its own: two files may bear the same name."""
    folder, followed = folder_of(delivery) / str(number), Followed(delivery)
    shutil.rmtree(folder, ignore_errors=True)  # of a worker that was killed
    folder.mkdir(parents=True)
    return bring_one(url, folder, advance=lambda done, total: followed.advance(url, done=done, total=total))


def actor_of(delivery: Delivery) -> Actor:
    """Who asked for it, with the rights they have today."""
    user = delivery.asked_by
    return Actor(user.pk, is_operator=user.is_operator and user.is_active) if user else SYSTEM


@transaction.atomic
def _close(delivery: Delivery, state: Delivery.State, *, by: Actor = SYSTEM, sentence: str = "") -> None:
    """Over, or waiting for a yes."""
    now = timezone.now()
    delivery.state, delivery.sentence, delivery.finished_at = state, sentence, now
    delivery.run = delivery.run or ImportRun.objects.filter(uid=delivery.uid).first()
    delivery.save(update_fields=["state", "sentence", "finished_at", "run", "preview"])
    journal.record(f"delivery.{state.value}", "delivery", delivery.uid, by=by.ref, at=now)


class Followed:
    """An onlooker that writes down how far an import has come, for the page that shows it."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._shown_at = 0.0

    def advance(self, step: str, *, done: int, total: int) -> None:
        if done < total and time.monotonic() - self._shown_at < SHOWN_EVERY_SECONDS:
            return
        self._shown_at = time.monotonic()
        Delivery.objects.filter(pk=self._delivery.pk).update(step=step, done=done, total=total)

    def note(self, sentence: str) -> None:
        if len(self._delivery.notes) < NOTES_MAX:
            self._delivery.notes = [*self._delivery.notes, sentence]
            Delivery.objects.filter(pk=self._delivery.pk).update(notes=self._delivery.notes)


def sweep_deliveries(*, now: datetime) -> None:
    """Uploaded files go a week after their import is over; those of no delivery (a killed upload) go too."""
    root = deliveries_folder()
    if not root.is_dir():
        return
    over = now - timedelta(days=KEPT_DAYS)
    decided = Delivery.objects.filter(finished_at__lt=over).exclude(state=Delivery.State.READY)
    wanted = Delivery.objects.exclude(pk__in=decided).values_list("uid", flat=True)
    kept = {str(uid) for uid in wanted}
    for folder in root.iterdir():
        if folder.name not in kept and folder.stat().st_mtime < over.timestamp():
            shutil.rmtree(folder, ignore_errors=True)
