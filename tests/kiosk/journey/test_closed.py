"""No tickets now, notices and emergencies: what happens around a person."""

import pytest
from msgspec.structs import replace

from kiosk.journey import idle
from kiosk.journey.availability import Availability
from kiosk.journey.events import (
    AvailabilityChanged,
    Issued,
    ModeChanged,
    OfferChanged,
    Printed,
    Scanned,
    TimePassed,
    Wipe,
)
from kiosk.journey.notice import EmergencyNoticePage, NoticeWords, ShownNotice
from kiosk.journey.offer import CentreOffer
from kiosk.journey.steps.closed import ClosedPage
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.government import GovernmentPage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.ticket import TicketPage
from kiosk.journey.steps.unavailable import UnavailablePage
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import NoticeKind, NoticeText
from tests.kiosk.journey.conftest import DELAY, LEAVE, NOON, noticed, ticket_text
from tests.kiosk.journey.walk import TIMING, Walk

CLOSED = AvailabilityChanged(Availability(closed="closed", opens=NOON, days=2))
OPEN = AvailabilityChanged(Availability())
EMERGENCY = AvailabilityChanged(Availability(notices=(DELAY, LEAVE)))


def test_closed_comes_between_persons_and_goes_by_itself(walk: Walk) -> None:
    shown = walk(CLOSED)
    assert shown == ClosedPage(
        centre="Consular Support Centre",
        can_back=False,
        can_restart=False,
        reason="closed",
        days=2,
        weekday=1,
        day=28,
        month=9,
        time="12:00",
        others=("ar", "ps", "fr"),
        scanner=True,
    )
    assert idle.due(walk.journey) is None
    assert isinstance(walk("help"), HelpPage), "staff can be called all the same"
    assert isinstance(walk("no-help"), ClosedPage)
    assert isinstance(walk(("show-language"), ("language", "ar")), ClosedPage)
    assert walk.journey.context.language == "ar"
    chosen = walk.page
    assert isinstance(chosen, ClosedPage)
    assert chosen.others == (), "who has chosen a language reads that one"
    assert isinstance(walk(OPEN), LanguagePage)


@pytest.mark.parametrize("change", [CLOSED, ModeChanged(out_of_order=True)])
def test_who_has_begun_may_finish(walk: Walk, change: AvailabilityChanged | ModeChanged) -> None:
    walk.to_confirm()
    assert isinstance(walk(change), ConfirmPage)
    ticket = walk("confirm", Issued(1, "visit-1", "B042"), Printed(1, "taken"))
    assert isinstance(ticket, TicketPage)
    assert isinstance(walk("done"), ClosedPage)


@pytest.mark.parametrize(
    ("hall", "out", "reason"),
    [
        (Availability(closed="closed"), False, "closed"),
        (Availability(closed="last-ticket"), False, "last-ticket"),
        (Availability(closed="full"), False, "full"),
        (Availability(closed="closed"), True, "out-of-order"),
        (Availability(), True, "out-of-order"),
    ],
)
def test_the_page_says_why(walk: Walk, hall: Availability, out: bool, reason: str) -> None:
    shown = walk(AvailabilityChanged(hall), ModeChanged(out))
    assert isinstance(shown, ClosedPage)
    assert (shown.reason, shown.days) == (reason, -1)


def test_a_closed_centre_without_a_catalogue_is_closed(walk: Walk, offer: CentreOffer) -> None:
    walk(OfferChanged(replace(offer, services=())), CLOSED)
    assert isinstance(walk.page, ClosedPage)


def test_while_no_tickets_are_given_all_languages_say_why_and_what_is_announced(walk: Walk, offer: CentreOffer) -> None:
    full = Availability(closed="full", notices=(DELAY,))
    rest = walk(AvailabilityChanged(full))
    assert isinstance(rest, ClosedPage)
    assert rest.notice == ShownNotice(
        "delay", (NoticeWords("en"), NoticeWords("ar"), NoticeWords("ps"), NoticeWords("fr"))
    )
    assert rest.others == ("ar", "ps", "fr")
    chosen = walk("show-language", ("language", "fr"))
    assert isinstance(chosen, ClosedPage)
    assert (chosen.notice, chosen.others) == (ShownNotice("delay", (NoticeWords("fr"),)), ())
    typed = noticed(NoticeKind.ANNOUNCEMENT, NoticeText.OWN, own={"fr": "Ascenseur en panne"})
    walk("restart", AvailabilityChanged(Availability(closed="full", notices=(typed,))))
    rest = walk.page
    assert isinstance(rest, ClosedPage)
    assert rest.notice == ShownNotice(
        "own", (NoticeWords("en"), NoticeWords("ar"), NoticeWords("ps"), NoticeWords("fr", "Ascenseur en panne"))
    )
    sorry = walk(AvailabilityChanged(Availability()), OfferChanged(replace(offer, services=())))
    assert isinstance(sorry, UnavailablePage)
    assert sorry.others == ("ar", "ps", "fr")
    chosen_sorry = walk("show-language", ("language", "ar"))
    assert isinstance(chosen_sorry, UnavailablePage)
    assert chosen_sorry.others == ()


