"""How much one visitor may ask: a bucket of requests that fills by the second, in the memory of each worker.

Addresses are not kept: a bucket is known by a keyed hash whose key dies with the worker; the longest unseen
are forgotten.
"""

import hashlib
import math
import secrets
from dataclasses import dataclass
from ipaddress import ip_address

BURST, PER_SECOND = 600.0, 20.0
"""Requests. Thirty visitors of one centre share an address: each may still ask every two seconds."""
BUCKETS_MOST = 50_000
"""Visitors counted at once: about 10 MB."""


@dataclass(slots=True)
class Bucket:
    left: float
    at: float


class Limits:
    """`now` is monotonic, in seconds."""

    def __init__(self, *, burst: float = BURST, per_second: float = PER_SECOND) -> None:
        self._burst, self._per_second = burst, per_second
        self._key = secrets.token_bytes(16)
        self._buckets: dict[bytes, Bucket] = {}

    def wait_seconds(self, visitor: str, *, now: float) -> int:
        """0 when one more request may be answered, which is then counted; else when to come back."""
        name = hashlib.blake2b(visitor.encode(), key=self._key, digest_size=16).digest()
        bucket = self._buckets.pop(name, None) or Bucket(self._burst, now)
        bucket.left = min(self._burst, bucket.left + (now - bucket.at) * self._per_second)
        bucket.at = now
        self._buckets[name] = bucket  # the last asked stands last
        if len(self._buckets) > BUCKETS_MOST:
            del self._buckets[next(iter(self._buckets))]
        if bucket.left < 1:
            return math.ceil((1 - bucket.left) / self._per_second)
        bucket.left -= 1
        return 0


def is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
