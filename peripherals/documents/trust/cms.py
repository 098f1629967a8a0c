"""Signed messages: security objects, master lists and EF.CardSecurity are all of this form (RFC 5652, 5).

Reading says what a message claims; ``fault_of`` says whether a certain signer signed it.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import cms as asn1_cms
from asn1crypto import core

from peripherals.documents import ber
from peripherals.documents.trust import certificate, keys
from peripherals.documents.trust.algorithms import SignatureAlgorithm, digest_name, signature_algorithm
from peripherals.documents.trust.asn1 import bounded, definite, moment, name_key, reading
from peripherals.documents.trust.certificate import Certificate
from peripherals.errors import TrustError

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_CONTENT_TYPE, _MESSAGE_DIGEST, _SIGNING_TIME = (f"1.2.840.113549.1.9.{at}" for at in (3, 4, 5))
_CERTIFICATES_MOST = 64
_SET, _OCTETS, _EXPLICIT = 0x31, 0x04, 0xA0


@dataclass(frozen=True, slots=True)
class SignerInfo:
    """Who signed, how, and what was signed besides the content."""

    #: Name (as ``Certificate.subject``) and serial number of the certificate, or its key id.
    issuer: str | None
    serial: int | None
    key_id: bytes | None
    digest: str
    algorithm: SignatureAlgorithm
    content_type: str
    message_digest: bytes = field(repr=False)
    #: The signed attributes as a SET: as they were found, and in the order of DER.
    attributes: tuple[bytes, ...] = field(repr=False)
    signature: bytes = field(repr=False)
    #: When it says that it signed; nobody else vouches for it.
    signing_time: datetime | None

    def names(self, signer: Certificate) -> bool:
        """Tell whether this is the certificate that is meant."""
        if self.key_id is not None:
            return signer.key_id == self.key_id
        return (signer.issuer, signer.serial) == (self.issuer, self.serial)


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """``content_type`` is a dotted OID; ``certificates`` came with it, ``unread`` are the faults of the others."""

    content_type: str
    content: bytes = field(repr=False)
    certificates: tuple[Certificate, ...]
    unread: tuple[str, ...]
    signer: SignerInfo


def read(data: bytes | bytearray | memoryview, *, longest: int) -> SignedMessage:
    """Take a ContentInfo with SignedData apart, DER or BER, that one signer signed.

    Raises:
        TrustError: ``message-invalid``, ``message-long``, ``signers-several``, ``signer-missing``,
            ``algorithm-unknown``, ``attributes-missing`` where the signed attributes do not have what the standard
            wants (RFC 5652, 5.3): without them a signature could be moved to another content.
    """
    raw = bounded(data, longest, "message-long")
    with reading("message-invalid"):
        outer = asn1_cms.ContentInfo.load(definite(raw), strict=True)
        if outer["content_type"].dotted != _SIGNED_DATA:
            raise TrustError(fault="message-invalid")
        signed = outer["content"]
        inner = signed["encap_content_info"]
        signers = signed["signer_infos"]
        if len(signers) != 1:
            raise TrustError(fault="signers-several" if len(signers) else "signer-missing")
        certificates, unread = _certificates(signed["certificates"])
        return SignedMessage(
            content_type=inner["content_type"].dotted,
            content=_content(inner["content"]),
            certificates=certificates,
            unread=unread,
            signer=_signer(signers[0]),
        )


def fault_of(message: SignedMessage, signer: Certificate) -> str:
    """Check content and signature with the key of ``signer``; say what does not hold, "" where all does.

    The algorithm is the one of the signer info, not of the certificate. The attributes are taken as they were found,
    and then in the order of DER: some signers wrote them in another order than they signed them.
    """
    given = message.signer
    if given.content_type != message.content_type:
        return "content-type-wrong"
    if hashlib.new(given.digest, message.content).digest() != given.message_digest:
        return "digest-wrong"
    try:
        key = signer.public_key()
    except TrustError:
        return "signer-key-unknown"
    for attributes in given.attributes:
        if keys.verify(key, given.algorithm, given.signature, attributes):
            return ""
    return "signature-wrong"


def _content(content: Any) -> bytes:
    """Give the content out of its octet string, which ``asn1crypto`` leaves closed in messages of version 1."""
    if isinstance(content, core.OctetString | core.ParsableOctetString):
        return bytes(content)
    if not isinstance(content, core.Any):
        raise TrustError(fault="message-invalid")
    wrapped = ber.parse_one(content.dump(), tag=_EXPLICIT)
    return bytes(ber.parse_one(wrapped.value, tag=_OCTETS).value)


def _certificates(found: Any) -> tuple[tuple[Certificate, ...], tuple[str, ...]]:
    """Read the certificates that came along; one that cannot be read is no reason to stop."""
    if isinstance(found, core.Void):
        return (), ()
    if len(found) > _CERTIFICATES_MOST:
        raise TrustError(fault="message-invalid")
    certificates: list[Certificate] = []
    unread: list[str] = []
    for choice in found:
        if choice.name == "certificate":
            try:
                certificates.append(certificate.read(choice.chosen.dump()))
            except TrustError as error:
                unread.append(str(error.placeholders["fault"]))
    return tuple(certificates), tuple(unread)


def _signer(info: Any) -> SignerInfo:
    digest = digest_name(info["digest_algorithm"])
    attributes = info["signed_attrs"]
    if isinstance(attributes, core.Void) or not attributes.contents:
        raise TrustError(fault="attributes-missing")
    signing_time = _attribute(attributes, _SIGNING_TIME)
    sid = info["sid"]
    by_name = sid.chosen if sid.name == "issuer_and_serial_number" else None
    return SignerInfo(
        issuer=name_key(by_name["issuer"].dump()) if by_name is not None else None,
        serial=int(by_name["serial_number"].native) if by_name is not None else None,
        key_id=None if by_name is not None else bytes(sid.chosen),
        digest=digest,
        algorithm=signature_algorithm(info["signature_algorithm"], digest=digest),
        content_type=_needed(attributes, _CONTENT_TYPE).dotted,
        message_digest=bytes(_needed(attributes, _MESSAGE_DIGEST)),
        attributes=_as_signed(attributes.contents),
        signature=bytes(info["signature"]),
        signing_time=moment(signing_time.native) if signing_time is not None else None,
    )


def _as_signed(contents: bytes) -> tuple[bytes, ...]:
    """Give what was signed in place of the [0]: a SET (RFC 5652, 5.4), as found and as DER sorts it."""
    found = ber.encode(_SET, contents)
    in_order = ber.encode(_SET, *sorted(ber.encode(part.tag, part.value) for part in ber.parse(contents)))
    return (found,) if found == in_order else (found, in_order)


def _attribute(attributes: Any, oid: str) -> Any:
    """Give the one value of an attribute, None where it is missing."""
    values = [value for attribute in attributes if attribute["type"].dotted == oid for value in attribute["values"]]
    if len(values) > 1:
        raise TrustError(fault="attributes-missing")
    return getattr(values[0], "chosen", values[0]) if values else None


def _needed(attributes: Any, oid: str) -> Any:
    value = _attribute(attributes, oid)
    if value is None:
        raise TrustError(fault="attributes-missing")
    return value
