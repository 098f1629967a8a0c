"""Devices and their enrolment codes in the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from queue_server.accounts import tables as t
from queue_server.accounts import tokens
from queue_server.accounts.errors import (
    EnrolmentCodeError,
    SeriesExhaustedError,
    TokenRevokedError,
    TokenUnknownError,
)
from queue_server.accounts.model import (
    ISSUING,
    WITHOUT_TICKETS,
    AccountRules,
    DeviceKind,
    EnrolledDevice,
    IntegrationRole,
    ReceptionSeries,
)
from queue_server.accounts.series import allocate
from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.catalogue.tables import centres
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import SECOND, CentreId, DeviceId, Micros, new_id


def lock_centre(connection: Connection, centre: CentreId) -> None:
    """Hold a centre's row to the end of the transaction: what must not happen twice in a centre waits here.

    Raises:
        CentreNotSetUpError: there is no such centre.
    """
    found = connection.execute(select(centres.c.id).where(centres.c.id == centre).with_for_update(key_share=True))
    if found.scalar_one_or_none() is None:
        raise CentreNotSetUpError(centre=centre)


def enrol_code(
    connection: Connection,
    kind: DeviceKind,
    name: str,
    centre: CentreId,
    role: IntegrationRole | None,
    *,
    key: bytes,
    now: Micros,
    rules: AccountRules,
) -> str:
    """Make a code by which one device can be enrolled once; only its hash stays. ``key`` is the ``sessions`` key.

    An integration acts as a counter where no ``role`` is named; other devices have none.

    Raises:
        CentreNotSetUpError: there is no such centre.
    """
    if kind != "integration":
        role = None
    elif role is None:
        role = "counter"
    lock_centre(connection, centre)
    connection.execute(delete(t.enrolment_codes).where(t.enrolment_codes.c.expires <= now))
    alive = set(connection.execute(select(t.enrolment_codes.c.code)).scalars())
    code = tokens.new_code()
    while tokens.code_digest(key, code) in alive:
        code = tokens.new_code()
    connection.execute(
        insert(t.enrolment_codes).values(
            code=tokens.code_digest(key, code),
            kind=kind,
            role=role,
            name=name,
            centre=centre,
            expires=now + rules.enrolment_code_s * SECOND,
        )
    )
    return code


def is_alive(connection: Connection, digests: Sequence[str], centre: CentreId, now: Micros) -> bool:
    """Tell whether a code of a centre that has one of these ``digests`` can be used now."""
    codes = t.enrolment_codes.c
    wanted = select(codes.code).where(codes.code.in_(digests), codes.centre == centre, codes.expires > now)
    return connection.execute(wanted).first() is not None


def use_code(
    connection: Connection, digests: Sequence[str], public_key: str | None, now: Micros
) -> tuple[EnrolledDevice, str]:
    """Enrol a device with the code that has one of these ``digests``; return it and its token, which is told this once.

    Raises:
        EnrolmentCodeError: the code is wrong, used or too old.
        SeriesExhaustedError: the centre has no series left.
    """
    code = (
        connection.execute(
            delete(t.enrolment_codes)
            .where(t.enrolment_codes.c.code.in_(digests), t.enrolment_codes.c.expires > now)
            .returning(*t.enrolment_codes.columns)
        )
        .mappings()
        .one_or_none()
    )
    if code is None:
        raise EnrolmentCodeError
    lock_centre(connection, code["centre"])
    issues = code["kind"] in ISSUING and code["role"] not in WITHOUT_TICKETS
    own = _allocate(connection, code["centre"], code["kind"], code["name"]) if issues else None
    device = EnrolledDevice(
        id=DeviceId(new_id()),
        kind=code["kind"],
        role=code["role"],
        name=code["name"],
        centre=code["centre"],
        series=own,
        created=now,
    )
    token = tokens.new_token()
    connection.execute(
        insert(t.devices).values(
            id=device.id,
            kind=device.kind,
            role=device.role,
            name=device.name,
            centre=device.centre,
            letter=None if own is None else own.letter,
            first=None if own is None else own.first,
            last=None if own is None else own.last,
            token=tokens.token_digest(token),
            public_key=public_key,
            created=now,
        )
    )
    return device, token


def reception_series(connection: Connection, centre: CentreId) -> ReceptionSeries | None:
    """Find the series of a centre's reception; None before its first use."""
    row = connection.execute(select(t.reception_series).where(t.reception_series.c.centre == centre)).one_or_none()
    return None if row is None else ReceptionSeries(row.device, Series(row.letter, row.first, row.last))


