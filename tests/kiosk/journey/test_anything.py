"""Whatever is touched, read or answered, in whatever order."""

from datetime import date

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.journey import events as e
from kiosk.journey import idle
from kiosk.journey.availability import Availability
from kiosk.journey.checkout import Checkout
from kiosk.journey.events import FailureCode
from kiosk.journey.filling import FormFilling
from kiosk.journey.flows.enrolment import ENROLMENT
from kiosk.journey.flows.visit import VISIT
from kiosk.journey.idle import IdlePage
from kiosk.journey.information import KioskInformation
from kiosk.journey.machine import advance, page
from kiosk.journey.notice import EmergencyNoticePage
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import JourneyPage
from kiosk.journey.state import Journey, start
from kiosk.journey.steps import pay
from kiosk.journey.steps.address import ADDRESS
from kiosk.journey.steps.admission import ADMISSION
from kiosk.journey.steps.booked_time import BOOKED_TIME
from kiosk.journey.steps.closed import CLOSED
from kiosk.journey.steps.documents import DOCUMENTS
from kiosk.journey.steps.form_answers import AnswersPage
from kiosk.journey.steps.pin import LENGTH
from kiosk.journey.steps.question import FieldPage
from kiosk.journey.steps.recovering import RECOVERING
from kiosk.journey.steps.setup import SETUP
from kiosk.journey.steps.ticket import TICKET
from kiosk.journey.steps.ticket_code import CodePage
from kiosk.journey.steps.ticket_status import TICKET_STATUS, StatusPage
from kiosk.journey.steps.unavailable import UNAVAILABLE
from kiosk.journey.surroundings import Health, Surroundings, Timing
from queue_server.domain.appointments import CheckInVerdict
from queue_server.domain.forms import FORM_CODE_LENGTH, ChipField
from queue_server.domain.values import ServiceId, VisitState
from tests.kiosk.journey.conftest import DELAY, FEE, INFORMATION, LEAVE, NOON, booking_text, ticket_text
from tests.kiosk.journey.forms import FORM_VIEW, SECOND

NAMES = [
    "language",
    "no-document",
    "no-chip",
    "choose",
    "party",
    "people",
    "plus",
    "minus",
    "add",
    "remove",
    "go-on",
    "none",
    "leave",
    "later",
    "confirm",
    "done",
    "back",
    "restart",
    "start-over",
    "help",
    "private",
    "no-help",
    "show-language",
    "show-display",
    "toggle-large",
    "toggle-contrast",
    "toggle-lowered",
    "more-time",
    "finished",
    "digit",
    "erase",
    "submit",
    "continue",
    "ask",
    "ask-first",
    "no-ask",
    "pay",
    "pay-later",
    "paper",
    "print",
    "more",
    "elsewhere",
    "cancel-payment",
    "test-terminal",
    "technician",
    "view",
    "roll-changed",
    "print-test",
    "test-reader",
    "test-scanner",
    "test-chip",
    "address",
    "key",
    "clear",
    "out-of-order",
    "restart-kiosk",
    "collect",
    "open",
    "counter",
    "again",
    "next",
    "information",
    "print-topic",
    "check-in",
    "document",
    "sign",
    "wait",
    "number",
    "choose-day",
    "all",
    "count",
    "book-ahead",
    "other-times",
    "book",
    "form",
    "begun",
    "agree",
    "refuse",
    "skip",
    "change",
    "keep",
]
FORM_DAY, FORMS = date(2026, 11, 28), (FORM_VIEW, SECOND)
ASKING = (e.Action("confirm"), e.Action("pay-later"))
PLANTED = "XPL"
#: Of a form. The digit of the technician's is in none of what the server tells here.
PIN = "739104"
SCANNED = "https://elsewhere.example/XSC"
ARGUMENTS = ["", "en", "ar", "UTO", "EGY", "passports", "money", "renewal", "funds", "7", "no such thing", PLANTED]
ARGUMENTS += ["fees", "printer", "more", "addresses", "again", "have-it", "give-up"]
ARGUMENTS += ["renewal-form", "surname", "female", "yes", "H", "1", "2"]
NUMBERS = st.integers(1, 3)
TODAYS = "01920000-0000-7000-8000-000000000001"
HALLS = [
    Availability(),
    Availability(closed="closed", opens=NOON, days=1),
    Availability(closed="last-ticket"),
    Availability(closed_services=(ServiceId("renewal"),)),
    Availability(closed="full", notices=(DELAY,)),
    Availability(notices=(DELAY, LEAVE)),
]

