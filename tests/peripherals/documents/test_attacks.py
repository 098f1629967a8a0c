"""Attacks on documents, each as ``docs/document-attacks.md`` tells it: the page is true, and nothing is left out."""

import ast
from dataclasses import replace
from pathlib import Path

from asn1crypto import cms, core, x509
from asn1crypto import keys as asn1_keys

from peripherals.documents import ber
from peripherals.documents.curves import CURVES
from peripherals.documents.emrtd.proofs import ChipProof
from peripherals.documents.passport import lds, pki
from peripherals.documents.passport.cms import Quirks, signed_data
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.passport.specimen import Specimen
from peripherals.documents.trust.reasons import TrustReason
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome
from tests.peripherals.documents.page import Both, cells, check, rows
from tests.peripherals.trust import material
from tests.peripherals.trust.material import AT, authority_of, faults, files_of, specimen, validity

TABLE = "Attacks"
ROOT = Path(__file__).parents[3]
ACTIVE = ChipProof(CheckVerdict(Check.ACTIVE_AUTHENTICATION, Outcome.PASSED), "DG15")
CHIP = ChipProof(CheckVerdict(Check.CHIP_AUTHENTICATION, Outcome.PASSED), "DG14")
CAM = ChipProof(CheckVerdict(Check.CHIP_AUTHENTICATION, Outcome.PASSED), "EF.CardSecurity")
_SECURITY_OBJECT = "0.4.0.127.0.7.3.2.1"


#: What a kiosk reads, and what it reads where there is no time for the face.
KIOSK = frozenset({"EF.SOD", "EF.COM", "EF.CardSecurity", "DG1", "DG2", "DG14", "DG15"})
IN_HASTE = KIOSK - {"DG2"}


def judge(made: Specimen, *proofs: ChipProof, files: dict[str, bytes] | None = None) -> Both:
    """Judge what a kiosk reads of a document: with the face, and where there is no time for it."""
    given = files_of(made) if files is None else files
    whole, hasty = (
        material.judge(
            made, *proofs, files={name: data for name, data in given.items() if name in names}, absent=absent
        )
        for names, absent in ((KIOSK, {}), (IN_HASTE, {"DG2": "slow"}))
    )
    return Both(whole, hasty)


def attack(row: str, profile: str) -> None:
    """Judge the specimen of one of the simulator's profiles, whose chip proves all that it can."""
    check(TABLE, row, judge(specimen(profile), ACTIVE, CHIP))


# --- the page ------------------------------------------------------------------------------------------------------


def test_the_page_and_the_tests_name_each_other() -> None:
    own = {name for name in globals() if name.startswith("test_") and not name.startswith("test_the_page")}
    assert own == set(rows(TABLE))


def test_the_page_names_tests_at_the_desk() -> None:
    tree = ast.parse((ROOT / "tests" / "queue_server" / "people" / "test_readings.py").read_text("utf-8"))
    there = {node.name: ast.unparse(node) for node in tree.body if isinstance(node, ast.AsyncFunctionDef)}
    for test, row in rows("Attacks at the desk").items():
        [(outcome, reason)] = row.found.values()
        assert f"('{outcome}', '{reason}')" in there[test]


def test_the_page_tells_every_reason() -> None:
    told = {row[0].strip("`") for row in cells("Reasons") if "..." not in row[0]}
    assert told == {str(reason) for reason in TrustReason}


# --- by the simulator's profiles -----------------------------------------------------------------------------------


def test_dg1_changed() -> None:
    attack("test_dg1_changed", "dg1-changed")


def test_hash_list_changed() -> None:
    attack("test_hash_list_changed", "hash-list-changed")


def test_re_signed_by_a_self_made_signer() -> None:
    attack("test_re_signed_by_a_self_made_signer", "self-made-signer")


def test_signer_expired() -> None:
    attack("test_signer_expired", "signer-expired")


def test_signer_revoked() -> None:
    attack("test_signer_revoked", "signer-revoked")


def test_signer_of_another_state() -> None:
    attack("test_signer_of_another_state", "signer-of-another-state")


def test_authority_unknown() -> None:
    attack("test_authority_unknown", "authority-unknown")


def test_link_certificate_missing() -> None:
    attack("test_link_certificate_missing", "link-missing")


def test_signature_algorithm_swapped() -> None:
    attack("test_signature_algorithm_swapped", "signature-algorithm-swapped")


def test_certificate_algorithm_swapped() -> None:
    attack("test_certificate_algorithm_swapped", "certificate-algorithm-swapped")


def test_sha_1_where_it_is_refused() -> None:
    attack("test_sha_1_where_it_is_refused", "sha-1")


def test_dg15_not_in_sod() -> None:
    attack("test_dg15_not_in_sod", "dg15-unsigned")


def test_dg14_not_in_sod() -> None:
    attack("test_dg14_not_in_sod", "dg14-unsigned")


def test_ef_com_lists_more_than_sod() -> None:
    attack("test_ef_com_lists_more_than_sod", "com-lists-more")


def test_ef_com_lists_fewer_than_sod() -> None:
    attack("test_ef_com_lists_fewer_than_sod", "com-lists-fewer")


def test_ef_com_hides_keys_behind_unknown_tags() -> None:
    attack("test_ef_com_hides_keys_behind_unknown_tags", "com-unknown-tags-for-keys")


