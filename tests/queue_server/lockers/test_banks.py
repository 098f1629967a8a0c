"""Banks of lockers over HTTP: described, loaded, collected from, and all that goes wrong at a door."""

import asyncio
from typing import Any

import pytest

from queue_server.contract.client import ApiClient
from queue_server.custody.verification import verify_custody
from queue_server.domain.values import new_id
from tests.queue_server.house import House
from tests.queue_server.lockers.scripted import (
    CENTRE,
    NAMES,
    LockerDesk,
    ScriptedBank,
    accepted,
    begun,
    blocked,
    claim_state,
    claimed,
    closed,
    opened,
    settled,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def chain(here: House, item: dict[str, Any]) -> list[str]:
    manager = await here.manager()
    events = (await manager.get(f"{CENTRE}/custody/items/{item['id']}/chain")).body["events"]
    return [one["type"] for one in events]


async def test_a_new_bank_is_unknown_until_staff_have_looked(here: House) -> None:
    bank, desk = await begun(here, settled_too=False)
    assert set((await desk.states()).values()) == {"unknown"}
    item = await desk.came_back()
    refused = await desk.try_("load", {"item": item["barcode"], "compartment": "A1"})
    assert (refused.status, refused.code) == (409, "compartment-unusable")
    await desk.settle(bank, *NAMES)
    assert set((await desk.states()).values()) == {"free"}


async def test_the_next_free_one_is_the_smallest_that_is_large_enough(here: House) -> None:
    bank, desk = await begun(here)

    async def proposed(size: str) -> str | None:
        answer = await desk.client.get(f"{CENTRE}/lockers/{bank.id}/free?size={size}")
        name: str | None = answer.body["compartment"]
        return name

    assert [await proposed(size) for size in ("small", "medium", "large")] == ["A1", "A2", "B2"]
    await desk.load(bank, "A1")
    await desk.load(bank, "B2")
    assert [await proposed(size) for size in ("small", "medium", "large")] == ["A2", "A2", None]
    assert (await desk.client.get(f"{CENTRE}/lockers/{bank.id}/free?size=huge")).status == 400


async def test_loaded_claimed_and_taken(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "A2")
    assert (await desk.states())["A2"] == "occupied"
    claim, answer = await claimed(desk.client, item)
    assert (answer.status, answer.body["state"], answer.body["compartment"]) == (200, "ordered", "A2")
    assert (await desk.item(item))["is_claimed"]
    order = (await desk.client.get(f"{CENTRE}/lockers/{bank.id}")).body["bank"]["compartments"][1]["order"]
    await bank.tell(accepted({"id": order}))
    assert await claim_state(desk.client, claim) == "accepted"
    await bank.tell(opened("A2"))
    assert (await claim_state(desk.client, claim), (await desk.states())["A2"]) == ("open", "open")
    await bank.tell({"kind": "reminded", "compartment": "A2"})
    assert await claim_state(desk.client, claim) == "reminded"
    await bank.tell({"kind": "alarm", "compartment": "A2", "alarm": "left-open"})
    assert await claim_state(desk.client, claim) == "overdue"
    await bank.tell(closed("A2", "empty"))
    assert await claim_state(desk.client, claim) == "shut-empty"
    found = await desk.item(item)
    assert (found["state"], found["holder"], found["is_claimed"]) == ("handed-over", "person", False)
    assert (await desk.states())["A2"] == "free"
    assert (await chain(here, item))[-3:] == ["item-loaded", "item-claimed", "item-handed-over"]


async def order_of(here: House, bank: ScriptedBank, name: str) -> dict[str, Any]:
    manager = await here.manager()
    found = (await manager.get(f"{CENTRE}/lockers/{bank.id}")).body["bank"]["compartments"]
    return {"id": next(one["order"] for one in found if one["name"] == name)}


async def test_left_inside_it_can_be_claimed_again(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "A2")
    claim, _ = await claimed(desk.client, item)
    await bank.tell(accepted(await order_of(here, bank, "A2")), opened("A2"), closed("A2", "item"))
    assert await claim_state(desk.client, claim) == "shut-with-item"
    found = await desk.item(item)
    assert (found["state"], found["holder"], found["is_claimed"]) == ("ready", "compartment", False)
    _, again = await claimed(desk.client, item)
    assert again.status == 200


@pytest.mark.parametrize(
    ("told", "state", "holder", "compartment"),
    [
        ({"kind": "not-sent", "compartment": "A2"}, "not-opened", "compartment", "occupied"),
        (blocked("A2", "not-opened"), "not-opened", "compartment", "blocked"),
        (blocked("A2", "interrupted"), "frozen", "unknown", "blocked"),
        (blocked("A2", "left-open"), "frozen", "unknown", "blocked"),
        (blocked("A2", "other-door"), "frozen", "unknown", "blocked"),
        (closed("A2", "unknown"), "shut-unknown", "unknown", "unknown"),
    ],
)
async def test_what_goes_wrong_at_a_door(
    here: House, told: dict[str, Any], state: str, holder: str, compartment: str
) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "A2")
    claim, _ = await claimed(desk.client, item)
    await bank.tell(accepted(await order_of(here, bank, "A2")), told)
    assert await claim_state(desk.client, claim) == state
    found = await desk.item(item)
    assert (found["holder"], found["is_claimed"]) == (holder, False)
    assert (await desk.states())["A2"] == compartment


