"""One visit through the API, and what happens to a request that is sent again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from queue_server.contract.client import CLOCK_HEADER
from queue_server.domain.values import new_id, to_micros
from tests.queue_server.house import TICKET, Client, House, house

pytestmark = pytest.mark.asyncio(loop_scope="module")

COUNTER = "/centres/demo/counters/1"


async def issue(client: Client, **more: object) -> dict[str, object]:
    reply = await client.post("/centres/demo/visits", TICKET | more)
    assert reply.status == 201, reply
    visit: dict[str, object] = reply.body["visit"]
    return visit


async def test_a_visit_from_its_ticket_to_the_next_step(here: House) -> None:
    kiosk, desk = await here.kiosk(), await here.manager()
    visit = await issue(kiosk, id=(made := new_id()), code="A007", party_size=2)
    assert (visit["id"], visit["code"], visit["state"], visit["ahead"]) == (made, "A007", "waiting", 0)
    assert (await desk.post(f"{COUNTER}/open")).body["counter"]["state"] == "open"
    called = (await desk.post(f"{COUNTER}/call-next")).body
    assert called["visit"]["code"] == "A007"
    assert called["why"] == {
        "rule": "due-earliest",
        "category": "walk-in",
        "counts_from": visit["counts_from"],
        "promise_min": visit["promise_min"],
        "due": visit["due"],
        "considered": 1,
    }
    assert (await desk.post(f"{COUNTER}/recall", {"visit": made})).body["visit"]["calls"] == 2
    assert (await desk.post(f"{COUNTER}/start")).body["visit"]["state"] == "serving"
    finished = (await desk.post(f"{COUNTER}/finish")).body
    assert finished["counter"]["visit"] is None
    assert [step["state"] for step in finished["visit"]["steps"]][:2] == ["done", "now"]
    assert (await desk.get(f"/centres/demo/visits/{made}")).body["visit"]["step"] == "documents"
    assert (await desk.post(f"/centres/demo/visits/{made}/cancel")).body["visit"]["state"] == "cancelled"


async def test_undo_puts_a_call_back(here: House) -> None:
    kiosk, desk = await here.kiosk(), await here.manager()
    await issue(kiosk)
    await desk.post(f"{COUNTER}/open")
    called = (await desk.post(f"{COUNTER}/call-next")).body["visit"]
    undone = (await desk.post(f"{COUNTER}/undo")).body
    assert undone["visit"]["id"] == called["id"]
    assert undone["visit"]["state"] == "waiting"
    assert undone["counter"]["visit"] is None


async def test_a_pause_asked_for_again_is_no_error_and_open_ends_it(here: House) -> None:
    desk = await here.manager()
    await desk.post(f"{COUNTER}/open")
    for _ in range(2):
        paused = await desk.post(f"{COUNTER}/pause", {"reason": "break"})
        assert (paused.status, paused.body["counter"]["pause"]) == (200, "break")
    assert (await desk.post(f"{COUNTER}/open")).body["counter"]["state"] == "open"
    assert (await desk.post(f"{COUNTER}/open")).status == 200
    assert (await desk.post(f"{COUNTER}/close")).body["counter"]["state"] == "closed"


async def test_a_counter_opens_with_fewer_skills_for_today(here: House) -> None:
    desk = await here.manager()
    opened = await desk.post(f"{COUNTER}/open", {"skills": {"steps": ["biometrics"]}})
    assert opened.body["counter"]["skills"]["steps"] == ["biometrics"]
    await issue(await here.kiosk())
    assert (await desk.post(f"{COUNTER}/call-next")).body["visit"] is None


async def test_refusals_are_409_with_their_code(here: House) -> None:
    kiosk, desk = await here.kiosk(), await here.manager()
    refused = await desk.post(f"{COUNTER}/call-next")
    assert (refused.status, refused.code) == (409, "counter-not-open")
    await desk.post(f"{COUNTER}/open")
    await issue(kiosk)
    await desk.post(f"{COUNTER}/call-next")
    busy = await desk.post(f"{COUNTER}/call-next")
    assert (busy.status, busy.code, busy.body["placeholders"]["counter"]) == (409, "counter-busy", "1")
    unknown = await desk.post("/centres/demo/counters/99/open")
    assert (unknown.status, unknown.code) == (409, "counter-unknown")
    other = await desk.post(f"{COUNTER}/start", {"visit": new_id()})
    assert (other.status, other.code) == (409, "visit-unknown")


async def test_a_request_sent_again_is_answered_the_same_and_done_once(data: Path) -> None:
    key, call = new_id(), new_id()
    async with house(data) as first:
        kiosk, desk = await first.kiosk(), await first.manager()
        ticket = TICKET | {"id": new_id(), "code": "A001"}
        issued = await kiosk.post("/centres/demo/visits", ticket, key)
        again = await kiosk.post("/centres/demo/visits", ticket, key)
        assert (again.status, again.body) == (issued.status, issued.body)
        await desk.post(f"{COUNTER}/open")
        called = await desk.post(f"{COUNTER}/call-next", key=call)
        assert (await desk.post(f"{COUNTER}/call-next", key=call)).body == called.body
    async with house(data) as second:
        kiosk = Client(second.http, second.address, kiosk.headers)
        desk = Client(second.http, second.address, desk.headers)
        after = await kiosk.post("/centres/demo/visits", ticket, key)
        assert (after.status, after.body["visit"]["code"]) == (201, "A001")
        assert after.body["cursor"] == issued.body["cursor"]
        assert (await desk.post(f"{COUNTER}/call-next", key=call)).body == called.body
        snapshot = (await desk.get("/centres/demo/queue")).body
        assert [visit["code"] for visit in snapshot["queue"]["visits"]] == ["A001"]


async def test_a_key_is_needed_and_stands_for_one_request(here: House) -> None:
    kiosk, other = await here.kiosk(), await here.kiosk()
    path, key = "/centres/demo/visits", new_id()
    missing = await kiosk.post(path, TICKET, None)
    assert (missing.status, missing.code) == (400, "idempotency-key-missing")
    for wrong in ("short", "x" * 65, "close-day:demo:2026-11-25", "key with space", "a#bcdefgh"):
        refused = await kiosk.post(path, TICKET, wrong)
        assert (refused.status, refused.code) == (400, "idempotency-key-invalid")
    assert (await kiosk.post(path, TICKET, key)).status == 201
    for client, where, body in (
        (kiosk, path, TICKET | {"party_size": 2}),
        (kiosk, "/centres/demo/help", {"kind": "help"}),
        (other, path, TICKET),
    ):
        reused = await client.post(where, body, key)
        assert (reused.status, reused.code) == (422, "idempotency-key-reused")


async def test_without_a_code_the_next_of_the_series_is_given(here: House) -> None:
    kiosk = await here.kiosk()
    await issue(kiosk, code="A041")
    assert (await issue(kiosk))["code"] == "A042"
    series = (await kiosk.get("/centres/demo/devices/self/series")).body
    assert series.pop("epoch")
    assert series == {
        "letter": "A",
        "first": 1,
        "last": 999,
        "highest": 42,
    }


async def test_a_code_that_is_not_the_devices_own_or_is_taken_is_refused(here: House) -> None:
    kiosk = await here.kiosk()
    foreign = await kiosk.post("/centres/demo/visits", TICKET | {"code": "B001"})
    assert (foreign.status, foreign.code) == (409, "code-not-in-series")
    await issue(kiosk, code="A001")
    taken = await kiosk.post("/centres/demo/visits", TICKET | {"code": "A001"})
    assert (taken.status, taken.code) == (409, "code-taken")


async def test_one_visit_comes_of_one_id_whatever_the_key(here: House) -> None:
    kiosk = await here.kiosk()
    first = await issue(kiosk, id=(made := new_id()), code="A001")
    assert await issue(kiosk, id=made, code="A001") == first


async def test_a_kiosk_says_walk_in_and_staff_the_rest(here: House) -> None:
    kiosk, desk = await here.kiosk(), await here.manager()
    for category in ("urgent", "priority", "appointment"):
        refused = await kiosk.post("/centres/demo/visits", TICKET | {"category": category})
        assert (refused.status, refused.code) == (403, "not-permitted")
        allowed = await desk.post("/centres/demo/visits", TICKET | {"category": category})
        if category == "appointment":
            assert (allowed.status, allowed.code) == (409, "appointment-unproved"), "only a booking proves one"
        else:
            assert allowed.status == 201


async def test_a_wrong_clock_changes_nobodys_place(here: House) -> None:
    """Tickets are as old as the device's own clock says, whether that is a year early or late."""
    early, late, right = await here.kiosk(), await here.kiosk(), await here.kiosk()
    clocks = {early: "2025-11-25T10:00:00+00:00", late: "2027-11-25T10:00:00+00:00"}
    first = await right.post("/centres/demo/visits", TICKET)
    for client, clock in clocks.items():
        wrong = await client.post(
            "/centres/demo/visits", TICKET | {"code": None, "issued_at": clock}, **{CLOCK_HEADER: clock}
        )
        assert wrong.status == 201
    last = await right.post("/centres/demo/visits", TICKET)
    queue = (await right.get("/centres/demo/queue")).body["queue"]["visits"]
    assert queue == []
    desk = await here.manager()
    codes = [visit["code"] for visit in (await desk.get("/centres/demo/queue")).body["queue"]["visits"]]
    assert codes[0] == first.body["visit"]["code"]
    assert codes[-1] == last.body["visit"]["code"]


