"""The ground of the territory: perimeters, addresses, streets, named places, as towns publish them.

Files in, plain values out: no database, no settings. Each reader says what it mended and refused.
"""
