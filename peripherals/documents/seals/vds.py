"""Visible digital seals in binary: header, features and signature (ICAO Doc 9303-13, 8th edition, 2.2 to 2.4). Pure.

Version bytes 0 to 2 have a header of 18 bytes; with 3, which the standard calls version 4, the reference of the
certificate is as long as two hexadecimal digits before it say. Some issuers write 3 and keep the older header, with
five characters and no length, and one of German authorities (``DEZV``, BSI TR-03171) writes the length in decimal
digits: they are read so where the standard's way does not add up to the end of the seal. Five characters that begin
with ``03`` are three with their length as well, byte for byte: which was meant, only the signer's certificate tells.

The length of a feature is one plain byte (BSI TR-03137 part 1, 3.2.3) or as in DER (9303-13, 2.3); both occur and only
together do they say which: the total must add up. What could be read both ways, to different ends, is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from peripherals.documents.seals import c40, dates, tlv
from peripherals.errors import SealError

MAGIC = 0xDC
#: More than any two-dimensional code holds.
LIMIT = 4096
_LAST_VERSION = 3
_SIGNATURE = 0xFF
#: Where signer and reference end up to version byte 2: nine characters in six bytes.
_FIXED_END = 10
_FIXED_REFERENCE = 5
#: Bytes from the reference to the end of the header: two dates, definition and category.
_TAIL = 8
#: The signer that writes the length of its reference in decimal digits.
_COUNTS_IN_DECIMALS = "DEZV"


@dataclass(frozen=True, slots=True)
class VdsHeader:
    """``definition`` and ``category`` say which features there are, ``signer`` and ``reference`` who signed."""

    version: int
    #: As in a machine-readable zone, without fillers.
    country: str
    #: Two letters of a state and two of one of its signers: C and CN of the certificate's subject.
    signer: str
    #: The certificate's serial number, hexadecimal.
    reference: str
    issued: date
    signed: date
    definition: int
    category: int
    #: What the serial number may be as well, where the same bytes can be read in a further way.
    or_reference: str = ""


@dataclass(eq=False, slots=True)
class Vds:
    """A seal taken apart. It shows nothing of its content unless asked; ``wipe()`` it after use."""

    header: VdsHeader
    _raw: bytearray = field(repr=False)
    _features: Mapping[int, slice] = field(repr=False)
    _signature: slice = field(repr=False)
    _signed_end: int

    @property
    def tags(self) -> tuple[int, ...]:
        return tuple(self._features)

    def feature(self, tag: int) -> bytearray:
        """Give a copy of a feature's value.

        Raises:
            KeyError: there is no feature with this tag.
        """
        return self._raw[self._features[tag]]

    @property
    def signed(self) -> bytes:
        """What was signed: header and features."""
        return bytes(self._raw[: self._signed_end])

    @property
    def signature(self) -> bytes:
        """The signature, r and s after each other, each as long as the order of the curve."""
        return bytes(self._raw[self._signature])

    def wipe(self) -> None:
        self._raw[:] = bytes(len(self._raw))


def parse(data: bytes | bytearray | memoryview) -> Vds:
    """Take a seal apart; ``data`` is copied.

    Raises:
        SealError: not a seal. ``fault``: magic, too-long, version, truncated, c40, reference, date, no-feature, length,
            ambiguous.
    """
    if not data or data[0] != MAGIC:
        raise SealError(fault="magic")
    if len(data) > LIMIT:
        raise SealError(fault="too-long")
    raw = bytearray(data)
    header, spans = _read(raw)
    signature = spans.pop(_SIGNATURE)
    if not spans:
        raise SealError(fault="no-feature")
    signed_end = max(span.stop for span in spans.values())
    return Vds(header, raw, MappingProxyType(spans), signature, signed_end)


def _read(raw: bytearray) -> tuple[VdsHeader, dict[int, slice]]:
    """Read header and features, in the first way in which all of it adds up to the end.

    A second way to the same end differs in the reference alone.
    """
    if len(raw) < _FIXED_END + _TAIL:
        raise SealError(fault="truncated")
    if raw[1] > _LAST_VERSION:
        raise SealError(fault="version")
    found: list[tuple[VdsHeader, dict[int, slice]]] = []
    faults: list[SealError] = []
    for names_of in _NAMES if raw[1] == _LAST_VERSION else (_fixed_names,):
        try:
            header, at = _header(raw, *names_of(raw))
            found.append((header, _spans(raw, at)))
        except SealError as error:
            faults.append(error)
    if not found:
        # What the standard would have is what is wrong with it.
        raise faults[0]
    first, spans = found[0]
    others = (other.reference for other, at in found[1:] if at == spans and other.reference != first.reference)
    return replace(first, or_reference=next(others, "")), spans


def _header(raw: bytearray, signer: str, reference: str, end: int) -> tuple[VdsHeader, int]:
    """Read the header around what names the signer, and say where it ends."""
    if len(raw) < end + _TAIL:
        raise SealError(fault="truncated")
    if not all(char in "0123456789ABCDEF" for char in reference) or not reference:
        raise SealError(fault="reference")
    header = VdsHeader(
        version=raw[1],
        country=c40.decode(raw[2:4]).rstrip(),
        signer=signer,
        reference=reference,
        issued=dates.read(raw[end : end + 3]),
        signed=dates.read(raw[end + 3 : end + 6]),
        definition=raw[end + 6],
        category=raw[end + 7],
    )
    return header, end + _TAIL


#: Signer, reference of its certificate, and where they end.
type _Names = tuple[str, str, int]


def _fixed_names(raw: bytearray) -> _Names:
    """Read nine characters: four of the signer, five of the reference."""
    names = c40.decode(raw[4:_FIXED_END])
    return names[:4], names[4:], _FIXED_END


def _measured_names(raw: bytearray, base: int) -> _Names:
    """Read the signer, the length of the reference in digits to this base, and the reference."""
    head = c40.decode(raw[4:8])
    try:
        length = int(head[4:6], base)
    except ValueError as error:
        raise SealError(fault="reference") from error
    end = 4 + 2 * -(-(6 + length) // 3)
    names = c40.decode(raw[4:end])
    if len(names) != 6 + length:
        raise SealError(fault="reference")
    return names[:4], names[6:], end


def _older_names(raw: bytearray) -> _Names:
    names = _fixed_names(raw)
    if len(names[1]) != _FIXED_REFERENCE:
        raise SealError(fault="reference")
    return names


def _hexadecimal_names(raw: bytearray) -> _Names:
    return _measured_names(raw, 16)


def _decimal_names(raw: bytearray) -> _Names:
    names = _measured_names(raw, 10)
    if names[0] != _COUNTS_IN_DECIMALS:
        raise SealError(fault="reference")
    return names


#: How version byte 3 names the signer, as the standard does it first.
_NAMES = (_hexadecimal_names, _decimal_names, _older_names)


def _spans(raw: bytearray, at: int) -> dict[int, slice]:
    """Find the features and the signature from there to the end."""
    readings = [found for found in (_features(raw, at, tlv.plain_length), _features(raw, at, tlv.der_length)) if found]
    if not readings:
        raise SealError(fault="length")
    if readings[0] != readings[-1]:
        raise SealError(fault="ambiguous")
    return readings[0]


def _features(raw: bytearray, at: int, read_length: tlv.LengthReader) -> dict[int, slice] | None:
    """Follow tags and lengths up to the signature; None where they do not end at the end of the seal."""
    spans: dict[int, slice] = {}
    for tag, span in tlv.walk(raw, at, read_length, last=_SIGNATURE):
        if tag in spans or span.stop > len(raw):
            return None
        spans[tag] = span
    return spans if _SIGNATURE in spans and spans[_SIGNATURE].stop == len(raw) else None
