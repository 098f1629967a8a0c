"""A party lays each document down in turn: one number for all, and nobody is held up by a document."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.journey.events import (
    Action,
    ChipProgress,
    ChipRead,
    ChipReaderChanged,
    DocumentRead,
    DocumentUnread,
    EndChip,
    Event,
    ForgetDocument,
    HelpAnswered,
    Issued,
    Laid,
    MakeTicket,
    OfferChanged,
    ReadChip,
    ReaderChanged,
    ReadingStarted,
    StartCheckout,
    TerminalChanged,
    Wipe,
)
from kiosk.journey.idle import IdlePage
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.documents import DocumentsPage
from kiosk.journey.steps.fee import FeePage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.more import MorePage
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.catalogue import BandView
from queue_server.domain.values import BandId
from tests.kiosk.journey.test_party import BANDS, CHILD, TARIFF, come_for, count
from tests.kiosk.journey.test_party import families as families  # noqa: PLC0414 - a fixture
from tests.kiosk.journey.walk import TIMING, Walk

MOTHER = DocumentRead("UTO", 1, initial="A")


@pytest.fixture
def walk(around: Surroundings, families: CentreOffer) -> Walk:
    return Walk(replace(around, offer=families, chip=True))


def begin(walk: Walk, *, document: bool = True, **people: int) -> JourneyPage:
    """Come with a document or without, as a party, until its documents are asked for."""
    walk(("language", "en"))
    walk(MOTHER, ChipRead(walk.number, 1, "read"), "continue") if document else walk("no-document")
    come_for(walk)
    count(walk, **people)
    return walk("go-on")


def lay(walk: Walk, laid: int, outcome: str = "read", initial: str = "B", same: int = 0) -> JourneyPage:
    return walk(
        ReadingStarted(), DocumentRead("UTO", laid, same, initial), ChipRead(walk.number, laid, outcome)
    )  # fmt: skip


def go_back(walk: Walk, page: type[JourneyPage]) -> None:
    for _ in range(9):
        if not isinstance(walk.page, page):
            walk("back")
    assert isinstance(walk.page, page)


def states(shown: JourneyPage) -> list[str]:
    assert isinstance(shown, DocumentsPage), shown
    return [one.state for one in shown.people]


def sent(walk: Walk) -> tuple[Laid, ...]:
    walk("confirm")
    (asked,) = [effect for effect in walk.effects if isinstance(effect, MakeTicket)]
    return asked.documents


def test_each_is_laid_down_in_turn_and_the_page_goes_on_by_itself(walk: Walk) -> None:
    shown = begin(walk, adult=1, child=1, small=1)
    assert isinstance(shown, DocumentsPage)
    assert [(one.age, one.nth, one.alone, one.state, one.name[:2]) for one in shown.people] == [
        ("adult", 1, False, "read", "A\N{BULLET}"),
        ("adult", 2, False, "now", ""),
        ("child", 1, True, "later", ""),
        ("small", 1, True, "later", ""),
    ]
    assert (shown.step, shown.reader, shown.chip) == (3, "ready", "")
    shown = walk(ReadingStarted())
    assert isinstance(shown, DocumentsPage)
    assert shown.reader == "reading"
    shown = walk(DocumentRead("UTO", 2, initial="M"))
    assert walk.effects[-1] == ReadChip(1, 2, beside=(1,))
    assert isinstance(shown, DocumentsPage)
    assert (shown.reader, shown.chip, states(shown)[1]) == ("ready", "waiting", "now")
    shown = walk(ChipProgress(1, 2, "reading", 40))
    assert isinstance(shown, DocumentsPage)
    assert (shown.chip, shown.percent) == ("reading", 40)
    assert states(walk(ChipRead(1, 2, "read"))) == ["read", "read", "now", "later"]
    assert states(lay(walk, 3, "chip-absent")) == ["read", "read", "read", "now"]
    assert walk.effects[-1] == ReadChip(1, 3, beside=(1, 2))
    shown = lay(walk, 4, "expired")
    assert states(shown) == ["read"] * 4
    # It is said that all were read, and nobody has to touch anything.
    assert isinstance(walk.wait(TIMING.chip - 0.1), DocumentsPage)
    assert isinstance(walk.wait(0.2), ConfirmPage)
    assert sent(walk) == (Laid(1, 0, "adult"), Laid(2, 1, "adult"), Laid(3, 2, "child", 17), Laid(4, 3, "small", 5))


def test_one_person_sees_nothing_of_it_and_takes_their_document_along(walk: Walk) -> None:
    walk(("language", "en"), MOTHER, ChipRead(1, 1, "read"), "continue")
    come_for(walk)
    assert isinstance(walk("go-on"), ConfirmPage)
    assert sent(walk) == (Laid(1, 0, "adult"),)


def test_where_nobody_is_counted_by_age_they_are_persons(around: Surroundings, families: CentreOffer) -> None:
    nameless = replace(families, bands=(), tariff=replace(families.tariff, bands=()))
    walk = Walk(replace(around, offer=nameless, chip=True))
    walk(("language", "en"), MOTHER, ChipRead(1, 1, "read"), "continue")
    come_for(walk)
    walk("party", ("plus", "anyone"), "people")
    shown = walk("go-on")
    assert isinstance(shown, DocumentsPage)
    assert [(one.age, one.nth, one.state) for one in shown.people] == [("person", 1, "read"), ("person", 2, "now")]
    lay(walk, 2)
    walk("continue")
    assert sent(walk) == (Laid(1, 0), Laid(2, 1))


@pytest.mark.parametrize(
    ("from_age", "to_age", "age"),
    [
        (0, None, "person"), (18, None, "adult"), (65, None, "adult"), (18, 64, "adult"), (0, 17, "child"),
        (6, 17, "child"), (0, 5, "small"),
    ],
)  # fmt: skip
def test_a_band_is_called_by_a_word_that_fits(
    around: Surroundings, families: CentreOffer, from_age: int, to_age: int | None, age: str
) -> None:  # fmt: skip
    band = BandView(CHILD, {"en": "Band"}, from_age, to_age)
    tariff = replace(families.tariff, bands=(CHILD,))
    walk = Walk(replace(around, offer=replace(families, bands=(band,), tariff=tariff), chip=True))
    shown = begin(walk, child=1)
    assert isinstance(shown, DocumentsPage)
    assert {one.age for one in shown.people} == {age}


def test_without_a_reader_of_documents_or_of_chips_nobody_is_asked(walk: Walk) -> None:
    for change in (ReaderChanged(False), ChipReaderChanged(False)):
        walk(change)
        assert isinstance(begin(walk, document=False, child=1), ConfirmPage)
        walk("restart", "start-over", ReaderChanged(True), ChipReaderChanged(True))


def test_who_had_none_at_the_beginning_is_asked_with_the_others(walk: Walk) -> None:
    assert states(begin(walk, document=False, child=1)) == ["now", "later"]
    assert states(walk("none")) == ["none", "now"]
    lay(walk, 5)
    walk("continue")
    assert sent(walk) == (Laid(5, 1, "child", 17),)


def test_a_child_without_one_and_the_rest_at_the_counter(walk: Walk) -> None:
    begin(walk, child=2, small=1)
    assert states(walk("none")) == ["read", "none", "now", "later"]
    assert isinstance(walk("later"), ConfirmPage)
    assert sent(walk) == (Laid(1, 0, "adult"),)


def test_the_last_one_without_a_document_goes_on_at_once(walk: Walk) -> None:
    begin(walk, child=1)
    assert isinstance(walk("none"), ConfirmPage)


def test_what_could_not_be_read_is_tried_again_or_left_for_the_counter(walk: Walk) -> None:
    begin(walk, child=2)
    shown = walk(ReadingStarted(), DocumentUnread())
    assert isinstance(shown, DocumentsPage)
    assert (shown.reader, states(shown)) == ("again", ["read", "now", "later"])
    assert states(lay(walk, 2)) == ["read", "read", "now"]
    walk(DocumentUnread())
    assert isinstance(walk("leave"), ConfirmPage)
    assert sent(walk) == (Laid(1, 0, "adult"), Laid(2, 1, "child", 17))


def test_a_chip_that_says_nothing_good_is_for_staff_and_what_was_read_goes_along(walk: Walk) -> None:
    begin(walk, child=1)
    assert states(lay(walk, 2, "look")) == ["read", "counter"]
    walk("continue")
    assert sent(walk) == (Laid(1, 0, "adult"), Laid(2, 1, "child", 17))


def test_a_document_that_was_read_already_is_said_so_and_counted_once(walk: Walk) -> None:
    begin(walk, child=2)
    lay(walk, 2)
    for same in (1, 2):
        shown = walk(ReadingStarted(), DocumentRead("UTO", 9, same=same))
        assert isinstance(shown, DocumentsPage)
        assert (shown.reader, states(shown)) == ("twice", ["read", "read", "now"])
        assert not any(isinstance(effect, ReadChip) and effect.laid == 9 for effect in walk.effects)
    # It is gone as soon as another one lies there.
    shown = walk(ReadingStarted())
    assert isinstance(shown, DocumentsPage)
    assert shown.reader == "reading"
    # The kiosk may still hold what this party has laid down no more: that is no second time.
    assert states(lay(walk, 3, same=77)) == ["read"] * 3


def test_a_reader_that_tells_of_a_document_again_and_again_begins_nothing_anew(walk: Walk) -> None:
    begin(walk, child=1)
    again = DocumentRead("UTO", 2)
    shown = walk(again, ChipProgress(1, 2, "reading", 60), again, again)
    assert isinstance(shown, DocumentsPage)
    assert (shown.chip, shown.percent) == ("reading", 60)
    assert sum(isinstance(effect, ReadChip) and effect.laid == 2 for effect in walk.effects) == 1


def test_another_document_before_the_first_was_read_takes_its_place(walk: Walk) -> None:
    begin(walk, child=2)
    walk(DocumentRead("UTO", 2), DocumentRead("UTO", 3))
    assert walk.effects[-1] == ReadChip(1, 3, beside=(1,))
    assert states(walk(ChipRead(1, 2, "read"))) == ["read", "now", "later"]
    assert states(walk(ChipRead(1, 3, "read"))) == ["read", "read", "now"]


@pytest.mark.parametrize("action", ["none", "leave", "later", "back"])
def test_whoever_does_not_wait_for_a_chip_has_it_ended_and_nothing_is_kept(walk: Walk, action: str) -> None:
    begin(walk, child=1)
    walk(DocumentRead("UTO", 2), ChipProgress(1, 2, "reading", 20), action)
    assert walk.effects[-1] == EndChip()
    # Its answer comes too late.
    before = walk.page
    assert walk(ChipRead(1, 2, "read")) == before
    if isinstance(walk.page, MorePage):
        walk("go-on", "later")
    assert sent(walk) == (Laid(1, 0, "adult"),)


def test_back_leads_to_the_question_before_and_who_had_none_is_asked_again(walk: Walk) -> None:
    begin(walk, child=2)
    lay(walk, 2)
    walk("none")
    assert isinstance(walk.page, ConfirmPage)
    assert states(walk("back")) == ["read", "read", "now"]
    assert isinstance(walk("back"), MorePage)
    assert states(walk("go-on")) == ["read", "read", "now"]
    assert states(lay(walk, 3)) == ["read"] * 3
    walk("continue")
    # With nobody left to ask there is no page to go back to.
    assert isinstance(walk("back"), MorePage)


def test_a_party_that_is_counted_anew_keeps_what_was_read_of_those_who_stay(walk: Walk) -> None:
    begin(walk, adult=1, child=1)
    lay(walk, 2)
    lay(walk, 3)
    walk("back", "party", ("minus", "adult"), ("plus", "child"), "people")
    assert states(walk("go-on")) == ["read", "read", "now"]
    walk("later")
    assert sent(walk) == (Laid(1, 0, "adult"), Laid(3, 1, "child", 17))


def test_whoever_begins_with_another_document_begins_anew_with_all(walk: Walk) -> None:
    begin(walk, child=1)
    lay(walk, 2)
    go_back(walk, LanguagePage)
    walk(DocumentRead("UTO", 5), ChipRead(1, 5, "read"))
    assert walk.effects[-1] == ReadChip(1, 5, beside=())
    walk(("language", "en"))
    come_for(walk)
    assert states(walk("go-on")) == ["read", "now"]


def test_going_back_to_be_without_a_document_forgets_all(walk: Walk) -> None:
    begin(walk, child=1)
    lay(walk, 2)
    go_back(walk, IdentifyPage)
    walk("no-document")
    assert walk.effects[-1] == ForgetDocument()
    assert walk.journey.context.papers == ()


def test_a_page_that_lies_over_it_takes_no_document_and_loses_no_chip(walk: Walk) -> None:
    begin(walk, child=1)
    walk(DocumentRead("UTO", 2))
    assert isinstance(walk("help", HelpAnswered(1, 1, "told")), HelpPage)
    walk(DocumentRead("UTO", 3), ChipRead(1, 2, "read"))
    assert states(walk("no-help")) == ["read", "read"]


def test_all_of_it_goes_along_where_the_fee_is_paid(walk: Walk) -> None:
    walk(TerminalChanged(True))
    begin(walk, child=1)
    lay(walk, 2)
    walk("continue", "confirm")
    assert isinstance(walk.page, FeePage)
    walk("pay")
    (asked,) = [effect for effect in walk.effects if isinstance(effect, StartCheckout)]
    assert asked.documents == (Laid(1, 0, "adult"), Laid(2, 1, "child", 17))


def test_the_reader_stops_and_the_party_goes_on_at_the_counter(walk: Walk) -> None:
    begin(walk, child=1)
    shown = walk(ReaderChanged(False))
    assert isinstance(shown, DocumentsPage)
    assert shown.reader == "missing"
    assert isinstance(walk("later"), ConfirmPage)


def test_an_offer_that_changes_leaves_whom_it_knows(walk: Walk, families: CentreOffer) -> None:
    begin(walk, child=1)
    lay(walk, 2)
    walk("back")
    walk(OfferChanged(replace(families, bands=BANDS[:1], tariff=replace(families.tariff, bands=(BandId("adult"),)))))
    walk("go-on")
    walk("later")
    assert sent(walk)[0] == Laid(1, 0, "adult")


def test_staff_are_told_of_the_page_of_one_of_them_that_could_not_be_read(walk: Walk) -> None:
    begin(walk, adult=1, child=1)
    walk(ReadingStarted(), DocumentUnread(4), "leave")
    assert walk.effects[-1] == ReadChip(1, 4, beside=(1,))
    assert states(walk(ChipRead(1, 4, "document-unread"))) == ["read", "counter", "now"]
    assert isinstance(walk("leave"), ConfirmPage)
    assert [one.laid for one in sent(walk)] == [1, 4]


@pytest.mark.parametrize("end", ["restart", "idle", "ticket"])
def test_however_it_ends_the_journey_holds_nothing_of_anybody(walk: Walk, end: str) -> None:
    begin(walk, child=2)
    lay(walk, 2, initial="Q")
    if end == "restart":
        walk.start_over()
    elif end == "ticket":
        walk("later", "confirm", Issued(1, "visit", "B042"), "done")
    else:
        assert isinstance(walk.wait(TIMING.idle_long - 1), DocumentsPage)
        assert isinstance(walk.wait(2), IdlePage)
        walk.wait(TIMING.countdown + 1)
    assert Wipe() in walk.effects
    assert walk.journey.pristine
    assert walk.journey.context.papers == ()


moves = st.one_of(
    st.builds(
        Action, st.sampled_from(["none", "leave", "later", "continue", "back", "go-on", "party", "people", "help"])
    ),
    st.builds(Action, st.just("plus") | st.just("minus"), st.sampled_from(["adult", "child", "small"])),
    st.builds(DocumentRead, st.just("UTO"), st.integers(0, 12), st.integers(0, 12)),
    st.builds(ChipRead, st.just(1), st.integers(1, 12), st.sampled_from(["read", "look", "chip-absent"])),
    st.builds(ChipProgress, st.just(1), st.integers(1, 12), st.just("reading"), st.integers(0, 100)),
    st.sampled_from([ReadingStarted(), DocumentUnread(), ReaderChanged(False), ReaderChanged(True)]),
)


@given(steps=st.lists(moves, max_size=40))
@settings(max_examples=300, deadline=None)
def test_whatever_is_laid_down_each_of_the_party_has_one_document_at_most(
    around: Surroundings, offer: CentreOffer, steps: list[Event]
) -> None:  # fmt: skip
    families = replace(offer, tariff=TARIFF, bands=BANDS, party=5, most=2)
    walk = Walk(replace(around, offer=families, chip=True))
    begin(walk, adult=1, child=1)
    reading: set[int] = set()
    for step in steps:
        before = len(walk.effects)
        walk(step, after=0)
        for effect in walk.effects[before:]:
            if isinstance(effect, ReadChip):
                reading = {effect.laid, *effect.beside}
        shown = walk.page
        if isinstance(shown, DocumentsPage):
            assert sum(one.state == "now" for one in shown.people) <= 1
            assert len(shown.people) > 1
        if isinstance(shown, ConfirmPage):
            break
    if not isinstance(walk.page, ConfirmPage):
        walk("no-help", "people", "go-on", "later", "continue")
    if not isinstance(walk.page, ConfirmPage):
        return
    found = sent(walk)
    people = sum(one.count for one in next(one for one in walk.effects if isinstance(one, MakeTicket)).people)
    assert len({one.person for one in found}) == len(found) <= people
    assert len({one.laid for one in found}) == len(found)
    assert all(one.person < people for one in found)
    assert {one.laid for one in found} <= reading | {1}, "nothing goes along that the kiosk has forgotten"
