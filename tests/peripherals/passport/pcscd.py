"""The real pcscd with a virtual reader, for as long as a test needs it; and a card client that stands on pyscard.

A machine has one pcscd: it listens at one fixed path. Tests take turns by a lock.
"""

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from smartcard import scard

_SOCKET = Path("/run/pcscd/pcscd.comm")
_DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
_LOCK = Path("/run/pcscd-of-tests.lock")
_START_S = 60.0
_PROBE_S = 0.01
_STATE_MS = 60_000
READER = "Virtual PCD 00 00"


@contextlib.contextmanager
def virtual_reader(folder: Path) -> Iterator[int]:
    """Run pcscd with a virtual reader; gives the port that the reader's card connects to. Skips where it cannot."""
    if shutil.which("pcscd") is None or not _DRIVER.exists():
        pytest.skip("pcscd or its virtual reader (vsmartcard-vpcd) is not installed")
    if os.geteuid() != 0:
        pytest.skip("pcscd can be started by root alone")
    with _LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _answers():
            pytest.skip("a pcscd runs on this machine already")
        port = _free_port()
        (folder / "vpcd").write_text(
            f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:0x{port:X}\nLIBPATH {_DRIVER}\nCHANNELID 0x{port:X}\n'
        )
        with _running(folder):
            yield port


@contextlib.contextmanager
def _running(folder: Path) -> Iterator[None]:
    command = ["pcscd", "--foreground", "--disable-polkit", "-c", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + _START_S
            while not _answers():
                assert process.poll() is None, "pcscd has ended"
                assert time.monotonic() < deadline, "pcscd did not come up"
                time.sleep(_PROBE_S)
            yield
        finally:
            process.terminate()


def _answers() -> bool:
    with socket.socket(socket.AF_UNIX) as probe, contextlib.suppress(OSError):
        probe.connect(str(_SOCKET))
        return True
    return False


def _free_port() -> int:
    """Find two ports in a row: the virtual reader has two slots."""
    while True:
        with socket.create_server(("", 0)) as one:
            port = int(one.getsockname()[1])
            with contextlib.suppress(OSError, OverflowError), socket.create_server(("", port + 1)):
                return port


class PcscError(Exception):
    """What SCard functions answer instead of 0."""

    def __init__(self, code: int) -> None:
        super().__init__(scard.SCardGetErrorMessage(code))
        self.code = code & 0xFFFFFFFF


class Client:
    """A PC/SC application with one context."""

    def __init__(self) -> None:
        self._context = _result(scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM))
        self._card: Any = None
        self._protocol = 0

    def close(self) -> None:
        self.disconnect()
        scard.SCardReleaseContext(self._context)

    def wait(self, *, present: bool) -> None:
        """Wait until the reader says that a card is there, or is not."""
        wanted = scard.SCARD_STATE_PRESENT if present else scard.SCARD_STATE_EMPTY
        state = scard.SCARD_STATE_UNAWARE
        while not state & wanted:
            [(_, state, _)] = _result(scard.SCardGetStatusChange(self._context, _STATE_MS, [(READER, state)]))

    def connect(self) -> bytes:
        """Connect to the card; gives its ATR."""
        share, protocols = scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        code, self._card, self._protocol = scard.SCardConnect(self._context, READER, share, protocols)
        _check(code)
        code, _, _, _, atr = scard.SCardStatus(self._card)
        _check(code)
        return bytes(atr)

    def disconnect(self) -> None:
        if self._card is not None:
            # Resetting a card that has gone makes pcscd 2.3 miss that it comes back within one poll (0.4 s).
            scard.SCardDisconnect(self._card, scard.SCARD_LEAVE_CARD)
            self._card = None

    def transmit(self, command: bytes) -> bytes:
        header = {scard.SCARD_PROTOCOL_T0: scard.SCARD_PCI_T0, scard.SCARD_PROTOCOL_T1: scard.SCARD_PCI_T1}
        return bytes(_result(scard.SCardTransmit(self._card, header[self._protocol], list(command))))


def _check(code: int) -> None:
    if code != scard.SCARD_S_SUCCESS:
        raise PcscError(code)


def _result(answer: Any) -> Any:
    code, result = answer
    _check(code)
    return result
