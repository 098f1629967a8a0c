"""What managers, leads and auditors walk past: the centre as it is, what is planned, and how it went."""

from collections.abc import Iterator

from playwright.sync_api import expect

from queue_server.domain.values import HelpKind, VisitId
from tests.queue_server.web.custodian import hand_in
from tests.queue_server.web.figures.conftest import plant_days
from tests.queue_server.web.manager.office import WELL, report
from tests.queue_server.web.staffing.booked import booked_day
from tests.queue_server.web.till import DOUBT, kiosk_tells
from tests.queue_server.web.walks.walk import HELP, MANY, State, Walker, opener


def at_manager(desk: Walker) -> Iterator[State]:
    """Look at the whole centre: before anybody came, and with alarms and people."""
    centre = desk.centre
    report(centre, WELL)
    yield State("before", opener("announce", "emergency", "full"))
    centre.crowd(desk.many)
    for kind in HelpKind:
        centre.call_help(kind)
    yield State("crowded", (".counter-line",), away=True, then=has_alarms, is_main=True)


def has_alarms(desk: Walker) -> None:
    expect(desk.page.locator(".alarms .count")).not_to_have_text("0")


def at_audit(desk: Walker) -> Iterator[State]:
    """Read what was paid, who looked and who acted."""
    centre = desk.centre
    yield State("nothing yet", (HELP,))
    kiosk_tells(centre, VisitId(centre.issue().id))
    kiosk_tells(centre, VisitId(centre.issue().id), DOUBT)
    centre.crowd(12)
    yield State("payments", is_main=True)
    yield State("who looked", query="view=looked")
    yield State("who acted", query="view=acted")


def at_staffing(desk: Walker) -> Iterator[State]:
    """Look at a day on which some have booked, and at closing it."""
    desk.begin()
    day = booked_day(desk, 3)
    yield State("today")
    yield State("a day ahead", (HELP,), query=f"day={day.date}")
    yield State("close it", query=day.closing, is_main=True)
    yield State("no such change", query=f"day={day.date}&kind=more")
    desk.go(f"/staffing?{day.closing}")
    desk.is_live()
    desk.page.locator("#act-change-day").click()
    expect(desk.page.locator(".done")).to_be_visible()
    yield State("closed", query=f"day={day.date}&done=change-day")
    yield State("closed already", query=day.closing, away=True)


def at_forecast(_desk: Walker) -> Iterator[State]:
    """Look ahead in a centre that has no days behind it; one that has is looked at by itself (``forecast``)."""
    yield State("nothing is known", (HELP,))
    yield State("the coming week", query="part=week", away=True, is_main=True)


def at_accuracy(_desk: Walker) -> Iterator[State]:
    """Look how right it was in a centre that has no days behind it; one that has is looked at by itself."""
    yield State("nothing is known", (HELP,), away=True, is_main=True)


def at_figures(desk: Walker) -> Iterator[State]:
    """Look at how it went: nothing yet, a day, a week, the ways between steps, and visits behind a number.

    Those with more behind them are looked at by themselves (``figures``).
    """
    yield State("nothing yet", (HELP,))
    day = plant_days(desk.centre, 35 if desk.many > MANY else 4)
    yield State("a day", query=f"day={day}", is_main=True)
    yield State("a week", query=f"of=week&day={day}")
    yield State("ways", query=f"view=flow&day={day}")
    yield State("a month", away=True, query=f"of=month&day={day}")


def at_visits_behind(desk: Walker) -> Iterator[State]:
    """Look at the visits behind a number."""
    yield State("none", (HELP,))
    yield State("many", query=f"day={plant_days(desk.centre, 4)}", away=True, is_main=True)


def at_payments_behind(desk: Walker) -> Iterator[State]:
    """Look at the payments behind a number."""
    yield State("none", (HELP,))
    kiosk_tells(desk.centre, VisitId(desk.centre.issue().id))
    yield State("one", query="of=week&means=card&currency=EUR", away=True, is_main=True)


def at_documents_behind(desk: Walker) -> Iterator[State]:
    """Look at the documents behind a number."""
    yield State("none", (HELP,))
    hand_in(desk, 4)
    yield State("some", query="of=week", away=True, is_main=True)


def at_all_centres(desk: Walker) -> Iterator[State]:
    """Look at all centres: some in order, one where people and a device need somebody."""
    yield State("nobody has come", (HELP,))
    desk.centre.crowd(12)
    desk.centre.call_help(HelpKind.PRIVATE)
    yield State("one needs somebody", away=True, then=needs_somebody, is_main=True)


def needs_somebody(desk: Walker) -> None:
    expect(desk.page.locator(f"#centre-{desk.centre.id}")).to_have_class("bad-row")


def at_comparison(_desk: Walker) -> Iterator[State]:
    """Compare centres of which little is known, and ask for days that make no sense."""
    yield State("four weeks", (HELP,), is_main=True)
    yield State("one service", query="service=uto-passport-renewal")
    yield State("no such days", query="from=2026-02-01&to=2026-01-01", away=True)
