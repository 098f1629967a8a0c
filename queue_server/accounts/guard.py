"""Who may try a password now, so that strangers who guess keep nobody out who has worked here before."""

from sqlalchemy import Connection

from queue_server.accounts import admissions, attempt_store, delays
from queue_server.accounts.delays import Delay
from queue_server.accounts.model import AccountRules
from queue_server.domain.values import Micros
from queue_server.framework.counted_address import counted_address


def is_locked_out(connection: Connection, rules: AccountRules, login: str, now: Micros) -> bool:
    """Tell whether strangers have tried a login so often that a browser which is not known has to wait long."""
    return attempt_store.is_reached(connection, _strangers(rules, login), now)


def _strangers(rules: AccountRules, login: str, what: str = "sign-in") -> attempt_store.Limit:
    return attempt_store.Limit(f"{what}-strangers", login, rules.sign_in_tries_unknown, rules.sign_in_window_s)


class Guard:
    """What is counted against whom: a known browser by itself, a stranger by address, and all strangers of a login.

    The addresses of one IPv6 network (/64) count as one.

    Whoever a colleague has admitted (``admit``) is not counted as a stranger for a while.
    """

    def __init__(
        self, rules: AccountRules, login: str, address: str, browser: str | None, what: str = "sign-in"
    ) -> None:
        def delay(purpose: str, subject: str, free: int) -> Delay:
            return Delay(purpose, subject, free, rules.sign_in_delay_s, rules.sign_in_window_s)

        self._known = browser is not None
        address = counted_address(address)
        own = f"{address if browser is None else browser}\0{login}"
        self._own = delay(what if browser is None else f"{what}-browser", own, rules.sign_in_tries)
        self._address = delay(f"{what}-address", address, rules.sign_in_tries_address)
        self._strangers = _strangers(rules, login, what)
        self._may_be_admitted = what == "sign-in"
        self._login = login

    def count(self, connection: Connection, now: Micros) -> int:
        """Count a try; return the seconds to wait, 0 where it may be carried out."""
        if self._known:
            return delays.count(connection, (self._own,), now)
        if self._may_be_admitted and admissions.use(connection, self._login, now):
            return 0
        wait = delays.count(connection, (self._own, self._address), now)
        return wait or attempt_store.count(connection, (self._strangers,), now)

    def passed(self, connection: Connection) -> None:
        """Note that the try was right: only wrong ones count."""
        delays.clear(connection, self._own)
        if not self._known:
            delays.refund(connection, self._address)
            attempt_store.refund(connection, (self._strangers,))
