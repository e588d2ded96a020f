"""Who may do what with the territory: pure functions of an `Actor`."""

from allervers.accounts.actor import Actor
from allervers.accounts.policies import anyone

can_see_territory = anyone


def can_create_territory(who: Actor) -> bool:
    """Declared once, by an operator's hand or by the command line of the machine itself."""
    return who.is_operator


def can_keep_desks(who: Actor) -> bool:
    """An operator says whom residents call."""
    return who.is_operator


def can_change_ground(who: Actor) -> bool:
    """Perimeters decide rights: only an operator replaces them."""
    return who.is_operator
