"""In which ways people can be written to who book or wait."""

from typing import Final

from queue_server.notices.assembling import Composers
from queue_server.notices.settings import MailSettings, SmsSettings
from queue_server.web.booking.context import BookingContext

#: Kinds of letters begin so that are about appointments.
_LETTERS: Final = "appointment-"


def ways(here: BookingContext) -> tuple[bool, bool]:
    """Say whether people can be written to by e-mail, and on their telephone: nobody is asked for what is not used."""
    if not any(kind.startswith(_LETTERS) for kind in here.server[Composers]):
        return False, False
    return bool(here.server.settings[MailSettings].host), bool(here.server.settings[SmsSettings].url)
