"""The custody desk lists whom nothing reaches and who does not come; by scanner, and without an address."""

import re
from pathlib import Path

from tests.queue_server.custody.custody_desk import CustodyDesk
from tests.queue_server.notices.mail_server import mail_server
from tests.queue_server.notices.told import (
    ADDRESS,
    CUSTODY,
    Calendar,
    centre,
    clerk_of,
    does,
    handed_in,
    made_ready,
    mail_settings,
    until_told,
)

ROW = re.compile(r'<tr id="row-([0-9a-f-]+)".*?</tr>', re.DOTALL)
CELL = re.compile(r"<li><a [^>]*><span>([^<]*)</span><b>(\d+)</b>")
LIST = "?view=recall"


def rows(page: str) -> list[str]:
    return [found.group(1) for found in ROW.finditer(page)]


def counts(page: str) -> dict[str, int]:
    return {name: int(count) for name, count in CELL.findall(page)}


async def test_whom_nothing_reaches_comes_first_and_is_put_right_by_scanner(data: Path) -> None:
    clock = Calendar()
    async with mail_server() as mail, centre(data, mail_settings(mail.port), clock=clock) as here:
        mail.of_address[ADDRESS] = "550 5.1.1 nobody here"
        clerk = await clerk_of(here)
        unknown, told = (
            await made_ready(clerk, contact=None),
            await made_ready(clerk, contact={"language": "fr", "email": "b@example.org"}),
        )
        await until_told(clerk, told, ("item-ready", "sent"))
        assert rows(await CustodyDesk(clerk).page(LIST)) == [], "they have had no day to come"
        unreached = await made_ready(clerk)
        await until_told(clerk, unreached, ("item-ready", "undeliverable"))
        assert rows(await CustodyDesk(clerk).page(LIST)) == [unreached["id"]], "it is known at once"
        clock.pass_days(2)
        at = CustodyDesk(await clerk_of(here))
        shown = await at.page(LIST)
        assert rows(shown) == [unreached["id"], unknown["id"], told["id"]]
        assert counts(shown) == {
            "Nothing reaches them": 1,
            "Nobody knows how": 1,
            "Message under way": 0,
            "Told, not here yet": 1,
            "All of them": 3,
        }
        assert rows(await at.page(f"{LIST}&reach=no-way")) == [unknown["id"]]
        # A label chooses its document, and the address is put right: the message goes by itself.
        step = await at.scan(unreached["barcode"])
        assert step["go"] == f"{LIST}&item={unreached['id']}&reach=no-way"
        shown = await at.page()
        assert "nobody is known there" in shown
        assert "by e-mail, in English" in shown
        assert "Put right how they are told" in shown
        for language in ("en", "fr", "ar"):
            assert ADDRESS not in await at.page(None, language)
        right = {"language": "ar", "email": "c@example.org"}
        answer = await at.client.post(f"{CUSTODY}/items/{unreached['id']}/contact", right)
        assert answer.status == 200, answer
        await until_told(at.client, unreached, ("item-ready", "dropped"), ("item-ready", "sent"))
        shown = await at.page(f"{LIST}&item={unreached['id']}")
        assert "by e-mail, in Arabic" in shown
        assert counts(shown)["Nothing reaches them"] == 0
        # Who did not say how is called, and that is noted.
        path = f"{CUSTODY}/items/{unknown['id']}/contact/notified"
        assert f'data-url="/api/v1{path}"' in await at.page(f"{LIST}&item={unknown['id']}")
        assert (await at.client.post(path)).status == 200
        shown = await at.page()
        assert "told by us" in shown
        assert counts(shown)["Nobody knows how"] == 0
        await does(at.client, told, "hand-over", {"proof": "document"})
        assert told["id"] not in rows(await at.page(LIST))


async def test_how_somebody_is_told_can_be_written_down_before_anything_is_ready(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        clerk = await clerk_of(here)
        item = await handed_in(clerk, contact=None)
        at = CustodyDesk(clerk)
        await at.page(LIST)
        await at.scan(item["barcode"])
        shown = await at.page()
        assert "It is not ready yet" in shown
        assert "it is not ready" in shown
        page = await at.page(f"?view=item&item={item['id']}")
        assert "nobody knows how" in page
        assert f'data-act="contact" data-url="/api/v1{CUSTODY}/items/{item["id"]}/contact"' in page
        right = {"language": "fr", "email": "c@example.org", "telephone": "+33 6 12 34 56 78"}
        assert (await clerk.post(f"{CUSTODY}/items/{item['id']}/contact", right)).status == 200
        assert "by e-mail or telephone, in French" in await at.page()
        await does(clerk, item, "ready")
        await until_told(clerk, item, ("item-ready", "sent"))
        await does(clerk, item, "hand-over", {"proof": "document"})
        assert "it has left for good" in await at.page(f"{LIST}&item={item['id']}")
        step = await at.read(item["barcode"])
        assert step["go"] == f"?view=item&item={item['id']}"
