"""Certificates of signers and of country signing authorities (ICAO Doc 9303-12, 7.1; RFC 5280).

The profile of the standard is not enforced beyond what trust needs: authorities in use omit extensions or fill them
oddly, and refusing them would leave documents of whole states unproved.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from asn1crypto import core, x509

from peripherals.documents.trust import keys
from peripherals.documents.trust.algorithms import SignatureAlgorithm, signature_algorithm
from peripherals.documents.trust.asn1 import bounded, moment, name_key, reading
from peripherals.errors import TrustError

#: Real ones have 700 to 2300 bytes.
LONGEST = 32_768
_EXTENSIONS_MOST = 64
_COUNTRY = "2.5.4.6"
_LOCALITY = "2.5.4.7"
#: Extensions that are understood, so that they may be critical.
_UNDERSTOOD = frozenset({"2.5.29.14", "2.5.29.15", "2.5.29.17", "2.5.29.18", "2.5.29.19", "2.5.29.35", "2.5.29.37"})
#: May be critical without changing what is decided here: key usage period, policies, distribution points, and those of
#: ICAO and BSI (name change, document types).
_HARMLESS = frozenset({"2.5.29.16", "2.5.29.31", "2.5.29.32", "2.23.136.1.1.6.1", "2.23.136.1.1.6.2"})


class SignerPurpose(Enum):
    """What else than documents a signer may be for (9303-12, 7.1; 9303-13). Its value is an OID."""

    MASTER_LIST = "2.23.136.1.1.3"
    DEVIATION_LIST = "2.23.136.1.1.8"
    SEAL = "2.23.136.1.1.14.2"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate taken apart. Two are equal where their bytes are.

    ``subject`` and ``issuer`` are names in a form that can be compared. Countries are upper case, as they stand,
    "" where there is none; ``states`` are the codes of states as documents show them (9303-12, 7.1.1.2).
    """

    der: bytes = field(repr=False)
    tbs: bytes = field(repr=False, compare=False)
    signature: bytes = field(repr=False, compare=False)
    algorithm: SignatureAlgorithm = field(compare=False)
    key_info: bytes = field(repr=False, compare=False)
    serial: int = field(compare=False)
    subject: str = field(repr=False, compare=False)
    issuer: str = field(repr=False, compare=False)
    country: str = field(compare=False)
    states: frozenset[str] = field(compare=False)
    not_before: datetime = field(compare=False)
    not_after: datetime = field(compare=False)
    #: None where the extension is missing.
    key_id: bytes | None = field(repr=False, compare=False)
    authority_key_id: bytes | None = field(repr=False, compare=False)
    usage: frozenset[str] | None = field(compare=False)
    purposes: frozenset[str] = field(compare=False)
    is_ca: bool = field(compare=False)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of its bytes, in hexadecimal."""
        return hashlib.sha256(self.der).hexdigest()

    @property
    def self_issued(self) -> bool:
        return self.subject == self.issuer

    @property
    def is_authority(self) -> bool:
        """Whether it may sign certificates: by its key usage, where it says one.

        Link certificates in use leave out the basic constraints, or say there that they are no authority.
        """
        return self.is_ca if self.usage is None else "key_cert_sign" in self.usage

    @property
    def signs_documents(self) -> bool:
        """Whether it may sign security objects: not an authority, and for no other purpose."""
        may_sign = self.usage is None or "digital_signature" in self.usage
        others = {purpose.value for purpose in SignerPurpose}
        return may_sign and not self.is_authority and not self.purposes & others

    def public_key(self) -> keys.PublicKey:
        """Read the key.

        Raises:
            TrustError: ``key-invalid`` or ``key-unknown``.
        """
        return keys.public_key(self.key_info)

    def signed_by(self, authority: "Certificate") -> bool:
        """Tell whether the signature is that of ``authority``; neither names nor dates are looked at."""
        try:
            return keys.verify(authority.public_key(), self.algorithm, self.signature, self.tbs)
        except TrustError:
            return False

    def valid_at(self, at: datetime) -> bool:
        return self.not_before <= at <= self.not_after


def read(data: bytes | memoryview) -> Certificate:
    """Take a certificate apart, DER or BER.

    Raises:
        TrustError: ``certificate-invalid``; ``algorithm-unknown``; ``algorithm-swapped`` where the algorithm outside
            of what is signed is another than the one inside (RFC 5280, 4.1.1.2); ``extension-unknown`` where a
            critical extension is not understood (RFC 5280, 4.2).
    """
    der = bounded(data, LONGEST, "certificate-invalid")
    with reading("certificate-invalid"):
        parsed = x509.Certificate.load(der, strict=True)
        signed = parsed["tbs_certificate"]
        algorithm = signature_algorithm(parsed["signature_algorithm"])
        if signature_algorithm(signed["signature"]) != algorithm:
            raise TrustError(fault="algorithm-swapped")
        known = _extensions(signed["extensions"])
        usage = known.get("2.5.29.15")
        key_id = known.get("2.5.29.14")
        authority = known.get("2.5.29.35")
        purposes = known.get("2.5.29.37")
        constraints = known.get("2.5.29.19")
        authority_key_id = authority["key_identifier"] if authority is not None else None
        validity = signed["validity"]
        return Certificate(
            der=der,
            tbs=signed.dump(),
            signature=bytes(parsed["signature_value"]),
            algorithm=algorithm,
            key_info=signed["subject_public_key_info"].dump(),
            serial=int(signed["serial_number"].native),
            subject=name_key(signed["subject"].dump()),
            issuer=name_key(signed["issuer"].dump()),
            country=_part(signed["subject"], _COUNTRY).upper(),
            states=_states(known.get("2.5.29.17")),
            not_before=moment(validity["not_before"].native),
            not_after=moment(validity["not_after"].native),
            key_id=key_id.native if key_id is not None else None,
            authority_key_id=authority_key_id.native if authority_key_id is not None else None,
            usage=frozenset(usage.native) if usage is not None else None,
            purposes=frozenset(purpose.dotted for purpose in purposes or ()),
            is_ca=bool(constraints is not None and constraints["ca"].native),
        )


def _extensions(found: Any) -> dict[str, Any]:
    """Give the extensions that are understood, parsed, by OID."""
    if isinstance(found, core.Void):
        return {}
    if len(found) > _EXTENSIONS_MOST:
        raise TrustError(fault="certificate-invalid")
    known: dict[str, Any] = {}
    for extension in found:
        oid = extension["extn_id"].dotted
        if oid in known:
            raise TrustError(fault="certificate-invalid")
        if oid in _UNDERSTOOD:
            known[oid] = extension["extn_value"].parsed
        elif extension["critical"].native and oid not in _HARMLESS:
            raise TrustError(fault="extension-unknown")
    return known


def _part(name: Any, oid: str) -> str:
    """Give one part of a name, "" where there is none."""
    for group in name.chosen:
        for pair in group:
            if pair["type"].dotted == oid:
                return str(pair["value"].native).strip()
    return ""


def _states(names: Any) -> frozenset[str]:
    """Give the codes of states in alternative names: directory names with a locality (9303-12, 7.1.1.2)."""
    found = (name.chosen for name in names or () if name.name == "directory_name")
    codes = (_part(name, _LOCALITY) for name in found)
    return frozenset(code.upper() for code in codes if code)
