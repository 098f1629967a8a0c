"""A visible digital seal that staff scan or paste at their desk: verified, kept as a reading of theirs, and matched.

A scanner at a desk types like a keyboard: seals in text, and those in binary that it writes in hexadecimal, come so.
Raw bytes come from the reader beside the browser. Who scanned it and when is in the vault: the reading is their row.
"""

import asyncio
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from peripherals.codes.seal import SealForm, decode
from peripherals.documents.seals.examination import ExaminedSeal, examine
from peripherals.documents.trust.watch import Trusted
from peripherals.errors import SealError
from queue_server.centre.centres import Centre
from queue_server.centre.errors import VisitUnknownError
from queue_server.centre.submit import centre_of
from queue_server.contract.documents import (
    DocumentReading,
    ReadingNotOpenedError,
    ReadingsAnswer,
    SealAnswer,
    SealRequest,
    from_text,
)
from queue_server.domain.values import Actor, new_id, to_datetime
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.framework.server import Server
from queue_server.people.api.people import known_visit
from queue_server.people.api.readings import read_documents
from queue_server.people.vault_reading import FoundReading, VaultReading
from queue_server.queue.state import Visit
from queue_server.vault.access import came_with
from queue_server.vault.errors import NotTheirVisitError, SealNotReadError
from queue_server.vault.model import PeopleRules, RowKind, end_of, normalised
from queue_server.vault.store import NewRow, Vault

#: People of one visit of whom readings are kept (``DocumentReading.person``).
_PLACES = 20


class VerifiedSeal(NamedTuple):
    """``outcome`` is that of ``seals.examination``; ``documents`` are those of the visit, the seal among them."""

    outcome: str
    reading: DocumentReading
    documents: ReadingsAnswer


@refuses(VisitUnknownError, NotTheirVisitError, SealNotReadError)
async def verify(ask: RequestContext) -> SealAnswer:
    """Verify a seal for a visit, by the route; raises what ``verify_seal`` does."""
    wanted = ask.body(SealRequest)
    try:
        data = from_text(wanted.data) if wanted.data else from_typed(wanted.text)
    except ReadingNotOpenedError as error:
        raise SealNotReadError from error
    await centre_of(ask).writer.catch_up()
    found = await verify_seal(ask.server, centre_of(ask), known_visit(ask), ask.actor, data)
    return SealAnswer(found.outcome, found.reading, found.documents.documents)


def from_typed(text: str) -> bytes:
    """Give the bytes of a seal as a scanner that is a keyboard types it, or as it was pasted. Pure.

    Raises:
        SealNotReadError: it is no seal in text, nor one in hexadecimal.
    """
    found = decode(SealForm.HEX, text.strip().encode())
    if found is None:
        raise SealNotReadError
    return bytes(found)


async def verify_seal(server: Server, centre: Centre, visit: Visit, actor: Actor, data: bytes) -> VerifiedSeal:
    """Verify the bytes of a seal, keep what it came to at the visit, and match the visit anew.

    Raises:
        SealNotReadError: they are no seal.
    """
    at = to_datetime(server.clock())
    try:
        # Signatures take their time, and the loop must not wait for them.
        found = await asyncio.to_thread(examine, data, server[Trusted].store, at)
    except SealError as error:
        raise SealNotReadError from error
    reading = reading_of(found)
    visits = came_with(centre.writer.state, visit)

    def write(connection: Connection) -> None:
        known = VaultReading(server, centre, actor, connection).readings(visits)
        placed = place(reading, known, visit)
        if placed is not None:
            for kind, text in _rows(placed):
                server[Vault].put(connection, _row(server, centre, actor, visit, kind, text))

    await server.log.write(write)
    return VerifiedSeal(found.outcome, reading, await read_documents(server, centre, visit, actor))


def reading_of(found: ExaminedSeal) -> DocumentReading:
    """Make of a seal what a kiosk sends of it. Pure."""
    read = msgspec.convert(found.summary, DocumentReading, from_attributes=True)
    return msgspec.structs.replace(read, seal=found.kind)


def place(reading: DocumentReading, known: tuple[FoundReading, ...], visit: Visit) -> DocumentReading | None:
    """Say whose it is: the seal of a paper that was read before takes its place, another one the next. Pure.

    None where it is not kept: it was already, or a document of this number was read, of which more is known.
    """
    for one in known:
        same = (one.reading.issuer, one.number) == (reading.issuer, normalised(reading.number))
        if same and (one.number or msgspec.structs.replace(one.reading, person=0, band="") == reading):
            placed = msgspec.structs.replace(reading, person=one.reading.person, band=one.reading.band)
            return None if not one.reading.seal or placed == one.reading else placed
    after = max((one.reading.person for one in known if one.row.visit == visit.id), default=-1) + 1
    if after >= _PLACES:
        return None
    ages = [one.band for one in visit.people for _ in range(one.count)]
    return msgspec.structs.replace(reading, person=after, band=ages[after] if after < len(ages) else "")


def _rows(reading: DocumentReading) -> list[tuple[RowKind, str]]:
    number = normalised(reading.number)
    rows = [(RowKind.READING, msgspec.json.encode(reading).decode())]
    return [*rows, (RowKind.DOCUMENT, number)] if number else rows


def _row(server: Server, centre: Centre, actor: Actor, visit: Visit, kind: RowKind, text: str) -> NewRow:  # noqa: PLR0917 - a row
    now, days = server.clock(), server.settings[PeopleRules]
    kept = days.reading_days if kind is RowKind.READING else days.document_days
    return NewRow(
        id=new_id(),
        kind=kind,
        centre=centre.id,
        text=text,
        at=now,
        actor=actor,
        ends_at=end_of(centre.rule, centre.rule.day_at(now), kept),
        visit=visit.id,
        findable=kind is RowKind.DOCUMENT,
    )
