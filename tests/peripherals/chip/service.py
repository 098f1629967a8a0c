"""The real smart card service under a test's hand: it ends, comes back, and hangs on command."""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import TextIO

from smartcard import scard

from peripherals.documents.passport.vpcd import VirtualCard
from tests.peripherals.passport import pcscd
from tests.peripherals.passport.pcscd import READER

__all__ = ["READER", "Service", "lay_down"]

#: How often a card is laid down until the reader sees it, and how long it takes to see one, in milliseconds.
_TRIES, _SEEN_MS = 20, 1000


class Service:
    """One pcscd with a virtual reader, at the same port as long as this lives. Tests take turns by a lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: TextIO | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    def take(self) -> str:
        """Wait for the turn of this test; gives why it cannot be, "" where it can."""
        if shutil.which("pcscd") is None or not pcscd._DRIVER.exists():
            return "pcscd or its virtual reader (vsmartcard-vpcd) is not installed"
        if os.geteuid() != 0:
            return "pcscd can be started by root alone"
        self._lock = pcscd._LOCK.open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        if pcscd._answers():
            self.give_back()
            return "a pcscd runs on this machine already"
        self.port = pcscd._free_port()
        name = f"0x{self.port:X}"
        (self._folder / "vpcd").write_text(
            f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:{name}\nLIBPATH {pcscd._DRIVER}\nCHANNELID {name}\n'
        )
        return ""

    def give_back(self) -> None:
        self.stop()
        if self._lock is not None:
            self._lock.close()

    def start(self) -> None:
        command = ["pcscd", "--foreground", "--disable-polkit", "-c", str(self._folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + pcscd._START_S
        while not pcscd._answers():
            assert self._process.poll() is None, "pcscd has ended"
            assert time.monotonic() < deadline, "pcscd did not come up"
            time.sleep(pcscd._PROBE_S)

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait()

    def hang(self, hangs: bool) -> None:
        """Have the service stand still, or go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP if hangs else signal.SIGCONT)


def lay_down(card: VirtualCard) -> None:
    """Put a card into the virtual reader, which does not see one that is back before the last one was missed."""
    context = pcscd._result(scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM))
    try:
        for _ in range(_TRIES):
            card.insert()
            state = scard.SCARD_STATE_EMPTY
            code, states = scard.SCardGetStatusChange(context, _SEEN_MS, [(READER, state)])
            if code == scard.SCARD_S_SUCCESS and states[0][1] & scard.SCARD_STATE_PRESENT:
                return
        raise AssertionError("the virtual reader sees no card")
    finally:
        scard.SCardReleaseContext(context)
