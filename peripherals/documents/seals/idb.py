"""Seals in the ICAO Datastructure for Barcode: header, messages, certificate and signature as text in Base32. Pure.

ICAO Technical Report "ICAO Datastructure for Barcode", chapters 2 and 3: ``RDB1``, a letter that says whether the rest
is signed and compressed (zlib, RFC 1950), and in Base32 without padding (RFC 4648, 6) the country in C40, where it is
signed the algorithm, the certificate's reference and the day, then the messages (tag 61), perhaps the signer's
certificate (7E), and the signature (7F). The header and the messages with their tag and length are signed. Drafts of
the report began with ``NDB1``. The day has three bytes in the table of its header and four, the first of them 00, where
its coding is told; both are issued. ``docs/decisions/0016-what-is-known-of-the-newer-seals.md`` says what is certain.
"""

import base64
import binascii
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from peripherals.documents.seals import c40, dates, tlv
from peripherals.errors import SealError

BEGINNINGS = (b"RDB1", b"NDB1")
#: Of the text: more than a two-dimensional code holds of letters and digits.
LIMIT = 4096
#: Of what comes out of compression. Messages are bounded by the code: what grows more than this is no seal.
_INFLATED = 8192
_FLAGS = b"ABCD"
_SIGNED, _COMPRESSED = 1, 2
_COUNTRY = 2
#: Country, algorithm and reference.
_DAY_AT, _DAYS = 8, (3, 4)
_ALGORITHMS = {1: "sha256", 2: "sha384", 3: "sha512"}
_MESSAGES, _CERTIFICATE, _SIGNATURE = 0x61, 0x7E, 0x7F


@dataclass(eq=False, slots=True)
class Idb:
    """A seal taken apart. It shows nothing of its content unless asked; ``wipe()`` it after use."""

    #: As in a machine-readable zone, without fillers.
    country: str
    #: The name of the hash function, "" where nothing was signed.
    hash: str
    #: The last five bytes of the SHA-1 of the signer's certificate, hexadecimal, "" where nothing was signed.
    reference: str
    signed_on: date | None
    _raw: bytearray = field(repr=False)
    _messages: Mapping[int, slice] = field(repr=False)
    _certificate: slice = field(repr=False)
    _signature: slice = field(repr=False)
    _signed_end: int

    @property
    def tags(self) -> tuple[int, ...]:
        return tuple(self._messages)

    def feature(self, tag: int) -> bytearray:
        """Give a copy of a message.

        Raises:
            KeyError: there is none with this tag.
        """
        return self._raw[self._messages[tag]]

    @property
    def certificate(self) -> bytes:
        """The signer's certificate in DER, empty where the seal has none."""
        return bytes(self._raw[self._certificate])

    @property
    def signed(self) -> bytes:
        """What was signed: header and messages."""
        return bytes(self._raw[: self._signed_end])

    @property
    def signature(self) -> bytes:
        """The signature, r and s after each other, each as long as the order of the curve; empty without one."""
        return bytes(self._raw[self._signature])

    def wipe(self) -> None:
        self._raw[:] = bytes(len(self._raw))


def begins(data: bytes | bytearray | memoryview) -> bool:
    """Tell whether bytes begin as such a seal does."""
    return bytes(data[:4]) in BEGINNINGS


def parse(text: bytes | bytearray | memoryview) -> Idb:
    """Take a seal apart.

    Raises:
        SealError: not a seal. ``fault``: magic, too-long, flag, base32, compression, truncated, c40, algorithm, date,
            length, no-feature.
    """
    if not begins(text):
        raise SealError(fault="magic")
    if len(text) > LIMIT:
        raise SealError(fault="too-long")
    flag = _FLAGS.find(bytes(text[4:5])) if len(text) > 4 else -1  # noqa: PLR2004 - behind the beginning
    if flag < 0:
        raise SealError(fault="flag")
    raw = _base32(bytes(text[5:]))
    if flag & _COMPRESSED:
        raw = _inflated(raw)
    if len(raw) < _COUNTRY:
        raise SealError(fault="truncated")
    country = c40.decode(raw[:_COUNTRY]).rstrip()
    if not flag & _SIGNED:
        parts = _parts(raw, _COUNTRY, signed=False)
        return _seal(raw, parts, country, "", "", None)
    if len(raw) < _DAY_AT + _DAYS[0] + 1:
        raise SealError(fault="truncated")
    algorithm = _ALGORITHMS.get(raw[2])
    if algorithm is None:
        raise SealError(fault="algorithm")
    day, end = _day(raw)
    return _seal(raw, _parts(raw, end, signed=True), country, algorithm, raw[3:_DAY_AT].hex(), day)


