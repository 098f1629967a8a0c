"""How a machine becomes a kiosk of a centre: a code, alone or in a text, is exchanged for its identity."""

import asyncio

import structlog

from kiosk.errors import OtherKindError
from kiosk.journey.events import FailureCode
from kiosk.link.connect import ServerAddress
from kiosk.store.data import DataFolder
from kiosk.store.identity import KioskIdentity
from kiosk.tickets.outbox import Outbox, OutboxWorker
from queue_server.contract import enrolment_text
from queue_server.contract.authority_fetch import AuthorityStrangeError, ask_authority
from queue_server.contract.client import ProblemError, ServerUnreachableError
from queue_server.contract.enrolment_text import EnrolmentTextError

_log = structlog.get_logger(__name__)

_TOO_MANY = 429


async def enrol_by_text(server: ServerAddress, data: DataFolder, box: OutboxWorker, text: str) -> KioskIdentity:
    """Enrol by one text, as it was scanned: its server hears the code when it has the authority that the text names.

    Raises:
        EnrolmentTextError: it is none, or of another release.
        AuthorityStrangeError: the server there has another authority; it was told nothing.
        ServerUnreachableError, ProblemError, KioskError: as ``enrol`` does.
    """
    found = enrolment_text.read(text)
    authority = await ask_authority(found)
    there = await asyncio.to_thread(server.at, found.server, authority)
    return await enrol(there, data, box, found.code, authority)


async def enrol(
    server: ServerAddress, data: DataFolder, box: OutboxWorker, code: str, authority: bytes | None = None
) -> KioskIdentity:
    """Exchange a code for this kiosk's identity, and keep it, with the ``authority`` (PEM) that is trusted then.

    Raises:
        ServerUnreachableError, ProblemError: no answer, or the server's no.
        KioskError: the outbox still belongs to another device, or the folder cannot be written.
    """
    async with server.connect(None, None) as client:
        answer = await client.enrol(code)
    identity = KioskIdentity.of(server.url, answer)
    assert answer.series is not None  # noqa: S101 - Identity.of refuses an answer without one
    await box(Outbox.enrol, identity.centre, answer.series)
    if authority is not None:
        # Before it is somebody: without it, it would never reach its server again.
        await asyncio.to_thread(data.store_authority, authority)
    await asyncio.to_thread(data.store_identity, identity)
    _log.info("enrolled", device=identity.device, centre=identity.centre, letter=answer.series.letter)
    return identity


def refusal(error: Exception) -> FailureCode:
    """Say on the set-up page why it did not work."""
    if isinstance(error, ServerUnreachableError):
        return FailureCode.ENROL_AWAY
    _log.warning("enrolment-refused", code=getattr(error, "code", type(error).__name__))
    match error:
        case EnrolmentTextError():
            return FailureCode.ENROL_TEXT
        case AuthorityStrangeError():
            return FailureCode.ENROL_STRANGE
        case OtherKindError():
            return FailureCode.ENROL_KIND
        case ProblemError() if error.status == _TOO_MANY:
            return FailureCode.ENROL_LIMIT
    return FailureCode.ENROL_CODE
