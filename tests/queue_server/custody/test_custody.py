"""Custody over HTTP: from handed in to handed over, in bags and places, with who had it at any moment."""

import asyncio
from typing import Any

import pytest

from queue_server.accounts.model import Role
from queue_server.domain.values import new_id
from queue_server.vault.store import is_stored_for
from tests.queue_server.house import TICKET, Client, House, Reply

pytestmark = pytest.mark.asyncio(loop_scope="module")

SERVICE = "uto-passport-renewal"
CUSTODY = "/centres/demo/custody"


async def does(client: Client, item: str, verb: str, body: object = None) -> dict[str, Any]:
    answer = await client.post(f"{CUSTODY}/items/{item}/{verb}", body)
    assert answer.status == 200, answer
    found: dict[str, Any] = answer.body["item"]
    return found


async def handed_in(client: Client, **more: Any) -> dict[str, Any]:
    answer = await client.post(f"{CUSTODY}/items", {"kind": "passport", "government": "UTO"} | more)
    assert answer.status == 201, answer
    found: dict[str, Any] = answer.body["item"]
    return found


async def bag(client: Client, what: str, body: object = None) -> dict[str, Any]:
    answer = await client.post(f"{CUSTODY}/bags{what}", body)
    assert answer.status in {200, 201}, answer
    found: dict[str, Any] = answer.body["bag"]
    return found


async def with_application(client: Client) -> tuple[str, dict[str, Any]]:
    visit = (await client.post("/centres/demo/visits", TICKET)).body["visit"]["id"]
    opened = await client.post(f"/centres/demo/visits/{visit}/applications", {"service": SERVICE})
    return visit, opened.body["application"]


async def state(client: Client, application: dict[str, Any]) -> str:
    found: str = (await client.get(f"/centres/demo/applications/{application['id']}")).body["application"]["state"]
    return found


async def is_held(here: House, application: dict[str, Any]) -> bool:
    ident, now = application["id"], here.server.clock()
    return await here.server.log.run(lambda connection: is_stored_for(connection, ident, now))


def refused(answer: Reply, code: str) -> None:
    assert (answer.status, answer.code) == (409, code), answer


async def test_from_handed_in_to_in_the_hand_and_the_application_follows(here: House) -> None:
    clerk, _ = await here.staff(Role.CUSTODY, None)
    visit, application = await with_application(await here.manager())
    reference = application["reference"]
    item = await handed_in(clerk, application=reference, government=None, visit=visit, pages=32, document="P1234567")
    assert (item["state"], item["holder"], item["government"], item["application"]) == (
        "kept",
        "desk",
        "UTO",
        reference,
    )
    assert await state(clerk, application) == "received"
    assert await is_held(here, application)
    label = item["barcode"]
    assert (await does(clerk, label, "shelve", {"place": "2-D-15"}))["place"] == "2-D-15"

    out = await bag(clerk, "", {"government": "UTO"})
    await bag(clerk, f"/{out['id']}/add", {"item": label})
    sealed = await bag(clerk, f"/{out['id']}/seal", {"seal": "S209447"})
    assert (sealed["state"], sealed["items"]) == ("sealed", [item["label"]])
    assert len(sealed["manifest"]) == 64
    await bag(clerk, "/S209447/dispatch")
    assert await state(clerk, application) == "at-authority"
    await bag(clerk, "/S209447/acknowledge", {})
    assert (await clerk.get(f"{CUSTODY}/items/{label}")).body["item"]["holder"] == "authority"

    back = await bag(clerk, "", {"government": "UTO", "direction": "back", "seal": "UT-9"})
    await bag(clerk, f"/{back['id']}/unpack", {"item": label, "condition": ["torn"]})
    assert await state(clerk, application) == "returned"
    assert (await bag(clerk, "/UT-9/finish", {"expected": 1}))["state"] == "emptied"
    await does(clerk, label, "ready")
    assert await state(clerk, application) == "ready"
    over = await does(clerk, label, "hand-over", {"proof": "document"})
    assert (over["state"], over["holder"], over["condition"]) == ("handed-over", "person", ["torn"])
    assert await state(clerk, application) == "handed-over"
    # Its numbers leave the vault with it.
    assert not await is_held(here, application)

    chain = (await clerk.get(f"{CUSTODY}/items/{label}/chain")).body["events"]
    assert [one["type"] for one in chain] == [
        "item-received",
        "item-shelved",
        "item-bagged",
        "item-dispatched",
        "item-acknowledged",
        "item-returned",
        "item-readied",
        "item-handed-over",
    ]
    assert [one["holder"] for one in chain] == [
        "desk",
        "shelf",
        "bag",
        "carrier",
        "authority",
        "desk",
        "desk",
        "person",
    ]


