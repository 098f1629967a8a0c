"""The counter page as a value: what it says is what the engine did, and what it offers is what the engine takes."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from queue_server.queue import commands as c
from queue_server.queue.decide import decide
from queue_server.queue.order import servable
from queue_server.queue.refusals import Refusal
from queue_server.values import Category, CounterId, HelpKind, Micros, PauseReason
from queue_server.web.counter.page import CounterPage
from queue_server.web.counter.presenter import counter_page
from queue_server.web.look import Reader
from queue_server.web.site import Site, is_rtl
from queue_server.web.times import Clockface
from tests.queue_server.web.days import ME, Centre, at, later

SITE = Site()


def reader(language: str = "en") -> Reader:
    return Reader(SITE.words[language], Clockface("Europe/Brussels", language), language, is_rtl(language))


def look(centre: Centre, now: Micros, language: str = "en", counter: CounterId = ME) -> CounterPage:
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


def test_a_late_visit_says_so_in_minutes(centre: Centre) -> None:
    centre.issue("10:00", "B001", "uto-birth", Category.APPOINTMENT)
    (row,) = look(centre, later("10:12", 59)).rail.rows
    assert row.late
    assert text(row.due_in) == "2 min late"
    assert row.line.late is not None


def test_from_call_to_finish_the_keys_keep_their_places(centre: Centre) -> None:
    centre.issue("10:00", "B001", "uto-passport-renewal")
    centre.call_next("10:05")
    called = look(centre, at("10:06"))
    centre.do("10:07", c.Start(ME))
    serving = look(centre, at("10:08"))
    assert [key.act for key in called.keys] == ["start", "call-next", "recall", "missed", "undo"]
    assert [key.act for key in serving.keys] == ["finish", "call-next", "recall", "missed", "undo"]
    assert [text(key.note) for key in called.keys] == [
        "the person is here", "start first", "none so far", "from 10:09", "the call",
    ]  # fmt: skip
    assert [text(key.note) for key in serving.keys[1:]] == ["finish first", "has started", "has started", "start 10:07"]
    assert [key.ready for key in serving.keys] == [True, False, False, False, True]


def test_missed_waits_for_its_time_and_for_a_recall(centre: Centre) -> None:
    centre.issue("10:00", "B001", "uto-passport-renewal")
    centre.call_next("10:05")

    def missed(now: Micros) -> tuple[bool, str]:
        key = look(centre, now).keys[3]
        return key.ready, text(key.note)

    assert missed(at("10:08")) == (False, "from 10:09")
    assert missed(at("10:10")) == (False, "recall first")
    centre.do("10:10", c.Recall(ME))
    assert missed(at("10:10")) == (True, "nobody came")


def test_the_journey_shows_where_the_party_was_and_goes(centre: Centre) -> None:
    centre.issue("10:00", "B001", "uto-passport-renewal", party=2)
    centre.call_next("10:05")
    centre.do("10:06", c.Start(ME))
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
    centre.do("10:06", c.Start(ME))
    centre.do("10:09", c.Finish(ME))
    undo = look(centre, at("10:11")).keys[-1]
    assert (undo.ready, text(undo.note)) == (True, "brings B 001 back to you")
    assert look(centre, at("10:10")).refresh_at == at("10:11")
    assert not look(centre, later("10:11", 0.001)).keys[-1].ready


def test_help_calls_are_shown_until_they_are_taken(centre: Centre) -> None:
    centre.help("10:00", HelpKind.PRIVATE)
    (call,) = look(centre, at("10:01")).helps
    assert (text(call.place), text(call.kind), text(call.since)) == ("Kiosk 2, entrance", "Private room", "since 10:00")
    assert "Private room" in look(centre, at("10:01")).news
    centre.do("10:02", c.TakeHelp(call.id, ME, None))
    assert look(centre, at("10:03")).helps == ()


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
ACTS: dict[str, c.Command] = {
    "call-next": c.CallNext(ME),
    "recall": c.Recall(ME),
    "start": c.Start(ME),
    "finish": c.Finish(ME),
    "missed": c.Missed(ME),
    "undo": c.Undo(ME),
    "close": c.CloseCounter(ME),
    "pause": c.PauseCounter(ME, PauseReason.BREAK),
    "open": c.OpenCounter(ME, None, Centre().settings.counters[ME].skills),
}
steps = st.lists(
    st.tuples(
        st.integers(0, 150), st.sampled_from(["issue", "call-next", "recall", "start", "finish", "missed", *ACTS])
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(steps, st.sampled_from(["en", "ar"]))
def test_a_key_is_ready_exactly_where_the_engine_takes_its_command(story: list[tuple[int, str]], language: str) -> None:
    centre = Centre()
    centre.open("09:00")
    now, number = at("09:00"), 0
    for wait, act in story:
        now = Micros(now + wait * 1_000_000)
        clock = reader().clock.hhmmss(now)
        if act == "issue":
            number += 1
            centre.issue(clock, f"B{number:03}", SERVICES[number % len(SERVICES)], list(Category)[number % 4])
        elif not isinstance(decide(centre.state, ACTS[act], centre.settings, now), Refusal):
            centre.do(clock, ACTS[act])
        page = look(centre, now, language)
        offered = {key.act: key for key in (*page.keys, *((page.big_key,) if page.big_key else ()))}
        for name, key in offered.items():
            decided = decide(centre.state, ACTS[name], centre.settings, now)
            takes = not isinstance(decided, Refusal) and len(decided) > 0
            assert key.ready == takes, (name, decided)
        skills = centre.state.counters[ME].skills
        waiting = [centre.state.visits[visit].code for visit in servable(centre.state, skills, centre.settings)]
        assert [row.code for row in page.rail.rows] == waiting[:9]
        assert page.refresh_at > now
        assert len([key for key in offered.values() if key.primary]) == 1
