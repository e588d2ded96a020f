"""A file fetched from its address: from the public internet only, whole, or not at all."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from allervers.directory.intake.download import download, is_public
from allervers.directory.intake.refusal import Refused

CONTENT = b"id,nom\n1,Maison\n"


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/cut.csv":
            self.send_response(200)
            self.send_header("Content-Length", str(len(CONTENT) + 10))
            self.end_headers()
            self.wfile.write(CONTENT)
        elif self.path == "/loop":
            self._redirect("/loop")
        elif self.path == "/inside":
            self._redirect("http://127.0.0.2:1/")
        elif self.path == "/file":
            self._redirect("file:///etc/passwd")
        elif self.path == "/moved":
            self._redirect("/a.csv")
        elif self.path == "/a.csv":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(CONTENT)
        else:
            self.send_error(404)

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()

    def log_message(self, *_said: object) -> None: ...


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def here(address: str) -> bool:
    return address == "127.0.0.1"


@pytest.mark.enable_socket
@pytest.mark.parametrize("path", ["/a.csv", "/moved"])
def test_file_is_fetched_whole_under_its_name(site: str, tmp_path: Path, path: str) -> None:
    file = download(site + path, tmp_path, allowed=here)

    assert (file.name, file.read_bytes()) == ("a.csv", CONTENT)


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/cut.csv", "coupée"),
        ("/loop", "sans fin"),
        ("/inside", "réseau privé"),
        ("/file", "commence par https"),
        ("/rien", "répond 404"),
    ],
)
def test_what_cannot_be_fetched_leaves_no_file(site: str, tmp_path: Path, path: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        download(site + path, tmp_path, allowed=here)

    assert why in refused.value.sentence and "n’a pas changé" in refused.value.sentence
    assert [file for file in tmp_path.iterdir() if file.suffix != ".part"] == []


@pytest.mark.enable_socket
def test_this_machine_is_refused(site: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="réseau privé"):
        download(f"{site}/a.csv", tmp_path)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/b", "https://", "https://a:b@c.example/"]
)
def test_address_that_is_none_of_the_web_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        download(url, tmp_path, allowed=here)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("169.254.169.254", False), ("192.168.1.1", False), ("::1", False), ("fe80::1", False),
        ("::ffff:127.0.0.1", False), ("0.0.0.0", False), ("100.64.0.1", False), ("224.0.0.1", False),
    ],
)  # fmt: skip
def test_only_the_public_internet_is_public(address: str, wanted: bool) -> None:
    assert is_public(address) is wanted
