"""What the operator may say, and what is safe when nothing is said."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from pathlib import Path

import pytest

from allervers.config import environment
from allervers.config.environment import BadSetting

SAYS = (
    "from django.conf import settings as s; "
    "print(s.DEBUG, s.ALLOWED_HOSTS, s.TRUSTED_PROXIES, s.DATA, s.DATABASES['default']['NAME'])"
)


def settings_say(folder: Path, **variables: str) -> str:
    """Read the settings in a fresh process, as a first run does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ALLERVERS_")}
    said = subprocess.run(
        [sys.executable, "-c", SAYS],
        env={**kept, "DJANGO_SETTINGS_MODULE": "allervers.config.settings", **variables},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout.strip()


def test_nothing_said_is_safe(tmp_path: Path) -> None:
    data = tmp_path / "var"

    said = settings_say(tmp_path)

    hosts = "['localhost', '127.0.0.1', '[::1]']"
    assert said == f"False {hosts} () {data} {data / 'allervers.sqlite3'}"


def test_reading_the_settings_writes_nothing(tmp_path: Path) -> None:
    settings_say(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_what_is_said_counts(tmp_path: Path) -> None:
    said = settings_say(
        tmp_path,
        ALLERVERS_DATA="ailleurs",
        ALLERVERS_DEBUG="oui",
        ALLERVERS_HOSTS="emploi.exemple.example, ",
        ALLERVERS_PROXIES="192.0.2.1",
    )

    data = tmp_path / "ailleurs"
    proxies = "(IPv4Network('192.0.2.1/32'),)"
    assert said == f"True ['emploi.exemple.example'] {proxies} {data} {data / 'allervers.sqlite3'}"


def test_proxies_are_addresses_or_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLERVERS_PROXIES", "127.0.0.1, 10.1.2.3/8,::1")

    read = environment.networks("ALLERVERS_PROXIES")

    assert read == (ip_network("127.0.0.1/32"), ip_network("10.0.0.0/8"), ip_network("::1/128"))


def test_a_proxy_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLERVERS_PROXIES", "nginx")

    with pytest.raises(BadSetting, match="« nginx » n’est ni une adresse ni un bloc"):
        environment.networks("ALLERVERS_PROXIES")


def test_the_secret_is_made_once_and_kept_apart(tmp_path: Path) -> None:
    made = environment.secret_key(tmp_path)

    assert len(made) >= environment.SECRET_LENGTH
    assert environment.secret_key(tmp_path) == made
    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*")] == [
        Path("secret"),
        Path("secret/key"),
    ]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")
def test_nobody_else_reads_the_secret(tmp_path: Path) -> None:
    environment.secret_key(tmp_path)

    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "secret" / "key").stat().st_mode) == 0o600


def test_first_runs_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as threads:
        secrets = set(threads.map(lambda _run: environment.secret_key(tmp_path), range(64)))

    assert len(secrets) == 1


def test_an_empty_secret_is_made_again(tmp_path: Path) -> None:
    path = environment.secret_path(tmp_path)
    path.parent.mkdir()
    path.touch()

    assert len(environment.secret_key(tmp_path)) >= environment.SECRET_LENGTH


def test_a_given_secret_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLERVERS_SECRET_KEY", "x" * 50)

    assert environment.secret_key(tmp_path) == "x" * 50
    assert list(tmp_path.iterdir()) == []


def test_a_short_secret_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLERVERS_SECRET_KEY", "secret")

    with pytest.raises(BadSetting, match="compte 6 caractères"):
        environment.secret_key(tmp_path)
