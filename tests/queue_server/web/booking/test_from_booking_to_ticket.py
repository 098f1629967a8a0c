"""From the page of an appointment to that of the ticket, once somebody has come in; and to nobody else's."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from queue_server.web.booking.settings import BookingSettings
from tests.queue_server.appointments.booked import SetClock
from tests.queue_server.appointments.test_check_in import TEN, at_kiosk, made, ticket
from tests.queue_server.house import QUICK, House, house
from tests.queue_server.web.booking.phone import Phone

RULES = BookingSettings(requests_address_s=10_000, requests_s=100_000)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(TEN - timedelta(hours=3))


@pytest.fixture
async def here(data: Path, clock: SetClock) -> AsyncIterator[House]:
    async with house(data, QUICK.but(RULES), clock) as running:
        yield running


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
async def test_once_they_are_in_the_page_leads_to_their_place(here: House, clock: SetClock, language: str) -> None:
    _, link = await made(here)
    phone = Phone(here.address, "demo", language=language)
    page = await asyncio.to_thread(phone.open, f"/b/{link}?lang={language}")
    assert not [one for one in page.links if one.startswith("/t/")], "nobody has come in"
    clock.now = TEN
    kiosk, letter = await at_kiosk(here)
    issued = await kiosk.post("/centres/demo/visits", ticket(f"{letter}001", link))
    assert issued.status == 201, issued
    page = await asyncio.to_thread(phone.open, f"/b/{link}?lang={language}")
    shown = await asyncio.to_thread(phone.open, page.link("/t/"))
    assert shown.status == 200
    number = issued.body["visit"]["code"]
    assert f"{number[:1]}\N{NO-BREAK SPACE}" in shown.text.replace(" ", "\N{NO-BREAK SPACE}")
    assert number[1:] in shown.text
    assert f'lang="{language}"' in shown.html
