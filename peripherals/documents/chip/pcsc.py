"""Chip readers behind PC/SC: the smart card service of the machine (pcsc-lite), by pyscard.

The functions of the service are used as they are (PC/SC workgroup, part 5; pcsc-lite 2.3): pyscard's classes keep
threads of their own and give one event in several shapes. What the service answers is translated here, once.
"""

import contextlib
import struct
from typing import Any

from smartcard import scard

from peripherals.documents.chip.slot import ChipCard, Patience
from peripherals.errors import BusyError, ChipAbsentError, DocumentRemovedError, NotConnectedError, PeripheralError

#: The service waits for so long at once, in milliseconds: whoever does not want it any more is heard after that.
_STEP_MS = 100
_STATUS_BYTES = 2
_MASK = 0xFFFFFFFF

_NO_SERVICE = {scard.SCARD_E_NO_SERVICE, scard.SCARD_E_SERVICE_STOPPED, scard.SCARD_F_COMM_ERROR}
_NO_CONTEXT = {scard.SCARD_E_INVALID_HANDLE, scard.SCARD_E_CANCELLED}
_NO_READER = {
    scard.SCARD_E_UNKNOWN_READER,
    scard.SCARD_E_READER_UNAVAILABLE,
    scard.SCARD_E_NO_READERS_AVAILABLE,
}
#: A document that is taken away shows itself in any of these, the first of them while a command is under way.
_REMOVED = {
    scard.SCARD_E_NOT_TRANSACTED,
    scard.SCARD_W_REMOVED_CARD,
    scard.SCARD_W_RESET_CARD,
    scard.SCARD_W_UNPOWERED_CARD,
    scard.SCARD_W_UNRESPONSIVE_CARD,
    scard.SCARD_E_NO_SMARTCARD,
}
#: The features of a reader: PC/SC part 10, 2.2 and 2.6.
_GIVE_FEATURES = scard.SCARD_CTL_CODE(3400)
_GIVE_PROPERTIES = 0x12
_LONGEST_DATA = 0x0A
_FEATURE = struct.Struct(">BBI")
_EXTENDED = 65_536


def _unsigned(codes: set[int]) -> frozenset[int]:
    return frozenset(code & _MASK for code in codes)


_LOST = dict.fromkeys(_unsigned(_NO_SERVICE | _NO_CONTEXT), "no-service") | dict.fromkeys(
    _unsigned(_NO_READER), "no-line"
)
_GONE = _unsigned(_REMOVED)


def readers() -> list[str]:
    """Give the names of the readers that the machine has, none where its service does not run."""
    with contextlib.suppress(PeripheralError), contextlib.closing(_Context()) as context:
        return context.readers()
    return []


class PcscSlot:
    """The first reader whose name holds ``part``, in capital or small letters; "" takes the first of all.

    ``extended``: the longest answer in extended form in bytes, None to ask the reader.
    """

    def __init__(self, part: str, extended: int | None = None) -> None:
        self._part = part
        self._extended = extended
        self._context: _Context | None = None
        self._name = ""

    @property
    def key(self) -> str:
        return f"pcsc:{self._part.casefold()}"

    def open(self) -> None:
        """Connect to the service, and find the reader."""
        self._context = _Context()
        named = [name for name in self._context.readers() if self._part.casefold() in name.casefold()]
        if not named:
            raise NotConnectedError(reason="no-line")
        self._name = named[0]
        self.check()

    def check(self) -> None:
        """Ask the service for the state of the reader."""
        self._state(scard.SCARD_STATE_UNAWARE, 0)

    def connect(self, patience: Patience) -> ChipCard:
        """Wait for a card that can be connected to by T=1, which is how the service shows what has no contacts."""
        state = self._state(scard.SCARD_STATE_UNAWARE, 0)
        reason = "nothing-there"
        while (left := patience.left()) > 0:
            if state & scard.SCARD_STATE_PRESENT and not state & scard.SCARD_STATE_MUTE:
                card, reason = self._connect()
                if card is not None:
                    return card
            elif state & scard.SCARD_STATE_MUTE:
                reason = "silent"
            state = self._state(state, min(_STEP_MS, int(left * 1000) + 1))
        raise ChipAbsentError(reason=reason)

    def close(self) -> None:
        """Let go of the service."""
        context, self._context = self._context, None
        if context is not None:
            context.close()

    def _connect(self) -> tuple[ChipCard | None, str]:
        """Connect to what lies there, or say why not: it may have gone again."""
        assert self._context is not None  # noqa: S101 - opened before
        code, card, _ = scard.SCardConnect(
            self._context.handle, self._name, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T1
        )
        code &= _MASK
        if code == scard.SCARD_E_SHARING_VIOLATION & _MASK:
            raise BusyError(port=self._name)
        if code == scard.SCARD_E_PROTO_MISMATCH & _MASK:
            return None, "other-protocol"
        if code in _GONE:
            return None, "silent"
        _check(code)
        return PcscCard(card, _longest(card) if self._extended is None else self._extended), ""

    def _state(self, known: int, wait_ms: int) -> int:
        """Give the state of the reader, once it is another than ``known`` or the time is over."""
        if self._context is None:
            raise NotConnectedError(reason="no-service")
        code, states = scard.SCardGetStatusChange(self._context.handle, wait_ms, [(self._name, known)])
        if code & _MASK == scard.SCARD_E_TIMEOUT & _MASK:
            return known
        _check(code)
        state = int(states[0][1])
        if state & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE):
            raise NotConnectedError(reason="no-line")
        return state


