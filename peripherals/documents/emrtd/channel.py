"""How commands reach a chip: plainly, or through secure messaging; and how many of them one document may take.

Synchronous: a device runs it in one worker thread. ``transmit`` is all that is not pure.
"""

from collections.abc import Callable
from typing import Protocol

from peripherals.documents.emrtd.apdu import EXTENDED_LE, SHORT_LE, Command, Response
from peripherals.documents.emrtd.secure_messaging import SecureMessaging
from peripherals.errors import ChipChannelError

#: Sends one command and gives the answer with its status word. Raises ``DocumentRemovedError``.
type Transmit = Callable[[bytes], bytes]


class Channel(Protocol):
    """Where commands go."""

    def send(self, command: Command) -> Response:
        """Send a command and give what the chip answered, whatever its status.

        Raises:
            ChipAnswerError: no answer at all.
            ChipChannelError: an answer that is not protected as agreed, or more commands than one reading takes.
            DocumentRemovedError: the document was taken away.
        """
        ...

    def room(self, *, extended: bool) -> int:
        """Say how many bytes one answer can carry in this form."""
        ...

    def rekey(self, messaging: SecureMessaging) -> "SecureChannel":
        """Give a channel to the same chip that uses these keys."""
        ...


class PlainChannel:
    """Unprotected, and bounded: a chip that answers byte by byte ends after ``limit`` commands."""

    def __init__(self, transmit: Transmit, limit: int = 5000) -> None:
        self._transmit = transmit
        self._left = limit

    def send(self, command: Command) -> Response:
        """Send a command as it is."""
        if self._left == 0:
            raise ChipChannelError(fault="too-many-commands")
        self._left -= 1
        return Response.decode(self._transmit(command.encode()))

    def room(self, *, extended: bool) -> int:
        """All of an answer is data."""
        return EXTENDED_LE if extended else SHORT_LE

    def rekey(self, messaging: SecureMessaging) -> "SecureChannel":
        """Protect this channel."""
        return SecureChannel(self, messaging)


class SecureChannel:
    """Protected by secure messaging, once keys are agreed."""

    def __init__(self, plain: PlainChannel, messaging: SecureMessaging) -> None:
        self._plain = plain
        self._messaging = messaging

    def send(self, command: Command) -> Response:
        """Send a command protected, and open the answer."""
        return self._messaging.unprotect(self._plain.send(self._messaging.protect(command)))

    def room(self, *, extended: bool) -> int:
        """Part of an answer is its protection."""
        return self._messaging.room(EXTENDED_LE if extended else SHORT_LE)

    @property
    def proved(self) -> bool:
        """Whether the chip has given an answer that these keys protect."""
        return self._messaging.proved

    def rekey(self, messaging: SecureMessaging) -> "SecureChannel":
        """Go over to other keys."""
        return SecureChannel(self._plain, messaging)
