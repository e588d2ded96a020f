"""The frozen `Actor`: all that a policy may know of who asks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. A visitor has no `user_id`; the system acts by its own hand (imports, commands)."""

    user_id: int | None = None
    is_operator: bool = False
    is_system: bool = False

    @property
    def ref(self) -> str:
        """How the journal names this actor: an id, never a name."""
        if self.is_system:
            return "system"
        return f"user:{self.user_id}" if self.user_id else "anonymous"


ANONYMOUS = Actor()
SYSTEM = Actor(is_operator=True, is_system=True)
