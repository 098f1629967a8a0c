"""What a kiosk read of a document: taken with its ticket, shown to whoever serves it, compared with applications.

An application gets its holder from the first visit at which staff open or name it and of which a document is known.
Later visits are compared with it and never added: whoever brings another document would else become its holder. Where
appointments are known, they will be matched here too.
"""

from collections.abc import Iterable

import msgspec
import structlog
from sqlalchemy import Connection

from queue_server.accounts.permissions import Kind as Comes
from queue_server.accounts.staff_store import names
from queue_server.applications import store
from queue_server.applications.model import MOVES
from queue_server.applications.views import application_view
from queue_server.contract.documents import (
    NOT_READ,
    DocumentReading,
    HolderView,
    MendedView,
    ReadingAnswer,
    ReadingNotOpenedError,
    VerdictView,
    from_text,
    unseal,
)
from queue_server.http.ask import Ask
from queue_server.http.centres import Centre
from queue_server.http.problems import NotPermittedError
from queue_server.http.server import Server
from queue_server.people.access import came_with
from queue_server.people.errors import PersonShreddedError
from queue_server.people.handlers import document_rows, known_visit, new_row
from queue_server.people.model import PURPOSES, Kind, Opened, Row, normalised
from queue_server.people.store import is_kept_for, rows_of
from queue_server.queue.state import Visit
from queue_server.values import Actor, ApplicationId, ApplicationState, VisitId, new_id, to_datetime
from queue_server.writer import Rows

_log = structlog.get_logger(__name__)

_HOLDER, _REFUSED = "holder", "refused"
_PASSED, _FAILED, _NOT_CHECKED = "passed", "failed", "not-checked"


def ticket_rows(ask: Ask, visit: VisitId, document: str | None, sealed: str | None) -> Rows | None:
    """Make what is stored with a ticket: the number that staff typed, or what a kiosk read.

    Raises:
        NotPermittedError: a device says a number, or anybody but a kiosk brings a reading.
    """
    typed = document_rows(ask, visit, document)
    if sealed is None:
        return typed
    if Comes.KIOSK not in ask.principal.kinds:
        raise NotPermittedError
    try:
        reading = unseal(from_text(sealed), visit, ask.server.keys.opener())
    except ReadingNotOpenedError as error:
        # The paper is printed already: its ticket is taken whatever came with it.
        _log.warning("reading-dropped", code=error.code, device=ask.principal.device, visit=visit)
        return None
    return _reading_rows(ask, visit, reading)


def _reading_rows(ask: Ask, visit: VisitId, reading: DocumentReading) -> Rows:
    days, number = ask.server.settings.people, normalised(reading.number)
    text = msgspec.json.encode(reading).decode()
    rows = [new_row(ask, new_id(), Kind.READING, text, days.reading_days, visit)]
    if number:
        rows.append(new_row(ask, new_id(), Kind.DOCUMENT, number, days.document_days, visit))

    def put(connection: Connection) -> None:
        for row in rows:
            ask.server.vault.put(connection, row)

    return put


async def reading(ask: Ask) -> ReadingAnswer:
    """Show what a kiosk read of the document of a visit, and whether it is the one of its applications."""
    # Another server may have taken the ticket, or named an application, a moment ago.
    await ask.centre.writer.catch_up()
    return await look_at(ask.server, ask.centre, known_visit(ask), ask.actor)


async def look_at(server: Server, centre: Centre, visit: Visit, actor: Actor) -> ReadingAnswer:
    """Read what there is of a visit's document; who looked is stored in the same transaction."""
    visits = came_with(centre.writer.state, visit)
    return await server.log.write(lambda connection: Look(server, centre, actor, connection).at(visits, visit))


