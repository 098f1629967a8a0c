"""In which ways people can be written to who book or wait."""

from typing import Final

from queue_server.framework.server import Server
from queue_server.notices.assembling import Composers
from queue_server.notices.settings import MailSettings, SmsSettings

#: Kinds of letters begin so that are about appointments.
_LETTERS: Final = "appointment-"


def ways(server: Server) -> tuple[bool, bool]:
    """Say whether people can be written to by e-mail, and on their telephone: nobody is asked for what is not used."""
    if not any(kind.startswith(_LETTERS) for kind in server[Composers]):
        return False, False
    return bool(server.settings[MailSettings].host), bool(server.settings[SmsSettings].url)
