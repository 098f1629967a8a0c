"""``queue-server day``: go on with a day that was ended by mistake, or by a clock that seems wrong.

Two managers say so, each with a password. ``queue-server database`` ends the alarm of an older copy that came back.
"""

from typing import Annotated

import typer
from sqlalchemy import Connection

from peripherals.command_line import CommandLine
from queue_server.accounts import account_events, staff_store
from queue_server.accounts.errors import SignInError
from queue_server.accounts.events import ClockConfirmed
from queue_server.accounts.model import Role, Staff
from queue_server.accounts.passwords import Passwords
from queue_server.centre import replaced
from queue_server.command_line import Data, DatabaseUrl, report_errors, run
from queue_server.database import Database
from queue_server.domain.values import Actor, CentreId, Day, now_micros, to_datetime
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.writer.reopening import reopen

app = CommandLine(no_args_is_help=True, help="The service day of a centre.")
database_app = CommandLine(no_args_is_help=True, help="The database of a server.")

_PASSWORD = typer.Option(prompt=True, hide_input=True, help="Asked for where it is left out, as it should be.")


Asked = Annotated[str, typer.Option(help="Staff name of a manager of the centre.")]
Confirmed = Annotated[str, typer.Option(help="Staff name of a second one.")]


@app.command("reopen")
def reopen_day(
    centre: str,
    day: Annotated[str, typer.Argument(help="The day that was ended, as 2026-11-27.")],
    data: Data,
    database: DatabaseUrl = None,
    *,
    asked_by: Asked,
    confirmed_by: Confirmed,
    asked_password: Annotated[str, _PASSWORD],
    confirmed_password: Annotated[str, _PASSWORD],
) -> None:
    """Go on with the day before the one that a wrong clock has opened: who waited waits again, as before."""
    _check_two(asked_by, confirmed_by)

    async def work(opened: Database) -> int:
        one, other = await _managers(opened, centre, (asked_by, asked_password), (confirmed_by, confirmed_password))
        return await reopen(
            SqlEventLog(opened),
            CentreId(centre),
            Day(day),
            asked_by=one.id,
            confirmed_by=other.id,
            now=now_micros(),
        )

    with report_errors():
        print(f"reopened: {day}, visits that go on: {run(data, database, work)}")


@app.command("confirm-clock")
def confirm_clock(
    centre: str,
    data: Data,
    database: DatabaseUrl = None,
    *,
    asked_by: Asked,
    confirmed_by: Confirmed,
    asked_password: Annotated[str, _PASSWORD],
    confirmed_password: Annotated[str, _PASSWORD],
) -> None:
    """Say that the clock of this machine is right, though nothing has happened for long: what is over goes then."""
    _check_two(asked_by, confirmed_by)

    async def work(opened: Database) -> None:
        one, other = await _managers(opened, centre, (asked_by, asked_password), (confirmed_by, confirmed_password))
        said, actor = ClockConfirmed(one.id, other.id), Actor(f"staff/{one.id}")
        await opened.write(
            lambda connection: account_events.record(connection, one.id, said, actor=actor, now=now_micros())
        )

    with report_errors():
        run(data, database, work)
        print(f"confirmed: {to_datetime(now_micros()):%Y-%m-%d %H:%M} UTC")


@database_app.command("confirm-copy")
def confirm_copy(data: Data) -> None:
    """Say that the older copy of the database is the right one: the alarm database-replaced ends."""
    with report_errors():
        streams = replaced.confirm(data / replaced.FILE)
        print(f"confirmed: streams that the older copy has lost: {streams}" if streams else "nothing to confirm")


def _check_two(asked_by: str, confirmed_by: str) -> None:
    if asked_by.strip().lower() == confirmed_by.strip().lower():
        raise typer.BadParameter("two people", param_hint="--confirmed-by")


async def _managers(database: Database, centre: str, *signed: tuple[str, str]) -> tuple[Staff, Staff]:
    """Find two managers of a centre by their names and passwords.

    Raises:
        SignInError: a name, a password or a role is wrong.
    """
    passwords = Passwords()
    try:
        one, other = [await _manager(database, passwords, centre, login, password) for login, password in signed]
    finally:
        passwords.close()
    return one, other


async def _manager(database: Database, passwords: Passwords, centre: str, login: str, password: str) -> Staff:
    """Find a manager of the centre by name and password.

    Raises:
        SignInError: name, password or role is wrong.
    """

    def read(connection: Connection) -> tuple[Staff, str] | None:
        return staff_store.staff_by_login(connection, login.strip().lower())

    found = await database.run(read)
    right = await passwords.holds(None if found is None else found[1], password)
    if found is None or not right or found[0].disabled_at is not None:
        raise SignInError
    if Role.MANAGER not in found[0].roles.get(CentreId(centre), frozenset()):
        raise SignInError
    return found[0]
