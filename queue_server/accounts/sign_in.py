"""Signing staff in: tries counted first, the password hashed outside of any transaction, the session last."""

from sqlalchemy import Connection

from queue_server.accounts import staff_store, tries
from queue_server.accounts.errors import SignInError, TooManyTriesError
from queue_server.accounts.model import AccountRules, Session, is_login
from queue_server.accounts.passwords import Passwords
from queue_server.log.port import EventLog
from queue_server.values import CentreId, CounterId, Micros


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
    now: Micros,
) -> tuple[Session, str]:
    """Check a login and open a session; return it and its cookie. ``address`` is the client's.

    A login that nobody has takes as long as a wrong password.

    Raises:
        TooManyTriesError: too many wrong tries from this address or for this login.
        SignInError: login, password or centre is wrong.
        CounterTakenError: somebody else is signed in at this counter.
        CounterUnknownError: it is not set up.
    """
    login = login.strip().lower()
    limits = (
        tries.Limit("sign-in-address", address, rules.sign_in_tries_address, rules.sign_in_window_s),
        tries.Limit("sign-in-login", login, rules.sign_in_tries, rules.sign_in_window_s),
    )
    wait = await log.write(lambda connection: tries.count(connection, limits, now))
    if wait:
        raise TooManyTriesError(retry_after_s=wait)
    found = None
    if is_login(login):
        found = await log.run(lambda connection: staff_store.staff_by_login(connection, login))
    right = await passwords.holds(None if found is None else found[1], password)
    if found is None or not right or found[0].disabled_at is not None or centre not in found[0].roles:
        raise SignInError
    staff, stored = found

    def give_back(connection: Connection) -> None:
        tries.give_back(connection, limits)

    def open_session(connection: Connection) -> tuple[Session, str]:
        if staff_store.password_of(connection, staff.id) != stored:
            # It was replaced while it was looked at, or its owner was shut out.
            raise SignInError
        return staff_store.open_session(connection, staff, centre, counter, now=now, rules=rules)

    # Two transactions: a counter that is taken is no wrong try.
    await log.write(give_back)
    return await log.write(open_session)
