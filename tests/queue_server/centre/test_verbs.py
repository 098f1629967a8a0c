"""The verbs of counters and of visits over the API: what they answer, and what they refuse."""

from datetime import datetime, timedelta

import pytest

from queue_server.accounts.model import AccountRules, Role
from queue_server.accounts.tables import sessions
from queue_server.domain.values import SECOND, new_id
from tests.queue_server.house import TICKET, Client, House, Reply

pytestmark = pytest.mark.asyncio(loop_scope="module")

VISITS, ONE, TWO = "/centres/demo/visits", "/centres/demo/counters/1", "/centres/demo/counters/2"


async def issue(client: Client, **more: object) -> str:
    reply = await client.post(VISITS, TICKET | more)
    assert reply.status == 201, reply
    ident: str = reply.body["visit"]["id"]
    return ident


async def age_sessions(here: House, seconds: float) -> None:
    """Let everybody who is signed in have been seen so much earlier."""
    earlier = sessions.update().values(last_seen=sessions.c.last_seen - int(seconds * SECOND))
    await here.server.log.write(lambda connection: connection.execute(earlier))


async def test_a_visit_goes_through_hands(here: House) -> None:
    kiosk, desk = await here.kiosk(), await here.manager()
    first, second = await issue(kiosk), await issue(kiosk)
    await desk.post(f"{ONE}/open")
    await desk.post(f"{TWO}/open")
    called = (await desk.post(f"{ONE}/call", {"visit": second, "reason": "agreed"})).body
    assert (called["visit"]["id"], called["visit"]["state"], called["counter"]["visit"]) == (second, "called", second)
    parked = (await desk.post(f"{ONE}/park", {"reason": "photo", "minutes": 20})).body
    assert (parked["visit"]["state"], parked["visit"]["park_reason"]) == ("parked", "photo")
    back = datetime.fromisoformat(parked["visit"]["park_until"]) - datetime.fromisoformat(parked["visit"]["called_at"])
    assert timedelta(minutes=20) <= back < timedelta(minutes=21)
    resumed = (await desk.post(f"{VISITS}/{second}/resume")).body["visit"]
    assert (resumed["state"], resumed["due"]) == ("waiting", parked["visit"]["due"])
    await desk.post(f"{ONE}/call-next")
    moved = (await desk.post(f"{ONE}/transfer", {"reason": "specialist", "counter": "2", "where": "front"})).body
    assert (moved["visit"]["state"], moved["visit"]["for_counter"]) == ("waiting", "2")
    assert moved["visit"]["for_until"] is not None
    assert (await desk.post(f"{TWO}/call-next")).body["visit"]["id"] == first
    step = (await desk.post(f"{TWO}/transfer", {"reason": "wrong-step", "step": "biometrics"})).body["visit"]
    assert [one["state"] for one in step["steps"]] == ["skipped", "skipped", "now", "next", "next"]
    assert step["step"] == "biometrics"


async def test_a_transfer_names_exactly_one_place(here: House) -> None:
    kiosk, desk = await here.kiosk(), await here.manager()
    await issue(kiosk)
    await desk.post(f"{ONE}/open")
    await desk.post(f"{ONE}/call-next")
    for places in ({}, {"step": "documents", "counter": "2"}):
        refused = await desk.post(f"{ONE}/transfer", {"reason": "other"} | places)
        assert (refused.status, refused.code) == (400, "body-invalid")
    closed = await desk.post(f"{ONE}/transfer", {"reason": "other", "counter": "2"})
    assert (closed.status, closed.code) == (409, "counter-not-open")


async def test_staff_set_category_party_language_and_services(here: House) -> None:
    kiosk, (desk, _) = await here.kiosk(), await here.staff(Role.RECEPTION, None)
    visit = await issue(kiosk, asks_priority=True)
    assert (await desk.get(f"{VISITS}/{visit}")).body["visit"]["asks_priority"] is True
    raised = (await desk.post(f"{VISITS}/{visit}/reclassify", {"category": "priority"})).body["visit"]
    assert (raised["category"], raised["asks_priority"]) == ("priority", False)
    proved = await desk.post(f"{VISITS}/{visit}/reclassify", {"category": "appointment"})
    assert (proved.status, proved.code) == (403, "not-permitted")
    wanted = {"services": ["uto-first-passport"], "party_size": 3, "language": "fr"}
    services = (await desk.get("/centres/demo/services")).body["services"]
    wanted["services"] = [services[1]["id"]]
    changed = (await desk.post(f"{VISITS}/{visit}/change", wanted)).body["visit"]
    assert {name: changed[name] for name in wanted} == wanted
    assert (await desk.post(f"{VISITS}/{visit}/change", {})).status == 200


