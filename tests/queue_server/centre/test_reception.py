"""Staff issue tickets without any device: all desks of a centre share one series, on every server."""

import asyncio

import pytest

from queue_server import ticket_token
from queue_server.accounts import device_store, tokens
from queue_server.accounts.model import Role
from queue_server.domain.values import new_id
from queue_server.vault.keys import Keys
from tests.queue_server.house import TICKET, Client, House

pytestmark = pytest.mark.asyncio(loop_scope="module")

VISITS = "/centres/demo/visits"


async def code_of(client: Client, centre: str = "demo", **more: object) -> str:
    reply = await client.post(f"/centres/{centre}/visits", TICKET | more)
    assert reply.status == 201, reply
    code: str = reply.body["visit"]["code"]
    return code


async def test_all_desks_of_a_centre_share_a_series_that_no_device_gets(here: House) -> None:
    kiosk = await here.kiosk()
    assert await code_of(kiosk) == "A001"
    desk, _ = await here.staff(Role.RECEPTION, None)
    other, _ = await here.staff(Role.MANAGER, None)
    assert [await code_of(client) for client in (desk, other, desk)] == ["B001", "B002", "B003"]
    assert await code_of(await here.kiosk()) == "C001"
    away, _ = await here.staff(Role.RECEPTION, None, "harbour")
    assert await code_of(away, "harbour") == "A001"


async def test_a_ticket_of_the_reception_has_a_page_of_its_own(here: House) -> None:
    desk, _ = await here.staff(Role.RECEPTION, None)
    visit = (await desk.post(VISITS, TICKET)).body["visit"]
    held = await here.server.log.run(lambda connection: device_store.reception_series(connection, here.centre))
    assert held is not None
    assert visit["device"] == held.device
    token = ticket_token.make(visit["id"], tokens.ticket_key(here.server[Keys].tickets, held.device))
    shown = await here.anonymous().get(f"/t/{token}")
    assert (shown.status, visit["code"] in shown.body.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")) == (200, True)


@pytest.mark.parametrize(
    "more",
    [{"category": "appointment"}, {"code": "B001"}, {"issued_at": "2026-11-25T10:00:00Z"}],
)
async def test_staff_prove_no_appointment_and_bring_no_code(here: House, more: dict[str, object]) -> None:
    desk, _ = await here.staff(Role.RECEPTION, None)
    refused = await desk.post(VISITS, TICKET | more)
    assert (refused.status, refused.code) == (403, "not-permitted")


async def test_staff_issue_priority_and_urgent_tickets(here: House) -> None:
    desk, _ = await here.staff(Role.RECEPTION, None)
    for category in ("walk-in", "priority", "urgent"):
        assert (await desk.post(VISITS, TICKET | {"category": category})).body["visit"]["category"] == category


async def test_counters_issue_nothing(here: House) -> None:
    clerk, _ = await here.staff(Role.COUNTER, "1")
    assert (await clerk.post(VISITS, TICKET)).code == "not-permitted"


async def test_an_answer_that_was_lost_makes_no_second_ticket(own_house: House) -> None:
    desk, _ = await own_house.staff(Role.RECEPTION, None)
    first = await desk.post(VISITS, TICKET, key=(key := new_id()))
    assert (await desk.post(VISITS, TICKET, key=key)).body == first.body
    assert await code_of(desk) == "A002"


async def test_a_centre_without_a_series_left_says_so(here: House) -> None:
    for _ in range(38):
        await here.kiosk()
    desk, _ = await here.staff(Role.RECEPTION, None)
    refused = await desk.post(VISITS, TICKET)
    assert (refused.status, refused.code) == (409, "series-unavailable")


@pytest.mark.asyncio(loop_scope="function")
async def test_two_servers_at_once_make_one_series_and_no_code_twice(two: tuple[House, House]) -> None:
    desks = [(await one.staff(Role.RECEPTION, None))[0] for one in two for _ in range(4)]
    codes = await asyncio.gather(*(code_of(desk) for desk in desks for _ in range(5)))
    assert sorted(codes) == [f"A{number:03}" for number in range(1, 41)]