async def test_an_answer_that_was_lost_hands_in_nothing_twice(here: House) -> None:
    clerk, _ = await here.staff(Role.CUSTODY, None)
    body, key = {"kind": "passport", "government": "UTO"}, new_id()
    one = await clerk.post(f"{CUSTODY}/items", body, key)
    two = await clerk.post(f"{CUSTODY}/items", body, key)
    assert one.body == two.body
    other = await clerk.post(f"{CUSTODY}/items", body | {"kind": "form"}, key)
    assert other.status == 422
    assert len((await clerk.get(f"{CUSTODY}/items")).body["items"]) == 1


async def test_a_wrong_contact_is_refused_before_anything_is_looked_for(here: House) -> None:
    """What other rooms check comes first: it is the same answer whatever else is wrong."""
    clerk, _ = await here.staff(Role.CUSTODY, None)
    body = {"kind": "passport", "government": "nowhere", "contact": {"language": "en", "telephone": "0612345678"}}
    answer = await clerk.post(f"{CUSTODY}/items", body)
    assert (answer.status, answer.code) == (422, "contact-invalid")
    assert (await clerk.post(f"{CUSTODY}/items", body | {"contact": None})).code == "item-government"


async def test_each_item_has_a_label_of_its_own_when_many_are_handed_in_at_once(here: House) -> None:
    clerk, _ = await here.staff(Role.CUSTODY, None)
    found = await asyncio.gather(*(handed_in(clerk) for _ in range(12)))
    assert len({one["label"] for one in found}) == 12
    first = (await clerk.get(f"{CUSTODY}/items?limit=5")).body
    rest = (await clerk.get(f"{CUSTODY}/items?limit=500&after={first['next']}")).body
    assert len(first["items"]) == 5
    assert rest["next"] is None
    assert {one["id"] for one in (*first["items"], *rest["items"])} == {one["id"] for one in found}


async def test_one_item_lies_in_a_place(here: House) -> None:
    clerk, _ = await here.staff(Role.CUSTODY, None)
    items = [await handed_in(clerk) for _ in range(6)]
    answers = await asyncio.gather(
        *(clerk.post(f"{CUSTODY}/items/{one['id']}/shelve", {"place": "2-D-15"}) for one in items)
    )
    assert sorted(one.status for one in answers) == [200, *[409] * 5]
    assert {one.code for one in answers if one.status == 409} == {"place-taken"}
    lies = next(one.body["item"] for one in answers if one.status == 200)
    await does(clerk, lies["id"], "take")
    other = next(one for one in items if one["id"] != lies["id"])
    await does(clerk, other["id"], "shelve", {"place": "2-D-15"})


async def test_a_drawer_is_counted_and_each_difference_is_named(here: House) -> None:
    clerk, _ = await here.staff(Role.CUSTODY, None)
    a, b, c = [await handed_in(clerk) for _ in range(3)]
    await does(clerk, a["id"], "shelve", {"place": "2-D-14"})
    await does(clerk, b["id"], "shelve", {"place": "2-D-15"})
    await does(clerk, c["id"], "shelve", {"place": "3-A-1"})
    key, body = new_id(), {"drawer": "2-D", "seen": [a["barcode"], c["barcode"], "D99999", "nonsense"]}
    for _ in range(2):
        answer = await clerk.post(f"{CUSTODY}/stocktaking", body, key)
        assert answer.status == 200, answer
        assert answer.body["expected"] == 2
        assert [one["label"] for one in answer.body["missing"]] == [b["label"]]
        assert [(one["label"], one["place"]) for one in answer.body["surplus"]] == [(c["label"], "3-A-1")]
        assert answer.body["unknown"] == ["D99999", "nonsense"]
    missed = (await clerk.get(f"{CUSTODY}/items?holder=unknown")).body["items"]
    assert [(one["label"], one["place"]) for one in missed] == [(b["label"], "2-D-15")]
    found = await does(clerk, b["id"], "shelve", {"place": "2-D-16"})
    assert (found["holder"], found["place"]) == ("shelf", "2-D-16")


async def test_a_drawer_that_is_counted_again_by_the_same_key_misses_nothing_that_came_since(here: House) -> None:
    clerk, _ = await here.staff(Role.CUSTODY, None)
    a, b = [await handed_in(clerk) for _ in range(2)]
    await does(clerk, a["id"], "shelve", {"place": "2-D-14"})
    key, body = new_id(), {"drawer": "2-D", "seen": [a["barcode"]]}
    assert (await clerk.post(f"{CUSTODY}/stocktaking", body, key)).status == 200
    await does(clerk, b["id"], "shelve", {"place": "2-D-15"})
    again = await clerk.post(f"{CUSTODY}/stocktaking", body, key)
    assert (again.status, again.body["missing"]) == (200, [])
    lies = (await clerk.get(f"{CUSTODY}/items/{b['id']}")).body["item"]
    assert (lies["holder"], lies["place"]) == ("shelf", "2-D-15")


