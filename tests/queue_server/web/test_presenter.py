"""The counter page as a value: what it says is what the engine did, and what it offers is what the engine takes."""

import random
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from queue_server.domain.values import (
    CallReason,
    Category,
    CounterId,
    HelpId,
    HelpKind,
    HelpSubject,
    Micros,
    ParkReason,
    PauseReason,
    StepId,
    TransferReason,
    VisitId,
    Where,
)
from queue_server.queue import commands as c
from queue_server.queue.decide import decide
from queue_server.queue.order import servable
from queue_server.queue.refusals import Refusal
from queue_server.web.counter.counter_context import CounterLook
from queue_server.web.counter.find import find, matches
from queue_server.web.counter.page import CounterDeskPage
from queue_server.web.counter.presenter import counter_page
from queue_server.web.site import LANGUAGES, is_rtl
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader, name_in
from tests.queue_server.known import site
from tests.queue_server.web.days import KIOSK, ME, Centre, at, later

SITE = site()


def reader(language: str = "en") -> PageReader:
    return PageReader(SITE.words[language], Clockface("Europe/Brussels", language), language, is_rtl(language))


def look(centre: Centre, now: Micros, language: str = "en", counter: CounterId = ME) -> CounterDeskPage:
    return counter_page(centre.state, centre.facts, centre.settings, counter, reader=reader(language), now=now)


def text(value: Markup) -> str:
    return value.striptags().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def centre() -> Centre:
    made = Centre()
    made.open("09:00")
    return made


def test_idle_names_the_next_and_says_why(centre: Centre) -> None:
    centre.issue("10:02", "B042", "uto-passport-renewal", party=3, language="ar")
    centre.issue("10:24", "A118", "xal-visa-visit", Category.APPOINTMENT)
    page = look(centre, at("10:30"))
    assert page.stage == "idle"
    assert page.next_up is not None
    assert page.next_up.code == "A118"
    assert text(page.next_up.why) == (
        "Appointment 10:24, arrived 10:24, promised 10 min, due 10:34. No other visit you can serve is due earlier."
    )
    assert [row.code for row in page.rail.rows] == ["A118", "B042"]
    assert text(page.rail.rows[0].due_in) == "in 4 min"
    assert page.rail.rows[0].soon
    assert page.big_key is not None
    assert text(page.big_key.note) == "A 118 to counter 3"


def test_who_is_late_for_an_appointment_is_shown_with_both_times(centre: Centre) -> None:
    centre.issue("10:47", "A118", "xal-visa-visit", Category.APPOINTMENT, booked="10:30")
    centre.issue("10:48", "A119", "xal-visa-visit", Category.APPOINTMENT, booked="10:00")
    page = look(centre, at("10:50"))
    assert [text(row.counts_from) for row in page.rail.rows] == [
        "appointment 10:30, arrival 10:47",
        "arrival 10:48",
    ]
    assert page.next_up is not None
    assert text(page.next_up.why).startswith("Appointment 10:30, arrived 10:47, promised 10 min, due 10:57.")


@pytest.mark.parametrize(
    ("now", "soon", "late"),
    [
        (later("10:05", 0), False, False),
        (later("10:05", 0.000001), False, False),
        (later("10:06", 0), True, False),
        (later("10:10", 0), True, False),
        (later("10:10", 59.999999), True, False),
        (later("10:11", 0), False, True),
    ],
)
def test_soon_is_what_is_due_in_less_than_five_minutes(centre: Centre, now: Micros, soon: bool, late: bool) -> None:
    """A begun minute counts: within the fifth nobody is marked, within the first after it is due nobody is late."""
    centre.issue("10:00", "B001", "uto-birth", Category.APPOINTMENT)
    (row,) = look(centre, now).rail.rows
    assert row.due == "10:10"
    assert (row.soon, row.late) == (soon, late)


