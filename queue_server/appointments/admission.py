"""The ticket of an appointment: proved by its booking, and noted on its day in the commit that issues the ticket."""

from sqlalchemy import Connection

from queue_server.appointments import booking, check_in, people, store
from queue_server.appointments.booking import Booker
from queue_server.appointments.link import proved
from queue_server.appointments.model import StoredAppointment
from queue_server.centre.api.visits import issued_at
from queue_server.centre.errors import CheckInRefusedError
from queue_server.centre.issuing import BookingProof
from queue_server.centre.submit import centre_of
from queue_server.contract.documents import ReadingNotOpenedError, from_text, unseal
from queue_server.contract.visits import IssueRequest
from queue_server.domain.appointments import ADMITS, AppointmentState, BookedThrough, CheckInVerdict
from queue_server.domain.values import MINUTE, VisitId
from queue_server.eventlog.port import StreamMovedError
from queue_server.framework.request_context import RequestContext
from queue_server.queue.proved_booking import ProvedBooking
from queue_server.vault.keys import Keys
from queue_server.vault.opening import open_sealed
from queue_server.vault.store import Vault


async def prove(ask: RequestContext, visit: VisitId, wanted: IssueRequest) -> BookingProof | None:
    """Prove the appointment that a request names; None where its ticket is one of a walk-in.

    What is on paper is never refused: what its appointment does not prove is a walk-in. Whoever has printed nothing yet
    is told why, and who has a ticket of it already.

    Raises:
        CheckInRefusedError: nobody comes in with it now, and nothing is on paper.
    """
    centre = centre_of(ask)
    rules = centre.setup.setup.appointments
    is_printed = wanted.code is not None and not wanted.unprinted
    if rules is None:
        # It gives none any more: what is on paper is taken all the same.
        if is_printed:
            return None
        raise CheckInRefusedError(verdict=CheckInVerdict.UNKNOWN, code="")
    one = await _named(ask, wanted.appointment or "")
    if one is not None and one.visit == visit:
        return None
    now = (issued_at(ask, wanted) if is_printed else None) or ask.server.clock()
    found = check_in.verdict(one, centre.id, centre.rule.day_at(now), now, rules)
    if found in ADMITS and one is not None and one.document is not None and rules.confirm_document:
        found = found if await _confirmed(ask, visit, wanted, one) else CheckInVerdict.WRONG_PERSON
    is_today = one is not None and one.state is AppointmentState.BOOKED and one.day == centre.rule.day_at(now)
    if one is not None and is_today and (found in ADMITS or found is CheckInVerdict.TOO_LATE):
        return BookingProof(
            ProvedBooking(one.id, one.at, rules.grace_min * MINUTE, rules.late_min * MINUTE),
            lambda connection: _note(connection, ask, one, visit),
        )
    if is_printed:
        return None
    raise CheckInRefusedError(verdict=found, code=await ticket_of(ask, one) or "")


async def ticket_of(ask: RequestContext, one: StoredAppointment | None) -> str | None:
    """Give the number of the ticket with which somebody came already; None where they have not, or it is of before."""
    centre = centre_of(ask)
    if one is None or one.visit is None or one.centre != centre.id:
        return None
    if one.visit not in centre.writer.state.visits:
        # They came at another server a moment ago: the row of the appointment is here before its event is.
        await centre.writer.catch_up()
    visit = centre.writer.state.visits.get(one.visit)
    return None if visit is None else visit.code


async def _named(ask: RequestContext, said: str) -> StoredAppointment | None:
    """Find the appointment by its link or by its id, which only a server has ever said."""
    ident = proved(ask.server, said) or said
    return await ask.server.log.run(lambda connection: store.by_id(connection, ident))


async def _confirmed(ask: RequestContext, visit: VisitId, wanted: IssueRequest, one: StoredAppointment) -> bool:
    """Tell whether a document that is here is the one that was named when booking; whoever is at a desk looks at it."""
    if ask.principal.staff is not None:
        return True
    numbers = []
    for sealed in wanted.readings:
        try:
            numbers.append(_number(ask, visit, sealed))
        except ReadingNotOpenedError:
            continue
    return await is_theirs(ask, one, numbers)


def _number(ask: RequestContext, visit: VisitId, sealed: str) -> str:
    """Open a reading; raises what ``open_sealed`` does."""
    return open_sealed(ask.server[Keys], lambda key: unseal(from_text(sealed), visit, key)).number


async def is_theirs(ask: RequestContext, one: StoredAppointment, numbers: list[str]) -> bool:
    """Tell whether an appointment was booked with one of these documents."""
    server, now = ask.server, ask.server.clock()

    def look(connection: Connection) -> bool:
        found = (
            found
            for number in numbers
            for found in people.by_document(server[Vault], connection, one.centre, number, ask.actor, now)
        )
        return any(each.id == one.id for each in found)

    return await server.log.write(look)


def _note(connection: Connection, ask: RequestContext, known: StoredAppointment, visit: VisitId) -> None:
    """Note that they came, where the booking still is what it was when it was proved.

    Raises:
        StreamMovedError: it was changed, or somebody else came with it a moment before.
    """
    one = store.by_id(connection, known.id)
    if one is None or (one.centre, one.day, one.at, one.state) != (known.centre, known.day, known.at, known.state):
        raise StreamMovedError
    through = BookedThrough.KIOSK if ask.principal.staff is None else BookedThrough.RECEPTION
    booking.check_in(connection, Booker(ask.server, centre_of(ask), ask.actor, ask.command, through), one.id, visit)
