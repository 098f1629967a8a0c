"""The test PKI, judged by libraries that had no part in making it."""

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import product

import ecdsa
import pytest
from asn1crypto import cms, crl, x509
from cryptography import x509 as judge
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA256

from peripherals.documents import ber
from peripherals.documents.curves import CURVES
from peripherals.documents.passport.cms import MASTER_LIST, Quirks, master_list, signed_data
from peripherals.documents.passport.indefinite import indefinite
from peripherals.documents.passport.keys import Algorithm, SigningScheme, SimulatedEcKey, make_key
from peripherals.documents.passport.pki import (
    ELSEWHERE,
    UTOPIA,
    Authority,
    Validity,
    issue_document_signer,
    issue_list_signer,
    link,
    make_authority,
    revocation_list,
    self_made_signer,
)

AT = datetime(2026, 11, 26, tzinfo=UTC)
VALIDITY = Validity(AT - timedelta(days=900), AT + timedelta(days=4000))
HASHES = ("sha1", "sha224", "sha256", "sha384", "sha512")


def authority(algorithm: Algorithm | None = None, label: str = "csca") -> Authority:
    return make_authority(UTOPIA, algorithm or Algorithm(), VALIDITY, 1, label)


def test_a_signer_is_issued_by_its_authority(subtests: pytest.Subtests) -> None:
    for digest, scheme in product(HASHES, SigningScheme):
        with subtests.test(digest=digest, scheme=scheme):
            issuer = authority(Algorithm(scheme, digest))
            signer = issue_document_signer(issuer, Algorithm(scheme, digest), VALIDITY, 1)
            root, leaf = (
                judge.load_der_x509_certificate(issuer.certificate),
                judge.load_der_x509_certificate(signer.certificate),
            )
            if digest == "sha1":
                # The library refuses SHA-1 for certificates, as readers should.
                assert leaf.signature_hash_algorithm is not None
                assert leaf.signature_hash_algorithm.name == "sha1"
                continue
            root.verify_directly_issued_by(root)
            leaf.verify_directly_issued_by(root)
            assert leaf.extensions.get_extension_for_class(judge.KeyUsage).critical
            assert root.extensions.get_extension_for_class(judge.BasicConstraints).value.ca


def test_every_curve_signs(subtests: pytest.Subtests) -> None:
    for explicit, curve in product((False, True), CURVES):
        with subtests.test(explicit=explicit, curve=curve):
            certificate = x509.Certificate.load(
                authority(Algorithm(digest="sha512", curve=curve, explicit=explicit)).certificate
            )
            domain = CURVES[curve]
            info = certificate.public_key
            assert info["algorithm"]["parameters"].name == ("specified" if explicit else "named")
            public = domain.decode(bytes(info["public_key"]))
            r, s = ecdsa.util.sigdecode_der(certificate["signature_value"].native, domain.order)
            digest = hashlib.sha512(certificate["tbs_certificate"].dump()).digest()
            assert domain.verify(public, digest, r, s)
            assert not domain.verify(public, hashlib.sha512(b"else").digest(), r, s)


def test_explicit_parameters_are_those_of_the_curve() -> None:
    for name, domain in CURVES.items():
        key = make_key(Algorithm(curve=name, explicit=True), "any", 1)
        info = x509.PublicKeyInfo.load(key.public_info())
        given = info["algorithm"]["parameters"].chosen
        assert int(given["field_id"]["parameters"].native) == domain.p
        assert int.from_bytes(given["curve"]["a"].native) == domain.a
        assert given["order"].native == domain.order
        assert domain.decode(given["base"].native) == domain.generator


def test_null_parameters_are_written_where_asked_for() -> None:
    plain = x509.Certificate.load(authority().certificate)
    odd = x509.Certificate.load(authority(Algorithm(null_parameters=True)).certificate)
    assert bytes(plain["signature_algorithm"].dump())[-2:] != b"\x05\x00"
    assert bytes(odd["signature_algorithm"].dump())[-2:] == b"\x05\x00"


def test_a_link_certificate_goes_from_the_old_key_to_the_new() -> None:
    old, new = authority(), authority(Algorithm(digest="sha384", curve="secp384r1"), "csca-2")
    linked = judge.load_der_x509_certificate(link(old, new))
    linked.verify_directly_issued_by(judge.load_der_x509_certificate(old.certificate))
    assert linked.public_key() == judge.load_der_x509_certificate(new.certificate).public_key()


def test_a_self_made_signer_looks_issued_and_is_not() -> None:
    issuer = authority()
    root = judge.load_der_x509_certificate(issuer.certificate)
    forged = judge.load_der_x509_certificate(self_made_signer(issuer, Algorithm(), VALIDITY, 1).certificate)
    assert forged.issuer == root.subject
    with pytest.raises(InvalidSignature):
        forged.verify_directly_issued_by(root)


def test_dates_through_2049_have_two_digits_of_the_year() -> None:
    """RFC 5280, 4.1.2.5: later ones have four."""
    for end, form in (
        (datetime(2049, 12, 31, tzinfo=UTC), "utc_time"),
        (datetime(2050, 1, 1, tzinfo=UTC), "general_time"),
    ):
        made = make_authority(UTOPIA, Algorithm(), Validity(AT, end), 1)
        validity = x509.Certificate.load(made.certificate)["tbs_certificate"]["validity"]
        assert (validity["not_before"].name, validity["not_after"].name) == ("utc_time", form)
        assert validity["not_after"].native == end


