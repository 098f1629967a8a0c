"""``queue-server staff``: who may sign in at a centre. Passwords are made here, at random, and told once."""

import secrets
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from sqlalchemy import Connection

from peripherals.command_line import CommandLine
from queue_server.accounts import account_events, admissions, second_factor, signed_in, staff_store, strength
from queue_server.accounts.agents import Browser, Machine
from queue_server.accounts.errors import LoginShapeError, StaffUnknownError
from queue_server.accounts.events import PasswordChanged
from queue_server.accounts.model import AccountRules, Role, Staff, is_login
from queue_server.accounts.passwords import Passwords
from queue_server.catalogue import store
from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.command_line import Data, DatabaseUrl, Json, report_errors, run
from queue_server.contract.base import Line
from queue_server.database import Database
from queue_server.domain.values import SECOND, Actor, CentreId, Micros, StaffId, now_micros
from queue_server.framework.settings import section_of

app = CommandLine(no_args_is_help=True, help="Who may sign in at a centre.")
second_factor_app = CommandLine(no_args_is_help=True, help="Codes of phones, passkeys and recovery codes.")
app.add_typer(second_factor_app, name="second-factor")

#: 72 random bits, in characters that can be read out over a telephone.
_PASSWORD_BYTES = 9

_NAME_LENGTH = 64
#: Whoever looks after the server.
_ACTOR = Actor("system")

Roles = Annotated[
    list[Role] | None, typer.Option("--role", help="What they do there; repeatable: all that are said are given.")
]
Centre = Annotated[str, typer.Option(help="Where they work.")]


class _Line(msgspec.Struct, frozen=True):
    """``id`` is how events and exports name them."""

    id: StaffId
    login: str
    name: str
    roles: tuple[Role, ...]
    disabled: bool


class _SessionLine(msgspec.Struct, frozen=True):
    centre: CentreId
    counter: str | None
    browser: Browser
    machine: Machine
    since: str
    last_used: str


@app.command()
def add(
    login: str,
    name: Annotated[str, typer.Option(help="Display name, as colleagues read it.")],
    centre: Annotated[list[str], typer.Option(help="Where they work; repeatable: they do the same at each.")],
    data: Data,
    database: DatabaseUrl = None,
    *,
    role: Roles = None,
) -> None:
    """Add a member of staff, for counters where no role is said; prints their password alone on the last line."""
    name = name.strip()
    if not _is_name(name):
        raise typer.BadParameter(f"1 to {_NAME_LENGTH} characters of one line", param_hint="--name")
    with report_errors():
        if not is_login(login):
            raise LoginShapeError
        password, hashed = _new_password(login, data, database)
        run(
            data,
            database,
            lambda opened: opened.write(
                lambda connection: add_member(connection, login, name, hashed, centre, role or (Role.COUNTER,))
            ),
        )
    print(password)


def add_member(  # noqa: PLR0917 - what a member of staff is
    connection: Connection, login: str, name: str, password: str, centres: Collection[str], roles: Collection[Role]
) -> StaffId:
    """Add a member of staff as ``add`` does, with the same roles at each centre; ``password`` is its hash.

    Raises:
        LoginShapeError, LoginTakenError: the login cannot be had.
        CentreNotSetUpError: there is no such centre.
    """
    if not is_login(login):
        raise LoginShapeError
    _check_centres(connection, *centres)
    where = {CentreId(centre): roles for centre in centres}
    return staff_store.add_staff(connection, login=login, name=name, password=password, roles=where, now=now_micros())


def change_roles(connection: Connection, login: str, centre: str, roles: Collection[Role]) -> None:
    """Put these in place of somebody's roles at a centre, as ``roles`` does.

    Raises:
        StaffUnknownError: nobody has this login.
        CentreNotSetUpError: there is no such centre.
    """
    _check_centres(connection, centre)
    staff_store.set_roles(connection, _known(connection, login).id, CentreId(centre), roles)


@app.command()
def roles(
    login: str,
    centre: Centre,
    data: Data,
    database: DatabaseUrl = None,
    *,
    role: Roles = None,
    none: Annotated[bool, typer.Option("--none", help="Take the last role away: nothing is left here.")] = False,
) -> None:
    """Say what somebody does at a centre: these roles and no others; other centres stay as they are.

    Whoever is signed in has them within two seconds, on every server.
    """
    if bool(role) == none:
        raise typer.BadParameter("say each role with --role, or --none for none at all", param_hint="--role")
    given = frozenset(role or ())
    with report_errors():
        run(
            data,
            database,
            lambda opened: opened.write(lambda connection: change_roles(connection, login, centre, given)),
        )
    print(f"{login} at {centre}: {', '.join(sorted(given)) or 'no role'}")


@app.command()
def password(login: str, data: Data, database: DatabaseUrl = None) -> None:
    """Give a member of staff another password and sign them out; prints it alone on the last line."""
    with report_errors():
        fresh, hashed = _new_password(login, data, database)

        def change(connection: Connection) -> None:
            ident = _known(connection, login).id
            staff_store.set_password(connection, ident, hashed)
            account_events.record(connection, ident, PasswordChanged(ident), actor=_ACTOR, now=now_micros())

        run(data, database, lambda opened: opened.write(change))
    print(fresh)


