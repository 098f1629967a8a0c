"""The chip's end of a virtual reader: ``vpcd``, the driver with which the real pcscd sees a card (vsmartcard 3.3).

Wire: two bytes of length, big-endian, then so many bytes. One byte is a control: 0 power off, 1 power on, 2 reset, 4
give the ATR; only the last is answered. Everything else is a command APDU, which is answered by a response APDU. The
card is there while the connection is.
"""

import contextlib
import socket
import threading

from peripherals.documents.passport.chip import SimulatedChip

#: Where vpcd listens for its first reader.
PORT = 35963
#: Connects as T=1: a contactless chip behind PC/SC part 3 (historical bytes of an eMRTD).
ATR = bytes.fromhex("3B8780018031C073D62100F3")
_POWER_OFF, _POWER_ON, _RESET, _GIVE_ATR = 0, 1, 2, 4
_CONTROLS = 1
_CONNECT_S = 5.0


class VirtualCard:
    """A card in a virtual reader: ``insert`` and ``remove`` may be called from any thread."""

    def __init__(self, chip: SimulatedChip, host: str = "127.0.0.1", port: int = PORT) -> None:
        self._chip = chip
        self._address = (host, port)
        self._connection: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        #: Exchanges after which the card is taken out by itself; 0 is never.
        self.removed_after = 0
        #: Command APDUs that were answered since the card was put in.
        self.exchanges = 0

    @property
    def inserted(self) -> bool:
        return self._connection is not None

    def insert(self, chip: SimulatedChip | None = None) -> None:
        """Put the card, or another one, into the reader.

        Raises:
            OSError: nobody listens there.
        """
        self.remove()
        connection = socket.create_connection(self._address, timeout=_CONNECT_S)
        connection.settimeout(None)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            self._chip = chip or self._chip
            self._chip.reset()
            self._connection = connection
            self.exchanges = 0
        self._thread = threading.Thread(target=self._serve, args=(connection,), name="vpcd", daemon=True)
        self._thread.start()

    def become(self, chip: SimulatedChip) -> None:
        """Be another card where this one lies, without its reader seeing it: whoever connects next resets it."""
        with self._lock:
            chip.reset()
            self._chip = chip

    def remove(self) -> None:
        """Take the card out."""
        with self._lock:
            connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _serve(self, connection: socket.socket) -> None:
        # Whatever ends the connection, by either side, takes the card out.
        with contextlib.suppress(OSError), connection:
            while (message := _receive(connection)) is not None:
                if len(message) > _CONTROLS and self.removed_after and self.exchanges == self.removed_after:
                    break
                answer = self._answer(message, self._chip)
                if answer is not None:
                    connection.sendall(len(answer).to_bytes(2) + answer)
        with self._lock:
            if self._connection is connection:
                self._connection = None

    def _answer(self, message: bytes, chip: SimulatedChip) -> bytes | None:
        if len(message) > _CONTROLS:
            answer = chip.transmit(message)
            self.exchanges += 1
            return answer
        if message[0] in {_POWER_OFF, _POWER_ON, _RESET}:
            chip.reset()
        return ATR if message[0] == _GIVE_ATR else None


def _receive(connection: socket.socket) -> bytes | None:
    """Receive one message; None where the connection has ended."""
    head = _exactly(connection, 2)
    if head is None:
        return None
    length = int.from_bytes(head)
    return _exactly(connection, length) if length else None


def _exactly(connection: socket.socket, length: int) -> bytes | None:
    received = bytearray()
    while len(received) < length:
        # The kernel falls back to delayed acknowledgements after each receive, which cost 40 ms a command.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        part = connection.recv(length - len(received))
        if not part:
            return None
        received += part
    return bytes(received)