async def test_a_family_goes_on_with_one_ticket(here: House) -> None:
    kiosk, (desk, _) = await here.kiosk(), await here.staff(Role.RECEPTION, None)
    into, gone = await issue(kiosk), await issue(kiosk, party_size=2)
    merged = await desk.post(f"{VISITS}/{gone}/merge", {"into": into}, key=(key := new_id()))
    assert (merged.body["visit"]["id"], merged.body["visit"]["party_size"]) == (into, 3)
    assert (await desk.post(f"{VISITS}/{gone}/merge", {"into": into}, key=key)).body == merged.body
    ended = (await desk.get(f"{VISITS}/{gone}")).body["visit"]
    assert (ended["state"], ended["merged_into"]) == ("cancelled", into)


async def test_a_cancelled_visit_comes_back_with_its_due_time(here: House) -> None:
    kiosk, (desk, _) = await here.kiosk(), await here.staff(Role.RECEPTION, None)
    visit = await issue(kiosk)
    cancelled = (await desk.post(f"{VISITS}/{visit}/cancel")).body["visit"]
    assert cancelled["ended_at"] is not None
    back = (await desk.post(f"{VISITS}/{visit}/reinstate")).body["visit"]
    assert (back["state"], back["due"], back["ended_at"]) == ("waiting", cancelled["due"], None)


async def serving(here: House, kiosk: Client) -> tuple[Client, str]:
    """Let somebody at counter 1 serve a visit."""
    clerk, _ = await here.staff(Role.COUNTER, "1")
    await clerk.post(f"{ONE}/open")
    visit = await issue(kiosk)
    await clerk.post(f"{ONE}/call-next")
    await clerk.post(f"{ONE}/start")
    return clerk, visit


async def test_a_visit_is_handed_back_by_its_own_counter_and_by_managers(here: House) -> None:
    kiosk, (manager, _) = await here.kiosk(), await here.staff(Role.MANAGER, None)
    clerk, visit = await serving(here, kiosk)
    for client in (clerk, manager, await here.manager()):
        handed = (await client.post(f"{ONE}/hand-back")).body
        assert (handed["visit"]["id"], handed["visit"]["state"], handed["counter"]["visit"]) == (visit, "waiting", None)
        await clerk.post(f"{ONE}/call", {"visit": visit, "reason": "mistake"})


async def test_others_hand_back_only_what_a_silent_counter_has(here: House) -> None:
    kiosk, (beside, _) = await here.kiosk(), await here.staff(Role.COUNTER, "2")
    desk, _ = await here.staff(Role.RECEPTION, None)
    _, visit = await serving(here, kiosk)
    for client in (beside, desk):
        refused = await client.post(f"{ONE}/hand-back")
        assert (refused.status, refused.code) == (409, "counter-not-silent")
    await age_sessions(here, AccountRules().hand_back_after_s + 1)
    handed = await desk.post(f"{ONE}/hand-back", {"visit": visit}, key=(key := new_id()))
    assert (handed.status, handed.body["visit"]["state"]) == (200, "waiting")
    # Whoever sat there is back before the answer, which was lost, is asked for again.
    await here.staff(Role.COUNTER, "3")
    await age_sessions(here, -AccountRules().hand_back_after_s)
    again = await desk.post(f"{ONE}/hand-back", {"visit": visit}, key=key)
    assert (again.status, again.body["visit"]["id"]) == (200, visit)
    assert (await desk.post(f"{ONE}/hand-back", {"visit": visit})).code == "counter-not-silent"


async def test_a_counter_that_was_left_by_signing_out_is_silent_at_once(here: House) -> None:
    kiosk, (desk, _) = await here.kiosk(), await here.staff(Role.RECEPTION, None)
    _, visit = await serving(here, kiosk)
    gone = sessions.delete().where(sessions.c.counter == "1")
    await here.server.log.write(lambda connection: connection.execute(gone))
    assert (await desk.post(f"{ONE}/hand-back")).body["visit"]["id"] == visit


