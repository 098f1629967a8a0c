"""How commands reach a chip: plainly, or through secure messaging; and how many of them one document may take.

Synchronous: a device runs it in one worker thread. ``transmit`` is all that is not pure.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from peripherals.documents.emrtd.apdu import EXTENDED_LE, SHORT_DATA, SHORT_LE, CommandApdu, ResponseApdu
from peripherals.documents.emrtd.secure_messaging import SecureMessaging
from peripherals.errors import ChipChannelError

#: Sends one command and gives the answer with its status word. Raises ``DocumentRemovedError``.
type Transmit = Callable[[bytes], bytes]
_EXACT_LENGTH = 0x6C


class ApduChannel(Protocol):
    """Where commands go."""

    def send(self, command: CommandApdu) -> ResponseApdu:
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

    @property
    def unsure(self) -> bool:
        """Whether the last answer was a bare error: the chip may have counted it, or ended the session by it."""
        ...

    def rekey(self, messaging: SecureMessaging) -> "SecureChannel":
        """Give a channel to the same chip that uses these keys."""
        ...


def ask(channel: ApduChannel, command: CommandApdu) -> ResponseApdu:
    """Send a command; where the chip says with how many bytes it would answer (6Cxx), send it again so.

    ISO/IEC 7816-4, 5.1.3: such a chip has not executed the command.
    """
    answer = channel.send(command)
    if answer.sw >> 8 != _EXACT_LENGTH or command.le is None:
        return answer
    exact = answer.sw & 0xFF or SHORT_LE
    return channel.send(replace(command, le=exact, extended=len(command.data) > SHORT_DATA))


class PlainChannel:
    """Unprotected, and bounded: a chip that answers byte by byte ends after ``limit`` commands."""

    def __init__(self, transmit: Transmit, limit: int = 5000) -> None:
        self._transmit = transmit
        self._left = limit

    def send(self, command: CommandApdu) -> ResponseApdu:
        """Send a command as it is."""
        if self._left == 0:
            raise ChipChannelError(fault="too-many-commands")
        self._left -= 1
        return ResponseApdu.decode(self._transmit(command.encode()))

    def room(self, *, extended: bool) -> int:
        """All of an answer is data."""
        return EXTENDED_LE if extended else SHORT_LE

    @property
    def unsure(self) -> bool:
        """Nothing is counted here."""
        return False

    def rekey(self, messaging: SecureMessaging) -> "SecureChannel":
        """Protect this channel."""
        return SecureChannel(self, messaging)


class SecureChannel:
    """Protected by secure messaging, once keys are agreed."""

    def __init__(self, plain: PlainChannel, messaging: SecureMessaging) -> None:
        self._plain = plain
        self._messaging = messaging

    def send(self, command: CommandApdu) -> ResponseApdu:
        """Send a command protected, and open the answer."""
        return self._messaging.unprotect(self._plain.send(self._messaging.protect(command)))

    def room(self, *, extended: bool) -> int:
        """Part of an answer is its protection."""
        return self._messaging.room(EXTENDED_LE if extended else SHORT_LE)

    @property
    def proved(self) -> bool:
        """Whether the chip has given an answer that these keys protect."""
        return self._messaging.proved

    @property
    def unsure(self) -> bool:
        """Whether the last answer was a bare error."""
        return self._messaging.unsure

    def rekey(self, messaging: SecureMessaging) -> "SecureChannel":
        """Go over to other keys."""
        return SecureChannel(self._plain, messaging)
