"""How the readers in the field wrap what they read.

| preset | frame | known from |
| --- | --- | --- |
| ``desko`` | SODO STX line CR line CR [line CR] ETX EODO | DESKO, Protocol Description for CUTE, release 2.12 |
| ``rte6701`` | 01 lenLo lenHi O U 02 flag line CR line CR line CR 03 BCC | 3M RTE6701-OEM, Integration Manual, 9.1 |
| ``elyctis`` | 49 lenHi lenLo data | Elyctis, Scanner Command Set 1.7 |
| ``access-is`` | STX line CR line CR [line CR] ETX | Access-IS OCR31x, as usually delivered |
| ``generic`` | lines, CR after each, ended by a pause | |

SODO and EODO are one byte each, set in the reader; whatever they are is passed over. The check byte of the
RTE6701 is that of ISO 1155: it begins after the leading 01. Its length is taken with or without the three bytes
up to and including itself.
"""

from dataclasses import dataclass, replace
from typing import Literal

from peripherals.device import DeviceUrl
from peripherals.errors import UrlInvalidError

STX, ETX = b"\x02", b"\x03"
OPTIONS = ("envelope", "prefix", "suffix", "gap_ms")


@dataclass(frozen=True, slots=True)
class SerialEnvelope:
    name: str
    prefix: bytes = b""
    #: Bytes between prefix and text.
    header: int = 0
    suffix: bytes = b""
    #: Whether one byte follows the suffix that is the exclusive or of what came before.
    check_byte: bool = False
    #: Order of the two bytes of a length right after the prefix; None where a suffix or a pause ends the text.
    counted: Literal["big"] | None = None
    #: Stands for nothing at the end of a line.
    padding: bytes = b""
    #: How many bytes around a frame are of no interest.
    around: int = 0
    #: Puts the reader to work, again after each document; the reader answers with the same bytes.
    wake: bytes = b""
    #: The pause that ends what was begun, in seconds.
    gap_s: float = 0.15


PRESETS = {
    each.name: each
    for each in (
        SerialEnvelope("desko", prefix=STX, suffix=ETX, around=2),
        SerialEnvelope("rte6701", prefix=b"\x01", header=6, suffix=ETX, check_byte=True, padding=b"_"),
        SerialEnvelope("elyctis", prefix=b"\x49", counted="big", wake=b"\x43\x00\x01\x01"),
        SerialEnvelope("access-is", prefix=STX, suffix=ETX),
        SerialEnvelope("generic"),
    )
}


def from_url(url: DeviceUrl) -> SerialEnvelope:
    """Choose a preset, and change prefix, suffix (hexadecimal) and pause (100 to 1000 ms) where the site did.

    Raises:
        UrlInvalidError: no such preset, or a value that cannot be.
    """
    name = url.options.get("envelope", "generic")
    if name not in PRESETS:
        raise UrlInvalidError(part="envelope", value=name)
    envelope = PRESETS[name]
    envelope = replace(
        envelope,
        prefix=_bytes(url, "prefix", envelope.prefix),
        suffix=_bytes(url, "suffix", envelope.suffix),
    )
    if envelope.prefix and not envelope.suffix and envelope.counted is None:
        raise UrlInvalidError(part="suffix", value="")
    gap = url.number("gap_ms", round(envelope.gap_s * 1000), 20, 1000)
    return replace(envelope, gap_s=gap / 1000)


def _bytes(url: DeviceUrl, part: str, default: bytes) -> bytes:
    text = url.options.get(part)
    if text is None:
        return default
    try:
        value = bytes.fromhex(text)
    except ValueError as error:
        raise UrlInvalidError(part=part, value=text) from error
    if not 1 <= len(value) <= 8:  # noqa: PLR2004 - longer ones are a mistake, not a reader
        raise UrlInvalidError(part=part, value=text)
    return value
