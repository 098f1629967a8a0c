"""The waiting list: offered in order, held, taken or passed on; told by letter; and nothing is given twice."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from queue_server.appointments import waitlist_store
from queue_server.appointments.settings import AppointmentSettings
from queue_server.appointments.waitlist_link import waiting_of
from queue_server.domain.values import new_id, now_micros, to_datetime
from tests.queue_server.appointments.booked import (
    APPOINTMENTS,
    NURSE,
    SHORT,
    SetClock,
    booked,
    free_at,
    soon,
    until_full,
)
from tests.queue_server.house import Client, House
from tests.queue_server.notices.mail_server import MailServer, mail_server
from tests.queue_server.notices.told import centre, mail_settings, until, until_so

#: That of the demo centre.
ZONE = ZoneInfo("Europe/Brussels")
SETTINGS = AppointmentSettings(waitlist_s=0.03, offer_min=30)


def contact(name: str) -> dict[str, Any]:
    return {"language": "en", "email": f"{name}.example@example.org"}


async def waits(office: Client, at: Any, name: str, **more: Any) -> dict[str, Any]:
    """Have somebody wait for the nurse, at this very time."""
    local = at.astimezone(ZONE)
    minute = local.hour * 60 + local.minute
    body = {
        "services": [NURSE],
        "first_day": str(at.date()),
        "last_day": str(at.date()),
        "language": "en",
        "contact": contact(name),
        "earliest_min": minute,
        "latest_min": minute,
    }
    answer = await office.post(f"{APPOINTMENTS}/waitlist", body | more)
    assert answer.status == 201, answer
    found: dict[str, Any] = answer.body
    return found


async def state(here: House, ident: str) -> tuple[str, int]:
    """Say how somebody stands, and how often they were offered a place."""

    def work(connection: Connection) -> tuple[str, int]:
        found = waitlist_store.by_id(connection, ident)
        assert found is not None
        return found.state.value, len(found.offers)

    return await here.server.log.run(work)


async def until_state(here: House, ident: str, *wanted: Any) -> None:
    async def is_so() -> bool:
        return await state(here, ident) == wanted

    await until_so(is_so)


async def offered_by(mail: MailServer, name: str) -> str:
    """Wait for the letter that offers somebody a time; gives the link."""
    await until(lambda: any(one.recipient == contact(name)["email"] for one in mail.letters))
    letter = next(one for one in mail.letters if one.recipient == contact(name)["email"])
    (body,) = [part for part in letter.mail.walk() if part.get_content_type() == "text/plain"]
    text: str = body.get_content()
    return next(word for word in text.split() if "/w/" in word)


async def test_the_first_in_order_is_offered_what_is_given_back_and_nobody_else_has_it(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port), SETTINGS) as here:
        office = await here.manager()
        at = soon(here, 5)
        booked_ones, _refused = await until_full(office, at, NURSE)
        first, second = await waits(office, at, "first"), await waits(office, at, "second")
        assert await state(here, first["entry"]["id"]) == ("waiting", 0)
        cancelled = await office.post(f"{APPOINTMENTS}/{booked_ones[0]}/cancel")
        assert cancelled.status == 200
        await until_state(here, first["entry"]["id"], "offered", 1)
        assert at.isoformat().replace("+00:00", "Z") not in await free_at(office, at, NURSE)
        link = await offered_by(mail, "first")
        token = link.rpartition("/")[2]
        assert token == first["token"]
        assert waiting_of(here.server, token) == first["entry"]["id"]
        # Looking takes nothing.
        async with here.http.get(link) as answer:
            page = await answer.text()
        assert (answer.status, "This time is free for you" in page) == (200, True)
        assert await state(here, first["entry"]["id"]) == ("offered", 1)
        async with here.http.post(f"{link}/take", data={}) as answer:
            page = await answer.text()
        assert answer.status == 200, page
        assert "/b/" in str(answer.url)
        assert await state(here, first["entry"]["id"]) == ("served", 1)
        assert await state(here, second["entry"]["id"]) == ("waiting", 0)
        day = await office.get(f"{APPOINTMENTS}?day={at.date()}")
        here_now = [one for one in day.body["appointments"] if one["state"] == "booked"]
        assert len(here_now) == len(booked_ones)


async def test_what_is_not_taken_in_time_goes_to_the_next_and_is_not_offered_twice(data: Path) -> None:
    clock = SetClock(to_datetime(now_micros()))
    async with mail_server() as mail, centre(data, mail_settings(mail.port), SETTINGS, clock=clock) as here:
        office = await here.manager()
        at = soon(here, 5)
        booked_ones, _refused = await until_full(office, at, NURSE)
        names = ("first", "second", "third")
        entries = []
        for name in names:
            entries.append((await waits(office, at, name))["entry"]["id"])
            clock.pass_time(seconds=1)
        await office.post(f"{APPOINTMENTS}/{booked_ones[0]}/cancel")
        await until_state(here, entries[0], "offered", 1)
        links = [await offered_by(mail, "first")]
        clock.pass_time(minutes=31)
        await until_state(here, entries[1], "offered", 1)
        await until_state(here, entries[0], "waiting", 1)
        # The second does not want it: the third has it at once, and the first not once more.
        link = await offered_by(mail, "second")
        async with here.http.post(f"{link}/decline", data={}) as answer:
            assert answer.status == 200
        await until_state(here, entries[2], "offered", 1)
        third = await offered_by(mail, "third")
        async with here.http.post(f"{third}/leave", data={}) as answer:
            assert "not on the waiting list any more" in await answer.text()
        assert await state(here, entries[2]) == ("left", 1)
        for link in (*links, third):
            async with here.http.post(f"{link}/take", data={}) as answer:
                assert answer.status == 409
        # Whom it fits was asked: it is for everybody, at some moment.
        clock.pass_time(minutes=61)

        async def is_free() -> bool:
            return at.isoformat().replace("+00:00", "Z") in await free_at(office, at, NURSE)

        await until_so(is_free)
        assert [await state(here, one) for one in entries] == [("waiting", 1), ("waiting", 1), ("left", 1)]
        await booked(office, at, NURSE)


async def test_a_party_that_does_not_fit_does_not_hold_up_whoever_waits_behind_it(data: Path) -> None:
    async with centre(data, SETTINGS) as here:
        office = await here.manager()
        at = soon(here, 5)
        booked_ones, _refused = await until_full(office, at, SHORT)
        # What a large party needs beyond the first quarter of an hour is not there either.
        for quarter in range(1, 8):
            await until_full(office, at + timedelta(minutes=15 * quarter), SHORT)
        six = (await waits(office, at, "six", services=[SHORT], party_size=6))["entry"]["id"]
        await office.post(f"{APPOINTMENTS}/{booked_ones[0]}/cancel")
        # Whoever waits for a later day is offered a place after everybody was looked at for this one.
        later = (await waits(office, at + timedelta(days=2), "later", services=[SHORT]))["entry"]["id"]
        await until_state(here, later, "offered", 1)
        assert await state(here, six) == ("waiting", 0)
        behind = (await waits(office, at, "behind", services=[SHORT]))["entry"]["id"]
        await until_state(here, behind, "offered", 1)
        assert await state(here, six) == ("waiting", 0)
        # Theirs is the next place that is large enough.
        for ident in booked_ones[1:4]:
            await office.post(f"{APPOINTMENTS}/{ident}/cancel")
        await until_state(here, six, "offered", 1)


async def test_the_same_key_waits_once_and_nobody_waits_more_often_than_they_may_book(data: Path) -> None:
    async with centre(data, SETTINGS) as here:
        office = await here.manager()
        at = soon(here, 5)
        await until_full(office, at, NURSE)
        one = await waits(office, at, "eager")
        body = {
            "services": [NURSE],
            "first_day": str(at.date()),
            "last_day": str(at.date()),
            "language": "en",
            "contact": contact("eager"),
            "earliest_min": at.hour * 60,
            "latest_min": at.hour * 60 + 1,
        }
        key = new_id()
        answers = await asyncio.gather(*(office.post(f"{APPOINTMENTS}/waitlist", body, key) for _ in range(4)))
        assert len({answer.body["entry"]["id"] for answer in answers}) == 1
        assert answers[0].body["entry"]["id"] != one["entry"]["id"]
        for _more in range(2):
            assert (await office.post(f"{APPOINTMENTS}/waitlist", body)).status == 201
        refused = await office.post(f"{APPOINTMENTS}/waitlist", body)
        assert (refused.status, refused.code) == (409, "booking-limit")
        silent = await office.post(f"{APPOINTMENTS}/waitlist", body | {"contact": {"language": "en"}})
        assert (silent.status, silent.code) == (422, "waitlist-invalid")
        past = str((at - timedelta(days=30)).date())
        over = await office.post(f"{APPOINTMENTS}/waitlist", body | {"first_day": past, "last_day": past})
        assert over.status in {409, 422}
        assert len((await office.get(f"{APPOINTMENTS}/waitlist")).body["entries"]) == 4
