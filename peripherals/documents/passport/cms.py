"""Signed data: security objects, card security files and master lists (RFC 5652; Doc 9303-10, 4.6.2 and -12, 9)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import algos, cms, core, x509

from peripherals.documents import ber
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.passport.pki import SimulatedSigner

MASTER_LIST = "2.23.136.1.1.2"


@dataclass(frozen=True, slots=True)
class Quirks:
    """How a state's security objects differ from the textbook, or were tampered with."""

    #: Leave the signer's certificate out.
    without_certificate: bool = False
    #: Name the signer by its key identifier (version 3) instead of issuer and serial number.
    by_key_identifier: bool = False
    #: Claim another signature algorithm than was used.
    claimed: Algorithm | None = None
    #: Sign the content itself, with no attributes. RFC 5652 allows it for id-data alone.
    without_attributes: bool = False
    #: Write the attributes in another order than DER's, and sign them so.
    unsorted: bool = False


def signed_data(
    content_type: str,
    content: bytes,
    signer: SimulatedSigner,
    *,
    at: datetime | None = None,
    more: Sequence[bytes] = (),
    quirks: Quirks | None = None,
) -> bytes:
    """Sign content as a CMS ContentInfo, DER.

    Args:
        content_type: an object identifier, dotted.
        content: what is signed.
        signer: key and certificate.
        at: the signing time; None leaves it out.
        more: further certificates, DER.
        quirks: deviations.
    """
    quirks = quirks or Quirks()
    digest = signer.key.algorithm.digest
    certificate = x509.Certificate.load(signer.certificate)
    attributes = _attributes(content_type, content, digest, at)
    order = reversed(attributes) if quirks.unsorted else sorted(attributes)
    encoded = b"".join(order)
    signed = content if quirks.without_attributes else ber.encode(0x31, encoded)
    sid = (
        cms.SignerIdentifier("subject_key_identifier", certificate.key_identifier_value.native)
        if quirks.by_key_identifier
        else cms.SignerIdentifier("issuer_and_serial_number", {"issuer": signer.issuer, "serial_number": signer.serial})
    )
    fields: dict[str, object] = {
        "version": "v3" if quirks.by_key_identifier else "v1",
        "sid": sid,
        "digest_algorithm": algos.DigestAlgorithm({"algorithm": digest}),
        "signature_algorithm": (quirks.claimed or signer.key.algorithm).identifier(),
        "signature": signer.key.sign(signed),
    }
    if not quirks.without_attributes:
        fields["signed_attrs"] = cms.CMSAttributes.load(ber.encode(0x31, encoded))
    certificates = [cms.CertificateChoices("certificate", x509.Certificate.load(der)) for der in more]
    if not quirks.without_certificate:
        certificates.insert(0, cms.CertificateChoices("certificate", certificate))
    body = {
        "version": "v3",
        "digest_algorithms": [algos.DigestAlgorithm({"algorithm": digest})],
        "encap_content_info": {"content_type": content_type, "content": core.ParsableOctetString(content)},
        "certificates": certificates,
        "signer_infos": [fields],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(body)}).dump())


def master_list(certificates: Sequence[bytes], signer: SimulatedSigner, authority: bytes, at: datetime) -> bytes:
    """Make a CscaMasterList, signed, DER (Doc 9303-12, 9.2). ``authority`` is the list signer's CSCA, DER."""
    listed = core.SetOf([x509.Certificate.load(der) for der in certificates], spec=x509.Certificate).dump()
    content = ber.encode(0x30, core.Integer(0).dump(), listed)
    return signed_data(MASTER_LIST, content, signer, at=at, more=[authority])


def _attributes(content_type: str, content: bytes, digest: str, at: datetime | None) -> list[bytes]:
    found = hashlib.new(digest, content, usedforsecurity=False).digest()
    attributes = [
        cms.CMSAttribute({"type": "content_type", "values": [content_type]}),
        cms.CMSAttribute({"type": "message_digest", "values": [found]}),
    ]
    if at is not None:
        time = cms.Time({"utc_time": at.replace(microsecond=0)})
        attributes.append(cms.CMSAttribute({"type": "signing_time", "values": [time]}))
    return [bytes(attribute.dump()) for attribute in attributes]
