"""A chip's proof is worth what the signature over its key is worth."""

import pytest
from asn1crypto import core

from peripherals.documents.emrtd.proofs import ChipProof
from peripherals.documents.passport import pki
from peripherals.documents.passport.cms import signed_data
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.trust import certificate
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome
from tests.peripherals.trust.material import AT, authority_of, faults, files_of, judge, specimen, store_of, validity

CHECKS = {Check.ACTIVE_AUTHENTICATION: "DG15", Check.CHIP_AUTHENTICATION: "DG14"}
BOTH = pytest.mark.parametrize("check", list(CHECKS))
TYPE = "0.4.0.127.0.7.3.2.1"
CAM = ChipProof(CheckVerdict(Check.CHIP_AUTHENTICATION, Outcome.PASSED), "EF.CardSecurity")


def proof(check: Check, outcome: Outcome, reason: str = "") -> ChipProof:
    return ChipProof(CheckVerdict(check, outcome, reason), CHECKS[check] if outcome is Outcome.PASSED else "")


@BOTH
@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.NOT_CHECKED, Outcome.UNSUPPORTED])
def test_what_the_chip_did_not_prove_stays_so(check: Check, outcome: Outcome) -> None:
    made = specimen("ordinary")
    assert judge(made, proof(check, outcome, "why"))[check] == CheckVerdict(check, outcome, "why")


@BOTH
def test_a_proof_by_a_key_that_was_changed(check: Check) -> None:
    made = specimen("ordinary")
    name = CHECKS[check]
    files = files_of(made)
    files[name] = files[name][:-1] + bytes([files[name][-1] ^ 1])
    found = judge(made, proof(check, Outcome.PASSED), files=files)[check]
    assert (found.outcome, str(found.reason)) == (Outcome.FAILED, f"{name.lower()}-changed")


@BOTH
@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.UNSUPPORTED])
def test_a_signed_key_that_is_not_there(check: Check, outcome: Outcome) -> None:
    made = specimen("ordinary")
    files = files_of(made)
    del files[CHECKS[check]]
    found = judge(made, proof(check, outcome), files=files)[check]
    assert (found.outcome, str(found.reason)) == (Outcome.FAILED, f"{CHECKS[check].lower()}-missing")


@BOTH
def test_a_document_without_keys_need_not_have_them(check: Check) -> None:
    found = judge(specimen("basic"), proof(check, Outcome.UNSUPPORTED, "key-missing"))[check]
    assert found == CheckVerdict(check, Outcome.UNSUPPORTED, "key-missing")


@BOTH
def test_without_a_security_object_nothing_is_proved(check: Check) -> None:
    made = specimen("ordinary")
    files = files_of(made)
    del files["EF.SOD"]
    found = judge(made, proof(check, Outcome.PASSED), files=files)[check]
    assert (found.outcome, str(found.reason)) == (Outcome.NOT_CHECKED, "sod-unread")


@BOTH
def test_under_a_signature_that_does_not_hold(check: Check) -> None:
    found = judge(specimen("hash-list-changed"), proof(check, Outcome.PASSED))[check]
    assert (found.outcome, str(found.reason)) == (Outcome.FAILED, "hash-list-changed")


# --- EF.CardSecurity -----------------------------------------------------------------------------------------------


def security(signer: pki.SimulatedSigner, oid: str = TYPE) -> dict[str, bytes]:
    content = core.SetOf([], spec=core.Any).dump()
    return files_of(specimen("ordinary")) | {"EF.CardSecurity": signed_data(oid, content, signer, at=AT)}


def issued(by: pki.Authority) -> pki.SimulatedSigner:
    return pki.issue_document_signer(by, Algorithm(), validity(), 5)


def test_chip_authentication_mapping_by_a_signed_key() -> None:
    made = specimen("ordinary")
    files = security(issued(authority_of(made)))
    assert faults(judge(made, CAM, files=files)) == {}


def test_a_message_of_another_kind_is_no_card_security() -> None:
    made = specimen("ordinary")
    files = security(issued(authority_of(made)), "2.23.136.1.1.1")
    assert faults(judge(made, CAM, files=files)) == {
        Check.CHIP_AUTHENTICATION: (Outcome.FAILED, "card-security-unsigned")
    }


def test_card_security_of_another_state() -> None:
    made = specimen("ordinary")
    elsewhere = pki.make_authority(pki.ELSEWHERE, Algorithm(), validity(-3000), 0)
    known = store_of(made.trust)
    store = TrustStore((*known.certificates, certificate.read(elsewhere.certificate)), known.revocations)
    assert faults(judge(made, CAM, files=security(issued(elsewhere)), store=store)) == {
        Check.CHIP_AUTHENTICATION: (Outcome.FAILED, "card-security-unsigned")
    }


@pytest.mark.parametrize(("data", "reason"), [(None, "card-security-missing"), (b"\x30\x00", "card-security-unsigned")])
def test_card_security_missing_or_broken(data: bytes | None, reason: str) -> None:
    made = specimen("ordinary")
    files = files_of(made) | ({} if data is None else {"EF.CardSecurity": data})
    assert faults(judge(made, CAM, files=files)) == {Check.CHIP_AUTHENTICATION: (Outcome.FAILED, reason)}
