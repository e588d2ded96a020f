"""Who may: pure functions of an `Actor`."""

from allervers.accounts.actor import Actor


class NotAllowed(Exception):
    """An action was asked for by someone who may not."""


def require(allowed: bool) -> None:
    """First line of an action: `require(can_…(by, thing))`."""
    if not allowed:
        raise NotAllowed


def anyone(who: Actor) -> bool:
    """The directory belongs to everyone: no account is asked."""
    return True


def is_operator(who: Actor) -> bool:
    """Keeps the installation: feeds, desk, other operators."""
    return who.is_operator


def is_signed_in(who: Actor) -> bool:
    return who.user_id is not None


can_sign_in = anyone


def can_create_operators(who: Actor) -> bool:
    return who.is_operator


def can_set_passwords(who: Actor) -> bool:
    """Someone else's: by an operator. Nobody's password can be read."""
    return who.is_operator
