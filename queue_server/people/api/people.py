"""Routes of the vault: notes of a visit, visits on a document, forgetting whoever came with a visit.

Everything that is typed here goes into the vault in the commit of the event that names it, and nowhere else.
"""

from typing import Final

from sqlalchemy import Connection

from queue_server.accounts.staff_store import names
from queue_server.centre import views
from queue_server.centre.errors import VisitUnknownError
from queue_server.centre.refusals import refused
from queue_server.centre.submit import centre_of, execute
from queue_server.contract.people import (
    DocumentRequest,
    ErasedAnswer,
    FoundAnswer,
    NoteAnswer,
    NoteRequest,
    NotesAnswer,
    NoteView,
)
from queue_server.domain.values import Micros, NoteId, VisitId, new_id, to_datetime
from queue_server.framework.problems import NotPermittedError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.queue import commands as c
from queue_server.queue.events import VisitNoted
from queue_server.queue.state import Visit
from queue_server.vault.access import may_read_notes
from queue_server.vault.errors import NotTheirVisitError, PersonShreddedError, RowUnknownError
from queue_server.vault.model import OpenedRow, PeopleRules, ReadPurpose, RowKind, end_of, normalised
from queue_server.vault.people_key import PeopleKeyHolder
from queue_server.vault.store import NewRow, Vault
from queue_server.writer import Rows

#: What is looked for by what it says.
_FINDABLE: Final = (RowKind.DOCUMENT, RowKind.HOLDER, RowKind.CARD_END)


@refuses(VisitUnknownError, NotTheirVisitError, refused(c.AddNote))
async def add_note(ask: RequestContext) -> NoteAnswer:
    """Write a note on a visit: its text into the vault, its id into the log, in one commit."""
    text = ask.body(NoteRequest).text
    visit = await _visit(ask)
    note = NoteId(new_id())
    row = new_row(ask, note, RowKind.NOTE, text, ask.server.settings[PeopleRules].note_days, visit.id)
    answer = await execute(ask, c.AddNote(visit.id, note), lambda connection: ask.server[Vault].put(connection, row))
    written = next((event.body.note for event in answer.events if isinstance(event.body, VisitNoted)), note)
    view = views.visit_by_id(answer.state, visit.id)
    if view is None:
        raise VisitUnknownError
    return NoteAnswer(view, written, answer.cursor)


@refuses(VisitUnknownError, NotTheirVisitError)
async def notes(ask: RequestContext) -> NotesAnswer:
    """Read the notes of a visit, oldest first. Who looked is stored in the same transaction."""
    # Another server may have stored one a moment ago.
    await centre_of(ask).writer.catch_up()
    visit = known_visit(ask)

    def read(connection: Connection) -> tuple[NoteView, ...]:
        found = [opened for note in visit.notes if (opened := _read(ask, connection, note)) is not None]
        authors = names(connection, {one.row.actor for one in found})
        return tuple(
            NoteView(NoteId(one.row.id), to_datetime(one.row.at), authors.get(one.row.actor, ""), one.text)
            for one in found
        )

    return NotesAnswer(await ask.server.log.write(read))


def _read(ask: RequestContext, connection: Connection, note: NoteId) -> OpenedRow | None:
    try:
        return ask.server[Vault].get(
            connection, note, purpose=ReadPurpose.SERVING, actor=ask.actor, now=ask.server.clock()
        )
    except (RowUnknownError, PersonShreddedError):
        # Its time is over, or its person was forgotten: the visit goes on without it.
        return None


async def find_document(ask: RequestContext) -> FoundAnswer:
    """Find the visits of today that were issued on a document. That somebody looked is recorded."""
    document = normalised(ask.body(DocumentRequest).document)
    server, centre = ask.server, centre_of(ask)
    found = await server.log.write(
        lambda connection: server[Vault].find(
            connection, centre.id, RowKind.DOCUMENT, document, actor=ask.actor, now=server.clock()
        )
    )
    # One of them may have been issued by another server a moment ago.
    await centre.writer.catch_up()
    state = centre.writer.state
    shown = (views.visit_by_id(state, visit) for visit in found)
    return FoundAnswer(tuple(view for view in shown if view is not None))


async def shred_visit(ask: RequestContext) -> ErasedAnswer:
    """Shred whoever came with a visit, today or earlier; the events of the visit stay, they name nobody."""
    server, visit, centre = ask.server, VisitId(ask.path("visit")), centre_of(ask).id
    persons = await server.log.write(
        lambda connection: server[Vault].shred_visit(
            connection, visit, centre=centre, actor=ask.actor, now=server.clock()
        )
    )
    await server[PeopleKeyHolder].settle()
    return ErasedAnswer(persons)


def document_rows(ask: RequestContext, visit: VisitId, document: str | None) -> Rows | None:
    """Make what is stored with a ticket that was issued on a document; only staff may say its number.

    Raises:
        NotPermittedError: it came from a device.
    """
    if document is None:
        return None
    if ask.principal.staff is None:
        raise NotPermittedError
    days = ask.server.settings[PeopleRules].document_days
    row = new_row(ask, new_id(), RowKind.DOCUMENT, normalised(document), days, visit)
    return lambda connection: ask.server[Vault].put(connection, row)


async def _visit(ask: RequestContext) -> Visit:
    """Find the visit of the path, for somebody who may see its notes, as any server knows it.

    Raises:
        VisitUnknownError: there is none today.
        NotTheirVisitError: it is at another counter.
    """
    try:
        return known_visit(ask)
    except (VisitUnknownError, NotTheirVisitError):
        await centre_of(ask).writer.catch_up()
        return known_visit(ask)


def known_visit(ask: RequestContext) -> Visit:
    """Find the visit of the path, for somebody who may see its notes, as this server knows it.

    Raises:
        VisitUnknownError: there is none today.
        NotTheirVisitError: it is at another counter.
    """
    writer = centre_of(ask).writer
    visit = writer.state.visits.get(VisitId(ask.path("visit")))
    if visit is None:
        raise VisitUnknownError
    # Who wrote a note may ask what became of it when the next visit has come already.
    if not may_read_notes(ask.principal, visit, writer.state) and not writer.knows(ask.key):
        raise NotTheirVisitError
    return visit


def new_row(ask: RequestContext, ident: str, kind: RowKind, text: str, days: int, visit: VisitId) -> NewRow:  # noqa: PLR0917 - a row
    """Make a row of a visit that is kept for so many service days."""
    return NewRow(
        id=ident,
        kind=kind,
        centre=centre_of(ask).id,
        text=text,
        at=ask.server.clock(),
        actor=ask.actor,
        ends_at=_ends(ask, days),
        visit=visit,
        findable=kind in _FINDABLE,
    )


def _ends(ask: RequestContext, days: int) -> Micros:
    rule = centre_of(ask).rule
    return end_of(rule, rule.day_at(ask.server.clock()), days)