async def test_a_refused_order_releases_the_claim(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "A2")
    claim, _ = await claimed(desk.client, item)
    order = await order_of(here, bank, "A2")
    await bank.tell({"kind": "refused", "order": order["id"], "refusal": "locker-order-expired"})
    assert await claim_state(desk.client, claim) == "not-opened"
    assert not (await desk.item(item))["is_claimed"]
    assert (await desk.order_now(order))["refusal"] == "locker-order-expired"


async def test_a_pried_door_is_missed_and_staff_settle_it(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "A2")
    await bank.tell({"kind": "alarm", "compartment": "A2", "alarm": "forced"}, blocked("A2", "forced"))
    assert ((await desk.item(item))["holder"], (await desk.states())["A2"]) == ("unknown", "blocked")
    _, refused = await claimed(desk.client, item)
    assert refused.status == 409
    order = await desk.order("inspect", {"compartment": "A2"})
    await bank.tell(accepted(order), opened("A2"), closed("A2", "unknown"))
    assert (await desk.states())["A2"] == "blocked"
    await desk.settle(bank, "A2", item=item)
    assert ((await desk.item(item))["holder"], (await desk.states())["A2"]) == ("compartment", "occupied")


async def test_without_a_sensor_staff_find_that_it_was_taken(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "A2")
    await claimed(desk.client, item)
    await bank.tell(accepted(await order_of(here, bank, "A2")), opened("A2"), closed("A2", "unknown"))
    await desk.settle(bank, "A2")
    assert (await desk.item(item))["state"] == "handed-over"
    assert (await desk.states())["A2"] == "free"


async def test_one_door_of_a_bank_at_a_time(here: House) -> None:
    bank, desk = await begun(here)
    one, two = await desk.load(bank, "A1"), await desk.load(bank, "A2")
    _, first = await claimed(desk.client, one)
    _, second = await claimed(desk.client, two)
    assert (first.status, second.status, second.code) == (200, 409, "bank-busy")
    assert not (await desk.item(two))["is_claimed"]
    busy = await desk.try_("inspect", {"compartment": "B1"})
    assert (busy.status, busy.code) == (409, "bank-busy")


async def test_two_at_once_get_one_door(here: House) -> None:
    bank, desk = await begun(here)
    items = [await desk.load(bank, name) for name in ("A1", "A2", "B1")]
    answers = await asyncio.gather(*(claimed(desk.client, item) for item in items))
    assert sorted(answer.status for _, answer in answers) == [200, 409, 409]


