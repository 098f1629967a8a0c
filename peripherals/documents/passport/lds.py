"""The files of the Logical Data Structure, made for a specimen (Doc 9303-10, 4; ISO/IEC 19794-5)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from asn1crypto import algos, core

from peripherals.documents import ber
from peripherals.documents.passport.cms import Quirks, signed_data
from peripherals.documents.passport.face import FaceFormat
from peripherals.documents.passport.pki import SimulatedSigner
from peripherals.documents.passport.security_infos import sequence

#: The tag of each data group (Doc 9303-10, 4.6.1).
TAGS = {1: 0x61, 2: 0x75, 3: 0x63, 4: 0x76, 7: 0x67, 11: 0x6B, 12: 0x6C, 13: 0x6D, 14: 0x6E, 15: 0x6F, 16: 0x70}
SECURITY_OBJECT = "2.23.136.1.1.1"
#: What the object identifier was before it was fixed; documents that carry it are still in use.
LEGACY_SECURITY_OBJECT = "1.3.27.1.1.1"
NATIONAL_SECURITY_OBJECT = "1.2.528.1.1006.1.20.1"
_COM, _SOD = 0x60, 0x77
_UNICODE = b"040000"


class FaceRecord(StrEnum):
    """What describes the picture in DG2."""

    ISO_19794 = "iso-19794-5"
    #: Taken from 2026 on, and alone from 2030 on (Doc 9303-10, 4.7.2.1).
    ISO_39794 = "iso-39794-5"


@dataclass(frozen=True, slots=True)
class Versions:
    """The version of the Logical Data Structure; from 1.8 on it is signed too."""

    lds: str = "0107"

    @property
    def signed(self) -> bool:
        return self.lds >= "0108"


def com(groups: Iterable[int], versions: Versions, unknown: bytes = b"") -> bytes:
    """Make EF.COM (Doc 9303-10, 4.6.1): versions and the list of data groups, with tags that nobody knows behind it."""
    tags = bytes(TAGS[group] for group in sorted(groups)) + unknown
    return ber.encode(
        _COM, ber.encode(0x5F01, versions.lds.encode()), ber.encode(0x5F36, _UNICODE), ber.encode(0x5C, tags)
    )


def dg1(zone: str) -> bytes:
    """Make DG1 from a machine-readable zone, its lines joined (Doc 9303-10, 4.7.1)."""
    return ber.encode(TAGS[1], ber.encode(0x5F1F, zone.encode("ascii")))


def dg2(
    image: bytes, coding: FaceFormat, size: tuple[int, int], made: datetime, record: FaceRecord = FaceRecord.ISO_19794
) -> bytes:
    """Make DG2: one face in a CBEFF template (Doc 9303-10, 4.7.2)."""
    newer = record is FaceRecord.ISO_39794
    block = _face_block(image, coding, size) if newer else ber.encode(0x5F2E, _facial_record(image, coding, size))
    header = ber.encode(
        0xA1,
        ber.encode(0x80, b"\x01\x01"),
        ber.encode(0x81, b"\x02"),
        ber.encode(0x82, b"\x00"),
        ber.encode(0x83, bytes.fromhex(made.strftime("%Y%m%d%H%M%S"))),
        ber.encode(0x87, b"\x01\x01"),
        ber.encode(0x88, b"\x00\x2a" if newer else b"\x00\x08"),
    )
    template = ber.encode(0x7F60, header, block)
    return ber.encode(TAGS[2], ber.encode(0x7F61, ber.encode(0x02, b"\x01"), template))


def dg7(image: bytes) -> bytes:
    """Make DG7: the holder's signature as a picture (Doc 9303-10, 4.7.7)."""
    return ber.encode(TAGS[7], ber.encode(0x02, b"\x01"), ber.encode(0x5F43, image))


def dg11(name: str, birth: date, place: str) -> bytes:
    """Make DG11: further personal details (Doc 9303-10, 4.7.11)."""
    fields = (
        (0x5F0E, name.encode()),
        (0x5F2B, birth.strftime("%Y%m%d").encode()),
        (0x5F11, place.encode()),
    )
    return _listed(TAGS[11], fields)


