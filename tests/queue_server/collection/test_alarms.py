"""What managers see of whoever tries proofs that are none, and that nobody at a kiosk can tell one from another."""

import asyncio

import msgspec
import pytest

from queue_server.accounts.model import Role
from queue_server.contract.documents import FOR_COLLECTION, seal, to_text
from queue_server.domain.collection_codes import with_check_digit
from queue_server.domain.values import new_id, to_datetime
from queue_server.vault.keys import Keys
from tests.queue_server.collection.people import (
    GUESS,
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
from tests.queue_server.collection.test_doors import lockers, open_
from tests.queue_server.house import Client, House
from tests.queue_server.lockers.test_alarms import seen

pytestmark = pytest.mark.asyncio(loop_scope="module")
#: For a test that needs a server of its own.
ALONE = pytest.mark.asyncio(loop_scope="function")

CODES, DOCUMENTS = "Wrong codes are typed at a kiosk", "Documents for which nothing is here are shown at a kiosk"
COLLECTIONS = "/centres/demo/collections"


async def manager_of(here: House) -> Client:
    return (await here.staff(Role.MANAGER, None))[0]


async def test_five_wrong_codes_are_an_alarm(here: House) -> None:
    manager, kiosk = await manager_of(here), await here.kiosk()
    for number in range(4):
        assert found(await type_in(kiosk, with_check_digit(number))) == []
    assert CODES not in await seen(manager)
    assert found(await type_in(kiosk, GUESS)) == []
    assert CODES in await seen(manager)
    assert DOCUMENTS not in await seen(manager)


async def test_documents_with_similar_numbers_are_an_alarm(here: House) -> None:
    """Somebody shows one passport after the other, each one character from that of whoever is awaited."""
    desk, manager, kiosk = await clerk(here), await manager_of(here), await here.kiosk()
    await does(desk, await handed_in(desk, await applied(here)), "ready")
    *early, last = (document(f"L898902{letter}3") for letter in "ABDEFGHIJKLMNOPQRSTU")
    for one in early:
        assert found(await show(here, kiosk, one)) == []
    assert DOCUMENTS not in await seen(manager)
    assert found(await show(here, kiosk, last)) == []
    assert DOCUMENTS in await seen(manager)
    late = await show(here, kiosk, PROVED)
    assert (late.status, late.code) == (429, "too-many-tries")


async def test_all_that_proves_nothing_has_one_answer(here: House) -> None:
    """A code that never was, one that is void, one that was used; a stranger; an authority that is withdrawn."""
    place, kiosk, other = await lockers(here), await here.kiosk(), await here.kiosk()
    item, second = await place.load("A1"), await place.load("A2")
    void, ident = await code_for(place.desk, item), new_id()
    used = await code_for(place.desk, item)
    assert found(await type_in(other, used, ident)) == [("passport", "here")]
    assert (await open_(other, ident, item)).status == 200
    body = {"kind": "guardian", "name": "Utopia Example", "issuer": "UTO", "number": "R12345", "item": second}
    body["until"] = to_datetime(here.server.clock()).date().isoformat()
    made = await place.desk.post("/centres/demo/custody/authorities", body)
    assert made.status == 201, made
    path = f"/centres/demo/custody/authorities/{made.body['authority']['id']}/withdraw"
    assert (await place.desk.post(path)).status == 200
    answers = [
        await type_in(kiosk, GUESS),
        await type_in(kiosk, void),
        await type_in(kiosk, used),
        await show(here, kiosk, document("X00000000")),
        await show(here, kiosk, document("R12345")),
    ]
    assert {(answer.status, msgspec.json.encode(answer.body)) for answer in answers} == {(200, b'{"items":[]}')}


async def test_what_was_proved_is_proved_to_nobody_else_who_recorded_it(here: House) -> None:
    place, kiosk, thief = await lockers(here), await here.kiosk(), await here.kiosk()
    item, ident = await place.load("A1", await applied(here)), new_id()
    sealed = to_text(seal(PROVED, ident, here.server[Keys].documents_public(), FOR_COLLECTION))
    body = {"id": ident, "document": sealed}
    assert found(await kiosk.post(COLLECTIONS, body)) == [("passport", "here")]
    # Under another id it cannot be opened; under its own it is the other kiosk's.
    assert found(await thief.post(COLLECTIONS, {"id": new_id(), "document": sealed})) == []
    await thief.post(COLLECTIONS, body)
    assert (await open_(thief, ident, item)).code == "collection-over"
    assert (await open_(kiosk, ident, item)).status == 200


@ALONE
async def test_one_code_at_two_kiosks_of_two_servers_opens_one_door(two: tuple[House, House]) -> None:
    one, other = two
    place = await lockers(one)
    kiosks = [await here.kiosk() for here in two * 2]
    item = await place.load("A1")
    code, idents = await code_for(place.desk, item), [new_id() for _ in kiosks]
    proved = await asyncio.gather(*(type_in(kiosk, code, ident) for kiosk, ident in zip(kiosks, idents, strict=True)))
    assert [found(answer) for answer in proved] == [[("passport", "here")]] * 4
    answers = await asyncio.gather(*(open_(kiosk, ident, item) for kiosk, ident in zip(kiosks, idents, strict=True)))
    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409], answers
    assert {answer.code for answer in answers if answer.status == 409} <= {"collection-over", "item-claim"}
    assert len(await place._unanswered()) == 1
    again = await other.kiosk()
    assert found(await type_in(again, code)) == []
