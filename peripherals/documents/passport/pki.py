"""A state's signing PKI, made for a test: CSCA, link certificates, document and list signers, CRL (Doc 9303-12).

Everything is DER. Profiles of certificates: Doc 9303-12, table 6 and 7.1; of revocation lists: table 8.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from asn1crypto import core, crl, x509
from asn1crypto import keys as asn1_keys

from peripherals.documents import ber
from peripherals.documents.passport.keys import Algorithm, Key, make_key

#: From this year on a time is written with four digits of year (RFC 5280, 4.1.2.5).
_FOUR_DIGITS = 2050
_NAME_CHANGE = "2.23.136.1.1.6.1"
_DOCUMENT_TYPES = "2.23.136.1.1.6.2"
_MASTER_LIST_SIGNER = "2.23.136.1.1.3"


@dataclass(frozen=True, slots=True)
class State:
    """A made-up state: its code in certificates, its code in the machine-readable zone, what it is called."""

    country: str
    code: str
    called: str


UTOPIA = State("UT", "UTO", "Utopia")
#: ISO 3166 leaves these codes to whoever needs one.
ELSEWHERE = State("ZZ", "ZZE", "Elsewhere")


@dataclass(frozen=True, slots=True)
class Validity:
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Authority:
    """A CSCA: the key that signs, and its self-signed certificate."""

    state: State
    key: Key
    name: x509.Name
    certificate: bytes
    serial: int
    validity: Validity


@dataclass(frozen=True, slots=True)
class SimulatedSigner:
    """Who signs documents or lists: key and certificate."""

    key: Key
    certificate: bytes
    serial: int
    issuer: x509.Name


def make_authority(state: State, algorithm: Algorithm, validity: Validity, seed: int, label: str = "csca") -> Authority:
    """Make a CSCA with a self-signed certificate."""
    key = make_key(algorithm, f"{state.code}/{label}", seed)
    name = _name(state, f"{state.called} CSCA {label}")
    serial = _serial(f"{state.code}/{label}", seed)
    extensions = _authority_extensions(state, key, key, validity)
    der = _certificate(
        subject=name,
        public_info=key.public_info(),
        issuer=name,
        issuer_key=key,
        serial=serial,
        validity=validity,
        extensions=extensions,
    )
    return Authority(state, key, name, der, serial, validity)


def link(old: Authority, new: Authority) -> bytes:
    """Certify a new CSCA key by the one before (Doc 9303-12, 3.1.2)."""
    extensions = _authority_extensions(new.state, new.key, old.key, new.validity)
    extensions.append(_raw_extension(_NAME_CHANGE, core.Null().dump()))
    return _certificate(
        subject=new.name,
        public_info=new.key.public_info(),
        issuer=old.name,
        issuer_key=old.key,
        serial=new.serial + 1,
        validity=new.validity,
        extensions=extensions,
    )


def issue_document_signer(
    authority: Authority,
    algorithm: Algorithm,
    validity: Validity,
    seed: int,
    *,
    state: State | None = None,
    label: str = "signer",
    swapped: Algorithm | None = None,
    claimed: Key | None = None,
) -> SimulatedSigner:
    """Issue a DSC.

    Args:
        authority: who issues it.
        algorithm: of its key, and what it signs documents with.
        validity: of the certificate.
        seed: of its key.
        state: the state that it names, where that is not the authority's.
        label: its name within the authority.
        swapped: an algorithm that its outer signature field claims, against the inner one.
        claimed: the key that it says it was signed with, where that is not the authority's.
    """
    state = state or authority.state
    key = make_key(algorithm, f"{state.code}/{label}", seed)
    serial = _serial(f"{state.code}/{label}", seed)
    types = core.PrintableString("P").dump()
    listed = ber.encode(0x30, core.Integer(0).dump(), ber.encode(0x31, types))
    extensions = _signer_extensions(authority, claimed or authority.key, key, state)
    extensions.append(_extension("private_key_usage_period", _usage_period(validity)))
    extensions.append(_raw_extension(_DOCUMENT_TYPES, listed))
    name = _name(state, f"{state.called} document {label}")
    der = _certificate(
        subject=name,
        public_info=key.public_info(),
        issuer=authority.name,
        issuer_key=authority.key,
        serial=serial,
        validity=validity,
        extensions=extensions,
        swapped=swapped,
    )
    return SimulatedSigner(key, der, serial, authority.name)


def issue_list_signer(authority: Authority, algorithm: Algorithm, validity: Validity, seed: int) -> SimulatedSigner:
    """Issue the certificate of who signs master lists (Doc 9303-12, 7.1.1.3)."""
    key = make_key(algorithm, f"{authority.state.code}/list", seed)
    serial = _serial(f"{authority.state.code}/list", seed)
    extensions = _signer_extensions(authority, authority.key, key, authority.state)
    purpose = x509.ExtKeyUsageSyntax([_MASTER_LIST_SIGNER])
    extensions.append(_extension("extended_key_usage", purpose, critical=True))
    name = _name(authority.state, f"{authority.state.called} master list signer")
    der = _certificate(
        subject=name,
        public_info=key.public_info(),
        issuer=authority.name,
        issuer_key=authority.key,
        serial=serial,
        validity=validity,
        extensions=extensions,
    )
    return SimulatedSigner(key, der, serial, authority.name)


def self_made_signer(
    authority: Authority, algorithm: Algorithm, validity: Validity, seed: int, *, claims_key: bool = False
) -> SimulatedSigner:
    """Make a signer that claims to be the authority's and was never issued by it: what a forger can do alone.

    Its certificate names the authority, and with ``claims_key`` the authority's key too.
    """
    forger = replace(authority, key=make_key(authority.key.algorithm, "forger", seed))
    claimed = authority.key if claims_key else forger.key
    return issue_document_signer(forger, algorithm, validity, seed, label="forged", claimed=claimed)


def revocation_list(authority: Authority, serials: Sequence[int], at: datetime) -> bytes:
    """Make a CRL of an authority, signed, DER; valid for 90 days (Doc 9303-12, 5.1.4)."""
    algorithm = authority.key.algorithm.identifier()
    extensions = [
        crl.TBSCertListExtension(
            {"extn_id": "authority_key_identifier", "extn_value": _key_identifier(authority.key)},
        ),
        crl.TBSCertListExtension({"extn_id": "crl_number", "extn_value": core.Integer(1)}),
    ]
    fields: dict[str, object] = {
        "version": "v2",
        "signature": algorithm,
        "issuer": authority.name,
        "this_update": _time(at),
        "next_update": _time(at + timedelta(days=90)),
        "crl_extensions": extensions,
    }
    if serials:
        fields["revoked_certificates"] = [
            {"user_certificate": serial, "revocation_date": _time(at)} for serial in serials
        ]
    body = crl.TbsCertList(fields)
    return bytes(
        crl.CertificateList(
            {
                "tbs_cert_list": body,
                "signature_algorithm": algorithm,
                "signature": authority.key.sign(body.dump()),
            }
        ).dump()
    )


def key_identifier(key: Key) -> bytes:
    """SHA-1 of the public key's bits (RFC 5280, 4.2.1.2, method 1)."""
    return bytes(asn1_keys.PublicKeyInfo.load(key.public_info()).sha1)


