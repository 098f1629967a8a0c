"""What tests of enrolment and sign-in share."""

import pytest
from argon2 import PasswordHasher

from queue_server.accounts import device_store, staff_store
from queue_server.accounts.enrolment import Enrolment, enrol
from queue_server.accounts.errors import (
    EnrolmentCodeError,
)
from queue_server.accounts.model import AccountRules, DeviceKind, IntegrationRole, Role, Session
from queue_server.accounts.passwords import Passwords
from queue_server.accounts.sign_in import sign_in
from queue_server.contract.devices import EnrolAnswer, EnrolRequest
from queue_server.domain.values import SECOND, CentreId, CounterId, Micros, StaffId
from queue_server.eventlog.sqlalchemy_log import SqlEventLog

RULES = AccountRules()
KEYS = Enrolment(RULES, lambda: (b"s" * 32,), lambda: (b"t" * 32,), "https://queue.example/t/")
NOW = Micros(1_795_000_000_000_000)
DEMO = CentreId("demo")
ONE, TWO = CounterId("1"), CounterId("2")
#: Weak on purpose: the strength of argon2 is the library's, the tests are about what stands around it.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def after(seconds: float) -> Micros:
    return Micros(NOW + int(seconds * SECOND))


async def code(
    log: SqlEventLog, kind: DeviceKind = "kiosk", name: str = "Kiosk 1", role: IntegrationRole | None = None
) -> str:
    return await log.write(
        lambda connection: device_store.enrol_code(
            connection, kind, name, DEMO, role, key=KEYS.sessions_keys()[0], now=NOW, rules=RULES
        )
    )


async def exchange(log: SqlEventLog, text: str, at: Micros = NOW, address: str = "10.0.0.1") -> EnrolAnswer:
    return await enrol(log, KEYS, EnrolRequest(code=text), address, at)


async def refused(log: SqlEventLog, text: str, at: Micros = NOW, address: str = "10.0.0.1") -> None:
    with pytest.raises(EnrolmentCodeError):
        await exchange(log, text, at, address)


async def add(log: SqlEventLog, passwords: Passwords, login: str, *roles: Role, centre: CentreId = DEMO) -> StaffId:
    hashed = await passwords.hash(f"{login} password")
    return await log.write(
        lambda connection: staff_store.add_staff(
            connection, login=login, name=login.title(), password=hashed, roles={centre: roles}, now=NOW
        )
    )


async def enter(
    log: SqlEventLog,
    passwords: Passwords,
    login: str,
    password: str | None = None,
    *,
    centre: CentreId = DEMO,
    counter: CounterId | None = ONE,
    address: str = "10.0.0.1",
    browser: str | None = None,
    now: Micros = NOW,
) -> tuple[Session, str]:
    return await sign_in(
        log,
        passwords,
        RULES,
        login=login,
        password=f"{login} password" if password is None else password,
        centre=centre,
        counter=counter,
        address=address,
        browser=browser,
        now=now,
    )


async def find(log: SqlEventLog, cookie: str, now: Micros = NOW) -> Session | None:
    return await log.run(lambda connection: staff_store.session_by_cookie(connection, cookie, now, RULES))
