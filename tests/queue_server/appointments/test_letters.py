"""Letters of appointments to a real mail server, as the standard library and icalendar read them."""

import io
import re
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import zxingcpp
from icalendar import Calendar
from PIL import Image
from sqlalchemy import Connection, select

from queue_server.appointments.letters import wants_no_reminders
from queue_server.appointments.reminders_link import reminders_of, reminders_token
from queue_server.catalogue import store as catalogue
from queue_server.centre.centres import Centres
from queue_server.domain.appointments import AppointmentId, read_link, shown_code
from queue_server.domain.values import CentreId, new_id, now_micros, to_datetime
from queue_server.notices.tables import notifications
from tests.queue_server.appointments.booked import APPOINTMENTS, PASSPORT, SetClock, booked, soon
from tests.queue_server.house import Client, House
from tests.queue_server.notices.mail_server import Letter, mail_server
from tests.queue_server.notices.told import centre, clerk_of, mail_settings, until, until_so

in_loop_of_module = pytest.mark.asyncio(loop_scope="module")

CONTACT = {"language": "en", "email": "amina.example@example.org"}
#: What nobody learns from a letter.
PURPOSE = ("passport", "renewal", "utopia")


async def told(here: House, ident: str) -> list[tuple[str, str]]:
    """List of what somebody was told of an appointment, or is to be, and how far that is."""

    def work(connection: Connection) -> list[tuple[str, str]]:
        n = notifications.c
        found = select(n.kind, n.state).where(n.subject == f"appointment/{ident}").order_by(n.queued_at, n.not_before)
        return [(row.kind.removeprefix("appointment-"), row.state) for row in connection.execute(found)]

    return await here.server.log.run(work)


def parts(letter: Letter) -> dict[str, EmailMessage]:
    """Take a letter apart: its leaves by their type."""
    assert letter.mail.get_content_type() == "multipart/mixed"
    assert not [defect for part in letter.mail.walk() for defect in part.defects]
    return {part.get_content_type(): part for part in letter.mail.walk() if not part.is_multipart()}


def event(letter: Letter) -> tuple[str, Any]:
    """Read the calendar of a letter: what it asks for, and its one event."""
    found = parts(letter)
    calendar = Calendar.from_ical(found["text/calendar"].get_content())
    assert Calendar.from_ical(found["application/ics"].get_content()) == calendar
    method = str(calendar["method"])
    assert found["text/calendar"].get_param("method") == method
    (one,) = calendar.walk("VEVENT")
    return method, one


async def does(office: Client, ident: str, verb: str, body: object = None) -> dict[str, Any]:
    answer = await office.post(f"{APPOINTMENTS}/{ident}/{verb}", body)
    assert answer.status == 200, answer
    found: dict[str, Any] = answer.body["appointment"]
    return found


async def test_booked_moved_and_cancelled_are_told_and_a_calendar_follows(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        office = await here.manager()
        at = soon(here, 5)
        one = await booked(office, at, PASSPORT, contact=CONTACT, party_size=2)
        await until(lambda: len(mail.letters) == 1)
        (letter,) = mail.letters
        assert letter.recipient == CONTACT["email"]
        assert letter.mail["Auto-Submitted"] == "auto-generated"
        found = parts(letter)
        text, html = found["text/plain"].get_content(), found["text/html"].get_content()
        token = (await office.get(f"{APPOINTMENTS}/{one['id']}")).body["token"]
        link = f"{here.server.public_url}/b/{token}"
        for said in (shown_code(one["code"]), one["clock"], link):
            assert said in text
            assert said in html
        whole = letter.content.decode().casefold() + text.casefold() + html.casefold()
        assert not [word for word in PURPOSE if word in whole]
        # What to bring would say it: it stands on the page.
        for said in (text, html):
            assert f"{link}?lang=en#bring" in said
        async with here.http.get(f"{link}?lang=en") as answer:
            assert 'id="bring"' in await answer.text()
        # The picture within it is what a kiosk reads.
        (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(found["image/png"].get_content())))
        assert read.text == link
        assert read_link(read.text) == token
        assert f'src="cid:{found["image/png"]["Content-ID"].strip("<>")}"' in html
        method, booked_event = event(letter)
        assert (method, int(booked_event["sequence"]), str(booked_event["status"])) == ("REQUEST", 0, "CONFIRMED")
        assert booked_event.start == at
        assert str(booked_event["attendee"]) == f"mailto:{CONTACT['email']}"
        assert str(booked_event["organizer"]) == "mailto:centre@demo.example"

        later = soon(here, 7)
        await does(office, one["id"], "move", {"at": later.isoformat()})
        await until(lambda: len(mail.letters) == 2)
        method, moved_event = event(mail.letters[1])
        assert (method, int(moved_event["sequence"])) == ("REQUEST", 1)
        assert (moved_event["uid"], moved_event.start) == (booked_event["uid"], later)

        await does(office, one["id"], "cancel")
        await until(lambda: len(mail.letters) == 3)
        method, gone = event(mail.letters[2])
        assert (method, int(gone["sequence"]), str(gone["status"])) == ("CANCEL", 2, "CANCELLED")
        assert gone["uid"] == booked_event["uid"]
        assert len({letter.mail["Subject"] for letter in mail.letters}) == 3
        assert len(set(mail.ids)) == 3

        # A letter is there a moment before the server has noted that it was sent.
        async def is_noted() -> bool:
            return "waiting" not in {state for _, state in await told(here, one["id"])}

        await until_so(is_noted)
        # Nobody is reminded of what is not so any more.
        assert sorted(await told(here, one["id"])) == [
            ("booked", "sent"),
            ("cancelled", "sent"),
            ("moved", "sent"),
            ("reminder", "dropped"),
            ("reminder", "dropped"),
        ]


