"""An address that is put right: what was told at the wrong one opens nothing, and the right person is told."""

import asyncio
import re
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection

from queue_server.accounts.model import Role
from queue_server.collection.codes import OneTimeCodes
from queue_server.custody import store as custody
from queue_server.domain.values import Actor, Language, Micros, new_id
from queue_server.notices import contacts
from queue_server.notices.contact import ContactDetails
from queue_server.notices.contacts import ContactGiven
from queue_server.notices.smtp import SmtpPort
from queue_server.vault.store import Vault
from tests.queue_server.house import DEMO, Client, House
from tests.queue_server.notices.mail_server import mail_server
from tests.queue_server.notices.sms_gateway import sms_gateway
from tests.queue_server.notices.test_relay import relay_of, stop_relays
from tests.queue_server.notices.test_sms import settings_of
from tests.queue_server.notices.test_wiping import with_application
from tests.queue_server.notices.told import (
    ADDRESS,
    CONTACT,
    CUSTODY,
    DAY,
    NOTIFICATIONS,
    Calendar,
    centre,
    clerk_of,
    does,
    handed_in,
    made_ready,
    mail_settings,
    told,
    until,
    until_told,
)

READY = ("item-ready", "sent")
DROPPED = ("item-ready", "dropped")
RIGHT = CONTACT | {"email": "right@example.org"}
NUMBER = {"language": "en", "telephone": "+33612345678"}


def code_in(text: str) -> str:
    (code,) = re.findall(r"[0-9]{4} [0-9]{4} [0-9]{4}", text)
    return str(code).replace(" ", "")


async def opens(here: House, code: str) -> str | None:
    """Say which item a code opens, if any."""
    codes, now = here.server[OneTimeCodes], here.server.clock()
    return await here.server.log.run(lambda connection: codes.find(connection, DEMO, code, at=now))


async def put_right(client: Client, item: dict[str, Any], contact: dict[str, Any], key: str = "") -> None:
    answer = await client.post(f"{CUSTODY}/items/{item['id']}/contact", contact, key)
    assert answer.status == 200, answer


