"""Allervers: the one-stop employment desk of a city contract and its priority neighbourhoods."""
