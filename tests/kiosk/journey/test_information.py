"""Somebody reads what they want to know: from the first page on, also while the server is away."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.journey import events as e
from kiosk.journey import information
from kiosk.journey.availability import Availability
from kiosk.journey.flows.visit import VISIT
from kiosk.journey.information import KioskInformation, TopicLine
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import Choice
from kiosk.journey.steps.closed import ClosedPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.topic import TopicPage
from kiosk.journey.steps.topics import TopicsPage
from kiosk.journey.steps.unavailable import UnavailablePage
from kiosk.journey.surroundings import Health, Surroundings
from tests.kiosk.journey.conftest import INFORMATION
from tests.kiosk.journey.walk import Walk

CONTACT = TopicLine("contact", "Night desk", "+44 20 7946 0958", "At night")


def reading(around: Surroundings, *, connected: bool = True) -> Surroundings:
    return replace(around, information=INFORMATION, paper=True, health=Health(connected=connected))


def test_it_is_there_from_the_first_page_and_leads_back_there(around: Surroundings) -> None:
    walk = Walk(reading(around))
    assert isinstance(walk.page, LanguagePage)
    assert walk.page.can_inform
    assert walk("information") == TopicsPage(
        steps=0,
        can_restart=True,
        centre=walk.page.centre,
        choices=(Choice("fees", "Fees", "money"),),
    )
    shown = walk(("choose", "fees"))
    assert isinstance(shown, TopicPage)
    assert (shown.title, shown.lines) == ("Fees", (CONTACT, TopicLine("row", "Passport", "EUR 65.00")))
    # In another language where somebody asks for it, on the page itself.
    other = walk("show-language", ("language", "ar"))
    assert isinstance(other, TopicPage)
    assert other.title == "الرسوم"
    assert isinstance(walk("back"), TopicsPage)
    assert isinstance(walk("back"), LanguagePage)
    assert walk.journey.flow is VISIT
    assert isinstance(walk(("language", "en")), IdentifyPage)


def test_a_language_that_was_chosen_is_that_of_the_page(around: Surroundings) -> None:
    walk = Walk(reading(around))
    assert not walk(("language", "ar")).can_inform
    page = walk("back", "information", ("choose", "fees"))
    assert isinstance(page, TopicPage)
    assert page.title == "الرسوم"
    assert isinstance(walk("back", "back"), LanguagePage)


def test_a_kiosk_without_pages_says_nothing_of_them(around: Surroundings) -> None:
    walk = Walk(around)
    assert not walk.page.can_inform
    assert isinstance(walk("information"), LanguagePage)


def test_it_is_read_where_the_kiosk_gives_no_tickets(around: Surroundings) -> None:
    for other, page in (
        (replace(reading(around), availability=Availability(closed="closed")), ClosedPage),
        (replace(reading(around), offer=CentreOffer()), UnavailablePage),
    ):
        walk = Walk(other)
        assert isinstance(walk.page, page)
        assert walk.page.can_inform
        assert isinstance(walk("information", ("choose", "fees")), TopicPage)
        assert isinstance(walk("back", "back"), page)


def test_while_the_server_is_away_it_says_from_when_it_is(around: Surroundings) -> None:
    walk = Walk(reading(around, connected=False))
    for page in (walk("information"), walk(("choose", "fees"))):
        assert isinstance(page, TopicsPage | TopicPage)
        assert (page.day, page.time) == ("2026-11-24", "10:38")
    back = walk(e.HealthChanged(Health(connected=True)))
    assert isinstance(back, TopicPage)
    assert (back.day, back.time) == ("", "")


def test_a_page_is_taken_along_on_paper_once_until_it_is_asked_for_again(around: Surroundings) -> None:
    walk = Walk(reading(around))
    assert paper(walk("information", ("choose", "fees"))) == "offered"
    assert paper(walk("print-topic", "print-topic")) == "printing"
    (asked,) = [one for one in walk.effects if isinstance(one, e.PrintTopic)]
    assert (asked.title, asked.lines[0], asked.reviewed) == ("Fees", CONTACT, "2026-11-02")
    assert paper(walk(e.TopicPrinted(walk.number, 1, is_printed=False))) == "none"
    walk("print-topic")
    # The answer to the first try comes late.
    assert paper(walk(e.TopicPrinted(walk.number, 1, is_printed=True))) == "printing"
    assert paper(walk(e.TopicPrinted(walk.number, 2, is_printed=True))) == "taken"
    assert paper(walk("back", ("choose", "fees"))) == "offered"
    assert paper(walk(e.PaperChanged(paper=False))) == ""
    assert isinstance(walk("done"), LanguagePage)
    assert walk.number == 2


def paper(page: object) -> str:
    assert isinstance(page, TopicPage)
    return page.paper


def test_a_page_that_is_taken_out_leads_to_the_list(around: Surroundings) -> None:
    walk = Walk(reading(around))
    walk("information", ("choose", "fees"))
    changed = walk(e.InformationChanged(KioskInformation((), "2026-11-24", "10:39")))
    assert isinstance(changed, TopicsPage)
    assert changed.choices == ()


def test_a_page_that_is_over_says_so(around: Surroundings) -> None:
    (topic,) = INFORMATION.topics
    ended = replace(INFORMATION, topics=(replace(topic, valid_until=date(2026, 1, 31)),))
    offer = replace(around.offer, day=date(2026, 2, 1))
    walk = Walk(replace(reading(around), information=ended, offer=offer))
    page = walk("information", ("choose", "fees"))
    assert isinstance(page, TopicPage)
    assert page.over == "2026-01-31"


@given(st.text(max_size=1200))
def test_long_texts_are_cut_into_pieces_that_fit_and_no_letter_is_lost(text: str) -> None:
    pieces = list(information.pieces(text))
    assert all(0 < len(one) <= information.MAX_LINE + 1 for one in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