def test_an_announcement_is_said_on_the_first_page_and_beside_the_ticket(walk: Walk) -> None:
    first = walk(AvailabilityChanged(Availability(notices=(DELAY,))))
    assert isinstance(first, LanguagePage)
    assert first.notice == ShownNotice(
        "delay", (NoticeWords("en"), NoticeWords("ar"), NoticeWords("ps"), NoticeWords("fr"))
    )
    walk(("language", "ar"), "no-document", ("choose", "UTO"), ("choose", "passports"), ("choose", "renewal"))
    ticket = walk("confirm", Issued(1, "visit-1", "B042"))
    assert isinstance(ticket, TicketPage)
    assert ticket.notice == ShownNotice("delay", (NoticeWords("ar"),))
    gone = walk(OPEN)
    assert isinstance(gone, TicketPage)
    assert gone.notice is None


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (
            {"fr": "Salle 2", "ar": "الغرفة 2"},
            (NoticeWords("en"), NoticeWords("ar", "الغرفة 2"), NoticeWords("ps"), NoticeWords("fr", "Salle 2")),
        ),
        ({"de": "Raum 2"}, (NoticeWords("en", "Raum 2"),)),
        ({}, None),
    ],
)
def test_a_typed_text_is_said_in_what_it_was_typed_in_and_every_other_language_says_whom_to_ask(
    walk: Walk, own: dict[str, str], said: tuple[NoticeWords, ...] | None
) -> None:
    first = walk(
        AvailabilityChanged(Availability(notices=(noticed(NoticeKind.ANNOUNCEMENT, NoticeText.OWN, own=own),)))
    )
    assert isinstance(first, LanguagePage)
    assert first.notice == (ShownNotice("own", said) if said else None)


def test_an_emergency_takes_the_whole_screen_in_every_language(walk: Walk) -> None:
    walk(("language", "ar"), "no-document", ("choose", "UTO"))
    shown = walk(EMERGENCY)
    assert shown == EmergencyNoticePage(
        can_back=False,
        can_restart=False,
        can_language=False,
        centre="Consular Support Centre",
        notice=ShownNotice(
            "leave-building", (NoticeWords("en"), NoticeWords("ar"), NoticeWords("ps"), NoticeWords("fr"))
        ),
    )
    assert walk.effects == [Wipe()], "who has no ticket yet is forgotten at once"
    before = walk.journey
    walk(
        ("language", "ar"),
        "help",
        Scanned(ticket_text("01920000-0000-7000-8000-000000000001")),
        "technician",
        TimePassed(),
    )
    assert walk.journey == before, "nothing can be touched"
    assert isinstance(walk(OPEN), LanguagePage)


def test_an_emergency_takes_no_ticket_away(walk: Walk) -> None:
    walk.to_confirm()
    walk("confirm", EMERGENCY)
    shown = walk(Issued(1, "visit-1", "B042"))
    assert isinstance(shown, EmergencyNoticePage)
    assert shown.code == "B042", "the number is seen, whatever becomes of the paper"
    walk(Printed(1, "none"))
    assert walk.number == 1
    assert isinstance(walk(OPEN), TicketPage), "a false alarm leaves it where it was"
    walk(EMERGENCY)
    assert isinstance(walk.wait(TIMING.emergency - 1), EmergencyNoticePage)
    assert walk.number == 1
    ended = walk.wait(1)
    assert isinstance(ended, EmergencyNoticePage)
    assert (ended.code, walk.number) == ("", 2)
    assert walk.effects[-1] == Wipe()
    assert idle.due(walk.journey) is None


def test_an_emergency_interrupts_the_question_whether_somebody_is_there(walk: Walk) -> None:
    walk.to_ticket()
    walk(Printed(1, "cut"))
    walk.wait(65)
    shown = walk(EMERGENCY)
    assert isinstance(shown, EmergencyNoticePage)
    assert shown.code == "B042"


def test_a_second_notice_does_not_wipe_again(walk: Walk) -> None:
    walk.to_ticket()
    walk(EMERGENCY)
    stay = noticed(NoticeKind.EMERGENCY, NoticeText.STAY_INSIDE)
    shown = walk(AvailabilityChanged(Availability(notices=(LEAVE, stay))))
    assert isinstance(shown, EmergencyNoticePage)
    assert (shown.notice.text, shown.code) == ("stay-inside", "B042")


def test_before_set_up_nothing_is_announced(offer: CentreOffer) -> None:
    walk = Walk(Surroundings(offer=offer))
    assert not isinstance(walk(EMERGENCY), EmergencyNoticePage)


def test_a_journey_goes_on_after_a_change_that_does_not_concern_it(walk: Walk) -> None:
    walk(("language", "ar"), "no-document")
    assert isinstance(walk(AvailabilityChanged(Availability(notices=(DELAY,)))), GovernmentPage)
