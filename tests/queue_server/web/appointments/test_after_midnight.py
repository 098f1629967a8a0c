"""A time after midnight is told with the date on which the clock shows it, not with that of its service day. Pure."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup
from msgspec.structs import replace

from kiosk.link.appointment_times import dates_with_times
from queue_server.appointments.views import appointment_view
from queue_server.contract.appointments import AppointmentView, BookableDayView, FreeTimesAnswer, FreeTimeView
from queue_server.domain.appointments import CheckInVerdict
from queue_server.domain.values import Day, Micros, to_micros
from queue_server.web.appointments import card
from queue_server.web.booking.booked_page import BookedFacts, booked_page
from queue_server.web.site import LANGUAGES, site_of
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader
from tests.queue_server.house import KNOWN
from tests.queue_server.web.appointments.test_arrival_words import RULES, booked, shown

ZONE = "Europe/Brussels"
#: Of the service day of Wednesday 9 December, which begins at 04:00 and ends a day later.
NIGHT = datetime(2026, 12, 9, 23, 30, tzinfo=UTC)
#: The night in which clocks go back an hour: 02:30 of Sunday, of the service day of Saturday.
LONG_NIGHT = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
THURSDAY = {"en": "Thursday 10 December", "fr": "jeudi 10 décembre", "ar": "الخميس 10 ديسمبر"}


def reader(language: str) -> PageReader:
    return PageReader(site_of(KNOWN.sites).words[language], Clockface(ZONE, language), language, language == "ar")


def stored(at: datetime, day: str) -> AppointmentView:
    one = replace(booked(), at=to_micros(at), day=Day(day))
    return appointment_view(one, ZONE, RULES, Micros(0))


def test_a_card_and_the_page_of_a_booking_say_the_date_of_the_clock() -> None:
    one = stored(NIGHT, "2026-12-09")
    assert (one.clock, one.date, one.day) == ("00:30", "2026-12-10", "2026-12-09")
    facts = BookedFacts("", "", Markup(), Markup(), 15, "", "/b/x", "", "")
    for language in LANGUAGES:
        assert card.day_name(reader(language), one) == THURSDAY[language]
        assert THURSDAY[language] in booked_page(one, facts, reader(language), Micros(0)).headline
    assert card.day_name(reader("en"), stored(LONG_NIGHT, "2026-10-24")) == "Sunday 25 October"


def test_reception_says_the_date_of_the_clock() -> None:
    one = replace(booked(), at=to_micros(NIGHT), day=Day("2026-12-09"))
    for language in LANGUAGES:
        assert THURSDAY[language] in shown(one, CheckInVerdict.WRONG_DAY, language=language).when


def test_a_kiosk_offers_times_after_midnight_on_the_date_of_the_clock() -> None:
    def free(hour: int, date: str, at: datetime) -> FreeTimeView:
        return FreeTimeView(at, f"{hour:02}:30", date)

    evening = datetime(2026, 12, 9, 22, 30, tzinfo=ZoneInfo(ZONE))
    answer = FreeTimesAnswer(
        days=(
            BookableDayView("2026-12-09", 2, (free(22, "2026-12-09", evening), free(0, "2026-12-10", NIGHT))),
            BookableDayView("2026-12-10", 1, (free(10, "2026-12-10", NIGHT),)),
        ),
        minutes=20,
    )
    found = [(one.day, [time.clock for time in one.times]) for one in dates_with_times(answer)]
    assert found == [("2026-12-09", ["22:30"]), ("2026-12-10", ["00:30", "10:30"])]
