"""Revocation lists."""

from dataclasses import replace
from datetime import timedelta

import pytest
from asn1crypto import core, pem
from asn1crypto import crl as asn1_crl

from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.trust import certificate, crl
from peripherals.errors import TrustError
from tests.peripherals.trust.material import AT, validity

AUTHORITY = pki.make_authority(pki.UTOPIA, Algorithm(), validity(-3000), 0)
MADE = pki.revocation_list(AUTHORITY, [7, 1 << 100, 130], AT)


def test_a_list_gives_what_is_revoked() -> None:
    found = crl.read(MADE)
    assert found.revoked == {7, 1 << 100, 130}
    assert (found.this_update, found.next_update) == (AT, AT + timedelta(days=90))
    assert found.number == 1
    assert crl.read(pki.revocation_list(AUTHORITY, [], AT)).revoked == frozenset()
    assert crl.read(pem.armor("X509 CRL", MADE)) == found


def test_a_list_is_its_authoritys() -> None:
    authority = certificate.read(AUTHORITY.certificate)
    other = pki.make_authority(pki.UTOPIA, Algorithm(), validity(-3000), 1)
    elsewhere = pki.make_authority(pki.ELSEWHERE, Algorithm(), validity(-3000), 0)
    found = crl.read(MADE)
    assert found.signed_by(authority)
    assert not found.signed_by(certificate.read(other.certificate))
    assert not found.signed_by(certificate.read(elsewhere.certificate))
    changed = crl.read(MADE.replace(b"\x02\x01\x07", b"\x02\x01\x08"))
    assert 8 in changed.revoked
    assert not changed.signed_by(authority)


def test_a_list_bears_its_authoritys_name_and_usage() -> None:
    authority, found = certificate.read(AUTHORITY.certificate), crl.read(MADE)
    assert not found.signed_by(replace(authority, subject="another name, the same key"))
    assert not found.signed_by(replace(authority, usage=frozenset({"key_cert_sign"})))
    assert found.signed_by(replace(authority, usage=None))


def test_both_algorithm_fields_say_the_same() -> None:
    parsed = asn1_crl.CertificateList.load(MADE)
    parsed["signature_algorithm"] = Algorithm(digest="sha512").identifier()
    with pytest.raises(TrustError, match="algorithm-swapped"):
        crl.read(parsed.dump(force=True))


def extended(extension: str, *, entry: bool = False) -> bytes:
    parsed = asn1_crl.CertificateList.load(MADE)
    inner = parsed["tbs_cert_list"]
    if entry:
        given = {"extn_id": extension, "critical": True, "extn_value": core.ParsableOctetString(b"\x30\x00")}
        inner["revoked_certificates"][0]["crl_entry_extensions"] = [given]
    else:
        value = core.ParsableOctetString(b"\x30\x00" if extension == "2.5.29.28" else core.Integer(1).dump())
        given = {"extn_id": extension, "critical": True, "extn_value": value}
        inner["crl_extensions"].append(given)
    return bytes(parsed.dump(force=True))


@pytest.mark.parametrize("extension", ["2.5.29.27", "2.5.29.28", "1.2.3.4"], ids=["delta", "scope", "unknown"])
def test_a_list_of_a_part_is_refused(extension: str) -> None:
    with pytest.raises(TrustError, match="list-partial"):
        crl.read(extended(extension))


def test_a_list_that_speaks_for_others_is_refused() -> None:
    with pytest.raises(TrustError, match="list-partial"):
        crl.read(extended("2.5.29.29", entry=True))


@pytest.mark.parametrize("data", [b"", b"\x30\x00", MADE[:-1], MADE + b"\0", AUTHORITY.certificate])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(TrustError):
        crl.read(data)


def test_a_long_list_is_read_quickly() -> None:
    serials = list(range(1 << 64, (1 << 64) + 5_000))
    assert crl.read(pki.revocation_list(AUTHORITY, serials, AT)).revoked == set(serials)
