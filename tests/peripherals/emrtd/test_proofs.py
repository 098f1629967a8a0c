"""Chips that hide what they should prove themselves with, or do not use it: copies behave like that."""

from dataclasses import replace

import pytest

from peripherals.documents import ber
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.emrtd.reasons import ChipReason
from peripherals.documents.passport.chip import SimulatedChip
from peripherals.documents.passport.file_system import Files
from peripherals.documents.passport.in_process import InProcess
from peripherals.documents.verdicts import Outcome
from tests.peripherals.emrtd.desk import PASSED, Desk, outcomes, show, specimen

FAILED, NOT_CHECKED = Outcome.FAILED, Outcome.NOT_CHECKED


def changed(name: str, contents: dict[LdsFile, bytes | None]) -> Desk:
    """A specimen some of whose files have other contents, or are not there; EF.COM and the rest stay as they are."""
    original = specimen(name)
    folders = []
    for folder, inside in ((original.chip.files.master, False), (original.chip.files.application, True)):
        mine = {file.identifier: content for file, content in contents.items() if _inside(file) is inside}
        kept = [
            replace(file, content=mine.get(file.identifier) or file.content)
            for file in folder
            if mine.get(file.identifier, b"") is not None
        ]
        folders.append(tuple(kept))
    chip = SimulatedChip(Files(*folders), original.chip.secrets, original.chip.reads, original.chip.sabotage)
    return Desk(replace(original, chip=chip), InProcess(chip))


def _inside(file: LdsFile) -> bool:
    return file not in {LdsFile.CARD_ACCESS, LdsFile.CARD_SECURITY}


def test_hidden_keys_are_a_failure() -> None:
    read = changed("ordinary", {LdsFile.DG14: None, LdsFile.DG15: None}).read()
    assert outcomes(read) == (PASSED, (FAILED, ChipReason.DG15_MISSING), (FAILED, ChipReason.DG14_MISSING))
    assert read.absent == {LdsFile.DG14: "missing", LdsFile.DG15: "missing"}
    assert [proof.source for proof in read.proofs] == ["", ""]


def test_a_hidden_card_security_is_a_failure() -> None:
    read = changed("clone-cam", {LdsFile.CARD_SECURITY: None}).read()
    assert outcomes(read)[2] == (FAILED, ChipReason.CARD_SECURITY_MISSING)


@pytest.mark.parametrize("sod", [None, bytes.fromhex("7703300100"), b"\x77\x00"])
def test_without_a_security_object_nobody_knows_what_should_be_there(sod: bytes | None) -> None:
    read = changed("basic", {LdsFile.SOD: sod}).read()
    missing = (NOT_CHECKED, ChipReason.SOD_UNREAD)
    assert outcomes(read) == (PASSED, missing, missing)
    assert LdsFile.DG1 in read.files


@pytest.mark.parametrize(
    ("file", "content", "at"),
    [
        (LdsFile.DG15, ber.encode(0x6F, b"\x30\x00"), 1),
        (LdsFile.DG14, ber.encode(0x6E, b"\x30\x00"), 2),
        (LdsFile.DG14, ber.encode(0x6E, ber.encode(0x31, b"\x02\x01\x01")), 2),
    ],
)
def test_a_key_that_cannot_be_read_proves_nothing(file: LdsFile, content: bytes, at: int) -> None:
    found = outcomes(changed("ordinary", {file: content}).read())
    assert found[at] == (NOT_CHECKED, ChipReason.KEY_UNKNOWN)


def test_a_card_security_that_cannot_be_read_proves_nothing() -> None:
    found = outcomes(changed("clone-cam", {LdsFile.CARD_SECURITY: b"\x30\x02\x05\x00"}).read())
    assert found[2] == (NOT_CHECKED, ChipReason.KEY_UNKNOWN)


def keyless(name: str) -> Desk:
    """A copy of all that can be read, on a chip that has no keys: it refuses what needs them, within the channel."""
    original = specimen(name)
    chip = SimulatedChip(original.chip.files, replace(original.chip.secrets, active=None, static=()))
    return Desk(replace(original, chip=chip), InProcess(chip))


def test_a_chip_that_does_not_prove_itself_fails() -> None:
    read = keyless("ordinary").read()
    assert outcomes(read) == (PASSED, (FAILED, ChipReason.REFUSED), (FAILED, ChipReason.REFUSED))


def test_a_chip_that_never_said_how_may_not_know() -> None:
    assert outcomes(keyless("ca-unannounced").read())[2] == (NOT_CHECKED, ChipReason.REFUSED)


@pytest.mark.parametrize(("extended", "expected"), [(0, (NOT_CHECKED, ChipReason.ANSWER_TOO_LONG)), (65536, PASSED)])
def test_a_long_signature_needs_a_reader_of_long_answers(extended: int, expected: tuple[Outcome, str]) -> None:
    assert outcomes(show("aa-rsa-sha256").read(extended=extended))[1] == expected


def test_a_short_signature_needs_none() -> None:
    assert outcomes(show("aa-rsa-sha1").read())[1] == PASSED


def test_a_chip_that_breaks_the_channel_while_it_should_prove_itself_fails() -> None:
    desk = changed("ordinary", {})

    def transmit(command: bytes) -> bytes:
        # MSE:Set AT of Chip Authentication is the only protected 22.
        return b"\x69\x88" if command[:2] == b"\x0c\x22" else desk.reader.transmit(command)

    assert outcomes(desk.read(transmit=transmit)) == (PASSED, PASSED, (FAILED, ChipReason.CHANNEL_BROKEN))
