"""The holder's picture from a chip, as a kiosk hands it over for whoever serves: small, plain, sealed to its visit.

No byte of a chip goes on as it is: a kiosk decodes the picture in a process of its own and writes it anew, as a
baseline JPEG (ITU-T T.81, annex B and table B.1) of no more than ``SIDES`` pixels and ``MOST`` bytes. Both sides look
at its structure without decoding it, so that a browser is given nothing but what ``is_plain`` allows. It is sealed as a
reading is (``contract.documents``), with another label: one can never be taken for the other.
"""

from typing import Annotated, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from msgspec import Meta

from queue_server.contract.base import Message
from queue_server.contract.documents import SUITE, ReadingNotOpenedError
from queue_server.domain.values import VisitId

#: Bytes and pixels (width, height) of a picture at most: 20 of them fit into a request beside their readings.
MAX: Final = 7_168
SIDES: Final = (240, 320)
_LEAST_SIDE = 8
_INFO = b"consular document face 1|"

_START, _END = b"\xff\xd8", b"\xff\xd9"
#: A table of quantisation with its number; the head of a Huffman table; its values at most.
_QUANTISATION, _HUFFMAN, _VALUES = 65, 17, 162
_TABLES = 4
_JFIF = b"JFIF\0"
_JFIF_LENGTH = 14
#: Grey, or one of brightness and two of colour.
_COMPONENTS = (1, 3)


class DocumentFace(Message, frozen=True):
    """The picture of a document's holder, as it is sealed; it is no message of the API by itself."""

    person: Annotated[int, Meta(ge=0, lt=20)]
    """Whose it is: the place, from 0, in the party as it was counted."""
    jpeg: Annotated[bytes, Meta(max_length=MAX)]
    """The picture: a plain baseline JPEG (``is_plain``)."""

    def __repr__(self) -> str:
        return f"DocumentFace({self.person!r}, ...)"


def seal_face(face: DocumentFace, visit: VisitId, key: bytes) -> bytes:
    """Seal a picture of one visit to the server's public ``key`` (32 bytes).

    Raises:
        ValueError: this is no key.
    """
    public = X25519PublicKey.from_public_bytes(key)
    return SUITE.encrypt(msgspec.msgpack.encode(face), public, info=_INFO + visit.encode())


def unseal_face(sealed: bytes, visit: VisitId, key: X25519PrivateKey) -> DocumentFace:
    """Open what was sealed.

    Raises:
        ReadingNotOpenedError: it cannot be opened, or what is in it is no plain picture.
    """
    try:
        face = msgspec.msgpack.decode(SUITE.decrypt(sealed, key, info=_INFO + visit.encode()), type=DocumentFace)
    except (InvalidTag, ValueError, msgspec.DecodeError) as error:
        raise ReadingNotOpenedError from error
    if not is_plain(face.jpeg):
        raise ReadingNotOpenedError
    return face


def is_plain(jpeg: bytes) -> bool:
    """Say whether this is a small baseline JPEG with one scan, without comments, profiles, thumbnails or a tail."""
    if len(jpeg) > MAX or not jpeg.startswith(_START) or not jpeg.endswith(_END):
        return False
    at, components = len(_START), 0
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:  # noqa: PLR2004 - a marker
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4])
        body = jpeg[at + 4 : at + 2 + length]
        at += 2 + length
        if length < 2 or len(body) != length - 2:  # noqa: PLR2004 - its own two bytes
            return False
        match marker:
            case 0xE0:  # APP0
                good = body.startswith(_JFIF) and len(body) == _JFIF_LENGTH
            case 0xDB:  # DQT
                good = _are_quantisations(body)
            case 0xC4:  # DHT
                good = _are_huffmans(body)
            case 0xC0 if components == 0:  # SOF0
                components = _frame(body)
                good = components in _COMPONENTS
            case 0xDA:  # SOS
                return components > 0 and _is_scan_head(body, components) and _is_scan(jpeg[at : -len(_END)])
            case _:
                good = False
        if not good:
            return False
    return False


def _are_quantisations(body: bytes) -> bool:
    whole = len(body) > 0 and len(body) % _QUANTISATION == 0
    return whole and all(body[at] < _TABLES for at in range(0, len(body), _QUANTISATION))


def _are_huffmans(body: bytes) -> bool:
    at = 0
    while at + _HUFFMAN <= len(body):
        kind, number = body[at] >> 4, body[at] & 0xF
        values = sum(body[at + 1 : at + _HUFFMAN])
        if kind > 1 or number >= _TABLES or not 0 < values <= _VALUES:
            return False
        at += _HUFFMAN + values
    return at == len(body) > 0


def _frame(body: bytes) -> int:
    """Give how many components the frame has, 0 where it is none of ours."""
    if len(body) < 6 or body[0] != 8:  # noqa: PLR2004 - precision, height, width and number of components
        return 0
    height, width, components = int.from_bytes(body[1:3]), int.from_bytes(body[3:5]), body[5]
    sides = _LEAST_SIDE <= width <= SIDES[0] and _LEAST_SIDE <= height <= SIDES[1]
    each = [body[at : at + 3] for at in range(6, len(body), 3)]
    known = len(body) == 6 + 3 * components and all(
        number == place + 1 and sampling in {0x11, 0x12, 0x21, 0x22} and table < _TABLES
        for place, (number, sampling, table) in enumerate(each)
    )
    return components if sides and known else 0


def _is_scan_head(body: bytes, components: int) -> bool:
    """One scan of all components and all coefficients (B.2.3)."""
    if len(body) != 4 + 2 * components or body[0] != components or body[-3:] != b"\x00\x3f\x00":
        return False
    return all(
        body[at] == place + 1 and body[at + 1] & 0xF < _TABLES and body[at + 1] >> 4 < _TABLES
        for place, at in enumerate(range(1, 1 + 2 * components, 2))
    )


def _is_scan(data: bytes) -> bool:
    """No marker within: each FF is followed by 00 (B.1.1.5)."""
    return len(data) > 0 and data.count(b"\xff") == data.count(b"\xff\x00")
