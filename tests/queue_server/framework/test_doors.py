"""One address cannot take all connections there are; the server in its own process, as in use."""

import http.client
import json
import resource
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from queue_server.tls import init_tls

COMMAND = str(Path(sys.executable).parent / "queue-server")
LIMIT = 20
#: Another machine of the same network, as far as the server can tell.
GREEDY = "127.0.1.2"
PATIENCE_S = 30


@contextmanager
def serving(data: Path, *options: str, host: str = "127.0.0.1") -> Iterator[int]:
    """Serve as a service manager starts it: with 256 files, and the right to ask for more."""
    (data / "settings.toml").write_text(
        f'[http]\nconnections = {LIMIT}\nproxies = ["127.0.0.1"]\npublic_url = "https://queue.example"\n'
    )
    command = [COMMAND, "serve", "--data", str(data), "--port", "0", "--host", host, *options]
    few = f"--nofile=256:{resource.getrlimit(resource.RLIMIT_NOFILE)[1]}"
    with subprocess.Popen(
        ["prlimit", few, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield int(json.loads(server.stdout.readline())["listening"].rpartition(":")[2])
        finally:
            server.terminate()


def connect(stack: ExitStack, port: int, source: str) -> socket.socket:
    return stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE_S, (source, 0)))


def is_open(connection: socket.socket) -> bool:
    """Ask something that is answered without delay."""
    try:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: queue.example\r\n\r\n")
        return connection.recv(64).startswith(b"HTTP/1.1 200")
    except ConnectionError:
        return False


def healthy(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    line.request("GET", "/healthz")
    status = line.getresponse().status
    line.close()
    return status == 200


@pytest.fixture(scope="module")
def plain(data_of_module: Path) -> Iterator[int]:
    """Give the port of a server of all tests that come from addresses of their own."""
    with serving(data_of_module) as port:
        yield port


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests block: what is tried runs in a process of its own."""


def processes_with(argument: bytes) -> list[int]:
    """List the processes that were started with this argument."""
    found = []
    for process in Path("/proc").iterdir():
        # Others come and go meanwhile.
        with suppress(FileNotFoundError, NotADirectoryError, ProcessLookupError):
            if process.name.isdigit() and argument in (process / "cmdline").read_bytes().split(b"\0"):
                found.append(int(process.name))
    return found


def test_the_memory_of_a_server_is_its_own(plain: int, data_of_module: Path) -> None:
    (server,) = processes_with(str(data_of_module).encode())
    assert healthy(plain)
    assert resource.prlimit(server, resource.RLIMIT_CORE) == (0, 0)
    # What may be traced belongs to its user, what may not to root alone (proc(5)): only others can tell.
    traced = subprocess.run(
        ["setpriv", "--reuid=65534", "--clear-groups", "cat", f"/proc/{server}/maps"],
        capture_output=True,
        check=False,
    )
    assert traced.returncode != 0


def test_one_address_has_so_many_connections_and_everybody_else_is_served(plain: int) -> None:
    port = plain
    with ExitStack() as stack:
        crowd = [connect(stack, port, GREEDY) for _ in range(LIMIT + 5)]
        assert [is_open(one) for one in crowd] == [True] * LIMIT + [False] * 5
        assert healthy(port)
        # Whoever goes makes room.
        crowd[0].close()
        deadline = time.monotonic() + PATIENCE_S
        while not is_open(connect(stack, port, GREEDY)):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_a_thousand_idle_connections_of_many_addresses_find_room(plain: int) -> None:
    with ExitStack() as stack:
        for address in range(2, 52):
            for _ in range(LIMIT):
                connect(stack, plain, f"127.0.0.{address}")
        assert healthy(plain)


def test_a_proxy_has_as_many_as_all_who_come_through_it(data: Path) -> None:
    with serving(data, "--behind-proxy") as port, ExitStack() as stack:
        crowd = [connect(stack, port, "127.0.0.1") for _ in range(LIMIT + 5)]
        assert all(is_open(one) for one in crowd)


def test_who_never_speaks_tls_counts_too(data: Path) -> None:
    init_tls(data, ["queue.example"])
    with serving(data, host="0.0.0.0") as port, ExitStack() as stack:  # noqa: S104 - TLS is spoken there
        silent = [connect(stack, port, GREEDY) for _ in range(LIMIT + 1)]
        assert silent[-1].recv(1) == b""
        silent[-2].settimeout(0.2)
        with pytest.raises(TimeoutError):
            silent[-2].recv(1)
        context = ssl.create_default_context(cafile=str(data / "tls" / "ca.pem"))
        with context.wrap_socket(connect(stack, port, "127.0.0.1"), server_hostname="queue.example") as line:
            assert is_open(line)
