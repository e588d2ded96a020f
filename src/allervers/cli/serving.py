"""`allervers serve`: a production server, in one command."""

import multiprocessing
import os
import socket
import threading
import time
from http.client import HTTPConnection, HTTPException
from typing import Annotated, Any

import typer
from django.utils import timezone
from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.errors import ConfigurationError
from granian.http import HTTP1Settings
from granian.log import LogLevels

from allervers.cli.app import app
from allervers.cli.output import ExitCode, refuse
from allervers.cli.prepared import prepared
from allervers.cli.working import background_work
from allervers.config import logs
from allervers.config.static import collect_static
from allervers.directory.actions.indexing import ensure_index

HEADER_MS = 15_000  # to send a request's headers, and for a connection kept open to be used again
CONNECTIONS = 1024  # at once, for each worker: a slow one costs no thread
STOP_SECONDS = 5  # left to answers under way when the server is stopped
READY_SECONDS = 60.0  # a worker that has not answered by then is not going to
LOOK_SECONDS = 0.05  # between two looks at a worker that starts
WORKERS_MAX = 64


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="L’adresse où répondre. 0.0.0.0 : partout.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Le port. 0 : un port libre.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=WORKERS_MAX, help="Processus qui répondent.")] = 1,
    with_worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Faire aussi les imports (sinon : allervers worker).")
    ] = True,
) -> None:
    """Servir le site. Ctrl+C pour l’arrêter."""
    serve_site(host=host, port=port, workers=workers, with_worker=with_worker)


def serve_site(*, host: str, port: int, workers: int, with_worker: bool = True) -> None:
    """Prepare the data folder, then answer until a signal. Says one line when the site can be opened.

    Task worker and scheduler are threads of this process, the supervisor: once, for any number of workers.
    """
    port = _free(host, port)
    prepared()
    collect_static()
    ensure_index(now=timezone.now())
    multiprocessing.set_start_method("spawn", force=True)  # the same on every system; no half-copied locks
    server = _server(host, port, workers)
    if with_worker:
        background = background_work()
        server.on_startup(background.start)
        server.on_shutdown(background.stop)
    threading.Thread(target=_say_when_ready, args=(host, port), daemon=True).start()
    try:
        server.serve()
    except (ConfigurationError, RuntimeError, OSError) as error:
        refuse(f"Le serveur n’a pas pu démarrer sur {_url(host, port)} ({type(error).__name__}).")


def _free(host: str, port: int) -> int:
    """The port itself, when nobody holds it. granian alone would share it with another server, in silence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # elsewhere this option would let us take a port that is held
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            refuse(
                f"L’adresse {_url(host, port)} est déjà prise ou n’est pas permise. Rien n’a démarré. "
                f"Arrêtez l’autre programme, ou choisissez un autre port : allervers serve --port {port + 1}",
                code=ExitCode.REFUSED,
            )
        return int(probe.getsockname()[1])


def _server(host: str, port: int, workers: int) -> Any:
    return Granian(
        "allervers.config.rsgi:door",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        loop=Loops.asyncio,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MS),
        websockets=False,
        workers=workers,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_access=False,  # its lines hold addresses; ours: allervers.config.request_log
        log_level=LogLevels.warning,
        log_dictconfig=logs.configuration(for_people=logs.for_people()),
    )


def _say_when_ready(host: str, port: int) -> None:
    """One line on stdout, for people and for the program that started us; nothing if it never comes."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if _answers(host, port):
            print(f"Allervers répond sur {_url(host, port)} (Ctrl+C pour l’arrêter)", flush=True)
            return
        time.sleep(LOOK_SECONDS)


def _answers(host: str, port: int) -> bool:
    """Any answer will do: a worker is up, whatever it thinks of its index."""
    connection = HTTPConnection(_reachable(host), port, timeout=READY_SECONDS)
    try:
        connection.request("GET", "/health", headers={"Host": "localhost"})
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def _url(host: str, port: int) -> str:
    """As typed in a browser."""
    name = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