TIMES = (e.DayWithTimes("2026-11-25", (e.BookableTime("09:20Z", "09:20"), e.BookableTime("10:20Z", "10:20"))),)
FULL = e.AvailabilityChanged(Availability(closed="full"))
BOOKING_SHOWN = e.Scanned(booking_text(TODAYS))
PHASES = ["checking", "paying", "asking", "undoing", "printing", "offer", "not-paid", "given-back", "staff", "paid"]
payments = st.builds(
    Checkout,
    phase=st.sampled_from(PHASES),
    visit=st.just(PLANTED),
    code=st.sampled_from(["", "B042"]),
    paper=st.sampled_from(["none", "taken", "cut"]),
    may_cancel=st.booleans(),
)
bookings = st.builds(
    e.CheckedBooking,
    st.sampled_from(CheckInVerdict),
    ident=st.sampled_from(["", PLANTED]),
    services=st.sampled_from([(), ("renewal",), (PLANTED, "funds")]),
    people=st.integers(1, 9),
    language=st.sampled_from(["ar", "xx", ""]),
    needs_document=st.booleans(),
    day=st.just("2026-11-25"),
    clock=st.just("10:30"),
)
SAVED = ["saved", "answers", "gone", "slowed", "refused", "away"]
forms = st.sampled_from(["renewal-form", "second-form", PLANTED])
had = st.just({"surname": PLANTED, "birth": "1984-02-29", "sex": 7, PLANTED: PLANTED})
actions = st.builds(e.Action, st.sampled_from(NAMES) | st.text(max_size=3), st.sampled_from(ARGUMENTS))
others = st.one_of(
    st.builds(e.DocumentRead, st.sampled_from(["UTO", "EGY", PLANTED]), NUMBERS, NUMBERS, st.just(PLANTED)),
    st.builds(e.ChipProgress, NUMBERS, NUMBERS, st.sampled_from(["waiting", "reading", "back"]), st.integers(0, 100)),
    st.builds(e.ChipRead, NUMBERS, NUMBERS, st.sampled_from(["read", "look", "chip-absent", PLANTED])),
    st.builds(e.ChipReaderChanged, st.booleans()),
    st.just(e.ReadingStarted()),
    st.just(e.DocumentUnread()),
    st.builds(e.Issued, NUMBERS, st.just(PLANTED), st.just("B042")),
    st.builds(e.IssueFailed, NUMBERS, st.sampled_from(FailureCode)),
    st.builds(e.VisitAccepted, NUMBERS, st.integers(0, 9)),
    st.builds(e.Printed, NUMBERS, st.sampled_from(["taken", "none", "cut"])),
    st.builds(e.CheckoutChanged, NUMBERS, payments),
    st.builds(e.TerminalChanged, st.booleans()),
    st.builds(e.Settling, st.booleans()),
    st.builds(e.HelpAnswered, NUMBERS, NUMBERS, st.sampled_from(["told", "coming", "away"])),
    st.builds(e.EnrolRefused, st.sampled_from(FailureCode)),
    st.builds(e.PaperChanged, st.booleans()),
    st.builds(e.ReaderChanged, st.booleans()),
    st.builds(e.ScannerChanged, st.booleans()),
    st.builds(e.AvailabilityChanged, st.sampled_from(HALLS)),
    st.builds(e.ModeChanged, st.booleans()),
    st.builds(e.CopiedChanged, st.sampled_from(("", "7F3A"))),
    st.just(e.HealthChanged(Health(waiting=3))),
    st.sampled_from([INFORMATION, KioskInformation()]).map(e.InformationChanged),
    st.builds(e.TopicPrinted, NUMBERS, NUMBERS, st.booleans()),
    st.builds(e.Scanned, st.sampled_from([ticket_text(TODAYS), booking_text(TODAYS), SCANNED, ""])),
    st.builds(
        e.StatusFound,
        NUMBERS,
        NUMBERS,
        st.just(PLANTED),
        st.sampled_from(VisitState),
        language=st.sampled_from(["ar", "xx", ""]),
    ),
    st.builds(e.BookingChecked, NUMBERS, NUMBERS, st.sampled_from(["checked", "slowed", "away"]), bookings),
    st.builds(e.BookingPrinted, NUMBERS, NUMBERS, st.booleans()),
    st.builds(
        e.TimesFound,
        NUMBERS,
        NUMBERS,
        st.sampled_from(["found", "not-offered", "away"]),
        st.sampled_from([(), TIMES]),
        st.sampled_from(["2026-11-24", ""]),
    ),
    st.builds(e.HoldAnswered, NUMBERS, NUMBERS, st.sampled_from(["held", "taken", "away"]), st.just("09:10")),
    st.builds(e.TimeBooked, NUMBERS, NUMBERS, st.sampled_from(["booked", "over", "away"]), code=st.just(PLANTED)),
    st.builds(e.AdmissionRefused, NUMBERS, st.sampled_from(CheckInVerdict), st.sampled_from(["", "B042"])),
    st.builds(e.FormOpened, NUMBERS, NUMBERS, st.sampled_from(["opened", "not-opened", "slowed", "away"]), forms, had),
    st.builds(e.FormStored, NUMBERS, NUMBERS, st.sampled_from(SAVED), st.sampled_from(["", PLANTED]), st.just("")),
    st.builds(e.FieldsRead, NUMBERS, NUMBERS, st.just(((ChipField.SURNAME, PLANTED),))),
    st.builds(e.FormSlipPrinted, NUMBERS, NUMBERS, st.booleans()),
    st.builds(e.StatusUnknown, NUMBERS, NUMBERS),
    st.builds(e.StatusAway, NUMBERS, NUMBERS),
    st.builds(e.PinAnswered, NUMBERS, st.booleans(), st.integers(0, 90)),
    st.builds(e.TrialAnswered, NUMBERS, st.sampled_from(["print", "roll", "chip"]), st.sampled_from(["", PLANTED])),
    st.builds(e.AddressAnswered, NUMBERS, st.sampled_from(["", PLANTED])),
    st.just(e.TimePassed()),
)
PIN_TYPED = [e.Action("digit", digit) for digit in PIN]
# Whole ways are drawn as often as single events: otherwise hardly a walk would reach a ticket.
WAYS: list[list[e.Event]] = [
    [
        e.Action("language", "en"),
        e.Action("no-document"),
        e.Action("choose", "UTO"),
        e.Action("choose", "passports"),
        e.Action("choose", "renewal"),
        e.Action("ask"),
        e.Action("ask-first"),
        e.Action("confirm"),
        e.Issued(1, PLANTED, "B042"),
    ],
    [
        e.Action("technician"),
        *[e.Action("digit", "7")] * LENGTH,
        e.Action("submit"),
        e.PinAnswered(1, ok=True),
        e.Action("view", "addresses"),
        e.Action("address", "printer"),
        e.Action("key", "x"),
        e.Action("submit"),
    ],
    [
        e.TerminalChanged(True),
        e.HealthChanged(Health(connected=True)),
        e.Action("language", "en"),
        e.Action("no-document"),
        e.Action("choose", "UTO"),
        e.Action("choose", "passports"),
        e.Action("choose", "renewal"),
        e.Action("confirm"),
        e.Action("pay"),
        e.CheckoutChanged(1, Checkout("not-paid", visit=PLANTED)),
        e.Action("pay"),
        e.CheckoutChanged(1, Checkout("paid", visit=PLANTED, code="B042", paper="taken")),
    ],
    [
        BOOKING_SHOWN,
        e.Action("continue"),
        e.BookingChecked(1, 1, "checked", e.CheckedBooking(CheckInVerdict.EARLY, PLANTED, ("renewal",), people=2)),
        e.Action("wait"),
        e.Action("all"),
        e.Action("continue"),
        e.Issued(1, PLANTED, "B042"),
    ],
    [
        FULL,
        e.Action("book-ahead"),
        e.Action("language", "en"),
        e.Action("choose", "UTO"),
        e.Action("choose", "passports"),
        e.Action("choose", "renewal"),
        e.Action("go-on"),
        e.Action("continue"),
        e.TimesFound(1, 1, "found", TIMES, "2026-11-24"),
        e.Action("choose", "09:20Z"),
        e.HoldAnswered(1, 2, "held", "09:10"),
        e.Action("book"),
        e.TimeBooked(1, 2, "booked", "2026-11-25", "09:20", PLANTED),
    ],
    [
        e.Scanned(ticket_text(TODAYS)),
        e.StatusFound(1, 1, PLANTED, VisitState.CALLED, counter="7", language="ar"),
    ],
    [
        e.Action("language", "en"),
        e.Action("code"),
        e.Action("letter", "B"),
        *[e.Action("digit", "0")] * 3,
        e.Action("submit"),
        e.StatusFound(1, 1, PLANTED, VisitState.CALLED, counter="7"),
    ],
]
#: With one that was begun before.
FORM_OPENED: list[e.Event] = [
    e.Action("language", "en"),
    e.Action("code"),
    e.Action("form"),
    *[e.Action("sign", "H")] * FORM_CODE_LENGTH,
    e.Action("submit"),
    *PIN_TYPED,
    e.Action("submit"),
    e.Action("continue"),
    e.FormOpened(1, 1, "opened", "renewal-form", {"surname": PLANTED}, ("application",)),
    e.Action("refuse"),
]
#: With a form of the service that was chosen: only where there is one.
FORM_FILLED: list[e.Event] = [
    *WAYS[0],
    e.HealthChanged(Health(connected=True)),
    e.Printed(1, "taken"),
    e.Action("form"),
    e.Action("choose", "renewal-form"),
    e.Action("agree"),
    e.Action("agree"),
    e.Action("agree"),
    e.DocumentRead("UTO", 1, initial=PLANTED),
    e.FieldsRead(1, 1, ((ChipField.SURNAME, PLANTED),)),
    e.Action("submit"),
    *[e.Action("key", digit) for digit in "1984"],
    e.Action("submit"),
    e.Action("choose", "2"),
    e.Action("choose", "1"),
    e.Action("choose", "female"),
    e.Action("choose", "yes"),
    e.Action("skip"),
    e.Action("skip"),
    e.Action("go-on"),
    e.Action("keep"),
    *PIN_TYPED,
    e.Action("submit"),
    *PIN_TYPED,
    e.Action("submit"),
    e.Action("continue"),
    e.FormStored(1, 2, "saved", PLANTED, "2026-12-28"),
]
#: With more people than one: only where one number is given to several.
FAMILY: list[e.Event] = [
    e.Action("language", "en"),
    e.DocumentRead("UTO", 1, initial=PLANTED),
    e.ChipRead(1, 1, "read"),
    e.Action("continue"),
    e.Action("choose", "passports"),
    e.Action("choose", "renewal"),
    e.Action("party"),
    e.Action("plus", "anyone"),
    e.Action("plus", "anyone"),
    e.Action("people"),
    e.Action("go-on"),
    e.DocumentRead("UTO", 2, initial=PLANTED),
    e.ChipRead(1, 2, "read"),
    e.DocumentRead("UTO", 3, initial=PLANTED),
]
ways = st.sampled_from([*WAYS, FAMILY, FORM_FILLED, FORM_OPENED]).flatmap(
    lambda way: (st.just(len(way)) | st.integers(1, len(way))).map(lambda count: way[:count])
)
single = st.tuples(actions | others, st.sampled_from([0.0, 0.4, 21.0, 61.0])).map(lambda step: [step])
halls = st.builds(e.AvailabilityChanged, st.sampled_from(HALLS)) | st.builds(e.ModeChanged, st.booleans())
parts = ways.map(lambda way: [(event, 0.0) for event in way]) | halls.map(lambda event: [(event, 0.0)]) | single
steps = st.lists(parts, max_size=20).map(lambda parts: [step for part in parts for step in part])


