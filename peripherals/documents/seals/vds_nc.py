"""Visible digital seals as JSON, for non-constrained environments: ICAO Doc 9303-13, 8th edition, part on VDS-NC. Pure.

``{"data": {"hdr": {"t", "v", "is"}, "msg": {...}}, "sig": {"alg", "cer", "sigvl"}}``: what is signed is ``data`` in its
canonical form (RFC 8785), by ES256, ES384 or ES512 (RFC 7518, 3.4); ``cer`` is the signer's certificate and ``sigvl``
the signature, r and s after each other, both base64url (RFC 4648, 5), with or without padding.

Python cannot overwrite its strings: what ``message`` holds stays in memory until that is used again.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from peripherals.documents.seals import jcs
from peripherals.errors import SealError

#: More than a QR code holds (2953 bytes in version 40).
LIMIT = 4096
_URL_SAFE = re.compile(r"[A-Za-z0-9_-]*={0,2}", re.ASCII)
_TYPE = re.compile(r"[a-z0-9.-]{1,32}", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{1,3}", re.ASCII)
_VERSIONS = range(1, 256)


@dataclass(frozen=True, slots=True)
class VdsNc:
    """A seal taken apart. It shows nothing of its content unless asked."""

    #: Such as ``icao.vacc``, ``icao.test``.
    type: str
    version: int
    #: As in a machine-readable zone.
    country: str
    #: ``ES256``, ``ES384``, ``ES512``, or what else was said.
    algorithm: str
    #: The signer's certificate in DER, empty where the seal has none.
    certificate: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    #: The canonical form of ``data``.
    signed: bytes = field(repr=False)
    message: Mapping[str, Any] = field(repr=False)


def parse(text: bytes | bytearray | memoryview) -> VdsNc:
    """Take a seal apart.

    Raises:
        SealError: not a seal. ``fault``: magic, too-long, json, json-depth, json-number, json-name, member, base64.
    """
    raw = bytes(text)
    if not raw.startswith(b"{"):
        raise SealError(fault="magic")
    if len(raw) > LIMIT:
        raise SealError(fault="too-long")
    seal = jcs.parse(raw)
    data, signature = _member(seal, "data", dict), _member(seal, "sig", dict)
    header = _member(data, "hdr", dict)
    kind, version, country = _member(header, "t", str), _member(header, "v", int), _member(header, "is", str)
    if not _TYPE.fullmatch(kind) or version not in _VERSIONS or not _COUNTRY.fullmatch(country):
        raise SealError(fault="member")
    return VdsNc(
        type=kind,
        version=version,
        country=country,
        algorithm=_member(signature, "alg", str),
        certificate=_bytes(_member(signature, "cer", str)) if "cer" in signature else b"",
        signature=_bytes(_member(signature, "sigvl", str)),
        signed=jcs.canonical(data),
        message=_member(data, "msg", dict),
    )


def _member[T](members: Any, name: str, wanted: type[T]) -> T:
    value = members.get(name) if isinstance(members, dict) else None
    # A truth value is a kind of number to Python, and none to JSON.
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise SealError(fault="member")
    return value


def _bytes(text: str) -> bytes:
    if not _URL_SAFE.fullmatch(text):
        raise SealError(fault="base64")
    bare = text.rstrip("=")
    try:
        return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error as error:
        raise SealError(fault="base64") from error
