"""Commands as people run them: in a process and a data folder of their own."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from queue import Queue
from typing import IO

READY_SECONDS = 180.0  # a busy machine reads its modules slowly
STOP_SECONDS = 20.0
COMMAND = [sys.executable, "-m", "allervers"]


def environment(data: Path, **variables: str) -> dict[str, str]:
    """Ours, without what the machine says to Allervers."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ALLERVERS_")}
    return {**kept, "ALLERVERS_DATA": str(data), **variables}


def run(*arguments: str, data: Path, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """A command to its end; stdin is never a terminal."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(data, **variables),
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@dataclass
class Server:
    """A running `allervers serve`; `logged` is its stderr, line by line."""

    process: subprocess.Popen[str]
    line: str
    logged: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.line.split("localhost:")[1].split()[0])

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: str | None = None,
        timeout: float = 10,
        **headers: str,
    ) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers={"Host": "localhost", **named})
            response = connection.getresponse()
            return response, response.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(STOP_SECONDS)


@contextmanager
def served(data: Path, *arguments: str, **variables: str) -> Iterator[Server]:
    """A server on a free port, from the line that says it is ready."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", *arguments],
        env=environment(data, **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    server = Server(process, line="")
    said: Queue[str] = Queue()
    assert process.stdout and process.stderr
    readers = [
        threading.Thread(target=_follow, args=(process.stdout, said.put, lambda: said.put(""))),
        threading.Thread(target=_follow, args=(process.stderr, server.logged.append, lambda: None)),
    ]
    try:
        for reader in readers:
            reader.start()
        server.line = said.get(timeout=READY_SECONDS)
        assert server.line, "".join(server.logged)  # it ended without a word
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(STOP_SECONDS)
        for reader in readers:
            reader.join(STOP_SECONDS)


def _follow(stream: IO[str], keep: Callable[[str], object], ended: Callable[[], object]) -> None:
    with stream as lines:
        for line in lines:
            keep(line)
    ended()
