"""Signing staff in: tries counted first, the password hashed outside of any transaction, the session last."""

from sqlalchemy import Connection

from queue_server.accounts import admissions, delays, staff_store, tries
from queue_server.accounts.delays import Delay
from queue_server.accounts.errors import AccountClosedError, NoRoleHereError, SignInError, TooManyTriesError
from queue_server.accounts.model import AccountRules, Session, is_login
from queue_server.accounts.passwords import Passwords
from queue_server.log.port import EventLog
from queue_server.values import CentreId, CounterId, Micros


class _Doors:
    """What is counted against whom: a known browser by itself, a stranger by address, and all strangers of a login.

    Whoever a colleague has admitted (``admit``) is not counted as a stranger for a while.
    """

    def __init__(self, rules: AccountRules, login: str, address: str, browser: str | None) -> None:
        def delay(purpose: str, subject: str, free: int) -> Delay:
            return Delay(purpose, subject, free, rules.sign_in_delay_s, rules.sign_in_window_s)

        self._known = browser is not None
        own = f"{address if browser is None else browser}\0{login}"
        self._own = delay("sign-in" if browser is None else "sign-in-browser", own, rules.sign_in_tries)
        self._address = delay("sign-in-address", address, rules.sign_in_tries_address)
        self._strangers = tries.Limit("sign-in-strangers", login, rules.sign_in_strangers, rules.sign_in_window_s)
        self._login = login

    def count(self, connection: Connection, now: Micros) -> int:
        """Count a try; return the seconds to wait, 0 where it may be carried out."""
        if self._known:
            return delays.count(connection, (self._own,), now)
        if admissions.use(connection, self._login, now):
            return 0
        wait = delays.count(connection, (self._own, self._address), now)
        return wait or tries.count(connection, (self._strangers,), now)

    def passed(self, connection: Connection) -> None:
        """Note that the try was right: only wrong ones count."""
        delays.forget(connection, self._own)
        if not self._known:
            delays.give_back(connection, self._address)
            tries.give_back(connection, (self._strangers,))


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
    now: Micros,
) -> tuple[Session, str]:
    """Check a login and open a session; return it and its cookie.

    ``address`` is the client's, ``browser`` the id of one that is known at the centre (``accounts.browsers``). A login
    that nobody has takes as long as a wrong password.

    Raises:
        TooManyTriesError: this try comes too early after wrong ones.
        SignInError: login or password is wrong.
        AccountClosedError: both are right, but the account was closed.
        NoRoleHereError: both are right, but there is no role at this centre.
        CounterTakenError: somebody else is signed in at this counter.
        CounterUnknownError: it is not set up.
    """
    login = login.strip().lower()
    doors = _Doors(rules, login, address, browser)
    wait = await log.write(lambda connection: doors.count(connection, now))
    if wait:
        raise TooManyTriesError(retry_after_s=wait)
    found = None
    if is_login(login):
        found = await log.run(lambda connection: staff_store.staff_by_login(connection, login))
    right = await passwords.holds(None if found is None else found[1], password)
    if found is None or not right:
        raise SignInError
    staff, stored = found

    def give_back(connection: Connection) -> None:
        doors.passed(connection)

    def open_session(connection: Connection) -> tuple[Session, str]:
        if staff_store.password_of(connection, staff.id) != stored:
            # It was replaced while it was looked at, or its owner was shut out.
            raise SignInError
        return staff_store.open_session(connection, staff, centre, counter, now=now, rules=rules)

    # Two transactions: what is refused from here on is no wrong try.
    await log.write(give_back)
    if staff.disabled_at is not None:
        raise AccountClosedError
    if centre not in staff.roles:
        raise NoRoleHereError(centres=",".join(sorted(staff.roles)))
    return await log.write(open_session)
