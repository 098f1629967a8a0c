"""Loading and unloading on the page of the custody desk: two scans, and the door says the rest."""

import re
from pathlib import Path

import pytest

from queue_server.domain.values import SECOND, Micros, now_micros
from queue_server.lockers.settings import LockerRules
from tests.queue_server.custody.custody_desk import CustodyDesk
from tests.queue_server.house import QUICK, House, house
from tests.queue_server.lockers.scripted import CENTRE, accepted, begun, blocked, closed, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")

RULES = QUICK[LockerRules]
#: Of the key that gives an order up: whether it is dashed, and its note.
GIVE_UP = re.compile(r'id="act-give-up".*?( aria-disabled="true")?>.*?act-note[^>]*>([^<]*)<', re.DOTALL)


async def test_the_page_shows_the_only_bank(here: House) -> None:
    _, desk = await begun(here)
    other = CustodyDesk(desk.client)
    assert "Scan the label of a document" in await other.page("?view=lockers")


async def test_two_scans_load_a_compartment_and_the_door_counts(here: House) -> None:
    bank, desk = await begun(here)
    at, item = CustodyDesk(desk.client), await desk.came_back()
    shown = await at.page("?view=lockers")
    assert item["label"] in shown, "what could be loaded next"
    assert (await at.read("A1"))["say"] == "Scan the label of the document first."
    await at.scan(item["barcode"])
    shown = await at.page()
    assert 'data-step="2"' in shown
    assert "Now scan compartment" in shown
    assert "Column 1 from the left, 1 from the top." in shown
    # Another one is proposed, the first again after the last, and any free one may be scanned.
    for skip in (1, 4):
        assert re.search("Now scan compartment [^A]+A2", await at.page(f"{at.query}&skip={skip}"))
    step = await at.scan("a1")
    order = step["answer"].body["order"]
    page = f"?view=lockers&locker={bank.id}&order={order['id']}"
    assert "is about to open" in await at.page(page)
    await bank.tell(accepted(order), opened("A1"))
    shown = await at.page()
    assert "is open" in shown
    assert "then it counts" in shown
    assert 'id="act-inspect"' in shown
    assert "a door has to be shut first" in shown
    await bank.tell({"kind": "reminded", "compartment": "A1"})
    assert "is still open" in await at.page()
    await bank.tell(closed("A1", "item"))
    shown = await at.page()
    assert "is shut, and holds a document" in shown
    assert "Scan the next label." in shown
    assert (await desk.item(item))["holder"] == "compartment"
    # Of what lies there a scan has the door opened again, so that it comes out.
    step = await at.scan(item["barcode"])
    assert step["answer"].body["order"]["verb"] == "unload"
    order = step["answer"].body["order"]
    await at.page(f"?view=lockers&locker={bank.id}&order={order['id']}")
    await bank.tell(accepted(order), opened("A1"), closed("A1", "empty"))
    assert f"{item['label']}</bdi> is with you" in await at.page()


async def test_what_goes_wrong_at_a_door_is_said_with_what_to_do(here: House) -> None:
    bank, desk = await begun(here)
    at, item = CustodyDesk(desk.client), await desk.came_back()
    for events, said in (
        ([opened("A1"), closed("A1", "empty")], "it is still with you"),
        ([blocked("A1", "not-opened")], "has stayed shut"),
    ):
        await at.page("?view=lockers")
        await at.scan(item["barcode"])
        order = (await at.scan("A1"))["answer"].body["order"]
        await bank.tell(accepted(order), *events)
        assert said in await at.page(f"?view=lockers&locker={bank.id}&order={order['id']}")
    assert "out of use" in await at.page("?view=lockers")
    await at.page("?view=lockers")
    await at.scan(item["barcode"])
    assert (await at.scan("A1"))["answer"].code == "compartment-unusable"
    order = (await at.scan("A2"))["answer"].body["order"]
    await bank.tell(accepted(order), opened("A2"), blocked("A2", "left-open"))
    shown = await at.page(f"?view=lockers&locker={bank.id}&order={order['id']}")
    assert "Stop: call a manager" in shown
    assert "until somebody has looked" in shown