def offers(offer: CentreOffer, smaller: CentreOffer) -> st.SearchStrategy[e.Event]:
    return st.sampled_from([offer, smaller, CentreOffer()]).map(e.OfferChanged)


def surroundings(offer: CentreOffer, *, enrolled: bool) -> st.SearchStrategy[Surroundings]:
    """Stand at a kiosk with everything, of a centre that gives one number to one person, or to a family."""
    around = Surroundings(enrolled=enrolled, reader=True, chip=True, scanner=True, pin=True)
    return st.sampled_from(
        [
            replace(around, offer=one)
            for one in (offer, replace(offer, party=3, most=2, appointments=True, day=FORM_DAY, forms=FORMS))
        ]
    )


def kept_secret(journey: Journey, effects: tuple[e.Effect, ...]) -> None:
    """Nothing of a form goes anywhere but to the server, the printer (its code alone) and the screen (no PIN)."""
    assert PIN not in msgspec.json.encode(page(journey)).decode(), "no page shows the PIN of a form"
    assert PIN not in repr(journey.context), "nor would a log"
    for effect in effects:
        written = msgspec.json.encode(effect).decode()
        assert PIN not in written or isinstance(effect, e.SaveForm | e.OpenForm | e.CheckPin)
        assert PIN not in repr(effect) or isinstance(effect, e.CheckPin)
        if isinstance(effect, e.SaveForm | e.OpenForm | e.PrintFormSlip):
            assert PLANTED not in repr(effect)
            assert not journey.emergency


