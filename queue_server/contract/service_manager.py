"""What a program tells the service manager that started it: ready, alive, ending (sd_notify(3)).

A program that nothing waits for, as one from a shell, says nothing.
"""

import asyncio
import os
import select
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

ALIVE: Final = "WATCHDOG=1"
#: So long, in seconds, a manager may be busy with something else.
PATIENCE_S: Final = 30.0
_SOCKET: Final = "NOTIFY_SOCKET"
_PERIOD: Final = "WATCHDOG_USEC"


def is_there() -> bool:
    """Tell whether a service manager started this program: it starts it anew when it ends."""
    return bool(os.environ.get(_SOCKET, ""))


def notify(state: str) -> None:
    """Send ``state``, as ``READY=1``; a manager that does not take it is none of the program's troubles.

    Where more waits for the manager than the kernel holds (``net.unix.max_dgram_qlen``), a sign of life is left out, as
    another one follows. What is said once waits for room, for at most ``PATIENCE_S``.
    """
    address = os.environ.get(_SOCKET, "")
    if not address:
        return
    # A name that begins with @ is in the abstract name space.
    name = "\0" + address[1:] if address.startswith("@") else address
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        line.setblocking(False)
        line.connect(name)
        try:
            line.send(state.encode())
        except BlockingIOError:
            if state != ALIVE:
                select.select((), (line,), (), PATIENCE_S)
                line.send(state.encode())


def beat_s() -> float | None:
    """Give the seconds between two signs of life that the manager wants, None where it wants none.

    ``WATCHDOG_PID`` is not looked at: it names the compositor that a screen's program was started by.
    """
    period = os.environ.get(_PERIOD, "")
    return int(period) / 3e6 if period.isascii() and period.isdecimal() and int(period) else None


@asynccontextmanager
async def alive() -> AsyncIterator[None]:
    """Say ready, then give a sign of life from this loop for as long as the block lasts; at its end say ending."""
    notify("READY=1")
    beating = asyncio.create_task(_beat())
    try:
        yield
    finally:
        beating.cancel()
        notify("STOPPING=1")


async def _beat() -> None:
    every = beat_s()
    while every is not None:
        notify(ALIVE)
        await asyncio.sleep(every)
