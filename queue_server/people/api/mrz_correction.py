"""One wrong character of a document's number, corrected by whoever serves: the visit is matched anew.

A kiosk reads print with a camera. Where it took one character for another, staff who hold the document say the right
number: one character differs, not more, so that nobody becomes somebody else. Who corrected it and when is in the
vault: the new reading is a row of theirs, beside the one of the kiosk.
"""

import msgspec
from sqlalchemy import Connection

from queue_server.centre.errors import VisitUnknownError
from queue_server.centre.submit import centre_of
from queue_server.contract.documents import CorrectionRequest, DocumentReading, ReadingsAnswer
from queue_server.domain.values import ApplicationId, VisitId, new_id
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.people.api.people import known_visit, new_row
from queue_server.people.api.readings import read_documents
from queue_server.people.vault_reading import CORRECTED, Compared, VaultReading
from queue_server.vault.access import came_with
from queue_server.vault.errors import NotTheirVisitError, ReadingNotCorrectedError
from queue_server.vault.model import PeopleRules, RowKind, VaultRow, normalised
from queue_server.vault.people_key import PeopleKeyHolder
from queue_server.vault.store import Vault

_ZONE, _PRINTED, _PASSED = "zone", "printed", "passed"


@refuses(VisitUnknownError, NotTheirVisitError, ReadingNotCorrectedError)
async def correct(ask: RequestContext) -> ReadingsAnswer:
    """Put one character of the number of a document right, and match the visit anew.

    Raises:
        ReadingNotCorrectedError: no such document was read, its chip says the number too, or more than one character
            differs.
    """
    wanted = ask.body(CorrectionRequest)
    number = normalised(wanted.number)
    await centre_of(ask).writer.catch_up()
    visit = known_visit(ask)
    visits = came_with(centre_of(ask).writer.state, visit)

    def write(connection: Connection) -> None:
        look = VaultReading(ask.server, centre_of(ask), ask.actor, connection)
        everything = look.all(visits)
        person = next((one.person for one in everything if one.row.id == wanted.document), None)
        found = next((one for one in everything if one.person == person), None)
        if found is None or found.row.visit is None:
            raise ReadingNotCorrectedError(reason="nothing-read")
        if found.number == number:
            # Asked for once more: it is done.
            return
        after = corrected(found.reading, number)
        ident = _store(ask, connection, found.row.visit, after)
        if (said := look.compared(visits).get(found.row.id)) is not None:
            _restate(ask, connection, ident, *said)
        for application in look.applications_of(found).all:
            if application in visit.applications:
                _hold_anew(ask, connection, visit.id, application, look.keys(visits))

    await ask.server.log.write(write)
    await ask.server[PeopleKeyHolder].settle()
    return await read_documents(ask.server, centre_of(ask), visit, ask.actor)


def corrected(reading: DocumentReading, number: str) -> DocumentReading:
    """Give a reading with another number. Pure.

    Raises:
        ReadingNotCorrectedError: as ``correct``.
    """
    if any(one.check == _PRINTED and one.outcome == _PASSED for one in reading.verdicts):
        raise ReadingNotCorrectedError(reason="proved")
    before = normalised(reading.number)
    if len(before) != len(number) or sum(one != other for one, other in zip(before, number, strict=True)) > 1:
        raise ReadingNotCorrectedError(reason="more-than-one")
    others = tuple(one for one in reading.verdicts if one.check != _ZONE or one.outcome == "noted")
    verdicts = (CORRECTED, *(one for one in others if one != CORRECTED))
    return msgspec.structs.replace(reading, number=number, verdicts=verdicts)


def _store(ask: RequestContext, connection: Connection, visit: VisitId, reading: DocumentReading) -> str:
    days, ident = ask.server.settings[PeopleRules], new_id()
    text = msgspec.json.encode(reading).decode()
    ask.server[Vault].put(connection, new_row(ask, ident, RowKind.READING, text, days.reading_days, visit))
    number = normalised(reading.number)
    ask.server[Vault].put(connection, new_row(ask, new_id(), RowKind.DOCUMENT, number, days.document_days, visit))
    return ident


def _restate(ask: RequestContext, connection: Connection, document: str, row: VaultRow, said: Compared) -> None:
    """Let what was said of the person stand under the name and the time of who said it: the face is the same."""
    assert row.visit is not None  # noqa: S101 - it is of a visit
    text = msgspec.json.encode(msgspec.structs.replace(said, document=document)).decode()
    new = new_row(ask, new_id(), RowKind.COMPARED, text, ask.server.settings[PeopleRules].reading_days, row.visit)
    ask.server[Vault].put(connection, msgspec.structs.replace(new, actor=row.actor, at=row.at))


def _hold_anew(
    ask: RequestContext, connection: Connection, visit: VisitId, application: ApplicationId, documents: tuple[str, ...]
) -> None:
    """Let an application that was named at this visit know the right documents."""
    server = ask.server
    server[Vault].end_application(connection, application, actor=ask.actor, now=server.clock())
    for document in documents:
        row = new_row(ask, new_id(), RowKind.HOLDER, document, server.settings[PeopleRules].holder_days, visit)
        server[Vault].put(connection, msgspec.structs.replace(row, application=application))
