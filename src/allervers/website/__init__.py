"""The residents' door: home, search, sheets. It may read every app below."""