def test_paper_differs_from_dg1() -> None:
    attack("test_paper_differs_from_dg1", "paper-differs")


def test_document_expired() -> None:
    attack("test_document_expired", "document-expired")


# --- made here -----------------------------------------------------------------------------------------------------


def signed_anew(made: Specimen, signer: pki.SimulatedSigner, quirks: Quirks | None = None) -> dict[str, bytes]:
    """Give the files of a specimen with a security object of another signer."""
    versions = lds.Versions()
    sod = lds.security_object(made.groups, signer, digest="sha256", at=AT, versions=versions, quirks=quirks)
    return files_of(made) | {"EF.SOD": sod}


def test_self_made_signer_names_the_authoritys_key() -> None:
    made = specimen("ordinary")
    honest = pki.issue_document_signer(authority_of(made), Algorithm(), validity(), 1)
    certificate = x509.Certificate.load(honest.certificate)
    forged = certificate.copy()
    forged["signature_value"] = honest.key.sign(forged["tbs_certificate"].dump())
    files = signed_anew(made, replace(honest, certificate=forged.dump()))
    check(TABLE, "test_self_made_signer_names_the_authoritys_key", judge(made, ACTIVE, CHIP, files=files))


def test_signer_claims_another_state() -> None:
    made = specimen("signer-of-another-state")
    elsewhere = authority_of(made, pki.ELSEWHERE)
    signer = pki.issue_document_signer(elsewhere, Algorithm(), validity(), 2, state=pki.UTOPIA)
    check(TABLE, "test_signer_claims_another_state", judge(made, ACTIVE, CHIP, files=signed_anew(made, signer)))


def test_curve_of_the_forgers_own() -> None:
    made = specimen("ordinary")
    honest = pki.issue_document_signer(authority_of(made), Algorithm(explicit=True), validity(), 3)
    domain = CURVES["secp256r1"]
    # The public key itself as base point: its private key is then 1.
    info = asn1_keys.PublicKeyInfo.load(honest.key.public_info())
    der = honest.certificate.replace(domain.encode(domain.generator), bytes(info["public_key"]))
    assert der != honest.certificate
    files = signed_anew(made, replace(honest, certificate=der))
    check(TABLE, "test_curve_of_the_forgers_own", judge(made, ACTIVE, CHIP, files=files))


def test_key_for_other_things() -> None:
    made = specimen("ordinary")
    lister = pki.issue_list_signer(authority_of(made), Algorithm(), validity(), 4)
    check(TABLE, "test_key_for_other_things", judge(made, ACTIVE, CHIP, files=signed_anew(made, lister)))


def test_two_signers() -> None:
    made = specimen("ordinary")
    parsed = cms.ContentInfo.load(bytes(ber.parse_one(made.sod).value))
    parsed["content"]["signer_infos"] = [parsed["content"]["signer_infos"][0]] * 2
    files = files_of(made) | {"EF.SOD": ber.encode(0x77, parsed.dump(force=True))}
    check(TABLE, "test_two_signers", judge(made, ACTIVE, CHIP, files=files))


def test_signature_moved_to_another_content() -> None:
    made = specimen("ordinary")
    signer = pki.issue_document_signer(authority_of(made), Algorithm(), validity(), 5)
    files = signed_anew(made, signer, Quirks(without_attributes=True))
    check(TABLE, "test_signature_moved_to_another_content", judge(made, ACTIVE, CHIP, files=files))


def test_keys_hidden() -> None:
    made = specimen("com-lists-fewer")
    files = {name: data for name, data in files_of(made).items() if name not in {"DG14", "DG15"}}
    hidden = [
        ChipProof(CheckVerdict(check, Outcome.UNSUPPORTED, "key-missing"))
        for check in (Check.ACTIVE_AUTHENTICATION, Check.CHIP_AUTHENTICATION)
    ]
    check(TABLE, "test_keys_hidden", judge(made, *hidden, files=files))


def test_card_security_of_the_forgers_own() -> None:
    made = specimen("ordinary")
    forger = pki.self_made_signer(authority_of(made), Algorithm(), validity(), 6)
    security = signed_data(_SECURITY_OBJECT, core.SetOf([], spec=core.Any).dump(), forger, at=AT)
    files = files_of(made) | {"EF.CardSecurity": security}
    check(TABLE, "test_card_security_of_the_forgers_own", judge(made, ACTIVE, CAM, files=files))


def test_card_security_changed() -> None:
    made = specimen("ordinary")
    signer = pki.issue_document_signer(authority_of(made), Algorithm(), validity(), 7)
    content = ber.encode(0x31, ber.encode(0x04, b"the key that was signed"))
    security = signed_data(_SECURITY_OBJECT, content, signer, at=AT)
    files = files_of(made) | {"EF.CardSecurity": security}
    assert set(faults(judge(made, ACTIVE, CAM, files=files).whole)) == set()
    files["EF.CardSecurity"] = security.replace(b"that was signed", b"of the forger's")
    check(TABLE, "test_card_security_changed", judge(made, ACTIVE, CAM, files=files))


def test_security_object_cut_off() -> None:
    made = specimen("ordinary")
    files = files_of(made) | {"EF.SOD": made.sod[: len(made.sod) // 2]}
    check(TABLE, "test_security_object_cut_off", judge(made, ACTIVE, CHIP, files=files))
