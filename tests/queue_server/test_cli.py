"""The command line as in use: its own process where it serves, the same functions elsewhere."""

import http.client
import json
import shutil
import signal
import socket
import sqlite3
import ssl
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from queue_server.cli import app

COMMAND = str(Path(sys.executable).parent / "queue-server")

#: Not loopback, so TLS is asked for.
EVERYWHERE = "0.0.0.0"  # noqa: S104 - that is what is tried


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let the commands block: each has a loop of its own."""


def run(*arguments: str | Path, status: int = 0, **environment: str) -> str:
    result = CliRunner().invoke(app, [str(part) for part in arguments], env=environment)
    assert result.exit_code == status, (result.output, result.exception)
    return result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("cli") / "data"
    run("init", "--demo", "--data", data)
    return data


def test_init_makes_everything_once_and_for_its_owner_alone(made: Path) -> None:
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file() and path.suffix != ".sqlite"}
    accounts = json.loads((made / "demo-accounts.json").read_text())
    assert {"login", "password", "name", "centre", "roles"} <= accounts[0].keys()
    run("init", "--demo", "--data", made)
    assert {path: path.read_bytes() for path in before} == before
    for path in made.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_last_line_of_enrol_code_is_the_code_alone(made: Path) -> None:
    lines = run("enrol-code", "--kind", "kiosk", "--name", "Hall", "--centre", "demo", CONSULAR_DATA=str(made))
    assert len(lines.splitlines()[-1]) == 8
    assert lines.splitlines()[-1].isdigit()
    assert "ca.pem sha256:" in lines


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--kind", "kiosk", "--name", "x", "--centre", "nowhere"), 1, "centre-not-set-up (centre: nowhere)"),
        (("--kind", "toaster", "--name", "x", "--centre", "demo"), 2, "Invalid"),
        (("--kind", "integration", "--name", "x", "--centre", "demo"), 2, "needs --role"),
        (("--kind", "screen", "--role", "manager", "--name", "x", "--centre", "demo"), 2, "needs --role"),
    ],
)
def test_enrol_code_says_what_is_wrong(made: Path, arguments: tuple[str, ...], status: int, said: str) -> None:
    assert said in run("enrol-code", *arguments, "--data", made, status=status)


def test_verify_and_migrate(made: Path) -> None:
    assert json.loads(run("verify", "--json", "--data", made))["ok"]
    assert run("verify", "--data", made).startswith("ok: ")
    assert run("migrate", "--data", made) == "migrated\n"


def test_a_catalogue_comes_out_as_it_goes_in(made: Path, tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    file.write_text(run("export", "harbour", "--data", made))
    assert run("import", file, "--data", made) == "harbour: version 2\n"
    assert run("export", "harbour", "--data", made) == file.read_text()
    file.write_text("[centre]\nid = 5\n")
    assert "catalogue-invalid (section: centre, key: id" in run("import", file, "--data", made, status=1)
    assert "catalogue-unreadable" in run("import", tmp_path / "none.toml", "--data", made, status=1)
    assert "there is no centre" in run("export", "nowhere", "--data", made, status=1)


def test_keys_are_brought_to_a_further_server(made: Path, tmp_path: Path) -> None:
    sealed, secret = tmp_path / "keys", "a long passphrase"
    run("keys", "export", sealed, "--data", made, CONSULAR_KEYS_PASSPHRASE=secret)
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600
    run("keys", "import", sealed, "--data", tmp_path / "other", CONSULAR_KEYS_PASSPHRASE=secret)
    assert (tmp_path / "other/keys/signing.key").read_text() == (made / "keys/signing.key").read_text()
    wrong = run("keys", "import", sealed, "--data", tmp_path / "third", status=1, CONSULAR_KEYS_PASSPHRASE="wrong")
    assert "keys-passphrase" in wrong


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--database", "postgresql://host/name"), "database-url (reason: name the driver: postgresql+asyncpg"),
        (("--host", "192.0.2.1", "--behind-proxy"), "cannot-listen (host: 192.0.2.1"),
    ],
)
def test_serve_refuses_what_cannot_be(made: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in run("serve", "--data", made, "--port", "0", *arguments, status=1)


def test_the_database_may_be_named_where_nobody_else_reads_it(made: Path, tmp_path: Path) -> None:
    here, nowhere = f"sqlite:///{made / 'queue.sqlite'}", "sqlite:///nothing.sqlite"
    other, centre = tmp_path / "other", tmp_path / "centre.toml"
    centre.write_text(run("export", "harbour", "--data", made))
    run("import", centre, "--data", made)
    kept = run("verify", "--data", made)
    assert not kept.startswith("ok: 0 events")
    shutil.copytree(made, other)
    (other / "queue.sqlite").unlink()
    assert run("verify", "--data", other, CONSULAR_DATABASE=here) == kept
    assert run("verify", "--data", other, "--database", here, CONSULAR_DATABASE=nowhere) == kept


def test_serve_needs_a_certificate_beyond_this_machine(tmp_path: Path) -> None:
    assert "tls-missing" in run("serve", "--data", tmp_path, "--host", "192.0.2.1", status=1)


def test_serve_says_that_phones_need_an_address(made: Path) -> None:
    assert "public-url-missing" in run("serve", "--data", made, "--host", EVERYWHERE, "--port", "0", status=1)


@pytest.fixture
def public(made: Path) -> Iterator[Path]:
    """Give the data of a server that knows under which address it is reached."""
    settings = made / "settings.toml"
    settings.write_text('[http]\npublic_url = "https://queue.example"\n')
    yield made
    settings.unlink()


def test_a_server_with_tls_is_trusted_by_its_authority_alone_and_a_second_one_refuses(public: Path) -> None:
    command = [COMMAND, "serve", "--data", str(public), "--port", "0", "--host"]
    with subprocess.Popen(
        [*command, EVERYWHERE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        told = json.loads(server.stdout.readline())
        assert told["ready"]
        assert told["listening"].startswith("https://0.0.0.0:")
        port = told["listening"].rpartition(":")[2]
        trusting = ssl.create_default_context(cafile=str(public / "tls/ca.pem"))
        with urllib.request.urlopen(f"https://localhost:{port}/healthz", context=trusting, timeout=60) as answer:
            assert answer.headers["Strict-Transport-Security"]
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            urllib.request.urlopen(f"https://localhost:{port}/healthz", timeout=60)
        second = subprocess.run([*command, "127.0.0.1"], capture_output=True, text=True, check=False)
        assert (second.returncode, "database-in-use" in second.stderr) == (1, True), second.stderr
        server.send_signal(signal.SIGTERM)
        assert server.wait(10) == 0


def test_command_line_tools_beside_a_server_lose_nothing(made: Path) -> None:
    """A tool that ends is not the last to hold the database: the log of what was written must stay."""
    command = [COMMAND, "serve", "--data", str(made), "--port", "0"]
    for _ in range(2):
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            assert server.stdout is not None
            address = json.loads(server.stdout.readline())["listening"]
            for _ in range(2):
                code = run("enrol-code", "--kind", "screen", "--name", "x", "--centre", "demo", "--data", made)
                body = json.dumps({"code": code.splitlines()[-1]}).encode()
                line = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
                line.request("POST", "/api/v1/enrol", body, {"Content-Type": "application/json"})
                assert line.getresponse().status == 200
                line.close()
            server.kill()
    listed = json.loads(run("devices", "demo", "--json", "--data", made))
    assert len(listed) == 4
    said = ("state", "seen", "version", "behind", "revoked_at")
    assert {tuple(one[key] for key in said) for one in listed} == {("unknown", None, "", False, None)}
    assert run("revoke", listed[0]["id"], "--data", made) == "revoked\n"
    run("revoke", listed[0]["id"], "--data", made, status=1)
    assert run("devices", "demo", "--data", made).count("revoked") == 1


def test_what_is_not_http_is_refused_and_not_written_down(made: Path, tmp_path: Path) -> None:
    command = [COMMAND, "serve", "--data", str(made), "--port", "0"]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as server,
    ):
        assert server.stdout is not None
        port = int(json.loads(server.stdout.readline())["listening"].rpartition(":")[2])
        for garbage in (
            b"GET /healthz HTTP/1.1\r\nAuthorization: Bearer hidden\x00token\r\n\r\n",
            b"GET /t/hiddentoken HTTP/1.1\r\nhidden token\r\n\r\n",
            b"GET /t/" + b"hiddentoken" * 1000 + b" HTTP/1.1\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", port), 5) as line:
                line.sendall(garbage)
                assert line.recv(100).startswith(b"HTTP/1.0 400 ")
        server.send_signal(signal.SIGTERM)
        assert server.wait(10) == 0
    said = (tmp_path / "log").read_bytes()
    assert said.count(b"refused what is not HTTP") == 3
    assert b"hidden" not in said


URL = "postgresql+asyncpg://consular:hunter2@localhost:1/centres"


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("verify",), ("init",), ("people", "reads")])
def test_a_password_on_the_command_line_is_refused_and_not_said(tmp_path: Path, command: tuple[str, ...]) -> None:
    said = run(*command, "--data", tmp_path, "--database", URL, status=2)
    assert "CONSULAR_DATABASE" in said
    assert "hunter2" not in said
    assert list(tmp_path.iterdir()) == []


def test_what_was_never_set_up_is_not_made_by_looking_at_it(tmp_path: Path) -> None:
    for command in (("verify",), ("migrate",), ("rebuild",), ("people", "reads"), ("devices", "demo")):
        assert "database-empty" in run(*command, "--data", tmp_path, status=1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", ["no bytes", "no tables"])
def test_a_database_with_nothing_in_it_is_said_to_be_empty(made: Path, tmp_path: Path, file: str) -> None:
    shutil.copytree(made / "keys", tmp_path / "keys")
    database = tmp_path / "queue.sqlite"
    database.touch(0o600)
    if file == "no tables":
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
        assert database.stat().st_size > 0
    for command in (("verify",), ("rebuild",), ("custody", "verify"), ("people", "reads"), ("devices", "demo")):
        assert run(*command, "--data", tmp_path, status=1).startswith("queue-server: database-empty"), command


def test_a_file_names_the_database_for_every_command(tmp_path: Path) -> None:
    (tmp_path / "database.url").write_text("sqlite:///elsewhere.sqlite\n")
    (tmp_path / "database.url").chmod(0o644)
    assert "others may read" in run("verify", "--data", tmp_path, status=1)
    (tmp_path / "database.url").chmod(0o600)
    run("init", "--data", tmp_path)
    assert "ok: 0 events" in run("verify", "--data", tmp_path)
    assert (tmp_path / "elsewhere.sqlite").exists()
    assert not (tmp_path / "queue.sqlite").exists()
    # Where it is said otherwise, that holds.
    assert "database-empty" in run("verify", "--data", tmp_path, "--database", "sqlite:///none.sqlite", status=1)


@pytest.mark.parametrize(
    ("mistyped", "code"),
    [
        ("?sslmod=verify-full", "database-url"),
        ("?ssl=bogus", "database-url"),
        ("?sslmode=verify-full&sslmode=disable", "database-url"),
        ("?port=abc", "database-url"),
        ("?prepared_statement_cache_size=x", "database-url"),
        ("%00", "database-url"),
        ("?host=/nowhere", "database-unavailable"),
        ("", "database-unavailable"),
    ],
)
def test_a_mistyped_url_is_told_by_a_code(tmp_path: Path, mistyped: str, code: str) -> None:
    said = run("people", "reads", "--data", tmp_path, status=1, CONSULAR_DATABASE=URL + mistyped)
    assert code in said
    assert "hunter2" not in said
