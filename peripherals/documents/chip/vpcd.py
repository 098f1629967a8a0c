"""A chip reader at the other end of a TCP connection, in the words of ``vpcd`` (vsmartcard 3.3), which connects to it.

It is how a simulated document is read on a machine without the smart card service: in the demo, for training, in
tests. Wire: two bytes of length, big-endian, then so many bytes. One byte is a control: 0 power off, 1 power on, 4 give
the ATR. Anything longer is a command APDU. Beyond what ``vpcd`` knows, an ATR or an answer without a byte means that
no document lies there: the connection tells of the reader alone.
"""

import contextlib
import socket
import time

from peripherals.documents.chip.slot import ChipCard, Patience
from peripherals.errors import (
    AnswerInvalidError,
    AnswerTimeoutError,
    ChipAbsentError,
    DocumentRemovedError,
    NotConnectedError,
)

_POWER_OFF, _POWER_ON, _GIVE_ATR = b"\x00", b"\x01", b"\x04"
#: How an ATR begins, and how long it is at most (ISO/IEC 7816-3, 8.1).
_INITIAL = frozenset({0x3B, 0x3F})
_ATR_LONGEST = 33
_STATUS_BYTES = 2
#: How often an empty reader is asked whether something lies there, in seconds.
_STEP_S = 0.05
_EXTENDED = 65_536


class VpcdSlot:
    """Times are in seconds: for the connection, for one answer of the reader, for one of the chip."""

    def __init__(self, host: str, port: int, *, connect_s: float, answer_s: float, chip_s: float) -> None:
        self._address = (host, port)
        self._connect_s = connect_s
        self._answer_s = answer_s
        self._chip_s = chip_s
        self._socket: socket.socket | None = None

    @property
    def key(self) -> str:
        return f"tcp:{self._address[0]}:{self._address[1]}"

    def open(self) -> None:
        """Connect, and ask for the ATR."""
        try:
            self._socket = socket.create_connection(self._address, timeout=self._connect_s)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except TimeoutError as error:
            raise NotConnectedError(reason="no-answer") from error
        except OSError as error:
            raise NotConnectedError(reason="disconnected") from error
        self.check()

    def check(self) -> None:
        """Ask for the ATR."""
        self._present()

    def connect(self, patience: Patience) -> ChipCard:
        """Ask again and again until there is an ATR."""
        while not self._present():
            left = patience.left()
            if not left:
                raise ChipAbsentError(reason="nothing-there")
            time.sleep(min(_STEP_S, left))
        self._send(_POWER_ON)
        return _VpcdCard(self)

    def close(self) -> None:
        """Hang up."""
        connection, self._socket = self._socket, None
        if connection is not None:
            connection.close()

    def transmit(self, command: bytes) -> bytes:
        """Send a command APDU, give what was answered."""
        return self._ask(command, self._chip_s)

    def power_off(self) -> None:
        with contextlib.suppress(NotConnectedError, AnswerInvalidError):
            self._send(_POWER_OFF)

    def _present(self) -> bool:
        answer = self._ask(_GIVE_ATR, self._answer_s)
        if answer and (answer[0] not in _INITIAL or len(answer) > _ATR_LONGEST):
            self.close()
            raise AnswerInvalidError
        return bool(answer)

    def _ask(self, message: bytes, wait_s: float) -> bytes:
        self._send(message)
        until = time.monotonic() + wait_s
        head = self._exactly(2, until, wait_s)
        return self._exactly(int.from_bytes(head), until, wait_s)

    def _send(self, message: bytes) -> None:
        connection = self._connected()
        try:
            connection.settimeout(0)
            if connection.recv(1, socket.MSG_PEEK):
                # Nothing was asked: whatever this answers, it would be taken for the answer to what is asked now.
                self.close()
                raise AnswerInvalidError
            raise ConnectionResetError
        except BlockingIOError:
            pass
        except OSError as error:
            self.close()
            raise NotConnectedError(reason="disconnected") from error
        try:
            connection.settimeout(self._answer_s)
            connection.sendall(len(message).to_bytes(2) + message)
        except OSError as error:
            self.close()
            raise NotConnectedError(reason="disconnected") from error

    def _exactly(self, length: int, until: float, wait_s: float) -> bytes:
        connection = self._connected()
        received = bytearray()
        while len(received) < length:
            try:
                connection.settimeout(max(until - time.monotonic(), 0.001))
                part = connection.recv(length - len(received))
            except TimeoutError as error:
                # What still comes would be the answer to an earlier question.
                self.close()
                raise AnswerTimeoutError(seconds=wait_s) from error
            except OSError as error:
                self.close()
                raise NotConnectedError(reason="disconnected") from error
            if not part:
                self.close()
                raise NotConnectedError(reason="disconnected")
            received += part
        return bytes(received)

    def _connected(self) -> socket.socket:
        if self._socket is None:
            raise NotConnectedError(reason="disconnected")
        return self._socket


class _VpcdCard:
    extended = _EXTENDED

    def __init__(self, slot: VpcdSlot) -> None:
        self._slot = slot

    def transmit(self, command: bytes) -> bytes:
        answer = self._slot.transmit(command)
        if not answer:
            raise DocumentRemovedError
        if len(answer) < _STATUS_BYTES:
            self._slot.close()
            raise AnswerInvalidError
        return answer

    def close(self) -> None:
        self._slot.power_off()
