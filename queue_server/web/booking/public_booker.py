"""Somebody without an account does something with an appointment: as whom, and under which command."""

from typing import Final

from queue_server.appointments import booking
from queue_server.appointments.booking import Booker
from queue_server.appointments.engine import BookedParty
from queue_server.appointments.views import appointment_view
from queue_server.centre.centres import Centre
from queue_server.contract.appointments import AppointmentView
from queue_server.domain.appointments import BookedThrough
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import Actor, BandId
from queue_server.framework.server import Server
from queue_server.web.booking.choice import BookingChoice

#: Nobody knows who it is.
PUBLIC: Final = Actor("public")


def public_booker(server: Server, centre: Centre, command: str) -> Booker:
    """Give who does something on a public page; the same command comes to the same, however often it is sent."""
    return Booker(server, centre, PUBLIC, command, BookedThrough.PUBLIC)


def party_of(choice: BookingChoice) -> BookedParty:
    people = tuple(Headcount(BandId(one.band), one.count) for one in choice.people)
    return BookedParty(choice.services, choice.party_size, people)


async def by_token(server: Server, token: str) -> tuple[Centre, AppointmentView] | None:
    """Find the appointment of a link. One that no server of this house has made is not even looked for."""
    known = await booking.by_token(server, token)
    if known is None:
        return None
    one, centre = known
    return centre, appointment_view(one, centre.rule.zone, centre.setup.setup.appointments, server.clock())
