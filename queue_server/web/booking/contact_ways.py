"""In which ways people can be written to who book or wait."""

from typing import Final

from queue_server.appointments import engine
from queue_server.appointments.errors import AppointmentsNotOfferedError
from queue_server.framework.server import Server
from queue_server.notices.assembling import Composers
from queue_server.notices.settings import MailSettings, SmsSettings
from queue_server.web.booking.context import BookingContext
from queue_server.web.booking.public_booker import party_of

#: Kinds of letters begin so that are about appointments.
_LETTERS: Final = "appointment-"


def ways(server: Server) -> tuple[bool, bool]:
    """Say whether people can be written to by e-mail, and on their telephone: nobody is asked for what is not used."""
    if not any(kind.startswith(_LETTERS) for kind in server[Composers]):
        return False, False
    return bool(server.settings[MailSettings].host), bool(server.settings[SmsSettings].url)


def needs_telephone(here: BookingContext) -> bool:
    """Tell whether they are called for what they have chosen: then a number is asked for, and used for the call."""
    try:
        return engine.needs_telephone(here.centre, party_of(here.choice))
    except AppointmentsNotOfferedError:
        return False


def waits(here: BookingContext) -> bool:
    """Tell whether people can wait for a place: they can be told of one, and are not called at it."""
    return any(ways(here.server)) and not needs_telephone(here)
