"""Appointments over the API: found, held, booked, moved, cancelled, and a day that a manager changes."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, func, select

from queue_server.accounts.model import Role
from queue_server.domain.appointments import read_code
from queue_server.domain.values import new_id
from queue_server.eventlog.tables import events
from queue_server.vault.tables import people_rows
from tests.queue_server.appointments.booked import (
    APPOINTMENTS,
    NURSE,
    PASSPORT,
    booked,
    free_at,
    soon,
    until_full,
    wanted,
)
from tests.queue_server.house import House

pytestmark = pytest.mark.asyncio(loop_scope="module")

DOCUMENT = "L898902C3"


async def counted(here: House, kind: str) -> int:
    def work(connection: Connection) -> int:
        return connection.execute(select(func.count()).select_from(events).where(events.c.type == kind)).scalar_one()

    return await here.server.log.run(work)


async def kept(here: House) -> list[str]:
    def work(connection: Connection) -> list[str]:
        return sorted(connection.execute(select(people_rows.c.kind)).scalars())

    return await here.server.log.run(work)


async def test_a_time_is_found_booked_and_gone(here: House) -> None:
    office = await here.manager()
    at = soon(here)
    answer = await office.get(f"{APPOINTMENTS}/times?service={PASSPORT}")
    assert answer.status == 200, answer
    assert len(answer.body["days"]) == 28
    assert answer.body["minutes"] == 3 + 8 + 6 + 4 + 5
    assert at.isoformat().replace("+00:00", "Z") in await free_at(office, at)
    one = await booked(office, at, people=[{"band": "adult", "count": 2}])
    assert (one["state"], one["party_size"], one["minutes"]) == ("booked", 2, 4 + 13 + 12 + 5 + 8)
    assert read_code(one["code"]) == one["code"]
    assert one["through"] == "integration"
    shown = await office.get(f"{APPOINTMENTS}/{one['id']}")
    assert shown.body["appointment"] == one
    assert len(shown.body["token"]) == 43
    listed = await office.get(f"{APPOINTMENTS}?day={one['day']}")
    assert listed.body["appointments"] == [one]


async def test_a_booking_takes_capacity_at_every_step(here: House) -> None:
    """A time that is full for those who take long is free again later, and no pool is given away twice."""
    office = await here.manager()
    at = soon(here)
    before = await free_at(office, at, NURSE)
    found, refused = await until_full(office, at, NURSE)
    assert len(found) >= 1
    assert (refused.status, refused.code) == (409, "time-taken")
    after = await free_at(office, at, NURSE)
    assert at.isoformat().replace("+00:00", "Z") in before
    assert at.isoformat().replace("+00:00", "Z") not in after
    assert (at + timedelta(hours=2)).isoformat().replace("+00:00", "Z") in after
    day = (await office.get(f"{APPOINTMENTS}/days/{at.date()}")).body
    nurse = next(pool for pool in day["pools"] if pool["id"] == "nurse")
    assert all(period["taken"] <= period["bookable"] for pool in day["pools"] for period in pool["periods"])
    assert sum(period["taken"] for period in nurse["periods"]) > 0
    assert (day["booked"], day["people"]) == (len(found), len(found))


async def test_what_is_held_is_theirs_and_nobody_elses(own_house: House) -> None:
    office = await own_house.manager()
    at = soon(own_house)
    body = {"services": [NURSE], "at": at.isoformat()}
    key = new_id()
    held = await office.post(f"{APPOINTMENTS}/holds", body, key)
    assert held.status == 201, held
    again = await office.post(f"{APPOINTMENTS}/holds", body, key)
    assert again.body == held.body
    assert await counted(own_house, "time-held") == 1
    assert (await office.post(f"{APPOINTMENTS}/holds", body | {"party_size": 2}, key)).code == "idempotency-key-reused"
    await until_full(office, at, NURSE)
    hold = held.body["hold"]
    one = await office.post(APPOINTMENTS, wanted(at, NURSE, hold=hold["id"]))
    assert one.status == 201, one
    other = await office.post(APPOINTMENTS, wanted(at, NURSE, hold=hold["id"]))
    assert (other.status, other.code) == (409, "hold-over")
    # What is used or never was is let go without a word.
    for ident in (hold["id"], new_id()):
        let_go = await office.post(f"{APPOINTMENTS}/holds/{ident}/release", {"at": at.isoformat()})
        assert let_go.status == 200, let_go


async def test_what_is_let_go_is_free_at_once(here: House) -> None:
    office = await here.manager()
    at = soon(here)
    await until_full(office, at - timedelta(minutes=15), NURSE)
    holds = []
    while (
        answer := await office.post(f"{APPOINTMENTS}/holds", {"services": [NURSE], "at": at.isoformat()})
    ).status == 201:
        holds.append(answer.body["hold"]["id"])
    assert answer.code == "time-taken"
    assert at.isoformat().replace("+00:00", "Z") not in await free_at(office, at, NURSE)
    for ident in holds:
        await office.post(f"{APPOINTMENTS}/holds/{ident}/release", {"at": at.isoformat()})
    assert at.isoformat().replace("+00:00", "Z") in await free_at(office, at, NURSE)


async def test_the_same_key_is_one_booking(own_house: House) -> None:
    office = await own_house.manager()
    key, at = new_id(), soon(own_house)
    answers = await asyncio.gather(*(office.post(APPOINTMENTS, wanted(at), key) for _ in range(8)))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["appointment"]["id"] for answer in answers}) == 1
    assert len({answer.body["appointment"]["code"] for answer in answers}) == 1
    assert await counted(own_house, "appointment-booked") == 1
    # Another day, or another body of the same: the key is spent.
    for other in (wanted(at + timedelta(days=1)), wanted(at, language="fr")):
        again = await office.post(APPOINTMENTS, other, key)
        assert (again.status, again.code) == (422, "idempotency-key-reused")


async def test_moved_to_another_day_and_within_it(own_house: House) -> None:
    office = await own_house.manager()
    at = soon(own_house)
    one = await booked(office, at)
    path, key = f"{APPOINTMENTS}/{one['id']}", new_id()
    later = at + timedelta(days=3)
    moved = await office.post(f"{path}/move", {"at": later.isoformat()}, key)
    assert moved.status == 200, moved
    after = moved.body["appointment"]
    assert (after["id"], after["code"], after["revision"]) == (one["id"], one["code"], 1)
    assert after["day"] != one["day"]
    assert (await office.post(f"{path}/move", {"at": later.isoformat()}, key)).body == moved.body
    assert (await office.get(f"{APPOINTMENTS}?day={one['day']}")).body["appointments"] == []
    within = await office.post(f"{path}/move", {"at": (later + timedelta(hours=1)).isoformat()})
    assert within.body["appointment"]["revision"] == 2
    back = await office.post(f"{path}/move", {"at": at.isoformat()})
    assert (back.body["appointment"]["day"], back.body["appointment"]["revision"]) == (one["day"], 3)
    assert [await counted(own_house, f"appointment-{kind}") for kind in ("moved-out", "moved-in", "rescheduled")] == [
        2,
        2,
        1,
    ]


async def test_what_is_cancelled_stays_so(here: House) -> None:
    office = await here.manager()
    one = await booked(office, soon(here))
    path, key = f"{APPOINTMENTS}/{one['id']}", new_id()
    gone = await office.post(f"{path}/cancel", None, key)
    assert gone.body["appointment"]["state"] == "cancelled"
    for again in (await office.post(f"{path}/cancel", None, key), await office.post(f"{path}/cancel")):
        assert again.body == gone.body
    refused = await office.post(f"{path}/move", {"at": soon(here, 3).isoformat()})
    assert (refused.status, refused.code) == (409, "appointment-state")
    assert (await office.post(f"{APPOINTMENTS}/{new_id()}/cancel")).code == "appointment-unknown"
    assert (await office.get(f"{APPOINTMENTS}/{new_id()}")).status == 404


async def test_near_its_time_only_a_desk_changes_it(here: House) -> None:
    office, (desk, _) = await here.manager(), await here.staff(Role.RECEPTION, None)
    now = soon(here, 0)
    free = await office.get(f"{APPOINTMENTS}/times?service={PASSPORT}&days=2")
    first = next(one["at"] for day in free.body["days"] for one in day["times"])
    assert datetime.fromisoformat(first) > now.replace(hour=0)
    # Of a kiosk or another system it is asked for some minutes before; a desk may have the next quarter of an hour.
    at = datetime.fromisoformat(first)
    one = await booked(office, at)
    assert one["until"] is None
    refused = await office.post(f"{APPOINTMENTS}/{one['id']}/move", {"at": soon(here).isoformat()})
    assert (refused.status, refused.code) == (409, "too-late-to-change")
    moved = await desk.post(f"{APPOINTMENTS}/{one['id']}/move", {"at": soon(here).isoformat()})
    assert moved.status == 200, moved
    assert moved.body["appointment"]["until"] is not None


async def test_times_that_are_none_are_refused(here: House) -> None:
    office = await here.manager()
    at = soon(here)
    for wrong in (at + timedelta(minutes=7), at - timedelta(days=30), at + timedelta(days=60)):
        answer = await office.post(APPOINTMENTS, wanted(wrong))
        assert (answer.status, answer.code) == (409, "time-not-offered"), wrong
    for services in (["uto-evacuation"], ["no-such"], [PASSPORT, PASSPORT]):
        answer = await office.post(APPOINTMENTS, wanted(at) | {"services": services})
        assert (answer.status, answer.code) == (409, "appointments-not-offered"), services
    assert (await office.post(APPOINTMENTS, wanted(at) | {"at": "2026-12-01T10:00:00"})).code == "body-invalid"
    for query in ("", "service=a&days=99", f"service={PASSPORT}&people=0", f"service={PASSPORT}&from=2026-13-01"):
        assert (await office.get(f"{APPOINTMENTS}/times?{query}")).code == "query-invalid", query
    assert (await office.get(f"{APPOINTMENTS}/days/tomorrow")).status == 404


async def test_a_document_and_a_contact_have_so_many_and_no_more(here: House) -> None:
    office, (desk, _) = await here.manager(), await here.staff(Role.RECEPTION, None)
    at = soon(here)
    mine = {"document": DOCUMENT}
    made = [await booked(office, at + timedelta(days=day), **mine) for day in range(2)]
    refused = await office.post(APPOINTMENTS, wanted(at + timedelta(days=4), **mine))
    assert (refused.status, refused.code) == (409, "booking-limit")
    # The same number in small letters and with fillers is the same document; at a desk somebody looks at it.
    assert (await office.post(APPOINTMENTS, wanted(at, document=f"{DOCUMENT}<<"))).code == "booking-limit"
    await booked(desk, at, **mine)
    for one in made:
        await office.post(f"{APPOINTMENTS}/{one['id']}/cancel")
    await booked(office, at, **mine)
    contact = {"contact": {"language": "en", "email": "amina.example@example.org"}}
    for _ in range(4):
        await booked(office, at + timedelta(days=5), **contact)
    assert (await office.post(APPOINTMENTS, wanted(at, **contact))).code == "booking-limit"
    assert (
        await office.post(APPOINTMENTS, wanted(at, contact={"language": "en", "email": "none"}))
    ).code == "contact-invalid"


@pytest.mark.asyncio(loop_scope="function")
async def test_one_document_at_once_on_many_days_has_its_two(two: tuple[House, House]) -> None:
    clients = [await house.manager() for house in two]
    at = soon(two[0])
    answers = await asyncio.gather(
        *(clients[day % 2].post(APPOINTMENTS, wanted(at + timedelta(days=day), document=DOCUMENT)) for day in range(12))
    )
    assert sorted(answer.status for answer in answers) == [201] * 2 + [409] * 10
    assert {answer.code for answer in answers if answer.status == 409} == {"booking-limit"}


async def test_what_somebody_said_goes_along_and_is_in_no_event(own_house: House) -> None:
    office = await own_house.manager()
    contact = {"language": "ar", "email": "amina.example@example.org", "telephone": "+33 6 12 34 56 78"}
    one = await booked(office, soon(own_house), document=DOCUMENT, contact=contact)
    assert one["has_document"]
    whole = ["appointment-contact", "appointment-contact", "appointment-document", "contact"]
    assert await kept(own_house) == whole
    await office.post(f"{APPOINTMENTS}/{one['id']}/move", {"at": soon(own_house, 9).isoformat()})
    assert await kept(own_house) == whole
    await office.post(f"{APPOINTMENTS}/{one['id']}/cancel")
    assert await kept(own_house) == ["contact"]

    def payloads(connection: Connection) -> bytes:
        return b"".join(connection.execute(select(events.c.payload)).scalars())

    said = await own_house.server.log.run(payloads)
    assert b"appointment" in said
    for secret in (DOCUMENT, "amina", "33612345678"):
        assert secret.encode() not in said


# --- the day of a manager --------------------------------------------------------------------------------------------


def day_closed(at: datetime, **more: object) -> dict[str, object]:
    start = at.replace(minute=0)
    return {"kind": "close", "start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()} | more


async def test_an_hour_is_closed_for_those_who_were_shown(here: House) -> None:
    office = await here.manager()
    at = soon(here)
    one, other = await booked(office, at, NURSE), await booked(office, at + timedelta(hours=2), NURSE)
    path = f"{APPOINTMENTS}/days/{one['day']}/changes"
    # Where the nurse alone is away the others at the front serve them, and nobody loses their time.
    away = await office.post(f"{path}/preview", day_closed(at, pool="nurse"))
    assert away.body["concerns"] == []
    body = day_closed(at)
    shown = await office.post(f"{path}/preview", body)
    assert [each["id"] for each in shown.body["concerns"]] == [one["id"]]
    for concerns in ([], [other["id"]], [one["id"], other["id"]]):
        refused = await office.post(path, body | {"concerns": concerns})
        assert (refused.status, refused.code) == (409, "day-change-concerns")
    key = new_id()
    done = await office.post(path, body | {"concerns": [one["id"]]}, key)
    assert done.status == 200, done
    assert [each["state"] for each in done.body["displaced"]] == ["displaced"]
    assert (await office.post(path, body | {"concerns": [one["id"]]}, key)).body == done.body
    assert at.isoformat().replace("+00:00", "Z") not in await free_at(office, at, NURSE)
    # Whoever lost their time chooses another one, also of the same day; code and link stay.
    moved = await office.post(f"{APPOINTMENTS}/{one['id']}/move", {"at": (at + timedelta(hours=4)).isoformat()})
    assert (moved.body["appointment"]["state"], moved.body["appointment"]["code"]) == ("booked", one["code"])
    day = (await office.get(f"{APPOINTMENTS}/days/{one['day']}")).body
    assert [change["id"] for change in day["changes"]] == [done.body["change"]["id"]]
    restored = await office.post(f"{path}/{done.body['change']['id']}/restore")
    assert restored.body["changes"] == []
    assert at.isoformat().replace("+00:00", "Z") in await free_at(office, at, NURSE)


async def test_a_counter_more_gives_more_times(here: House) -> None:
    office = await here.manager()
    at = soon(here)
    found, _ = await until_full(office, at, NURSE)
    path = f"{APPOINTMENTS}/days/{at.date()}/changes"
    more = day_closed(at, pool="front-windows") | {"kind": "counters", "counters": 4}
    assert (await office.post(path, more)).status == 200
    again, _ = await until_full(office, at, NURSE)
    assert len(again) > 0
    assert len(found) > 0
    for wrong in ({"counters": 0}, {"pool": "no-such"}, {"pool": None}, {"end": more["start"]}):
        assert (await office.post(path, more | wrong)).code == "day-change-invalid", wrong


async def test_a_kiosk_books_and_sees_nobodys_appointments(here: House) -> None:
    """A kiosk may ask for times, hold and book."""
    kiosk = await here.kiosk()
    at = soon(here)
    assert await free_at(kiosk, at)
    one = await booked(kiosk, at)
    assert one["through"] == "kiosk"
    assert (await kiosk.get(f"{APPOINTMENTS}/{one['id']}")).status == 403
