"""All verdicts of a document put together once: read with the real reader, judged by the real trust store."""

from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.emrtd.session import read_chip
from peripherals.documents.judgement import judge, judge_unread
from peripherals.documents.mrz import parse
from peripherals.documents.passport.in_process import place
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.verdicts import Check, CheckVerdict, DocumentStanding, Outcome, standing
from peripherals.errors import (
    ChipAbsentError,
    ChipAccessError,
    ChipAnswerError,
    ChipChannelError,
    ChipDataError,
    ChipReservedError,
    DocumentRemovedError,
    NotConnectedError,
    PeripheralError,
)
from tests.peripherals.trust.material import store_of

AT = datetime(2026, 11, 26, tzinfo=UTC)


@cache
def specimen(name: str) -> Specimen:
    return build(PROFILES[name], AT, 5)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ordinary", DocumentStanding.FACE_UNREAD),
        ("pace-cam-aes128-brainpoolp256r1", DocumentStanding.FACE_UNREAD),
        ("basic", DocumentStanding.FACE_UNREAD),
        ("authority-unknown", DocumentStanding.ISSUER_UNKNOWN),
        ("clone-cam", DocumentStanding.REFUSED),
        ("paper-differs", DocumentStanding.REFUSED),
    ],
)
def test_one_verdict_for_each_check_but_the_holders(name: str, expected: DocumentStanding) -> None:
    document = specimen(name)
    printed = parse(document.zone)
    key = MrzKey.from_mrz(printed)
    read = read_chip(place(document).transmit, key, wanted=frozenset({LdsFile.DG1}))
    verdicts = judge(read, store_of(document.trust), at=AT, printed=printed)
    assert sorted(verdict.check for verdict in verdicts) == sorted(set(Check) - {Check.HOLDER, Check.ZONE})
    assert standing(verdicts) is expected
    assert LdsFile.DG2 not in read.files
    assert not printed.wiped


@pytest.mark.parametrize(
    ("failure", "outcome", "comes_to"),
    [
        (ChipAccessError(protocol="pace", step="token"), Outcome.FAILED, DocumentStanding.REFUSED),
        (ChipAccessError(protocol="pace", step="parameters"), Outcome.NOT_CHECKED, DocumentStanding.UNPROVED),
        (ChipAnswerError(command="select", status="6a80"), Outcome.FAILED, DocumentStanding.REFUSED),
        (ChipChannelError(fault="checksum"), Outcome.FAILED, DocumentStanding.REFUSED),
        (ChipDataError(file="EF.CardAccess", fault="header"), Outcome.FAILED, DocumentStanding.REFUSED),
        (ChipAbsentError(reason="nothing-there"), Outcome.NOT_CHECKED, DocumentStanding.UNPROVED),
        (ChipReservedError(), Outcome.NOT_CHECKED, DocumentStanding.UNPROVED),
        (DocumentRemovedError(), Outcome.NOT_CHECKED, DocumentStanding.UNPROVED),
        (NotConnectedError(reason="no-line"), Outcome.NOT_CHECKED, DocumentStanding.UNPROVED),
    ],
)
def test_a_chip_that_was_not_read_is_a_verdict_too(
    failure: PeripheralError, outcome: Outcome, comes_to: DocumentStanding
) -> None:
    verdicts = judge_unread(failure, parse(specimen("ordinary").zone), at=AT)
    found = {verdict.check: verdict for verdict in verdicts}
    assert (found[Check.ACCESS].outcome, found[Check.ACCESS].reason) == (outcome, failure.code)
    assert found[Check.EXPIRY].outcome is Outcome.PASSED
    assert standing(verdicts) is comes_to


@given(st.dictionaries(st.sampled_from(Check), st.sampled_from(Outcome)))
def test_a_face_that_was_not_read_is_never_part_of_what_is_said(outcomes: dict[Check, Outcome]) -> None:
    found = outcomes | {Check.FACE: Outcome.NOT_CHECKED}
    summed = standing(CheckVerdict(check, outcome) for check, outcome in found.items())
    assert summed not in {DocumentStanding.GENUINE, DocumentStanding.UNCHANGED}
    read = standing(CheckVerdict(check, outcome) for check, outcome in (found | {Check.FACE: Outcome.PASSED}).items())
    # Nothing else is hidden by it.
    assert (summed is DocumentStanding.FACE_UNREAD) is (read in {DocumentStanding.GENUINE, DocumentStanding.UNCHANGED})
    assert summed is DocumentStanding.FACE_UNREAD or summed is read


def test_paper_alone_says_when_it_expires() -> None:
    late = judge_unread(ChipAbsentError(), parse(specimen("document-expired").zone), at=AT)
    assert [verdict.reason for verdict in late if verdict.outcome is Outcome.FAILED] == ["document-expired"]
    zone = specimen("ordinary").zone
    unknown = judge_unread(ChipAbsentError(), parse(zone[:65] + "<<<<<<<" + zone[72:]), at=AT)
    assert [verdict.reason for verdict in unknown if verdict.outcome is Outcome.UNSUPPORTED] == ["no-expiry"]
