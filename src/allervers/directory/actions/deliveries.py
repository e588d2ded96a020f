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
from allervers.directory.actions.importing import check_feed_name, import_files
from allervers.directory.actions.indexing import ensure_index
from allervers.directory.intake.refusal import Refused
from allervers.directory.models import Delivery, Feed, ImportRun
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


def receive(feed: str, files: Sequence[Uploaded], *, by: Actor, now: datetime) -> Delivery:
    """Keep uploaded files until the background imports them. Raises NotAllowed, BadFeedName, Refused."""
    require(can_import(by))
    check_feed_name(feed)
    delivery = Delivery(asked_by_id=by.user_id, asked_at=now)
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


def deliver(uid: UUID, *, now: datetime) -> None:
    """Import what was delivered. Run twice, it imports once: the run bears the delivery's uid."""
    delivery = _begun(uid, now=now)
    if delivery is None:
        return
    try:
        if not ImportRun.objects.filter(uid=uid).exists():
            _import(delivery, now=now)
        else:  # killed between its commit and the last word: only that word, and maybe the index, miss
            ensure_index(now=now)
    except Refused as refused:
        _end(delivery, Delivery.State.REFUSED, sentence=refused.sentence)
    except NotAllowed:
        _end(delivery, Delivery.State.REFUSED, sentence=_("Ce compte n’a plus le droit d’importer."))
    else:
        _end(delivery, Delivery.State.APPLIED)


def _begun(uid: UUID, *, now: datetime) -> Delivery | None:
    """RUNNING from now on; None when there is nothing left to do."""
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update(of=("self",)).filter(uid=uid).first()
        if delivery is None or delivery.state in {Delivery.State.APPLIED, Delivery.State.REFUSED}:
            return None
        delivery.state, delivery.started_at = Delivery.State.RUNNING, now
        delivery.save(update_fields=["state", "started_at"])
        journal.record("delivery.begun", "delivery", delivery.uid, by=SYSTEM.ref, at=now)
    return delivery


def _import(delivery: Delivery, *, now: datetime) -> None:
    folder = folder_of(delivery)
    paths = [folder / name for name in delivery.files]
    import_files(
        paths,
        feed=delivery.feed.slug,
        by=actor_of(delivery),
        now=now,
        onlooker=Followed(delivery),
        run_uid=delivery.uid,
    )


def actor_of(delivery: Delivery) -> Actor:
    """Who asked for it, with the rights they have today."""
    user = delivery.asked_by
    return Actor(user.pk, is_operator=user.is_operator and user.is_active) if user else SYSTEM


@transaction.atomic
def _end(delivery: Delivery, state: Delivery.State, *, sentence: str = "") -> None:
    now = timezone.now()
    delivery.state, delivery.sentence, delivery.finished_at = state, sentence, now
    delivery.run = ImportRun.objects.filter(uid=delivery.uid).first()
    delivery.save(update_fields=["state", "sentence", "finished_at", "run"])
    journal.record(f"delivery.{state.value}", "delivery", delivery.uid, by=SYSTEM.ref, at=now)


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
    wanted = Delivery.objects.exclude(finished_at__lt=over).values_list("uid", flat=True)
    kept = {str(uid) for uid in wanted}
    for folder in root.iterdir():
        if folder.name not in kept and folder.stat().st_mtime < over.timestamp():
            shutil.rmtree(folder, ignore_errors=True)
