"""Answers end: at their hour nobody opens them, and soon after they and the key to them are gone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, func, select

from queue_server.accounts.model import Role
from queue_server.appointments.link import token_of
from queue_server.domain.appointments import AppointmentId
from queue_server.forms.tables import form_codes, form_tries
from queue_server.vault.people_key import PeopleKeyHolder
from queue_server.vault.tables import people_rows
from tests.queue_server.appointments.booked import SetClock, booked, soon
from tests.queue_server.forms.conftest import AT_ONCE
from tests.queue_server.forms.filled import ANSWERS, FORMS, PIN, POLICE, SERVICE, saved, visited
from tests.queue_server.house import House, house

BEGIN = datetime(2026, 6, 10, 8, tzinfo=UTC)


async def left(here: House) -> tuple[int, int]:
    """Count what is left of answers and of codes."""

    def count(connection: Connection) -> tuple[int, int]:
        answers = select(func.count()).select_from(people_rows).where(people_rows.c.kind == "form-answers")
        codes = select(func.count()).select_from(form_codes)
        return connection.execute(answers).scalar_one(), connection.execute(codes).scalar_one()

    return await here.server.log.run(count)


async def test_what_is_of_nothing_ends_as_its_form_says(data: Path) -> None:
    clock = SetClock(BEGIN)
    async with house(data, AT_ONCE, clock=clock) as here:
        kiosk = await here.kiosk()
        known = await saved(kiosk)
        assert datetime.fromisoformat(known["until"]) == BEGIN + timedelta(days=7)
        body = {"code": known["code"], "pin": PIN}
        clock.pass_time(days=6, hours=23, minutes=59)
        assert (await kiosk.post(f"{FORMS}/open", body)).body["answers"] == ANSWERS | POLICE
        # Whoever goes on with it has the time once more.
        changed = await kiosk.post(f"{FORMS}/change", body | {"answers": ANSWERS, "consents": ["travel"]})
        assert datetime.fromisoformat(changed.body["until"]) == clock.now + timedelta(days=7)
        clock.pass_time(days=6, hours=23, minutes=59)
        assert (await kiosk.post(f"{FORMS}/open", body)).status == 200
        clock.pass_time(minutes=1)
        gone = await kiosk.post(f"{FORMS}/open", body)
        assert (gone.status, gone.code) == (409, "form-not-opened")
        clock.pass_time(hours=1)
        await here.server[PeopleKeyHolder].settle()
        assert await left(here) == (0, 0)


async def test_what_is_of_a_visit_ends_with_its_day_and_the_next(data: Path) -> None:
    clock = SetClock(BEGIN)
    async with house(data, AT_ONCE, clock=clock) as here:
        kiosk = await here.kiosk()
        visit = await visited(kiosk)
        known = await saved(kiosk, visit=visit)
        ends = datetime.fromisoformat(known["until"])
        assert timedelta(days=1) < ends - BEGIN < timedelta(days=2)
        clock.now = ends - timedelta(seconds=1)
        assert (await kiosk.post(f"{FORMS}/open", {"code": known["code"], "pin": PIN})).status == 200
        clock.now = ends + timedelta(hours=1)
        assert (await kiosk.post(f"{FORMS}/open", {"code": known["code"], "pin": PIN})).code == "form-not-opened"
        await here.server[PeopleKeyHolder].settle()
        assert await left(here) == (0, 0)


async def test_a_form_comes_with_its_appointment(data: Path) -> None:
    clock = SetClock(BEGIN)
    async with house(data, AT_ONCE, clock=clock) as here:
        office = await here.manager()
        at = soon(here, days=1)
        one = await booked(office, at, SERVICE)
        token = token_of(here.server, AppointmentId(one["id"]))
        known = await saved(office, appointment=token)
        clock.now = at
        issued = await office.post(
            "/centres/demo/visits",
            {"services": [SERVICE], "category": "appointment", "language": "en", "appointment": token},
        )
        assert issued.status == 201, issued
        visit = issued.body["visit"]["id"]
        reception, _ = await here.staff(Role.RECEPTION, None)
        (listed,) = (await reception.get(f"/centres/demo/visits/{visit}/forms")).body["forms"]
        assert listed["id"] == known["id"]
        read = await reception.get(f"/centres/demo/visits/{visit}/forms/{known['id']}")
        assert read.body["answers"] == ANSWERS | POLICE
        # And goes with whoever is forgotten.
        manager, _ = await here.staff(Role.MANAGER, None)
        assert (await manager.post(f"/centres/demo/visits/{visit}/erase")).status == 200
        assert (await left(here))[0] == 0


async def test_tries_are_forgotten(data: Path) -> None:
    clock = SetClock(BEGIN)
    async with house(data, AT_ONCE, clock=clock) as here:
        kiosk = await here.kiosk()
        for _ in range(6):
            await kiosk.post(f"{FORMS}/open", {"code": "2222222222", "pin": PIN})
        assert (await kiosk.post(f"{FORMS}/open", {"code": "2222222222", "pin": PIN})).code == "too-many-tries"
        clock.pass_time(seconds=30)
        assert (await kiosk.post(f"{FORMS}/open", {"code": "2222222222", "pin": PIN})).code == "form-not-opened"
        assert (await kiosk.post(f"{FORMS}/open", {"code": "2222222222", "pin": PIN})).code == "too-many-tries"
        clock.pass_time(hours=12, seconds=1)
        await here.server[PeopleKeyHolder].settle()

        def count(connection: Connection) -> int:
            return connection.execute(select(func.count()).select_from(form_tries)).scalar_one()

        assert await here.server.log.run(count) == 0
