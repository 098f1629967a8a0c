"""What the commands of ``queue-server`` share: their options, the database, and how an error is told."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import URL

from queue_server.command_errors import print_error
from queue_server.contract.plain_line import has_password
from queue_server.database import DATABASE, URL_FILE, Database, find_url, open_database
from queue_server.domain.values import ConsularError
from queue_server.migrations import revisions_of
from queue_server.readiness import DatabaseEmptyError


def _without_password(context: typer.Context, option: typer.CallbackParam, said: str | None) -> str | None:
    """Refuse a password on the command line, which everybody on the machine can read while the command runs."""
    on_line = getattr(context.get_parameter_source(option.name or ""), "name", "") == "COMMANDLINE"
    if said is not None and on_line and has_password(said):
        raise typer.BadParameter(
            f"a password on a command line can be read by everybody on this machine: put the URL into {DATABASE},"
            f" or into DATA/{URL_FILE}"
        )
    return said


Data = Annotated[Path, typer.Option(envvar="CONSULAR_DATA", help="Folder of keys, settings and the SQLite database.")]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database",
        envvar=DATABASE,
        callback=_without_password,
        help="sqlite:///PATH or postgresql+asyncpg://...; what DATA/database.url says, or a file in DATA, if left out.",
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


def existing(database: str | None, data: Path) -> URL:
    """Read the URL of a database that was set up: ``init`` alone makes a file where there is none.

    Raises:
        DatabaseEmptyError: there is no such file. Another database may have been meant.
        DatabaseUrlError: it is none.
    """
    url = find_url(database, data)
    if url.drivername == "sqlite" and not Path(str(url.database)).exists():
        raise DatabaseEmptyError(file=str(url.database))
    return url


def run[T](data: Path, database: str | None, work: Callable[[Database], Awaitable[T]]) -> T:
    """Do something with the database that the options name.

    Raises:
        DatabaseEmptyError: it was never set up.
    """
    url = existing(database, data)

    async def inside() -> T:
        async with open_database(url) as opened:
            if not await opened.run(revisions_of):
                raise DatabaseEmptyError(file=str(url.database))
            return await work(opened)

    return asyncio.run(inside())


def write_secret(path: Path, content: bytes) -> None:
    """Write a file that its owner alone may read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
