"""Second factors in the database: codes of a phone, passkeys, recovery codes. Statements on a ``Connection``.

No secret lies in a table. The secret of a phone is derived from the id of its row under the server's key ``sessions``,
as the ticket keys of kiosks are from theirs; of a passkey there is the public key; of a recovery code an HMAC.
"""

import hmac
import secrets
from collections.abc import Iterable
from typing import Final, NewType

import msgspec
from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from queue_server.accounts import totp
from queue_server.accounts.model import FactorKind
from queue_server.accounts.tables import recovery_codes
from queue_server.accounts.tables import second_factors as f
from queue_server.domain.values import MINUTE, Micros, StaffId

FactorId = NewType("FactorId", str)

#: Recovery codes that are made at once, and the letters of one: 50 random bits, none that looks like another.
RECOVERY: Final = 8
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH: Final = 10
#: What was begun and not confirmed by then is begun anew.
_OPEN_FOR: Final = 15 * MINUTE
#: Authenticators of one person at most.
MAX: Final = 8


class Factor(msgspec.Struct, frozen=True):
    """One that works. ``credential`` is what a passkey is known by (``passkeys``); ``count`` its counter."""

    id: FactorId
    kind: FactorKind
    created: Micros
    used_at: Micros | None
    credential: bytes | None = None
    count: int = 0


def of(connection: Connection, staff: StaffId) -> tuple[Factor, ...]:
    """List the factors of somebody, the oldest first."""
    found = connection.execute(
        select(f).where(f.c.staff == staff, f.c.confirmed_at.is_not(None)).order_by(f.c.created, f.c.id)
    )
    return tuple(
        Factor(row.id, FactorKind(row.kind), row.created, row.used_at, row.credential, row.counter or 0)
        for row in found
    )


def secret_of(key: bytes, factor: FactorId) -> bytes:
    """Derive the secret that a phone holds: 20 bytes, as RFC 4226, section 4, R6, has them."""
    return hmac.digest(key, b"totp\0" + factor.encode(), "sha256")[:20]


def begun(connection: Connection, staff: StaffId, now: Micros) -> FactorId | None:
    """Find the phone that somebody has begun to set up."""
    open_ = select(f.c.id).where(f.c.staff == staff, f.c.confirmed_at.is_(None), f.c.created > now - _OPEN_FOR)
    return connection.execute(open_).scalar_one_or_none()


def begin(connection: Connection, staff: StaffId, now: Micros) -> FactorId:
    """Begin to set up a phone, in the place of what was begun before."""
    connection.execute(delete(f).where(f.c.staff == staff, f.c.confirmed_at.is_(None)))
    ident = FactorId(secrets.token_hex(16))
    connection.execute(insert(f).values(id=ident, staff=staff, kind=FactorKind.CODE, created=now))
    return ident


def confirm(connection: Connection, keys: Iterable[bytes], staff: StaffId, code: str, now: Micros) -> bool:
    """Take the first code of a phone that was begun; from now on it is a factor."""
    ident = begun(connection, staff, now)
    step = None if ident is None else _step(keys, ident, code, now, 0)
    if step is None:
        return False
    ready = update(f).where(f.c.id == ident, f.c.confirmed_at.is_(None))
    return bool(connection.execute(ready.values(confirmed_at=now, used_at=now, step=step)).rowcount)


def use_code(connection: Connection, keys: Iterable[bytes], staff: StaffId, code: str, now: Micros) -> bool:
    """Take a code of a phone: each once, and none that is older than the last."""
    rows = connection.execute(
        select(f.c.id, f.c.step).where(f.c.staff == staff, f.c.kind == FactorKind.CODE, f.c.confirmed_at.is_not(None))
    ).all()
    for row in rows:
        step = _step(keys, row.id, code, now, row.step or 0)
        if step is not None:
            later = and_(f.c.id == row.id, or_(f.c.step.is_(None), f.c.step < step))
            # Somebody else may have used it in this very moment.
            return bool(connection.execute(update(f).where(later).values(step=step, used_at=now)).rowcount)
    return False