class Look:
    """One look into the vault, in one transaction."""

    def __init__(self, server: Server, centre: Centre, actor: Actor, connection: Connection) -> None:
        self._vault = server.vault
        self._centre = centre.id
        self._actor = actor
        self._now = server.clock()
        self._connection = connection

    def at(self, visits: Iterable[VisitId], visit: Visit) -> ReadingAnswer:
        opened = self.opened(visits)
        if opened is None:
            return ReadingAnswer(NOT_READ)
        found = msgspec.json.decode(opened.text, type=DocumentReading)
        theirs = self.applications_of(normalised(found.number))
        named = store.some(self._connection, self._centre, visit.applications)
        holders = tuple(HolderView(self._holder(one.id, found, theirs), application_view(one)) for one in named) or (
            HolderView(VerdictView(_HOLDER, _NOT_CHECKED, "no-booking")),
        )
        ready = () if named else store.some(self._connection, self._centre, theirs)
        return ReadingAnswer(
            _REFUSED if any(one.verdict.outcome == _FAILED for one in holders) else found.standing,
            found,
            holders,
            tuple(application_view(one) for one in ready if one.state is ApplicationState.READY),
            self._mended(opened.row),
        )

    def _mended(self, row: Row) -> MendedView | None:
        """Say who put the number right: a reading that is not a kiosk's is of who did."""
        by = names(self._connection, {row.actor}).get(row.actor)
        return None if by is None else MendedView(by, to_datetime(row.at))

    def number(self, visits: Iterable[VisitId]) -> str:
        """Find the number of the document of a party: as a kiosk read it, else as staff typed it; "" where none is."""
        visits = tuple(visits)
        found = self.reading(visits)
        if found is not None:
            return normalised(found.number)
        typed = self._newest(visits, Kind.DOCUMENT)
        return "" if typed is None else typed.text

    def reading(self, visits: Iterable[VisitId]) -> DocumentReading | None:
        found = self.opened(visits)
        return None if found is None else msgspec.json.decode(found.text, type=DocumentReading)

    def opened(self, visits: Iterable[VisitId]) -> Opened | None:
        """Read what was read last of a party's document, with who stored it and when."""
        return self._newest(visits, Kind.READING)

    def _newest(self, visits: Iterable[VisitId], kind: Kind) -> Opened | None:
        """Read the newest row of the first visit that has one."""
        for visit in visits:
            for row in reversed(rows_of(self._connection, visit, self._centre, kind, self._now)):
                try:
                    return self._vault.get(
                        self._connection, row, purpose=PURPOSES[kind], actor=self._actor, now=self._now
                    )
                except PersonShreddedError:
                    continue
        return None

    def applications_of(self, number: str) -> tuple[ApplicationId, ...]:
        if not number:
            return ()
        rows = self._vault.matching(
            self._connection, self._centre, Kind.HOLDER, number, actor=self._actor, now=self._now
        )
        return tuple(dict.fromkeys(row.application for row in rows if row.application is not None))

    def _holder(
        self, application: ApplicationId, found: DocumentReading, theirs: tuple[ApplicationId, ...]
    ) -> VerdictView:
        if application in theirs:
            return VerdictView(_HOLDER, _PASSED)
        if not is_kept_for(self._connection, application, self._now):
            return VerdictView(_HOLDER, _NOT_CHECKED, "holder-unknown")
        if not normalised(found.number):
            return VerdictView(_HOLDER, _NOT_CHECKED, "number-missing")
        return VerdictView(_HOLDER, _FAILED, "another-holder")


def holder_rows(ask: Ask, visit: Visit, application: ApplicationId) -> Rows | None:
    """Make what is stored when staff open or name an application: whose document the visit came with.

    Nothing where the application has a holder, or has come to its end, or no document is known. An integration has no
    name to record, so it reads nothing of the vault.
    """
    if ask.principal.staff is None:
        return None
    server, centre, actor = ask.server, ask.centre, ask.actor
    visits = came_with(centre.writer.state, visit)
    days = server.settings.people.holder_days

    def put(connection: Connection) -> None:
        # Locked, so that whoever ends the application at the same time comes before this row or after it.
        found = store.by_id(connection, centre.id, application, lock=True)
        if found is None or not MOVES[found.state] or is_kept_for(connection, application, server.clock()):
            return
        number = Look(server, centre, actor, connection).number(visits)
        if number:
            row = new_row(ask, new_id(), Kind.HOLDER, number, days, visit.id)
            server.vault.put(connection, msgspec.structs.replace(row, application=application))

    return put
