"""One unit of work on a payment, decided anew where another server was first."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection

from queue_server.eventlog.port import LogConflictError
from queue_server.framework.ask import Ask
from queue_server.writer import CentreContendedError

#: How often something is decided anew because somebody else was first.
_TRIES: Final = 5


async def commit[T](ask: Ask, work: Callable[[Connection], T]) -> T:
    """Do something in a transaction of its own; durable when it returns. What ``work`` raises is raised.

    Raises:
        CentreContendedError: others were first every time.
    """
    for _ in range(_TRIES):
        try:
            return await ask.server.log.write(work)
        except LogConflictError:
            continue
    raise CentreContendedError
