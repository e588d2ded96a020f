"""Who may do what with the directory: pure functions of an `Actor`."""

from allervers.accounts.actor import Actor
from allervers.accounts.policies import anyone

can_read_directory = anyone
can_report_error = anyone


def can_import(who: Actor) -> bool:
    """Feeds enter by an operator's hand, or by the command line of the machine itself."""
    return who.is_operator


def can_see_desk(who: Actor) -> bool:
    """The operators' desk: what came, what waits, what broke, whom to call."""
    return who.is_operator


def can_answer_errors(who: Actor) -> bool:
    """Reports of readers hold what they typed, and sometimes how to reach them."""
    return who.is_operator


def can_correct(who: Actor) -> bool:
    """Correct, confirm, close or make a sheet: whoever keeps the directory."""
    return who.is_operator
