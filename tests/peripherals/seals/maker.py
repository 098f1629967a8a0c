"""Makes seals for tests, from the standard and without the reader's code: a second hand that writes what it reads."""

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from asn1crypto import algos, x509
from asn1crypto import keys as asn1_keys

from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm, SimulatedEcKey, make_key
from peripherals.documents.trust import certificate as certificates
from peripherals.documents.trust.certificate import Certificate

TODAY = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
VALIDITY = pki.Validity(datetime(2025, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC))
AUTHORITY = pki.make_authority(pki.UTOPIA, Algorithm(), VALIDITY, seed=4)
#: The purpose of the signers of seals in JSON (9303-12, 7.1.1), and another's.
SEALS, TLS_SERVER = "2.23.136.1.1.14.2", "1.3.6.1.5.5.7.3.1"

RESIDENCE_PERMIT = (
    "ARUTORESIDORCE<<ROLAND<<<<<<<<<<<<<<",
    "6525845096USA7008038M3201015<<<<<<<4",
)
_SET = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def c40(text: str) -> bytes:
    text = text.replace("<", " ")
    data = b""
    while len(text) >= 3:
        data += _group(*text[:3])
        text = text[3:]
    if len(text) == 2:
        data += _group(*text, "")
    elif text:
        data += bytes([0xFE, ord(text) + 1])
    return data


def _group(*chars: str) -> bytes:
    first, second, third = (_SET.index(char) + 3 if char else 0 for char in chars)
    return (1600 * first + 40 * second + third + 1).to_bytes(2)


def day(when: date) -> bytes:
    return (when.month * 1_000_000 + when.day * 10_000 + when.year).to_bytes(3)


def feature(tag: int, value: bytes, *, der: bool = False) -> bytes:
    if der and len(value) > 127:
        size = len(value).to_bytes(1 if len(value) < 256 else 2)
        return bytes([tag, 0x80 | len(size)]) + size + value
    return bytes([tag, len(value)]) + value


def header(
    *,
    version: int = 3,
    country: str = "UTO",
    signer: str = "UTTS",
    reference: str = "32",
    issued: date = date(2026, 3, 2),
    signed: date = date(2026, 3, 3),
    kind: tuple[int, int] = (0xFB, 0x06),
    length: str | None = None,
) -> bytes:
    """``length`` is what stands before the reference; "" for nothing, as in the older header."""
    if length is None:
        length = f"{len(reference):02X}" if version == 3 else ""
    named = signer + length + (reference if length else reference.rjust(5, "0"))
    return bytes([0xDC, version]) + c40(country.ljust(3)) + c40(named) + day(issued) + day(signed) + bytes(kind)


@dataclass(frozen=True)
class SealSigner:
    key: SimulatedEcKey
    certificate: bytes

    @property
    def read(self) -> Certificate:
        return certificates.read(self.certificate)

    def raw_signature(self, data: bytes) -> bytes:
        pair = algos.DSASignature.load(self.key.sign(data))
        size = self.key.order_size
        return b"".join(pair[name].native.to_bytes(size) for name in ("r", "s"))


def make_signer(
    *,
    authority: pki.Authority = AUTHORITY,
    algorithm: Algorithm = Algorithm(curve="brainpoolP256r1"),  # noqa: B008 - frozen
    name: str = "TS",
    country: str = "UT",
    serial: int = 0x32,
    validity: pki.Validity = VALIDITY,
    purposes: Sequence[str] = (SEALS,),
    forged: bool = False,
    names_key: bool = True,
) -> SealSigner:
    """Make a signer's certificate.

    ``forged``: with the authority's name and another's signature. ``names_key``: it says which key issued it.
    """
    key = make_key(algorithm, f"seal/{name}", serial)
    issuer_key = make_key(authority.key.algorithm, "forger", 1) if forged else authority.key
    assert isinstance(key, SimulatedEcKey)
    extensions: list[dict[str, Any]] = [
        {"extn_id": "key_usage", "critical": True, "extn_value": x509.KeyUsage({"digital_signature"})}
    ]
    if names_key:
        identifier = x509.AuthorityKeyIdentifier({"key_identifier": pki.key_identifier(authority.key)})
        extensions.append({"extn_id": "authority_key_identifier", "critical": False, "extn_value": identifier})
    if purposes:
        extensions.append({"extn_id": "extended_key_usage", "critical": True, "extn_value": list(purposes)})
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": serial,
            "signature": issuer_key.algorithm.identifier(),
            "issuer": authority.name,
            "validity": {
                "not_before": x509.Time({"utc_time": validity.start}),
                "not_after": x509.Time({"utc_time": validity.end}),
            },
            "subject": x509.Name.build({"country_name": country, "common_name": name}),
            "subject_public_key_info": asn1_keys.PublicKeyInfo.load(key.public_info()),
            "extensions": extensions,
        }
    )
    fields = {
        "tbs_certificate": body,
        "signature_algorithm": issuer_key.algorithm.identifier(),
        "signature_value": issuer_key.sign(body.dump()),
    }
    return SealSigner(key, bytes(x509.Certificate(fields).dump()))


