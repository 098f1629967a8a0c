"""A day at the custody desk: 60 documents by scanner and keyboard, through what the browser posts."""

from collections import Counter

from queue_server.accounts.model import Role
from tests.queue_server.custody.custody_desk import CustodyDesk, custody_desk
from tests.queue_server.custody.test_custody import CUSTODY, does
from tests.queue_server.house import House

DOCUMENTS, DRAWERS = 60, 10


async def fill_bag(at: CustodyDesk, items: list[str], seal: str, witness: object) -> None:
    """Fill a bag, seal it by its number with somebody else, and give it away."""
    await at.bag("", {"government": "UTO"})
    for barcode in items:
        assert (await at.scan(barcode))["answer"].status == 200
    assert (await at.scan(seal))["dialog"] == "seal"
    assert (await at.bag("seal", {"seal": seal, "witness": witness})).status == 200
    assert (await at.bag("dispatch", {})).status == 200
    assert (await at.bag("acknowledge", {"is_whole": True})).status == 200


async def test_a_day_of_60_documents(here: House) -> None:
    at, second = await custody_desk(here), await here.somebody_with_password(Role.CUSTODY)
    barcodes = []
    at.query = "?view=receive"
    for number in range(DOCUMENTS):
        # Two scans for each document: what it is, and where it lies.
        barcodes.append((await at.scan(str(1 + number % 13)))["answer"].body["item"]["barcode"])
        laid = await at.scan(f"{1 + number % DRAWERS}-D-{1 + number // DRAWERS}")
        assert laid["answer"].status == 200, laid
    assert at.scans == 2 * DOCUMENTS
    assert len(set(barcodes)) == DOCUMENTS

    away, back = barcodes[:18], barcodes[:12]
    for number in range(3):
        await fill_bag(at, away[6 * number : 6 * (number + 1)], f"S20944{number}", second)
    at.query = "?view=bags"
    assert (await at.scan("UT-9001"))["dialog"] == "bag-came"
    await at.bag("", {"government": "UTO", "direction": "back", "seal": "UT-9001"})
    for barcode in back:
        assert (await at.scan(barcode))["answer"].status == 200
    assert (await at.bag("finish", {"expected": len(back)})).status == 200
    for barcode in back:
        await does(at.client, barcode, "ready")
    for barcode in back[:8]:
        await does(at.client, barcode, "hand-over", {"proof": "document"})

    # The evening: each drawer is counted, and of the last one a document is not there.
    at.query = "?view=count"
    for drawer in range(1, DRAWERS + 1):
        await at.scan(f"{drawer}-D")
        at.seen = []
        lying = [one for number, one in enumerate(barcodes) if number % DRAWERS == drawer - 1 and one not in away]
        for barcode in lying[: None if drawer < DRAWERS else -1]:
            assert (await at.scan(barcode))["seen"]["is_right"]
        answer = await at.client.post(f"{CUSTODY}/stocktaking", {"drawer": f"{drawer}-D", "seen": at.seen})
        assert answer.body["expected"] == len(lying)
        assert len(answer.body["missing"]) == (drawer == DRAWERS), drawer
        assert answer.body["surplus"] == []
    shown = await at.page("?view=items")
    assert "Place not known" in shown
    counted: Counter[tuple[str, str]] = Counter()
    after: str | None = ""
    while after is not None:
        listed = (await at.client.get(f"{CUSTODY}/items?limit=500{f'&after={after}' if after else ''}")).body
        counted.update((one["state"], one["holder"]) for one in listed["items"])
        after = listed["next"]
    assert counted == {
        ("kept", "shelf"): DOCUMENTS - len(away) - 1,
        ("kept", "unknown"): 1,
        ("at-authority", "authority"): len(away) - len(back),
        ("ready", "desk"): 4,
        ("handed-over", "person"): 8,
    }
