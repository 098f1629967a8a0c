"""The chip of a document on the way to a ticket: waited for, gone on without, and never in anybody's way."""

import pytest
from msgspec.structs import replace

from kiosk.journey.events import (
    Action,
    ChipProgress,
    ChipRead,
    ChipReaderChanged,
    DocumentRead,
    DocumentUnread,
    Effect,
    FindChip,
    ForgetDocument,
    PinAnswered,
    ReadChip,
    ReadingStarted,
    TrialAnswered,
    Wipe,
)
from kiosk.journey.idle import IdlePage
from kiosk.journey.steps.chip import ChipPage
from kiosk.journey.steps.government import GovernmentPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.technician import TechnicianPage
from kiosk.journey.surroundings import Surroundings
from tests.kiosk.journey.walk import TIMING, Walk

DOCUMENT = DocumentRead("UTO", laid=7)
DONE = ChipRead(1, 7, "read")
PROBLEMS = ("expired", "look", "document-removed", "chip-reserved", "chip-access-refused", "device-not-connected")


@pytest.fixture
def walk(around: Surroundings) -> Walk:
    return Walk(replace(around, chip=True))


def asked(walk: Walk, kind: type[Effect]) -> list[Effect]:
    return [effect for effect in walk.effects if isinstance(effect, kind)]


def test_the_document_stays_until_its_chip_was_read(walk: Walk) -> None:
    shown = walk(("language", "en"))
    assert isinstance(shown, IdentifyPage)
    assert shown.chip
    assert walk(DOCUMENT) == replace(walk.page, state="waiting", percent=0, outcome="")
    assert walk.effects == [ReadChip(1, 7)]
    shown = walk(ChipProgress(1, 7, "reading", 40))
    assert isinstance(shown, ChipPage)
    assert (shown.state, shown.percent, shown.step) == ("reading", 40, 1)
    shown = walk(DONE)
    assert isinstance(shown, ChipPage)
    assert (shown.state, shown.outcome) == ("ended", "read")
    shown = walk("continue")
    assert isinstance(shown, KindPage)
    assert shown.told
    assert walk.effects == [ReadChip(1, 7)]


def test_what_could_be_read_goes_on_by_itself_and_problems_wait_for_the_person(walk: Walk) -> None:
    walk(("language", "en"), DOCUMENT, DONE)
    assert isinstance(walk.wait(TIMING.chip - 0.1), ChipPage)
    assert isinstance(walk.wait(0.1), KindPage)
    for outcome in PROBLEMS:
        other = Walk(walk.journey.around)
        other(("language", "en"), DOCUMENT, ChipRead(1, 7, outcome))
        shown = other.wait(TIMING.idle - 0.1)
        assert isinstance(shown, ChipPage)
        assert shown.outcome == outcome
        assert isinstance(other.wait(0.1), IdlePage)
        assert isinstance(other("more-time", "continue"), KindPage)


def test_a_page_that_lies_over_it_is_not_taken_away(walk: Walk) -> None:
    walk(("language", "en"), DOCUMENT, DONE, "show-display")
    before = walk.page
    assert walk.wait(TIMING.chip * 2) == before
    assert isinstance(walk("done"), ChipPage)
    assert isinstance(walk.wait(TIMING.chip), KindPage)


def test_without_a_chip_nobody_is_told(walk: Walk) -> None:
    assert isinstance(walk(("language", "en"), DOCUMENT, ChipRead(1, 7, "chip-absent")), KindPage)
    assert not asked(walk, ForgetDocument)


def test_who_does_not_want_to_wait_goes_on_and_nothing_is_kept(walk: Walk) -> None:
    walk(("language", "en"), DOCUMENT, ChipProgress(1, 7, "reading", 20))
    shown = walk("no-chip")
    assert isinstance(shown, KindPage)
    assert shown.told
    assert walk.effects[-1] == ForgetDocument()
    # What still comes of it is nobody's.
    assert walk(ChipProgress(1, 7, "reading", 90), DONE) == shown
    assert walk.journey.context.chip is None


def test_back_leads_to_the_reader_and_forgets_what_was_read(walk: Walk) -> None:
    walk(("language", "en"), DOCUMENT, ChipProgress(1, 7, "reading", 20))
    assert isinstance(walk("back"), IdentifyPage)
    assert walk.effects[-1] == ForgetDocument()
    walk(DocumentRead("UTO", laid=8), ChipRead(1, 8, "look"), "continue")
    assert isinstance(walk("back"), IdentifyPage)
    assert isinstance(walk("no-document"), GovernmentPage)
    assert walk.effects[-1] == ForgetDocument()


def test_a_document_that_was_taken_away_is_waited_for(walk: Walk) -> None:
    walk(("language", "en"), DOCUMENT, ChipProgress(1, 7, "reading", 60))
    shown = walk(ChipProgress(1, 7, "back"))
    assert isinstance(shown, ChipPage)
    assert (shown.state, shown.percent) == ("back", 60)
    shown = walk(ChipProgress(1, 7, "reading", 10))
    assert isinstance(shown, ChipPage)
    assert (shown.state, shown.percent) == ("reading", 60)


def test_another_document_takes_the_place_of_the_first(walk: Walk) -> None:
    walk(("language", "en"), DOCUMENT, ChipProgress(1, 7, "reading", 60))
    shown = walk(DocumentRead("EGY", laid=8))
    assert isinstance(shown, ChipPage)
    assert (shown.state, shown.percent) == ("waiting", 0)
    assert walk.effects == [ReadChip(1, 7), ReadChip(1, 8)]
    assert walk(DONE) == shown
    walk(ChipRead(1, 8, "read"), "continue")
    assert walk.journey.context.document == "EGY"


