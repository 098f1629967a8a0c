"""The manager page as a value: what it offers the API takes, what it says holds still, and nothing is named twice."""

import re
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import peripherals.errors
from queue_server.accounts.model import Role, Session, SessionId
from queue_server.accounts.presence import Presence
from queue_server.contract.catalogue import Opening
from queue_server.contract.devices import DeviceStatusView, PartState, PartStatus
from queue_server.domain.values import (
    HOUR,
    MINUTE,
    SECOND,
    CentreId,
    CounterId,
    HelpId,
    HelpKind,
    Language,
    Micros,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    ParkReason,
    PauseReason,
    ServiceId,
    StaffId,
    to_datetime,
)
from queue_server.framework.routing import PREFIX
from queue_server.queue import commands as c
from queue_server.queue.state import DayState
from queue_server.web.manager import drawing, words
from queue_server.web.manager.alarms import AlarmLimits
from queue_server.web.manager.chart import chart
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import ActionButton, ManagerPage
from queue_server.web.manager.presenter import manager_page
from queue_server.web.manager.rules import ManagerRules
from queue_server.web.rules import PageRules
from queue_server.web.site import LANGUAGES, is_rtl
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader
from tests.queue_server.house import KNOWN
from tests.queue_server.known import site
from tests.queue_server.web.days import Centre, at
from tests.queue_server.web.manager.random_days import TRIES, play

SITE = site()
NOW_AND_AGAIN = AlarmLimits(overdue=MINUTE, wish=0, paused=0, parked=0, silent=5 * MINUTE)
SESSION = Session(
    SessionId("session"), StaffId("elin"), "Elin Marsh", CentreId("demo"), frozenset({Role.MANAGER}), None, "csrf",
    Micros(0), Micros(0),
)  # fmt: skip


def device(
    name: str, kind: str = "kiosk", *, seen: int | None = 5, late: bool = False, **status: object
) -> DeviceStatusView:
    at_ = None if seen is None else to_datetime(Micros(at("10:00") - seen * SECOND))
    body = {"id": name, "kind": kind, "name": name, "seen": at_, "late": late, "mode": "in-service", **status}
    return msgspec.convert(body, DeviceStatusView)


FAULTY = PartStatus("reader", "hardwareError", "")
DEVICES = (
    device("kiosk-1", parts=[PartStatus("printer", "userError", "printer-paper-out"), FAULTY], refused=2, waiting=1),
    device("kiosk-2", mode="out-of-order"),
    device("kiosk-3", mode="setup", parts=[FAULTY]),
    device("kiosk-4", seen=400, late=True, parts=[FAULTY]),
    device("kiosk-5", seen=None, mode=None),
    device("board-1", "screen", seen=None, late=True, mode=None),
    device("feeder", "integration", seen=None, mode=None),
)


def scene(
    centre: Centre, now: Micros, language: str = "en", devices: tuple[DeviceStatusView, ...] = DEVICES
) -> ManagerView:
    reader = PageReader(SITE.words[language], Clockface("Europe/Brussels", language), language, is_rtl(language))
    presence = Presence({StaffId("staff-1"): "Ines Moreau"}, {CounterId("1"): now})
    return ManagerView(
        centre.state, centre.facts, centre.settings,
        devices=devices, presence=presence, limits=NOW_AND_AGAIN, reader=reader, now=now,
    )  # fmt: skip


def acts(page: ManagerPage) -> list[ActionButton]:
    found = [act for alarm in page.alarms for act in alarm.acts]
    found += [act for panel in page.panels for act in panel.acts]
    found += [notice.end for notice in page.notices]
    found += [one.act for group in page.services for one in group.services] + [one.reopen for one in page.closed]
    return found + ([page.intake.reopen] if page.intake.reopen else [])


def takes(act: ActionButton) -> bool:
    """Tell whether the API has such a route, and whether it can read the body."""
    for route in KNOWN.routes:
        pattern = re.sub(r"\{\w+\}", r"[^/]+", PREFIX + route.path)
        if route.method == "POST" and re.fullmatch(pattern, act.url):
            if route.request is not None:
                msgspec.json.decode(act.body, type=route.request)
            return True
    return False


@settings(max_examples=40, deadline=None)
@given(TRIES, st.integers(0, 60), st.sampled_from(LANGUAGES))
def test_whatever_the_day_every_button_is_one_that_the_api_takes(
    tries: list[tuple[int, int, int]], later: int, language: str
) -> None:
    day = play(tries)
    now = Micros(day.now + later * MINUTE)
    there = scene(day, now, language)
    page = manager_page(there, 5000)
    assert all(takes(act) for act in acts(page))
    assert all(act.ready or act.note for act in acts(page))
    values = drawing.values(page, there, SESSION, centre_name="Demonstration", rules=PageRules(), own=ManagerRules())
    html = SITE.render("manager/index.html", language, values)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert now < page.refresh_at <= now + 5 * SECOND


