"""`allervers serve`, as a browser, a bad network and an operator meet it."""

import json
import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Server, run, served

SECRET = "motsecretplante"
SLOW = 20
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /demande HTTP/1.1\r\nHost: localhost\r\n"
pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve")


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    with served(data) as running:
        yield running


def test_one_line_gives_the_address(server: Server) -> None:
    assert re.fullmatch(
        r"Allervers répond sur http://localhost:\d+ \(Ctrl\+C pour l’arrêter\)\n", server.line
    )


def test_searches_can_be_answered_at_once(server: Server) -> None:
    response, body = server.ask("/health")

    assert (response.status, json.loads(body)) == (200, {"status": "ok"})


def test_a_page_and_its_sheets_are_served(server: Server) -> None:
    response, page = server.ask("/")
    sheets = re.findall(r'<link rel="stylesheet" href="(/static/[^"]+)"', page)

    assert response.status == 200 and sheets
    for sheet in sheets:
        answer, _css = server.ask(sheet, Accept_Encoding="br")
        assert (answer.status, answer.getheader("Content-Encoding")) in {(200, "br"), (200, None)}
        assert re.search(r"\.[0-9a-f]{12}\.css$", sheet)
        assert "immutable" in str(answer.getheader("Cache-Control"))
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert "default-src 'self'" in str(answer.getheader("Content-Security-Policy"))


def test_another_host_is_refused(server: Server) -> None:
    response, page = server.ask("/", Host="ailleurs.example")
    static, _body = server.ask("/static/ui/tokens.css", Host="ailleurs.example")

    assert (response.status, static.status) == (400, 400)
    assert "ALLERVERS_HOSTS" in page


@pytest.mark.parametrize(
    ("kind", "start", "drip"),
    [
        ("headers", b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X-Lent: 1\r\n"),
        ("body", b"POST /demande HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n", b"m"),
        (
            "chunks",
            b"POST /demande HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"1\r\nm\r\n",
        ),
        ("reading", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_slow_connections_do_not_stop_the_site(server: Server, kind: str, start: bytes, drip: bytes) -> None:
    slow = [server.connect() for _number in range(SLOW)]
    try:
        for connection in slow:
            connection.sendall(start)
        for _turn in range(5):
            for connection in slow:
                connection.sendall(drip)
            answered, _page = server.ask("/", timeout=3)
            searched, _page = server.ask("/demande", method="POST", body="mots=emploi", timeout=3)
            assert (answered.status, searched.status) == (200, 403)  # 403: no token, yet answered by Django
    finally:
        for connection in slow:
            connection.close()


def test_a_body_too_large_is_refused_before_it_is_read(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(POST + b"Content-Length: 2000000\r\n\r\n")
        answer = connection.recv(65536).decode()

    assert answer.startswith("HTTP/1.1 413 ")
    assert "content-security-policy:" in answer
    assert "x-content-type-options: nosniff" in answer


def test_a_body_that_grows_too_large_is_refused(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(POST + b"Transfer-Encoding: chunked\r\n\r\n")
        piece = b"10000\r\n" + b"m" * 65536 + b"\r\n"
        try:
            for _number in range(32):
                connection.sendall(piece)
        except OSError:
            pass  # the server has already said no
        answer = connection.recv(65536).decode()

    assert answer.startswith("HTTP/1.1 413 ")


def test_a_header_with_an_underscore_stands_for_nothing(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(
            b"GET / HTTP/1.1\r\nHost: localhost\r\nX_Forwarded_Host: ailleurs\r\nConnection: close\r\n\r\n"
        )

        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_logs_hold_no_typed_word(server: Server) -> None:
    form = {"body": f"mots={SECRET}", "Content_Type": "application/x-www-form-urlencoded"}
    statuses = [
        server.ask(f"/?q={SECRET}")[0].status,
        server.ask(f"/{SECRET}?q={SECRET}")[0].status,
        server.ask("/demande", method="POST", **form)[0].status,
        server.ask(f"/recherche?besoin={SECRET}", Host=SECRET)[0].status,
    ]
    time.sleep(0.5)  # the last line is on its way

    logged = "".join(server.logged)
    assert statuses == [200, 404, 403, 400]
    assert logged.count('"event": "request.answered"') >= 4
    assert SECRET not in logged and "127.0.0.1" not in logged
    assert all(json.loads(line)["event"] for line in server.logged)


def test_a_port_that_is_taken_is_said(data: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = run("serve", "--port", str(port), data=data)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"http://localhost:{port} est déjà prise" in refused.stderr


def test_two_servers_do_not_share_a_port(server: Server, data: Path) -> None:
    refused = run("serve", "--port", str(server.port), data=data)

    assert (refused.returncode, refused.stdout) == (1, "")


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_well(data: Path, how: signal.Signals) -> None:
    with served(data, "--workers", "2") as running:
        assert running.ask("/health")[0].status == 200

        assert running.stop(how) == 0


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_killed_supervisor_takes_its_workers_with_it(data: Path) -> None:
    with served(data, "--workers", "2") as running:
        port = running.port
        running.stop(signal.SIGKILL)

        assert eventually_free(port)


def eventually_free(port: int) -> bool:
    for _time in range(50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                time.sleep(0.1)
            else:
                return True
    return False


def test_a_setting_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    refused = run("serve", data=tmp_path, ALLERVERS_PROXIES="nginx")

    assert (refused.returncode, refused.stdout) == (2, "")
    assert "ALLERVERS_PROXIES : « nginx »" in refused.stderr
    assert "Traceback" not in refused.stderr