def test_the_same_document_told_of_again_goes_on(walk: Walk) -> None:
    walk(("language", "en"), DOCUMENT, ChipProgress(1, 7, "reading", 60))
    shown = walk.page
    assert walk(DOCUMENT) == shown
    walk(ChipProgress(1, 7, "back"), DOCUMENT)
    assert walk.effects == [ReadChip(1, 7)]
    # Once it has ended, it is read anew.
    walk(ChipRead(1, 7, "document-removed"), DocumentRead("UTO", laid=8))
    assert walk.effects == [ReadChip(1, 7), ReadChip(1, 8)]


def test_read_before_a_language_was_chosen(walk: Walk) -> None:
    assert isinstance(walk(DOCUMENT), LanguagePage)
    assert walk.effects == [ReadChip(1, 7)]
    walk(ChipProgress(1, 7, "reading", 30))
    shown = walk(("language", "en"))
    assert isinstance(shown, ChipPage)
    assert shown.percent == 30


@pytest.mark.parametrize(
    ("outcome", "page"),
    [("read", KindPage), ("chip-absent", KindPage), ("look", ChipPage), ("paper-expired", ChipPage)],
)
def test_done_before_a_language_was_chosen(walk: Walk, outcome: str, page: type) -> None:
    walk(DOCUMENT, ChipRead(1, 7, outcome))
    assert isinstance(walk(("language", "en")), page)


def test_laid_down_late_it_is_shown_too(walk: Walk) -> None:
    assert isinstance(walk(("language", "en"), "no-document"), GovernmentPage)
    assert isinstance(walk(DOCUMENT), ChipPage)
    assert isinstance(walk(DONE, "continue"), KindPage)


def test_idle_time_does_not_run_out_while_it_is_read_but_not_for_ever(walk: Walk) -> None:
    walk(("language", "en"), DOCUMENT)
    assert isinstance(walk.wait(TIMING.idle_long - 0.1), ChipPage)
    assert isinstance(walk.wait(0.1), IdlePage)
    # A word of the reader says that the document lies there.
    assert isinstance(walk(ChipProgress(1, 7, "reading", 20)), ChipPage)
    assert isinstance(walk.wait(TIMING.idle_long - 0.1), ChipPage)


def test_who_leaves_is_wiped_with_it(walk: Walk) -> None:
    walk(("language", "en"), DOCUMENT, ChipProgress(1, 7, "reading", 60), "restart", "start-over")
    assert walk.effects[-1] == Wipe()
    assert not asked(walk, ForgetDocument)
    fresh = walk.page
    assert walk(DONE) == fresh
    assert walk.journey.context.chip is None


def test_without_a_reader_of_chips_all_is_as_before(around: Surroundings) -> None:
    walk = Walk(around)
    walk(("language", "en"))
    assert isinstance(walk(DOCUMENT), KindPage)
    assert walk.effects == []
    walk(ChipReaderChanged(True), "back", ReadingStarted())
    assert isinstance(walk(DocumentRead("UTO", laid=0)), KindPage)
    assert walk.effects == []


def test_a_technician_sees_whether_a_chip_answers(walk: Walk) -> None:
    walk("technician", *(("digit", one) for one in "402871"), "submit", PinAnswered(1, True))
    shown = walk("test-chip")
    assert isinstance(shown, TechnicianPage)
    assert shown.trial is not None
    assert (shown.trial.what, shown.trial.state) == ("chip", "running")
    assert walk.effects[-1] == FindChip(1)
    # A test that only waits gives way to another, and its answer comes too late for it.
    walk("test-scanner", TrialAnswered(1, "chip", ""))
    assert walk.page == walk(Action("test-scanner"))
    for code, state in (("chip-absent", "bad"), ("", "good")):
        shown = walk("test-chip", TrialAnswered(1, "chip", code))
        assert isinstance(shown, TechnicianPage)
        assert shown.trial is not None
        assert (shown.trial.state, shown.trial.code) == (state, code)
    walk(DOCUMENT)
    assert not asked(walk, ReadChip)


def test_of_a_page_that_could_not_be_read_the_person_and_staff_are_told(walk: Walk) -> None:
    shown = walk(("language", "en"), ReadingStarted(), DocumentUnread(5), ReadingStarted(), DocumentUnread(6))
    assert isinstance(shown, IdentifyPage)
    assert (shown.reader, walk.effects) == ("again", [])
    shown = walk("no-document")
    assert walk.effects == [ReadChip(1, 6)]
    shown = walk(ChipRead(1, 6, "document-unread"))
    assert isinstance(shown, ChipPage)
    assert (shown.state, shown.outcome) == ("ended", "document-unread")
    assert isinstance(walk("continue"), GovernmentPage)


def test_whoever_has_no_document_is_told_nothing_of_one(walk: Walk) -> None:
    assert isinstance(walk(("language", "en"), "no-document"), GovernmentPage)
    # What was misread before a document was read is no page that could not be read.
    walk("back")
    walk(DocumentUnread(5), DOCUMENT, "no-chip", "back")
    assert isinstance(walk.page, IdentifyPage)
    walk("no-document")
    assert asked(walk, ReadChip) == [ReadChip(1, 7)]


def test_a_kiosk_that_tells_staff_nothing_tells_nothing_of_a_page_either(around: Surroundings) -> None:
    walk = Walk(replace(around, chip=False))
    assert isinstance(walk(("language", "en"), DocumentUnread(5), "no-document"), GovernmentPage)
    assert walk.effects == []
