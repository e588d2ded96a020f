"""Who may do what with the directory: pure functions of an `Actor`."""

from allervers.accounts.actor import Actor
from allervers.accounts.policies import anyone

can_read_directory = anyone
can_report_error = anyone


def can_import(who: Actor) -> bool:
    """Feeds enter by an operator's hand, or by the command line of the machine itself."""
    return who.is_operator