async def test_what_does_not_belong_into_a_bank_says_why(here: House) -> None:
    _, desk = await begun(here)
    at = CustodyDesk(desk.client)
    kept = await desk.client.post("/centres/demo/custody/items", {"kind": "passport", "government": "UTO"})
    await at.page("?view=lockers")
    step = await at.read(kept.body["item"]["barcode"])
    assert (step["tone"], step["say"].endswith("now: Kept here")) == ("bad", True)
    for language in ("en", "fr", "ar"):
        assert 'id="door-now"' in await at.page("?view=lockers", language)


async def test_another_bank_is_shown_without_what_the_first_one_was_told(here: House) -> None:
    _, desk = await begun(here)
    other, _ = await begun(here)
    item = await desk.came_back()
    order = await desk.order("load", {"item": item["barcode"], "compartment": "A1"})
    at = CustodyDesk(desk.client)
    assert "is about to open" in await at.page(f"?view=lockers&locker={desk.bank}&order={order['id']}")
    shown = await at.page(f"?view=lockers&locker={other.id}&order={order['id']}")
    assert "Scan the label of a document" in shown
    assert order["id"] not in shown


async def test_keys_at_a_bank_that_is_not_heard_say_so(data: Path) -> None:
    skipped = 0
    notes = re.compile(r'id="act-([a-z-]+)".*?act-note[^>]*>([^<]*)<', re.DOTALL)
    async with house(data, clock=lambda: Micros(now_micros() + skipped)) as here:
        bank, desk = await begun(here)
        await desk.load(bank, "A2")
        at = CustodyDesk(desk.client)
        assert dict(notes.findall(await at.page("?view=lockers"))) == {
            "unload": "with a reason",
            "inspect": "a door opens",
            "settle": "after you have looked",
            "give-up": "the bank is heard",
        }
        skipped = (RULES.silent_s + 1) * SECOND
        silent = dict.fromkeys(("unload", "inspect", "settle"), "nothing is heard of the bank")
        shown = await at.page("?view=lockers")
        assert dict(notes.findall(shown)) == silent | {"give-up": "no door is waited for"}
        for verb, body in (
            ("unload", {"compartment": "A2", "reason": "misplaced"}),
            ("inspect", {"compartment": "A1"}),
        ):
            assert (await desk.try_(verb, body)).code == "bank-silent"
        assert shown.count('aria-disabled="true"') == 4


async def test_an_order_that_is_not_answered_is_given_up_though_the_bank_is_heard(data: Path) -> None:
    began, skipped = now_micros(), 0
    async with house(data, clock=lambda: Micros(began + skipped)) as here:
        bank, desk = await begun(here)
        at, item = CustodyDesk(desk.client), await desk.came_back()
        order = await desk.order("load", {"item": item["barcode"], "compartment": "A1"})
        page = f"?view=lockers&locker={bank.id}&order={order['id']}"
        for passed in (0, (RULES.order_s + RULES.silent_s) * SECOND):
            skipped = passed
            # It tells nothing new, and so is heard.
            await bank.tell()
            shown = await at.page(page)
            assert "is about to open" in shown
            assert GIVE_UP.findall(shown) == [(' aria-disabled="true"', "the bank is heard")]
            assert (await desk.try_(f"orders/{order['id']}/give-up", {})).code == "bank-order-under-way"
        skipped = passed + 1
        await bank.tell()
        for language, note in (
            ("en", "no answer to this order"),
            ("fr", "sans réponse à cet ordre"),
            ("ar", "لا رد على هذا الأمر"),
        ):
            shown = await at.page(page, language)
            assert GIVE_UP.findall(shown) == [("", note)]
        shown = await at.page(page)
        assert "Nothing is heard of door" in shown
        assert "then press F8." in shown
        given_up = await desk.try_(f"orders/{order['id']}/give-up", {})
        assert (given_up.status, given_up.body["order"]["state"]) == (200, "given-up")
        assert "is not waited for any more" in await at.page(page)


async def test_what_has_to_come_out_is_counted_where_there_is_no_room_for_it(here: House) -> None:
    names = tuple(f"A{row}" for row in range(1, 9))
    bank, desk = await begun(here, settled_too=False)
    await bank.describe(names)
    await desk.settle(bank, *names)
    for name in names:
        item = await desk.load(bank, name)
        body = {"reason": "authority"}
        assert (await desk.client.post(f"{CENTRE}/custody/items/{item['id']}/call-back", body)).status == 200
    beside = (await CustodyDesk(desk.client).page("?view=lockers")).partition("Has to come out")[2]
    assert '<span class="count">8</span>' in beside
    assert "and 2 more documents" in beside