def permit_features(zone: Sequence[str] = RESIDENCE_PERMIT, passport: str = "UFO001979") -> list[bytes]:
    return [feature(0x02, c40("".join(zone))), feature(0x03, c40(passport))]


def make_seal(signer: SealSigner, features: Sequence[bytes] | None = None, head: bytes | None = None) -> bytes:
    signed = (head or header()) + b"".join(permit_features() if features is None else features)
    return signed + feature(0xFF, signer.raw_signature(signed))


MESSAGE: dict[str, Any] = {
    "uvci": "U32870",
    "pid": {"n": "Eriksson Anna", "dob": "1974-08-12", "sex": "F", "i": "L898902C3"},
    "ve": [{"des": "XM68M6", "nam": "Comirnaty", "vd": [{"dvc": "2021-03-03", "seq": 1, "ctr": "UTO"}]}],
}


def url_safe(data: bytes, *, padded: bool = True) -> str:
    text = base64.urlsafe_b64encode(data).decode()
    return text if padded else text.rstrip("=")


def make_json(
    signer: SealSigner,
    *,
    message: Mapping[str, Any] = MESSAGE,
    head: Mapping[str, Any] | None = None,
    algorithm: str = "ES256",
    certificate: bool = True,
    padded: bool = True,
) -> bytes:
    data = {"hdr": dict(head or {"t": "icao.vacc", "v": 1, "is": "UTO"}), "msg": dict(message)}
    # With names in ASCII, sorting by characters is sorting by UTF-16.
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    signature = {"alg": algorithm, "sigvl": url_safe(signer.raw_signature(canonical), padded=padded)}
    if certificate:
        signature["cer"] = url_safe(signer.certificate, padded=padded)
    return json.dumps({"data": data, "sig": signature}, ensure_ascii=False).encode()


EMERGENCY = ("PUUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L898902C36UTO7408122F3204153<<<<<<<4")


def reference(certificate: bytes) -> bytes:
    return hashlib.sha1(certificate, usedforsecurity=False).digest()[15:]


def idb_header(
    signer: SealSigner | None,
    *,
    country: str = "UTO",
    algorithm: int = 1,
    signed: date = date(2026, 3, 3),
    masked: bool = False,
) -> bytes:
    """``masked``: the day has four bytes, as most seals that are issued have it."""
    named = c40(country.ljust(3))
    if signer is None:
        return named
    return named + bytes([algorithm]) + reference(signer.certificate) + (b"\x00" if masked else b"") + day(signed)


def passport_messages(zone: Sequence[str] = EMERGENCY) -> list[bytes]:
    """Germany's and Utopia's own: a zone, and which document it is."""
    return [feature(0x81, c40("".join(zone))), feature(0x86, b"\x06")]


def idb_text(payload: bytes, *, signed: bool = True, zipped: bool = False, beginning: bytes = b"RDB1") -> bytes:
    flag = b"ABCD"[signed + 2 * zipped :][:1]
    if zipped:
        payload = zlib.compress(payload, 9)
    return beginning + flag + base64.b32encode(payload).rstrip(b"=")


def make_idb(
    signer: SealSigner,
    messages: Sequence[bytes] | None = None,
    *,
    head: bytes | None = None,
    certificate: bool = False,
    zipped: bool = False,
    signature: bytes | None = None,
) -> bytes:
    inner = b"".join(passport_messages() if messages is None else messages)
    signed = (idb_header(signer) if head is None else head) + feature(0x61, inner, der=True)
    payload = signed + (feature(0x7E, signer.certificate, der=True) if certificate else b"")
    payload += feature(0x7F, signer.raw_signature(signed) if signature is None else signature, der=True)
    return idb_text(payload, zipped=zipped)


def digit(text: str) -> str:
    """Compute a check digit (ICAO Doc 9303-3, 4.9)."""
    value = {char: place for place, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
    return str(sum(value[char] * (7, 3, 1)[place % 3] for place, char in enumerate(text)) % 10)


def second_line(number: str, nation: str, born: str, sex: str, last: str) -> str:
    """Write the second line of a zone of two lines with 36 characters."""
    head, dates, rest = number + digit(number), born + digit(born), last + digit(last) + "<" * 7
    return head + nation + dates + sex + rest + digit(head + dates + rest)