async def test_a_bag_is_used_once_for_one_government_and_not_empty(here: House) -> None:
    clerk, _ = await here.staff(Role.CUSTODY, None)
    first, second = await bag(clerk, "", {"government": "UTO"}), await bag(clerk, "", {"government": "UTO"})
    refused(await clerk.post(f"{CUSTODY}/bags/{first['id']}/seal", {"seal": "S1001"}), "bag-empty")
    for into in (first, second):
        await bag(clerk, f"/{into['id']}/add", {"item": (await handed_in(clerk))["label"]})
    await bag(clerk, f"/{first['id']}/seal", {"seal": "S1001"})
    refused(await clerk.post(f"{CUSTODY}/bags/{second['id']}/seal", {"seal": "S1001"}), "seal-used")
    item = await handed_in(clerk)
    refused(await clerk.post(f"{CUSTODY}/bags/{first['id']}/add", {"item": item["label"]}), "bag-state")
    assert (await clerk.get(f"{CUSTODY}/items/{item['id']}")).body["item"]["holder"] == "desk"
    of_other = await handed_in(clerk, government="XAL")
    answer = await clerk.post(f"{CUSTODY}/bags/{second['id']}/add", {"item": of_other["label"]})
    refused(answer, "bag-government")


async def test_an_unknown_label_or_bag_is_not_found_and_nothing_says_more(here: House) -> None:
    clerk, _ = await here.staff(Role.CUSTODY, None)
    for path in ("items/D99999", "items/nothing", "bags/S9999", f"bags/{new_id()}"):
        assert (await clerk.get(f"{CUSTODY}/{path}")).status == 404
    answer = await clerk.post(f"{CUSTODY}/items", {"kind": "passport", "government": "ZZZ"})
    refused(answer, "item-government")
    answer = await clerk.post(f"{CUSTODY}/items", {"kind": "spaceship", "government": "UTO"})
    assert answer.status == 400


async def test_without_a_proof_a_second_person_says_so_in_their_own_name(here: House) -> None:
    clerk, session = await here.staff(Role.CUSTODY, None)
    second = await here.somebody_with_password(Role.MANAGER)
    cashier = await here.somebody_with_password(Role.CASHIER)
    elsewhere = await here.somebody_with_password(Role.MANAGER, "harbour")
    item = (await handed_in(clerk))["id"]
    await does(clerk, item, "ready")
    path = f"{CUSTODY}/items/{item}/hand-over"
    refused(await clerk.post(path, {"proof": "witnessed"}), "witness-needed")
    for unproven in (
        second | {"password": "something else"},
        {"login": "nobody", "password": "something else"},
        cashier,
        elsewhere,
        {"login": session.login, "password": "x"},
    ):
        answer = await clerk.post(path, {"proof": "witnessed", "witness": unproven})
        assert (answer.status, answer.code) == (403, "witness-unproven")
    over = await does(clerk, item, "hand-over", {"proof": "witnessed", "witness": second})
    assert over["state"] == "handed-over"
    wrong = await clerk.post(path, {"proof": "carrier"})
    assert wrong.status == 400


async def test_nobody_is_their_own_second_person(here: House) -> None:
    login = await here.somebody_with_password(Role.CUSTODY)
    clerk, _ = await here.signed_in(login["login"], None)
    item = (await handed_in(clerk))["id"]
    await does(clerk, item, "miss")
    path = f"{CUSTODY}/items/{item}/give-up"
    refused(await clerk.post(path, {"witness": login}), "witness-same")
    second = await here.somebody_with_password(Role.MANAGER)
    assert (await does(clerk, item, "give-up", {"witness": second}))["state"] == "lost"


async def test_where_drawers_are_named_nothing_is_laid_or_counted_elsewhere(here: House) -> None:
    clerk, _ = await here.staff(Role.CUSTODY, None, "harbour")
    custody = "/centres/harbour/custody"
    body = {"kind": "passport", "government": "UTO"}
    item, other = [(await clerk.post(f"{custody}/items", body)).body["item"]["id"] for _ in range(2)]
    for place in ("1-A-0", "1-A-41", "1-A-01", "1-A", "1-C-1", "1-A-1-1"):
        refused(await clerk.post(f"{custody}/items/{item}/shelve", {"place": place}), "place-unknown")
    refused(await clerk.post(f"{custody}/stocktaking", {"drawer": "1-A-1", "seen": []}), "place-unknown")
    assert (await clerk.post(f"{custody}/items/{item}/shelve", {"place": "1-A-1"})).status == 200
    assert (await clerk.post(f"{custody}/items/{other}/shelve", {"place": "1-A-40"})).status == 200
    first, second = (await clerk.get(f"{custody}/shelves")).body["shelves"]
    assert first == {"id": "1-A", "places": 40, "taken": 2, "free": "1-A-2"}
    assert (second["taken"], second["free"]) == (0, "1-B-1")
    counted = await clerk.post(f"{custody}/stocktaking", {"drawer": "1-A", "seen": []})
    assert counted.body["expected"] == 2
