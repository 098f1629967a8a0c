"""What the commands of ``queue-server`` share: their options, the database, and how an error is told."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from queue_server.command_errors import print_error
from queue_server.database import DATABASE, Database, open_database, parse_url
from queue_server.domain.values import ConsularError

Data = Annotated[Path, typer.Option(envvar="CONSULAR_DATA", help="Folder of keys, settings and the SQLite database.")]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database",
        # A password on a command line can be read by everybody on the machine.
        envvar=DATABASE,
        help="sqlite:///PATH or postgresql+asyncpg://...; a file in DATA if left out.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@contextmanager
def report_errors() -> Iterator[None]:
    """Say an error in one line and exit with 1; a file that cannot be used is one too."""
    try:
        yield
    except (ConsularError, OSError) as error:
        print_error(error)
        raise typer.Exit(1) from error


def run[T](data: Path, database: str | None, work: Callable[[Database], Awaitable[T]]) -> T:
    """Do something with the database that the options name."""

    async def inside() -> T:
        async with open_database(parse_url(database, data)) as opened:
            return await work(opened)

    return asyncio.run(inside())


def write_secret(path: Path, content: bytes) -> None:
    """Write a file that its owner alone may read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
