"""The one-time code that a letter tells: made when it is first written, and the same each time it is sent anew.

One that staff have made void since, or that has ended, is not told any more: another one is made.

Until then it is sealed in the vault under the id of the notification; once the letter was taken it is shredded, and
only its hash is left (``collection.codes``).
"""

from typing import Final, NamedTuple

from sqlalchemy import Connection

from queue_server.collection.codes import OneTimeCodes
from queue_server.custody.model import Item
from queue_server.domain.values import Actor, Micros
from queue_server.notices.model import Notification
from queue_server.vault.errors import RowUnknownError
from queue_server.vault.model import PURPOSES, RowKind
from queue_server.vault.store import NewRow, Vault

_ACTOR: Final = Actor("system")


class LetterCode(NamedTuple):
    """A code, and when it ends."""

    digits: str
    ends_at: Micros


class LetterCodes:
    """Makes and keeps the codes of letters that are not sent yet."""

    def __init__(self, vault: Vault, codes: OneTimeCodes) -> None:
        self._vault = vault
        self._codes = codes

    def code_of(self, connection: Connection, notification: Notification, item: Item, now: Micros) -> LetterCode:
        """Find the code of a letter if it is good, or make one."""
        purpose = PURPOSES[RowKind.NOTICE_CODE]
        try:
            found = self._vault.get(connection, notification.id, purpose=purpose, actor=_ACTOR, now=now)
        except RowUnknownError:
            return self._make(connection, notification, item, now)
        if self._codes.find(connection, item.centre, found.text, at=now) != item.id:
            self._vault.end_row(connection, notification.id, actor=_ACTOR, now=now)
            return self._make(connection, notification, item, now)
        return LetterCode(found.text, found.row.ends_at)

    def _make(self, connection: Connection, notification: Notification, item: Item, now: Micros) -> LetterCode:
        made = LetterCode(
            self._codes.new_code(connection, item.id, item.centre, at=now),
            self._codes.end_at(now),
        )
        row = NewRow(
            id=notification.id,
            kind=RowKind.NOTICE_CODE,
            centre=item.centre,
            text=made.digits,
            at=now,
            actor=_ACTOR,
            ends_at=made.ends_at,
            visit=item.visit,
            application=item.application,
        )
        self._vault.put(connection, row)
        return made
