"""Finds codes in the characters of a barcode reader. Pure: time is handed in, bytes are kept in one buffer.

What comes in is hostile: a code of one line is at most ``LIMIT`` bytes of printable ASCII, one of several lines at most
``LINES_LIMIT``, and a few seconds long. What follows a refused one is passed over until the line pauses. A seal, where
the reader is set up for seals, may be longer; one that comes in raw bytes ends when the line pauses, and with the
suffix.

Without a suffix a code ends when the line pauses behind CR, LF or TAB: a code may hold such characters itself (PDF417
of a driving licence), and only the pause tells its last one.
"""

import re
from dataclasses import dataclass

from peripherals.codes import seal
from peripherals.codes.port import Read, Scan, ScanFailure, ScanFault, SealScan
from peripherals.codes.seal import SealForm
from peripherals.device import DeviceUrl
from peripherals.errors import UrlInvalidError

#: The longest code of one line, in bytes.
LIMIT = 300
#: The longest code of several lines, in bytes, with what the reader puts around it: PDF417 holds 1850.
LINES_LIMIT = 2000
_LINE_ENDS = b"\r\n\t"
#: What a code of several lines has between its fields (ISO/IEC 15434, AAMVA): FS, GS and RS.
_SEPARATORS = b"\x1c\x1d\x1e"
_SPACE, _TILDE = 0x20, 0x7E
#: An AIM identifier (ISO/IEC 15424), such as ``]d2`` or ``]Q1``: bracket, symbology and modifier.
_AIM = re.compile(rb"\][A-Za-z][0-9A-Za-z](?=.)", re.DOTALL)
OPTIONS = ("prefix", "suffix", "gap_ms", "seal")


@dataclass(frozen=True, slots=True)
class CodeEnvelope:
    """What a reader puts around a code. Without a ``suffix`` a code ends with CR, LF or TAB, and a pause."""

    prefix: bytes = b""
    suffix: bytes = b""
    #: The pause that ends a code or gives up what was begun, in seconds.
    gap_s: float = 0.15
    #: How seals come, None where the reader is not set up for them.
    seal: SealForm | None = None

    @property
    def room(self) -> int:
        """The most bytes that may come before a code ends."""
        return max(LINES_LIMIT, self.seal.room if self.seal else 0)

    @classmethod
    def from_url(cls, url: DeviceUrl) -> "CodeEnvelope":
        """Read ``prefix`` and ``suffix`` (hexadecimal, up to 8 bytes), ``gap_ms`` (20 to 1000 ms) and ``seal``.

        Raises:
            UrlInvalidError: names the option that cannot be used.
        """
        gap = url.number("gap_ms", 150, 20, 1000)
        return cls(_bytes(url, "prefix"), _bytes(url, "suffix"), gap / 1000, seal.from_url(url))


def _bytes(url: DeviceUrl, part: str) -> bytes:
    text = url.options.get(part)
    if text is None:
        return b""
    try:
        value = bytes.fromhex(text)
    except ValueError as error:
        raise UrlInvalidError(part=part, value=text) from error
    if not 1 <= len(value) <= 8:  # noqa: PLR2004 - longer ones are a mistake, not a reader
        raise UrlInvalidError(part=part, value=text)
    return value


class CodeFramer:
    """Takes characters as they come, and pauses; gives codes."""

    def __init__(self, envelope: CodeEnvelope, frame_s: float) -> None:
        self._envelope = envelope
        self._frame_s = frame_s
        self._buffer = bytearray(envelope.room)
        self._size = 0
        self._began = 0.0
        #: The rest of what is coming belongs to a refused code.
        self._passing = False
        #: What is held is a seal in raw bytes, which no byte ends.
        self._raw = False

    def feed(self, data: bytes | bytearray | memoryview, now: float) -> list[Read]:
        """Take characters that arrived at ``now``, in seconds of any steady clock."""
        reads: list[Read] = []
        for byte in data:
            if self._passing or (self._size == 0 and byte in _LINE_ENDS):
                continue
            if self._size == 0:
                self._began = now
            if now - self._began > self._frame_s:
                self._refuse(ScanFault.TOO_SLOW, reads)
            elif self._size == len(self._buffer):
                self._refuse(ScanFault.TOO_LONG, reads)
            else:
                self._buffer[self._size] = byte
                self._size += 1
                self._step(reads)
        return reads

    def pause(self) -> list[Read]:
        """Take note that nothing came for as long as the envelope's gap."""
        reads: list[Read] = []
        end = self._end()
        if end is not None:
            reads.append(self._read(end))
        elif self._size:
            reads.append(ScanFailure(ScanFault.TRUNCATED))
        self._passing = False
        self.wipe()
        return reads

    def wipe(self) -> None:
        """Overwrite what is held and begin anew."""
        self._buffer[: self._size] = bytes(self._size)
        self._size = 0
        self._raw = False

    def _refuse(self, fault: ScanFault, reads: list[Read]) -> None:
        reads.append(ScanFailure(fault))
        self._passing = True
        self.wipe()

    def _step(self, reads: list[Read]) -> None:
        """See whether the byte just added ends a code, as a suffix does at once."""
        if not self._is_raw() and self._has_suffix():
            reads.append(self._read(self._size - len(self._envelope.suffix)))
            self.wipe()

    def _end(self) -> int | None:
        """Find where the code ends that a pause has closed, None where it was cut."""
        if self._envelope.suffix:
            return self._size - len(self._envelope.suffix) if self._raw and self._has_suffix() else None
        end = self._size
        while end and self._buffer[end - 1] in _LINE_ENDS:
            end -= 1
        return end if end < self._size else None

    def _has_suffix(self) -> bool:
        return bool(self._envelope.suffix) and self._buffer.endswith(self._envelope.suffix, 0, self._size)

    def _is_raw(self) -> bool:
        """See whether what is held is a seal in raw bytes, as soon as its beginning is there."""
        if self._envelope.seal is SealForm.RAW and not self._raw:
            with memoryview(self._buffer)[self._start(self._size) : self._size] as held:
                self._raw = self._buffer.startswith(self._envelope.prefix) and seal.begins(held)
        return self._raw

    def _start(self, end: int) -> int:
        """Find where the code begins that ends before ``end``: behind the prefix, and behind an AIM identifier."""
        start = len(self._envelope.prefix)
        aim = _AIM.match(self._buffer, start, end)
        return aim.end() if aim else start

    def _read(self, end: int) -> Read:
        prefix = self._envelope.prefix
        if end <= len(prefix) or not self._buffer.startswith(prefix):
            return ScanFailure(ScanFault.GARBAGE)
        text = memoryview(self._buffer)[self._start(end) : end]
        found = seal.decode(self._envelope.seal, text) if self._envelope.seal else None
        if found is not None:
            return SealScan(found)
        several = any(each in _LINE_ENDS for each in text)
        if len(text) > (LINES_LIMIT if several else LIMIT):
            return ScanFailure(ScanFault.TOO_LONG)
        inside = _LINE_ENDS + _SEPARATORS if several else b""
        if not all(_SPACE <= each <= _TILDE or each in inside for each in text):
            return ScanFailure(ScanFault.GARBAGE)
        return Scan(bytearray(text))
