"""Verdicts of seals: what holds, what was forged, and what cannot be verified here."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest

from peripherals.documents import mrz
from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm, SigningScheme
from peripherals.documents.seals import reading
from peripherals.documents.seals.signers import SignerName, directory
from peripherals.documents.seals.verify import standing, verify
from peripherals.documents.trust import certificate as certificates
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Check, CheckVerdict, DocumentStanding, Outcome
from tests.peripherals.seals import maker
from tests.peripherals.seals.judging import JSON_SIGNER, SIGNER, failed, judge, trust
from tests.peripherals.seals.maker import AUTHORITY, TODAY, VALIDITY, SealSigner, make_json, make_seal, make_signer


def test_a_sound_seal_is_unchanged() -> None:
    found, stands = judge(make_seal(SIGNER), SIGNER)
    assert stands is DocumentStanding.UNCHANGED
    assert {check for check, verdict in found.items() if verdict.outcome is Outcome.PASSED} == {
        Check.SIGNATURE, Check.CONTENT, Check.ISSUER, Check.VALIDITY, Check.REVOCATION, Check.ISSUING_STATE,
        Check.EXPIRY,
    }  # fmt: skip
    assert found[Check.PRINTED] == CheckVerdict(Check.PRINTED, Outcome.NOT_CHECKED, "printed-missing")
    assert found[Check.CHIP_AUTHENTICATION].outcome is Outcome.UNSUPPORTED


def test_a_sound_seal_in_json_is_unchanged() -> None:
    for padded in (True, False):
        found, stands = judge(make_json(JSON_SIGNER, padded=padded))
        assert stands is DocumentStanding.UNCHANGED
        assert found[Check.PRINTED] == CheckVerdict(Check.PRINTED, Outcome.UNSUPPORTED, "no-zone")


def test_every_curve(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("brainpoolP224r1", "sha224"),
        ("secp224r1", "sha224"),
        ("secp256r1", "sha256"),
        ("brainpoolP320r1", "sha384"),
        ("brainpoolP384r1", "sha384"),
        ("secp384r1", "sha384"),
        ("brainpoolP512r1", "sha512"),
        ("secp521r1", "sha512"),
    ]
    for (curve, digest), explicit in product(cases, (False, True)):
        with subtests.test(curve=curve, digest=digest, explicit=explicit):
            signer = make_signer(algorithm=Algorithm(curve=curve, digest=digest, explicit=explicit))
            assert judge(make_seal(signer), signer)[1] is DocumentStanding.UNCHANGED


def test_seal_in_json_expired_with_its_signer() -> None:
    found, stands = judge(make_json(JSON_SIGNER), at=VALIDITY.end + timedelta(days=1))
    assert stands is DocumentStanding.REFUSED
    assert failed(found) == {Check.VALIDITY: "signer-expired"}


def test_seal_in_json_without_certificate() -> None:
    found, stands = judge(make_json(JSON_SIGNER, certificate=False))
    assert stands is DocumentStanding.ISSUER_UNKNOWN
    assert found[Check.SIGNATURE].outcome is Outcome.NOT_CHECKED


@pytest.mark.parametrize(
    ("revoked", "at", "reason"),
    [(None, TODAY, "crl-missing"), ((), TODAY - timedelta(days=100), "crl-outdated")],
)
def test_revocation_that_could_not_be_checked(revoked: tuple[int, ...] | None, at: datetime, reason: str) -> None:
    found, stands = judge(make_seal(SIGNER), SIGNER, store=trust(AUTHORITY, revoked=revoked, at=at))
    assert found[Check.REVOCATION] == CheckVerdict(Check.REVOCATION, Outcome.NOT_CHECKED, reason)
    assert stands is DocumentStanding.UNCHANGED


def test_without_a_trust_store_nobody_can_say_who_issued_the_signer() -> None:
    seal = reading.parse(make_seal(SIGNER))
    verdicts = verify(seal, at=TODAY, find_signer=directory([SIGNER.read]), store=TrustStore(()))
    assert standing(verdicts) is DocumentStanding.ISSUER_UNKNOWN
    assert verdicts[0] == CheckVerdict(Check.SIGNATURE, Outcome.PASSED)


def test_signer_of_a_state_with_a_code_in_no_list() -> None:
    unlisted = make_signer(country="QX")
    found, stands = judge(make_seal(unlisted, head=maker.header(signer="QXTS")), unlisted)
    assert found[Check.ISSUING_STATE].reason == "state-unknown"
    assert stands is DocumentStanding.UNPROVED


@pytest.mark.parametrize(
    ("signed", "reason"),
    [(date(2024, 12, 31), "signer-not-yet-valid"), (date(2027, 3, 1), "signed-in-future")],
)
def test_signed_when_the_signer_could_not(signed: date, reason: str) -> None:
    found, stands = judge(make_seal(SIGNER, head=maker.header(signed=signed)), SIGNER)
    assert (stands, failed(found)) == (DocumentStanding.REFUSED, {Check.VALIDITY: reason})


def test_without_its_signer_a_seal_may_be_of_tomorrow_and_not_later() -> None:
    midnight = datetime.combine(TODAY.date(), time.min, UTC)
    tomorrow = TODAY.date() + timedelta(days=1)
    seal = make_seal(SIGNER, head=maker.header(signed=tomorrow))
    later = make_seal(SIGNER, head=maker.header(signed=tomorrow + timedelta(days=1)))
    cases = {"of tomorrow": (seal, midnight), "a day later": (later, midnight), "late today": (later, TODAY)}
    reasons = {why: judge(data, at=at)[0][Check.VALIDITY].reason for why, (data, at) in cases.items()}
    assert reasons == {
        "of tomorrow": "signer-missing",
        "a day later": "signed-in-future",
        "late today": "signed-in-future",
    }


@pytest.mark.parametrize("purposes", [(), ("0.4.0.127.0.7.3.5.1.1",)])
def test_purposes_of_older_signers(purposes: tuple[str, ...]) -> None:
    older = make_signer(purposes=purposes)
    assert judge(make_seal(older), older)[1] is DocumentStanding.UNCHANGED


def test_an_authority_signs_no_seal_itself() -> None:
    authority = certificates.read(AUTHORITY.certificate)
    assert directory([authority])(SignerName("UT", "UTOPIA CSCA CSCA", authority.serial)) == ()
    bare = SealSigner(AUTHORITY.key, AUTHORITY.certificate)  # type: ignore[arg-type]
    found, _ = judge(make_json(bare))
    assert failed(found)[Check.SIGNATURE] == "signer-purpose"


def test_curve_that_is_too_small() -> None:
    small = make_signer(algorithm=Algorithm(curve="secp192r1", digest="sha224"))
    assert failed(judge(make_seal(small), small)[0]) == {Check.SIGNATURE: "algorithm-refused"}


def test_a_certificate_that_is_none() -> None:
    broken = replace(JSON_SIGNER, certificate=JSON_SIGNER.certificate[:-1])
    found, stands = judge(make_json(broken))
    assert (stands, failed(found)) == (DocumentStanding.REFUSED, {Check.SIGNATURE: "signer-malformed"})


@pytest.mark.parametrize("serial", [0x03ABC, 0xABC])
def test_a_reference_that_may_be_five_characters_or_three_is_its_signers(serial: int) -> None:
    """``03ABC`` without a length, and ``ABC`` with one, are the same bytes."""
    signer = make_signer(serial=serial)
    for head in (maker.header(reference="03ABC", length=""), maker.header(reference="ABC")):
        assert judge(make_seal(signer, head=head), signer)[1] is DocumentStanding.UNCHANGED


def test_two_certificates_of_one_name_and_number() -> None:
    """Two authorities may have issued the same number: the one whose signature it is counts."""
    twin = make_signer(algorithm=Algorithm(curve="secp256r1"))
    for order in ((twin, SIGNER), (SIGNER, twin)):
        assert judge(make_seal(SIGNER), *order)[1] is DocumentStanding.UNCHANGED


def test_a_kind_of_document_that_is_not_known_counts_by_its_signature() -> None:
    data = make_seal(SIGNER, [maker.feature(1, b"x")], maker.header(kind=(0x77, 0x77)))
    assert judge(data, SIGNER)[1] is DocumentStanding.UNCHANGED


def test_the_zone_on_paper() -> None:
    found, _ = judge(make_seal(SIGNER), SIGNER, printed=mrz.parse("".join(maker.RESIDENCE_PERMIT)))
    assert found[Check.PRINTED].outcome is Outcome.PASSED


def test_the_optional_data_of_a_visa_is_not_in_its_seal() -> None:
    first, second = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F3012316<<<<<<<<"
    features = [
        maker.feature(2, maker.c40(first + second[:28])),
        maker.feature(4, bytes(3)),
        maker.feature(5, maker.c40("L898902C3")),
    ]
    data = make_seal(SIGNER, features, maker.header(kind=(0x5D, 0x01)))
    found, stands = judge(data, SIGNER, printed=mrz.parse(first + second[:28] + "ZE184226"))
    assert found[Check.PRINTED].outcome is Outcome.PASSED
    assert stands is DocumentStanding.UNCHANGED


def test_what_is_no_zone() -> None:
    zone = ("<" + maker.RESIDENCE_PERMIT[0][1:], maker.RESIDENCE_PERMIT[1])
    found, stands = judge(make_seal(SIGNER, maker.permit_features(zone)), SIGNER)
    assert found[Check.PRINTED] == CheckVerdict(Check.PRINTED, Outcome.FAILED, "zone-malformed")
    assert stands is DocumentStanding.REFUSED


def test_an_expiry_that_is_not_known() -> None:
    zone = ("ARUTORESIDORCE<<ROLAND<<<<<<<<<<<<<<", "6525845096USA7008038M<<<<<<0<<<<<<<8")
    found, stands = judge(make_seal(SIGNER, maker.permit_features(zone)), SIGNER)
    assert found[Check.EXPIRY] == CheckVerdict(Check.EXPIRY, Outcome.UNSUPPORTED, "no-expiry")
    assert stands is DocumentStanding.UNCHANGED


def test_a_key_of_rsa_signs_no_seal() -> None:
    signer = make_signer()
    rsa = pki.issue_document_signer(AUTHORITY, Algorithm(scheme=SigningScheme.PKCS1), VALIDITY, seed=8)
    seal: Any = reading.parse(make_seal(signer))
    verdicts = verify(
        seal, at=TODAY, find_signer=lambda _: [certificates.read(rsa.certificate)], store=trust(AUTHORITY)
    )
    assert verdicts[0] == CheckVerdict(Check.SIGNATURE, Outcome.FAILED, "algorithm-refused")
