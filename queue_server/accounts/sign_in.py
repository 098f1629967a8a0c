"""Signing staff in: tries counted first, the password hashed outside of any transaction, the session last."""

from sqlalchemy import Connection

from queue_server.accounts import sign_in_news, staff_store
from queue_server.accounts.agents import UNKNOWN, UserAgent
from queue_server.accounts.errors import AccountClosedError, NoRoleHereError, SignInError, TooManyTriesError
from queue_server.accounts.guard import Guard
from queue_server.accounts.model import AccountRules, Session, is_login
from queue_server.accounts.passwords import Passwords
from queue_server.accounts.sign_in_news import NOBODY, What
from queue_server.domain.values import CentreId, CounterId, Micros
from queue_server.eventlog.port import EventLog


async def sign_in(
    log: EventLog,
    passwords: Passwords,
    rules: AccountRules,
    *,
    login: str,
    password: str,
    centre: CentreId,
    counter: CounterId | None,
    address: str,
    browser: str | None = None,
    agent: UserAgent = UNKNOWN,
    now: Micros,
) -> tuple[Session, str]:
    """Check a login and open a session; return it and its cookie.

    ``address`` is the client's, ``browser`` the id of one that is known at the centre (``accounts.browsers``),
    ``agent`` what it says it is. A login that nobody has takes as long as a wrong password.

    Raises:
        TooManyTriesError: this try comes too early after wrong ones.
        SignInError: login or password is wrong.
        AccountClosedError: both are right, but the account was closed.
        NoRoleHereError: both are right, but there is no role at this centre.
        CounterTakenError: somebody else is signed in at this counter.
        CounterUnknownError: it is not set up.
    """
    login = login.strip().lower()
    guard = Guard(rules, login, address, browser)
    wait = await log.write(lambda connection: guard.count(connection, now))
    if wait:
        raise TooManyTriesError(retry_after_s=wait)
    found = None
    if is_login(login):
        found = await log.run(lambda connection: staff_store.staff_by_login(connection, login))
    right = await passwords.holds(None if found is None else found[1], password)
    if found is None or not right:
        whose = NOBODY if found is None else found[0].id
        await log.write(lambda connection: sign_in_news.note(connection, whose, What.WRONG_PASSWORD, agent, now))
        raise SignInError
    staff, stored = found

    def open_session(connection: Connection) -> tuple[Session, str]:
        if staff_store.password_of(connection, staff.id) != stored:
            # It was replaced while it was looked at, or its owner was shut out.
            raise SignInError
        if browser is None:
            sign_in_news.note(connection, staff.id, What.NEW_BROWSER, agent, now)
        return staff_store.open_session(connection, staff, centre, counter, now=now, rules=rules, agent=agent)

    # Two transactions: what is refused from here on is no wrong try.
    await log.write(guard.passed)
    if staff.disabled_at is not None:
        raise AccountClosedError
    if centre not in staff.roles:
        raise NoRoleHereError(centres=",".join(sorted(staff.roles)))
    return await log.write(open_session)
