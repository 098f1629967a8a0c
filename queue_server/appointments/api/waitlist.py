"""Routes of the waiting list."""

from sqlalchemy import Connection

from queue_server.appointments import waitlist, waitlist_store
from queue_server.appointments.api.booking import booker_of, party_of
from queue_server.appointments.errors import AppointmentsNotOfferedError, BookingLimitError, WaitlistInvalidError
from queue_server.appointments.waitlist import AcceptableDays
from queue_server.appointments.waitlist_link import waitlist_token
from queue_server.appointments.waitlist_model import WaitlistEntry
from queue_server.centre.submit import centre_of
from queue_server.contract import waitlist as m
from queue_server.domain.appointments import WaitlistState
from queue_server.domain.values import Day, Language, Micros, to_datetime
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.notices.contact import read_contact
from queue_server.notices.errors import ContactInvalidError


@refuses(AppointmentsNotOfferedError, BookingLimitError, ContactInvalidError, WaitlistInvalidError)
async def join(ask: RequestContext) -> m.WaitlistEntryAnswer:
    """Have somebody wait.

    Raises:
        AppointmentsNotOfferedError: no appointment is given for that.
        BookingLimitError: there are as many with this contact as there may be.
        ContactInvalidError: address or number is none.
        WaitlistInvalidError: on none of these days can be booked, or they cannot be told.
    """
    wanted = ask.body(m.JoinWaitlistRequest)
    party = party_of(wanted.services, wanted.party_size, wanted.people)
    when = AcceptableDays(Day(wanted.first_day), Day(wanted.last_day), wanted.earliest_min, wanted.latest_min)
    contact = read_contact(wanted.contact)
    entry = await waitlist.join(booker_of(ask), party, when, Language(wanted.language), contact)
    return m.WaitlistEntryAnswer(entry_view(entry, ask.server.clock()), waitlist_token(ask.server, entry.id))


async def entries(ask: RequestContext) -> m.WaitlistAnswer:
    """List who waits at this centre, or has an offer."""
    centre, now = centre_of(ask).id, ask.server.clock()

    def work(connection: Connection) -> list[WaitlistEntry]:
        found = (
            *waitlist_store.in_state(connection, centre, WaitlistState.WAITING),
            *waitlist_store.in_state(connection, centre, WaitlistState.OFFERED),
        )
        return sorted(found, key=lambda one: (one.joined_at, one.id))

    return m.WaitlistAnswer(tuple(entry_view(one, now) for one in await ask.server.log.run(work)))


def entry_view(one: WaitlistEntry, now: Micros) -> m.WaitlistEntryView:
    """Show somebody who waits as they stand at ``now``."""
    offer = one.offer(now)
    return m.WaitlistEntryView(
        id=one.id,
        state=one.state,
        services=one.services,
        party_size=one.party_size,
        first_day=one.first_day,
        last_day=one.last_day,
        earliest_min=one.earliest_min,
        latest_min=one.latest_min,
        joined_at=to_datetime(one.joined_at),
        offers=len(one.offers),
        at=None if offer is None else to_datetime(offer.at),
        until=None if offer is None else to_datetime(offer.until),
    )
