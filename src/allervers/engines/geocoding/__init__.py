"""Geocoding: a typed address -> a place, offline."""

from allervers.engines.geocoding._naming import accents_of, shown_name

__all__ = ["accents_of", "shown_name"]
