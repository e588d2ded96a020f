"""Writing the journal: the one verb there is."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from allervers.journal.models import Entry


def record(
    verb: str, subject_kind: str, subject_uid: UUID, *, by: str, at: datetime, fields: Sequence[str] = ()
) -> Entry:
    """Add one line, inside the caller's transaction. `by` is `Actor.ref`; `fields` names, never values."""
    return Entry.objects.create(
        at=at, by=by, verb=verb, subject_kind=subject_kind, subject_uid=subject_uid, fields=sorted(fields)
    )