def test_who_came_yesterday_makes_no_hour_of_today() -> None:
    centre, empty = Centre(), Centre()
    centre.issue("09:00", "B001", "uto-birth")
    (visit,), yesterday = centre.state.visits.values(), Micros(centre.state.starts_at - 10 * HOUR)
    centre.state.visits = centre.state.visits.put(replace(visit, issued_at=yesterday))
    hours, usual = ([hour.head for hour in chart(scene(one, at("10:00"))).hours] for one in (centre, empty))
    assert hours == usual


def test_what_is_read_out_does_not_change_by_the_minute() -> None:
    centre = Centre()
    centre.issue("09:00", "B001", "uto-birth")
    centre.open("09:00", "1")
    centre.do("09:30", c.PauseCounter(CounterId("1"), PauseReason.BREAK))
    first = manager_page(scene(centre, at("10:00")), 5000)
    second = manager_page(scene(centre, at("10:07")), 5000)
    assert first.alarms != second.alarms
    assert first.news == second.news
    assert "Overdue at Check your papers." in first.news


def heads(devices: tuple[DeviceStatusView, ...]) -> list[str]:
    return [row.head.striptags() for row in manager_page(scene(Centre(), at("10:00"), devices=devices), 5000).alarms]


def test_devices_say_what_is_wrong_with_them_and_nothing_more() -> None:
    assert heads(DEVICES) == [
        "board-1 is not connected",
        "kiosk-4 is not heard of",
        "kiosk-2 is out of order",
        "kiosk-1 · Printer: no paper",
        "kiosk-1 · Document reader: fault",
        "kiosk-1: 2 tickets were refused",
    ]
    busy = tuple(PartStatus("printer", state) for state in ("online", "starting", "deviceBusy", "unknown"))
    assert heads((device("kiosk-1", parts=busy), device("board-1", "screen"))) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", get_args(PartState))
def test_every_fault_of_a_part_has_words(language: str, state: PartState) -> None:
    codes = [one.code for one in vars(peripherals.errors).values() if isinstance(one, type) and hasattr(one, "code")]
    assert len(codes) > 5
    for code in (*codes, "", "never-heard-of"):
        trouble, todo = words.part_trouble(SITE.words[language], PartStatus("printer", state, code))
        assert trouble
        assert todo


@pytest.mark.parametrize(
    ("clock", "head", "lead"),
    [
        ("08:12", "Before the doors open", "The doors open at 08:30, in 18 minutes. Nobody is waiting yet."),
        ("08:30", "Nobody has come yet today", "The doors are open since 08:30. A ticket appears here by itself."),
        ("17:00", "The centre is closed", "The doors open next on Wednesday 25 November at 08:30."),
    ],
)
def test_a_day_without_a_ticket_says_when_the_doors_open(clock: str, head: str, lead: str) -> None:
    centre = Centre()
    tomorrow = 24 * 60 * MINUTE
    openings = tuple(
        Opening(*(to_datetime(Micros(at(one) + days)) for one in ("08:30", "15:30", "16:00"))) for days in (0, tomorrow)
    )
    catalogue = centre.facts.catalogue
    centre.facts = replace(
        centre.facts, catalogue=replace(catalogue, centre=replace(catalogue.centre, openings=openings))
    )
    page = manager_page(scene(centre, at(clock)), 5000)
    assert (page.stage, page.head, page.lead) == ("before", head, lead)


def test_a_notice_is_listed_until_its_end_in_the_words_of_the_reader() -> None:
    centre = Centre()
    centre.facts = replace(centre.facts, notices={NoticeId("own"): {"en": "Lift closed", "ar": "المصعد مغلق"}})
    for ident, kind, text, until in (
        ("own", NoticeKind.ANNOUNCEMENT, NoticeText.OWN, "10:30"),
        ("now", NoticeKind.EMERGENCY, NoticeText.STAY_INSIDE, None),
    ):
        centre.do(
            "10:00",
            c.ShowNotice(NoticeId(ident), kind, text, NoticePlace.EVERYWHERE, None if until is None else at(until)),
        )
    shown = manager_page(scene(centre, at("10:20"), "ar"), 5000).notices
    assert [(one.id, one.emergency) for one in shown] == [("now", True), ("own", False)]
    assert shown[1].text == "المصعد مغلق"
    assert [one.id for one in manager_page(scene(centre, at("10:30")), 5000).notices] == ["now"]


def test_a_parked_visit_past_its_time_can_wait_again() -> None:
    centre = Centre()
    visit = centre.issue("09:00", "B001", "uto-birth")
    centre.open("09:00", "1")
    centre.call_next("09:01", "1")
    centre.do("09:02", c.Park(CounterId("1"), ParkReason.PHOTO, until=at("09:10")))
    assert [row for row in manager_page(scene(centre, at("09:09"), devices=()), 5000).alarms if "park" in row.id] == []
    (row,) = manager_page(scene(centre, at("09:11"), devices=()), 5000).alarms
    assert row.head.striptags().replace("\N{NO-BREAK SPACE}", " ") == "B 001 is not back yet (has a photo taken)"
    assert row.acts[0].url == f"/api/v1/centres/demo/visits/{visit}/resume"


