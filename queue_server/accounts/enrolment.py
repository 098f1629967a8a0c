"""Enrolling a device: the one thing that somebody without any proof may ask of the server."""

from collections.abc import Callable

import msgspec
from sqlalchemy import Connection

from queue_server.accounts import attempt_store, device_store, tokens
from queue_server.accounts.errors import TooManyTriesError
from queue_server.accounts.model import AccountRules, EnrolledDevice
from queue_server.contract.devices import EnrolAnswer, EnrolRequest, SeriesState
from queue_server.domain.values import Micros
from queue_server.eventlog.port import EventLog
from queue_server.framework.counted_address import counted_address


class Enrolment(msgspec.Struct, frozen=True):
    """What enrolling needs of the server: its ``sessions`` and ``tickets`` keys, and the start of ticket addresses.

    Of the keys those that make are the first.
    """

    rules: AccountRules
    sessions_keys: Callable[[], tuple[bytes, ...]]
    tickets_keys: Callable[[], tuple[bytes, ...]]
    ticket_url: str | None = None


async def enrol(log: EventLog, parts: Enrolment, request: EnrolRequest, address: str, now: Micros) -> EnrolAnswer:
    """Exchange a code for a device's token; ``address`` is the client's.

    The series says nothing yet of codes used today (``highest``): whoever knows the day's state fills that in.

    Raises:
        TooManyTriesError: too many wrong codes from this address, or from all together.
        EnrolmentCodeError: the code is wrong, used or too old.
        SeriesExhaustedError: the centre has no series left.
    """
    rules = parts.rules
    limits = (
        attempt_store.Limit("enrol", counted_address(address), rules.enrol_tries, rules.enrol_window_s),
        attempt_store.Limit("enrol-all", "", rules.enrol_tries_total, rules.enrol_window_s),
    )
    wait = await log.write(lambda connection: attempt_store.count(connection, limits, now))
    if wait:
        raise TooManyTriesError(retry_after_s=wait)
    digests = [tokens.code_digest(key, request.code) for key in parts.sessions_keys()]

    def exchange(connection: Connection) -> tuple[EnrolledDevice, str]:
        made = device_store.use_code(connection, digests, request.public_key, now)
        attempt_store.refund(connection, limits)
        return made

    device, token = await log.write(exchange)
    own = device.series
    return EnrolAnswer(
        token=token,
        device=device.id,
        kind=device.kind,
        name=device.name,
        centre=device.centre,
        series=None if own is None else SeriesState(own.letter, own.first, own.last),
        ticket_key=None if own is None else tokens.ticket_key(parts.tickets_keys()[0], device.id).hex(),
        ticket_url=parts.ticket_url,
    )
