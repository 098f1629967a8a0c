"""A seal under the scanner on the way to a ticket: it stands for a document, with a reader of chips or without one."""

import pytest
from msgspec.structs import replace

from kiosk.journey.events import ChipProgress, ChipRead, DocumentRead, ForgetDocument, Laid, MakeTicket, ReadChip
from kiosk.journey.steps.chip import ChipPage
from kiosk.journey.steps.closed import ClosedPage
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.government import GovernmentPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.service import ServicePage
from kiosk.journey.steps.ticket_status import StatusPage
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
    assert isinstance(walk.page, ClosedPage)
    shown = walk(SEAL)
    assert isinstance(shown, StatusPage)
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


PASSPORT = DocumentRead("UTO", laid=3, initial="B")


def sent(walk: Walk) -> tuple[Laid, ...]:
    """Go on to the ticket; gives the documents that go along with it."""
    for _ in range(12):
        if isinstance(walk.page, ConfirmPage):
            walk("confirm")
            (asked,) = [effect for effect in walk.effects if isinstance(effect, MakeTicket)]
            return asked.documents
        if isinstance(walk.page, KindPage | ServicePage):
            walk(("choose", walk.page.choices[0].id))
        else:
            walk("continue" if isinstance(walk.page, ChipPage) else "go-on")
    raise AssertionError(walk.page)


@pytest.mark.parametrize("passport_first", [True, False])
def test_a_seal_beside_a_passport_goes_along_and_the_passport_stays_the_document(
    around: Surroundings, *, passport_first: bool
) -> None:
    walk = Walk(replace(around, chip=True, scanner=True))
    passport, seal = (PASSPORT, ChipRead(1, 3, "look")), (replace(SEAL, issuer="NOR"), HOLDS)
    (before, told), (after, answer) = (passport, seal) if passport_first else (seal, passport)
    walk(("language", "en"), before, told)
    shown = walk(after)
    assert walk.effects[-1] == ReadChip(1, after.laid, beside=(before.laid,))
    assert isinstance(shown, ChipPage)
    assert shown.seal == after.seal
    shown = walk(answer)
    assert isinstance(shown, ChipPage)
    assert shown.state == "ended"
    assert (walk.journey.context.document, walk.journey.context.initial) == ("UTO", "B")
    assert sent(walk) == (Laid(3, 0), Laid(7, 1))


def test_the_passport_that_still_lies_there_is_not_read_once_more(around: Surroundings) -> None:
    walk = Walk(replace(around, chip=True, scanner=True))
    walk(("language", "en"), PASSPORT, ChipRead(1, 3, "look"), SEAL, HOLDS)
    effects = list(walk.effects)
    shown = walk(replace(PASSPORT, laid=9, same=3))
    assert isinstance(shown, ChipPage)
    assert (shown.seal, walk.effects) == ("visa", effects)
    # Another one begins anew, and leaves the seal that was shown last beside it.
    walk(DocumentRead("UTO", laid=10, initial="C"), ChipRead(1, 10, "look"))
    assert sent(walk) == (Laid(10, 0), Laid(7, 1))


def test_another_seal_takes_the_place_of_the_one_before(around: Surroundings) -> None:
    walk = Walk(replace(around, chip=True, scanner=True))
    walk(("language", "en"), PASSPORT, ChipRead(1, 3, "look"), SEAL, HOLDS)
    walk(replace(SEAL, laid=8), ChipRead(1, 8, "seal-unchecked"))
    assert walk.effects[-1] == ReadChip(1, 8, beside=(3,))
    assert sent(walk) == (Laid(3, 0), Laid(8, 1))


def test_whoever_goes_back_takes_both_along(around: Surroundings) -> None:
    walk = Walk(replace(around, chip=True, scanner=True))
    walk(("language", "en"), PASSPORT, ChipRead(1, 3, "look"), SEAL, HOLDS, "back", "no-document")
    assert any(isinstance(effect, ForgetDocument) for effect in walk.effects)
    assert walk.journey.context.beside is None
