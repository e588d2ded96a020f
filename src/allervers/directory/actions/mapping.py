"""What the columns of a feed's tables are: said once by an operator, kept with the feed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from allervers.accounts.actor import Actor
from allervers.accounts.policies import require
from allervers.directory.actions.deliveries import NotWaiting, folder_of
from allervers.directory.intake.mapping import Guess, guess_mapping, mapping_as_json, mapping_from_json
from allervers.directory.intake.tables import first_rows
from allervers.directory.models import Delivery
from allervers.directory.policies import can_import
from allervers.journal import actions as journal

TO_MAP = (Delivery.State.READY, Delivery.State.REFUSED)
KEPT = frozenset({"source", "id"})  # rules that are not one column


def guessed(delivery: Delivery) -> Guess:
    """What the columns of the first uploaded file may be. Raises Refused, NotWaiting (its files are gone)."""
    path = folder_of(delivery) / delivery.files[0] if delivery.files else None
    if path is None or not path.is_file():
        raise NotWaiting(str(delivery.uid))
    columns, rows = first_rows(path)
    return guess_mapping(columns, rows, source=delivery.feed.slug)


@transaction.atomic
def map_columns(uid: UUID, chosen: Mapping[str, str], *, by: Actor, now: datetime) -> Delivery:
    """Read the delivery again with these columns, and the feed's next files too. `chosen`: {field: column}.

    Raises NotAllowed, NotWaiting, Refused.
    """
    require(can_import(by))
    found = Delivery.objects.select_for_update(of=("self",)).filter(uid=uid, state__in=TO_MAP, run=None)
    delivery = found.select_related("feed").first()
    if delivery is None:
        raise NotWaiting(str(uid))
    said = mapping_as_json(guessed(delivery).mapping)["structures"]
    rules = {name: rule for name, rule in said.items() if name in KEPT} | dict(chosen)
    mapping = mapping_as_json(mapping_from_json({"structures": rules}))
    delivery.feed.mapping = mapping
    delivery.feed.save(update_fields=["mapping"])
    delivery.state, delivery.sentence, delivery.preview = Delivery.State.WAITING, "", None
    delivery.save(update_fields=["state", "sentence", "preview"])
    journal.record("feed.mapped", "feed", delivery.feed.uid, by=by.ref, at=now, fields=["mapping"])
    return delivery