def looks(journey: Journey) -> tuple[object, ...]:
    """Tell a state apart as a person does: by its page, its language and its display."""
    context = journey.context
    return page(journey), context.language, context.large, context.contrast, context.lowered


def without_typed_number(shown: JourneyPage) -> JourneyPage:
    """Leave out what was typed as the number of a ticket, or as an answer: it may have the digits of a PIN."""
    if isinstance(shown, CodePage):
        return replace(shown, entered="")
    if isinstance(shown, FieldPage):
        return replace(shown, entered="", chosen="")
    if isinstance(shown, AnswersPage):
        return replace(shown, rows=())
    return replace(shown, code="") if isinstance(shown, StatusPage) else shown


@given(data=st.data(), enrolled=st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_order_of_events(  # noqa: C901, PLR0912, PLR0915 - one line a promise
    offer: CentreOffer, smaller: CentreOffer, data: st.DataObject, enrolled: bool
) -> None:
    around = data.draw(surroundings(offer, enrolled=enrolled))
    now = 0.0
    journey = start(VISIT if enrolled else ENROLMENT, around, Timing(), now)
    issues: dict[int, int] = {}
    confirms: dict[int, int] = {}
    walk = data.draw(steps)
    change = data.draw(st.none() | st.tuples(st.integers(0, 90), offers(offer, smaller)))
    if change is not None:
        walk.insert(change[0], (change[1], 0.0))
    for event, passed in walk:
        now += passed
        before = journey
        journey, effects = advance(journey, event, now)
        shown = page(journey)
        assert isinstance(shown, JourneyPage)
        said = msgspec.json.encode(shown).decode()
        assert b"7777" not in msgspec.json.encode(without_typed_number(shown)) or journey.step is SETUP, (
            "no page shows a PIN"
        )
        assert isinstance(shown, EmergencyNoticePage) == journey.emergency
        if enrolled:
            kept_secret(journey, effects)
        assert not journey.emergency or journey.context.of(FormFilling).answers == (), "an emergency takes all answers"
        if before.emergency or journey.emergency:
            assert not any(
                isinstance(effect, e.MakeTicket | e.LookUp | e.LookUpCode | e.CheckPin) for effect in effects
            )
        if journey.step is CLOSED and before.step is not CLOSED:
            assert journey.number > before.number or before.pristine or before.step in {SETUP, UNAVAILABLE, RECOVERING}
        if before.context.ticket is not None and journey.context.ticket is None:
            assert e.Wipe() in effects
            assert not isinstance(event, e.AvailabilityChanged | e.ModeChanged), (
                "what happens around takes no ticket away"
            )
        assert SCANNED not in said + msgspec.json.encode(journey.context).decode(), "a foreign code leaves no trace"
        issued = [effect for effect in effects if isinstance(effect, e.MakeTicket)]
        if issued:
            if before.step is not ADMISSION:
                assert isinstance(event, e.Action)
                assert event.name in {"confirm", "pay-later"}
            assert not before.context.issuing
            assert issued[0].number == journey.number
            issues[journey.number] = issues.get(journey.number, 0) + 1
        if (event in ASKING or before.step is ADMISSION) and journey.context.issuing and not before.context.issuing:
            confirms[journey.number] = confirms.get(journey.number, 0) + 1
        paid = [effect for effect in effects if isinstance(effect, e.StartCheckout)]
        if paid:
            assert isinstance(event, e.Action)
            assert event.name == "pay"
            assert not before.context.issuing
            assert (paid[0].number, paid[0].fee) == (journey.number, FEE)
        if pay.working(before.context) and not before.emergency:
            assert journey.number == before.number, "whoever pays is not wiped away"
            assert not issued
        if e.Wipe() in effects:
            assert journey.number == before.number + 1
            assert journey.pristine
            assert PLANTED not in msgspec.json.encode((journey.context, shown)).decode()
        else:
            assert journey.number == before.number
    assert issues == confirms


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_every_control_of_the_bar_that_shows_itself_does_something(around: Surroundings, data: st.DataObject) -> None:
    journey = start(VISIT, around, Timing(), 0.0)
    now = 0.0
    for event, passed in data.draw(steps):
        now += passed
        journey, _ = advance(journey, event, now)
        shown = page(journey)
        if isinstance(shown, EmergencyNoticePage):
            continue
        asking = isinstance(shown, IdlePage)
        for allowed, name in (
            (shown.can_back, "back"),
            (shown.can_restart, "restart"),
            (shown.can_language, "show-language"),
            (True, "show-display"),
            (True, "help"),
        ):
            after, effects = advance(journey, e.Action(name), now)
            if allowed:
                assert effects or looks(after) != looks(journey), name
            elif not asking:
                assert not effects, name
                assert replace(after, touched=journey.touched) == journey, name


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_left_alone_every_journey_ends_in_a_wipe(around: Surroundings, data: st.DataObject) -> None:
    journey, now = start(VISIT, around, Timing(), 0.0), 0.0
    for event, passed in data.draw(steps):
        now += passed
        journey, _ = advance(journey, event, now)
    ended = journey.pristine
    begun = now
    while not journey.pristine:
        moment = idle.due(journey)
        if moment is None:
            # What terminal and printer do ends by itself.
            assert pay.working(journey.context)
            over: e.Event = e.CheckoutChanged(journey.number, Checkout("not-paid"))
        else:
            over, now = e.TimePassed(), max(now, moment)
        journey, effects = advance(journey, over, now)
        ended = ended or e.Wipe() in effects
    assert ended
    assert journey.pristine
    assert now - begun <= max(Timing().help, Timing().technician) + Timing().countdown


def started_over(journey: Journey) -> tuple[Journey, tuple[e.Effect, ...]]:
    """Touch "Start again", and say yes where that is asked."""
    journey, wiped = advance(journey, e.Action("restart"), 0.0)
    journey, effects = advance(journey, e.Action("start-over"), 0.0)
    return journey, (*wiped, *effects)


def test_the_way_of_a_family_leads_to_its_documents_and_leaves_nothing(around: Surroundings) -> None:
    journey = start(VISIT, replace(around, offer=replace(around.offer, party=3), chip=True), Timing(), 0.0)
    for event in FAMILY:
        journey, _ = advance(journey, event, 0.0)
    assert journey.current is DOCUMENTS
    assert PLANTED in msgspec.json.encode(journey.context).decode()
    assert PLANTED in msgspec.json.encode(page(journey)).decode()
    journey, effects = started_over(journey)
    assert effects == (e.Wipe(),)
    assert PLANTED not in msgspec.json.encode((journey.context, page(journey))).decode()


def test_the_ways_of_the_strategies_lead_where_they_should(around: Surroundings) -> None:
    reached = []
    booked = replace(around, offer=replace(around.offer, appointments=True))
    for way in WAYS:
        # Where appointments are given a page more is asked, so that the other ways are walked without.
        journey = start(VISIT, booked if way[0] in {BOOKING_SHOWN, FULL} else around, Timing(), 0.0)
        for event in way:
            journey, _ = advance(journey, event, 0.0)
        reached.append(journey.current)
        if way is not WAYS[1]:
            assert PLANTED in msgspec.json.encode(journey.context).decode()
        journey, effects = started_over(journey)
        assert effects == (e.Wipe(),)
        assert PLANTED not in msgspec.json.encode(journey.context).decode()
    assert reached == [TICKET, ADDRESS, TICKET, TICKET, BOOKED_TIME, TICKET_STATUS, TICKET_STATUS]
