"""How many questions of machines are answered a second, and how long the slow ones take.

    .venv/bin/python bench/api.py http://localhost:8000 [--seconds 8]

240 mixed queries as real clients ask (a third from the centres of priority neighbourhoods, the others from
towns by population), each with a point of its own, up to 2 km away: no whole answer can be kept. 1 and 8
clients, `size=20` and the default size of 5,000. Works against any server of the data·inclusion API. In the
same run, a fixed body of 56 kB on bare granian: what the machine can do at that moment.

Without an address: Rivelaine is prepared and served for the occasion.
"""

import argparse
import math
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

from data_inclusion.schema.v1 import Categorie, Public, Thematique

from allervers.territory.reference import municipalities

QUERIES = 240
JITTER_M, METRES_PER_DEGREE = 2_000, 111_195
NEIGHBOURHOODS = (  # centres of priority neighbourhoods, from public maps: latitude, longitude, code
    (43.632, 3.822, "34172"),
    (43.309, 5.367, "13055"),
    (48.915, 2.384, "93001"),
    (45.697, 4.887, "69259"),
    (43.579, 1.404, "31555"),
    (50.692, 3.181, "59512"),
    (47.752, 7.325, "68224"),
    (48.585, 7.716, "67482"),
)


@dataclass
class Figures:
    """Milliseconds a request."""

    taken: list[float] = field(default_factory=list)
    errors: int = 0
    received: int = 0


def queries(rng: random.Random, *, size: int | None) -> list[str]:
    """240 paths without their points."""
    towns = list(municipalities().values())
    busy = rng.choices(towns, weights=[town.population or 1 for town in towns], k=QUERIES)
    asked = []
    for number in range(QUERIES):
        if number % 3 == 0:
            latitude, longitude, code = rng.choice(NEIGHBOURHOODS)
        else:
            latitude, longitude, code = busy[number].latitude, busy[number].longitude, busy[number].code_insee
        away, turn = rng.uniform(0, JITTER_M), rng.uniform(0, math.tau)
        narrow = math.cos(math.radians(latitude))
        pairs = [
            ("code_commune", code),
            ("lat", f"{latitude + away * math.sin(turn) / METRES_PER_DEGREE:.6f}"),
            ("lon", f"{longitude + away * math.cos(turn) / METRES_PER_DEGREE / narrow:.6f}"),
        ]
        if rng.random() < 0.8:
            kind = Thematique if rng.random() < 0.7 else Categorie
            pairs += [("thematiques", rng.choice(list(kind)).value) for _ in range(rng.choice((1, 1, 2)))]
        if rng.random() < 0.3:
            pairs.append(("publics", rng.choice(list(Public)).value))
        if rng.random() < 0.2:
            pairs.append(("frais", "gratuit"))
        if size is not None:
            pairs.append(("size", str(size)))
        asked.append(f"/api/v1/search/services?{urlencode(pairs)}")
    return asked


class Client:
    """One connection kept open; the least work that reads whole answers."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host, self._held = host, b""
        self._room = bytearray(1 << 20)

    def get(self, path: str) -> tuple[int, int]:
        """(status, bytes of the body)."""
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode())
        while b"\r\n\r\n" not in self._held:
            self._held += self._more()
        head, _, self._held = self._held.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        status = int(lines[0].split()[1])
        for line in lines:
            if line.startswith(b"content-length:"):
                return status, self._fixed(int(line.partition(b":")[2]))
        return status, self._chunked()

    def _more(self) -> bytes:
        got = self._socket.recv_into(self._room)
        if not got:
            raise ConnectionError("closed")
        return bytes(self._room[:got])

    def _fixed(self, length: int) -> int:
        left = length - len(self._held)
        rest, self._held = self._held[length:], b""
        while left > 0:
            got = self._socket.recv_into(self._room, min(left, len(self._room)))
            if not got:
                raise ConnectionError("closed")
            left -= got
        self._held = rest
        return length

    def _chunked(self) -> int:
        total = 0
        while True:
            while b"\r\n" not in self._held:
                self._held += self._more()
            size, _, self._held = self._held.partition(b"\r\n")
            length = int(size, 16)
            self._fixed(length + 2)
            if not length:
                return total
            total += length


def load(host: str, port: int, paths: Sequence[str], *, clients: int, seconds: float) -> Figures:
    """`clients` connections ask in turn, each from its own place in the list."""
    every = [Figures() for _ in range(clients)]
    until = time.perf_counter() + seconds

    def ask(number: int) -> None:
        client, mine = Client(host, port), every[number]
        place = number * len(paths) // clients
        while (began := time.perf_counter()) < until:
            status, length = client.get(paths[place % len(paths)])
            mine.taken.append((time.perf_counter() - began) * 1000)
            mine.errors += status != 200
            mine.received += length
            place += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Figures(
        [taken for one in every for taken in one.taken],
        sum(one.errors for one in every),
        sum(one.received for one in every),
    )


def say(name: str, figures: Figures, seconds: float) -> tuple[float, float]:
    cuts = quantiles(figures.taken, n=100)
    rate, p95 = len(figures.taken) / seconds, cuts[94]
    kilobytes = figures.received / max(1, len(figures.taken)) / 1000
    print(
        f"{name:<34} {rate:8.0f} /s   p50 {cuts[49]:7.2f} ms   p95 {p95:7.2f} ms   "
        f"{kilobytes:7.0f} kB   errors {figures.errors}",
        flush=True,
    )
    return rate, p95


@contextmanager
def fixed_body() -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "bench.fixed_body", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        wait_for("127.0.0.1", port)
        try:
            yield port
        finally:
            server.terminate()


@contextmanager
def rivelaine() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [sys.executable, "-m", "allervers", "demo", "--port", str(port)]
        variables = os.environ | {"ALLERVERS_DATA": folder}
        with subprocess.Popen(
            command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            wait_for("127.0.0.1", port)
            try:
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(host: str, port: int, seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            Client(host, port).get("/health")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"nothing answers on {host}:{port}")


def bare_rate(port: int, seconds: float) -> float:
    figures = load("127.0.0.1", port, ["/"], clients=8, seconds=seconds)
    return say("bare granian, 56 kB, 8 clients", figures, seconds)[0]


def measure(url: str, seconds: float, seed: int) -> None:
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port or 80
    rng = random.Random(seed)
    with fixed_body() as bare:
        before, _ = say(
            "bare granian, 56 kB, 8 clients",
            load("127.0.0.1", bare, ["/"], clients=8, seconds=seconds / 2),
            seconds / 2,
        )
        ours = 0.0
        for size in (20, None):
            paths = queries(rng, size=size)
            for clients in (1, 8):
                name = f"size={size or 'default (5000)'}, {clients} client{'s' if clients > 1 else ''}"
                rate, _p95 = say(name, load(host, port, paths, clients=clients, seconds=seconds), seconds)
                ours = rate if (size, clients) == (20, 8) else ours
        after, _ = say(
            "bare granian again", load("127.0.0.1", bare, ["/"], clients=8, seconds=seconds / 2), seconds / 2
        )
    print(f"size=20 at 8 clients over bare granian: {ours / ((before + after) / 2):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url", nargs="?")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args()
    if asked.url:
        measure(asked.url, asked.seconds, asked.seed)
        return
    with rivelaine() as url:
        measure(url, asked.seconds, asked.seed)


if __name__ == "__main__":
    main()