async def test_a_centre_may_have_what_to_bring_in_its_letters(data: Path) -> None:
    clock = SetClock(to_datetime(now_micros()))
    async with mail_server() as mail, centre(data, mail_settings(mail.port), clock=clock) as here:
        await told_in_letters(here)
        office = await here.manager()
        at = soon(here, 5)
        one = await booked(office, at, PASSPORT, contact=CONTACT | {"language": "fr"}, party_size=2)
        await until(lambda: len(mail.letters) == 1)
        clock.now = at - timedelta(hours=24)
        await until(lambda: len(mail.letters) == 2)
        for letter in mail.letters:
            found = parts(letter)
            for said in (found["text/plain"].get_content(), found["text/html"].get_content()):
                assert "pour chacune des 2 personnes" in said
                assert "#bring" not in said
            # Calendars are shared.
            assert "passeport" not in found["text/calendar"].get_content()
        await does(office, one["id"], "cancel")
        await until(lambda: len(mail.letters) == 3)
        assert "passeport" not in parts(mail.letters[2])["text/plain"].get_content()


async def told_in_letters(here: House) -> None:
    """Set that letters name what to bring; wait until the server knows."""

    def work(connection: Connection) -> None:
        exported = catalogue.export_catalogue(connection, CentreId("demo"))
        assert exported is not None
        changed = re.sub(r"(?m)^letter_checklist = .+\n", "", exported)
        assert "[appointments]\n" in changed
        catalogue.import_catalogue(
            connection, changed.replace("[appointments]\n", "[appointments]\nletter_checklist = true\n")
        )

    await here.server.log.write(work)

    def is_known() -> bool:
        rules = here.server[Centres][CentreId("demo")].setup.setup.appointments
        return rules is not None and rules.letter_checklist

    await until(is_known)


async def test_reminded_once_of_the_time_that_holds(data: Path) -> None:
    now = SetClock(to_datetime(now_micros()))
    async with mail_server() as mail, centre(data, mail_settings(mail.port), clock=now) as here:
        office = await here.manager()

        async def one_letter_goes_to(address: str, days: int) -> None:
            """Whatever was due before is sent before it."""
            await booked(office, soon(here, days), contact={"language": "en", "email": address})
            await until(lambda: mail.letters[-1].recipient == address)

        first, later = soon(here, 5), soon(here, 8)
        one = await booked(office, first, contact=CONTACT)
        await until(lambda: len(mail.letters) == 1)
        await does(office, one["id"], "move", {"at": later.isoformat()})
        await until(lambda: len(mail.letters) == 2)
        # Nobody is reminded of the time that was.
        now.now = first - timedelta(hours=23)
        await one_letter_goes_to("first.example@example.org", 9)
        now.now = later - timedelta(hours=24, minutes=1)
        await one_letter_goes_to("second.example@example.org", 9)
        assert [letter.recipient for letter in mail.letters].count(CONTACT["email"]) == 2
        now.pass_time(minutes=2)
        await until(lambda: len(mail.letters) == 5)
        reminder = mail.letters[4]
        assert reminder.recipient == CONTACT["email"]
        assert "forget" in reminder.mail["Subject"]
        assert event(reminder)[1].start == later
        # Whoever books a shorter time ahead is not reminded, and nobody is twice.
        await one_letter_goes_to("third.example@example.org", 1)
        now.now = later - timedelta(minutes=30)
        await one_letter_goes_to("fourth.example@example.org", 9)
        assert [letter.recipient for letter in mail.letters].count(CONTACT["email"]) == 3
        assert [letter.recipient for letter in mail.letters].count("third.example@example.org") == 1
        assert sorted(await told(here, one["id"]))[-2:] == [("reminder", "dropped"), ("reminder", "sent")]