def _certificate(
    *,
    subject: x509.Name,
    public_info: bytes,
    issuer: x509.Name,
    issuer_key: Key,
    serial: int,
    validity: Validity,
    extensions: list[x509.Extension],
    swapped: Algorithm | None = None,
) -> bytes:
    algorithm = issuer_key.algorithm.identifier()
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": serial,
            "signature": algorithm,
            "issuer": issuer,
            "validity": {"not_before": _time(validity.start), "not_after": _time(validity.end)},
            "subject": subject,
            "subject_public_key_info": asn1_keys.PublicKeyInfo.load(public_info),
            "extensions": extensions,
        }
    )
    fields = {
        "tbs_certificate": body,
        "signature_algorithm": swapped.identifier() if swapped else algorithm,
        "signature_value": issuer_key.sign(body.dump()),
    }
    return bytes(x509.Certificate(fields).dump())


def _authority_extensions(state: State, key: Key, issuer_key: Key, validity: Validity) -> list[x509.Extension]:
    return [
        _identifies("authority_key_identifier", issuer_key),
        _identifies("key_identifier", key),
        _extension("key_usage", x509.KeyUsage({"key_cert_sign", "crl_sign"}), critical=True),
        _extension("basic_constraints", x509.BasicConstraints({"ca": True, "path_len_constraint": 0}), critical=True),
        _extension("private_key_usage_period", _usage_period(validity)),
        _extension("issuer_alt_name", _alternative(state)),
        _extension("subject_alt_name", _alternative(state)),
    ]


def _signer_extensions(authority: Authority, issuer_key: Key, key: Key, state: State) -> list[x509.Extension]:
    """Give what all who sign have: whose certificate it is, who issued it, and that its key signs and nothing else."""
    return [
        _identifies("authority_key_identifier", issuer_key),
        _identifies("key_identifier", key),
        _extension("key_usage", x509.KeyUsage({"digital_signature"}), critical=True),
        _extension("issuer_alt_name", _alternative(authority.state)),
        _extension("subject_alt_name", _alternative(state)),
    ]


def _identifies(name: str, key: Key) -> x509.Extension:
    if name == "key_identifier":
        return _extension(name, core.OctetString(key_identifier(key)))
    return _extension(name, _key_identifier(key))


def _key_identifier(key: Key) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier({"key_identifier": key_identifier(key)})


def _extension(name: str, value: core.Asn1Value, *, critical: bool = False) -> x509.Extension:
    return x509.Extension({"extn_id": name, "critical": critical, "extn_value": value})


def _raw_extension(oid: str, value: bytes) -> x509.Extension:
    return x509.Extension({"extn_id": oid, "critical": False, "extn_value": core.ParsableOctetString(value)})


def _usage_period(validity: Validity) -> x509.PrivateKeyUsagePeriod:
    # A key signs for the first quarter of its certificate's life, so that what it signed last outlives it nowhere.
    end = validity.start + (validity.end - validity.start) / 4
    return x509.PrivateKeyUsagePeriod({"not_before": validity.start, "not_after": end.replace(microsecond=0)})


def _alternative(state: State) -> x509.GeneralNames:
    """Give the state's code as in the machine-readable zone, as its locality (Doc 9303-12, 7.1.1.2)."""
    return x509.GeneralNames([x509.GeneralName("directory_name", x509.Name.build({"locality_name": state.code}))])


def _name(state: State, common: str) -> x509.Name:
    return x509.Name.build(
        {"country_name": state.country, "organization_name": state.called, "common_name": common},
    )


def _time(at: datetime) -> x509.Time:
    name = "utc_time" if at.year < _FOUR_DIGITS else "general_time"
    return x509.Time({name: at.replace(microsecond=0)})


def _serial(label: str, seed: int) -> int:
    return int.from_bytes(hashlib.shake_256(f"serial/{seed}/{label}".encode()).digest(8)) >> 2
