"""A door opens for whoever has proved that what lies behind it is theirs: over HTTP, with a bank that answers."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from queue_server.collection.tables import collections
from queue_server.domain.values import HOUR, SECOND, Micros, new_id, now_micros, to_datetime
from queue_server.lockers import store
from queue_server.lockers.model import DoorOrder
from queue_server.vault.people_key import PeopleKeyHolder
from tests.queue_server.collection.people import (
    AT_ONCE,
    CUSTODY,
    PROVED,
    applied,
    clerk,
    code_for,
    document,
    does,
    found,
    handed_in,
    show,
    type_in,
)
from tests.queue_server.house import Client, House, Reply, house
from tests.queue_server.lockers.scripted import ScriptedBank, accepted, begun, blocked, closed, opened
from tests.queue_server.people.sealed import GENUINE

pytestmark = pytest.mark.asyncio(loop_scope="module")

COLLECTIONS = "/centres/demo/collections"


class Lockers:
    """A bank with items in it, and the staff who laid them there."""

    def __init__(self, here: House, bank: ScriptedBank, desk: Client) -> None:
        self.here, self.bank, self.desk = here, bank, desk

    async def load(self, name: str, application: dict[str, Any] | None = None) -> str:
        """Lay an item into a compartment."""
        item = await handed_in(self.desk, application)
        await does(self.desk, item, "ready")
        label = (await self.desk.get(f"{CUSTODY}/items/{item}")).body["item"]["barcode"]
        path = f"/centres/demo/lockers/{self.bank.id}/load"
        order = (await self.desk.post(path, {"item": label, "compartment": name})).body["order"]
        await self.bank.tell(accepted(order), opened(name), closed(name, "item"))
        return item

    async def last_order(self) -> dict[str, Any]:
        """Wait for the order that the bank has not answered yet."""
        async with asyncio.timeout(60):
            while not (pending := await self._unanswered()):  # noqa: ASYNC110 - a real server
                await asyncio.sleep(0.02)
        return {"id": pending[-1].id}

    async def _unanswered(self) -> tuple[DoorOrder, ...]:
        return await self.here.server.log.run(lambda connection: store.unanswered(connection, self.here.centre))

    async def state(self, item: str) -> tuple[str, str]:
        found_item = (await self.desk.get(f"{CUSTODY}/items/{item}")).body["item"]
        return found_item["state"], found_item["holder"]


async def lockers(here: House) -> Lockers:
    bank, desk = await begun(here)
    return Lockers(here, bank, desk.client)


async def open_(kiosk: Client, ident: str, item: str, key: str = "") -> Reply:
    return await kiosk.post(f"{COLLECTIONS}/{ident}/open", {"item": item}, key)


async def state(kiosk: Client, ident: str) -> str:
    answer = await kiosk.get(f"{COLLECTIONS}/{ident}/door")
    assert answer.status == 200, answer
    said: str = answer.body["state"]
    return said


async def test_a_passport_opens_the_door_and_the_item_is_handed_over(here: House) -> None:
    place, kiosk, ident = await lockers(here), await here.kiosk(), new_id()
    item = await place.load("A1", await applied(here))
    assert found(await show(here, kiosk, PROVED, ident)) == [("passport", "here")]
    key = new_id()
    answer = await open_(kiosk, ident, item, key)
    assert (answer.status, answer.body["state"], answer.body["door"]) == (200, "opening", "A1"), answer
    assert {one["name"] for one in answer.body["wall"]} == {"A1", "A2", "B1", "B2"}
    assert answer.body["label"] == (await place.desk.get(f"{CUSTODY}/items/{item}")).body["item"]["label"]
    # An answer that was lost opens nothing twice.
    assert (await open_(kiosk, ident, item, key)).body == answer.body
    await place.bank.tell(accepted(await place.last_order()), opened("A1"))
    assert await state(kiosk, ident) == "open"
    await place.bank.tell({"kind": "reminded", "compartment": "A1"})
    assert await state(kiosk, ident) == "reminded"
    await place.bank.tell(closed("A1", "empty"))
    assert await state(kiosk, ident) == "taken"
    assert await place.state(item) == ("handed-over", "person")
    chain = (await place.desk.get(f"{CUSTODY}/items/{item}/chain")).body["events"]
    assert [one["type"] for one in chain][-2:] == ["item-claimed", "item-handed-over"]


async def test_a_page_without_a_chip_opens_no_door(here: House) -> None:
    place, kiosk, ident = await lockers(here), await here.kiosk(), new_id()
    item = await place.load("A1", await applied(here))
    assert found(await show(here, kiosk, GENUINE, ident)) == [("passport", "counter")]
    answer = await open_(kiosk, ident, item)
    assert (answer.status, answer.code) == (409, "collection-over")


async def test_one_code_at_two_kiosks_in_the_same_instant_opens_one_door(here: House) -> None:
    place, kiosks = await lockers(here), [await here.kiosk() for _ in range(4)]
    item = await place.load("A1")
    code, idents = await code_for(place.desk, item), [new_id() for _ in kiosks]
    for kiosk, ident in zip(kiosks, idents, strict=True):
        assert found(await type_in(kiosk, code, ident)) == [("passport", "here")]
    answers = await asyncio.gather(*(open_(kiosk, ident, item) for kiosk, ident in zip(kiosks, idents, strict=True)))
    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409], answers
    assert {answer.code for answer in answers if answer.status == 409} <= {"collection-over", "item-claim"}
    assert found(await type_in(kiosks[0], code)) == []


async def test_a_passport_and_a_code_for_one_item_open_one_door(here: House) -> None:
    place, one, two = await lockers(here), await here.kiosk(), await here.kiosk()
    item = await place.load("A1", await applied(here))
    code, first, second = await code_for(place.desk, item), new_id(), new_id()
    assert found(await show(here, one, PROVED, first)) == [("passport", "here")]
    assert found(await type_in(two, code, second)) == [("passport", "here")]
    assert (await open_(one, first, item)).status == 200
    late = await open_(two, second, item)
    assert (late.status, late.code) == (409, "item-claim")
    # The code was not used up by a door that did not open for it.
    assert found(await type_in(two, code)) == [("passport", "counter")]


async def test_another_kiosk_or_another_item_is_not_what_was_proved(here: House) -> None:
    place, kiosk, other, ident = await lockers(here), await here.kiosk(), await here.kiosk(), new_id()
    item, others = await place.load("A1", await applied(here)), await place.load("A2")
    await show(here, kiosk, PROVED, ident)
    tried = ((other, ident, item), (kiosk, ident, others), (kiosk, new_id(), item))
    for answer in [await open_(*one) for one in tried]:
        assert (answer.status, answer.code) == (409, "collection-over")
    assert (await kiosk.get(f"{COLLECTIONS}/{ident}/door")).code == "collection-over"
    await kiosk.post(f"{COLLECTIONS}/{ident}/leave")
    assert (await open_(kiosk, ident, item)).code == "collection-over"


async def test_what_was_proved_is_over_after_its_time(data: Path) -> None:
    now = now_micros()
    async with house(data, AT_ONCE, lambda: Micros(now)) as here:
        place, kiosk, ident = await lockers(here), await here.kiosk(), new_id()
        item = await place.load("A1", await applied(here))
        await show(here, kiosk, PROVED, ident)
        now = Micros(now + 601 * SECOND)
        assert (await open_(kiosk, ident, item)).code == "collection-over"


async def test_a_door_that_stands_open_for_long_is_followed_until_it_is_shut(data: Path) -> None:
    now = now_micros()
    async with house(data, AT_ONCE, lambda: Micros(now)) as here:
        place, kiosk, ident = await lockers(here), await here.kiosk(), new_id()
        item = await place.load("A1", await applied(here))
        await show(here, kiosk, PROVED, ident)
        await open_(kiosk, ident, item)
        await place.bank.tell(accepted(await place.last_order()), opened("A1"))
        now = Micros(now + 601 * SECOND)
        await here.server[PeopleKeyHolder].settle()
        assert await state(kiosk, ident) == "open"
        now = Micros(now + 599 * SECOND)
        assert await state(kiosk, ident) == "open"
        await place.bank.tell(closed("A1", "empty"))
        now = Micros(now + 300 * SECOND)
        assert await state(kiosk, ident) == "taken"
        # Once it is shut their time goes on, and ends.
        now = Micros(now + 301 * SECOND)
        await here.server[PeopleKeyHolder].settle()
        assert (await kiosk.get(f"{COLLECTIONS}/{ident}/door")).code == "collection-over"


async def test_a_door_of_which_nothing_is_heard_any_more_keeps_nobody_for_ever(data: Path) -> None:
    now = now_micros()
    async with house(data, AT_ONCE, lambda: Micros(now)) as here:
        place, kiosk, ident = await lockers(here), await here.kiosk(), new_id()
        item = await place.load("A1", await applied(here))
        await show(here, kiosk, PROVED, ident)
        await open_(kiosk, ident, item)
        await place.bank.tell(accepted(await place.last_order()), opened("A1"))
        for hours, left in ((20, 1), (5, 0)):
            now = Micros(now + hours * HOUR)
            await here.server[PeopleKeyHolder].settle()
            assert await rows_kept(here) == left


async def rows_kept(here: House) -> int:
    return await here.server.log.run(
        lambda connection: connection.execute(select(func.count()).select_from(collections)).scalar_one()
    )


async def test_an_authority_is_looked_at_anew_when_the_door_is_to_open(here: House) -> None:
    place, kiosk, ident = await lockers(here), await here.kiosk(), new_id()
    item, desk = await place.load("A1"), await clerk(here)
    body = {"kind": "representative", "name": "Utopia Example", "issuer": "UTO", "number": "R12345", "item": item}
    body |= {"until": to_datetime(here.server.clock()).date().isoformat()}
    made = (await desk.post(f"{CUSTODY}/authorities", body)).body["authority"]["id"]
    assert found(await show(here, kiosk, document("R12345"), ident)) == [("passport", "here")]
    await desk.post(f"{CUSTODY}/authorities/{made}/withdraw")
    assert (await open_(kiosk, ident, item)).code == "collection-over"


async def test_one_door_at_a_time_and_what_is_left_inside_once_more(here: House) -> None:
    place, kiosk, ident = await lockers(here), await here.kiosk(), new_id()
    application = await applied(here)
    one, two = await place.load("A1", application), await place.load("A2", application)
    assert found(await show(here, kiosk, PROVED, ident)) == [("passport", "here"), ("passport", "here")]
    assert (await open_(kiosk, ident, one)).status == 200
    early = await open_(kiosk, ident, two)
    assert (early.status, early.code) == (409, "collection-door-open")
    await place.bank.tell(accepted(await place.last_order()), opened("A1"), closed("A1", "item"))
    assert await state(kiosk, ident) == "inside"
    assert (await open_(kiosk, ident, one)).status == 200
    await place.bank.tell(accepted(await place.last_order()), opened("A1"), closed("A1", "empty"))
    assert await state(kiosk, ident) == "taken"
    # What is here for them now is asked for with the same proof.
    assert found(await show(here, kiosk, PROVED, ident)) == [("passport", "here")]
    assert (await open_(kiosk, ident, two)).status == 200


async def test_a_code_is_used_up_by_its_door_and_good_for_it_once_more_where_it_was_left(here: House) -> None:
    place, kiosk, ident = await lockers(here), await here.kiosk(), new_id()
    item = await place.load("A1")
    code = await code_for(place.desk, item)
    await type_in(kiosk, code, ident)
    assert (await open_(kiosk, ident, item)).status == 200
    await place.bank.tell(accepted(await place.last_order()), opened("A1"), closed("A1", "item"))
    assert found(await type_in(kiosk, code)) == []
    assert (await open_(kiosk, ident, item)).status == 200


async def test_another_door_stops_everything(here: House) -> None:
    place, kiosk, ident = await lockers(here), await here.kiosk(), new_id()
    item = await place.load("A1", await applied(here))
    await show(here, kiosk, PROVED, ident)
    await open_(kiosk, ident, item)
    await place.bank.tell(accepted(await place.last_order()), blocked("B1", "other-door"), blocked("A1", "other-door"))
    assert await state(kiosk, ident) == "staff"
    assert found(await show(here, kiosk, PROVED)) == [("passport", "counter")]


async def test_a_silent_bank_opens_nothing(data: Path) -> None:
    now = now_micros()
    async with house(data, AT_ONCE, lambda: Micros(now)) as here:
        place, kiosk, ident = await lockers(here), await here.kiosk(), new_id()
        item = await place.load("A1", await applied(here))
        now = Micros(now + HOUR)
        place.desk = await clerk(here)
        await show(here, kiosk, PROVED, ident)
        answer = await open_(kiosk, ident, item)
        assert (answer.status, answer.code) == (409, "bank-silent")
        assert await place.state(item) == ("ready", "compartment")
