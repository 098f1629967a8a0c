"""One journey after the other, read like a person walks through it."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from kiosk.journey import idle
from kiosk.journey.context import Context
from kiosk.journey.events import (
    CallStaff,
    DocumentRead,
    DocumentUnread,
    Enrol,
    EnrolByText,
    EnrolmentScanned,
    EnrolRefused,
    Event,
    FailureCode,
    HealthChanged,
    HelpAnswered,
    Issued,
    IssueFailed,
    MakeTicket,
    OfferChanged,
    PaperChanged,
    Printed,
    ReaderChanged,
    ReadingStarted,
    Refresh,
    Scanned,
    VisitAccepted,
    Wipe,
    WithdrawCall,
)
from kiosk.journey.flows.enrolment import ENROLMENT
from kiosk.journey.idle import IdlePage
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import JourneyPage, OwedFee
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.display import DisplayPage
from kiosk.journey.steps.government import GovernmentPage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.service import ServicePage
from kiosk.journey.steps.setup import SetupPage
from kiosk.journey.steps.ticket import TicketPage
from kiosk.journey.steps.unavailable import UnavailablePage
from kiosk.journey.surroundings import DevicePart, Surroundings
from queue_server.domain.tariff import ANYONE, Headcount
from queue_server.domain.values import HelpKind, HelpSubject
from tests.kiosk.journey.conftest import FEE
from tests.kiosk.journey.walk import Walk

PERSONAL = (HelpKind.HELP, HelpKind.PRIVATE)


def test_a_whole_journey_without_a_document(walk: Walk) -> None:
    first = walk.page
    assert isinstance(first, LanguagePage)
    assert [one.code for one in first.languages] == ["en", "ar", "ps", "fr"]
    assert not first.can_back
    assert not first.can_restart
    assert not first.can_language
    assert isinstance(walk(("language", "ar")), IdentifyPage)
    government = walk("no-document")
    assert isinstance(government, GovernmentPage)
    assert [(one.id, one.label) for one in government.choices] == [("UTO", "Utopia"), ("EGY", "مصر")]
    kind = walk(("choose", "UTO"))
    assert isinstance(kind, KindPage)
    assert (kind.government, kind.told, kind.more) == ("Utopia", False, False)
    assert [(one.id, one.icon) for one in kind.choices] == [("passports", "passport"), ("money", "money")]
    service = walk(("choose", "passports"))
    assert isinstance(service, ServicePage)
    assert service.kind == "جواز سفر"
    confirm = walk(("choose", "renewal"))
    assert isinstance(confirm, ConfirmPage)
    assert (confirm.service, confirm.government, confirm.icon) == ("خدمة renewal", "Utopia", "passport")
    assert [stop.label for stop in confirm.stops] == ["فحص الأوراق", "Collect your receipt"]
    assert confirm.centre == "مركز الدعم القنصلي"
    walk("confirm")
    assert walk.effects == [
        MakeTicket(
            1,
            ("renewal",),
            "ar",
            "مركز الدعم القنصلي",
            confirm.stops,
            people=(Headcount(ANYONE, 1),),
            owed=OwedFee((FEE,)),
        ),
    ]
    ticket = walk(Issued(1, "visit-1", "B042"), VisitAccepted(1, 6))
    assert isinstance(ticket, TicketPage)
    assert (ticket.code, ticket.paper, ticket.ahead, ticket.step) == ("B042", "printing", 6, 5)
    assert not ticket.can_back
    printed = walk(Printed(1, "taken"))
    assert isinstance(printed, TicketPage)
    assert printed.paper == "taken"
    assert isinstance(walk("done"), LanguagePage)
    assert walk.effects[-1] == Wipe()
    assert walk.journey.pristine
    assert walk.number == 2


def test_a_document_chooses_government_first_and_suggests_a_language(walk: Walk) -> None:
    laid = walk(ReadingStarted(), DocumentRead("EGY"))
    assert isinstance(laid, LanguagePage)
    assert laid.suggested == "ar"
    assert walk.journey.context.language == "ar"
    kind = walk(("language", "ar"))
    assert isinstance(kind, KindPage), "whoever has shown a document is not asked for it again, nor for its country"
    assert (kind.government, kind.told) == ("مصر", True)
    government = walk("elsewhere")
    assert isinstance(government, GovernmentPage), "another country is one touch away"
    assert [one.id for one in government.choices] == ["UTO", "EGY"]
    assert walk("back") == kind
    other = walk("elsewhere", ("choose", "UTO"))
    assert isinstance(other, KindPage)
    assert (other.government, other.told) == ("Utopia", False)
    assert isinstance(walk("back"), GovernmentPage)
    assert walk("back") == kind
    assert isinstance(walk("back"), IdentifyPage)
    without = walk("no-document")
    assert isinstance(without, GovernmentPage)


def test_a_document_on_the_first_page_begins_the_visit_for_all_to_see(walk: Walk) -> None:
    seen = [walk.page]
    seen += [walk(event) for event in (ReadingStarted(), DocumentUnread(), ReadingStarted(), DocumentRead("UTO"))]
    assert [page.reader for page in seen if isinstance(page, LanguagePage)] == [
        "ready",
        "reading",
        "again",
        "reading",
        "read",
    ]
    names = [[one.code for one in page.languages] for page in seen if isinstance(page, LanguagePage)]
    assert names == [names[0]] * 5, "no name moves while somebody reaches for it"
    assert seen[-1].can_restart, "the visit has begun"
    assert not isinstance(walk(("language", "fr")), LanguagePage | IdentifyPage)


def test_a_reader_that_is_away_is_not_spoken_of_on_the_first_page(walk: Walk) -> None:
    first = walk(ReaderChanged(reader=False))
    assert isinstance(first, LanguagePage)
    assert first.reader == "missing"
    walk(ReaderChanged(reader=True), ("language", "fr"))
    later = walk("show-language")
    assert isinstance(later, LanguagePage)
    assert later.reader == "missing"


def test_a_chosen_language_is_not_changed_by_a_document(walk: Walk) -> None:
    assert isinstance(walk(("language", "fr"), DocumentRead("EGY")), KindPage)
    assert walk.journey.context.language == "fr"


@pytest.mark.parametrize(
    ("issuer", "language"), [("EGY", "ar"), ("AFG", "ps"), ("TCD", "en"), ("UKR", "en"), ("UTO", "en"), ("D", "en")]
)
def test_a_language_is_suggested_only_where_one_offered_language_fits(walk: Walk, issuer: str, language: str) -> None:
    walk(DocumentRead(issuer))
    assert walk.journey.context.language == language


def test_the_short_code_of_germany_names_its_government(walk: Walk) -> None:
    walk(DocumentRead("D"))
    assert walk.journey.context.document == "DEU"


def test_a_document_of_a_government_that_is_not_served_suggests_nothing(walk: Walk) -> None:
    government = walk(("language", "en"), DocumentRead("NIL"))
    assert isinstance(government, GovernmentPage)


def test_a_document_that_cannot_be_read_is_asked_for_again(walk: Walk) -> None:
    again = walk(("language", "en"), ReadingStarted(), DocumentUnread())
    assert isinstance(again, IdentifyPage)
    assert again.reader == "again"
    missing = walk(ReaderChanged(reader=False))
    assert isinstance(missing, IdentifyPage)
    assert missing.reader == "missing"


def test_a_kiosk_that_never_had_a_reader_tells_of_no_defect(walk: Walk) -> None:
    none = replace(walk.journey.around.health, parts=(DevicePart("reader", "noDevice"),))
    asked = walk(ReaderChanged(reader=False), HealthChanged(none), ("language", "en"))
    assert isinstance(asked, IdentifyPage)
    assert asked.reader == "none"
    fails = replace(none, parts=(DevicePart("reader", "noDevice", "device-away", "mrz:/dev/reader"),))
    told = walk(HealthChanged(fails))
    assert isinstance(told, IdentifyPage)
    assert told.reader == "missing"


def test_a_kiosk_whose_server_is_away_says_so_before_anybody_tries(walk: Walk) -> None:
    away = replace(walk.journey.around.health, connected=False)
    first = walk(HealthChanged(away))
    assert isinstance(first, LanguagePage)
    assert not first.scanner, "a ticket under the scanner would be asked for in vain"
    asked = walk(("language", "en"))
    assert isinstance(asked, IdentifyPage)
    assert asked.away
    back = walk(HealthChanged(replace(away, connected=True)))
    assert isinstance(back, IdentifyPage)
    assert not back.away


def test_a_document_later_on_changes_nothing(walk: Walk) -> None:
    walk.to_confirm()
    before = walk.journey.context
    walk(DocumentRead("EGY"))
    assert walk.journey.context == before


def test_back_leads_through_every_page_to_the_first(walk: Walk) -> None:
    walk.to_confirm()
    seen = []
    while walk.page.can_back:
        seen.append(type(walk("back")))
    assert seen == [ServicePage, KindPage, GovernmentPage, IdentifyPage, LanguagePage]


@pytest.mark.parametrize(
    "start_at",
    [
        lambda walk: walk(("language", "en")),
        lambda walk: walk(("language", "en"), DocumentRead("UTO")),
        lambda walk: walk.to_confirm(),
        lambda walk: walk.to_ticket(),
    ],
)
def test_help_language_and_display_keep_the_place(walk: Walk, start_at: Callable[[Walk], JourneyPage]) -> None:
    place = start_at(walk)
    step = walk.journey.step
    assert isinstance(walk("help"), HelpPage)
    assert isinstance(walk("show-display"), DisplayPage)
    assert isinstance(walk("show-language"), LanguagePage)
    assert isinstance(walk(("language", "ar")), DisplayPage)
    assert walk.journey.context.language == "ar"
    assert isinstance(walk("show-display"), HelpPage)
    back = walk("no-help")
    assert type(back) is type(place)
    assert walk.journey.step is step


def test_help_says_honestly_how_far_it_is(walk: Walk) -> None:
    shown = walk("help")
    assert isinstance(shown, HelpPage)
    assert (shown.sent, shown.kiosk, shown.private, shown.has_ticket) == ("sending", "Kiosk 3", False, False)
    for sent in ("away", "told", "coming"):
        shown = walk(HelpAnswered(1, 1, sent))
        assert isinstance(shown, HelpPage)
        assert shown.sent == sent
    assert isinstance(later := walk(HelpAnswered(1, 1, "told")), HelpPage)
    assert later.sent == "coming", "an answer that comes late does not take back that staff come"
    private = walk("private")
    assert isinstance(private, HelpPage)
    assert (private.private, private.sent) == (True, "sending")
    walk("help")
    first, second = (CallStaff(1, call, kind, None, HelpSubject.START) for call, kind in enumerate(PERSONAL, 1))
    assert walk.effects == [first, second, second], "asked again it is the same call, and stays private"


def test_a_call_counts_its_minutes_and_says_when_nobody_has_come(walk: Walk) -> None:
    walk(("language", "ar"), "help", HelpAnswered(1, 1, "told"))
    called, told = walk.clock - 1, {}
    for at in (1, 59, 60, 119, 120, 200):
        shown = walk.wait(called + at - walk.clock)
        assert isinstance(shown, HelpPage)
        told[at] = (shown.minutes, shown.late)
    assert told == {1: (0, False), 59: (0, False), 60: (1, False), 119: (1, False), 120: (2, True), 200: (3, True)}
    coming = walk(HelpAnswered(1, 1, "coming"))
    assert isinstance(coming, HelpPage)
    assert (coming.sent, coming.minutes, coming.late) == ("coming", 3, False)
    assert isinstance(walk.wait(102), IdlePage), "the minutes are no touch"


@pytest.mark.parametrize(
    ("events", "about"),
    [
        ((), HelpSubject.DOCUMENT),
        (("no-document",), HelpSubject.CHOICE),
        (("no-document", ("choose", "UTO"), ("choose", "passports"), ("choose", "renewal")), HelpSubject.CONFIRM),
    ],
)
def test_staff_hear_the_language_and_the_page(
    walk: Walk, events: tuple[str | tuple[str, str], ...], about: HelpSubject
) -> None:
    walk(("language", "ar"), *events, "show-display", "help")
    assert walk.effects == [CallStaff(1, 1, HelpKind.HELP, "ar", about)]


def test_a_call_ends_when_the_person_says_so_and_a_second_one_is_new(walk: Walk) -> None:
    walk("help", HelpAnswered(1, 1, "told"), "no-help")
    assert walk.effects[1:] == [WithdrawCall(1)]
    shown = walk("help")
    assert isinstance(shown, HelpPage)
    assert (shown.sent, shown.minutes) == ("sending", 0)
    assert walk.effects[2:] == [CallStaff(1, 2, HelpKind.HELP, None, HelpSubject.START)]
    assert isinstance(walk(HelpAnswered(1, 1, "coming")), HelpPage)
    assert walk.journey.context.help is not None
    assert walk.journey.context.help.sent == "sending", "that was the call before"
    walk("back")
    assert len(walk.effects) == 3, "who looks at the page before still waits for somebody"


def test_no_paper_is_said_before_and_again_when_it_ends(walk: Walk) -> None:
    shown = walk(PaperChanged(paper=False))
    assert isinstance(shown, LanguagePage)
    assert shown.no_paper
    assert walk.journey.pristine
    confirm = walk.to_confirm()
    assert isinstance(confirm, ConfirmPage)
    assert confirm.no_paper
    ticket = walk("confirm", Issued(1, "visit-1", "B042"), Printed(1, "none"))
    assert isinstance(ticket, TicketPage)
    assert ticket.paper == "none"
    assert isinstance(walk.wait(59), TicketPage)
    assert isinstance(walk.wait(2), IdlePage), "a number that must be written down does not vanish unasked"


def test_a_confirm_issues_once(walk: Walk) -> None:
    walk.to_confirm()
    shown = walk("confirm", "confirm", "back", "restart", "confirm")
    assert isinstance(shown, ConfirmPage)
    assert not shown.can_back
    assert not shown.can_restart
    assert len(walk.effects) == 1
    walk(IssueFailed(1, FailureCode.OUTBOX))
    sorry = walk.page
    assert isinstance(sorry, UnavailablePage)
    assert sorry.problem == "kiosk-outbox"
    assert isinstance(walk("continue"), ConfirmPage)
    walk("confirm")
    assert len(walk.effects) == 2


def test_an_answer_for_somebody_who_left_is_ignored(walk: Walk) -> None:
    walk.to_ticket()
    walk("done")
    before = walk.journey
    for late in (
        Printed(1, "cut"),
        VisitAccepted(1, 3),
        HelpAnswered(1, 1, "coming"),
        Issued(1, "v", "B043"),
        IssueFailed(1, FailureCode.OUTBOX),
    ):
        walk(late)
    assert walk.journey == before


def test_idle_asks_counts_down_and_wipes(walk: Walk) -> None:
    assert idle.due(walk.journey) is None, "a kiosk that nobody has touched waits for ever"
    walk.to_confirm()
    assert isinstance(walk.wait(59.5), ConfirmPage)
    asked = walk.wait(0.5)
    assert isinstance(asked, IdlePage)
    assert (asked.left, asked.step) == (20, 4)
    later = walk.wait(13)
    assert isinstance(later, IdlePage)
    assert later.left == 7
    for _ in range(11):
        assert isinstance(walk("more-time", after=0.1), ConfirmPage)
        assert isinstance(walk.wait(60), IdlePage)
    assert isinstance(walk.wait(19.9), IdlePage)
    assert isinstance(walk.wait(0.1), LanguagePage)
    assert walk.effects == [Wipe()]
    assert walk.journey.pristine


def test_a_touch_while_the_page_asks_hits_nothing_behind_it(walk: Walk) -> None:
    walk.to_confirm()
    walk.wait(65)
    assert isinstance(walk("confirm"), ConfirmPage)
    assert walk.effects == []
    walk.wait(65)
    assert isinstance(walk("back"), ConfirmPage)
    walk.wait(65)
    assert isinstance(walk("help"), HelpPage)
    walk.wait(305)
    assert isinstance(walk("finished"), LanguagePage)


@pytest.mark.parametrize(
    ("events", "patience"),
    [
        ((("language", "en"), "show-display", "toggle-large", "done"), 120),
        ((("language", "en"), ReadingStarted()), 120),
        ((("language", "en"),), 60),
    ],
)
def test_who_needs_longer_gets_longer(
    walk: Walk, events: tuple[Event | str | tuple[str, str], ...], patience: float
) -> None:
    walk(*events)
    assert idle.due(walk.journey) == walk.clock + patience


def test_the_ticket_page_ends_by_itself_once_the_ticket_is_taken(walk: Walk) -> None:
    walk.to_ticket()
    walk(Printed(1, "taken"))
    assert isinstance(walk.wait(29), TicketPage)
    assert isinstance(walk.wait(1), LanguagePage)
    assert walk.effects[-1] == Wipe()


def test_the_ticket_page_of_whoever_reads_large_text_stays_twice_as_long(walk: Walk) -> None:
    walk(("language", "en"), "show-display", "toggle-large", "done")
    walk("no-document", ("choose", "UTO"), ("choose", "passports"), ("choose", "renewal"))
    walk("confirm", Issued(walk.number, "visit-1", "B042"), Printed(1, "taken"))
    assert idle.due(walk.journey) == walk.clock + 60
    assert isinstance(walk.wait(59), TicketPage)
    assert isinstance(walk.wait(1), LanguagePage)


def test_a_language_that_is_offered_no_longer_is_asked_for_again(walk: Walk, smaller: CentreOffer) -> None:
    """The page goes on in one that is: whoever holds the ticket reads it, and a document may suggest another."""
    walk(("language", "fr"), "no-document")
    assert walk.journey.context.language_chosen
    walk(OfferChanged(smaller))
    assert (walk.journey.context.language, walk.journey.context.language_chosen) == ("en", False)
    walk(OfferChanged(smaller))
    assert walk.journey.context.language == "en"


def test_start_again_wipes_from_every_page(walk: Walk) -> None:
    walk("show-display", "toggle-large", "toggle-contrast", "toggle-lowered")
    assert walk.page == DisplayPage(centre="Consular Support Centre", large=True, contrast=True, lowered=True)
    walk("back", DocumentRead("UTO"), ("language", "ar"), ("choose", "UTO"), "help")
    assert isinstance(walk.start_over(), LanguagePage)
    assert walk.journey.context == Context(language="en")
    assert walk.effects[-1] == Wipe()


def test_setup_takes_a_code_once_and_another_after_a_refusal(offer: CentreOffer) -> None:
    walk = Walk(Surroundings(offer=replace(offer, services=())), ENROLMENT)
    assert isinstance(walk.page, SetupPage)
    for digit in "123456789":
        walk(("digit", digit))
    walk(("digit", "x"), ("digit", ""), "erase", ("digit", "9"))
    shown = walk("submit", "submit", "erase")
    assert isinstance(shown, SetupPage)
    assert (shown.entered, shown.busy) == ("12345679", True)
    assert walk.effects == [Enrol("12345679")]
    refused = walk(EnrolRefused(FailureCode.ENROL_CODE))
    assert isinstance(refused, SetupPage)
    assert (refused.entered, refused.problem, refused.busy) == ("", "kiosk-enrol-code", False)
    for digit in "98765432":
        walk(("digit", digit))
    walk("submit")
    assert walk.effects == [Enrol("12345679"), Enrol("98765432")]


def test_setup_takes_a_text_that_is_scanned_once_and_says_of_others_that_they_are_none(offer: CentreOffer) -> None:
    walk = Walk(Surroundings(offer=replace(offer, services=()), scanner=True), ENROLMENT)
    shown = walk(("digit", "1"), Scanned("foreign"))
    assert isinstance(shown, SetupPage)
    assert (shown.types, shown.scans, shown.entered, shown.problem) == (False, True, "1", "kiosk-enrol-text")
    busy = walk(EnrolmentScanned("consular-enrol:2,a"), EnrolmentScanned("consular-enrol:2,b"), Scanned(""))
    assert isinstance(busy, SetupPage)
    assert (busy.busy, busy.problem) == (True, "")
    assert walk.effects == [EnrolByText("consular-enrol:2,a")]
    assert "consular" not in repr(walk.effects)
    refused = walk(EnrolRefused(FailureCode.ENROL_STRANGE))
    assert isinstance(refused, SetupPage)
    assert (refused.busy, refused.problem) == (False, "kiosk-enrol-strange")
    walk(EnrolmentScanned("consular-enrol:2,b"))
    assert walk.effects[1:] == [EnrolByText("consular-enrol:2,b")]


def test_who_leaves_a_code_half_typed_leaves_nothing_of_it(offer: CentreOffer) -> None:
    walk = Walk(Surroundings(offer=offer), ENROLMENT)
    walk(("digit", "1"), ("digit", "2"))
    walk.wait(1000)
    shown = walk.page
    assert isinstance(shown, SetupPage)
    assert (shown.entered, walk.effects, walk.number) == ("", [Wipe()], 2)


def test_a_kiosk_without_an_offer_says_so_and_asks_for_one(around: Surroundings, offer: CentreOffer) -> None:
    walk = Walk(replace(around, offer=replace(offer, services=())))
    sorry = walk.page
    assert isinstance(sorry, UnavailablePage)
    assert sorry.problem == "kiosk-no-offer"
    walk("continue")
    assert walk.effects[-1] == Refresh()
    assert isinstance(walk(OfferChanged(offer)), LanguagePage)


def test_an_offer_that_shrinks_asks_again_for_what_is_gone(walk: Walk, smaller: CentreOffer) -> None:
    walk(("language", "ar"), "no-document", ("choose", "UTO"), ("choose", "passports"), ("choose", "first"))
    shown = walk(OfferChanged(smaller))
    assert isinstance(shown, KindPage)
    assert [one.id for one in shown.choices] == ["money"]
    assert walk.journey.context.language == "en"
    assert isinstance(walk(OfferChanged(replace(smaller, services=()))), UnavailablePage)
    assert isinstance(walk(OfferChanged(smaller)), LanguagePage)


def test_a_ticket_that_exists_outlives_the_offer(walk: Walk, smaller: CentreOffer) -> None:
    walk.to_ticket()
    shown = walk(OfferChanged(replace(smaller, services=())))
    assert isinstance(shown, TicketPage)
    assert len(shown.stops) == 2
    assert isinstance(walk("done"), UnavailablePage)
