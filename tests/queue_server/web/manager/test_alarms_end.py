"""Every alarm is raised by its cause and ends by itself when that is gone: by what staff, kiosks and time do alone."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from queue_server.accounts.presence import Presence
from queue_server.contract.devices import DeviceStatusView, PartStatus
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import (
    MINUTE,
    Category,
    CounterId,
    HelpId,
    HelpKind,
    HelpSubject,
    Language,
    Micros,
    ParkReason,
    PauseReason,
    ServiceId,
    StaffId,
    VisitId,
    to_datetime,
)
from queue_server.queue import commands as c
from queue_server.web.manager.alarms import Alarm, AlarmKind, AlarmLimits, alarms
from tests.queue_server.web.days import KIOSK, Centre, at
from tests.queue_server.web.manager.manager_client import ManagerClient
from tests.queue_server.web.manager.office import WELL, ask_priority, report
from tests.queue_server.web.manager.test_page import device

LIMITS = AlarmLimits(overdue=MINUTE, wish=2 * MINUTE, paused=15 * MINUTE, parked=5 * MINUTE, silent=3 * MINUTE)
FIVE, BIRTH = CounterId("5"), "uto-birth"
VISIT = VisitId("01890000-0000-7000-8000-000000000001")


class Day:
    """A centre with a ticket of 09:00 at counter 5, which can take it, and one kiosk that is well."""

    def __init__(self) -> None:
        self.centre = Centre()
        self.devices: tuple[DeviceStatusView, ...] = (device("kiosk-1"),)
        self.seen: dict[CounterId, Micros] = {}

    def do(self, clock: str, command: c.Command) -> None:
        self.centre.do(clock, command)

    def ticket(self, clock: str = "09:00") -> None:
        self.centre.issue(clock, "B001", BIRTH)

    def open(self, clock: str, staff: str | None = None) -> None:
        skills = self.centre.settings.counters[FIVE].skills
        self.do(clock, c.OpenCounter(FIVE, None if staff is None else StaffId(staff), skills))

    def wish(self) -> None:
        self.open("09:00")
        issued = c.IssueTicket(
            visit=VISIT,
            services=(ServiceId(BIRTH),),
            category=Category.WALK_IN,
            party_size=1,
            language=Language("ar"),
            device=KIOSK,
            series=Series("B", 1, 999),
            asks_priority=True,
        )
        self.do("09:00", issued)

    def called(self, staff: str | None = None) -> None:
        self.ticket()
        self.open("09:00", staff)
        self.do("09:00", c.CallNext(FIVE))

    def late(self) -> None:
        self.open("08:00")
        self.ticket("08:00")

    def relieved(self) -> None:
        self.do("09:04", c.HandBack(FIVE))
        self.is_seen("09:04")

    def parked(self) -> None:
        self.called()
        self.do("09:00", c.Park(FIVE, ParkReason.PHOTO, until=at("09:10")))

    def paused(self) -> None:
        self.open("09:00")
        self.do("09:00", c.PauseCounter(FIVE, PauseReason.BREAK))

    def says(self, **status: object) -> None:
        self.devices = (device("kiosk-1", **status),)  # type: ignore[arg-type]

    def is_seen(self, clock: str) -> None:
        self.seen = {FIVE: at(clock)}

    def alarms(self, clock: str) -> list[AlarmKind]:
        presence = Presence(seen=self.seen)
        found: tuple[Alarm, ...] = alarms(
            self.centre.state, self.centre.settings, self.devices, presence, LIMITS, now=at(clock)
        )
        return [one.kind for one in found]


type Act = Callable[[Day], object]
CALL = HelpId("help")
#: What raises it, when it is there, and the ways in which its cause goes: each ends it by itself.
CASES: dict[AlarmKind, tuple[Act, str, tuple[Act, ...]]] = {
    AlarmKind.HELP: (
        lambda day: day.do("09:00", c.CallHelp(CALL, HelpKind.HELP, KIOSK)),
        "09:00",
        (
            lambda day: day.do("09:01", c.WithdrawHelp(CALL, KIOSK)),
            lambda day: day.do("09:01", c.TakeHelp(CALL, FIVE, None)),
        ),
    ),
    AlarmKind.COUNTER_SILENT: (
        lambda day: day.called("ines"),
        "09:04",
        (
            lambda day: day.is_seen("09:03"),
            Day.relieved,
        ),
    ),
    AlarmKind.UNSERVED: (
        lambda day: day.ticket(),
        "09:00",
        (lambda day: day.open("09:00"), lambda day: day.do("09:00", c.Cancel(VISIT))),
    ),
    AlarmKind.OVERDUE: (
        Day.late,
        "09:00",
        (
            lambda day: day.do("09:00", c.CallNext(FIVE)),
            lambda day: day.do("09:00", c.Cancel(VISIT)),
        ),
    ),
    AlarmKind.PRIORITY_REQUEST: (
        lambda day: day.wish(),
        "09:02",
        (
            lambda day: day.do("09:02", c.Reclassify(VISIT, Category.PRIORITY)),
            lambda day: day.do("09:02", c.Reclassify(VISIT, Category.WALK_IN)),
            lambda day: day.do("09:02", c.CallNext(FIVE)),
        ),
    ),
    AlarmKind.PARKED: (
        lambda day: day.parked(),
        "09:15",
        (
            lambda day: day.do("09:15", c.Resume(VISIT)),
            lambda day: day.do("09:15", c.Cancel(VISIT)),
        ),
    ),
    AlarmKind.PAUSED: (
        lambda day: day.paused(),
        "09:15",
        (lambda day: day.open("09:15"), lambda day: day.do("09:15", c.CloseCounter(FIVE))),
    ),
    AlarmKind.COPIED: (
        lambda day: day.says(machines=("one", "other"), copied=to_datetime(at("08:59"))),
        "09:00",
        (lambda day: day.says(),),
    ),
    AlarmKind.DEVICE_SILENT: (lambda day: day.says(late=True), "09:00", (lambda day: day.says(),)),
    AlarmKind.OUT_OF_ORDER: (lambda day: day.says(mode="out-of-order"), "09:00", (lambda day: day.says(),)),
    AlarmKind.PART: (
        lambda day: day.says(parts=[PartStatus("printer", "userError", "printer-paper-out")]),
        "09:00",
        (lambda day: day.says(parts=[PartStatus("printer", "online")]),),
    ),
    AlarmKind.REFUSED: (lambda day: day.says(refused=1), "09:00", (lambda day: day.says(),)),
}


def test_every_kind_has_its_case() -> None:
    assert set(CASES) == set(AlarmKind)


@pytest.mark.parametrize("kind", AlarmKind, ids=lambda kind: kind.name.lower())
def test_an_alarm_ends_when_its_cause_is_gone(kind: AlarmKind) -> None:
    begin, clock, ends = CASES[kind]
    assert Day().alarms(clock) == []
    for end in ends:
        day = Day()
        begin(day)
        assert day.alarms(clock) == [kind]
        end(day)
        assert day.alarms(clock) == []


def test_one_cause_is_one_alarm() -> None:
    """While a kiosk calls for its paper the call is the alarm; once somebody has it, the printer is."""
    day = Day()
    parts = [PartStatus("printer", "userError", "printer-paper-out"), PartStatus("reader", "offline")]
    day.devices = (device(KIOSK, parts=parts),)
    assert day.alarms("09:00") == [AlarmKind.PART, AlarmKind.PART]
    day.do("09:00", c.CallHelp(CALL, HelpKind.PAPER, KIOSK))
    day.do("09:00", c.CallHelp(HelpId("reader"), HelpKind.FAULT, KIOSK, about=HelpSubject.READER))
    assert day.alarms("09:01") == [AlarmKind.HELP, AlarmKind.HELP]
    day.do("09:02", c.TakeHelp(CALL, FIVE, None))
    assert day.alarms("09:02") == [AlarmKind.HELP, AlarmKind.PART]


def test_the_page_raises_and_ends_them_by_itself(manager: ManagerClient) -> None:
    """Through kiosk, counter and page, as far as no time has to pass for it."""
    centre = manager.centre
    call = centre.call_help(HelpKind.FAULT)
    assert manager.alarm("Something does not work")
    centre.withdraw_help(call)
    assert manager.alarms() == []
    assert "ended by itself" in manager.page().one(".alarms .over").text

    visit = ask_priority(centre)
    assert "Open one more counter" in manager.alarm("1 waits and nobody serves: Check your papers").text
    assert manager.alarm("asks for priority")
    manager.api("counters/5/open")
    (only,) = manager.alarms()
    assert "asks for priority" in only
    manager.api(f"visits/{visit.id}/reclassify", {"category": "walk-in"})
    assert manager.alarms() == []
    manager.api("counters/5/call-next")
    assert manager.alarms() == []
    manager.api("counters/5/hand-back")
    manager.api("counters/5/pause", {"reason": "break"})
    assert manager.alarm("Counter 5: break")
    assert manager.alarm("nobody serves")
    manager.api("counters/5/open")
    assert [text for text in manager.alarms() if "Counter 5" in text or "nobody serves" in text] == []
    manager.api(f"visits/{visit.id}/cancel")
    broken = replace(WELL, mode="out-of-order", parts=(PartStatus("reader", "offline", "device-not-connected"),))
    report(centre, replace(broken, refused=1))
    assert len(manager.alarms()) == 3
    report(centre, WELL)
    assert manager.alarms() == []