async def test_whoever_wants_no_reminders_gets_none_also_of_another_time(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        office = await here.manager()
        one = await booked(office, soon(here, 5), contact=CONTACT)
        ident = AppointmentId(one["id"])
        await until(lambda: len(mail.letters) == 1)
        unsubscribe = mail.letters[0].mail["List-Unsubscribe"].strip("<>")
        token = unsubscribe.rpartition("/")[2].partition("?")[0]
        assert reminders_of(here.server, token) == ident
        # What stops reminders does not cancel, and the other way about.
        assert token != (await office.get(f"{APPOINTMENTS}/{ident}")).body["token"]

        # Machines open the links of letters: that stops nothing.
        async with here.http.get(unsubscribe) as answer:
            page = await answer.text()
        assert (answer.status, "Do not remind me" in page) == (200, True)
        assert not await here.server.log.run(lambda connection: wants_no_reminders(connection, ident))
        # As a mail program sends it, and as a form of the page does.
        one_click = aiohttp.FormData({"List-Unsubscribe": "One-Click"}, default_to_multipart=True)
        for body in (one_click, None):
            async with here.http.post(unsubscribe, data=body) as answer:
                page = await answer.text()
            assert (answer.status, "You get no more reminders" in page) == (200, True)
        assert await here.server.log.run(lambda connection: wants_no_reminders(connection, ident))
        await does(office, ident, "move", {"at": soon(here, 8).isoformat()})
        await until(lambda: len(mail.letters) == 2)
        assert mail.letters[1].mail["List-Unsubscribe"] is None
        assert {state for kind, state in await told(here, ident) if kind == "reminder"} == {"dropped"}


@in_loop_of_module
async def test_a_link_that_nobody_made_stops_nothing(here: House) -> None:
    office = await here.manager()
    one = await booked(office, soon(here, 5), contact=CONTACT)
    token = reminders_token(here.server, AppointmentId(one["id"]))
    other = (await office.get(f"{APPOINTMENTS}/{one['id']}")).body["token"]
    stranger = reminders_token(here.server, AppointmentId(new_id()))
    forged = ("A" if token[0] != "A" else "B") + token[1:]
    for made_up in (other, stranger, forged, token[:-1], "x"):
        for method in ("GET", "POST"):
            async with here.http.request(method, f"{here.address}/reminders/{made_up}") as answer:
                assert answer.status == 404
    assert {state for kind, state in await told(here, one["id"]) if kind == "reminder"} == {"waiting"}


async def test_a_time_that_the_centre_takes_away_is_told_with_how_to_choose_another(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        office = await here.manager()
        at = soon(here, 5)
        one = await booked(office, at, contact=CONTACT)
        await until(lambda: len(mail.letters) == 1)
        path = f"{APPOINTMENTS}/days/{one['day']}/changes"
        change = {
            "kind": "close",
            "start": at.replace(hour=0).isoformat(),
            "end": at.replace(hour=23).isoformat(),
        }
        shown = await office.post(f"{path}/preview", change)
        assert shown.status == 200, shown
        concerned = [each["id"] for each in shown.body["concerns"]]
        assert concerned == [one["id"]]
        done = await office.post(path, change | {"concerns": concerned})
        assert done.status == 200, done
        await until(lambda: len(mail.letters) == 2)
        letter = mail.letters[1]
        assert "gone" in letter.mail["Subject"]
        token = (await office.get(f"{APPOINTMENTS}/{one['id']}")).body["token"]
        assert f"/b/{token}" in parts(letter)["text/plain"].get_content()
        method, gone = event(letter)
        assert (method, int(gone["sequence"])) == ("CANCEL", 1)
        again = await does(office, one["id"], "move", {"at": soon(here, 7).isoformat()})
        await until(lambda: len(mail.letters) == 3)
        method, found = event(mail.letters[2])
        assert (method, int(found["sequence"])) == ("REQUEST", again["revision"])


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl")])
async def test_in_their_language_and_direction(data: Path, language: str, direction: str) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        office = await here.manager()
        await booked(office, soon(here, 5), contact=CONTACT | {"language": language})
        await until(lambda: len(mail.letters) == 1)
        (letter,) = mail.letters
        assert letter.mail["Content-Language"] == language
        html = parts(letter)["text/html"].get_content()
        assert f'<html lang="{language}" dir="{direction}">' in html
        _method, found = event(letter)
        assert "Appointment" not in str(found["summary"])


async def test_whoever_gave_no_contact_is_told_nothing(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        office = await here.manager()
        silent = await booked(office, soon(here, 5))
        await booked(office, soon(here, 6), contact=CONTACT)
        await until(lambda: len(mail.letters) == 1)
        assert await told(here, silent["id"]) == []


async def test_staff_know_by_its_code_who_could_not_be_told(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        mail.of_address[CONTACT["email"]] = "550 5.1.1 nobody here"
        office = await here.manager()
        one = await booked(office, soon(here, 5), contact=CONTACT)

        async def is_undeliverable() -> bool:
            return ("booked", "undeliverable") in await told(here, one["id"])

        await until_so(is_undeliverable)
        manager = await clerk_of(here)
        async with here.http.get(f"{here.address}/manager", headers=manager.headers) as answer:
            page = await answer.text()
        assert "1 message could not be delivered" in page
        assert shown_code(one["code"]) in page
        # What is cancelled need not be told by a call any more.
        await does(office, one["id"], "cancel")
        assert ("booked", "dropped") in await told(here, one["id"])
