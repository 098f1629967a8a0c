"""How a machine becomes a kiosk of a centre: a code is exchanged for its identity."""

import asyncio

import structlog

from kiosk.journey.events import FailureCode
from kiosk.link.connect import ServerAddress
from kiosk.store.data import DataFolder
from kiosk.store.identity import KioskIdentity
from kiosk.tickets.outbox import Outbox, OutboxWorker
from queue_server.contract.client import ProblemError, ServerUnreachableError

_log = structlog.get_logger(__name__)

_TOO_MANY = 429


async def enrol(server: ServerAddress, data: DataFolder, box: OutboxWorker, code: str) -> KioskIdentity:
    """Exchange a code for this kiosk's identity, and keep it.

    Raises:
        ServerUnreachableError, ProblemError: no answer, or the server's no.
        KioskError: the outbox still belongs to another device, or the folder cannot be written.
    """
    async with server.connect(None, None) as client:
        answer = await client.enrol(code)
    identity = KioskIdentity.of(server.url, answer)
    assert answer.series is not None  # noqa: S101 - Identity.of refuses an answer without one
    await box(Outbox.enrol, identity.centre, answer.series)
    await asyncio.to_thread(data.store_identity, identity)
    _log.info("enrolled", device=identity.device, centre=identity.centre, letter=answer.series.letter)
    return identity


def refusal(error: Exception) -> FailureCode:
    """Say on the set-up page why it did not work."""
    if isinstance(error, ServerUnreachableError):
        return FailureCode.ENROL_AWAY
    _log.warning("enrolment-refused", code=getattr(error, "code", type(error).__name__))
    if isinstance(error, ProblemError) and error.status == _TOO_MANY:
        return FailureCode.ENROL_LIMIT
    return FailureCode.ENROL_CODE