def test_what_is_due_at_the_end_of_the_next_minutes_is_not_due_before(centre: Centre) -> None:
    centre.issue("09:30", "B001", "uto-birth", Category.APPOINTMENT)

    def said(now: Micros) -> str:
        return text(look(centre, now).figures[1].first)

    assert look(centre, at("09:25")).rail.rows[0].due == "09:40"
    assert said(at("09:25")) == "0 visits due before 09:40"
    assert said(later("09:25", 0.000001)) == "1 visit due before 09:40"


@pytest.mark.parametrize(
    ("names", "language", "shown"),
    [
        ({"en": "Passport", "ar": "جواز سفر"}, "ar", "جواز سفر"),
        ({"en": "Passport", "ar": "جواز سفر"}, "fr", "Passport"),
        ({"en": "Passport", "fr": ""}, "fr", "Passport"),
        ({}, "fr", "passport"),
    ],
)
def test_what_has_no_name_in_the_readers_language_is_named_in_english(
    names: dict[str, str], language: str, shown: str
) -> None:
    assert name_in(names, language, "passport") == shown


def test_a_late_visit_says_so_in_minutes(centre: Centre) -> None:
    centre.issue("10:00", "B001", "uto-birth", Category.APPOINTMENT)
    (row,) = look(centre, later("10:12", 59)).rail.rows
    assert row.late
    assert text(row.due_in) == "2 min late"
    assert row.line.late is not None


PLACES = ["call-next", "recall", "transfer", "park", "missed", "undo"]


def test_from_call_to_finish_the_keys_keep_their_places(centre: Centre) -> None:
    centre.issue("10:00", "B001", "uto-passport-renewal")
    centre.call_next("10:05")
    called = look(centre, at("10:06"))
    centre.do("10:07", c.StartServing(ME))
    serving = look(centre, at("10:08"))
    assert [key.act for key in called.keys] == ["start", *PLACES]
    assert [key.act for key in serving.keys] == ["finish", *PLACES]
    assert [text(key.note) for key in called.keys] == [
        "the person is here", "start first", "none so far", "other step", "for a while", "from 10:09", "the call",
    ]  # fmt: skip
    assert [text(key.note) for key in serving.keys[1:]] == [
        "finish first", "has started", "other step", "for a while", "has started", "start 10:07",
    ]  # fmt: skip
    assert [key.ready for key in serving.keys] == [True, False, False, True, True, False, True]


def test_missed_waits_for_its_time_and_for_a_recall(centre: Centre) -> None:
    centre.issue("10:00", "B001", "uto-passport-renewal")
    centre.call_next("10:05")

    def missed(now: Micros) -> tuple[bool, str]:
        key = look(centre, now).keys[5]
        return key.ready, text(key.note)

    assert missed(at("10:08")) == (False, "from 10:09")
    assert missed(later("10:08", 59.999999)) == (False, "from 10:09")
    assert missed(at("10:09")) == (False, "recall first"), "from then on, as it says"
    assert missed(at("10:10")) == (False, "recall first")
    centre.do("10:09", c.Recall(ME))
    assert missed(at("10:09")) == (True, "nobody came"), "the server takes it from the same instant on"


def test_the_journey_shows_where_the_party_was_and_goes(centre: Centre) -> None:
    centre.issue("10:00", "B001", "uto-passport-renewal", party=2)
    centre.call_next("10:05")
    centre.do("10:06", c.StartServing(ME))
    centre.do("10:09", c.Finish(ME))
    centre.call_next("10:11")
    page = look(centre, at("10:12"))
    assert [stop.state for stop in page.itinerary] == ["done", "now", "next", "next", "next"]
    assert text(page.itinerary[0].note) == "10:06 to 10:09, counter 3"
    assert text(page.itinerary[1].note) == "Called to you, 10:11"
    assert page.visit is not None
    assert "ready here 10:09" in text(page.visit.sentence)
    assert [tag.text for tag in page.visit.tags] == ["Walk-in", "Party of 2", "English"]