def alarms_of(centre: Centre, clock: str) -> dict[str, str]:
    page = manager_page(scene(centre, at(clock), devices=()), 5000)
    return {row.id: f"{row.head.striptags()} | {row.since} | {row.todo.striptags()}" for row in page.alarms}


def test_what_nobody_serves_is_an_alarm_at_once_and_ends_at_once() -> None:
    centre = Centre()
    centre.issue("09:00", "B001", "uto-birth")
    centre.issue("09:01", "B002", "uto-birth")
    assert alarms_of(centre, "09:01") == {
        "unserved-documents": "2 wait and nobody serves: Check your papers | since 09:00 | "
        "Open one more counter. These can take it: 1 (closed), 2 (closed), 3 (closed), 4 (closed) …."
    }
    centre.open("09:02", "5")
    assert alarms_of(centre, "09:02") == {}
    centre.do("09:03", c.PauseCounter(CounterId("5"), PauseReason.BREAK))
    assert alarms_of(centre, "09:03")["unserved-documents"].startswith(
        "2 wait and nobody serves: Check your papers | since 09:03 | "
    )
    centre.open("09:04", "5")
    centre.call_next("09:04", "5")
    assert alarms_of(centre, "09:05") == {}, "whoever is at work takes the next"


def test_a_service_or_a_language_that_no_open_counter_takes_is_named() -> None:
    centre = Centre()
    five = CounterId("5")
    skills = centre.settings.counters[five].skills
    centre.issue("09:00", "B001", "uto-birth", language="ar")
    centre.do("09:00", c.OpenCounter(five, None, replace(skills, services=(ServiceId("uto-visa-visit"),))))
    (service,) = alarms_of(centre, "09:01")
    assert service == "unserved-documents-uto-birth"
    assert "nobody serves: Check your papers, Register a birth | " in alarms_of(centre, "09:01")[service]
    centre.settings = replace(centre.settings, language_filters=True)
    centre.do("09:02", c.OpenCounter(five, None, replace(skills, languages=(Language("fr"),))))
    assert alarms_of(centre, "09:02")["unserved-documents-ar"].startswith(
        "1 waits and nobody serves: Check your papers, in Arabic | "
    )
    centre.do("09:03", c.OpenCounter(five, None, skills))
    assert alarms_of(centre, "09:03") == {}


def test_a_counter_that_calls_for_assistance_or_is_silent_is_named() -> None:
    centre = Centre()
    centre.issue("09:00", "B001", "uto-birth")
    centre.do(
        "09:00", c.OpenCounter(CounterId("5"), StaffId("staff-1"), centre.settings.counters[CounterId("5")].skills)
    )
    centre.call_next("09:01", "5")
    centre.do("09:02", c.CallHelp(HelpId("help"), HelpKind.HELP, None, CounterId("5")))
    (assist,) = manager_page(scene(centre, at("09:05"), devices=()), 5000).alarms
    assert assist.head == "Counter 5 asks for assistance"
    page = manager_page(scene(centre, at("09:06"), devices=()), 5000)
    assert [row.head.striptags().replace("\N{NO-BREAK SPACE}", " ") for row in page.alarms] == [
        "Counter 5 asks for assistance",
        "Counter 5 is silent, and B 001 is there",
    ]
    assert page.alarms[1].since == "since 09:01"
    column = next(column for column in page.columns if column.id == "documents")
    assert [(line.plate, line.state) for line in column.counters] == [("5", "silent"), ("6", "closed")]
    # Who works through an integration is not signed in: nothing is known of them.
    through = Centre()
    through.issue("09:00", "B001", "uto-birth")
    through.open("09:00", "5")
    through.call_next("09:01", "5")
    assert manager_page(scene(through, at("09:30"), devices=()), 5000).alarms == ()


def test_a_day_that_has_not_begun_is_shown_too() -> None:
    centre = Centre()
    centre.state = DayState(centre.state.centre, centre.state.day)
    assert manager_page(scene(centre, at("03:00")), 5000).stage == "before"


def test_devices_are_listed_by_kind_those_that_need_somebody_first() -> None:
    page = manager_page(scene(Centre(), at("10:00")), 5000)
    assert [(group.label, group.text) for group in page.groups] == [
        ("Kiosks", "0 of 5 in order"),
        ("Boards", "0 of 1 in order"),
    ]
    assert [(row.name, row.word) for row in page.devices] == [
        ("kiosk-1", "needs somebody"),
        ("kiosk-2", "out of order"),
        ("kiosk-3", "being set up"),
        ("kiosk-4", "not connected"),
        ("kiosk-5", "not heard of yet"),
        ("board-1", "not connected"),
        ("feeder", "does not say"),
    ]
