"""Certificates as states write them, and as nobody may."""

from dataclasses import replace
from datetime import timedelta

import pytest
from asn1crypto import x509

from peripherals.documents import ber
from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.trust import certificate
from peripherals.documents.trust.asn1 import name_key
from peripherals.errors import TrustError
from tests.peripherals.trust.material import AT, validity

AUTHORITY = pki.make_authority(pki.UTOPIA, Algorithm(), validity(-3000), 0)
SIGNER = pki.issue_document_signer(AUTHORITY, Algorithm(), validity(), 0)
LISTER = pki.issue_list_signer(AUTHORITY, Algorithm(), validity(), 0)
KEY_USAGE, CONSTRAINTS = (bytes.fromhex(f"0603551D{last}") for last in ("0F", "13"))
UNKNOWN = bytes.fromhex("0603551D7F")


def test_an_authority_and_its_signer() -> None:
    authority, signer = certificate.read(AUTHORITY.certificate), certificate.read(SIGNER.certificate)
    assert (authority.is_authority, authority.self_issued, authority.signs_documents) == (True, True, False)
    assert (signer.is_authority, signer.self_issued, signer.signs_documents) == (False, False, True)
    assert (signer.issuer, signer.authority_key_id) == (authority.subject, authority.key_id)
    assert (signer.country, signer.states, signer.serial) == ("UT", frozenset({"UTO"}), SIGNER.serial)
    assert signer.signed_by(authority)
    assert not authority.signed_by(signer)
    assert (signer.valid_at(AT), signer.valid_at(AT - timedelta(days=301))) == (True, False)
    assert not certificate.read(LISTER.certificate).signs_documents


def test_two_are_equal_where_their_bytes_are() -> None:
    one, other = certificate.read(SIGNER.certificate), certificate.read(SIGNER.certificate)
    assert one == other
    assert hash(one) == hash(other)
    assert one != certificate.read(LISTER.certificate)
    assert "Utopia" not in repr(one)


def test_key_usage_decides_where_constraints_say_otherwise() -> None:
    # Link certificates of several states say that they are no authority, or nothing.
    without = AUTHORITY.certificate.replace(CONSTRAINTS + b"\x01\x01\xff", UNKNOWN + b"\x01\x01\x00")
    assert without != AUTHORITY.certificate
    found = certificate.read(without)
    assert (found.is_ca, found.is_authority) == (False, True)


def test_an_authority_needs_no_key_usage() -> None:
    without = AUTHORITY.certificate.replace(KEY_USAGE + b"\x01\x01\xff", UNKNOWN + b"\x01\x01\x00")
    assert without != AUTHORITY.certificate
    found = certificate.read(without)
    assert (found.usage, found.is_authority) == (None, True)


@pytest.mark.parametrize(
    ("usage", "is_ca", "signs"),
    [
        (frozenset({"digital_signature"}), False, True),
        (frozenset({"digital_signature"}), True, True),
        (frozenset({"digital_signature", "key_cert_sign"}), False, False),
        (frozenset({"key_encipherment"}), False, False),
        (None, False, True),
        (None, True, False),
    ],
)
def test_who_may_sign_documents(usage: frozenset[str] | None, *, is_ca: bool, signs: bool) -> None:
    found = replace(certificate.read(SIGNER.certificate), usage=usage, is_ca=is_ca)
    assert found.signs_documents is signs


def test_what_is_critical_must_be_understood() -> None:
    with pytest.raises(TrustError, match="extension-unknown"):
        certificate.read(AUTHORITY.certificate.replace(CONSTRAINTS, UNKNOWN))


def test_an_extension_stands_once() -> None:
    # Both alternative names have the same form: each could be taken for the other.
    twice = AUTHORITY.certificate.replace(bytes.fromhex("0603551D12"), bytes.fromhex("0603551D11"))
    assert twice != AUTHORITY.certificate
    with pytest.raises(TrustError, match="certificate-invalid"):
        certificate.read(twice)


def test_both_algorithm_fields_say_the_same() -> None:
    swapped = pki.issue_document_signer(AUTHORITY, Algorithm(), validity(), 0, swapped=Algorithm(digest="sha512"))
    with pytest.raises(TrustError, match="algorithm-swapped"):
        certificate.read(swapped.certificate)


@pytest.mark.parametrize("data", [b"", b"\x30\x00", b"\x30\x80\x00\x00", bytes(100), bytes(40_000)])
def test_what_is_no_certificate_is_refused(data: bytes) -> None:
    with pytest.raises(TrustError, match="certificate-invalid"):
        certificate.read(data)


def test_bytes_behind_a_certificate_are_refused() -> None:
    with pytest.raises(TrustError, match="certificate-invalid"):
        certificate.read(SIGNER.certificate + b"\0")


# --- names ---------------------------------------------------------------------------------------------------------


def name(text: bytes, tag: int, kind: str = "0603550403") -> bytes:
    return ber.encode(0x30, ber.encode(0x31, ber.encode(0x30, bytes.fromhex(kind), ber.encode(tag, text))))


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (b"Utopia CSCA", 0x0C),
        (b"utopia csca", 0x13),
        (b"Utopia  CSCA ", 0x13),
        (b"UTOPIA CSCA", 0x14),
        ("Utopia CSCA".encode("utf-16-be"), 0x1E),
    ],
)
def test_a_name_is_the_same_in_every_spelling(text: bytes, tag: int) -> None:
    assert name_key(name(text, tag)) == name_key(name(b"Utopia CSCA", 0x13))


def test_other_names_are_other_names() -> None:
    names = {name_key(name(b"Utopia", 0x13)), name_key(name(b"Utopia", 0x13, "060355040A"))}
    # Two parts are not one that looks like two.
    both = ber.encode(0x30, *(bytes(ber.parse_one(name(text, 0x13)).value) for text in (b"A", b"B")))
    names |= {name_key(name(b"Utopia.", 0x13)), name_key(both), name_key(name(b"A'/550403='b", 0x13))}
    assert len(names) == 5


def test_the_name_is_the_librarys_name() -> None:
    parsed = x509.Certificate.load(SIGNER.certificate)
    assert (parsed.issuer == parsed.subject) is (name_key(parsed.issuer.dump()) == name_key(parsed.subject.dump()))
