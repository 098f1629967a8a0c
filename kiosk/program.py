"""``kiosk``: begins a plain ``kiosk run`` by itself, and leaves every other line to ``kiosk.cli``.

A kiosk is started where people wait for it. What reads the lines of all commands takes a quarter of that start to
import, and would be imported twice (``process_memory``). A line that is not plain, or wrong, is read there, and
refused there.
"""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from queue_server.contract import plain_line

#: What ``run`` takes: options with a value, and those without.
VALUES = (
    *("--data", "--server", "--code", "--ca", "--printer", "--reader", "--settings", "--chip", "--scanner"),
    *("--terminal", "--remote", "--enrol"),
)
FLAGS = ("--fullscreen",)
_PARTS = ("printer", "reader", "chip", "scanner", "terminal")


def plain_run(line: Sequence[str], data: str) -> dict[str, str] | None:
    """Read what ``run`` is given, by name; None where the line is another command's, wrong, or asks for help.

    ``data`` is the folder where none is named; empty where there is none.
    """
    said = plain_line.read(line[1:], VALUES, FLAGS) if line[:1] == ["run"] else None
    if said is None:
        return None
    if data:
        said.setdefault("--data", data)
    return {option[2:]: value for option, value in said.items()} if "--data" in said else None


def main() -> None:
    """Do what the command line says, and exit."""
    said = plain_run(sys.argv[1:], os.environ.get("CONSULAR_DATA", ""))
    if said is None:
        from kiosk.cli import app  # noqa: PLC0415 - see above

        app()
        return
    from queue_server.contract import process_memory  # noqa: PLC0415 - as above

    process_memory.wipe_freed_memory()
    # Nothing of what is imported is garbage, and looking for it takes a tenth of the time. ``qt_host`` goes on with it.
    gc.disable()
    _without_colours()
    from kiosk import start  # noqa: PLC0415 - as above
    from queue_server.contract.authority_fetch import EnrolmentMeans  # noqa: PLC0415 - as above

    settings, remote, ca = said.get("settings"), said.get("remote"), said.get("ca")
    status = start.run(
        Path(said["data"]),
        Path(settings) if settings else None,
        {part: said.get(part, "") for part in _PARTS},
        means=EnrolmentMeans(
            said.get("server", ""), said.get("code", ""), Path(ca) if ca else None, said.get("enrol", "")
        ),
        remote=Path(remote) if remote else None,
        fullscreen="fullscreen" in said,
    )
    sys.exit(status)


def _without_colours() -> None:
    """Import structlog without what it draws coloured tracebacks with: a kiosk's logs are lines of JSON."""
    sys.modules["rich"] = None  # type: ignore[assignment] # says that there is none
    import structlog  # noqa: F401, PLC0415 - as above

    del sys.modules["rich"]
