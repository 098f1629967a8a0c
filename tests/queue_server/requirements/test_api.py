"""What to bring over HTTP: the list of a service, ticks that every desk sees, and the step that needs all of it."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from queue_server.domain.values import new_id
from queue_server.eventlog.tables import events
from queue_server.requirements.tables import checklists
from tests.queue_server.house import TICKET, Client, House

pytestmark = pytest.mark.asyncio(loop_scope="module")
#: For a test that needs a server of its own.
ALONE = pytest.mark.asyncio(loop_scope="function")

SERVICE = "uto-passport-renewal"
GATED = "uto-permit-work"
FAMILY = [{"band": "adult", "count": 2}, {"band": "child", "count": 1}]


async def issue(client: Client, service: str = SERVICE, **more: Any) -> str:
    answer = await client.post("/centres/demo/visits", TICKET | {"services": [service]} | more)
    assert answer.status == 201, answer
    visit: str = answer.body["visit"]["id"]
    return visit


def of(visit: str) -> str:
    return f"/centres/demo/visits/{visit}/checklist"


def item(line: str, band: str = "adult", number: int = 1, service: str = SERVICE) -> dict[str, Any]:
    return {"service": service, "requirement": line, "band": band, "number": number}


def standing(body: dict[str, Any]) -> dict[tuple[str, str, int], str | None]:
    return {(one["requirement"], one["band"], one["number"]): one["status"] for one in body["items"]}


async def tick(client: Client, visit: str, line: str, status: str, key: str = "", **more: Any) -> dict[str, Any]:
    answer = await client.post(of(visit), item(line, **more) | {"status": status}, key)
    assert answer.status == 200, answer
    body: dict[str, Any] = answer.body
    return body


async def test_what_to_bring_is_told_for_a_party(here: House) -> None:
    kiosk = await here.kiosk()
    path = f"/centres/demo/services/{SERVICE}/requirements"
    answer = await kiosk.get(f"{path}?people=adult:2,child:1")
    assert answer.status == 200, answer
    whose = {(one["band"], one["number"]): one["lines"] for one in answer.body["people"]}
    assert whose["adult", 2] == ["old-passport", "form", "photo", "address", "name-change"]
    assert whose["child", 1] == ["old-passport", "form", "photo", "name-change"]
    assert whose["party", 1] == ["both-parents"]
    assert {"amount", "currency"} == set(answer.body["fees"][0])
    assert answer.body["owner"]["en"] == "Consular section of Utopia"
    one = await kiosk.get(path)
    assert [(found["band"], found["number"]) for found in one.body["people"]] == [("adult", 1)]
    for wrong in ("0", "21", "adult:1,adult:1", "adult:x", "adult", "", "1,1", "-1", "adult:999"):
        refused = await kiosk.get(f"{path}?people={wrong}")
        assert (refused.status, refused.code) == (400, "query-invalid"), wrong
    refused = await kiosk.get("/centres/demo/services/nothing/requirements")
    assert (refused.status, refused.code) == (409, "service-unknown")


async def test_staff_tick_item_by_item_and_take_a_tick_back(here: House) -> None:
    client = await here.manager()
    visit = await issue(client, people=FAMILY)
    shown = (await client.get(of(visit))).body
    assert set(standing(shown).values()) == {None}
    assert ("both-parents", "party", 1) in standing(shown)
    await tick(client, visit, "photo", "seen")
    after = await tick(client, visit, "photo", "differs", band="child")
    assert standing(after)["photo", "adult", 1] == "seen"
    assert standing(after)["photo", "adult", 2] is None
    assert standing(after)["photo", "child", 1] == "differs"
    seq = next(one["seq"] for one in after["items"] if (one["requirement"], one["band"]) == ("photo", "child"))
    back = await client.post(f"{of(visit)}/revert", {"seq": seq})
    assert standing(back.body)["photo", "child", 1] is None
    gone = await client.post(f"{of(visit)}/revert", {"seq": seq})
    assert (gone.status, gone.code) == (409, "requirement-mark-gone")
    other = await client.post(of(visit), item("photo", band="small-child") | {"status": "seen"})
    assert (other.status, other.code) == (409, "requirement-unknown")


async def test_an_answer_that_was_lost_ticks_once(here: House) -> None:
    client, key = await here.manager(), new_id()
    visit = await issue(client)
    one = await tick(client, visit, "photo", "missing", key)
    await tick(client, visit, "photo", "seen")
    two = await tick(client, visit, "photo", "missing", key)
    assert standing(one)["photo", "adult", 1] == "missing"
    # The repeated request says nothing new: what was said after it stands.
    assert standing(two)["photo", "adult", 1] == "seen"


@ALONE
async def test_two_servers_tick_one_list(two: tuple[House, House]) -> None:
    one, other = await two[0].manager(), await two[1].manager()
    visit = await issue(one)
    lines = ("old-passport", "form", "photo", "address")
    await asyncio.gather(*(tick((one, other)[index % 2], visit, line, "seen") for index, line in enumerate(lines)))
    for client in (one, other):
        found = standing((await client.get(of(visit))).body)
        assert [found[line, "adult", 1] for line in lines] == ["seen"] * 4


async def test_events_hold_ids_and_codes_alone_and_belong_to_the_centre(here: House) -> None:
    client = await here.manager()
    visit = await issue(client)
    await tick(client, visit, "photo", "missing")
    log = here.server.log
    rows = await log.run(lambda one: one.execute(select(events).where(events.c.stream == f"checklist/{visit}")).all())
    assert [row.type for row in rows] == ["requirement-checked"]
    mine = select(checklists.c.visit).where(checklists.c.centre == here.centre)
    assert await log.run(lambda one: one.execute(mine).scalars().all()) == [visit]


async def test_what_people_say_at_a_kiosk_comes_with_their_ticket(here: House) -> None:
    kiosk, client = await here.kiosk(), await here.manager()
    lacking = [item("photo"), item("fee", band="party")]
    visit = await issue(kiosk, lacking=lacking)
    shown = (await client.get(of(visit))).body
    assert [one["requirement"] for one in shown["items"] if one["lacking"]] == ["photo"]
    assert set(standing(shown).values()) == {None}
    silent = await issue(kiosk)
    assert not any(one["lacking"] for one in (await client.get(of(silent))).body["items"])


async def serve(client: Client, counter: str, visit: str) -> None:
    base = f"/centres/demo/counters/{counter}"
    for verb, body in (("open", {}), ("call", {"visit": visit, "reason": "agreed"}), ("start", {"visit": visit})):
        answer = await client.post(f"{base}/{verb}", body)
        assert answer.status == 200, answer


async def test_nobody_waits_for_a_step_that_needs_what_they_have_not(here: House) -> None:
    client, base = await here.manager(), "/centres/demo/counters/3"
    visit = await issue(client, GATED)
    await serve(client, "3", visit)
    # The next step needs nothing of it.
    assert (await client.post(f"{base}/finish", {"visit": visit})).status == 200
    await serve(client, "3", visit)
    refused = await client.post(f"{base}/finish", {"visit": visit})
    assert (refused.status, refused.code) == (409, "checklist-incomplete")
    assert refused.body["placeholders"]["step"] == "submission"
    onward = {"visit": visit, "step": "submission", "reason": "next-step"}
    refused = await client.post(f"{base}/transfer", onward)
    assert (refused.status, refused.code) == (409, "checklist-incomplete")
    # Elsewhere they may go.
    missing = [one for one in (await client.get(of(visit))).body["items"] if one["is_missing"]]
    named = [{key: one[key] for key in ("service", "requirement", "band", "number")} for one in missing]
    changed = await client.post(f"{of(visit)}/accept", {"step": "submission", "missing": named[1:]})
    assert (changed.status, changed.code) == (409, "checklist-changed")
    accepted = await client.post(f"{of(visit)}/accept", {"step": "submission", "missing": named})
    assert accepted.body["accepted"] == ["submission"]
    assert (await client.post(f"{base}/finish", {"visit": visit})).status == 200


async def test_whoever_has_all_goes_on_without_a_word(here: House) -> None:
    client, base = await here.manager(), "/centres/demo/counters/3"
    visit = await issue(client, GATED)
    await serve(client, "3", visit)
    assert (await client.post(f"{base}/finish", {"visit": visit})).status == 200
    await serve(client, "3", visit)
    for one in (await client.get(of(visit))).body["items"]:
        await tick(client, visit, one["requirement"], "seen", service=GATED)
    assert (await client.post(f"{base}/finish", {"visit": visit})).status == 200


async def test_tickets_that_go_on_together_have_one_list(here: House) -> None:
    client = await here.manager()
    one, other = await issue(client), await issue(client)
    await tick(client, one, "photo", "missing")
    merged = await client.post(f"/centres/demo/visits/{one}/merge", {"into": other})
    assert merged.status == 200, merged
    assert standing((await client.get(of(other))).body)["photo", "adult", 1] == "missing"
    await tick(client, other, "photo", "seen")
    assert standing((await client.get(of(other))).body)["photo", "adult", 1] == "seen"
