"""The custody desk over HTTP, as its page sends it: a scan is read, and the verb that it means is sent."""

import re

import pytest

from queue_server.accounts.model import Role
from tests.queue_server.custody.custody_desk import CustodyDesk, custody_desk
from tests.queue_server.custody.test_custody import CUSTODY, does, handed_in, refused, state, with_application
from tests.queue_server.house import House

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_label_opens_its_document_and_a_place_lays_it_there(here: House) -> None:
    at = await custody_desk(here)
    item = await handed_in(at.client, condition=["torn"])
    assert "Kept here" in await at.page("?view=items")
    assert (await at.scan(item["barcode"]))["say"] == f"{item['label']}: Kept here"
    shown = await at.page()
    assert item["label"] in shown
    assert "Scan the place in which you lay it" in shown
    laid = await at.scan("2-d-15")
    assert laid["done"] == f"{item['label']} lies in 2-D-15."
    assert (await at.client.get(f"{CUSTODY}/items/{item['id']}")).body["item"]["place"] == "2-D-15"
    shown = await at.page()
    assert "2-D-15" in shown
    assert "Document laid in its place" in shown
    # Elsewhere a place shows what lies in it, and a drawer all that lies in it.
    await at.page("?view=items")
    assert (await at.scan("2-D-15"))["go"] == f"?view=item&item={item['id']}"
    await at.page("?view=items")
    assert (await at.read("3-A-1"))["say"] == "Nothing lies in 3-A-1."
    assert (await at.scan("2-D"))["go"] == "?view=items&drawer=2-D"
    assert item["label"] in await at.page()


async def test_what_was_not_read_well_says_so_and_opens_nothing(here: House) -> None:
    at = await custody_desk(here)
    item = await handed_in(at.client)
    number = item["barcode"][1:-1]
    wrong = f"D{number}{'A' if item['barcode'][-1] != 'A' else 'C'}"
    for scan, said in (
        (wrong, "not read well"),
        ("UTO-2222-2223", "mistyped"),
        ("???", "no label"),
        ("D99999", "No document here"),
        ("S209441", "Nothing of this number"),
    ):
        step = await at.read(scan)
        assert said in step["say"], step
        assert step["tone"] == "bad"
        assert "go" not in step
    # Without its check character a person types it, and an Arabic keyboard writes other letters in those places.
    for typed, placed in ((number, ""), (f"d {number[:2]} {number[2:]}", ""), ("ي١٢٣", item["barcode"])):
        assert (await at.read(typed, placed))["go"] == f"?view=item&item={item['id']}"


async def test_verbs_say_why_they_do_nothing(here: House) -> None:
    at = await custody_desk(here)
    item = await handed_in(at.client)
    page = await at.page(f"?view=item&item={item['id']}")
    assert 'id="act-hand-over"' in page
    assert "now: Kept here" in page
    await does(at.client, item["id"], "ready")
    page = await at.page()
    assert "on a proof" in page
    assert "that is so already" in page
    await does(at.client, item["id"], "hand-over", {"proof": "document"})
    page = await at.page()
    assert "now: Handed over" in page
    assert page.count('aria-disabled="true"') >= 6


async def test_every_form_is_opened_by_a_control(here: House) -> None:
    at = await custody_desk(here)
    item = await handed_in(at.client)
    page = await at.page(f"?view=item&item={item['id']}")
    forms, opened = (set(re.findall(rf'data-{name}="([a-z-]+)"', page)) for name in ("form", "dialog"))
    assert {"give-back", "call-back", "hand-over"} <= forms
    assert forms - opened == set()


async def test_the_list_is_narrowed_by_state_holder_government_and_age(here: House) -> None:
    at = await custody_desk(here)
    one, other, third = [await handed_in(at.client, government=code) for code in ("UTO", "XAL", "UTO")]
    await does(at.client, one["id"], "shelve", {"place": "1-A-1"})
    await does(at.client, third["id"], "miss")
    for query, shown in (
        ("", {one["label"], other["label"], third["label"]}),
        ("?state=kept", {one["label"], other["label"]}),
        ("?state=kept&age=today", {one["label"], other["label"]}),
        ("?state=kept&age=older", set()),
        ("?holder=shelf", {one["label"]}),
        ("?government=XAL", {other["label"]}),
        ("?state=unknown", {third["label"]}),
        ("?state=nonsense&age=x&skip=-1", {one["label"], other["label"], third["label"]}),
    ):
        page = await at.page(query)
        found = {label for label in (one["label"], other["label"], third["label"]) if f'data-label="{label}"' in page}
        assert found == shown, query


async def test_nobody_else_opens_the_desk(here: House) -> None:
    for role, counter in ((Role.COUNTER, "3"), (Role.RECEPTION, None), (Role.CASHIER, None), (Role.AUDITOR, None)):
        client, _ = await here.staff(role, counter)
        async with client.http.get(f"{client.address}/custody/page", headers=client.headers) as answer:
            assert answer.status == 403
    client, _ = await here.staff(Role.MANAGER, None)
    for language in ("en", "fr", "ar"):
        assert "scan-form" in await CustodyDesk(client).page("", language)


