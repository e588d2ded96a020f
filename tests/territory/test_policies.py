"""Who may: role by policy."""

import pytest

from allervers.accounts.actor import ANONYMOUS, SYSTEM, Actor
from allervers.territory import policies

RESIDENT, OPERATOR = Actor(user_id=3), Actor(user_id=1, is_operator=True)
TABLE = {
    policies.can_see_territory: {ANONYMOUS: True, RESIDENT: True, OPERATOR: True, SYSTEM: True},
    policies.can_create_territory: {ANONYMOUS: False, RESIDENT: False, OPERATOR: True, SYSTEM: True},
    policies.can_keep_desks: {ANONYMOUS: False, RESIDENT: False, OPERATOR: True, SYSTEM: True},
    policies.can_change_ground: {ANONYMOUS: False, RESIDENT: False, OPERATOR: True, SYSTEM: True},
}


@pytest.mark.parametrize(
    ("may", "who", "answer"),
    [(may, who, answer) for may, answers in TABLE.items() for who, answer in answers.items()],
)
def test_who_may(may, who: Actor, answer: bool) -> None:
    assert may(who) is answer


def test_every_policy_is_in_the_table() -> None:
    declared = {value for name, value in vars(policies).items() if name.startswith("can_")}

    assert declared == set(TABLE)
