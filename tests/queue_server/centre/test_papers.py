"""Whoever prints a ticket once more says so: staff of any, a kiosk of its own; screens hear nothing of it."""

import pytest

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.contract.client import ApiClient
from queue_server.domain.values import new_id
from tests.queue_server.framework.test_feeds import socket_of
from tests.queue_server.house import TICKET, Client, House

pytestmark = pytest.mark.asyncio(loop_scope="module")

VISITS = "/centres/demo/visits"
COUNTER = "/centres/demo/counters/1"


async def issued(client: Client) -> str:
    visit: str = (await client.post(VISITS, TICKET)).body["visit"]["id"]
    return visit


def papers(here: House, visit: str) -> list[str]:
    """List who has printed it, as the day remembers."""
    history = here.server[Centres].find(here.centre).state.history
    return [event.actor for ident, events in history.items() if ident == visit for event in events if is_paper(event)]


def is_paper(event: object) -> bool:
    return getattr(event, "type", "") == "ticket-printed"


async def test_staff_and_its_own_kiosk_print_a_ticket_once_more(here: House) -> None:
    kiosk = await here.kiosk()
    desk, _ = await here.staff(Role.RECEPTION, None)
    visit = await issued(kiosk)
    for client in (kiosk, desk):
        told = await client.post(f"{VISITS}/{visit}/papers")
        assert (told.status, told.body["visit"]["id"], told.body["visit"]["state"]) == (200, visit, "waiting")
    assert [one.partition("/")[0] for one in papers(here, visit)] == ["device", "staff"]
    await desk.post(f"{VISITS}/{visit}/cancel")
    assert (await desk.post(f"{VISITS}/{visit}/papers")).status == 200, "it is over, and may be printed as before"


@pytest.mark.asyncio(loop_scope="function")
async def test_a_server_that_has_not_heard_of_a_ticket_yet_looks_whose_it_is(two: tuple[House, House]) -> None:
    here, there = two
    kiosk, other = await here.kiosk(), await there.kiosk()
    await there.hear_nothing()
    visit = await issued(kiosk)
    refused = await other.post(f"{VISITS}/{visit}/papers")
    assert (refused.status, refused.code) == (403, "not-permitted")
    assert papers(there, visit) == []


async def test_the_same_word_counts_once(here: House) -> None:
    kiosk = await here.kiosk()
    visit = await issued(kiosk)
    key = new_id()
    first = await kiosk.post(f"{VISITS}/{visit}/papers", key=key)
    assert (await kiosk.post(f"{VISITS}/{visit}/papers", key=key)).body == first.body
    assert len(papers(here, visit)) == 1
    await kiosk.post(f"{VISITS}/{visit}/papers")
    assert len(papers(here, visit)) == 2
    missing = await kiosk.post(f"{VISITS}/{visit}/papers", key=None)
    assert (missing.status, missing.code) == (400, "idempotency-key-missing")


async def test_a_kiosk_tells_of_no_ticket_but_its_own(here: House) -> None:
    kiosk, other = await here.kiosk(), await here.kiosk()
    desk, _ = await here.staff(Role.RECEPTION, None)
    for visit in (await issued(other), await issued(desk)):
        refused = await kiosk.post(f"{VISITS}/{visit}/papers")
        assert (refused.status, refused.code) == (403, "not-permitted")
        assert papers(here, visit) == []


async def test_what_is_not_of_today_is_refused(here: House) -> None:
    for client in (await here.kiosk(), await here.manager()):
        refused = await client.post(f"{VISITS}/{new_id()}/papers")
        assert (refused.status, refused.code) == (409, "visit-unknown")


async def test_who_prints_no_tickets_counts_none(here: House) -> None:
    visit = await issued(await here.kiosk())
    clerk, _ = await here.staff(Role.COUNTER, "1")
    assert (await clerk.post(f"{VISITS}/{visit}/papers")).code == "not-permitted"


async def test_a_kiosk_tells_it_by_its_client(here: House) -> None:
    kiosk = await here.kiosk()
    visit = await issued(kiosk)
    async with ApiClient(here.address, kiosk.headers["Authorization"].partition(" ")[2]) as client:
        first = new_id()
        for key in (first, first, new_id()):
            assert (await client.count_paper(here.centre, visit, key)).visit.id == visit
    assert len(papers(here, visit)) == 2


@pytest.mark.parametrize("who", ["screen", "staff"])
async def test_neither_boards_nor_desks_get_a_frame(here: House, who: str) -> None:
    kiosk, desk = await here.kiosk(), await here.manager()
    visit = await issued(kiosk)
    reader = (await here.device("screen"))[0] if who == "screen" else desk
    async with socket_of(here, reader) as line:
        assert (await line.next()).type == "snapshot"
        printed = [(await kiosk.post(f"{VISITS}/{visit}/papers")).body["cursor"] for _ in range(3)]
        opened = (await desk.post(f"{COUNTER}/open")).body
        frame = await line.next()
        assert (frame.type, frame.cursor) == ("counter-opened", opened["cursor"]), "what comes next is what changes"
    # A client that comes back from before the papers, or from between them, has missed nothing.
    for after in printed[:2]:
        async with socket_of(here, reader, after) as line:
            assert (await line.next()).type == "counter-opened"


async def test_undo_of_a_counter_is_not_hindered_by_paper(here: House) -> None:
    kiosk, desk = await here.kiosk(), await here.manager()
    visit = await issued(kiosk)
    await desk.post(f"{COUNTER}/open")
    called = (await desk.post(f"{COUNTER}/call-next")).body
    assert called["visit"]["id"] == visit
    await desk.post(f"{VISITS}/{visit}/papers")
    undone = await desk.post(f"{COUNTER}/undo")
    assert (undone.status, undone.body["visit"]["state"]) == (200, "waiting")
    assert len(papers(here, visit)) == 1
