"""A WSGI application that says 56 kB and nothing else: what the server itself can do, for `bench/api.py`.

    .venv/bin/python bench/fixed_body.py --port 9001

Run alone (as `make bench` does), it answers itself once and prints the size.
"""

import argparse
from collections.abc import Callable, Iterable
from typing import Any

BODY = b'{"items":["' + b"x" * (56_000 - 14) + b'"]}'


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))])
    return [BODY]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    if not asked.port:
        print(f"fixed body: {len(BODY)} bytes")
        return
    from granian import Granian  # noqa: PLC0415  # only to serve
    from granian.constants import Interfaces  # noqa: PLC0415

    Granian("bench.fixed_body:application", port=asked.port, interface=Interfaces.WSGI, workers=1).serve()


if __name__ == "__main__":
    main()
