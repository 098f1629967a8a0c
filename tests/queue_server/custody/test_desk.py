"""The custody desk over HTTP, as its page sends it: a scan is read, and the verb that it means is sent."""

from typing import Any

from queue_server.accounts.model import Role
from tests.queue_server.custody.test_custody import CUSTODY, does, handed_in
from tests.queue_server.house import Client, House

CENTRE = "demo"


class CustodyDesk:
    """The page of somebody with a scanner: what it shows, and what it does with a scan."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.query = ""

    async def page(self, query: str | None = None, language: str = "en") -> str:
        self.query = self.query if query is None else query
        headers = self.client.headers | {"Accept-Language": language}
        async with self.client.http.get(f"{self.client.address}/custody/page{self.query}", headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.text()

    async def read(self, text: str, placed: str = "") -> dict[str, Any]:
        """Have a scan read, as the page stands."""
        asked = dict(pair.split("=", 1) for pair in self.query.removeprefix("?").split("&") if pair)
        form = asked | {"text": text, "placed": placed, "csrf": self.client.headers["X-CSRF-Token"]}
        headers = self.client.headers
        async with self.client.http.post(f"{self.client.address}/custody/scan", data=form, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            step: dict[str, Any] = await answer.json()
            return step

    async def scan(self, text: str, placed: str = "") -> dict[str, Any]:
        """Read a scan, and do what it means."""
        step = await self.read(text, placed)
        if "url" in step:
            sent = await self.client.post(step["url"].removeprefix("/api/v1"), step.get("body", {}))
            step["answer"] = sent
            if sent.status not in {200, 201}:
                return step
        if "go" in step:
            await self.page(step["go"])
        return step


async def desk(here: House) -> CustodyDesk:
    client, _ = await here.staff(Role.CUSTODY, None)
    return CustodyDesk(client)


async def test_a_label_opens_its_document_and_a_place_lays_it_there(here: House) -> None:
    at = await desk(here)
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
    at = await desk(here)
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
    at = await desk(here)
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


async def test_the_list_is_narrowed_by_state_holder_government_and_age(here: House) -> None:
    at = await desk(here)
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
    refused = await clerk.post(f"{CUSTODY}/items/{item['id']}/ready")
    assert refused.status == 403
    await does(clerk, item["id"], "give-back", {"reason": "not-needed"})