def test_undo_names_what_it_undoes_and_ends_after_two_minutes(centre: Centre) -> None:
    centre.issue("10:00", "B001", "uto-passport-renewal")
    centre.call_next("10:05")
    centre.do("10:06", c.StartServing(ME))
    centre.do("10:09", c.Finish(ME))
    undo = look(centre, at("10:11")).keys[-1]
    assert (undo.ready, text(undo.note)) == (True, "brings B 001 back to you")
    assert look(centre, at("10:10")).refresh_at == at("10:11")
    assert not look(centre, later("10:11", 0.001)).keys[-1].ready


def test_help_calls_are_shown_until_they_are_taken(centre: Centre) -> None:
    centre.help("10:00", HelpKind.PRIVATE)
    (call,) = look(centre, at("10:01")).helps
    assert (text(call.place), text(call.kind), text(call.facts)) == (
        "Kiosk 2, entrance",
        "Private room",
        "waits for 1 min",
    )
    assert "Private room" in look(centre, at("10:01")).news
    centre.do("10:02", c.TakeHelp(call.id, ME, None))
    assert look(centre, at("10:03")).helps == ()


def test_a_help_call_says_who_speaks_what_and_where_they_stand(centre: Centre) -> None:
    centre.help("10:00", HelpKind.HELP, "ar", HelpSubject.PAYMENT)
    (call,) = look(centre, at("10:00")).helps
    assert text(call.facts) == "Arabic · at the payment · just now"
    assert not call.late
    assert look(centre, at("10:01")).refresh_at == at("10:02")
    (late,) = look(centre, at("10:02")).helps
    assert (late.late, text(late.facts)) == (True, "Arabic · at the payment · nobody has gone for 2 min")
    assert "Nobody has gone yet: Kiosk 2, entrance, Somebody asks for help." in look(centre, at("10:02")).news
    centre.help("10:03", HelpKind.FAULT, about=HelpSubject.TERMINAL)
    assert text(look(centre, at("10:03")).helps[1].kind) == "The card terminal does not work"


def test_a_help_call_that_ends_by_itself_says_so_for_a_while(centre: Centre) -> None:
    first = centre.help("10:00", HelpKind.HELP)
    centre.do("10:01", c.TakeHelp(first, ME, None))
    centre.do("10:02", c.WithdrawHelp(first, KIOSK))
    (over,) = look(centre, at("10:03")).helps
    assert (over.ended, text(over.facts)) == (True, "ended by itself 10:02")
    assert look(centre, at("10:03")).refresh_at == at("10:04")
    assert look(centre, at("10:04")).helps == ()
    second = centre.help("10:05", HelpKind.HELP)
    centre.do("10:06", c.WithdrawHelp(second, KIOSK))
    third = centre.help("10:06", HelpKind.HELP)
    assert [one.id for one in look(centre, at("10:06")).helps] == [third], "who calls now is not beside who has left"
    centre.do("10:07", c.WithdrawHelp(third, KIOSK))
    fourth = centre.help("10:07", HelpKind.HELP)
    centre.do("10:07", c.WithdrawHelp(fourth, KIOSK))
    assert [one.id for one in look(centre, at("10:07")).helps] == [fourth], "of each device the newest"


def test_a_counter_that_was_never_open_is_closed(centre: Centre) -> None:
    page = look(centre, at("10:00"), counter=CounterId("7"))
    assert (page.stage, page.plate, text(page.lead)) == ("closed", "7", "not open yet today")
    assert page.big_key is not None
    assert page.big_key.act == "open"
    assert text(page.steps) == "Photo and fingerprints"


def test_what_people_typed_is_never_markup(centre: Centre) -> None:
    devices = dict.fromkeys(centre.facts.devices, "<b>Kiosk</b>")
    centre.facts = msgspec.structs.replace(centre.facts, devices=devices)
    centre.help("10:00", HelpKind.HELP)
    (call,) = look(centre, at("10:01")).helps
    assert call.place == "&lt;b&gt;Kiosk&lt;/b&gt;"


SERVICES = ("uto-passport-renewal", "uto-visa-visit", "xal-birth", "uto-information", "uto-collection")


