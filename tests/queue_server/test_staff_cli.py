"""Staff of a real centre, made at the command line: who was added can sign in, who was disabled cannot."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from queue_server.accounts.errors import SignInError
from queue_server.accounts.model import AccountRules, Role
from queue_server.accounts.passwords import Passwords
from queue_server.accounts.sign_in import sign_in
from queue_server.cli import app
from queue_server.database import open_database, parse_url
from queue_server.domain.values import CentreId, now_micros
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.framework.permissions import PrincipalKind
from tests.queue_server.house import KNOWN, copy_of

DEMO = CentreId("demo")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait: a command line may."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "data"
    ran = CliRunner().invoke(app, ["init", "--demo", "--data", str(folder)])
    assert ran.exit_code == 0, ran.output
    return folder


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    return copy_of(made, tmp_path / "data")


def staff(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["staff", *arguments, "--data", str(data)])


def can_sign_in(data: Path, login: str, password: str) -> bool:
    async def attempt() -> None:
        passwords = Passwords()
        try:
            async with open_database(parse_url(None, data)) as database:
                await sign_in(
                    SqlEventLog(database),
                    passwords,
                    AccountRules(),
                    login=login,
                    password=password,
                    centre=DEMO,
                    counter=None,
                    address="127.0.0.1",
                    now=now_micros(),
                )
        finally:
            passwords.close()

    try:
        asyncio.run(attempt())
    except SignInError:
        return False
    return True


def test_whoever_was_added_can_sign_in_until_disabled(data: Path) -> None:
    first = staff(data, "add", "amal.haddad", "--name", "Amal Haddad", "--centre", "demo").output.splitlines()[-1]
    assert can_sign_in(data, "amal.haddad", first)
    second = staff(data, "password", "amal.haddad").output.splitlines()[-1]
    assert not can_sign_in(data, "amal.haddad", first)
    assert can_sign_in(data, "amal.haddad", second)
    listed = json.loads(staff(data, "list", "demo", "--json").output)
    told = {"login": "amal.haddad", "name": "Amal Haddad", "roles": ["counter"], "disabled": False}
    assert [one for one in listed if told.items() <= one.items() and len(one["id"]) == 36]
    assert staff(data, "disable", "amal.haddad").exit_code == 0
    assert not can_sign_in(data, "amal.haddad", second)
    assert "amal.haddad\tcounter\tdisabled\tAmal Haddad" in staff(data, "list", "demo").output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("add", "ines.moreau", "--name", "Ines", "--centre", "demo"), "login-taken"),
        (("add", "Ines Moreau", "--name", "Ines", "--centre", "demo"), "login-shape"),
        (("add", "ines.m", "--name", "Ines", "--centre", "nowhere"), "centre-not-set-up"),
        (("password", "nobody"), "staff-unknown"),
        (("disable", "nobody"), "staff-unknown"),
        (("enable", "nobody"), "staff-unknown"),
        (("roles", "nobody", "--centre", "demo", "--role", "cashier"), "staff-unknown"),
        (("roles", "ines.moreau", "--centre", "nowhere", "--role", "cashier"), "centre-not-set-up"),
    ],
)
def test_what_cannot_be_done_is_said_by_its_code(data: Path, arguments: tuple[str, ...], code: str) -> None:
    refused = staff(data, *arguments)
    assert refused.exit_code == 1
    assert code in refused.output


@pytest.mark.parametrize("name", [" ", "x" * 65, "Amal\nHaddad", "\x1b[2JAmal", "\u202eAmal"])
def test_a_name_is_one_line_that_can_be_read(data: Path, name: str) -> None:
    assert staff(data, "add", "amal.haddad", "--name", name, "--centre", "demo").exit_code == 2


def test_a_persian_name_is_written_as_it_is(data: Path) -> None:
    name = "علی\u200cرضا"  # noqa: RUF001 - this is how it is written
    assert staff(data, "add", "ali.reza", "--name", name, "--centre", "demo").exit_code == 0
    assert name in [one["name"] for one in json.loads(staff(data, "list", "demo", "--json").output)]


def roles_of(data: Path, login: str, centre: str = "demo") -> list[str] | None:
    listed = json.loads(staff(data, "list", centre, "--json").output)
    return next((one["roles"] for one in listed if one["login"] == login), None)


@pytest.mark.parametrize("role", Role)
def test_whoever_has_something_to_do_gets_their_own_role_and_no_higher_one(data: Path, role: Role) -> None:
    added = staff(data, "add", "amal.haddad", "--name", "Amal Haddad", "--centre", "demo", "--role", role)
    assert added.exit_code == 0, added.output
    assert roles_of(data, "amal.haddad") == [role]
    # Nobody is given a role that opens no page.
    assert [entry.path for entry in KNOWN.navigation if PrincipalKind(role.value) in entry.permission.kinds]


@pytest.mark.parametrize("role", ["courier", "director", "Cashier", ""])
def test_a_role_that_does_nothing_does_not_exist(data: Path, role: str) -> None:
    refused = staff(data, "add", "amal.haddad", "--name", "Amal", "--centre", "demo", "--role", role)
    assert refused.exit_code == 2
    assert roles_of(data, "amal.haddad") is None


def test_somebody_has_any_number_of_roles_at_any_number_of_centres(data: Path) -> None:
    amal = ("--name", "Amal Haddad", "--centre", "demo", "--role", "counter", "--role", "cashier")
    assert staff(data, "add", "amal.haddad", *amal).exit_code == 0
    assert roles_of(data, "amal.haddad") == ["cashier", "counter"]
    given = staff(data, "roles", "amal.haddad", "--centre", "harbour", "--role", "reception")
    assert given.output.strip() == "amal.haddad at harbour: reception"
    assert roles_of(data, "amal.haddad", "harbour") == ["reception"]
    assert roles_of(data, "amal.haddad") == ["cashier", "counter"]
    changed = ("--centre", "demo", "--role", "manager", "--role", "cashier", "--role", "manager")
    assert staff(data, "roles", "amal.haddad", *changed).exit_code == 0
    assert roles_of(data, "amal.haddad") == ["cashier", "manager"]


def test_the_same_is_done_at_several_centres(data: Path) -> None:
    where = ("--centre", "demo", "--centre", "harbour", "--role", "cashier")
    assert staff(data, "add", "amal.haddad", "--name", "Amal Haddad", *where).exit_code == 0
    assert [roles_of(data, "amal.haddad", centre) for centre in ("demo", "harbour")] == [["cashier"], ["cashier"]]


def test_the_last_role_goes_only_where_that_is_said(data: Path) -> None:
    for said in ((), ("--none", "--role", "cashier")):
        refused = staff(data, "roles", "ines.moreau", "--centre", "demo", *said)
        assert refused.exit_code == 2
        assert roles_of(data, "ines.moreau") == ["counter"]
    assert staff(data, "roles", "ines.moreau", "--centre", "demo", "--none").output.strip().endswith("no role")
    assert roles_of(data, "ines.moreau") is None


def test_a_closed_account_is_opened_again_as_it_was(data: Path) -> None:
    made = staff(data, "add", "amal.haddad", "--name", "Amal Haddad", "--centre", "demo").output.splitlines()[-1]
    staff(data, "disable", "amal.haddad")
    assert not can_sign_in(data, "amal.haddad", made)
    assert staff(data, "enable", "amal.haddad").exit_code == 0
    assert can_sign_in(data, "amal.haddad", made)
    assert roles_of(data, "amal.haddad") == ["counter"]