async def test_counters_take_in_and_no_more(here: House) -> None:
    clerk, _ = await here.staff(Role.COUNTER, "3")
    item = await handed_in(clerk)
    assert (await clerk.post(f"{CUSTODY}/items/{item['id']}/ready")).status == 403
    await does(clerk, item["id"], "give-back", {"reason": "not-needed"})


async def test_something_is_handed_in_by_its_number_and_laid_away_by_a_scan(here: House) -> None:
    at = await custody_desk(here)
    assert "Nothing handed in just now" in await at.page("?view=receive")
    first = (await at.scan("1"))["answer"].body["item"]
    assert (first["kind"], first["government"]) == ("passport", "UTO")
    shown = await at.page()
    assert first["label"] in shown
    assert first["barcode"] in shown
    assert "At desks, without a place" in shown
    assert (await at.scan("2-D-15"))["done"] == f"{first['label']} lies in 2-D-15."
    # The number that is printed on the next one goes into the vault, and not onto the page.
    await at.scan("P1234567")
    second = (await at.scan("5"))["answer"].body["item"]
    assert second["kind"] == "birth-certificate"
    assert "P1234567" not in await at.page()
    for wrong, said in (("0", "Nothing in the list"), ("14", "Nothing in the list")):
        assert said in (await at.read(wrong))["say"]
    await at.page("?view=receive")
    assert "Hand something in first" in (await at.read("2-D-16"))["say"]


async def test_what_belongs_to_a_case_or_a_visit_is_handed_in_for_it(here: House) -> None:
    at = await custody_desk(here)
    visit, application = await with_application(await here.manager())
    await at.page("?view=receive")
    step = await at.scan(application["reference"].lower())
    assert step["fill"] == {"application": application["reference"], "government": "UTO"}
    item = (await at.scan("1"))["answer"].body["item"]
    assert item["application"] == application["reference"]
    assert await state(at.client, application) == "received"
    assert "There is no case" in (await at.read("UTO-2222-2222"))["say"]
    code = (await at.client.get(f"/centres/demo/visits/{visit}")).status
    assert code in {200, 403}
    manager = await here.manager()
    ticket = (await manager.get(f"/centres/demo/visits/{visit}")).body["visit"]["code"]
    step = await at.scan(ticket)
    assert step["fill"]["visit"] == visit
    assert step["fill"]["application"] == application["reference"]


async def test_a_bag_is_filled_sealed_sent_and_emptied_by_scan(here: House) -> None:
    at = await custody_desk(here)
    second = await here.somebody_with_password(Role.CUSTODY)
    items = [await handed_in(at.client) for _ in range(3)]
    other = await handed_in(at.client, government="XAL")
    assert "No bag is being filled" in await at.page("?view=bags")
    await at.bag("", {"government": "UTO"})
    shown = await at.page()
    assert "Scan each document as it goes in" in shown
    assert items[0]["label"] in shown, "what is not in it yet"
    assert "Nothing is in this bag." in (await at.read("S209447"))["say"]
    for item in items:
        assert (await at.scan(item["barcode"]))["done"] == f"{item['label']} is in the bag."
    assert "already" in (await at.scan(items[0]["label"]))["say"]
    refused((await at.scan(other["barcode"]))["answer"], "bag-government")
    step = await at.scan("s 209 447")
    assert (step["dialog"], step["fill"]) == ("seal", {"seal": "S209447"})
    # Three documents: a second person signs at the same desk.
    assert "Second person" in await at.page()
    refused(await at.bag("seal", {"seal": "S209447"}), "witness-needed")
    assert (await at.bag("seal", {"seal": "S209447", "witness": second})).status == 200
    assert (await at.read("S209447"))["say"] == "S209447: sealed, waits for the carrier"
    await at.bag("dispatch", {})
    await at.bag("acknowledge", {"is_whole": True})
    assert "The authority has it. Nothing is left to do." in await at.page()
    # It comes back in another bag, of which nobody here knows yet.
    await at.page("?view=bags")
    step = await at.scan("UT-9001")
    assert (step["dialog"], step["fill"]) == ("bag-came", {"seal": "UT-9001"})
    await at.bag("", {"government": "UTO", "direction": "back", "seal": "UT-9001", "is_whole": True})
    for item in items[:2]:
        assert (await at.scan(item["barcode"]))["done"] == f"{item['label']} came back."
    assert "Still at this authority" in await at.page()
    refused(await at.bag("finish", {"expected": 3}), "witness-needed")
    assert (await at.bag("finish", {"expected": 3, "witness": second})).status == 200
    # A number on a bag leads to it, from anywhere.
    await at.page("?view=items")
    assert (await at.read("S209447"))["go"].startswith("?view=bag&bag=")


