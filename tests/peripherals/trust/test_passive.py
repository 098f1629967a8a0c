"""Passive Authentication of specimens in every algorithm and shape, and of files that are missing or broken."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from types import SimpleNamespace

import pytest

from peripherals.documents import ber
from peripherals.documents.emrtd.proofs import ChipProof
from peripherals.documents.lds import dg1
from peripherals.documents.lds.files import Raw
from peripherals.documents.mrz import Mrz
from peripherals.documents.passport import lds, pki
from peripherals.documents.passport.cms import Quirks
from peripherals.documents.passport.keys import Algorithm, SigningScheme
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import build
from peripherals.documents.passport.zone import DocumentFormat
from peripherals.documents.trust import certificate, crl, passive
from peripherals.documents.trust.passive import authenticate
from peripherals.documents.trust.policy import Policy
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Check, CheckVerdict, DocumentStanding, Outcome, standing
from tests.peripherals.trust.material import AT, authority_of, faults, files_of, judge, specimen, store_of, validity

SIGNED = [name for name in PROFILES if name.startswith("signed-") and "sha1" not in name]
SHAPES = [
    "ordinary",
    "identity-card",
    "identity-card-td2",
    "long-number-td1",
    "long-number-td2",
    "lds-1.8",
    "legacy-oid",
    "indefinite-sod",
    "unsorted-attributes",
    "signer-by-key",
    "no-signing-time",
    "null-parameters",
]
ACTIVE = ChipProof(CheckVerdict(Check.ACTIVE_AUTHENTICATION, Outcome.PASSED), "DG15")
CHIP = ChipProof(CheckVerdict(Check.CHIP_AUTHENTICATION, Outcome.PASSED), "DG14")
PASSIVE = {
    Check.SIGNATURE,
    Check.ISSUER,
    Check.VALIDITY,
    Check.REVOCATION,
    Check.ISSUING_STATE,
    Check.CONTENT,
    Check.FACE,
    Check.FILE_LIST,
    Check.EXPIRY,
    Check.PRINTED,
}


def test_a_genuine_document_passes_every_check(subtests: pytest.Subtests) -> None:
    for name in SIGNED + SHAPES:
        with subtests.test(name=name):
            verdicts = judge(specimen(name))
            assert faults(verdicts) == {}
            assert verdicts.keys() == PASSIVE


def test_its_proofs_make_it_genuine_and_their_lack_unchanged() -> None:
    made = specimen("ordinary")
    lacking = [
        ChipProof(CheckVerdict(check, Outcome.UNSUPPORTED, "key-missing"))
        for check in (Check.ACTIVE_AUTHENTICATION, Check.CHIP_AUTHENTICATION)
    ]
    assert standing(judge(made, ACTIVE, CHIP).values()) is DocumentStanding.GENUINE
    assert standing(judge(specimen("basic"), *lacking).values()) is DocumentStanding.UNCHANGED
    assert standing(judge(made).values()) is DocumentStanding.UNPROVED


def test_under_a_new_key_that_is_linked() -> None:
    verdicts = judge(specimen("linked"))
    assert faults(verdicts) == {Check.REVOCATION: (Outcome.NOT_CHECKED, "crl-missing")}


@pytest.mark.parametrize("scheme", list(SigningScheme))
def test_sha_1_counts_by_signers_of_its_time(scheme: SigningScheme) -> None:
    name = (
        "sha-1"
        if scheme is SigningScheme.ECDSA
        else f"signed-rsa-{'pss' if scheme is SigningScheme.PSS else 'pkcs1'}-sha1"
    )
    policy = Policy(sha1_before=AT)
    assert faults(judge(specimen(name), policy=policy)) == {}
    before_the_signer = Policy(sha1_before=AT - timedelta(days=3 * 365))
    assert faults(judge(specimen(name), policy=before_the_signer))[Check.SIGNATURE] == (
        Outcome.FAILED,
        "algorithm-refused",
    )


@pytest.mark.parametrize(
    "algorithm", [Algorithm(SigningScheme.PKCS1, bits=1024), Algorithm(curve="secp192r1")], ids=str
)
def test_a_short_key_is_refused(algorithm: Algorithm) -> None:
    made = build(replace(PROFILES["basic"], name="weak", signer=algorithm), AT)
    strict = Policy(rsa_bits=2048, curve_bits=224)
    assert faults(judge(made, policy=strict)) == {Check.SIGNATURE: (Outcome.FAILED, "key-weak")}
    assert faults(judge(made, policy=Policy(rsa_bits=1024, curve_bits=192))) == {}


# --- the signer ----------------------------------------------------------------------------------------------------


def with_signer(
    signer: pki.SimulatedSigner, *, signed_at: datetime | None = AT, quirks: Quirks | None = None
) -> dict[str, bytes]:
    made = specimen("ordinary")
    versions = lds.Versions()
    sod = lds.security_object(made.groups, signer, digest="sha256", at=signed_at, versions=versions, quirks=quirks)
    return files_of(made) | {"EF.SOD": sod}


def issued(start: int = -300, end: int = 3000, seed: int = 1) -> pki.SimulatedSigner:
    return pki.issue_document_signer(authority_of(specimen("ordinary")), Algorithm(), validity(start, end), seed)


def test_the_signers_certificate_may_be_in_the_store() -> None:
    made, signer = specimen("ordinary"), issued()
    files = with_signer(signer, quirks=Quirks(without_certificate=True))
    assert faults(judge(made, files=files))[Check.SIGNATURE] == (Outcome.NOT_CHECKED, "signer-missing")
    known = store_of(made.trust)
    store = TrustStore((*known.certificates, certificate.read(signer.certificate)), known.revocations)
    assert faults(judge(made, files=files, store=store)) == {}


@pytest.mark.parametrize(
    ("life", "signed_days", "reason"),
    [
        ((-300, 3000), 0, ""),
        ((-300, 3000), None, ""),
        ((-300, 3000), -301, "signer-not-yet-valid"),
        ((-300, 3000), 2, "signed-in-future"),
        ((-300, -10), -20, "signer-expired"),
        ((-300, -10), -5, "signer-expired"),
        ((-300, -10), None, "signer-expired"),
        ((10, 3000), None, "signer-not-yet-valid"),
        ((-7 * 365, 3000), -100, "authority-not-yet-valid"),
    ],
)
def test_when_signer_and_authority_were_valid(life: tuple[int, int], signed_days: int | None, reason: str) -> None:
    signed_at = None if signed_days is None else AT + timedelta(days=signed_days)
    files = with_signer(issued(*life), signed_at=signed_at)
    found = judge(specimen("ordinary"), files=files)[Check.VALIDITY]
    assert (found.outcome is Outcome.PASSED, str(found.reason)) == (not reason, reason)


def test_a_signer_that_was_issued_after_its_authoritys_end() -> None:
    made = specimen("ordinary")
    old = pki.make_authority(pki.UTOPIA, Algorithm(), validity(-3000, -400), 0)
    store = TrustStore((certificate.read(old.certificate),))
    found = judge(made, files=with_signer(issued()), store=store)
    assert faults(found)[Check.VALIDITY] == (Outcome.FAILED, "authority-expired")
    # The same key with a longer life, beside it: the certificate that was valid counts.
    longer = certificate.read(authority_of(made).certificate)
    both = TrustStore((*store.certificates, longer))
    assert judge(made, files=with_signer(issued()), store=both)[Check.VALIDITY].outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("days", "serials", "outcome", "reason"),
    [
        (-1, [], Outcome.PASSED, ""),
        # It is good up to and with the moment at which the next is due (RFC 5280, 5.1.2.5).
        (-90, [], Outcome.PASSED, ""),
        (-90 - 1 / 86_400, [], Outcome.NOT_CHECKED, "crl-outdated"),
        (-200, [], Outcome.NOT_CHECKED, "crl-outdated"),
        (-200, ["signer"], Outcome.FAILED, "signer-revoked"),
        (-1, ["authority"], Outcome.FAILED, "authority-revoked"),
    ],
)
def test_what_revocation_lists_say(days: float, serials: list[str], outcome: Outcome, reason: str) -> None:
    authority, signer = authority_of(specimen("ordinary")), issued()
    numbers = {"signer": signer.serial, "authority": authority.serial}
    listed = pki.revocation_list(authority, [numbers[each] for each in serials], AT + timedelta(days=days))
    store = TrustStore((certificate.read(authority.certificate),), (crl.read(listed),))
    found = judge(specimen("ordinary"), files=with_signer(signer), store=store)[Check.REVOCATION]
    assert (found.outcome, str(found.reason)) == (outcome, reason)


def test_a_newer_list_does_not_forgive() -> None:
    authority, signer = authority_of(specimen("ordinary")), issued()
    lists = [
        crl.read(pki.revocation_list(authority, serials, AT - timedelta(days=days)))
        for serials, days in (([signer.serial], 9), ([], 1))
    ]
    store = TrustStore((certificate.read(authority.certificate),), tuple(lists))
    found = judge(specimen("ordinary"), files=with_signer(signer), store=store)
    assert faults(found) == {Check.REVOCATION: (Outcome.FAILED, "signer-revoked")}


# --- the files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ("DG2", {Check.FACE: "face-unread"}),
        ("EF.COM", {Check.FILE_LIST: "com-missing"}),
        (
            "DG1",
            {
                Check.CONTENT: "dg1-missing",
                Check.ISSUING_STATE: "dg1-missing",
                Check.EXPIRY: "dg1-missing",
                Check.PRINTED: "dg1-missing",
            },
        ),
        (
            "EF.SOD",
            dict.fromkeys(PASSIVE - {Check.EXPIRY, Check.PRINTED}, "sod-unread"),
        ),
    ],
)
def test_what_was_not_read_is_not_checked(gone: str, expected: dict[Check, str]) -> None:
    made = specimen("ordinary")
    files = {name: data for name, data in files_of(made).items() if name != gone}
    assert faults(judge(made, files=files)) == {
        check: (Outcome.NOT_CHECKED, reason) for check, reason in expected.items()
    }


@pytest.mark.parametrize(
    ("name", "why", "outcome", "reason"),
    [
        ("DG2", "missing", Outcome.FAILED, "dg2-missing"),
        ("DG2", "invalid", Outcome.FAILED, "dg2-malformed"),
        ("DG2", "6982", Outcome.NOT_CHECKED, "dg2-unread"),
        ("DG7", "not-in-document", Outcome.PASSED, ""),
        ("EF.CardSecurity", "missing", Outcome.PASSED, ""),
    ],
)
def test_what_was_wanted_and_not_given(name: str, why: str, outcome: Outcome, reason: str) -> None:
    made = specimen("ordinary")
    files = {file: data for file, data in files_of(made).items() if file != name}
    found = judge(made, files=files, absent={name: why})[Check.CONTENT]
    assert (found.outcome, found.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("why", "outcome", "reason", "comes_to"),
    [
        ("missing", Outcome.FAILED, "sod-missing", DocumentStanding.REFUSED),
        ("invalid", Outcome.FAILED, "sod-malformed", DocumentStanding.REFUSED),
        ("6982", Outcome.NOT_CHECKED, "sod-unread", DocumentStanding.UNPROVED),
        ("6f00", Outcome.NOT_CHECKED, "sod-unread", DocumentStanding.UNPROVED),
    ],
)
def test_a_security_object_that_is_missing_or_cut_is_a_failed_check(
    why: str, outcome: Outcome, reason: str, comes_to: DocumentStanding
) -> None:
    made = specimen("ordinary")
    files = {name: data for name, data in files_of(made).items() if name != "EF.SOD"}
    found = judge(made, ACTIVE, CHIP, files=files, absent={"EF.SOD": why})
    assert (found[Check.SIGNATURE].outcome, found[Check.SIGNATURE].reason) == (outcome, reason)
    assert standing(found.values()) is comes_to


def test_a_document_whose_list_is_signed_needs_no_ef_com() -> None:
    made = specimen("lds-1.8")
    files = files_of(made)
    del files["EF.COM"]
    assert faults(judge(made, files=files)) == {Check.FILE_LIST: (Outcome.UNSUPPORTED, "com-missing")}


def test_ef_com_of_another_version_than_signed() -> None:
    made = specimen("lds-1.8")
    files = files_of(made) | {"EF.COM": lds.com(made.groups, lds.Versions("0107"))}
    assert faults(judge(made, files=files)) == {Check.FILE_LIST: (Outcome.NOTED, "com-version-differs")}


@pytest.mark.parametrize(
    ("com", "outcome", "reason"),
    [
        (b"\x60\x00", Outcome.NOTED, "com-malformed"),
        (lds.com({1, 2, 11, 14, 15}, lds.Versions()), Outcome.NOTED, "com-lists-fewer"),
        (lds.com({1, 2, 11, 12, 14, 15, 16}, lds.Versions()), Outcome.NOTED, "com-lists-more"),
        (lds.com({1, 2, 11, 12, 14, 15}, lds.Versions(), b"\x71"), Outcome.NOTED, "com-lists-unknown"),
        (lds.com({1, 2, 11, 12, 14}, lds.Versions(), b"\x71"), Outcome.FAILED, "com-lists-fewer"),
    ],
)
def test_ef_com_informs_and_is_held_against_nobody_but_who_hides_keys(
    com: bytes, outcome: Outcome, reason: str
) -> None:
    made = specimen("ordinary")
    found = judge(made, files=files_of(made) | {"EF.COM": com})
    assert faults(found) == {Check.FILE_LIST: (outcome, reason)}


@pytest.mark.parametrize("name", ["com-unknown-tags", "sod-unknown-groups"])
def test_what_no_standard_knows_in_the_lists_is_no_fault(name: str) -> None:
    made = specimen(name)
    assert {check: outcome for check, (outcome, _) in faults(judge(made)).items()} == {Check.FILE_LIST: Outcome.NOTED}


def test_a_broken_file_is_a_verdict(subtests: pytest.Subtests) -> None:
    datas: list[bytes] = [b"", b"\x00", b"\x61\x84\xff\xff\xff\xff", bytes(70_000)]
    for name, data in product(("EF.COM", "DG1", "EF.SOD", "DG2", "DG14"), datas):
        with subtests.test(data=data[:9], name=name):
            made = specimen("ordinary")
            found = judge(made, ACTIVE, CHIP, files=files_of(made) | {name: data})
            # EF.COM alone is signed by nobody, and only informs.
            informs = name == "EF.COM"
            assert (Outcome.NOTED if informs else Outcome.FAILED) in {verdict.outcome for verdict in found.values()}
            assert standing(found.values()) is (DocumentStanding.GENUINE if informs else DocumentStanding.REFUSED)


@pytest.mark.parametrize("number", [1, 2, 11, 12, 14, 15])
def test_every_group_is_compared(number: int) -> None:
    made = specimen("ordinary")
    files = files_of(made)
    data = bytearray(files[f"DG{number}"])
    data[-1] ^= 1
    found = faults(judge(made, files=files | {f"DG{number}": bytes(data)}))
    assert found[Check.CONTENT] == (Outcome.FAILED, f"dg{number}-changed")


def test_a_group_that_nobody_signed() -> None:
    made = specimen("ordinary")
    files = files_of(made) | {"DG16": ber.encode(0x70, b"")}
    assert faults(judge(made, files=files)) == {Check.CONTENT: (Outcome.FAILED, "dg16-unsigned")}


def test_files_may_be_buffers_that_are_wiped_later() -> None:
    made = specimen("ordinary")
    files = {name: bytearray(data) for name, data in files_of(made).items()}
    verdicts = authenticate(files, store_of(made.trust), at=AT)
    assert [verdict.reason for verdict in verdicts if verdict.outcome is not Outcome.PASSED] == ["printed-missing"]
    for data in files.values():
        data[:] = bytes(len(data))
        # A view that is still out would keep the buffer from shrinking.
        data.clear()


def test_the_zone_that_was_compared_is_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Mrz] = []

    def watched(data: Raw) -> Mrz:
        seen.append(dg1.read(data))
        return seen[-1]

    monkeypatch.setattr(passive, "dg1", SimpleNamespace(read=watched))
    judge(specimen("ordinary"))
    assert [zone.wiped for zone in seen] == [True]


# --- the last day --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "outcome"), [(0, Outcome.PASSED), (1, Outcome.FAILED)])
def test_a_document_is_good_on_its_last_day(days: int, outcome: Outcome) -> None:
    made = specimen("ordinary")
    zone = files_of(made)["DG1"]
    store = store_of(made.trust)
    text = made.zone[65:71]
    last = datetime.strptime(text, "%y%m%d").replace(tzinfo=UTC)
    verdicts = authenticate({"DG1": zone}, store, at=last + timedelta(days=days, hours=23))
    assert {each.check: each for each in verdicts}[Check.EXPIRY].outcome is outcome


def test_a_document_without_a_last_day() -> None:
    zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F<<<<<<<ZE184226B<<<<<10"
    verdicts = authenticate({"DG1": lds.dg1(zone)}, TrustStore(()), at=AT)
    found = {each.check: each for each in verdicts}[Check.EXPIRY]
    assert (found.outcome, str(found.reason)) == (Outcome.UNSUPPORTED, "no-expiry")


def test_every_layout_has_its_specimen() -> None:
    assert {specimen(name).profile.layout for name in SHAPES} == set(DocumentFormat)
