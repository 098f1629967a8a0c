"""Programs tell the service manager that they are ready, that they live, and that they end."""

import asyncio
import select
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from queue_server.contract import service_manager


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(path))
        line.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(path))
        yield line


async def test_ready_then_alive_then_ending(manager: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "30000")
    loop = asyncio.get_running_loop()
    async with service_manager.alive():
        assert await loop.sock_recv(manager, 64) == b"READY=1"
        for _ in range(3):
            assert await loop.sock_recv(manager, 64) == b"WATCHDOG=1"
    last = b""
    while last != b"STOPPING=1":
        last = await loop.sock_recv(manager, 64)
        assert last in {b"WATCHDOG=1", b"STOPPING=1"}


async def test_without_a_watchdog_there_are_no_signs_of_life(
    manager: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    loop = asyncio.get_running_loop()
    async with service_manager.alive():
        assert await loop.sock_recv(manager, 64) == b"READY=1"
        await asyncio.sleep(0)
    assert await loop.sock_recv(manager, 64) == b"STOPPING=1"


def test_a_name_of_the_abstract_space(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = f"consular-{tmp_path.name}-{tmp_path.parent.name}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind("\0" + name)
        monkeypatch.setenv("NOTIFY_SOCKET", "@" + name)
        service_manager.notify("READY=1")
        assert line.recv(64) == b"READY=1"


def _fill(manager: socket.socket) -> None:
    """Send until the kernel holds no more for the manager, whoever sends.

    A sender's own buffer is full after some hundred words, which may be fewer than the manager's queue holds
    (``net.unix.max_dgram_qlen``), so each round has a sender of its own.
    """
    while _send_all_that_goes(manager):
        pass


def _send_all_that_goes(manager: socket.socket) -> int:
    """Give how many words one new sender was rid of."""
    sent = 0
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line, suppress(BlockingIOError):
        line.setblocking(False)
        line.connect(manager.getsockname())
        while True:
            line.send(b"filler")
            sent += 1
    return sent


def _waiting(manager: socket.socket) -> list[bytes]:
    found = []
    with suppress(BlockingIOError):
        while True:
            found.append(manager.recv(64))
    return found


@pytest.mark.parametrize("said", ["READY=1", "STOPPING=1"])
def test_what_is_said_once_waits_for_a_manager_that_is_busy(
    manager: socket.socket, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    _fill(manager)
    wait = select.select

    def read_meanwhile(*waited: Any) -> object:
        manager.recv(64)
        return wait(*waited)

    monkeypatch.setattr(select, "select", read_meanwhile)
    service_manager.notify(said)
    assert _waiting(manager)[-1] == said.encode()


def test_a_sign_of_life_waits_for_nobody(manager: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(manager)
    monkeypatch.setattr(select, "select", lambda *_: pytest.fail("it waits"))
    service_manager.notify(service_manager.ALIVE)
    assert service_manager.ALIVE.encode() not in _waiting(manager)


def test_no_word_waits_for_ever(manager: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(manager)
    monkeypatch.setattr(service_manager, "PATIENCE_S", 0.01)
    service_manager.notify("READY=1")
    assert set(_waiting(manager)) == {b"filler"}


def test_a_manager_that_has_gone_troubles_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for said in ("", str(tmp_path / "none"), "@" + "x" * 200):
        monkeypatch.setenv("NOTIFY_SOCKET", said)
        service_manager.notify("READY=1")


@pytest.mark.parametrize("said", ["", "0", "-1", "soon"])
def test_no_sense_is_no_watchdog(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", said)
    assert service_manager.beat_s() is None