async def test_a_drawer_is_counted_by_scan_and_each_difference_is_named(here: House) -> None:
    at = await custody_desk(here)
    lies, gone, wrong = [await handed_in(at.client) for _ in range(3)]
    for item, place in ((lies, "2-D-1"), (gone, "2-D-2"), (wrong, "3-A-1")):
        await does(at.client, item["id"], "shelve", {"place": place})
    assert "Scan the drawer" in await at.page("?view=count")
    assert "Scan the drawer first" in (await at.read(lies["barcode"]))["say"]
    await at.scan("2-D-1")
    assert at.query == "?view=count&drawer=2-D"
    seen = await at.scan(lies["barcode"])
    assert (seen["seen"]["is_right"], seen["seen"]["label"]) == (True, lies["label"])
    assert (await at.scan(wrong["barcode"]))["seen"]["is_right"] is False
    assert (await at.scan("D99999"))["seen"]["text"] == "no document here has this label"
    answer = await at.client.post(f"{CUSTODY}/stocktaking", {"drawer": "2-D", "seen": at.seen})
    shown = await at.page(f"?view=count&drawer=2-D&count={answer.body['id']}")
    assert "2 differences" in shown
    assert gone["label"] in shown
    assert wrong["label"] in shown
    assert "not known; last:" in shown
    # It was missed: found in its drawer it is a difference still, as the count will say.
    await at.page("?view=count&drawer=2-D")
    seen = (await at.read(gone["barcode"]))["seen"]
    assert (seen["is_right"], "not known" in seen["text"]) == (False, True)
    # Found again by a scan of its place, and counted again: it agrees.
    await at.page(f"?view=item&item={gone['id']}")
    await at.scan("2-D-2")
    again = {"drawer": "2-D", "seen": [lies["barcode"], gone["barcode"]]}
    answer = await at.client.post(f"{CUSTODY}/stocktaking", again)
    shown = await at.page(f"?view=count&drawer=2-D&count={answer.body['id']}")
    assert "It agrees: 2 documents." in shown


def main(page: str) -> str:
    """Cut out of a page what is not the bar and the field."""
    return page.partition("<main")[2].partition("</main>")[0]


async def test_how_many_should_lie_in_a_drawer_is_not_told_before_it_was_counted(here: House) -> None:
    at = await custody_desk(here)
    shown = []
    for place in ("2-D-1", "2-D-2"):
        await does(at.client, (await handed_in(at.client))["id"], "shelve", {"place": place})
        shown.append([main(await at.page(query)) for query in ("?view=count", "?view=count&drawer=2-D")])
    assert "2-D" in shown[0][0]
    assert shown[0] == shown[1]


async def test_what_there_is_no_room_for_is_counted(here: House) -> None:
    at = await custody_desk(here)
    for _ in range(8):
        await does(at.client, (await handed_in(at.client))["id"], "miss")
    beside = (await at.page("?view=items")).partition("Needs a person")[2]
    assert '<span class="count">8</span>' in beside
    assert "and 2 more documents" in beside


async def test_cases_are_listed_with_their_deadline_and_found_by_their_reference(here: House) -> None:
    at = await custody_desk(here)
    _, application = await with_application(await here.manager())
    _, other = await with_application(await here.manager())
    item = await handed_in(at.client, application=application["reference"], government=None)
    shown = await at.page("?view=cases")
    assert application["reference"] in shown
    assert other["reference"] in shown
    assert "21 days left" in shown
    assert application["reference"] not in await at.page("?view=cases&stage=draft")
    assert application["reference"] not in await at.page("?view=cases&government=XAL")
    assert application["reference"] in await at.page("?view=cases&stage=received&service=uto-passport-renewal")
    await at.scan(application["reference"])
    assert at.query == f"?view=cases&case={application['reference']}"
    shown = await at.page()
    assert item["label"] in shown
    assert "What happened" in shown
    # What is done to several cases is done to their documents.
    assert item["id"] in shown
    assert "take-item" not in shown


async def test_every_view_is_there_in_every_language(here: House) -> None:
    at = await custody_desk(here)
    await handed_in(at.client)
    for view in ("receive", "items", "item", "cases", "bags", "bag", "count"):
        for language in ("en", "fr", "ar"):
            assert 'id="head"' in await at.page(f"?view={view}", language), (view, language)


async def test_a_place_is_read_from_the_left_in_a_line_of_arabic(here: House) -> None:
    at = await custody_desk(here)
    answer = await at.client.post(f"{CUSTODY}/items", {"kind": "passport", "government": "UTO"})
    item = answer.body["item"]
    assert (await at.client.post(f"{CUSTODY}/items/{item['id']}/shelve", {"place": "2-D-15"})).status == 200
    at.query = "?view=count&drawer=2-D"
    at.client.headers |= {"Accept-Language": "ar"}
    seen = (await at.read(item["barcode"]))["seen"]
    assert seen["text"].endswith("\N{LEFT-TO-RIGHT ISOLATE}2-D-15\N{POP DIRECTIONAL ISOLATE}")
