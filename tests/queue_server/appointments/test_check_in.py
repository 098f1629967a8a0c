"""Somebody comes for their appointment: what they are told, and that one booking gives one ticket."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import URL

from queue_server.accounts.model import Role
from queue_server.appointments.settings import AppointmentSettings
from queue_server.catalogue import store as catalogue
from queue_server.centre.centres import Centres
from queue_server.contract.client import CLOCK_HEADER
from queue_server.contract.documents import FOR_APPOINTMENT, seal, to_text
from queue_server.domain.values import CentreId, VisitId, new_id
from queue_server.vault.keys import Keys
from tests.queue_server.appointments.booked import APPOINTMENTS, PASSPORT, SetClock, booked
from tests.queue_server.house import DEMO, Client, House, Reply, house
from tests.queue_server.people.sealed import NUMBER, OTHER, of

VISITS = "/centres/demo/visits"
CHECK = f"{APPOINTMENTS}/check"
#: One stop of three minutes at the reception: many fit.
TRAVEL = "uto-travel-help"
TEN = datetime(2027, 3, 3, 10, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2027, 3, 3, 8, 0, tzinfo=UTC))


@pytest.fixture
async def centre(data: Path, clock: SetClock) -> AsyncIterator[House]:
    async with house(data, clock=clock) as running:
        yield running


async def token_of(here: House, one: dict[str, Any]) -> str:
    answer = await (await here.manager()).get(f"{APPOINTMENTS}/{one['id']}")
    token: str = answer.body["token"]
    return token


async def made(here: House, at: datetime = TEN, *services: str, **more: Any) -> tuple[dict[str, Any], str]:
    """Book at the reception; gives the appointment and the token of its link."""
    desk, _ = await here.staff(Role.RECEPTION, None)
    one = await booked(desk, at, *(services or (TRAVEL,)), **more)
    return one, await token_of(here, one)


async def at_kiosk(here: House) -> tuple[Client, str]:
    """Enrol a kiosk; gives the letter of its series as well."""
    client, device = await here.device("kiosk")
    assert device.series is not None
    return client, device.series.letter


def ticket(code: str, appointment: str | None, *, unprinted: bool = True, **more: Any) -> dict[str, Any]:
    """Make a ticket as a kiosk does that has printed nothing yet, or has while the server was away."""
    known = {"services": [TRAVEL], "category": "walk-in", "language": "en", "id": new_id(), "code": code}
    return known | {"appointment": appointment, "unprinted": unprinted} | more


async def stood(here: House, ident: str) -> dict[str, Any]:
    answer = await (await here.manager()).get(f"{APPOINTMENTS}/{ident}")
    found: dict[str, Any] = answer.body["appointment"]
    return found


async def verdict(client: Client, **asked: Any) -> dict[str, Any]:
    answer = await client.post(CHECK, asked)
    assert answer.status == 200, answer
    found: dict[str, Any] = answer.body
    return found


def instant(said: str) -> datetime:
    return datetime.fromisoformat(said)


async def test_the_booking_alone_makes_an_appointment_and_it_is_noted_once(centre: House, clock: SetClock) -> None:
    one, token = await made(centre, TEN, PASSPORT, party_size=2)
    kiosk, a = await at_kiosk(centre)
    clock.now = TEN - timedelta(minutes=12)
    told = await verdict(kiosk, token=token)
    assert (told["verdict"], told["day"], instant(told["opens_at"])) == (
        "on-time",
        "2027-03-03",
        TEN - timedelta(minutes=15),
    )
    assert told["appointment"]["services"] == [PASSPORT]
    assert (told["appointment"]["party_size"], told["appointment"]["needs_document"]) == (2, False)
    assert (await stood(centre, one["id"]))["state"] == "booked", "asking changes nothing"
    issued = await kiosk.post(VISITS, ticket(f"{a}001", token, services=[PASSPORT]))
    assert issued.status == 201, issued
    visit = issued.body["visit"]
    assert (visit["category"], visit["appointment"]) == ("appointment", one["id"])
    assert instant(visit["counts_from"]) == instant(visit["booked_at"]) == TEN
    assert instant(visit["due"]) == TEN + timedelta(minutes=visit["promise_min"])
    after = await stood(centre, one["id"])
    assert (after["state"], after["visit"]) == ("checked-in", visit["id"])
    again = await verdict(kiosk, token=token)
    assert (again["verdict"], again["ticket"]) == ("checked-in", f"{a}001")


async def test_the_same_request_again_is_the_same_ticket(centre: House, clock: SetClock) -> None:
    one, token = await made(centre)
    (kiosk, a), clock.now = await at_kiosk(centre), TEN
    sent, key = ticket(f"{a}001", token), new_id()
    first = await kiosk.post(VISITS, sent, key)
    again = await kiosk.post(VISITS, sent, key)
    # It comes once more as what is on paper, with a key of its own.
    printed = await kiosk.post(VISITS, sent | {"unprinted": False})
    assert [each.status for each in (first, again, printed)] == [201, 201, 201]
    assert {each.body["visit"]["id"] for each in (first, again, printed)} == {sent["id"]}
    assert printed.body["visit"]["category"] == "appointment"
    assert (await stood(centre, one["id"]))["visit"] == sent["id"]
    other, _ = await made(centre, TEN + timedelta(minutes=15))
    clock.pass_time(minutes=14)
    desk, _ = await centre.staff(Role.RECEPTION, None)
    body = {"services": [TRAVEL], "category": "walk-in", "language": "en", "appointment": other["id"]}
    at_desk = [await desk.post(VISITS, body, key) for key in ("k" * 20, "k" * 20)]
    assert [each.status for each in at_desk] == [201, 201], at_desk
    assert at_desk[0].body["visit"]["id"] == at_desk[1].body["visit"]["id"]


async def test_two_kiosks_with_one_code_at_the_same_moment_give_one_ticket(centre: House, clock: SetClock) -> None:
    one, token = await made(centre)
    kiosks, clock.now = [await at_kiosk(centre) for _ in range(4)], TEN
    told = await asyncio.gather(*(kiosk.post(VISITS, ticket(f"{letter}001", token)) for kiosk, letter in kiosks))
    await _one_ticket(centre, one, told)


async def test_two_servers_of_one_database_give_one_ticket(shared: Path, shared_url: URL, clock: SetClock) -> None:
    url = shared_url.render_as_string(hide_password=False)
    async with house(shared, clock=clock, url=url) as here, house(shared, clock=clock, url=url) as there:
        kiosks = [await at_kiosk(each) for each in (here, there, here, there)]
        booked_ones = [await made(here, TEN + timedelta(minutes=15 * number)) for number in range(3)]
        for number, (one, token) in enumerate(booked_ones):
            clock.now = TEN + timedelta(minutes=15 * number)
            sent = [ticket(f"{letter}{number + 1:03}", token) for _, letter in kiosks]
            told = await asyncio.gather(
                *(kiosk.post(VISITS, each) for (kiosk, _), each in zip(kiosks, sent, strict=True))
            )
            await _one_ticket(there, one, told)


async def test_a_server_that_has_not_heard_of_it_yet_says_which_ticket_it_is(
    shared: Path, shared_url: URL, clock: SetClock
) -> None:
    url = shared_url.render_as_string(hide_password=False)
    async with house(shared, clock=clock, url=url) as here, house(shared, clock=clock, url=url) as there:
        (given, a), (asking, b) = await at_kiosk(here), await at_kiosk(there)
        await there.hear_nothing()
        for number in range(1, 3):
            _, token = await made(here, TEN + timedelta(minutes=15 * number))
            clock.now = TEN + timedelta(minutes=15 * number)
            issued = await given.post(VISITS, ticket(f"{a}{number:03}", token))
            told = await verdict(asking, token=token)
            code = issued.body["visit"]["code"]
            assert (told["verdict"], told["ticket"]) == ("checked-in", code)
            refused = await asking.post(VISITS, ticket(f"{b}{number:03}", token))
            assert refused.body["placeholders"] == {"verdict": "checked-in", "code": code}


async def _one_ticket(here: House, one: dict[str, Any], told: list[Reply]) -> None:
    given = [each.body["visit"] for each in told if each.status == 201]
    assert len(given) == 1, told
    for refused in (each for each in told if each.status != 201):
        assert (refused.status, refused.code) == (409, "check-in-refused")
        assert refused.body["placeholders"] == {"verdict": "checked-in", "code": given[0]["code"]}
    assert (await stood(here, one["id"]))["visit"] == given[0]["id"]


@pytest.mark.parametrize(
    ("late", "said", "category", "counts"),
    [
        (timedelta(hours=-1), "early", "appointment", timedelta()),
        (timedelta(minutes=10), "on-time", "appointment", timedelta()),
        (timedelta(minutes=10, seconds=1), "late", "appointment", timedelta(minutes=10, seconds=1)),
        (timedelta(minutes=30), "late", "appointment", timedelta(minutes=30)),
        (timedelta(minutes=30, seconds=1), "too-late", "walk-in", timedelta(minutes=30, seconds=1)),
    ],
)
async def test_early_late_and_too_late(  # noqa: PLR0917 - what is told of each
    centre: House, clock: SetClock, late: timedelta, said: str, category: str, counts: timedelta
) -> None:
    one, token = await made(centre)
    (kiosk, a), clock.now = await at_kiosk(centre), TEN + late
    assert (await verdict(kiosk, token=token))["verdict"] == said
    issued = await kiosk.post(VISITS, ticket(f"{a}001", token))
    visit = issued.body["visit"]
    assert (visit["category"], instant(visit["counts_from"])) == (category, TEN + counts)
    assert (await stood(centre, one["id"]))["state"] == "checked-in", "who came too late has come"


async def test_on_another_day_the_appointment_is_kept(centre: House, clock: SetClock) -> None:
    one, token = await made(centre, TEN + timedelta(days=2))
    (kiosk, a), clock.now = await at_kiosk(centre), TEN
    told = await verdict(kiosk, token=token)
    assert (told["verdict"], told["day"], told["ahead"]) == ("wrong-day", "2027-03-05", 0)
    refused = await kiosk.post(VISITS, ticket(f"{a}001", token))
    assert (refused.code, refused.body["placeholders"]["verdict"]) == ("check-in-refused", "wrong-day")
    assert (await stood(centre, one["id"]))["state"] == "booked"


async def test_what_is_cancelled_says_so(centre: House, clock: SetClock) -> None:
    one, token = await made(centre)
    office, (kiosk, a) = await centre.manager(), await at_kiosk(centre)
    await office.post(f"{APPOINTMENTS}/{one['id']}/cancel")
    clock.now = TEN
    told = await verdict(kiosk, code=one["code"])
    assert (told["verdict"], told["ahead"]) == ("cancelled", 0)
    assert (await kiosk.post(VISITS, ticket(f"{a}001", token))).code == "check-in-refused"


async def test_a_code_says_nothing_to_another_centre_and_a_link_says_where(centre: House, clock: SetClock) -> None:
    one, token = await made(centre)
    elsewhere = (await centre.device("kiosk", centre="harbour"))[0]
    clock.now = TEN
    path = "/centres/harbour/appointments/check"
    unknown = await elsewhere.post(path, {"code": "HS4K7KM2"})
    other = await elsewhere.post(path, {"code": one["code"]})
    assert other.status == 200
    assert other.body == unknown.body, "an unknown code and one of another centre look the same"
    assert other.body["verdict"] == "unknown"
    told = (await elsewhere.post(path, {"token": token})).body
    assert (told["verdict"], told["centre"], told["appointment"]) == ("other-centre", "demo", None)
    assert told["centre_name"]["en"]
    forged = await elsewhere.post(path, {"token": ("A" if token[0] != "A" else "B") + token[1:]})
    assert forged.body["verdict"] == "unknown"


async def test_a_code_is_read_as_people_type_it_and_alone_says_nothing_of_a_ticket(
    centre: House, clock: SetClock
) -> None:
    one, token = await made(centre)
    (kiosk, a), clock.now = await at_kiosk(centre), TEN
    typed = f"{one['code'][:4].lower()} {one['code'][4:]}"
    assert (await verdict(kiosk, code=typed))["verdict"] == "on-time"
    await kiosk.post(VISITS, ticket(f"{a}001", one["id"]))
    told = await verdict(kiosk, code=typed)
    assert (told["verdict"], told["ticket"]) == ("checked-in", None)
    assert (await verdict(kiosk, token=token))["ticket"] == f"{a}001"


async def test_wrong_codes_are_slowed_and_right_ones_are_not_counted(centre: House, clock: SetClock) -> None:
    one, _ = await made(centre)
    kiosk, clock.now = await centre.kiosk(), TEN
    tries = centre.server.settings[AppointmentSettings].code_tries
    for _ in range(tries + 2):
        assert (await verdict(kiosk, code=one["code"]))["verdict"] == "on-time"
    for _ in range(tries):
        assert (await verdict(kiosk, code="HS4K7KM2"))["verdict"] == "unknown"
    slowed = await kiosk.post(CHECK, {"code": one["code"]})
    assert (slowed.status, slowed.code) == (429, "too-many-tries"), "also the right one, which says nothing"
    other = await centre.kiosk()
    assert (await verdict(other, code=one["code"]))["verdict"] == "on-time", "nobody shuts another kiosk"
    clock.pass_time(seconds=slowed.body["placeholders"]["retry_after_s"] + 1)
    assert (await verdict(kiosk, code=one["code"]))["verdict"] == "on-time"


async def test_what_asks_for_nothing_or_for_two_is_refused(centre: House) -> None:
    kiosk = await centre.kiosk()
    for body in ({}, {"token": "A" * 43, "code": "HS4K7KM2"}, {"document": "AAAA"}, {"id": new_id()}, {"code": ""}):
        refused = await kiosk.post(CHECK, body)
        assert (refused.status, refused.code) == (400, "body-invalid"), body


async def test_paper_is_never_refused_and_is_an_appointment_where_that_is_proved(
    centre: House, clock: SetClock
) -> None:
    """The server was away: three tickets were printed, two with one code and one with a code of nothing."""
    one, token = await made(centre)
    (kiosk, a), clock.now = await at_kiosk(centre), TEN + timedelta(hours=3)
    at = (TEN - timedelta(minutes=5)).isoformat()
    clocked = {CLOCK_HEADER: clock.now.isoformat()}
    sent = [
        ticket(f"{a}001", token, unprinted=False, issued_at=at),
        ticket(f"{a}002", token, unprinted=False, issued_at=at),
        ticket(f"{a}003", new_id(), unprinted=False, issued_at=at),
    ]
    told = [await kiosk.send("POST", VISITS, each, headers=clocked) for each in sent]
    assert [each.status for each in told] == [201, 201, 201], told
    visits = [each.body["visit"] for each in told]
    assert [each["category"] for each in visits] == ["appointment", "walk-in", "walk-in"]
    assert instant(visits[0]["counts_from"]) == TEN, "they were there in time, whenever the ticket arrives"
    assert (await stood(centre, one["id"]))["visit"] == visits[0]["id"]


async def test_a_kiosk_far_from_its_time_proves_no_appointment_of_another_day(centre: House, clock: SetClock) -> None:
    one, token = await made(centre, TEN + timedelta(days=1))
    (kiosk, a), clock.now = await at_kiosk(centre), TEN
    issued = await kiosk.post(VISITS, ticket(f"{a}001", token, unprinted=False))
    assert issued.body["visit"]["category"] == "walk-in"
    assert (await stood(centre, one["id"]))["state"] == "booked"


async def test_the_reception_checks_in_and_is_told_who_has_come_already(centre: House, clock: SetClock) -> None:
    one, _ = await made(centre)
    clock.now = TEN
    desk, _ = await centre.staff(Role.RECEPTION, None)
    assert (await verdict(desk, code=one["code"]))["verdict"] == "on-time"
    body = {"services": [TRAVEL], "category": "walk-in", "language": "en", "appointment": one["id"]}
    issued = await desk.post(VISITS, body)
    assert issued.body["visit"]["category"] == "appointment"
    refused = await desk.post(VISITS, body)
    assert (refused.status, refused.code) == (409, "check-in-refused")
    assert refused.body["placeholders"]["code"] == issued.body["visit"]["code"]
    visit = issued.body["visit"]["id"]
    raised = await desk.post(f"{VISITS}/{visit}/reclassify", {"category": "priority"})
    assert raised.body["visit"]["category"] == "priority"
    back = await desk.post(f"{VISITS}/{visit}/reclassify", {"category": "appointment"})
    assert (back.status, back.body["visit"]["category"]) == (200, "appointment"), "it is proved"


async def test_it_is_found_by_the_document_for_which_it_was_booked(centre: House, clock: SetClock) -> None:
    one, _ = await made(centre, document=NUMBER)
    kiosk, clock.now = await centre.kiosk(), TEN
    told = await verdict(kiosk, **sealed(centre, NUMBER))
    assert (told["verdict"], told["appointment"]["id"]) == ("on-time", one["id"])
    assert (await verdict(kiosk, **sealed(centre, OTHER)))["verdict"] == "unknown"
    garbage = {"document": to_text(b"no seal at all" * 8), "id": new_id()}
    assert (await verdict(kiosk, **garbage))["verdict"] == "unknown"
    laid = sealed(centre, NUMBER) | {"id": new_id()}
    assert (await verdict(kiosk, **laid))["verdict"] == "unknown", "it is sealed to one question"


def sealed(here: House, number: str) -> dict[str, Any]:
    ident = new_id()
    key = here.server[Keys].documents_public()
    return {"document": to_text(seal(of(number), ident, key, FOR_APPOINTMENT)), "id": ident}


async def confirming(here: House) -> None:
    """Have the centre ask for the document at check-in."""

    def work(connection: Any) -> None:
        stored = catalogue.load(connection, CentreId(DEMO))
        assert stored is not None
        assert stored.setup.appointments is not None
        rules = msgspec.structs.replace(stored.setup.appointments, confirm_document=True)
        catalogue.save(connection, msgspec.structs.replace(stored.setup, appointments=rules))

    await here.server.log.write(work)
    await here.server[Centres].refresh()


async def test_where_the_document_confirms_it_nothing_else_does(centre: House, clock: SetClock) -> None:
    await confirming(centre)
    one, token = await made(centre, document=NUMBER)
    (kiosk, a), clock.now = await at_kiosk(centre), TEN
    assert (await verdict(kiosk, token=token))["appointment"]["needs_document"]
    wrong = await verdict(kiosk, token=token, **sealed(centre, OTHER))
    assert (wrong["verdict"], wrong["appointment"]) == ("wrong-person", None)
    right = await verdict(kiosk, token=token, **sealed(centre, NUMBER))
    assert (right["verdict"], right["appointment"]["needs_document"]) == ("on-time", False)
    key = centre.server[Keys].documents_public()

    def read(sent: dict[str, Any], number: str) -> dict[str, Any]:
        return sent | {"readings": [to_text(seal(of(number), VisitId(sent["id"]), key))]}

    for refused in (ticket(f"{a}001", token), read(ticket(f"{a}001", token), OTHER)):
        answer = await kiosk.post(VISITS, refused)
        assert (answer.code, answer.body["placeholders"]["verdict"]) == ("check-in-refused", "wrong-person")
    issued = await kiosk.post(VISITS, read(ticket(f"{a}001", token), NUMBER))
    assert issued.body["visit"]["category"] == "appointment"
    assert (await stood(centre, one["id"]))["state"] == "checked-in"


async def test_whatever_is_moved_or_cancelled_at_the_same_moment_the_ticket_is_true(
    centre: House, clock: SetClock
) -> None:
    """Ticket and booking say the same in the end, in whichever order they were changed."""
    (kiosk, a), office = await at_kiosk(centre), await centre.manager()
    clock.now = TEN - timedelta(minutes=5)
    desk, _ = await centre.staff(Role.RECEPTION, None)
    for number, act in enumerate(("move", "cancel", "move", "cancel"), start=1):
        one, token = await made(centre, TEN + timedelta(minutes=15))
        body = {"at": (TEN + timedelta(minutes=45)).isoformat()} if act == "move" else None
        issued, changed = await asyncio.gather(
            kiosk.post(VISITS, ticket(f"{a}{number:03}", token)), desk.post(f"{APPOINTMENTS}/{one['id']}/{act}", body)
        )
        after = (await office.get(f"{APPOINTMENTS}/{one['id']}")).body["appointment"]
        if issued.status == 201:
            visit = issued.body["visit"]
            assert (after["state"], after["visit"]) == ("checked-in", visit["id"])
            assert visit["booked_at"] == after["at"]
        else:
            assert (issued.code, changed.status, after["state"]) == ("check-in-refused", 200, "cancelled")


async def test_only_kiosks_and_desks_may_ask(centre: House) -> None:
    screen = (await centre.device("screen"))[0]
    assert (await screen.post(CHECK, {"code": "HS4K7KM2"})).status == 403
    assert (await centre.anonymous().post(CHECK, {"code": "HS4K7KM2"})).status == 401
