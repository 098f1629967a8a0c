"""Attempts to open a form: each wrong one makes the next wait longer. On a ``Connection``.

They are counted in the database, so that several servers count together, and before anything is looked at: by the code,
whether there is one or not, then by whoever asks. A right one is taken back, and says nothing of those before it.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from queue_server.accounts import delays
from queue_server.accounts.delays import Delay
from queue_server.domain.values import Micros
from queue_server.forms.settings import FormRules
from queue_server.forms.tables import form_tries
from queue_server.framework.counted_address import counted_address


def delays_of(rules: FormRules, digest: str, asker: str) -> tuple[Delay, ...]:
    """Give what is counted: ``digest`` stands for the code, ``asker`` for an address, a kiosk or a desk.

    The addresses of one IPv6 network (/64) count as one.
    """
    return (
        Delay("form-code", digest, rules.code_tries, rules.longest_delay_s, rules.window_s, rules.first_delay_s),
        Delay("form-asker", counted_address(asker), rules.asker_tries, rules.asker_delay_s, rules.window_s),
    )


def saves_of(rules: FormRules, asker: str) -> tuple[Delay, ...]:
    """Give what is counted where strangers store something: each is a row of the vault."""
    return (Delay("form-save", counted_address(asker), rules.saves, rules.asker_delay_s, rules.saves_window_s),)


def count(connection: Connection, counted: Sequence[Delay], now: Micros) -> int:
    """Count an attempt; gives the seconds to wait, 0 where it may be looked at."""
    return delays.count(connection, counted, now, form_tries)


def was_right(connection: Connection, counted: Sequence[Delay]) -> None:
    for delay in counted:
        delays.refund(connection, delay, form_tries)
