"""What people bring: asked where the centre wants it, never a refusal, and told to staff with the ticket."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.journey.events import (
    Action,
    MakeTicket,
    OfferChanged,
    PrintTopic,
    StartCheckout,
    TerminalChanged,
    TopicPrinted,
)
from kiosk.journey.offer import CentreOffer
from kiosk.journey.steps.bring import BringPage
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.requirements import RequirementView, StatedItem
from queue_server.domain.requirements import FEE_LINE, RequiredForm, RequirementId, RequirementKind
from queue_server.domain.tariff import PARTY
from queue_server.domain.values import ServiceId
from tests.kiosk.journey.walk import Walk

LIST = (
    RequirementView(
        RequirementId("passport"), RequirementKind.DOCUMENT, {"en": "Old passport"}, form=RequiredForm.ORIGINAL
    ),
    RequirementView(RequirementId("photo"), RequirementKind.PHOTO, {"en": "One photo", "ar": "صورة واحدة"}),
    RequirementView(
        RequirementId("name"), RequirementKind.DOCUMENT, {"en": "Marriage record"}, only={"en": "only if it changed"}
    ),
    RequirementView(RequirementId("parents"), RequirementKind.PERSON, {"en": "Both parents"}, per="party"),
)
RENEWAL = ServiceId("renewal")
CHECKLISTS = {RENEWAL: LIST}


def asking(offer: CentreOffer) -> CentreOffer:
    return replace(offer, checklists=CHECKLISTS, asks_to_bring=True, reviewed={RENEWAL: "2026-11-02"})


@pytest.fixture
def walk(around: Surroundings, offer: CentreOffer) -> Walk:
    return Walk(replace(around, offer=asking(offer)))


def lacking(walk: Walk) -> tuple[StatedItem, ...] | None:
    made = next(one for one in reversed(walk.effects) if isinstance(one, MakeTicket | StartCheckout))
    return made.lacking


def test_a_service_without_a_list_asks_nothing(around: Surroundings, offer: CentreOffer) -> None:
    walk = Walk(replace(around, offer=offer))
    assert isinstance(walk.to_confirm(), ConfirmPage)
    walk("confirm")
    assert lacking(walk) is None


def test_what_was_not_touched_goes_along_with_the_ticket(walk: Walk) -> None:
    page = walk.to_confirm()
    assert isinstance(page, BringPage)
    assert [one.label for one in page.lines] == ["Old passport", "One photo", "Marriage record", "Both parents", ""]
    # The line that may not be theirs is not missing; what it costs stands last.
    assert (page.missing, page.lines[-1].kind, page.lines[0].form) == (4, "fee", "original")
    page = walk(("toggle", "renewal/passport"), ("toggle", "renewal/parents"))
    assert isinstance(page, BringPage)
    assert (page.missing, [one.had for one in page.lines]) == (2, [True, False, False, True, False])
    assert isinstance(walk("go-on"), ConfirmPage)
    walk("confirm")
    assert lacking(walk) == (
        StatedItem(RENEWAL, "photo", "anyone", 1),
        StatedItem(RENEWAL, FEE_LINE, PARTY),
    )


def test_touched_again_it_is_not_there(walk: Walk) -> None:
    walk.to_confirm()
    page = walk(("toggle", "renewal/photo"), ("toggle", "renewal/photo"), ("toggle", "renewal/nothing"))
    assert isinstance(page, BringPage)
    assert page.missing == 4


def test_whoever_has_all_says_so(walk: Walk) -> None:
    walk.to_confirm()
    for line in ("renewal/passport", "renewal/photo", "renewal/parents", "fee"):
        walk(("toggle", line))
    assert isinstance(walk("go-on"), ConfirmPage)
    walk("confirm")
    assert lacking(walk) == ()


def test_it_goes_along_with_what_is_paid_too(around: Surroundings, offer: CentreOffer) -> None:
    walk = Walk(replace(around, offer=asking(offer)))
    walk(TerminalChanged(True))
    walk.to_confirm()
    walk("go-on", "confirm", "pay")
    assert {one.requirement for one in lacking(walk) or ()} == {"passport", "photo", "parents", FEE_LINE}


def test_back_turns_the_list_back_and_keeps_what_was_touched(walk: Walk) -> None:
    walk.to_confirm()
    page = walk(("toggle", "renewal/passport"), ("turn", "3"))
    assert isinstance(page, BringPage)
    assert page.first == 3
    assert isinstance(page := walk(("turn", "1")), BringPage)
    assert page.first == 3
    assert isinstance(page := walk(("turn", "99")), BringPage)
    assert page.first == 3
    assert isinstance(page := walk("back"), BringPage)
    assert (page.first, page.lines[0].had) == (0, True)
    walk("go-on")
    assert isinstance(page := walk("back"), BringPage)
    assert page.lines[0].had
    assert not isinstance(walk("back"), BringPage)


def test_the_list_can_be_taken_along_on_paper(walk: Walk) -> None:
    walk.to_confirm()
    page = walk("print-list", "print-list")
    assert isinstance(page, BringPage)
    assert page.paper == "printing"
    (asked,) = (one for one in walk.effects if isinstance(one, PrintTopic))
    assert [(one.text, one.note) for one in asked.lines if one.kind == "item"] == [
        ("Old passport", "original"),
        ("One photo", ""),
        ("Marriage record", ""),
        ("Both parents", ""),
    ]
    assert asked.reviewed == "2026-11-02"
    page = walk(TopicPrinted(walk.number, asked.prints, is_printed=False))
    assert isinstance(page, BringPage)
    assert page.paper == "none"
    page = walk("print-list", TopicPrinted(walk.number, asked.prints + 1, is_printed=True))
    assert isinstance(page, BringPage)
    assert page.paper == "taken"


def test_a_list_that_was_withdrawn_asks_nothing(walk: Walk, offer: CentreOffer) -> None:
    walk.to_confirm()
    walk(("toggle", "renewal/passport"))
    walk(OfferChanged(offer))
    walk("go-on")
    assert isinstance(walk.page, ConfirmPage)
    walk("confirm")
    assert lacking(walk) in {(), None}


@given(touches=st.lists(st.sampled_from(["renewal/passport", "renewal/photo", "renewal/name", "fee", "other"])))
def test_whatever_is_touched_they_go_on(around: Surroundings, offer: CentreOffer, touches: list[str]) -> None:
    walk = Walk(replace(around, offer=asking(offer)))
    walk.to_confirm()
    for line in touches:
        walk(("toggle", line))
    walk("go-on", "confirm")
    had = {line for line in touches if touches.count(line) % 2}
    told = {one.requirement for one in lacking(walk) or ()}
    wanted = {"renewal/passport": "passport", "renewal/photo": "photo", "fee": FEE_LINE}
    assert told == {name for line, name in wanted.items() if line not in had} | {"parents"}


def test_the_words_are_those_of_the_person(walk: Walk) -> None:
    walk(("language", "ar"), "no-document", ("choose", "UTO"), ("choose", "passports"))
    page = walk(Action("choose", "renewal"))
    assert isinstance(page, BringPage)
    assert page.lines[1].label == "صورة واحدة"
