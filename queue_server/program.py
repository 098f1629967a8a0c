"""``queue-server``: begins a plain ``serve`` by itself, and leaves every other line to ``queue_server.cli``.

What reads the lines of all commands, and knows what they all do, takes a quarter of a server's start and 20 MiB that
it would keep. A line that is not plain, or wrong, is read there, and refused there.
"""

import gc
import os
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Final

from queue_server.contract import plain_line

#: What ``serve`` takes: options with a value, and those without.
VALUES: Final = ("--data", "--database", "--host", "--port", "--public")
FLAGS: Final = ("--behind-proxy",)
#: Variables that may say what is not on the line.
VARIABLES: Final = {"--data": "CONSULAR_DATA", "--database": "CONSULAR_DATABASE"}

#: What the unit of the package calls the credential with the address of the database.
CREDENTIAL: Final = "consular-server.database"


def plain_serve(line: Sequence[str], environment: Mapping[str, str]) -> dict[str, str] | None:
    """Read what ``serve`` is given, by name; None where the line is another command's, wrong, or asks for help."""
    said = plain_line.read(line[1:], VALUES, FLAGS) if line[:1] == ["serve"] else None
    if said is None or plain_line.has_password(said.get("--database", "")):
        return None
    for option, variable in VARIABLES.items():
        if environment.get(variable):
            said.setdefault(option, environment[variable])
    port = said.get("--port", "0")
    if "--data" not in said or not (port.isascii() and port.isdecimal() and int(port) < 1 << 16):
        return None
    return {option[2:]: value for option, value in said.items()}


def take_credential(environment: MutableMapping[str, str]) -> None:
    """Take the address of the database from the credential of the unit, where no variable says it.

    A password on a command line, or in the variables of a unit, can be read by others on the machine.
    """
    folder = environment.get("CREDENTIALS_DIRECTORY")
    given = Path(folder) / CREDENTIAL if folder else None
    if given is not None and given.is_file() and not environment.get("CONSULAR_DATABASE"):
        environment["CONSULAR_DATABASE"] = given.read_text(encoding="utf-8").strip()


def main() -> None:
    """Do what the command line says, and exit."""
    take_credential(os.environ)
    said = plain_serve(sys.argv[1:], os.environ)
    if said is None:
        from queue_server.cli import app  # noqa: PLC0415 - see above

        app()
        return
    # Nothing of what is imported and read is garbage, and looking for it takes a tenth of the time. ``bootstrap`` ends
    # it once the server listens.
    gc.disable()
    _without_colours()
    from queue_server import serving  # noqa: PLC0415 - as above
    from queue_server.command_errors import print_error  # noqa: PLC0415 - as above
    from queue_server.domain.values import ConsularError  # noqa: PLC0415 - as above
    from queue_server.framework.rooms import RoomCollection  # noqa: PLC0415 - as above
    from queue_server.rooms import ROOMS  # noqa: PLC0415 - as above

    public = said.get("public")
    if public is not None and serving.address(public) is None:
        from queue_server.cli import app  # noqa: PLC0415 - it says what is wrong with it

        app()
        return
    try:
        serving.serve(
            RoomCollection(ROOMS),
            Path(said["data"]),
            said.get("database"),
            said.get("host", "127.0.0.1"),
            int(said.get("port", "8080")),
            public,
            behind_proxy="behind-proxy" in said,
        )
    except (ConsularError, OSError) as error:
        print_error(error)
        sys.exit(1)


def _without_colours() -> None:
    """Import structlog without what it draws coloured tracebacks with: a server's logs are lines of JSON."""
    sys.modules["rich"] = None  # type: ignore[assignment] # says that there is none
    import structlog  # noqa: F401, PLC0415 - as above

    del sys.modules["rich"]
