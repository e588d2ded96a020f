"""How a territory shows itself, as options of `allervers territory create` and `update`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from allervers.accounts.actor import SYSTEM
from allervers.cli.output import ExitCode
from allervers.territory import actions
from allervers.territory.queries.declared import DeclaredDesk
from allervers.territory.views import colour_sentence, logo_sentence

Colour = Annotated[
    str, typer.Option(metavar="#RRVVBB", help="La couleur des pages, assez foncée pour être lue : #0a5443.")
]
LogoFile = Annotated[
    Path | None, typer.Option(metavar="FICHIER", help="Le logo, en PNG ou en SVG ; « - » pour l’enlever.")
]
NO_LOGO = Path("-")


@dataclass(frozen=True, slots=True)
class Appearance:
    """What was given; what was not stays."""

    colour: str = ""
    logo: Path | None = None
    desk: DeclaredDesk | None = None

    @property
    def given(self) -> bool:
        return bool(self.colour or self.logo or self.desk)

    def applied(self) -> None:
        """Inside the caller's transaction. Raises TerritoryError, OSError."""
        now = timezone.now()
        if self.colour or self.logo:
            actions.set_identity(colour=self.colour or None, logo=self._bytes(), by=SYSTEM, at=now)
        if self.desk:
            actions.keep_desk(self.desk, by=SYSTEM, at=now)

    def _bytes(self) -> bytes | None:
        if self.logo is None:
            return None
        return b"" if self.logo == NO_LOGO else self.logo.read_bytes()


def appearance_sentence(error: actions.TerritoryError) -> tuple[str, ExitCode] | None:
    """Why a colour or a logo is refused; None for any other error."""
    if isinstance(error, actions.BadColour):
        return colour_sentence(error), ExitCode.REFUSED
    if isinstance(error, actions.BadLogo):
        return logo_sentence(error), ExitCode.REFUSED
    return None
