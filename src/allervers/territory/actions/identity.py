"""How the territory shows itself, and whom one calls about anything: seen on every page."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from allervers.accounts.actor import Actor
from allervers.accounts.policies import require
from allervers.journal import actions as journal
from allervers.territory.actions.declaring import (
    NoTerritory,
    TerritoryError,
    add_desk,
    check_desk,
    told,
    update_territory,
)
from allervers.territory.logo import BadLogo as UnreadableLogo
from allervers.territory.logo import read_logo
from allervers.territory.models import Desk, Identity, Territory
from allervers.territory.policies import can_create_territory, can_keep_desks
from allervers.territory.queries.declared import DeclaredDesk
from allervers.ui.colour import NotAColour, TooPale, checked_colour

VERSION_LENGTH = 16  # hexadecimal digits


@dataclass
class BadColour(TerritoryError):
    """`nearest` is the same hue, dark enough to be read; "" when `text` is no colour at all."""

    text: str
    contrast: float = 0.0
    nearest: str = ""


@dataclass
class BadLogo(TerritoryError):
    """`why`: kind, size, pixels, broken or empty."""

    why: str


@transaction.atomic
def set_identity(
    *, colour: str | None = None, logo: bytes | None = None, by: Actor, at: datetime
) -> Identity:
    """Another colour, another logo. None: it stays; empty: ours again.

    Raises: NotAllowed, NoTerritory, BadColour, BadLogo.
    """
    require(can_create_territory(by))
    territory = _territory()
    identity = Identity.objects.filter(territory=territory).first() or Identity(territory=territory)
    changed = []
    if colour is not None and (checked := _colour(colour)) != identity.colour:
        identity.colour = checked
        changed.append("colour")
    if logo is not None:
        identity.logo, identity.logo_type = _logo(logo)
        changed.append("logo")
    if changed:
        identity.version = _version(identity)
        identity.save()
        journal.record("identity.changed", "territory", territory.uid, by=by.ref, at=at, fields=changed)
        told()
    return identity


@transaction.atomic
def update_identity(*, name: str, colour: str, logo: bytes | None, by: Actor, at: datetime) -> None:
    """What the page of the territory says, all or nothing.

    Raises: NotAllowed, NoTerritory, BadName, BadColour, BadLogo.
    """
    update_territory(name=name, by=by, at=at)
    set_identity(colour=colour, logo=logo, by=by, at=at)


@transaction.atomic
def keep_desk(desk: DeclaredDesk, *, by: Actor, at: datetime) -> Desk:
    """Whom one calls about anything, in the place of the former one; desks for one need stay.

    Raises: NotAllowed, NoTerritory, BadDesk.
    """
    require(can_keep_desks(by))
    territory = _territory()
    check_desk(desk)
    kept = territory.desks.filter(need="").first()
    if kept is None:
        return add_desk(replace(desk, need=""), by=by, at=at)
    said = {field: getattr(desk, field).strip() for field in ("name", "phone", "hours", "sentence")}
    changed = [field for field, value in said.items() if getattr(kept, field) != value]
    if changed:
        for field in changed:
            setattr(kept, field, said[field])
        kept.save(update_fields=changed)
        journal.record("desk.changed", "desk", kept.uid, by=by.ref, at=at, fields=changed)
        told()
    return kept


def _territory() -> Territory:
    territory = Territory.objects.select_for_update().first()
    if territory is None:
        raise NoTerritory
    return territory


def _colour(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return checked_colour(text)
    except NotAColour as error:
        raise BadColour(text) from error
    except TooPale as pale:
        raise BadColour(pale.colour, contrast=pale.contrast, nearest=pale.nearest) from pale


def _logo(sent: bytes) -> tuple[bytes, str]:
    if not sent:
        return b"", ""
    try:
        logo = read_logo(sent)
    except UnreadableLogo as error:
        raise BadLogo(error.why) from error
    return logo.content, logo.type


def _version(identity: Identity) -> str:
    said = identity.colour.encode() + b"\0" + identity.logo_type.encode() + b"\0" + bytes(identity.logo)
    return hashlib.sha256(said).hexdigest()[:VERSION_LENGTH]
