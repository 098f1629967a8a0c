"""By what a form is opened: its code and its person's PIN. Statements are synchronous, on a ``Connection``.

A code is made from the id of what was filled in, under a key of the server: so it is told again where an answer was
lost, and is stored nowhere. What is stored is its HMAC, so that whoever reads the database cannot find it by trying.
The PIN is hashed with argon2id, and before that with the same key: without it no PIN can be tried at all.
"""

import hmac
from collections.abc import Callable, Sequence
from typing import Final

from argon2 import PasswordHasher
from sqlalchemy import Connection, delete, insert, select, update

from queue_server.accounts.passwords import Passwords
from queue_server.domain.forms import FORM_CODE_LENGTH, FilledFormId, FormCode
from queue_server.domain.typed_codes import CODE_SIGNS
from queue_server.domain.values import CentreId, Micros
from queue_server.forms.tables import form_codes

#: Codes that are tried for one that no other form has.
_ATTEMPTS: Final = 8
#: KiB, rounds and lanes: less than of passwords, since strangers may ask for it (OWASP, Password Storage, argon2id).
_MEMORY_KIB: Final = 19_456
_ROUNDS: Final = 2


class FormCodes:
    """Makes codes and finds what they are for.

    ``keys`` gives the server's ``sessions`` keys, the one that makes first; they are never printed.
    """

    def __init__(self, keys: Callable[[], tuple[bytes, ...]]) -> None:
        self._server_keys = keys
        self._pins = Passwords(PasswordHasher(time_cost=_ROUNDS, memory_cost=_MEMORY_KIB, parallelism=1))

    def close(self) -> None:
        self._pins.close()

    # --- the PIN ---------------------------------------------------------------------------------------------------

    async def hash_pin(self, filled: FilledFormId, pin: str) -> str:
        return await self._pins.hash(_peppered(self._keys()[0], filled, pin))

    async def holds(self, found: tuple[FilledFormId, str] | None, pin: str) -> bool:
        """Check a PIN against its hash; where there is none, take as long and say no."""
        filled, stored = (FilledFormId(""), None) if found is None else found
        held = [await self._pins.holds(stored, _peppered(key, filled, pin)) for key in self._keys()]
        return any(held)

    # --- the code --------------------------------------------------------------------------------------------------

    def give(
        self, connection: Connection, centre: CentreId, filled: FilledFormId, pin: str, ends_at: Micros
    ) -> FormCode:
        """Give a form its code, with the hash of its PIN; one that has one keeps it."""
        known = self.told(connection, centre, filled)
        if known is not None:
            return known
        key = self._keys()[0]
        for code in _codes(key, centre, filled):
            digest = _digest(key, centre, code)
            if connection.execute(select(form_codes.c.filled).where(form_codes.c.digest == digest)).first() is None:
                row = {"filled": filled, "digest": digest, "pin": pin, "ends_at": ends_at}
                connection.execute(insert(form_codes).values(row))
                return code
        raise AssertionError(filled)  # of 3 * 10**14 codes eight would have to be taken

    def told(self, connection: Connection, centre: CentreId, filled: FilledFormId) -> FormCode | None:
        """Tell the code that a form was given once more; None where it has none."""
        digest = connection.execute(select(form_codes.c.digest).where(form_codes.c.filled == filled)).scalar()
        made = ((key, code) for key in self._keys() for code in _codes(key, centre, filled))
        return next((code for key, code in made if _digest(key, centre, code) == digest), None)

    def digests(self, centre: CentreId, code: FormCode) -> list[str]:
        """Hash a code under each key: a code of one centre says nothing at another."""
        return [_digest(key, centre, code) for key in self._keys()]

    @staticmethod
    def find(connection: Connection, digests: Sequence[str], now: Micros) -> tuple[FilledFormId, str] | None:
        """Find what a code is for, and the hash of its PIN; None where it is none, or its end is past."""
        c = form_codes.c
        row = connection.execute(select(c.filled, c.pin).where(c.digest.in_(digests), c.ends_at > now)).one_or_none()
        return None if row is None else (FilledFormId(row.filled), row.pin)

    @staticmethod
    def prolong(connection: Connection, filled: FilledFormId, ends_at: Micros) -> None:
        """Let a code be good until another end."""
        connection.execute(update(form_codes).where(form_codes.c.filled == filled).values(ends_at=ends_at))

    @staticmethod
    def drop(connection: Connection, filled: FilledFormId) -> None:
        connection.execute(delete(form_codes).where(form_codes.c.filled == filled))

    def _keys(self) -> list[bytes]:
        return [hmac.digest(key, b"forms", "sha256") for key in self._server_keys()]


def _peppered(key: bytes, filled: FilledFormId, pin: str) -> str:
    return hmac.digest(key, f"pin\0{filled}\0{pin}".encode(), "sha256").hex()


def _digest(key: bytes, centre: CentreId, code: FormCode) -> str:
    return hmac.digest(key, f"code\0{centre}\0{code}".encode(), "sha256").hex()


def _codes(key: bytes, centre: CentreId, filled: FilledFormId) -> tuple[FormCode, ...]:
    return tuple(_code(key, f"make\0{centre}\0{filled}\0{attempt}") for attempt in range(_ATTEMPTS))


def _code(key: bytes, said: str) -> FormCode:
    # 256 bits over 28**10: that the first codes are likelier than the last is beyond measure.
    number = int.from_bytes(hmac.digest(key, said.encode(), "sha256"))
    signs = []
    for _ in range(FORM_CODE_LENGTH):
        number, sign = divmod(number, len(CODE_SIGNS))
        signs.append(CODE_SIGNS[sign])
    return FormCode("".join(signs))