@app.command("admit")
def admit_one(login: str, data: Data, database: DatabaseUrl = None) -> None:
    """Let a member of staff try again at once, from a browser that is not known, whatever strangers have tried."""

    def let_in(connection: Connection) -> None:
        admissions.let_in(connection, _known(connection, login), actor=_ACTOR, now=now_micros())

    with report_errors():
        run(data, database, lambda opened: opened.write(let_in))
    print(f"admitted for 15 minutes: {login}")


@app.command()
def sessions(login: str, data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """List where a member of staff is signed in: centre, counter, browser, machine, since when and used when last."""
    with report_errors():
        rules = section_of(data, "accounts", AccountRules)
        found = run(
            data,
            database,
            lambda opened: opened.run(
                lambda connection: signed_in.signed_in(connection, [_known(connection, login).id], now_micros(), rules)
            ),
        )
    lines = [
        _SessionLine(
            one.centre,
            one.counter,
            one.agent.browser,
            one.agent.machine,
            _utc(one.created),
            _utc(one.last_seen),
        )
        for one in found
    ]
    if as_json:
        print(msgspec.json.encode(lines).decode())
        return
    for line in lines:
        print(line.centre, line.counter or "-", line.browser, line.machine, line.since, line.last_used, sep="\t")


@app.command("end-sessions")
def end_sessions(login: str, data: Data, database: DatabaseUrl = None) -> None:
    """End all sessions of a member of staff; their pages close within two seconds on every server."""

    def end(connection: Connection) -> int:
        return len(signed_in.end(connection, _known(connection, login).id, actor=_ACTOR, now=now_micros()))

    with report_errors():
        count = run(data, database, lambda opened: opened.write(end))
    print(f"ended: {count}")


@app.command()
def disable(login: str, data: Data, database: DatabaseUrl = None) -> None:
    """End a member of staff's access; their pages close within two seconds on every server."""
    with report_errors():
        run(
            data,
            database,
            lambda opened: opened.write(
                lambda connection: staff_store.disable_staff(connection, _known(connection, login).id, now_micros())
            ),
        )
    print(f"disabled: {login}")


@app.command()
def enable(login: str, data: Data, database: DatabaseUrl = None) -> None:
    """Open a closed account again, with the password and the roles that it had."""
    with report_errors():
        run(
            data,
            database,
            lambda opened: opened.write(
                lambda connection: staff_store.enable_staff(connection, _known(connection, login).id)
            ),
        )
    print(f"enabled: {login}")


@app.command("list")
def list_staff(centre: str, data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """List who has a role at a centre."""
    with report_errors():
        found = run(
            data,
            database,
            lambda opened: opened.run(lambda connection: staff_store.staff_of(connection, CentreId(centre))),
        )
    lines = [
        _Line(one.id, one.login, one.name, tuple(sorted(one.roles[CentreId(centre)])), one.disabled_at is not None)
        for one in found
    ]
    if as_json:
        print(msgspec.json.encode(lines).decode())
        return
    for line in lines:
        print(line.login, ",".join(line.roles), "disabled" if line.disabled else "active", line.name, sep="\t")


@second_factor_app.callback()
def _second_factors() -> None:
    """Keep ``reset`` a command of its own."""


@second_factor_app.command("reset")
def reset_second_factor(login: str, data: Data, database: DatabaseUrl = None) -> None:
    """Take all second factors of a member of staff off, recovery codes too, and sign them out; it is recorded."""

    def reset(connection: Connection) -> int:
        return second_factor.reset(connection, _known(connection, login).id, actor=_ACTOR, now=now_micros())

    with report_errors():
        count = run(data, database, lambda opened: opened.write(reset))
    print(f"taken off: {count}")


def _is_name(name: str) -> bool:
    """Tell whether a name is a line to be shown; Persian ones have joiners in them, which count as text."""
    try:
        return len(msgspec.convert(name, Line)) <= _NAME_LENGTH
    except msgspec.ValidationError:
        return False


def _check_centres(connection: Connection, *centres: str) -> None:
    present = store.centres(connection)
    for centre in centres:
        if CentreId(centre) not in present:
            raise CentreNotSetUpError(centre=centre)


def _utc(moment: Micros) -> str:
    """Write an instant to the second (RFC 3339)."""
    return datetime.fromtimestamp(moment // SECOND, UTC).isoformat().replace("+00:00", "Z")


def _known(connection: Connection, login: str) -> Staff:
    found = staff_store.staff_by_login(connection, login)
    if found is None:
        raise StaffUnknownError
    return found[0]


def _new_password(login: str, data: Path, database: str | None) -> tuple[str, str]:
    """Make a password that its owner could choose too; returns it and its hash."""
    fresh = secrets.token_urlsafe(_PASSWORD_BYTES)
    while strength.weakness(fresh, login) is not None:
        fresh = secrets.token_urlsafe(_PASSWORD_BYTES)
    passwords = Passwords()

    async def hashed(_: Database) -> str:
        return await passwords.hash(fresh)

    try:
        return fresh, run(data, database, hashed)
    finally:
        passwords.close()