async def test_what_is_told_again_changes_nothing(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.came_back()
    order = await desk.order("load", {"item": item["barcode"], "compartment": "A1"}, key="a-key-of-load")
    same = await desk.order("load", {"item": item["barcode"], "compartment": "A1"}, key="a-key-of-load")
    assert same["id"] == order["id"]
    after = bank.acknowledged
    told = [
        {"seq": after + 1} | accepted(order),
        {"seq": after + 2} | opened("A1"),
        {"seq": after + 3} | closed("A1", "item"),
    ]
    bank.seq = after + 3
    await asyncio.gather(*(bank.resend(told[: 1 + number % 3], after) for number in range(6)))
    await bank.resend(told, bank.acknowledged)
    await bank.resend(told, after)
    assert bank.acknowledged == after + 3
    assert (await chain(here, item))[-1] == "item-loaded"
    assert (await chain(here, item)).count("item-loaded") == 1


async def test_a_gap_is_not_taken(here: House) -> None:
    bank, _ = await begun(here)
    before = bank.acknowledged
    bank.seq += 5
    answer = await bank.tell(blocked("A1", "forced"), after=before + 5)
    assert answer.body["acknowledged"] == before


async def test_orders_go_to_their_own_bank_alone(here: House) -> None:
    bank, desk = await begun(here)
    other, _ = await begun(here)
    item = await desk.came_back()

    async def first_orders(who: ScriptedBank) -> dict[str, Any]:
        client = ApiClient(here.address, who.client.headers["Authorization"].removeprefix("Bearer "))
        async with client:
            async for frame in client.locker_orders(here.centre):
                if frame.entities:
                    return dict(frame.entities)
        return {}

    mine, not_mine = asyncio.create_task(first_orders(bank)), asyncio.create_task(first_orders(other))
    order = await desk.order("load", {"item": item["barcode"], "compartment": "A1"})
    async with asyncio.timeout(60):
        assert list(await mine) == [order["id"]]
    assert list(await first_orders(bank)) == [order["id"]]
    assert not not_mine.done()
    not_mine.cancel()


async def test_a_silent_bank_gets_no_orders_and_staff_give_up(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "A1")
    claim, _ = await claimed(desk.client, item)
    order = await order_of(here, bank, "A1")
    early = await desk.try_(f"orders/{order['id']}/give-up", {})
    assert (early.status, early.code) == (409, "bank-order-under-way")
    skip = 3_600_000_000
    real = here.server.clock
    here.server.clock = lambda: real() + skip  # type: ignore[assignment,return-value]
    refused = await desk.try_("inspect", {"compartment": "B1"})
    assert (refused.status, refused.code) == (409, "bank-silent")
    given_up = await desk.try_(f"orders/{order['id']}/give-up", {})
    assert (given_up.status, given_up.body["order"]["state"]) == (200, "given-up")
    assert await claim_state(desk.client, claim) == "given-up"
    found = await desk.item(item)
    assert (found["holder"], found["is_claimed"]) == ("unknown", False)
    # What it tells of it after all is nothing that anybody waits for: staff look into the compartment.
    await bank.tell(accepted(order), opened("A1"), closed("A1", "empty"))
    assert (await desk.states())["A1"] == "unknown"


async def test_another_journal_makes_everything_unclear(here: House) -> None:
    bank, desk = await begun(here)
    lying, on_the_way = await desk.load(bank, "A1"), await desk.load(bank, "A2")
    claim, _ = await claimed(desk.client, on_the_way)
    bank.journal, bank.seq = new_id(), 0
    answer = await bank.describe()
    assert answer.body["acknowledged"] == 0
    assert set((await desk.states()).values()) == {"unknown"}
    assert await claim_state(desk.client, claim) == "given-up"
    assert ((await desk.item(lying))["holder"], (await desk.item(on_the_way))["holder"]) == ("compartment", "unknown")
    await desk.settle(bank, "A1", item=lying)
    assert (await desk.states())["A1"] == "occupied"


async def test_unloaded_by_staff(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "A1")
    order = await desk.order("unload", {"compartment": "A1", "reason": "at-counter"})
    await bank.tell(accepted(order), opened("A1"), closed("A1", "empty"))
    assert ((await desk.item(item))["holder"], (await desk.states())["A1"]) == ("desk", "free")
    empty = await desk.try_("unload", {"compartment": "A1", "reason": "at-counter"})
    assert (empty.status, empty.code) == (409, "compartment-empty")


async def test_settled_with_something_that_is_elsewhere_stays_unclear(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.came_back()
    answer = await desk.try_("settle", {"compartments": ["A1"], "item": item["barcode"]})
    (order,) = answer.body["orders"]
    # Meanwhile a colleague has handed it over.
    given = await desk.client.post(f"{CENTRE}/custody/items/{item['id']}/hand-over", {"proof": "document"})
    assert given.status == 200
    await bank.tell(accepted(order), settled("A1", item["id"]))
    assert ((await desk.item(item))["state"], (await desk.states())["A1"]) == ("handed-over", "unknown")


async def test_an_old_proof_hands_over_nothing_that_staff_found_since(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "A2")
    await claimed(desk.client, item)
    await bank.tell(accepted(await order_of(here, bank, "A2")), opened("A2"), closed("A2", "unknown"))
    await desk.settle(bank, "A2", item=item)
    assert (await desk.item(item))["holder"] == "compartment"
    # Somebody pries it open, and whoever had claimed it the first time has nothing to do with that.
    await bank.tell(blocked("A2", "forced"))
    await desk.settle(bank, "A2")
    found = await desk.item(item)
    assert (found["state"], found["holder"]) == ("ready", "unknown")


async def test_an_old_proof_hands_over_nothing_that_was_at_the_desk_since(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "A2")
    await claimed(desk.client, item)
    await bank.tell(accepted(await order_of(here, bank, "A2")), opened("A2"), closed("A2", "unknown"))
    for verb in ("take", "miss"):
        done = await desk.client.post(f"{CENTRE}/custody/items/{item['id']}/{verb}")
        assert done.status == 200, done
    await desk.settle(bank, "A2")
    found = await desk.item(item)
    assert (found["state"], found["holder"]) == ("ready", "unknown")


async def proposed(desk: LockerDesk) -> str | None:
    name: str | None = (await desk.client.get(f"{CENTRE}/lockers/{desk.bank}/free?size=large")).body["compartment"]
    return name


@pytest.mark.parametrize("verb", ["load", "collect", "unload"])
async def test_where_an_order_is_given_up_staff_look_before_anything_is_laid_in(here: House, verb: str) -> None:
    bank, desk = await begun(here)
    if verb == "load":
        item = await desk.came_back()
        await desk.order("load", {"item": item["barcode"], "compartment": "B2"})
    else:
        item = await desk.load(bank, "B2")
        if verb == "collect":
            await claimed(desk.client, item)
        else:
            await desk.order("unload", {"compartment": "B2", "reason": "at-counter"})
    order = await order_of(here, bank, "B2")
    real = here.server.clock
    here.server.clock = lambda: real() + 3_600_000_000  # type: ignore[assignment,return-value]
    given_up = await desk.try_(f"orders/{order['id']}/give-up", {})
    assert (given_up.status, given_up.body["order"]["state"]) == (200, "given-up")
    assert ((await desk.states())["B2"], await proposed(desk)) == ("unknown", None)


async def test_where_staff_miss_something_they_look_before_anything_is_laid_in(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "B2")
    missed = await desk.client.post(f"{CENTRE}/custody/items/{item['id']}/miss")
    assert missed.status == 200, missed
    assert ((await desk.states())["B2"], await proposed(desk)) == ("unknown", None)


async def test_what_is_settled_after_all_has_to_be_looked_at_once_more(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "A2")
    await bank.tell(blocked("A2", "forced"))
    await desk.settle(bank, "A2", item=item)
    # What nobody ordered, or waits for any more, clears nothing; and what it names is where it names it.
    await bank.tell(settled("A2", item["id"]))
    assert ((await desk.item(item))["holder"], (await desk.states())["A2"]) == ("compartment", "unknown")


async def test_settled_with_something_else_than_was_known_breaks_no_chain(here: House) -> None:
    bank, desk = await begun(here)
    # Streams are stored in the order of their names: what came is read before what was there, and is not any more.
    came, was = sorted([await desk.came_back() for _ in range(2)], key=lambda item: str(item["id"]))
    order = await desk.order("load", {"item": was["barcode"], "compartment": "A1"})
    await bank.tell(accepted(order), opened("A1"), closed("A1", "item"))
    await desk.settle(bank, "A1", item=came)
    assert [(await desk.item(one))["holder"] for one in (came, was)] == ["compartment", "unknown"]
    report = await here.server.log.run(verify_custody)
    assert report.ok, report.breaks


async def test_settled_with_something_else_than_was_ordered_lays_nothing_in(here: House) -> None:
    bank, desk = await begun(here)
    item, other = await desk.came_back(), await desk.came_back()
    answer = await desk.try_("settle", {"compartments": ["A1"], "item": item["barcode"]})
    await bank.tell(accepted(answer.body["orders"][0]), settled("A1", other["id"]))
    assert [(await desk.item(one))["holder"] for one in (item, other)] == ["desk", "desk"]
    assert (await desk.states())["A1"] == "unknown"


async def test_a_bank_that_has_something_else_in_it_is_looked_at(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.came_back()
    order = await desk.order("load", {"item": item["barcode"], "compartment": "A1"})
    await bank.tell({"kind": "refused", "order": order["id"], "refusal": "locker-contents-differ"})
    assert (await desk.order_now(order))["refusal"] == "locker-contents-differ"
    assert (await desk.states())["A1"] == "unknown"