def _seal(  # noqa: PLR0917 - the parts of a seal
    raw: bytearray, parts: dict[int, slice], country: str, algorithm: str, reference: str, day: date | None
) -> Idb:
    nothing = slice(0, 0)
    return Idb(
        country,
        algorithm,
        reference,
        day,
        raw,
        MappingProxyType(messages(raw, parts[_MESSAGES])),
        parts.get(_CERTIFICATE, nothing),
        parts.get(_SIGNATURE, nothing),
        parts[_MESSAGES].stop,
    )


def messages(raw: bytearray, where: slice) -> dict[int, slice]:
    """Find messages one after another: tags of one byte, lengths as in DER, none twice, and nothing between or behind.

    Raises:
        SealError: fault ``length`` or ``no-feature``.
    """
    spans: dict[int, slice] = {}
    end = where.start
    for tag, span in tlv.walk(raw[: where.stop], where.start, tlv.der_length):
        if tag in spans:
            raise SealError(fault="length")
        spans[tag] = span
        end = span.stop
    if end != where.stop:
        raise SealError(fault="length")
    if not spans:
        raise SealError(fault="no-feature")
    return spans


def _base32(text: bytes) -> bytearray:
    try:
        data = base64.b32decode(text + b"=" * (-len(text) % 8))
    except binascii.Error as error:
        raise SealError(fault="base32") from error
    # Spare bits of the last letter, and padding in place of letters: one seal has one text.
    if base64.b32encode(data).rstrip(b"=") != text:
        raise SealError(fault="base32")
    return bytearray(data)


def _inflated(data: bytearray) -> bytearray:
    """Undo the compression, bounded: 4 KB of zlib hold 4 MB."""
    reader = zlib.decompressobj()
    try:
        found = reader.decompress(data, _INFLATED)
    except zlib.error as error:
        raise SealError(fault="compression") from error
    if not reader.eof or reader.unused_data:
        raise SealError(fault="compression")
    return bytearray(found)


def _day(raw: bytearray) -> tuple[date, int]:
    """Read the day of the signature and say where it ends: where the messages begin.

    Only one of both lengths can be: read as three bytes, a day behind a mask of 00 has no month.
    """
    for size in _DAYS:
        end = _DAY_AT + size
        if raw[end : end + 1] != bytes([_MESSAGES]):
            continue
        try:
            day = dates.read(raw[_DAY_AT:end]) if size == _DAYS[0] else dates.read_masked(raw[_DAY_AT:end])
        except SealError:
            continue
        if day is not None:
            return day, end
    raise SealError(fault="date")


def _parts(raw: bytearray, at: int, *, signed: bool) -> dict[int, slice]:
    """Find messages, certificate and signature, in this order, and no more."""
    wanted = (_MESSAGES, _CERTIFICATE, _SIGNATURE) if signed else (_MESSAGES,)
    found = dict(_following(raw, at, wanted))
    end = max((span.stop for span in found.values()), default=0)
    if end != len(raw) or _MESSAGES not in found or (signed and _SIGNATURE not in found):
        raise SealError(fault="length")
    return found


def _following(raw: bytearray, at: int, wanted: tuple[int, ...]) -> Iterator[tuple[int, slice]]:
    place = -1
    for tag, span in tlv.walk(raw, at, tlv.der_length):
        if tag not in wanted[place + 1 :]:
            raise SealError(fault="length")
        place = wanted.index(tag)
        yield tag, span
