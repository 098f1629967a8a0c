"""Attacks on a whole reading, each as ``docs/document-attacks.md`` tells it: reader and chip are by two hands."""

import pytest

from peripherals.documents import mrz
from peripherals.documents.chip.port import IDENTITY
from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.files import File
from peripherals.documents.emrtd.proofs import ChipProof
from peripherals.documents.emrtd.session import WANTED, ChipFiles, Limits, read_chip
from peripherals.documents.passport.in_process import lay_down
from peripherals.documents.passport.specimen import Specimen
from peripherals.documents.verdicts import Check, Outcome, Standing, Verdict, standing
from peripherals.errors import PeripheralError
from tests.peripherals.documents.page import check, rows
from tests.peripherals.trust.material import faults, files_of, judge, specimen

TABLE = "Attacks at the reader"
FACE = "Where the face is read"
PROVED = (
    ChipProof(Verdict(Check.ACTIVE_AUTHENTICATION, Outcome.PASSED), "DG15"),
    ChipProof(Verdict(Check.CHIP_AUTHENTICATION, Outcome.PASSED), "DG14"),
)


def read(made: Specimen, wanted: frozenset[File] = IDENTITY) -> ChipFiles:
    made.chip.reset()
    key = MrzKey.from_mrz(mrz.parse(made.zone))
    return read_chip(lay_down(made).transmit, key, wanted=wanted, limits=Limits(extended=65536))


def whole(made: Specimen, wanted: frozenset[File] = IDENTITY) -> dict[Check, Verdict]:
    """Read a document, by default what a kiosk reads of it, and judge all that was read."""
    found = read(made, wanted)
    files = {file.label: bytes(data) for file, data in found.files.items()}
    absent = {file.label: why for file, why in found.absent.items()}
    found.wipe()
    verdicts = judge(made, *found.proofs, files=files, absent=absent)
    return {Check.ACCESS: found.verdict} | verdicts


def attack(row: str, profile: str) -> None:
    told = rows(TABLE)[row]
    if not told.ends:
        check(TABLE, row, whole(specimen(profile)))
        return
    with pytest.raises(PeripheralError) as caught:
        read(specimen(profile))
    assert caught.value.code == told.ends


def test_the_page_and_the_tests_name_each_other() -> None:
    own = {name for name in globals() if name.startswith("test_") and not name.startswith("test_the_page")}
    assert own - {"test_without_an_attack_a_document_is_genuine"} == set(rows(TABLE)) | set(rows(FACE))


@pytest.mark.parametrize("name", ["ordinary", "identity-card", "lds-1.8", "indefinite-sod", "pace-several", "linked"])
def test_without_an_attack_a_document_is_genuine(name: str) -> None:
    verdicts = whole(specimen(name), WANTED)
    assert standing(verdicts.values()) is Standing.GENUINE
    assert set(faults(verdicts)) <= {Check.REVOCATION}
    # A kiosk reads less, and says less.
    assert standing(whole(specimen(name)).values()) is Standing.FACE_UNREAD


def test_clone_without_the_aa_key() -> None:
    attack("test_clone_without_the_aa_key", "clone-active")


def test_clone_without_the_ca_key() -> None:
    attack("test_clone_without_the_ca_key", "clone-chip")


def test_clone_without_the_cam_key() -> None:
    attack("test_clone_without_the_cam_key", "clone-cam")


def test_clone_with_keys_of_its_own() -> None:
    attack("test_clone_with_keys_of_its_own", "dg15-unsigned")


def test_pace_downgraded_to_bac() -> None:
    attack("test_pace_downgraded_to_bac", "pace-stripped")


def test_pace_fails() -> None:
    attack("test_pace_fails", "pace-fails")


def test_security_object_left_out() -> None:
    attack("test_security_object_left_out", "sod-missing")


def test_security_object_cut() -> None:
    attack("test_security_object_cut", "sod-cut")


def test_security_object_withheld() -> None:
    attack("test_security_object_withheld", "sod-withheld")


def test_truncated_file() -> None:
    attack("test_truncated_file", "truncated")


def test_oversized_length() -> None:
    attack("test_oversized_length", "oversized")


def test_replayed_response() -> None:
    attack("test_replayed_response", "replayed")


def test_wrong_mac() -> None:
    attack("test_wrong_mac", "wrong-checksum")


def test_wrong_counter() -> None:
    attack("test_wrong_counter", "wrong-counter")


def test_unprotected_status() -> None:
    attack("test_unprotected_status", "without-status")


def test_document_taken_away() -> None:
    attack("test_document_taken_away", "removed")


def test_answer_after_removal() -> None:
    attack("test_answer_after_removal", "removed-answering")


# --- where the face is read ----------------------------------------------------------------------------------------


def test_another_face() -> None:
    check(FACE, "test_another_face", whole(specimen("dg2-changed"), WANTED))


def test_a_face_cut_off() -> None:
    check(FACE, "test_a_face_cut_off", whole(specimen("truncated"), WANTED))


def test_a_face_of_two_gigabytes() -> None:
    check(FACE, "test_a_face_of_two_gigabytes", whole(specimen("oversized"), WANTED))


def test_a_face_left_out() -> None:
    made = specimen("ordinary")
    files = {name: data for name, data in files_of(made).items() if name != "DG2"}
    check(FACE, "test_a_face_left_out", judge(made, *PROVED, files=files, absent={"DG2": "missing"}))
