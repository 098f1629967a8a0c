"""Long work of a server in a process of its own: nobody who is served waits for it, and its memory ends with it.

Threads of the server share one interpreter lock with its event loop, so work of seconds in one of them makes every
answer slower. ``python -m queue_server.framework.own_process`` does one work: it reads a function and its arguments
from standard input and writes what the function returns to standard output.
"""

import asyncio
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from typing import Final

from queue_server.domain.values import ConsularError

#: How much the system prefers the server to such work (nice(2)).
_NICE: Final = 10


class WorkNotFinishedError(ConsularError):
    """A process that did long work for the server ended without a result; ``status`` is how it ended.

    What went wrong stands on its standard error.
    """

    code = "work-not-finished"


async def in_own_process[T](work: Callable[..., T], *arguments: object) -> T:
    """Call a function of a module in another process and give its result; it is killed where nobody waits any more.

    Raises:
        WorkNotFinishedError: it ended without one.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None  # noqa: S101 - asked for above
    assert process.stdout is not None  # noqa: S101
    try:
        # Standard input stays open: its end tells the process that this one is gone.
        process.stdin.write(pickle.dumps((work, arguments)))
        told = await process.stdout.read()
        status = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        process.stdin.close()
    if status or not told:
        raise WorkNotFinishedError(status=status)
    found: T = pickle.loads(told)  # noqa: S301 - by our own code, over a pipe that nobody else has
    return found


def main() -> None:
    """Do the work that standard input tells."""
    os.nice(_NICE)
    # Who stops the server in a terminal stops this by the server.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(os.dup(1), "wb") as answer:
        # What is printed must not stand in the answer.
        os.dup2(2, 1)
        work, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - by our own code, over a pipe
        threading.Thread(target=_end_with_the_server, daemon=True).start()
        pickle.dump(work(*arguments), answer)


def _end_with_the_server() -> None:
    # Without a lock of Python's that this process would wait for at its end.
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
