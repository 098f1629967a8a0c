"""What a kiosk read of documents: taken with their ticket, shown to whoever serves it, compared with applications.

An application gets its holder from the first visit at which staff open or name it and of which a document is known. A
party that laid down several is its holder together: it is for one of them, and another of them may come for it. Later
visits are compared with it and never added: whoever brings another document would else become its holder. A document is
known by its number and by who issued it; a holder of whom only the number was said is known by that alone. Where
appointments are known, they will be matched here too.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
import structlog
from sqlalchemy import Connection

from queue_server.applications import store
from queue_server.applications.model import MOVES
from queue_server.centre.centres import Centre
from queue_server.centre.errors import VisitUnknownError
from queue_server.centre.submit import centre_of
from queue_server.contract.documents import (
    DocumentReading,
    ReadingNotOpenedError,
    ReadingsAnswer,
    from_text,
    unseal,
)
from queue_server.contract.faces import DocumentFace, unseal_face
from queue_server.domain.values import Actor, ApplicationId, VisitId, new_id
from queue_server.framework.permissions import PrincipalKind as Comes
from queue_server.framework.problems import NotPermittedError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.framework.server import Server
from queue_server.people.api.people import document_rows, known_visit, new_row
from queue_server.people.vault_reading import VaultReading
from queue_server.queue.state import Visit
from queue_server.vault import faces
from queue_server.vault.access import came_with
from queue_server.vault.errors import NotTheirVisitError
from queue_server.vault.keys import Keys
from queue_server.vault.model import PeopleRules, RowKind, normalised
from queue_server.vault.opening import open_sealed
from queue_server.vault.store import Vault, is_stored_for
from queue_server.writer import Rows

_log = structlog.get_logger(__name__)


def ticket_rows(
    ask: RequestContext, visit: VisitId, document: str | None, sealed: Sequence[str], sealed_faces: Sequence[str] = ()
) -> Rows | None:
    """Make what is stored with a ticket: the number that staff typed, or what a kiosk read, with its pictures.

    Raises:
        NotPermittedError: a device says a number, or anybody but a kiosk brings readings.
    """
    typed = document_rows(ask, visit, document)
    if not sealed and not sealed_faces:
        return typed
    if Comes.KIOSK not in ask.principal.kinds:
        raise NotPermittedError
    most = centre_of(ask).facts.catalogue.kiosk_party
    opened = [reading for one in sealed[: most + 1] if (reading := _opened(ask, visit, one)) is not None]
    # Behind the people of the party stands a seal that one of them has shown beside their document.
    readings = [*opened[:most], *(one for one in opened[most:] if one.seal)]
    if dropped := max(0, len(sealed) - most - 1) + len(opened) - len(readings):
        _log.warning("readings-dropped", count=dropped, device=ask.principal.device, visit=visit)
    pictures = [face for one in sealed_faces[:most] if (face := _opened_face(ask, visit, one)) is not None]
    return reading_rows(ask, visit, readings, {one.person: one.jpeg for one in pictures}) if readings else None


def _opened(ask: RequestContext, visit: VisitId, sealed: str) -> DocumentReading | None:
    try:
        return open_sealed(ask.server[Keys], lambda key: unseal(from_text(sealed), visit, key))
    except ReadingNotOpenedError as error:
        # The paper is printed already: its ticket is taken whatever came with it.
        _log.warning("reading-dropped", code=error.code, device=ask.principal.device, visit=visit)
        return None


def _opened_face(ask: RequestContext, visit: VisitId, sealed: str) -> DocumentFace | None:
    try:
        return open_sealed(ask.server[Keys], lambda key: unseal_face(from_text(sealed), visit, key))
    except ReadingNotOpenedError as error:
        _log.warning("face-dropped", code=error.code, device=ask.principal.device, visit=visit)
        return None


def _is_spoken_for(reading: DocumentReading) -> bool:
    """Say whether the picture is what was signed: no other one is kept."""
    return any(one.check == "face" and one.outcome == "passed" for one in reading.verdicts)


def reading_rows(
    ask: RequestContext, visit: VisitId, readings: Iterable[DocumentReading], pictures: Mapping[int, bytes]
) -> Rows:
    """Make what is stored of readings: each document with its picture, and its number, by which others are found."""
    days, rows = ask.server.settings[PeopleRules], []
    # One for each person, and each document once, whatever a kiosk has laid to whom.
    persons: set[int] = set()
    documents: set[tuple[str, str]] = set()
    for one in readings:
        number = normalised(one.number)
        if one.person in persons or (one.issuer, number) in documents:
            continue
        persons.add(one.person)
        if number:
            documents.add((one.issuer, number))
        face = None
        if one.person in pictures and _is_spoken_for(one):
            face = new_id()
            rows.append(new_row(ask, face, RowKind.FACE, faces.as_text(pictures[one.person]), faces.DAYS, visit))
        text = msgspec.json.encode(msgspec.structs.replace(one, face=face)).decode()
        rows.append(new_row(ask, new_id(), RowKind.READING, text, days.reading_days, visit))
        if number:
            rows.append(new_row(ask, new_id(), RowKind.DOCUMENT, number, days.document_days, visit))

    def put(connection: Connection) -> None:
        ask.server[Vault].put(connection, *rows)

    return put


@refuses(VisitUnknownError, NotTheirVisitError)
async def reading(ask: RequestContext) -> ReadingsAnswer:
    """Show what a kiosk read of the documents of a visit, and whether they are those of its applications."""
    # Another server may have taken the ticket, or named an application, a moment ago.
    await centre_of(ask).writer.catch_up()
    return await read_documents(ask.server, centre_of(ask), known_visit(ask), ask.actor)


async def read_documents(server: Server, centre: Centre, visit: Visit, actor: Actor) -> ReadingsAnswer:
    """Read what there is of a visit's documents; who looked is stored in the same transaction."""
    visits = came_with(centre.writer.state, visit)
    return await server.log.write(lambda connection: VaultReading(server, centre, actor, connection).at(visits, visit))


def holder_rows(ask: RequestContext, visit: Visit, application: ApplicationId) -> Rows | None:
    """Make what is stored when staff open or name an application: whose documents the visit came with.

    Nothing where the application has a holder, or has come to its end, or no document is known. An integration has no
    name to record, so it reads nothing of the vault.
    """
    if ask.principal.staff is None:
        return None
    server, centre, actor = ask.server, centre_of(ask), ask.actor
    visits = came_with(centre.writer.state, visit)
    days = server.settings[PeopleRules].holder_days

    def put(connection: Connection) -> None:
        # Locked, so that whoever ends the application at the same time comes before this row or after it.
        found = store.by_id(connection, centre.id, application, lock=True)
        if found is None or not MOVES[found.state] or is_stored_for(connection, application, server.clock()):
            return
        for document in VaultReading(server, centre, actor, connection).keys(visits):
            row = new_row(ask, new_id(), RowKind.HOLDER, document, days, visit.id)
            server[Vault].put(connection, msgspec.structs.replace(row, application=application))

    return put