def assign_reception_series(connection: Connection, centre: CentreId, now: Micros) -> ReceptionSeries:
    """Give a centre's reception its series, or the one that another server has given it meanwhile.

    Raises:
        SeriesExhaustedError: the centre has no series left.
    """
    lock_centre(connection, centre)
    held = reception_series(connection, centre)
    if held is not None:
        return held
    made = ReceptionSeries(DeviceId(new_id()), _allocate(connection, centre))
    connection.execute(
        insert(t.reception_series).values(
            centre=centre,
            device=made.device,
            letter=made.series.letter,
            first=made.series.first,
            last=made.series.last,
            created=now,
        )
    )
    return made


def _allocate(connection: Connection, centre: CentreId, kind: DeviceKind | None = None, name: str = "") -> Series:
    """Choose a series that is free at a centre; ``kind`` and ``name`` are those of a device that may have had one."""
    there = devices(connection, centre)
    revoked = [one for one in there if one.revoked_at is not None]
    desks = reception_series(connection, centre)
    chosen = allocate(
        [one.series for one in there if one.series and one.revoked_at is None] + ([desks.series] if desks else []),
        (one.series for one in revoked if one.series),
        next((one.series for one in reversed(revoked) if one.kind == kind and one.name == name), None),
    )
    if chosen is None:
        raise SeriesExhaustedError(centre=centre)
    return chosen


def devices(connection: Connection, centre: CentreId) -> tuple[EnrolledDevice, ...]:
    """List all devices that a centre ever had, in the order of their enrolment."""
    found = connection.execute(
        select(t.devices).where(t.devices.c.centre == centre).order_by(t.devices.c.created, t.devices.c.id)
    )
    return tuple(_device(row) for row in found.mappings())


def active(connection: Connection) -> tuple[EnrolledDevice, ...]:
    """List the devices of all centres that have access, in the order of their enrolment."""
    order = (t.devices.c.created, t.devices.c.id)
    found = connection.execute(select(t.devices).where(t.devices.c.revoked_at.is_(None)).order_by(*order))
    return tuple(_device(row) for row in found.mappings())


def device(connection: Connection, ident: DeviceId) -> EnrolledDevice | None:
    row = connection.execute(select(t.devices).where(t.devices.c.id == ident)).mappings().one_or_none()
    return None if row is None else _device(row)


def device_by_token(connection: Connection, token: str) -> EnrolledDevice:
    """Find the device that a bearer token belongs to.

    Raises:
        TokenUnknownError: none has it.
        TokenRevokedError: it was revoked.
    """
    digest = tokens.token_digest(token)
    row = connection.execute(select(t.devices).where(t.devices.c.token == digest)).mappings().one_or_none()
    if row is None:
        raise TokenUnknownError
    if row["revoked_at"] is not None:
        raise TokenRevokedError(device=row["id"])
    return _device(row)


def revoke(connection: Connection, ident: DeviceId, now: Micros) -> bool:
    """End a device's access; False where there is no such device, or not any more."""
    return (
        connection.execute(
            update(t.devices).where(t.devices.c.id == ident, t.devices.c.revoked_at.is_(None)).values(revoked_at=now)
        ).rowcount
        > 0
    )


def _device(row: Mapping[Any, Any]) -> EnrolledDevice:
    return EnrolledDevice(
        id=row["id"],
        kind=row["kind"],
        role=row["role"],
        name=row["name"],
        centre=row["centre"],
        series=None if row["letter"] is None else Series(row["letter"], row["first"], row["last"]),
        created=row["created"],
        revoked_at=row["revoked_at"],
    )
