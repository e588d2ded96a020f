"""The files of the ground, as `allervers territory` takes them: paths, addresses, « public »."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from allervers.accounts.actor import SYSTEM
from allervers.cli.output import say
from allervers.cli.watching import Watch
from allervers.directory.actions.indexing import build_index
from allervers.directory.queries.indexes import current_version
from allervers.territory.actions.ground import Prepared, prepare_ground, publish_ground
from allervers.territory.ground.fetching import PUBLIC, fetched, public_urls
from allervers.territory.queries import municipality
from allervers.territory.queries.ground import Layer, current_ground, ground_file
from allervers.territory.queries.neighbourhoods import neighbourhoods

NOTES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Sources:
    """As typed; empty when not given."""

    neighbourhoods: str = ""
    addresses: str = ""
    streets: str = ""
    limits: str = ""
    places: str = ""

    @property
    def given(self) -> dict[Layer, str]:
        said = {layer: getattr(self, layer.name.lower()) for layer in Layer}
        return {layer: source for layer, source in said.items() if source}


@dataclass(frozen=True, slots=True)
class Files:
    """A ground built aside from the files that were given; None when none was."""

    prepared: Prepared | None

    def applied(self) -> Prepared | None:
        """Make it current, in the transaction under way."""
        if self.prepared:
            publish_ground(self.prepared, by=SYSTEM, at=timezone.now())
        return self.prepared


@contextmanager
def ground_files(sources: Sources, *, municipalities: Sequence[str]) -> Iterator[Files]:
    """Fetch and read all that was given, with a bar for what lasts. Raises GroundRefused."""
    if not sources.given:
        yield Files(None)
        return
    folder = Path(settings.GROUND_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="building-", dir=folder, ignore_cleanup_errors=True) as incoming:
        with Watch() as watch:
            files = {
                layer: _fetched(layer, source, Path(incoming), municipalities, watch)
                for layer, source in sources.given.items()
            }
            built = prepare_ground(files, municipalities=municipalities, watch=partial(_advance, watch))
        yield Files(built)


def _fetched(layer: Layer, source: str, folder: Path, municipalities: Sequence[str], watch: Watch) -> Path:
    target = folder / layer
    urls = [source]
    if source == PUBLIC:
        towns = [town for code in municipalities if (town := municipality(code))]
        urls = public_urls(layer.name.lower(), [town.departement for town in towns])
    for url in urls:
        fetched(url, target, watch=partial(_advance, watch, f"Réception de {Path(url).name}"))
    return target


def _advance(watch: Watch, step: str, done: int, total: int) -> None:
    watch.advance(step, done=done, total=total)


def say_ground(ground: Prepared | None) -> None:
    """What entered, what was mended, what was refused."""
    if ground is None:
        return
    for note in ground.notes[:NOTES_SHOWN]:
        say(note)
    if len(ground.notes) > NOTES_SHOWN:
        say(f"… et {len(ground.notes) - NOTES_SHOWN} autres remarques.")
    counted = described_ground()
    if counted:
        say(
            f"Quartiers prioritaires : {counted['neighbourhoods']} ({counted['year'] or 'aucun'}). "
            f"Adresses : {counted['addresses']}. Lieux nommés : {counted['places']}. "
            f"Rues pour la carte : {'oui' if counted['has_streets'] else 'non'}."
        )


def refresh_index() -> None:
    """Where an index is: sheets without a point may have one now, from their address."""
    if current_version() is not None:
        build_index(now=timezone.now())


def described_ground() -> dict[str, object] | None:
    """What the ground in use holds; the neighbourhoods of the latest generation only."""
    version = current_ground()
    if version is None:
        return None
    quarters = neighbourhoods()
    return {
        "version": version.version,
        "neighbourhoods": len(quarters),
        "year": quarters[0].year if quarters else None,
        "addresses": version.addresses,
        "streets": version.streets,
        "places": version.places,
        "has_streets": ground_file(Layer.STREETS) is not None,
    }
