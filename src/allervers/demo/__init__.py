"""Rivelaine, a fictional agglomeration: its ground, its people, and the files through which both enter.

Nothing of it is real: it lies in the ocean, its codes are nobody's, its phones are of the numbers reserved
for fiction, its mails end in `.example`. The same seed gives the same town.
"""