class PcscCard:
    """A card that this process alone is connected to."""

    def __init__(self, handle: Any, extended: int) -> None:
        self._handle = handle
        self.extended = extended

    def transmit(self, command: bytes) -> bytes:
        """Send a command. What is in the answer of a failed call is whatever lay in memory, and is not looked at."""
        code, answer = scard.SCardTransmit(self._handle, scard.SCARD_PCI_T1, list(command))
        if code & _MASK in _GONE:
            raise DocumentRemovedError
        _check(code)
        if len(answer) < _STATUS_BYTES:
            raise DocumentRemovedError
        return bytes(answer)

    def close(self) -> None:
        """Cut the power."""
        scard.SCardDisconnect(self._handle, scard.SCARD_UNPOWER_CARD)


class _Context:
    """A connection to the service."""

    def __init__(self) -> None:
        code, self.handle = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
        _check(code)

    def readers(self) -> list[str]:
        code, names = scard.SCardListReaders(self.handle, [])
        if _LOST.get(code & _MASK) == "no-line":
            return []
        _check(code)
        return sorted(map(str, names))

    def close(self) -> None:
        scard.SCardReleaseContext(self.handle)


def _check(code: int) -> None:
    """Translate what the service answered.

    Raises:
        NotConnectedError: the service or the reader is away, or it answered what nobody knows.
    """
    if code & _MASK != scard.SCARD_S_SUCCESS:
        raise NotConnectedError(reason=_LOST.get(code & _MASK, f"{code & _MASK:08x}"))


def _longest(card: Any) -> int:
    """Ask a reader for the longest answer that it takes; 0 where it does not say that it takes more than 256 bytes."""
    code, features = scard.SCardControl(card, _GIVE_FEATURES, [])
    if code & _MASK != scard.SCARD_S_SUCCESS:
        return 0
    raw = bytes(features)
    for at in range(0, len(raw) - _FEATURE.size + 1, _FEATURE.size):
        tag, length, control = _FEATURE.unpack_from(raw, at)
        if (tag, length) == (_GIVE_PROPERTIES, _FEATURE.size - 2):
            code, properties = scard.SCardControl(card, control, [])
            return longest_data(bytes(properties)) if code & _MASK == scard.SCARD_S_SUCCESS else 0
    return 0


def longest_data(properties: bytes) -> int:
    """Take the longest data from a reader's properties: tag, length, value in little-endian order, one after another.

    Gives 0 where it is not among them, or where they are none.
    """
    at = 0
    while at + 2 <= len(properties):
        tag, length = properties[at], properties[at + 1]
        value = properties[at + 2 : at + 2 + length]
        if tag == _LONGEST_DATA and len(value) == length:
            return min(int.from_bytes(value, "little"), _EXTENDED)
        at += 2 + length
    return 0