def _step(keys: Iterable[bytes], factor: FactorId, code: str, now: Micros, last: int) -> int | None:
    """Give the step of a code by the secret that a phone was given under one of these keys; None where it has none."""
    steps = (totp.step_of(secret_of(key, factor), code, now, last) for key in keys)
    return next((step for step in steps if step is not None), None)


def lasting_before(connection: Connection, moment: Micros) -> bool:
    """Tell whether somebody's phone, or a recovery code, was set up before: both are good until they are taken off."""
    phones = select(f.c.id).where(f.c.kind == FactorKind.CODE, f.c.created < moment).limit(1)
    codes = select(recovery_codes.c.staff).where(recovery_codes.c.created < moment).limit(1)
    return any(connection.execute(found).first() is not None for found in (phones, codes))


def add_passkey(connection: Connection, staff: StaffId, credential: bytes, count: int, now: Micros) -> None:
    connection.execute(
        insert(f).values(
            id=secrets.token_hex(16),
            staff=staff,
            kind=FactorKind.PASSKEY,
            created=now,
            confirmed_at=now,
            credential=credential,
            counter=count,
        )
    )


def use_passkey(connection: Connection, factor: FactorId, count: int, now: Micros) -> bool:
    """Note that a passkey was used. Its counter goes up, or is always 0 (WebAuthn Level 3, section 6.1.1)."""
    grown = f.c.counter < count if count else f.c.counter == 0
    return bool(
        connection.execute(update(f).where(f.c.id == factor, grown).values(counter=count, used_at=now)).rowcount
    )


def remove(connection: Connection, staff: StaffId, factor: str) -> FactorKind | None:
    """Take a factor off; with the last one go the recovery codes. Returns its kind, None where there is none."""
    kind = connection.execute(select(f.c.kind).where(f.c.staff == staff, f.c.id == factor)).scalar_one_or_none()
    if kind is None:
        return None
    connection.execute(delete(f).where(f.c.staff == staff, f.c.id == factor))
    if not of(connection, staff):
        connection.execute(delete(recovery_codes).where(recovery_codes.c.staff == staff))
    return FactorKind(kind)


def reset(connection: Connection, staff: StaffId) -> int:
    """Take all off, recovery codes too; returns how many factors there were."""
    there = len(of(connection, staff))
    connection.execute(delete(f).where(f.c.staff == staff))
    connection.execute(delete(recovery_codes).where(recovery_codes.c.staff == staff))
    return there


def make_recovery(connection: Connection, key: bytes, staff: StaffId, now: Micros) -> tuple[str, ...]:
    """Make recovery codes in the place of those before; they are told this once."""
    connection.execute(delete(recovery_codes).where(recovery_codes.c.staff == staff))
    made = tuple("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(RECOVERY))
    connection.execute(
        insert(recovery_codes),
        [{"staff": staff, "digest": _digest(key, staff, code), "created": now} for code in made],
    )
    return tuple(f"{code[:5]}-{code[5:]}" for code in made)


def use_recovery(connection: Connection, keys: Iterable[bytes], staff: StaffId, typed: str) -> bool:
    """Take a recovery code, however it is spelt; each works once."""
    code = "".join(letter for letter in typed.upper() if letter in _LETTERS)
    if len(code) != _LENGTH:
        return False
    held = and_(
        recovery_codes.c.staff == staff, recovery_codes.c.digest.in_([_digest(key, staff, code) for key in keys])
    )
    return bool(connection.execute(delete(recovery_codes).where(held)).rowcount)


def recovery_left(connection: Connection, staff: StaffId) -> int:
    count = select(func.count()).select_from(recovery_codes).where(recovery_codes.c.staff == staff)
    return connection.execute(count).scalar_one()


def _digest(key: bytes, staff: StaffId, code: str) -> str:
    """Hash a recovery code under the server's key, so that a table alone gives nothing to try."""
    return hmac.digest(key, b"recovery\0" + staff.encode() + b"\0" + code.encode(), "sha256").hex()
