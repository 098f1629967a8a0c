"""Attacks on a whole reading, each as ``docs/document-attacks.md`` tells it: reader and chip are by two hands."""

import math

import pytest

from peripherals.documents import mrz
from peripherals.documents.chip.port import WITH_FACE
from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.chip_files import ChipFiles
from peripherals.documents.emrtd.proofs import ChipProof
from peripherals.documents.emrtd.session import ReadingLimits, read_chip
from peripherals.documents.passport.in_process import place
from peripherals.documents.passport.specimen import Specimen
from peripherals.documents.verdicts import Check, CheckVerdict, DocumentStanding, Outcome, standing
from peripherals.errors import PeripheralError
from tests.peripherals.documents.page import Both, check, essential, in_haste, rows
from tests.peripherals.trust.material import faults, files_of, judge, specimen

TABLE = "Attacks at the reader"
FACE = "The face"
PROVED = (
    ChipProof(CheckVerdict(Check.ACTIVE_AUTHENTICATION, Outcome.PASSED), "DG15"),
    ChipProof(CheckVerdict(Check.CHIP_AUTHENTICATION, Outcome.PASSED), "DG14"),
)


def read(made: Specimen, face_s: float = math.inf) -> ChipFiles:
    """Read what a kiosk reads."""
    made.chip.reset()
    key = MrzKey.from_mrz(mrz.parse(made.zone))
    limits = ReadingLimits(extended=65536, face_s=face_s)
    return read_chip(place(made).transmit, key, wanted=WITH_FACE, limits=limits)


def judged(made: Specimen, face_s: float = math.inf) -> dict[Check, CheckVerdict]:
    """Read a document, and judge all that was read."""
    found = read(made, face_s)
    files = {file.label: bytes(data) for file, data in found.files.items()}
    absent = {file.label: why for file, why in found.absent.items()}
    found.wipe()
    verdicts = judge(made, *found.proofs, files=files, absent=absent)
    return {Check.ACCESS: found.verdict} | verdicts


def whole(made: Specimen) -> Both:
    return Both(judged(made), judged(made, 0))


def attack(row: str, profile: str) -> None:
    told = rows(TABLE)[row]
    if not told.ends:
        check(TABLE, row, whole(specimen(profile)))
        return
    for face_s in (math.inf, 0):
        with pytest.raises(PeripheralError) as caught:
            read(specimen(profile), face_s)
        assert caught.value.code == told.ends


def attack_on_the_face(row: str, found: dict[Check, CheckVerdict], hasty: dict[Check, CheckVerdict]) -> None:
    told = rows(FACE)[row]
    assert (essential(found), str(standing(found.values()))) == (told.found, told.standing)
    assert found[Check.FACE].outcome is Outcome.FAILED
    assert str(standing(hasty.values())) == in_haste(FACE, row)
    # Whatever is wrong with a face, a document never comes to more than one whose face is not spoken of.
    assert standing(hasty.values()) in {DocumentStanding.FACE_UNREAD, DocumentStanding.REFUSED}


def test_the_page_and_the_tests_name_each_other() -> None:
    own = {name for name in globals() if name.startswith("test_") and not name.startswith("test_the_page")}
    assert own - {"test_without_an_attack_a_document_is_genuine"} == set(rows(TABLE)) | set(rows(FACE))


@pytest.mark.parametrize("name", ["ordinary", "identity-card", "lds-1.8", "indefinite-sod", "pace-several", "linked"])
def test_without_an_attack_a_document_is_genuine(name: str) -> None:
    both = whole(specimen(name))
    assert standing(both.whole.values()) is DocumentStanding.GENUINE
    assert set(faults(both.whole)) <= {Check.REVOCATION}
    # A kiosk in haste reads less, and says less.
    assert standing(both.hasty.values()) is DocumentStanding.FACE_UNREAD
    assert both.hasty[Check.FACE] == CheckVerdict(Check.FACE, Outcome.NOT_CHECKED, "face-slow")


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
    made = specimen("dg2-changed")
    attack_on_the_face("test_another_face", judged(made), judged(made, 0))


def test_a_face_cut_off() -> None:
    made = specimen("truncated")
    attack_on_the_face("test_a_face_cut_off", judged(made), judged(made, 0))


def test_a_face_of_two_gigabytes() -> None:
    made = specimen("oversized")
    attack_on_the_face("test_a_face_of_two_gigabytes", judged(made), judged(made, 0))


def test_a_face_left_out() -> None:
    made = specimen("ordinary")
    files = {name: data for name, data in files_of(made).items() if name != "DG2"}
    found = judge(made, *PROVED, files=files, absent={"DG2": "missing"})
    attack_on_the_face("test_a_face_left_out", found, found)
