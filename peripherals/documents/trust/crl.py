"""Revocation lists (ICAO Doc 9303-12, 7.2; RFC 5280, 5): which signers an authority takes back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import core, pem
from asn1crypto import crl as asn1_crl

from peripherals.documents import ber
from peripherals.documents.trust import keys
from peripherals.documents.trust.algorithms import SignatureAlgorithm, signature_algorithm
from peripherals.documents.trust.asn1 import bounded, moment, name_key, reading
from peripherals.documents.trust.certificate import Certificate
from peripherals.errors import TrustError

#: Lists of states have a few hundred bytes; 200 000 entries fit in here.
_LONGEST = 8 << 20
_ENTRIES_MOST = 200_000
_NUMBER, _AUTHORITY_KEY_ID = "2.5.29.20", "2.5.29.35"
_ALTERNATIVE_NAME, _FRESHEST = "2.5.29.18", "2.5.29.46"
#: Of an entry: the list speaks for other authorities too (RFC 5280, 5.3.3).
_CERTIFICATE_ISSUER = bytes.fromhex("0603551D1D")
_CUT = "list-partial"


@dataclass(frozen=True, slots=True)
class RevocationList:
    """``revoked`` are serial numbers of certificates of ``issuer``. ``next_update`` is None where it was left out."""

    der: bytes = field(repr=False)
    tbs: bytes = field(repr=False, compare=False)
    signature: bytes = field(repr=False, compare=False)
    algorithm: SignatureAlgorithm = field(compare=False)
    issuer: str = field(repr=False, compare=False)
    authority_key_id: bytes | None = field(repr=False, compare=False)
    number: int | None = field(compare=False)
    this_update: datetime = field(compare=False)
    next_update: datetime | None = field(compare=False)
    revoked: frozenset[int] = field(repr=False, compare=False)

    def signed_by(self, authority: Certificate) -> bool:
        """Tell whether ``authority`` made this list, by name and signature."""
        if self.issuer != authority.subject or (authority.usage is not None and "crl_sign" not in authority.usage):
            return False
        try:
            return keys.verify(authority.public_key(), self.algorithm, self.signature, self.tbs)
        except TrustError:
            return False


def read(data: bytes) -> RevocationList:
    """Take a list apart, DER or PEM.

    Raises:
        TrustError: ``list-invalid``; ``list-partial`` where it is a delta, or speaks for other authorities or for a
            part of the certificates only: what is not on it may be revoked all the same.
    """
    raw = bounded(data, _LONGEST, "list-invalid")
    with reading("list-invalid"):
        if pem.detect(raw):
            _, _, raw = pem.unarmor(raw)
        parsed = asn1_crl.CertificateList.load(raw, strict=True)
        listed = parsed["tbs_cert_list"]
        algorithm = signature_algorithm(parsed["signature_algorithm"])
        if signature_algorithm(listed["signature"]) != algorithm:
            raise TrustError(fault="algorithm-swapped")
        known = _extensions(listed["crl_extensions"])
        authority = known.get(_AUTHORITY_KEY_ID)
        key_id = authority["key_identifier"].native if authority is not None else None
        number = known.get(_NUMBER)
        next_update = listed["next_update"].native
        return RevocationList(
            der=raw,
            tbs=listed.dump(),
            signature=bytes(parsed["signature"]),
            algorithm=algorithm,
            issuer=name_key(listed["issuer"].dump()),
            authority_key_id=key_id,
            number=int(number.native) if number is not None else None,
            this_update=moment(listed["this_update"].native),
            next_update=moment(next_update) if next_update is not None else None,
            revoked=_serials(listed["revoked_certificates"]),
        )


def _extensions(found: Any) -> dict[str, Any]:
    known: dict[str, Any] = {}
    if isinstance(found, core.Void):
        return known
    for extension in found:
        oid = extension["extn_id"].dotted
        if oid in {_NUMBER, _AUTHORITY_KEY_ID}:
            known[oid] = extension["extn_value"].parsed
        elif extension["critical"].native and oid not in {_ALTERNATIVE_NAME, _FRESHEST}:
            raise TrustError(fault=_CUT)
    return known


def _serials(found: Any) -> frozenset[int]:
    """Read the entries without ``asn1crypto``, which takes seconds for a list of many."""
    if isinstance(found, core.Void):
        return frozenset()
    serials: set[int] = set()
    for entry in ber.parse(found.contents or b"", limit=_ENTRIES_MOST):
        serial, _, *rest = entry.children()
        if any(_CERTIFICATE_ISSUER in bytes(extension.value) for extension in rest):
            raise TrustError(fault=_CUT)
        serials.add(int.from_bytes(serial.value, signed=True))
    return frozenset(serials)