def test_a_signer_names_its_state() -> None:
    for state in (UTOPIA, ELSEWHERE):
        issuer = make_authority(state, Algorithm(), VALIDITY, 1)
        signer = x509.Certificate.load(issue_document_signer(issuer, Algorithm(), VALIDITY, 1).certificate)
        assert signer.subject.native["country_name"] == state.country
        names = signer.subject_alt_name_value
        assert names[0].chosen.native["locality_name"] == state.code


def test_outer_and_inner_algorithm_differ_where_swapped() -> None:
    signer = issue_document_signer(authority(), Algorithm(), VALIDITY, 1, swapped=Algorithm(digest="sha512"))
    certificate = x509.Certificate.load(signer.certificate)
    assert certificate["signature_algorithm"] != certificate["tbs_certificate"]["signature"]


def test_a_revocation_list_names_who_is_revoked() -> None:
    issuer = authority()
    signer = issue_document_signer(issuer, Algorithm(), VALIDITY, 1)
    root = judge.load_der_x509_certificate(issuer.certificate)
    for serials in ([], [signer.serial]):
        found = judge.load_der_x509_crl(revocation_list(issuer, serials, AT))
        assert found.is_signature_valid(root.public_key())  # type: ignore[arg-type]
        assert [each.serial_number for each in found] == serials
    assert crl.CertificateList.load(revocation_list(issuer, [], AT)).authority_key_identifier is not None


def verify(signed: bytes, content: bytes, quirks: Quirks) -> None:
    """Check the signature of a SignedData with an RSA or P-256 key, by RFC 5652, 5.4 alone."""
    data = cms.ContentInfo.load(signed)["content"]
    signer = data["signer_infos"][0]
    key = judge.load_der_x509_certificate(data["certificates"][0].chosen.dump()).public_key()
    assert bytes(data["encap_content_info"]["content"].native) == content
    if quirks.without_attributes:
        message = content
    else:
        attributes = signer["signed_attrs"]
        digests = [each["values"][0].native for each in attributes if each["type"].native == "message_digest"]
        assert digests == [hashlib.sha256(content).digest()]
        message = b"\x31" + attributes.dump()[1:]
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(signer["signature"].native, message, ec.ECDSA(SHA256()))


@pytest.mark.parametrize(
    "quirks",
    [Quirks(), Quirks(unsorted=True), Quirks(by_key_identifier=True), Quirks(without_attributes=True)],
    ids=["plain", "unsorted", "by-key", "without-attributes"],
)
def test_signed_data_holds(quirks: Quirks) -> None:
    signer = issue_document_signer(authority(), Algorithm(), VALIDITY, 1)
    verify(signed_data("2.23.136.1.1.1", b"content", signer, at=AT, quirks=quirks), b"content", quirks)


def test_signed_data_without_a_certificate_or_with_another_algorithm_claimed() -> None:
    signer = issue_document_signer(authority(), Algorithm(), VALIDITY, 1)
    bare = signed_data("2.23.136.1.1.1", b"content", signer, quirks=Quirks(without_certificate=True))
    assert len(cms.ContentInfo.load(bare)["content"]["certificates"]) == 0
    swapped = signed_data("2.23.136.1.1.1", b"content", signer, quirks=Quirks(claimed=Algorithm(digest="sha1")))
    claimed = cms.ContentInfo.load(swapped)["content"]["signer_infos"][0]["signature_algorithm"]
    assert claimed["algorithm"].native == "sha1_ecdsa"


def test_indefinite_lengths_keep_what_was_signed() -> None:
    signer = issue_document_signer(authority(), Algorithm(), VALIDITY, 1)
    content = bytes(range(250)) * 3
    signed = signed_data("2.23.136.1.1.1", content, signer, at=AT)
    odd = indefinite(ber.encode(0x77, signed))
    inner = bytes(ber.parse_one(odd, tag=0x77).value)
    assert inner.startswith(b"\x30\x80")
    verify(inner, content, Quirks())


def test_a_master_list_holds_its_certificates_and_its_signers() -> None:
    issuer, other = authority(), make_authority(ELSEWHERE, Algorithm(), VALIDITY, 1)
    signer = issue_list_signer(issuer, Algorithm(), VALIDITY, 1)
    data = cms.ContentInfo.load(master_list([issuer.certificate, other.certificate], signer, issuer.certificate, AT))
    content = data["content"]["encap_content_info"]
    assert content["content_type"].dotted == MASTER_LIST
    version, certificates = ber.parse_one(content["content"].native, tag=0x30).children()
    assert bytes(version.value) == b"\0"
    assert {ber.encode(each.tag, each.value) for each in certificates.children()} == {
        issuer.certificate,
        other.certificate,
    }
    verify(data.dump(), content["content"].native, Quirks())


def test_keys_come_from_their_seed() -> None:
    one, again, other = (make_key(Algorithm(), "any", seed) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert isinstance(one, SimulatedEcKey)
    assert 0 < one.secret < CURVES["secp256r1"].order


def test_rsa_signatures_are_what_they_claim() -> None:
    for scheme, expected in (
        (SigningScheme.PKCS1, padding.PKCS1v15()),
        (SigningScheme.PSS, padding.PSS(padding.MGF1(SHA256()), 32)),
    ):
        key = make_key(Algorithm(scheme), "any", 1)
        key.private.public_key().verify(key.sign(b"content"), b"content", expected, SHA256())  # type: ignore[union-attr]
