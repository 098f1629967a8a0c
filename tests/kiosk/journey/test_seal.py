"""A seal under the scanner on the way to a ticket: it stands for a document, with a reader of chips or without one."""

import pytest
from msgspec.structs import replace

from kiosk.journey.events import ChipProgress, ChipRead, DocumentRead, ForgetDocument, ReadChip
from kiosk.journey.steps.chip import ChipPage
from kiosk.journey.steps.government import GovernmentPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.place import PlacePage
from kiosk.journey.steps.rest import RestPage
from kiosk.journey.surroundings import Surroundings
from tests.kiosk.journey.walk import Walk

SEAL = DocumentRead("UTO", laid=7, seal="visa")
HOLDS = ChipRead(1, 7, "seal-holds")


@pytest.fixture(params=[False, True])
def walk(around: Surroundings, request: pytest.FixtureRequest) -> Walk:
    return Walk(replace(around, chip=request.param, scanner=True))


def test_it_is_told_until_the_person_goes_on_and_says_which_country(walk: Walk) -> None:
    assert isinstance(walk(("language", "en")), IdentifyPage)
    shown = walk(SEAL)
    assert walk.effects == [ReadChip(1, 7)]
    assert shown == ChipPage(
        step=1, centre=shown.centre, can_back=True, can_restart=True, can_language=True, seal="visa"
    )
    shown = walk(HOLDS)
    assert isinstance(shown, ChipPage)
    assert (shown.state, shown.outcome, shown.seal) == ("ended", "seal-holds", "visa")
    assert isinstance(walk.wait(10), ChipPage), "nobody is hurried past what is said of it"
    assert isinstance(walk("continue"), KindPage)


def test_before_a_language_is_chosen_it_waits_for_one(walk: Walk) -> None:
    assert isinstance(walk(SEAL, HOLDS), LanguagePage)
    shown = walk(("language", "en"))
    assert isinstance(shown, ChipPage | IdentifyPage)
    assert walk.journey.context.document == "UTO"


def test_where_the_country_is_asked_for_a_seal_answers(walk: Walk) -> None:
    walk(("language", "en"))
    assert isinstance(walk("no-document"), GovernmentPage)
    shown = walk(SEAL, HOLDS)
    assert isinstance(shown, ChipPage)
    assert isinstance(walk("continue"), KindPage)


def test_whoever_goes_back_takes_it_along(walk: Walk) -> None:
    walk(("language", "en"), SEAL, HOLDS, "back", "no-document")
    assert any(isinstance(effect, ForgetDocument) for effect in walk.effects)


def test_where_no_document_is_taken_it_is_a_code_that_is_no_ticket(around: Surroundings) -> None:
    walk = Walk(replace(around, scanner=True, out_of_order=True))
    assert isinstance(walk.page, RestPage)
    shown = walk(SEAL)
    assert isinstance(shown, PlacePage)
    assert shown.found == "unknown"
    assert walk.journey.context.chip is None


def test_a_seal_does_not_stop_a_chip_that_is_being_read(around: Surroundings) -> None:
    walk = Walk(replace(around, chip=True, scanner=True))
    walk(("language", "en"), DocumentRead("UTO", laid=3), ChipProgress(1, 3, "reading", 40))
    shown = walk(SEAL)
    assert isinstance(shown, ChipPage)
    assert (shown.state, shown.seal) == ("reading", "")
    assert ReadChip(1, 7) not in walk.effects
    # Afterwards it is the paper of this person.
    shown = walk(ChipRead(1, 3, "look"), SEAL, HOLDS)
    assert isinstance(shown, ChipPage)
    assert (shown.outcome, shown.seal) == ("seal-holds", "visa")