async def test_a_code_that_went_to_the_wrong_address_opens_nothing_and_the_right_person_has_another(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until_told(clerk, item, READY)
        strange = code_in(mail.letters[0].text)
        assert await opens(here, strange) == item["id"]
        key = new_id()
        await put_right(clerk, item, RIGHT, key)
        await until_told(clerk, item, READY, READY)
        assert [one.recipient for one in mail.letters] == [ADDRESS, RIGHT["email"]]
        assert len(set(mail.ids)) == 2
        assert await opens(here, strange) is None
        good = code_in(mail.letters[1].text)
        assert await opens(here, good) == item["id"]
        # The same said once more, or in another language, tells nobody anything and leaves the code good.
        await put_right(clerk, item, RIGHT, key)
        await put_right(clerk, item, RIGHT)
        await put_right(clerk, item, RIGHT | {"language": "fr"})
        await put_right(clerk, item, RIGHT | {"language": "fr", "telephone": NUMBER["telephone"]})
        assert await told(clerk, item) == [READY, READY]
        assert await opens(here, good) == item["id"]


async def test_an_address_that_is_taken_back_first_and_given_anew_is_told_too(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until_told(clerk, item, READY)
        await put_right(clerk, item, {"language": "en"})
        assert await opens(here, code_in(mail.letters[0].text)) is None
        await put_right(clerk, item, RIGHT)
        await until_told(clerk, item, READY, READY)
        assert await opens(here, code_in(mail.letters[1].text)) == item["id"]


async def test_a_letter_that_waits_goes_to_the_right_address_alone(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        mail.of_address[ADDRESS] = "450 4.2.1 later"
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until(lambda: mail.tried[ADDRESS])
        await put_right(clerk, item, RIGHT)
        await until_told(clerk, item, DROPPED, READY)
        assert [one.recipient for one in mail.letters] == [RIGHT["email"]]


async def test_a_letter_that_is_just_being_sent_to_the_wrong_address_opens_nothing(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        taken, go_on = asyncio.Event(), asyncio.Event()

        async def hold_back() -> None:
            taken.set()
            await go_on.wait()

        mail.accepted = hold_back
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        async with asyncio.timeout(60):
            await taken.wait()
        await put_right(clerk, item, RIGHT)
        mail.accepted = None
        go_on.set()
        # That it went to the wrong address is known too.
        await until_told(clerk, item, READY, READY)
        assert [one.recipient for one in mail.letters] == [ADDRESS, RIGHT["email"]]
        assert await opens(here, code_in(mail.letters[0].text)) is None
        assert await opens(here, code_in(mail.letters[1].text)) == item["id"]


async def test_an_address_is_put_right_at_one_server_while_another_one_sends(shared: Path, shared_url: URL) -> None:
    url = shared_url.render_as_string(hide_password=False)
    async with (
        mail_server() as mail,
        centre(shared, mail_settings(mail.port), url=url) as one,
        centre(shared, mail_settings(mail.port), url=url) as two,
    ):
        taken, go_on = asyncio.Event(), asyncio.Event()

        async def hold_back() -> None:
            taken.set()
            await go_on.wait()

        mail.accepted = hold_back
        clerk = await clerk_of(one)
        item = await made_ready(clerk)
        async with asyncio.timeout(60):
            await taken.wait()
        clerk = await clerk_of(two)
        await put_right(clerk, item, RIGHT)
        mail.accepted = None
        go_on.set()
        await until_told(clerk, item, READY, READY)
        assert [letter.recipient for letter in mail.letters] == [ADDRESS, RIGHT["email"]]
        assert await opens(two, code_in(mail.letters[0].text)) is None
        assert await opens(two, code_in(mail.letters[1].text)) == item["id"]


async def test_a_better_address_that_comes_with_another_document_of_the_case_is_told_too(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        clerk = await clerk_of(here)
        visit, reference = await with_application(clerk)
        of: dict[str, Any] = {"application": reference, "government": None, "visit": visit}
        item = await made_ready(clerk, **of)
        await until_told(clerk, item, READY)
        await handed_in(clerk, **of, contact=RIGHT)
        await until_told(clerk, item, READY, READY)
        assert await opens(here, code_in(mail.letters[0].text)) is None
        assert await opens(here, code_in(mail.letters[1].text)) == item["id"]


async def test_a_letter_that_waits_goes_by_the_way_that_is_given_instead(data: Path, tmp_path: Path) -> None:
    async with mail_server() as mail, sms_gateway() as gateway:
        settings = await settings_of(gateway, tmp_path)
        async with centre(data, mail_settings(mail.port), settings) as here:
            await mail.stop()
            clerk = await clerk_of(here)
            item = await made_ready(clerk)
            await put_right(clerk, item, NUMBER)
            await until_told(clerk, item, DROPPED, READY)
            (message,) = gateway.taken.values()
            assert message["to"] == NUMBER["telephone"]


async def test_a_number_that_nothing_went_to_is_put_right_in_silence(data: Path, tmp_path: Path) -> None:
    async with mail_server() as mail, sms_gateway() as gateway:
        settings = await settings_of(gateway, tmp_path)
        async with centre(data, mail_settings(mail.port), settings) as here:
            mail.of_address[ADDRESS] = "450 4.2.1 later"
            clerk = await clerk_of(here)
            item = await made_ready(clerk, contact=CONTACT | NUMBER)
            await until(lambda: mail.tried[ADDRESS])
            await put_right(clerk, item, RIGHT | NUMBER)
            await until_told(clerk, item, DROPPED, READY)
            await put_right(clerk, item, RIGHT | {"telephone": "+33698765432"})
            assert await told(clerk, item) == [DROPPED, READY]
            assert await opens(here, code_in(mail.letters[0].text)) == item["id"]


async def test_a_letter_taken_back_before_it_went_is_told_once_there_is_an_address(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        mail.of_address[ADDRESS] = "450 4.2.1 later"
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until(lambda: mail.tried[ADDRESS])
        await put_right(clerk, item, {"language": "en"})
        await until_told(clerk, item, DROPPED)
        await put_right(clerk, item, RIGHT)
        await until_told(clerk, item, DROPPED, READY)


async def test_a_way_of_which_the_address_has_gone_leads_to_a_manager(data: Path) -> None:
    """However an address came to be missing: nobody is left waiting in silence."""
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        await mail.stop()
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        vault, now = here.server[Vault], here.server.clock()
        details = ContactDetails(Language("en"), telephone=NUMBER["telephone"])

        def lose(connection: Connection) -> None:
            found = custody.item_by_id(connection, DEMO, item["id"])
            assert found is not None
            ends = Micros(now + 10 * DAY)
            given = ContactGiven(contacts.subject_of(found), DEMO, Actor("system"), now, ends, None, None)
            contacts.store(vault, connection, given, details)

        await here.server.log.write(lose)
        await mail.start()
        await until_told(clerk, item, ("item-ready", "undeliverable"))


async def test_a_waiting_letter_tells_no_code_that_was_made_void(data: Path) -> None:
    clock = Calendar()
    async with mail_server() as mail, centre(data, mail_settings(mail.port), clock=clock) as here:
        await stop_relays(here)
        relay = relay_of(here, SmtpPort(mail_settings(mail.port)))
        mail.of_address[ADDRESS] = "450 4.2.1 later"
        item = await made_ready(await clerk_of(here))
        await relay.relay()
        assert mail.tried[ADDRESS] == 1
        desk, _ = await here.staff(Role.CUSTODY, None)
        assert (await desk.post(f"{CUSTODY}/items/{item['id']}/code")).status == 200
        del mail.of_address[ADDRESS]
        clock.pass_days(1)
        await relay.relay()
        assert await opens(here, code_in(mail.letters[0].text)) == item["id"]


async def test_what_could_not_be_delivered_is_nobodys_business_once_it_was_collected(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        mail.of_address[ADDRESS] = "550 5.1.1 nobody here"
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until_told(clerk, item, ("item-ready", "undeliverable"))
        await does(clerk, item, "hand-over", {"proof": "document"})
        assert await told(clerk, item) == [DROPPED]
        manager, _ = await here.staff(Role.MANAGER, None)
        assert (await manager.post(f"{NOTIFICATIONS}/retry")).body == {"count": 0}