async def opened_with(desk: Client, counter: str, **skills: object) -> Reply:
    empty: dict[str, object] = {"steps": [], "services": [], "governments": [], "languages": []}
    return await desk.post(f"/centres/demo/counters/{counter}/open", {"skills": empty | skills})


async def test_a_counter_opens_with_the_skills_of_its_set_up_or_fewer(here: House) -> None:
    desk = await here.manager()
    counters = (await desk.get("/centres/demo/counters")).body["counters"]
    some = next(one for one in counters if len(one["skills"]["steps"]) > 1)
    steps = some["skills"]["steps"]
    fewer = some["skills"] | {"steps": steps[:1]}
    assert (await opened_with(desk, some["id"], **fewer)).body["counter"]["skills"]["steps"] == steps[:1]
    # What is said a thousand times would be kept for ever, and shown to everybody, a thousand times.
    often = fewer | {"steps": steps[:1] * 1000, "languages": ["en"] * 1000}
    skills = (await opened_with(desk, some["id"], **often)).body["counter"]["skills"]
    assert (skills["steps"], skills["languages"]) == (steps[:1], ["en"])
    for sort, wrong in (
        ("steps", []),
        ("steps", [*steps, "payment"]),
        ("steps", ["juggling"]),
        ("governments", ["XQQ"]),
        ("services", ["none"]),
        ("languages", ["tlh"]),
    ):
        refused = await opened_with(desk, some["id"], **(fewer | {sort: wrong}))
        assert (refused.status, refused.code) == (409, "skills-not-set-up")
        assert refused.body["placeholders"] == {"sort": sort}
    assert (await desk.post("/centres/demo/counters/none/open", {"skills": fewer})).code == "counter-unknown"


async def test_a_kiosk_names_its_call_and_withdraws_it(here: House) -> None:
    kiosk, other, (clerk, _) = await here.kiosk(), await here.kiosk(), await here.staff(Role.COUNTER, "1")
    mine = new_id()
    wanted = {"kind": "help", "id": mine, "language": "ar", "about": "payment"}

    async def waiting() -> list[str]:
        return [one["id"] for one in (await clerk.get("/centres/demo/queue")).body["queue"]["help"]]

    for _ in range(3):
        called = (await kiosk.post("/centres/demo/help", wanted)).body["help"]
        assert (called["id"], called["language"], called["about"]) == (mine, "ar", "payment")
    paper = (await kiosk.post("/centres/demo/help", {"kind": "paper"})).body["help"]["id"]
    assert await waiting() == [mine, paper]
    assert (await other.post(f"/centres/demo/help/{mine}/withdraw")).code == "help-unknown"
    assert (await clerk.post(f"/centres/demo/help/{mine}/withdraw")).status == 403
    for _ in range(2):
        ended = await kiosk.post(f"/centres/demo/help/{mine}/withdraw")
        assert ended.body["help"]["ended_at"] is not None
    assert await waiting() == [paper]
    late = (await kiosk.post("/centres/demo/help", wanted)).body["help"]
    assert late["ended_at"] is not None, "a call that comes after its end brings nobody"
    assert await waiting() == [paper]
    await kiosk.post("/centres/demo/help", {"kind": "private", "id": (first := new_id())})
    await kiosk.post("/centres/demo/help", {"kind": "help", "id": (second := new_id())})
    assert await waiting() == [paper, second], f"{first} was of the person before"
    program = await here.manager()
    calls = [(await program.post("/centres/demo/help", {"kind": "help"})).body["help"]["id"] for _ in range(2)]
    assert await waiting() == [paper, second, *calls]


async def test_staff_call_for_assistance_at_their_counter(here: House) -> None:
    clerk, _ = await here.staff(Role.COUNTER, "1")
    called = (await clerk.post("/centres/demo/help", {"kind": "help"})).body["help"]
    assert (called["counter"], called["device"], called["device_name"]) == ("1", None, None)
    seen = (await clerk.get("/centres/demo/queue")).body["queue"]["help"]
    assert [one["id"] for one in seen] == [called["id"]]
