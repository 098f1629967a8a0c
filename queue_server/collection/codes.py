"""One-time codes: each opens one item once. Statements are synchronous, on a ``Connection``.

A code is told once, where it is made, and kept as its HMAC under the server's ``sessions`` key: whoever reads the
database cannot find it by trying. It is good while it has not ended, was not used, and its item is there. Which of
these is not so nobody is told.
"""

import hmac
import secrets
from collections.abc import Callable
from typing import Final

import msgspec
from sqlalchemy import Connection, insert, select, update

from queue_server.collection.tables import collection_codes
from queue_server.custody.values import ItemId
from queue_server.domain.collection_codes import DRAWN, with_check_digit
from queue_server.domain.values import HOUR, CentreId, Micros

_DAY: Final = 24 * HOUR


class OneTimeCodes(msgspec.Struct, frozen=True):
    """Makes codes and finds what they are for.

    ``keys`` gives the server's ``sessions`` keys, the one that makes first; they are never printed.
    """

    keys: Callable[[], tuple[bytes, ...]]
    days: int

    def __repr__(self) -> str:
        return "OneTimeCodes(...)"

    def new_code(
        self, connection: Connection, item: ItemId, centre: CentreId, *, at: Micros, alone: bool = False
    ) -> str:
        """Make a code for an item, twelve digits, and store its hash; it is told here and never again.

        Those made before stay good, unless this one is to be ``alone``: a message that came late is no dead end.
        """
        if alone:
            self.revoke(connection, item, at=at)
        code = with_check_digit(secrets.randbelow(10**DRAWN))
        row = {
            "digest": self.digest(centre, code),
            "centre": centre,
            "item": item,
            "made_at": at,
            "ends_at": self.end_at(at),
        }
        connection.execute(insert(collection_codes).values(row))
        return code

    def find(self, connection: Connection, centre: CentreId, code: str, *, at: Micros) -> ItemId | None:
        """Find the item that a code is for; None where it is none, has ended, or was used: nobody can tell which."""
        c, made = collection_codes.c, collection_codes.c.digest.in_(self._digests(centre, code))
        good = select(c.item).where(made, c.used_at.is_(None), c.ends_at > at)
        item = connection.execute(good).scalar_one_or_none()
        return None if item is None else ItemId(item)

    def stored_digest(self, connection: Connection, centre: CentreId, code: str) -> str:
        """Name a code that was found as it was stored: under the key that made then."""
        c = collection_codes.c
        stored = select(c.digest).where(c.digest.in_(self._digests(centre, code)))
        return str(connection.execute(stored).scalar_one())

    @staticmethod
    def use(connection: Connection, digest: str, *, at: Micros) -> bool:
        """Use a code up, named by its digest; false where somebody else has in this very moment, or it has ended."""
        c = collection_codes.c
        used = update(collection_codes).where(c.digest == digest, c.used_at.is_(None), c.ends_at > at)
        return bool(connection.execute(used.values(used_at=at)).rowcount)

    @staticmethod
    def revoke(connection: Connection, item: ItemId, *, at: Micros) -> None:
        """Make all codes of an item void."""
        c = collection_codes.c
        connection.execute(update(collection_codes).where(c.item == item, c.used_at.is_(None)).values(used_at=at))

    def end_at(self, at: Micros) -> Micros:
        """Say when a code ends that is made now."""
        return Micros(at + self.days * _DAY)

    def digest(self, centre: CentreId, code: str) -> str:
        """Hash a code as it is stored now: a code of one centre says nothing at another."""
        return self._digests(centre, code)[0]

    def _digests(self, centre: CentreId, code: str) -> list[str]:
        said = f"collection-code\0{centre}\0{code}".encode()
        return [hmac.digest(key, said, "sha256").hex() for key in self.keys()]