async def test_tickets_of_an_outage_keep_their_own_times(data: Path) -> None:
    """Whatever the kiosk's clock shows: here it is a year behind. Online people do not lose their places to it."""
    began, shift, wrong = datetime.now(UTC), timedelta(0), timedelta(days=365)

    def moment() -> datetime:
        return datetime(2026, 11, 25, 10, tzinfo=UTC) + shift + (datetime.now(UTC) - began)

    async with house(data, clock=lambda: to_micros(moment())) as here:
        kiosk, other, desk = await here.kiosk(), await here.kiosk(), await here.manager()

        async def deliver(code: str, minutes_ago: int) -> datetime:
            theirs = moment() - wrong
            ticket = TICKET | {"code": code, "issued_at": (theirs - timedelta(minutes=minutes_ago)).isoformat()}
            answer = await kiosk.post("/centres/demo/visits", ticket, **{CLOCK_HEADER: theirs.isoformat()})
            return datetime.fromisoformat(answer.body["visit"]["counts_from"])

        shift = timedelta(hours=1)
        await other.post("/centres/demo/visits", TICKET)
        shift = timedelta(hours=2)
        await other.post("/centres/demo/visits", TICKET)
        shift = timedelta(hours=3)
        counted = [await deliver("A001", 150), await deliver("A002", 90), await deliver("A003", 30)]
        ages = [round((moment() - one).total_seconds() / 60) for one in counted]
        assert ages == [150, 90, 30]
        queue = (await desk.get("/centres/demo/queue")).body["queue"]["visits"]
        assert [visit["code"] for visit in queue] == ["A001", "B001", "A002", "B002", "A003"]
        # Delivered after it, and yet said to be older: its clock was set in between.
        assert await deliver("A004", 600) == counted[-1]


