"""What a reader at a desk of staff has read of the document of a visit that is served or received there.

It is sealed by the program beside the browser as a kiosk seals it, and matched like a kiosk's. It is a row of whoever
read it: their name and when stand in the vault. Of one person the newest reading counts. The picture from its chip is
kept as a kiosk's is: until the visit ends, and of a visit that has ended none is.
"""

import msgspec
from sqlalchemy import Connection

from queue_server.centre.errors import VisitUnknownError
from queue_server.centre.submit import centre_of
from queue_server.contract.documents import (
    DeskReadingRequest,
    DocumentReading,
    ReadingNotOpenedError,
    ReadingsAnswer,
    from_text,
    unseal,
)
from queue_server.contract.faces import unseal_face
from queue_server.domain.values import BandId, VisitId
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.people.api.people import known_visit
from queue_server.people.api.readings import holder_rows, read_documents, reading_rows
from queue_server.people.vault_reading import VaultReading
from queue_server.queue.amend import OVER
from queue_server.queue.state import Visit
from queue_server.vault.access import came_with
from queue_server.vault.errors import NotTheirVisitError, ReadingNotAcceptedError
from queue_server.vault.faces import drop
from queue_server.vault.keys import Keys
from queue_server.vault.model import normalised
from queue_server.vault.opening import open_sealed


@refuses(VisitUnknownError, NotTheirVisitError, ReadingNotAcceptedError)
async def accept(ask: RequestContext) -> ReadingsAnswer:
    """Store what was read, match the visit anew, and give all that is known of its documents.

    Raises:
        ReadingNotAcceptedError: it was not sealed for this visit and this server, or so many people did not come.
    """
    wanted = ask.body(DeskReadingRequest)
    await centre_of(ask).writer.catch_up()
    visit = known_visit(ask)
    try:
        read = open_sealed(ask.server[Keys], lambda key: unseal(from_text(wanted.sealed), visit.id, key))
    except ReadingNotOpenedError as error:
        raise ReadingNotAcceptedError(reason="not-opened") from error
    reading = of_person(read, visit, wanted.person)
    picture = _picture(ask, wanted, visit)
    visits = came_with(centre_of(ask).writer.state, visit)

    def write(connection: Connection) -> None:
        known = VaultReading(ask.server, centre_of(ask), ask.actor, connection).readings(visits)
        mine = next((one for one in known if one.row.visit == visit.id and _same(one.reading, reading)), None)
        # The same document again is that of the same person, whoever was pointed at.
        person = reading if mine is None else _of(reading, mine.reading.person, mine.reading.band)
        if mine is not None and _bare(mine.reading) == _bare(person) and mine.row.actor == ask.actor:
            # Sent once more: it is stored.
            return
        pictures = {} if picture is None else {person.person: picture}
        reading_rows(ask, visit.id, (person,), pictures)(connection)
        for application in visit.applications:
            if (rows := holder_rows(ask, visit, application)) is not None:
                rows(connection)

    await ask.server.log.write(write)
    await _drop_late(ask, visit.id)
    return await read_documents(ask.server, centre_of(ask), visit, ask.actor)


def _picture(ask: RequestContext, wanted: DeskReadingRequest, visit: Visit) -> bytes | None:
    """Open the picture that came along, None where there is none.

    Raises:
        ReadingNotAcceptedError: it was not sealed for this visit and this server, or is no plain picture.
    """
    face = wanted.face
    if face is None:
        return None
    try:
        return open_sealed(ask.server[Keys], lambda key: unseal_face(from_text(face), visit.id, key)).jpeg
    except ReadingNotOpenedError as error:
        raise ReadingNotAcceptedError(reason="not-opened") from error


async def _drop_late(ask: RequestContext, ident: VisitId) -> None:
    """Let go of a picture that came when its visit had ended: its end has taken what was there before."""
    await centre_of(ask).writer.catch_up()
    state = centre_of(ask).writer.state
    if state.visits[ident].state in OVER:
        await ask.server.log.write(drop(centre_of(ask).id, state, frozenset({ident})))


def _bare(reading: DocumentReading) -> DocumentReading:
    return msgspec.structs.replace(reading, face=None)


def of_person(reading: DocumentReading, visit: Visit, person: int) -> DocumentReading:
    """Say whose document it is: their place, and the age that was said of them. Pure.

    Raises:
        ReadingNotAcceptedError: the party has no such place.
    """
    ages = [one.band for one in visit.people for _ in range(one.count)] or [BandId("")] * visit.party_size
    if person >= len(ages):
        raise ReadingNotAcceptedError(reason="person")
    return _of(reading, person, ages[person])


def _of(reading: DocumentReading, person: int, band: str) -> DocumentReading:
    return msgspec.structs.replace(reading, person=person, band=band)


def _same(one: DocumentReading, other: DocumentReading) -> bool:
    number = normalised(one.number)
    return bool(number) and (one.issuer, number) == (other.issuer, normalised(other.number))
