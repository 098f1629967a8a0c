"""How somebody is told goes with what they are told of, and is read nowhere but in the vault."""

import asyncio
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from queue_server.eventlog.tables import events
from queue_server.notices.tables import contacts
from queue_server.vault.people_key import PeopleKeyHolder
from queue_server.vault.tables import people_reads, people_rows
from tests.queue_server.house import TICKET, Client, House
from tests.queue_server.notices.mail_server import mail_server
from tests.queue_server.notices.told import (
    ADDRESS,
    CONTACT,
    CUSTODY,
    centre,
    clerk_of,
    does,
    handed_in,
    made_ready,
    mail_settings,
    told,
    until_told,
)

READY = ("item-ready", "sent")


async def kept(here: House) -> tuple[int, int]:
    """Count the contacts that are kept, in the vault and beside it."""

    def work(connection: Connection) -> tuple[int, int]:
        rows = select(func.count()).select_from(people_rows).where(people_rows.c.kind == "contact")
        return connection.execute(rows).scalar_one(), connection.execute(
            select(func.count()).select_from(contacts)
        ).scalar_one()

    return await here.server.log.run(work)


async def with_application(client: Client) -> tuple[str, str]:
    visit = (await client.post("/centres/demo/visits", TICKET)).body["visit"]["id"]
    body = {"service": "uto-passport-renewal"}
    opened = await client.post(f"/centres/demo/visits/{visit}/applications", body)
    return visit, opened.body["application"]["reference"]


async def test_a_contact_goes_with_the_item_for_which_it_was_given(data: Path) -> None:
    async with centre(data) as here:
        clerk = await clerk_of(here)
        item, other = await made_ready(clerk), await made_ready(clerk)
        assert await kept(here) == (2, 2)
        await does(clerk, item, "hand-over", {"proof": "document"})
        assert await kept(here) == (1, 1)
        await does(clerk, other, "call-back", {"reason": "court"})
        assert await kept(here) == (1, 1)
        answer = await clerk.post(f"{CUSTODY}/items/{other['id']}/contact", {"language": "fr"})
        assert answer.body["contact"] is None
        assert await kept(here) == (0, 0)


async def test_a_contact_of_an_application_stays_until_nothing_of_it_is_here(data: Path) -> None:
    async with centre(data) as here:
        clerk = await clerk_of(here)
        visit, reference = await with_application(clerk)
        of: dict[str, Any] = {"application": reference, "government": None, "visit": visit}
        first = await handed_in(clerk, **of, contact=CONTACT | {"email": "old@example.org"})
        second = await handed_in(clerk, **of)
        third = await handed_in(clerk, **of, contact=None)
        await does(
            clerk, await handed_in(clerk, **of, contact={"language": "fr"}), "give-back", {"reason": "not-needed"}
        )
        assert await kept(here) == (1, 1)
        for item in (first, second, third):
            contact = (await clerk.get(f"{CUSTODY}/items/{item['id']}/contact")).body["contact"]
            assert (contact["language"], contact["has_email"], contact["has_telephone"]) == ("en", True, False)
        await does(clerk, first, "give-back", {"reason": "not-needed"})
        for item in (second, third):
            assert await kept(here) == (1, 1)
            await does(clerk, item, "ready")
            await does(clerk, item, "hand-over", {"proof": "document"})
        assert await kept(here) == (0, 0)


async def test_whoever_is_forgotten_with_their_visit_is_not_told(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        await mail.stop()
        clerk = await clerk_of(here)
        visit, reference = await with_application(clerk)
        item = await made_ready(clerk, application=reference, government=None, visit=visit)
        alone = await made_ready(clerk, visit=visit)
        answer = await clerk.post(f"/centres/demo/visits/{visit}/erase")
        assert answer.status == 200, answer
        await here.server[PeopleKeyHolder].settle()
        assert await kept(here) == (0, 0)
        await mail.start()
        for one in (item, alone):
            await until_told(clerk, one, ("item-ready", "dropped"))
        assert mail.letters == []


async def test_an_address_is_found_nowhere_and_who_read_it_is_known(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until_told(clerk, item, READY)
        answer = await clerk.get(f"{CUSTODY}/items/{item['id']}/contact")
        assert ADDRESS not in str(answer.body)
        assert await told(clerk, item) == [READY]

        def read(connection: Connection) -> tuple[list[str], str]:
            purpose = select(people_reads.c.purpose).where(people_reads.c.actor == "system")
            payloads = connection.execute(select(events.c.payload)).scalars().all()
            return list(connection.execute(purpose).scalars()), "".join(one.decode() for one in payloads)

        reads, payloads = await here.server.log.run(read)
        assert set(reads) == {"notifying"}
        assert "example.org" not in payloads
        assert await asyncio.to_thread(files_with, data, ADDRESS.encode()) == []


def files_with(folder: Path, needle: bytes) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and needle in file.read_bytes()]
