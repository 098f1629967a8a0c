"""Somebody collects: every page, both ways to prove it, and a door that nobody leaves open behind them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.journey import events as e
from kiosk.journey.events import (
    CallStaff,
    ChipRead,
    CollectedItem,
    DocumentRead,
    DocumentUnread,
    OpenDoor,
    ProofAnswered,
    Prove,
    Wipe,
)
from kiosk.journey.flows.collection import COLLECTION
from kiosk.journey.idle import IdlePage
from kiosk.journey.steps.chip import ChipPage
from kiosk.journey.steps.collect import CollectPage
from kiosk.journey.steps.collected import CollectedPage
from kiosk.journey.steps.findings import FindingsPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.locker import LockerPage
from kiosk.journey.steps.passcode import PasscodePage
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.collection_codes import with_check_digit
from tests.kiosk.journey.walk import TIMING, Walk

CODE = with_check_digit(58_210_477_392)
HERE = CollectedItem("item-1", "passport", "here")
HERE_TOO = CollectedItem("item-2", "diploma", "here")
COUNTER = CollectedItem("item-3", "birth-certificate", "counter")
LATER = CollectedItem("item-4", "identity-card", "later")
LABEL = "D 48 213"
WALL = (e.WallDoor("14", 2, 4), e.WallDoor("15", 3, 4))


@pytest.fixture
def lockers(around: Surroundings) -> Surroundings:
    return replace(around, chip=True, collects=True)


@pytest.fixture
def walk(lockers: Surroundings) -> Walk:
    made = Walk(lockers)
    made(("language", "en"))
    return made


def typed(walk: Walk, code: str = CODE) -> FindingsPage:
    walk("collect", "code", *(("digit", digit) for digit in code), "submit")
    return found(walk)


def found(walk: Walk) -> FindingsPage:
    shown = walk.wait(0)
    assert isinstance(shown, FindingsPage), shown
    return shown


def asked(walk: Walk) -> Prove:
    return next(one for one in reversed(walk.effects) if isinstance(one, Prove))


def told(walk: Walk, *items: CollectedItem) -> FindingsPage:
    walk(ProofAnswered(walk.number, asked(walk).look, "found", items))
    return found(walk)


def opened(walk: Walk, *items: CollectedItem) -> OpenDoor:
    told(walk, *items)
    walk("open")
    return next(one for one in reversed(walk.effects) if isinstance(one, OpenDoor))


def door(walk: Walk, state: e.DoorState, look: int = 1) -> object:
    return walk(e.DoorChanged(walk.number, look, state, "14", WALL, LABEL))


def test_a_document_with_its_chip_is_proved_and_a_door_opens(walk: Walk) -> None:
    assert isinstance(walk("collect"), CollectPage)
    assert isinstance(walk(DocumentRead("UTO", 1)), ChipPage)
    walk(ChipRead(walk.number, 1, "read"), "continue")
    assert found(walk).found == "asking"
    assert (asked(walk).laid, asked(walk).code, asked(walk).again) == (1, "", False)
    shown = told(walk, HERE, LATER)
    assert [(one.kind, one.where) for one in shown.rows] == [("passport", "here"), ("identity-card", "later")]
    assert isinstance(walk("open"), LockerPage)
    assert isinstance(door(walk, "open"), LockerPage)
    thanks = door(walk, "taken")
    assert isinstance(thanks, CollectedPage)
    assert (thanks.kind, thanks.door, thanks.more) == ("passport", "14", 1)
    walk("done")
    assert any(isinstance(one, Wipe) for one in walk.effects)


def test_a_code_is_typed_and_a_slip_asks_nobody(walk: Walk) -> None:
    wrong = CODE[:-1] + str((int(CODE[-1]) + 1) % 10)
    assert isinstance(walk("collect", "code"), PasscodePage)
    slip = walk(*(("digit", digit) for digit in wrong), "submit")
    assert isinstance(slip, PasscodePage)
    assert slip.is_slip
    assert not any(isinstance(one, Prove) for one in walk.effects)
    walk("erase", ("digit", CODE[-1]), "submit")
    found(walk)
    assert asked(walk).code == CODE
    # Nothing of it stays behind the answer, and nothing of it is in what is logged.
    told(walk, COUNTER)
    assert CODE not in repr(walk.journey.context)
    assert CODE not in repr(asked(walk))


def test_what_is_asked_is_asked_once(walk: Walk) -> None:
    typed(walk)
    walk.wait(5)
    walk("continue", "continue")
    assert sum(isinstance(one, Prove) for one in walk.effects) == 1


@pytest.mark.parametrize(
    ("items", "here", "counter"),
    [((HERE, COUNTER, LATER), 1, True), ((HERE, HERE_TOO), 2, False), ((LATER,), 0, False), ((COUNTER,), 0, True)],
)
def test_each_is_said_where_it_is(walk: Walk, items: tuple[CollectedItem, ...], here: int, counter: bool) -> None:
    typed(walk)
    shown = told(walk, *items)
    assert (shown.found, shown.here, shown.at_counter) == ("found", here, counter)


def test_nothing_is_one_page_and_leaves_by_itself(walk: Walk) -> None:
    typed(walk)
    assert told(walk).found == "nothing"
    walk.wait(TIMING.place + 1)
    assert walk.number == 2


def test_too_many_wrong_ones_and_no_server_lead_to_staff(walk: Walk) -> None:
    typed(walk)
    walk(ProofAnswered(walk.number, asked(walk).look, "slowed", wait_s=31))
    assert (found(walk).found, found(walk).wait_min) == ("slowed", 1)
    walk("again", "code", *(("digit", digit) for digit in CODE), "submit")
    found(walk)
    walk(ProofAnswered(walk.number, 1, "found", (HERE,)))
    assert found(walk).found == "asking"
    walk(ProofAnswered(walk.number, 2, "away"))
    assert found(walk).found == "away"


def test_a_document_that_was_laid_down_first_is_not_asked_for_again(lockers: Surroundings) -> None:
    walk = Walk(lockers)
    walk(DocumentRead("UTO", 1), ChipRead(1, 1, "read"), ("language", "en"))
    assert isinstance(walk.page, KindPage)
    assert walk.page.collects
    walk("collect")
    assert found(walk).found == "asking"
    assert asked(walk).laid == 1


def test_a_page_that_could_not_be_read_is_asked_for_again(walk: Walk) -> None:
    walk(DocumentUnread(6), "no-document", ChipRead(walk.number, 6, "document-unread"), "continue")
    assert isinstance(walk(("choose", "UTO")), KindPage)
    assert isinstance(walk("collect"), CollectPage)
    walk(DocumentRead("UTO", 7), ChipRead(walk.number, 7, "read"), "continue")
    assert found(walk).found == "asking"
    assert asked(walk).laid == 7


def test_where_no_chip_is_read_a_code_is_asked_for_at_once(around: Surroundings) -> None:
    walk = Walk(replace(around, collects=True))
    assert isinstance(walk(("language", "en"), "collect"), PasscodePage)
    assert isinstance(walk("back"), IdentifyPage)


def test_where_nothing_is_collected_there_is_no_way_to_it(around: Surroundings) -> None:
    walk = Walk(around)
    shown = walk(("language", "en"), "collect")
    assert isinstance(shown, IdentifyPage)
    assert not shown.collects


def test_whoever_goes_on_without_the_chip_has_proved_nothing(walk: Walk) -> None:
    walk("collect", DocumentRead("UTO", 1), "no-chip")
    assert found(walk).found == "nothing"
    assert not any(isinstance(one, Prove) for one in walk.effects)


def test_the_way_back_forgets_what_was_found(walk: Walk) -> None:
    typed(walk)
    told(walk, HERE)
    assert isinstance(walk("back"), CollectPage)
    assert isinstance(walk("back"), IdentifyPage)
    typed(walk)
    assert found(walk).found == "asking"


def test_a_number_for_the_counter_is_given_where_everybody_gets_one(walk: Walk) -> None:
    walk("collect", DocumentRead("UTO", 1), ChipRead(walk.number, 1, "read"), "continue")
    found(walk)
    told(walk, COUNTER)
    assert isinstance(walk("counter"), KindPage)
    assert walk.journey.flow.name == "visit"


def test_without_a_document_the_counter_begins_where_the_visit_was_left(walk: Walk) -> None:
    typed(walk)
    told(walk, COUNTER)
    assert isinstance(walk("counter"), IdentifyPage)


def test_one_after_another(walk: Walk) -> None:
    typed(walk)
    first = opened(walk, HERE, HERE_TOO)
    door(walk, "taken", first.look)
    walk("next")
    assert found(walk).found == "asking"
    assert asked(walk).again
    second = opened(walk, HERE_TOO)
    assert (second.item, second.look) == ("item-2", 2)
    thanks = door(walk, "taken", 2)
    assert isinstance(thanks, CollectedPage)
    assert thanks.more == 0


def test_whoever_likes_has_a_receipt_and_nobody_waits_for_it(walk: Walk) -> None:
    typed(walk)
    look = opened(walk, HERE).look
    thanks = door(walk, "taken", look)
    assert isinstance(thanks, CollectedPage)
    assert thanks.receipt == "offered"
    for receipt in ("printing", "none"):
        thanks = walk("receipt")
        assert isinstance(thanks, CollectedPage)
        assert thanks.receipt == receipt
        (printed,) = [one for one in walk.effects if isinstance(one, e.PrintCollected)]
        assert printed == e.PrintCollected(walk.number, look, "en", "passport", LABEL)
        # Of another door, and then of this one.
        walk(e.CollectedPrinted(walk.number, look + 1, is_printed=True))
        walk(e.CollectedPrinted(walk.number, look, is_printed=False))
    walk("done")
    assert any(isinstance(one, Wipe) for one in walk.effects)


def test_without_paper_no_receipt_is_offered(walk: Walk) -> None:
    typed(walk)
    door(walk, "taken", opened(walk, HERE).look)
    shown = walk(e.PaperChanged(paper=False), "receipt")
    assert isinstance(shown, CollectedPage)
    assert shown.receipt == ""
    assert not any(isinstance(one, e.PrintCollected) for one in walk.effects)


@pytest.mark.parametrize("state", ["opening", "open", "reminded", "overdue"])
def test_nobody_leaves_a_door_that_is_under_way(walk: Walk, state: e.DoorState) -> None:
    """No touch and no time ends it: nobody else is served before it is shut, or staff have been called."""
    typed(walk)
    opened(walk, HERE)
    shown = door(walk, state)
    assert isinstance(shown, LockerPage)
    assert (shown.can_back, shown.can_restart) == (False, False)
    walk("restart", "back", "done", "continue")
    walk.wait(3600)
    assert walk.number == 1
    assert isinstance(walk.page, LockerPage)


@pytest.mark.parametrize("state", ["overdue", "not-opened", "staff"])
def test_staff_are_called_where_something_is_wrong(walk: Walk, state: e.DoorState) -> None:
    typed(walk)
    opened(walk, HERE)
    door(walk, state)
    assert any(isinstance(one, CallStaff) for one in walk.effects)


def test_what_is_left_inside_can_be_had_once_more_or_left(walk: Walk) -> None:
    typed(walk)
    opened(walk, HERE)
    door(walk, "inside")
    walk("open")
    again = next(one for one in reversed(walk.effects) if isinstance(one, OpenDoor))
    assert (again.item, again.look) == ("item-1", 2)
    # News of the door as it was before are old.
    assert isinstance(door(walk, "taken", 1), LockerPage)
    door(walk, "inside", 2)
    walk("done")
    assert walk.number == 2


def test_another_door_stops_everything(walk: Walk) -> None:
    typed(walk)
    opened(walk, HERE)
    door(walk, "open")
    door(walk, "staff")
    shown = door(walk, "taken")
    assert isinstance(shown, LockerPage)
    assert shown.state == "staff"
    walk.wait(TIMING.place + 1)
    assert walk.number == 2


def test_the_page_asks_whether_somebody_is_there_and_wipes(walk: Walk) -> None:
    typed(walk)
    told(walk, HERE)
    assert isinstance(walk.wait(TIMING.idle + 1), IdlePage)
    walk.wait(TIMING.countdown + 1)
    assert walk.number == 2
    assert walk.journey.context.own == ()


states = st.sampled_from(
    ["opening", "open", "reminded", "overdue", "taken", "inside", "not-opened", "busy", "over", "staff", "away"]
)
touches = st.one_of(
    st.sampled_from(["open", "done", "next", "back", "restart", "again", "counter", "help", "continue"]).map(e.Action),
    st.builds(e.DoorChanged, st.just(1), st.integers(1, 3), states, st.just("14"), st.just(WALL)),
    st.builds(ProofAnswered, st.just(1), st.integers(1, 3), st.just("found"), st.just((HERE, HERE_TOO))),
)


@given(st.lists(touches, max_size=30))
def test_in_any_order_one_door_is_asked_for_at_a_time(events: list[e.Event]) -> None:
    """A second door is asked for only when the one before is at an end that opens nothing."""
    walk = Walk(Surroundings(enrolled=True, reader=True, chip=True, collects=True), COLLECTION)
    walk("code", *(("digit", digit) for digit in CODE), "submit")
    walk.wait(0)
    under_way = False
    for event in events:
        before = len(walk.effects)
        shown = walk(event)
        walk.wait(0)
        asked_for = [one for one in walk.effects[before:] if isinstance(one, OpenDoor)]
        assert len(asked_for) <= 1
        assert not (asked_for and under_way)
        page = walk.page
        under_way = isinstance(page, LockerPage) and page.state in {"opening", "open", "reminded", "overdue"}
        assert shown is not None
