"""Reconcile: what the rows of a run mean for the directory as it is. It reads; it changes staging only."""

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

import orjson
from django.utils.translation import gettext as _

from allervers.directory.intake.canonical import Values, canonical, content_hash
from allervers.directory.intake.normalise import Columns, normalised
from allervers.directory.intake.placing import why_not_there
from allervers.directory.intake.report import Rejection, Report
from allervers.directory.intake.rows import Row
from allervers.directory.intake.staging import BATCH, Staged, Staging
from allervers.directory.intake.translating import forgiven
from allervers.directory.intake.validate import Fault, unwritable, validated
from allervers.directory.intake.words import shown
from allervers.directory.models import Kind


@dataclass(frozen=True, slots=True)
class Live:
    """A record as it is shown: what it says, and whose it is."""

    content_hash: str
    source: str


# The directory as it is: live records by id; which of the ids given are live structures.
LiveRecords = Callable[[Kind, Collection[str]], Mapping[str, Live]]
LiveStructures = Callable[[Collection[str]], Collection[str]]
RECEIVED = "_received"  # in the payload of a translated row: the row before its translation


@dataclass(frozen=True, slots=True)
class Read:
    """A row read as a record: what it says, and its fingerprint."""

    row: Row
    ident: str
    values: Values
    payload: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A service kept in quarantine by an earlier run. `received_at` as the database writes it."""

    ident: str
    structure_ident: str
    payload: dict[str, object]
    feed_id: int | None
    received_at: str


@dataclass(slots=True)
class Reconciling:
    """One run: rows go in, staging and the report come out."""

    staging: Staging
    live_records: LiveRecords
    live_structures: LiveStructures
    report: Report = field(default_factory=Report)
    doubles: int = 0  # the same record twice, word for word

    def take(self, rows: Iterator[Row], kind: Kind, *, file: str) -> Iterator[int]:
        """Stage all rows of one table; gives back how many were read so far, after each batch."""
        while batch := list(islice(rows, BATCH)):
            self.report.read += len(batch)
            before = len(self.report.rejected)
            read = [one for row in batch if (one := self._read(row, kind, file=file))]
            live = self.live_records(kind, [one.ident for one in read])
            for one in read:
                self._settle(one, kind, live.get(one.ident), file=file)
            self.report.rejected[before:] = sorted(self.report.rejected[before:], key=lambda one: one.row)
            yield self.report.read

    def _read(self, row: Row, kind: Kind, *, file: str) -> Read | None:
        """The row as a record met for the first time in this run; None: rejected, or said before."""
        values = canonical(row.values, kind)
        one = read(row, values, kind)
        if isinstance(one, Read):
            return one if self._is_first(one, kind, file=file) else None
        self._reject(row, one, file=file, ident=values.get("id"))
        self._remember(row, values, kind, file=file)
        return None

    def _remember(self, row: Row, values: Values, kind: Kind, *, file: str) -> None:
        """A row that cannot be read still says that its record is not missing."""
        ident, source = values.get("id"), values.get("source")
        if not (_is_clean(ident) and _is_clean(source)) or self.staging.first_seen(kind, str(ident)):
            return
        unlike_any = f"unreadable {row.number}"
        self.staging.see(
            kind, str(ident), source=str(source).strip(), content_hash=unlike_any, file=file, row=row.number
        )

    def _is_first(self, one: Read, kind: Kind, *, file: str) -> bool:
        """One id twice: the same content counts once, another content is refused."""
        first = self.staging.first_seen(kind, one.ident)
        if first is None:
            self.staging.see(
                kind,
                one.ident,
                source=str(one.values.get("source", "")).strip(),
                content_hash=one.content_hash,
                file=file,
                row=one.row.number,
            )
            return True
        if first.content_hash == one.content_hash:
            self.doubles += 1
            return False
        why = _(
            "Cet identifiant est déjà pris par la ligne {row} de « {file} », dont le contenu est différent ; "
            "la première est gardée."
        ).format(row=first.row, file=first.file)
        self._reject(one.row, [Fault("id", one.ident, why)], file=file, ident=one.ident)
        return False

    def _settle(self, one: Read, kind: Kind, live: Live | None, *, file: str) -> None:
        source = str(one.values.get("source", "")).strip()
        if live and live.source != source:
            why = _(
                "Cet identifiant est celui d’une fiche de « {source} » : "
                "une autre source ne peut pas la changer."
            )
            fault = Fault("id", shown(one.ident), why.format(source=shown(live.source)))
            self._reject(one.row, [fault], file=file, ident=one.ident)
            return
        aside = [Fault(left.field, left.value, left.reason) for left in one.row.set_aside]
        if live and live.content_hash == one.content_hash:
            self.report.unchanged += 1
            self.staging.leave_unchanged(kind, one.ident)
        else:
            columns = sheet_columns(one, kind, aside)
            if isinstance(columns, list):
                self._reject(one.row, columns, file=file, ident=one.ident)
                return
            self.staging.add([staged(one, kind, columns, file, live is None)])
        self._reject(one.row, aside, file=file, ident=one.ident, set_aside=True)

    def _reject(
        self, row: Row, faults: list[Fault], *, file: str, ident: object, set_aside: bool = False
    ) -> None:
        for fault in faults:
            self.report.reject(
                Rejection(
                    file=file,
                    row=row.number,
                    id=None if ident is None else str(ident),
                    field=fault.field,
                    value=fault.value,
                    reason=fault.reason,
                    set_aside=set_aside,
                )
            )

    def free(self, waiting: Iterable[Waiting]) -> None:
        """Records in quarantine from earlier runs, whose structure is there now, become visible."""
        records = iter(waiting)
        while batch := list(islice(records, BATCH)):
            known = self.live_structures([one.structure_ident for one in batch])
            live = self.live_records(Kind.SERVICE, [one.ident for one in batch])
            for one in batch:
                if one.structure_ident in known or self.staging.has_structure(one.structure_ident):
                    self._free(one, is_new=one.ident not in live)

    def _free(self, waiting: Waiting, *, is_new: bool) -> None:
        if self.staging.first_seen(Kind.SERVICE, waiting.ident):
            return  # this run says something newer of it
        one = read(as_received(waiting.payload), canonical(waiting.payload, Kind.SERVICE), Kind.SERVICE)
        columns = sheet_columns(one, Kind.SERVICE, []) if isinstance(one, Read) else one
        if isinstance(one, list) or isinstance(columns, list):
            return  # the schéma has changed since: it goes on waiting
        freed = staged(one, Kind.SERVICE, columns, "", is_new)
        self.staging.add([replace(freed, feed_id=waiting.feed_id, received_at=waiting.received_at)])

    def conclude(self) -> None:
        """Put services without a structure in quarantine, and count."""
        for asked in list(self.staging.structures_asked_for()):
            known = self.live_structures(asked)
            self.staging.hold_services_of(ident for ident in asked if ident not in known)
        for file, row, ident, structure in self.staging.waiting():
            self.report.quarantined += 1
            self.report.reject(_waiting(file, row, ident, structure))
        self.report.added, self.report.changed = self.staging.counts()


def sheet_columns(one: Read, kind: Kind, aside: list[Fault]) -> Columns | list[Fault]:
    """What the sheet will show, or why the row is refused. Values that may be lost are added to `aside`."""
    translated = one.row.received is not None
    values: Values | None = one.values
    record = validated(one.values, kind, undated=translated)
    if isinstance(record, list) and translated:
        values = forgiven(one.values, [str(fault.field) for fault in record], kind)
        aside += record if values is not None else []
        record = validated(values, kind, undated=True) if values is not None else record
    if isinstance(record, list) or values is None:
        return record if isinstance(record, list) else []
    columns = normalised(values, record, kind)
    if not columns["nom"]:
        return [Fault("nom", shown(values["nom"]), _("Ce nom ne contient rien qui puisse être montré."))]
    aside += _unbelievable(columns)
    return columns


def _unbelievable(columns: Columns) -> list[Fault]:
    """Coordinates that cannot be those of the record leave its sheet; its address may be placed again."""
    latitude, longitude = columns["latitude"], columns["longitude"]
    why = why_not_there(
        None if latitude is None else float(latitude),
        None if longitude is None else float(longitude),
        code_insee=str(columns["code_insee"]),
        code_postal=str(columns["code_postal"]),
        commune=str(columns["commune"]),
    )
    if not why:
        return []
    columns["latitude"] = columns["longitude"] = None
    return [Fault("latitude, longitude", f"{latitude}, {longitude}", why)]


def staged(one: Read, kind: Kind, columns: Columns, file: str, is_new: bool) -> Staged:
    return Staged(
        kind=kind,
        ident=one.ident,
        uid=uuid.uuid4().hex,
        sheet_uid=uuid.uuid4().hex,
        source=str(columns["source"]),
        payload=one.payload,
        content_hash=one.content_hash,
        structure_ident=str(one.values.get("structure_id", "")) if kind is Kind.SERVICE else "",
        file=file,
        row=one.row.number,
        is_new=is_new,
        columns=columns,
    )


def read(row: Row, values: Values, kind: Kind) -> Read | list[Fault]:
    """The row with its fingerprint; or why it cannot even be written down, or told from others."""
    if row.trouble:
        return [Fault(None, None, row.trouble)]
    try:
        payload = orjson.dumps(kept_verbatim(row)).decode()
        fingerprint = content_hash(values, kind)
    except (TypeError, ValueError, RecursionError):
        return unwritable(row.received or row.values) or [
            Fault(None, None, _("Cette ligne ne se laisse pas lire."))
        ]
    if "\\u0000" in payload and (faults := unwritable(row.received or row.values)):
        return faults
    ident = values.get("id")
    if isinstance(ident, str):
        return Read(row, ident, values, payload, fingerprint)
    found = validated(values, kind)
    return found if isinstance(found, list) else [Fault("id", shown(ident), _("Un texte est attendu."))]


def kept_verbatim(row: Row) -> dict[str, object]:
    """The row as received; of a translated one, both what it says and what it was."""
    return row.values if row.received is None else row.values | {RECEIVED: dict(row.received)}


def as_received(payload: dict[str, object]) -> Row:
    """The row that `kept_verbatim` kept."""
    before = payload.get(RECEIVED)
    values = {name: value for name, value in payload.items() if name != RECEIVED}
    return Row(0, values, received=before) if isinstance(before, dict) else Row(0, payload)


def _is_clean(text: object) -> bool:
    """Can be kept in a database as it is."""
    return (
        isinstance(text, str) and "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
    )


def _waiting(file: str, row: int, ident: str, structure: str) -> Rejection:
    return Rejection(
        file=file,
        row=row,
        id=ident,
        field="structure_id",
        value=structure,
        reason=_(
            "La structure de ce service est inconnue ou refusée : il attend, et paraîtra quand elle arrivera."
        ),
        quarantined=True,
    )