def command(centre: Centre, act: str) -> c.Command:  # noqa: PLR0911 - one a key
    """Say what a press of a key means; one that opens a dialog, with what the dialog offers first."""
    page = look(centre, centre.state.at)
    at_counter = centre.state.counters[ME].visit
    found = find(counter_look(centre), "", callable_only=True)
    match act:
        case "transfer" if page.forms is not None:
            to = page.forms.targets[0]
            step, counter = (StepId(to.value), None) if to.field == "step" else (None, CounterId(to.value))
            return c.Transfer(ME, TransferReason(to.reason), page.forms.visit, step, counter)
        case "particular" if found:
            return c.CallVisit(ME, found[-1].id, CallReason.AGREED)
        case "take-back" if page.parked:
            return c.CallVisit(ME, page.parked[0].id, CallReason.RETURNING)
        case "open":
            return c.OpenCounter(ME, None, centre.settings.counters[ME].skills)
        case "transfer":
            return c.Transfer(ME, TransferReason.OTHER, at_counter, StepId("reception"))
        case "particular" | "take-back":
            return c.CallVisit(ME, VisitId("none"), CallReason.OTHER)
        case _:
            return ACTS[act]


ACTS: dict[str, c.Command] = {
    "call-next": c.CallNext(ME),
    "recall": c.Recall(ME),
    "start": c.StartServing(ME),
    "finish": c.Finish(ME),
    "missed": c.Missed(ME),
    "park": c.Park(ME, ParkReason.DOCUMENT),
    "undo": c.UndoCommand(ME),
    "close": c.CloseCounter(ME),
    "pause": c.PauseCounter(ME, PauseReason.BREAK),
}
NAMES = [*ACTS, "open", "transfer", "particular", "take-back"]
steps = st.lists(
    st.tuples(
        st.integers(0, 150),
        st.sampled_from(["issue", "call-next", "recall", "start", "finish", "missed", "issue", "call-next", *NAMES]),
    ),
    max_size=25,
)


def counter_look(centre: Centre) -> CounterLook:
    return CounterLook(centre.state, centre.facts, centre.settings, ME, reader=reader(), now=centre.state.at)


@settings(max_examples=60, deadline=None)
@given(steps, st.sampled_from(LANGUAGES))
def test_a_key_is_ready_exactly_where_the_engine_takes_its_command(story: list[tuple[int, str]], language: str) -> None:
    centre = Centre()
    centre.open("09:00")
    centre.open("09:00", "4")
    now, number = at("09:00"), 0
    for wait, act in story:
        now = Micros(now + wait * 1_000_000)
        clock = reader().clock.hhmmss(now)
        if act == "issue":
            number += 1
            centre.issue(clock, f"B{number:03}", SERVICES[number % len(SERVICES)], list(Category)[number % 4])
        elif not isinstance(decide(centre.state, command(centre, act), centre.settings, now), Refusal):
            centre.do(clock, command(centre, act))
        page = look(centre, now, language)
        offered = {key.act: key for key in (*page.keys, *((page.big_key,) if page.big_key else ()))}
        for name, key in offered.items():
            decided = decide(centre.state, command(centre, name), centre.settings, now)
            takes = not isinstance(decided, Refusal) and len(decided) > 0
            assert key.ready == takes, (name, decided)
        counter = centre.state.counters[ME]
        waiting = [centre.state.visits[visit].code for visit in servable(centre.state, counter, centre.settings, now)]
        assert [row.code for row in page.rail.rows] == waiting[:9]
        assert page.refresh_at > now
        assert len([key for key in offered.values() if key.primary]) == 1


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_every_target_that_is_offered_is_taken(seed: int) -> None:
    rng = random.Random(seed)
    centre = Centre()
    for plate in ("3", *rng.sample([one for one in centre.settings.counters if one != ME], 3)):
        centre.open("09:00", plate)
    centre.issue("09:01", "B001", rng.choice(SERVICES), language=rng.choice(["en", "ar", "fr"]))
    visit = next(iter(centre.state.visits))
    centre.do("09:02", c.CallVisit(ME, visit, CallReason.OTHER))
    for minute in range(3, 9):
        page = look(centre, at(f"09:0{minute}"))
        assert page.forms is not None
        for to in page.forms.targets:
            step, counter = (StepId(to.value), None) if to.field == "step" else (None, CounterId(to.value))
            there = c.Transfer(ME, to.reason, visit, step, counter, rng.choice(list(Where)))
            assert not isinstance(decide(centre.state, there, centre.settings, at(f"09:0{minute}")), Refusal), to
        assert len({(to.field, to.value) for to in page.forms.targets}) == len(page.forms.targets)
        centre.do(f"09:0{minute}", there)
        assert 1 <= len(page.itinerary) <= 6
        centre.do(f"09:0{minute}", c.CallVisit(ME, visit, CallReason.OTHER))


