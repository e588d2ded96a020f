"""A large file, sent as a browser does to a real server: an operator's is taken, a stranger's is not."""

import re
import uuid
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.cli.running import Server, run, served

OPERATOR = ("operatrice@exemple.example", "une phrase que personne ne dit")
LARGE = 3_000_000  # bytes: three times what anyone else may send
pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data: Path = tmp_path_factory.mktemp("upload")
    made = run("operator", "create", OPERATOR[0], "--password-stdin", data=data, stdin=OPERATOR[1] + "\n")
    assert made.returncode == 0, made.stderr
    with served(data, "--no-worker") as running:
        yield running


class Browser:
    """Keeps its cookies."""

    def __init__(self, server: Server) -> None:
        self._port, self._cookies = server.port, dict[str, str]()

    def ask(self, path: str, body: bytes | None = None, content_type: str = "") -> tuple[int, str, str]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {
            "Host": "localhost",
            "Cookie": cookies,
            **({"Content-Type": content_type} if content_type else {}),
        }
        connection.request("POST" if body is not None else "GET", path, body=body, headers=headers)
        response = connection.getresponse()
        page = response.read().decode("utf-8", "replace")
        for header, value in response.getheaders():
            if header.lower() == "set-cookie":
                name, _, rest = value.partition("=")
                self._cookies[name] = rest.split(";")[0]
        connection.close()
        return response.status, response.getheader("Location") or "", page

    def token(self, path: str) -> str:
        _status, _to, page = self.ask(path)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found, page
        return found[1]

    def send(self, content: bytes) -> tuple[int, str, str]:
        edge = uuid.uuid4().hex
        fields = {"csrfmiddlewaretoken": self.token("/bureau/depot"), "feed": "essai"}
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        file = f'--{edge}\r\nContent-Disposition: form-data; name="sent"; filename="a.csv"\r\n\r\n'
        body = "".join([*parts, file]).encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self.ask("/bureau/depot", body, f"multipart/form-data; boundary={edge}")

    def sign_in(self) -> None:
        token = self.token("/compte/connexion")
        form = f"csrfmiddlewaretoken={token}&login={OPERATOR[0]}&password={OPERATOR[1].replace(' ', '+')}"
        status, _to, page = self.ask("/compte/connexion", form.encode(), "application/x-www-form-urlencoded")
        assert status == 302, page


def test_large_file_of_an_operator_is_taken(server: Server) -> None:
    browser = Browser(server)
    browser.sign_in()

    status, to, page = browser.send(b"id,nom\n" + b"x" * LARGE)

    assert (status, to[:15]) == (303, "/bureau/depots/"), page


def test_large_file_of_a_stranger_is_refused_before_it_is_read(server: Server) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.putrequest("POST", "/bureau/depot", skip_host=True)
    for name, value in {"Host": "localhost", "Content-Length": LARGE, "Cookie": "sessionid=invente"}.items():
        connection.putheader(name, str(value))
    connection.endheaders()  # and not a byte of it

    assert connection.getresponse().status == 413
    connection.close()


def test_elsewhere_an_operator_may_not_send_more_than_anyone(server: Server) -> None:
    browser = Browser(server)
    browser.sign_in()

    status, _to, _page = browser.ask("/demande", b"mots=" + b"x" * LARGE, "application/x-www-form-urlencoded")

    assert status == 413