def dg12(authority: str, issued: date) -> bytes:
    """Make DG12: details of the document (Doc 9303-10, 4.7.12)."""
    return _listed(TAGS[12], ((0x5F19, authority.encode()), (0x5F26, issued.strftime("%Y%m%d").encode())))


def group(number: int, value: bytes) -> bytes:
    """Wrap a value up as a data group."""
    return ber.encode(TAGS[number], value)


def security_object(
    groups: Mapping[int, bytes],
    signer: SimulatedSigner,
    *,
    digest: str,
    at: datetime | None,
    versions: Versions,
    oid: str = SECURITY_OBJECT,
    quirks: Quirks | None = None,
) -> bytes:
    """Make EF.SOD over whole data groups (Doc 9303-10, 4.6.2).

    Args:
        groups: number to content.
        signer: who signs.
        digest: the hash of the data groups.
        at: the signing time, None for none.
        versions: of the structure.
        oid: the type of the content.
        quirks: deviations of the signed data.
    """
    content = lds_security_object(groups, digest, versions)
    return ber.encode(_SOD, signed_data(oid, content, signer, at=at, quirks=quirks))


def lds_security_object(groups: Mapping[int, bytes], digest: str, versions: Versions) -> bytes:
    """Make the list of hashes that is signed, DER."""
    hashes = [
        sequence(
            core.Integer(number).dump(),
            core.OctetString(hashlib.new(digest, content, usedforsecurity=False).digest()).dump(),
        )
        for number, content in sorted(groups.items())
    ]
    algorithm = algos.DigestAlgorithm({"algorithm": digest}).dump()
    version = core.Integer(1 if versions.signed else 0).dump()
    parts = [version, algorithm, sequence(*hashes)]
    if versions.signed:
        texts = (versions.lds, _UNICODE.decode())
        parts.append(sequence(*(core.PrintableString(text).dump() for text in texts)))
    return sequence(*parts)


def _listed(tag: int, fields: Iterable[tuple[int, bytes]]) -> bytes:
    """Write fields behind the list of their tags."""
    fields = list(fields)
    tags = b"".join(field.to_bytes(2) for field, _ in fields)
    return ber.encode(tag, ber.encode(0x5C, tags), *(ber.encode(field, value) for field, value in fields))


def _facial_record(image: bytes, coding: FaceFormat, size: tuple[int, int]) -> bytes:
    """Wrap one picture up by ISO/IEC 19794-5:2005, 5: facial header, facial information, image information."""
    width, height = size
    kind = 0 if coding is FaceFormat.JPEG else 1
    full_frontal, rgb, digital_camera = 1, 1, 2
    information = bytes((full_frontal, kind))
    information += width.to_bytes(2) + height.to_bytes(2) + bytes((rgb, digital_camera)) + bytes(4)
    # No feature points; sex, eyes, hair, features, expression and pose are left unspecified.
    face = bytes(2) + bytes(14) + information + image
    record = (len(face) + 4).to_bytes(4) + face
    return b"FAC\x00010\x00" + (len(record) + 14).to_bytes(4) + (1).to_bytes(2) + record


def _face_block(image: bytes, coding: FaceFormat, size: tuple[int, int]) -> bytes:
    """Wrap one picture up by ISO/IEC 39794-5:2019, annex A: FaceImageDataBlock with one 2D representation."""
    width, height = (ber.encode(tag, number.to_bytes(2)) for tag, number in zip((0x80, 0x81), size, strict=True))
    # Formats of the picture: 2 is JPEG, 3 and 4 are JPEG 2000, lossy and without loss.
    kind = b"\x02" if coding is FaceFormat.JPEG else b"\x03"
    information = ber.encode(0xA1, ber.encode(0xA0, ber.encode(0x80, kind)), ber.encode(0xA7, width, height))
    picture = ber.encode(0xA0, ber.encode(0xA0, ber.encode(0x80, image), information))
    representation = sequence(ber.encode(0x80, b"\x01"), ber.encode(0xA1, picture))
    version = ber.encode(0xA0, ber.encode(0x80, b"\x03"), ber.encode(0x81, (2019).to_bytes(2)))
    return ber.encode(0x7F2E, ber.encode(0xA1, ber.encode(0x65, version, ber.encode(0xA1, representation))))
