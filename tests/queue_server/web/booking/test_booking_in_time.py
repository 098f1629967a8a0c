"""Time passes, or a centre changes its day, while somebody looks at a page: what they are told, and where to go on.

The server is in this process, with a clock of the test; the telephone asks it over a socket.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server.domain.values import now_micros, to_datetime
from queue_server.web.booking.settings import BookingSettings
from tests.queue_server.appointments.booked import APPOINTMENTS, SetClock
from tests.queue_server.house import QUICK, Client, House, house
from tests.queue_server.web.booking.phone import Page, Phone
from tests.queue_server.web.booking.test_booking import code_of

RULES = BookingSettings(
    requests_address_s=10_000, requests_s=100_000, proof_rounds=5, proof_iterations=20, wait_s=0.1, calm=100_000
)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(to_datetime(now_micros()).replace(microsecond=0))


@pytest.fixture
async def here(data: Path, clock: SetClock) -> AsyncIterator[House]:
    async with house(data, QUICK.but(RULES), clock) as running:
        yield running


@pytest.fixture
def phone(here: House) -> Phone:
    return Phone(here.address, "demo")


async def does[T](work: Callable[[], T]) -> T:
    """Let the telephone do something: it waits for answers of the server in this process."""
    return await asyncio.to_thread(work)


def held(phone: Phone) -> Page:
    page = phone.times()
    return phone.hold(page, page.times[20])


async def close(office: Client, at: datetime, hours: int = 1) -> list[str]:
    """Close some hours, whomever it concerns; gives their ids."""
    day = to_day(at)
    start = at.replace(minute=0)
    body: dict[str, Any] = {
        "kind": "close",
        "start": start.isoformat(),
        "end": (start + timedelta(hours=hours)).isoformat(),
    }
    path = f"{APPOINTMENTS}/days/{day}/changes"
    concerns = [one["id"] for one in (await office.post(f"{path}/preview", body)).body["concerns"]]
    done = await office.post(path, body | {"concerns": concerns})
    assert done.status == 200, done
    return concerns


def to_day(at: datetime) -> str:
    return at.date().isoformat()


def instant(said: str) -> datetime:
    return datetime.fromtimestamp(int(said) / 1_000_000, UTC)


async def test_what_was_held_too_long_is_free_again(phone: Phone, clock: SetClock) -> None:
    page = await does(lambda: held(phone))
    assert "held for you until" in page.text
    clock.pass_time(minutes=11)
    # Looked at again, and sent: nothing is booked, and the way goes on.
    late = await does(lambda: phone.open(page.address))
    sent = await does(lambda: phone.send(page))
    assert (late.status, sent.status) == (409, 409)
    assert "This time is not held for you any more" in late.text
    assert late.text == sent.text
    assert len((await does(lambda: phone.open(late.link("/times?")))).times) > 20
    page = await does(lambda: held(phone))
    assert "Booked" in (await does(lambda: phone.send(page))).text


async def test_what_was_booked_in_time_is_found_by_a_late_second_form(phone: Phone, clock: SetClock) -> None:
    page = await does(lambda: held(phone))
    first = await does(lambda: phone.send(page))
    clock.pass_time(minutes=30)
    again = await does(lambda: phone.send(page))
    assert again.address == first.address


async def test_a_time_that_the_centre_takes_away_is_said_and_another_one_chosen(here: House, phone: Phone) -> None:
    office = await here.manager()
    times = await does(phone.times)
    at = times.times[20]
    page = await does(lambda: phone.send(phone.hold(times, at)))
    code, address = code_of(page), page.address
    assert len(await close(office, instant(at))) == 1
    page = await does(lambda: phone.open(address))
    assert "Your time is gone" in page.text
    assert "shown-code" not in page.html
    assert (await does(lambda: phone.open(f"{address.partition('?')[0]}/calendar"))).status == 404
    ask = await does(lambda: phone.open(page.link("/change")))
    assert at not in ask.times
    page = await does(lambda: phone.send(ask, at=ask.times[0]))
    assert "Booked" in page.text
    assert code_of(page) == code


async def test_an_hour_that_is_closed_meanwhile_is_refused_with_others(here: House, phone: Phone) -> None:
    office = await here.manager()
    times = await does(phone.times)
    at = times.times[20]
    await close(office, instant(at))
    refused = await does(lambda: phone.hold(times, at))
    assert refused.status == 409
    assert "is not free any more" in refused.text
    assert "Free and near it:" in refused.text
    assert at not in refused.times


async def test_what_is_held_while_its_hour_is_closed_is_said(here: House, phone: Phone) -> None:
    office = await here.manager()
    times = await does(phone.times)
    at = times.times[20]
    page = await does(lambda: phone.hold(times, at))
    await close(office, instant(at))
    late = await does(lambda: phone.send(page))
    assert late.status == 409
    assert "This time is not held for you any more" in late.text


async def test_near_its_time_it_is_cancelled_and_not_moved_and_then_neither(phone: Phone, clock: SetClock) -> None:
    times = await does(phone.times)
    at = times.times[20]
    page = await does(lambda: phone.send(phone.hold(times, at)))
    address = page.address.partition("?")[0]
    assert "Change it until" in page.text
    ask = await does(lambda: phone.open(f"{address}/change"))
    sure = await does(lambda: phone.open(f"{address}/cancel"))
    clock.now = instant(at) - timedelta(minutes=5)
    page = await does(lambda: phone.open(address))
    assert "It is too late to change it here" in page.text
    # A form from before moves nothing.
    page = await does(lambda: phone.send(ask, at=ask.times[-1]))
    assert page.address.startswith(address)
    assert "It is too late to change it here" in page.text
    clock.now = instant(at) + timedelta(minutes=1)
    page = await does(lambda: phone.send(sure))
    assert "Your time has come" in page.text
    page = await does(lambda: phone.open(f"{address}/cancel"))
    assert "Your time has come" in page.text, "nor is anybody asked"


async def test_the_wait_goes_on_by_itself_and_ends_with_a_button(phone: Phone, clock: SetClock) -> None:
    def begin() -> Page:
        page = phone.times()
        answer = phone.post_once(page.action, {"at": page.times[20]})
        return phone.ask("GET", answer.headers["Location"])

    page = await does(begin)
    assert (page.one("h1").text, page.method) == ("A short wait", "get")
    assert '<noscript><meta http-equiv="refresh"' in page.html
    clock.pass_time(minutes=1)
    page = await does(lambda: phone.send(page))
    assert (page.one("h1").text, page.method) == ("You can go on", "post")
    assert page.one(".foot-bar button").text == "Continue"
    assert "refresh" not in page.html
    assert "held for you until" in (await does(lambda: phone.send(page))).text
