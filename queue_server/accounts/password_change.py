"""Proving once more who one is, and choosing another password."""

from sqlalchemy import Connection, delete, select, update

from queue_server.accounts import account_events, staff_store, strength
from queue_server.accounts import tables as t
from queue_server.accounts.errors import PasswordWeakError, SignInError, TooManyTriesError
from queue_server.accounts.events import PasswordChanged
from queue_server.accounts.guard import Guard
from queue_server.accounts.model import AccountRules, Session, SessionId
from queue_server.accounts.passwords import Passwords
from queue_server.domain.values import Actor, Micros
from queue_server.eventlog.port import EventLog


async def change_password(
    log: EventLog,
    passwords: Passwords,
    rules: AccountRules,
    session: Session,
    *,
    old: str,
    new: str,
    address: str,
    browser: str | None,
    now: Micros,
) -> frozenset[SessionId]:
    """Put a password of somebody's own choice in place of the one they have; return the other sessions, which ended.

    The old one is tried as at the sign-in, and counted with those tries.

    Raises:
        PasswordWeakError: the new one would be guessed; nothing was tried.
        TooManyTriesError: this try comes too early after wrong ones.
        SignInError: the old one is wrong.
    """
    fault = strength.weakness(new, session.login)
    if fault is None and new == old:
        fault = strength.Weakness.SAME
    if fault is not None:
        raise PasswordWeakError(weakness=fault.value)
    stored = await prove(log, passwords, rules, session, password=old, address=address, browser=browser, now=now)
    hashed = await passwords.hash(new)
    actor = Actor(f"staff/{session.staff}")

    def change(connection: Connection) -> frozenset[SessionId]:
        if staff_store.password_of(connection, session.staff) != stored:
            # It was replaced while it was looked at, or its owner was shut out.
            raise SignInError
        connection.execute(update(t.staff).where(t.staff.c.id == session.staff).values(password=hashed))
        others = t.sessions.c.staff == session.staff, t.sessions.c.id != session.id
        ended = connection.execute(select(t.sessions.c.id).where(*others)).scalars().all()
        connection.execute(delete(t.sessions).where(*others))
        account_events.record(connection, session.staff, PasswordChanged(session.staff), actor=actor, now=now)
        return frozenset(SessionId(ident) for ident in ended)

    return await log.write(change)


async def prove(
    log: EventLog,
    passwords: Passwords,
    rules: AccountRules,
    session: Session,
    *,
    password: str,
    address: str,
    browser: str | None,
    now: Micros,
) -> str:
    """Have whoever is signed in prove once more who they are; return the hash of the password that did.

    Tries are counted with those of the sign-in.

    Raises:
        TooManyTriesError: this try comes too early after wrong ones.
        SignInError: the password is wrong.
    """
    guard = Guard(rules, session.login, address, browser)
    wait = await log.write(lambda connection: guard.count(connection, now))
    if wait:
        raise TooManyTriesError(retry_after_s=wait)
    stored = await log.write(lambda connection: staff_store.password_of(connection, session.staff))
    if stored is None or not await passwords.holds(stored, password):
        raise SignInError
    await log.write(guard.passed)
    return stored