async def test_help_is_called_seen_and_taken(here: House) -> None:
    kiosk, desk = await here.kiosk(), await here.manager()
    called = (await kiosk.post("/centres/demo/help", {"kind": "private"})).body["help"]
    assert (called["kind"], called["device_name"], called["taken_at"]) == ("private", "a kiosk", None)
    seen = (await desk.get("/centres/demo/queue")).body["queue"]["help"]
    assert [call["id"] for call in seen] == [called["id"]]
    own = (await kiosk.get("/centres/demo/queue")).body["queue"]
    assert ([call["id"] for call in own["help"]], own["visits"], own["counters"]) == ([called["id"]], [], [])
    assert (await (await here.kiosk()).get("/centres/demo/queue")).body["queue"]["help"] == []
    taken = await desk.post(f"/centres/demo/help/{called['id']}/take")
    assert taken.body["help"]["taken_at"] is not None
    assert (await desk.get("/centres/demo/queue")).body["queue"]["help"] == []


async def test_who_is_before_a_ticket_is_said_before_there_is_one(here: House) -> None:
    """Whoever pays at a kiosk has it on paper before the ticket is here: the numbers are the same."""
    kiosk, desk = await here.kiosk(), await here.manager()
    service = TICKET["services"][0]
    first = await issue(kiosk)
    for waiting in range(1, 4):
        said = (await kiosk.get(f"/centres/demo/services/{service}/ahead")).body
        assert said == {"ahead": waiting, "wait": None}
        visit = await issue(kiosk)
        assert visit["ahead"] == waiting
    await desk.post(f"/centres/demo/visits/{visit['id']}/reclassify", {"category": "urgent"})
    await desk.post(f"{COUNTER}/open")
    await desk.post(f"{COUNTER}/call-next")
    assert (await kiosk.get(f"/centres/demo/services/{service}/ahead")).body == {"ahead": 3, "wait": None}
    assert first["ahead"] == 0
    unknown = await kiosk.get("/centres/demo/services/no-such-thing/ahead")
    assert (unknown.status, unknown.code) == (409, "service-unknown")
