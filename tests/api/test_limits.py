"""A visitor who asks too much is told when to come back; the others are not."""

from allervers.api.limits import Limits, is_loopback


def test_a_bucket_empties_and_fills_again() -> None:
    limits = Limits(burst=2, per_second=0.5)

    assert [limits.wait_seconds("192.0.2.1", now=0) for _ in range(3)] == [0, 0, 2]
    assert limits.wait_seconds("192.0.2.2", now=0) == 0
    assert limits.wait_seconds("192.0.2.1", now=2) == 0
    assert limits.wait_seconds("192.0.2.1", now=2) == 2


def test_addresses_are_not_kept() -> None:
    limits = Limits()
    limits.wait_seconds("192.0.2.77", now=0)

    assert b"192.0.2.77" not in repr(vars(limits)).encode()


def test_the_machine_itself_is_not_counted() -> None:
    assert [is_loopback(address) for address in ("127.0.0.1", "::1", "192.0.2.1", "")] == [
        True,
        True,
        False,
        False,
    ]
