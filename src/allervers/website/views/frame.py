"""What every page needs of its surroundings."""

from datetime import datetime

from django.utils import timezone

from allervers.territory.queries import declared_territory


def local_now() -> datetime:
    """The clock, read at the edge, in the territory's zone."""
    territory = declared_territory()
    return timezone.localtime(timezone=territory.zone if territory else None)