@given(st.text(max_size=12))
def test_any_search_finds_tickets_and_nothing_else(wanted: str) -> None:
    for code in ("B042", "A042", "L1042"):
        if matches(code, wanted) and any(sign.isdigit() for sign in wanted):
            assert str(int("".join(re.findall(r"\d", wanted, re.ASCII)))) in code


@pytest.mark.parametrize("wanted", ["42", "042", "b42", "B 042", "b-042", "B", "04", " b 4 2 ", ""])
def test_a_ticket_is_found_by_letter_digits_or_both(wanted: str) -> None:
    assert matches("B042", wanted)


@pytest.mark.parametrize("wanted", ["43", "A42", "420", "?", "B42x", "\u0664\u0662"])
def test_another_ticket_is_not_meant(wanted: str) -> None:
    assert not matches("B042", wanted)


def test_a_search_says_where_a_visit_is_and_what_can_be_done(centre: Centre) -> None:
    for number in (1, 2, 3):
        centre.issue("10:00", f"B{number:03}", "uto-passport-renewal")
    centre.call_next("10:05")
    centre.do("10:06", c.Park(ME, ParkReason.PHOTO, until=at("10:30")))
    centre.call_next("10:06")
    centre.open("10:06", "4")
    centre.do("10:07", c.Transfer(ME, TransferReason.LANGUAGE, to_counter=CounterId("4")))
    found = {one.code: one for one in find(counter_look(centre), "")}
    assert list(found) == ["B001", "B002", "B003"]
    assert text(found["B001"].standing) == "parked at counter 3 until 10:30"
    assert (found["B001"].may_call, found["B001"].again) == (True, "resume")
    assert "counter 4" in text(found["B002"].standing)
    assert text(found["B003"].standing).startswith("waits for Reception, due")
    assert [one.code for one in find(counter_look(centre), "3")] == ["B003"]
    assert find(counter_look(centre), "99") == ()


def test_assistance_is_seen_by_the_others_alone(centre: Centre) -> None:
    centre.do("10:00", c.CallHelp(HelpId("h"), HelpKind.HELP, None, ME))
    mine, others = look(centre, at("10:01")), look(centre, at("10:01"), counter=CounterId("4"))
    assert (mine.helps, mine.assisted, mine.news) == ((), True, "")
    assert [text(call.place) for call in others.helps] == ["Counter 3"]
    assert not others.assisted


def test_a_silent_counter_can_be_handed_back(centre: Centre) -> None:
    centre.issue("10:00", "B001", "uto-passport-renewal")
    centre.open("10:00", "4")
    other = centre.call_next("10:05", "4")
    page = counter_page(
        centre.state,
        centre.facts,
        centre.settings,
        ME,
        reader=reader(),
        now=at("10:30"),
        silent=frozenset({CounterId("4")}),
    )
    back = next(one.hand_back for one in page.colleagues if one.id == "4")
    assert back is not None
    assert other in back.body
    assert all(one.hand_back is None for one in look(centre, at("10:30")).colleagues)
