"""Short messages through a real gateway: once, to whom they are for, and none is lost."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from queue_server.notices.settings import MailSettings, SmsSettings
from tests.queue_server.notices.mail_server import mail_server
from tests.queue_server.notices.sms_gateway import CUT, SmsGateway, sms_gateway
from tests.queue_server.notices.told import (
    ADDRESS,
    CONTACT,
    centre,
    clerk_of,
    made_ready,
    mail_settings,
    told,
    until,
    until_told,
)

NUMBER = "+33612345678"
BY_TELEPHONE = {"language": "ar", "telephone": "+33 6 12 34 56 78"}
READY = ("item-ready", "sent")


async def settings_of(gateway: SmsGateway, folder: Path) -> SmsSettings:
    file = folder / "token"
    await asyncio.to_thread(file.write_text, f"{gateway.token}\n")
    return SmsSettings(url=gateway.url, token_file=str(file))


async def test_who_gave_a_number_is_told_by_telephone(data: Path, tmp_path: Path) -> None:
    async with sms_gateway() as gateway, centre(data, await settings_of(gateway, tmp_path)) as here:
        clerk = await clerk_of(here)
        item = await made_ready(clerk, contact=BY_TELEPHONE)
        await until_told(clerk, item, READY)
        (message,) = gateway.taken.values()
        assert message["to"] == NUMBER
        assert item["label"] in message["text"]
        assert "\n" not in message["text"]
        assert "UTO" not in message["text"]


async def test_an_answer_that_was_lost_and_one_that_says_later_send_nothing_twice(data: Path, tmp_path: Path) -> None:
    async with sms_gateway() as gateway, centre(data, await settings_of(gateway, tmp_path)) as here:
        gateway.answers += [503, 429, CUT, 500, CUT]
        clerk = await clerk_of(here)
        item = await made_ready(clerk, contact=BY_TELEPHONE)
        await until_told(clerk, item, READY)
        assert len(gateway.taken) == 1
        assert len(gateway.asked) == 6
        assert len({str(one) for one in gateway.asked}) == 1


async def test_a_gateway_that_is_away_or_does_not_know_the_token_loses_nothing(data: Path, tmp_path: Path) -> None:
    async with sms_gateway() as gateway, centre(data, await settings_of(gateway, tmp_path)) as here:
        right, gateway.token = gateway.token, "another"
        clerk = await clerk_of(here)
        item = await made_ready(clerk, contact=BY_TELEPHONE)
        (task,) = [one for one in here.server.tasks if one.name == "notices-sms"]
        await until(lambda: task.stalled_s)
        await gateway.stop()
        gateway.token = right
        assert await told(clerk, item) == [("item-ready", "waiting")]
        await gateway.start()
        await until_told(clerk, item, READY)
        assert len(gateway.taken) == 1


async def test_a_number_that_reaches_nobody(data: Path, tmp_path: Path) -> None:
    async with sms_gateway() as gateway, centre(data, await settings_of(gateway, tmp_path)) as here:
        gateway.answers.append(422)
        clerk = await clerk_of(here)
        item = await made_ready(clerk, contact=BY_TELEPHONE)
        await until_told(clerk, item, ("item-ready", "undeliverable"))


async def test_where_the_address_reaches_nobody_the_number_is_tried(data: Path, tmp_path: Path) -> None:
    async with mail_server() as mail, sms_gateway() as gateway:
        mail.of_address[ADDRESS] = "550 5.1.1 nobody here"
        settings = await settings_of(gateway, tmp_path)
        async with centre(data, mail_settings(mail.port), settings) as here:
            clerk = await clerk_of(here)
            both: dict[str, Any] = CONTACT | {"telephone": NUMBER}
            item = await made_ready(clerk, contact=both)
            other = await made_ready(clerk, contact=both | {"email": "b@example.org"})
            await until_told(clerk, item, READY)
            await until_told(clerk, other, READY)
            assert len(gateway.taken) == len(mail.letters) == 1


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (MailSettings, {"host": "mail.example"}),
        (MailSettings, {"host": "mail.example", "sender": "a@b.example", "security": "none"}),
        (MailSettings, {"host": "mail.example", "sender": "a@b.example", "user": "somebody"}),
        (SmsSettings, {"url": "http://sms.example/send"}),
        (SmsSettings, {"url": "http://[2001:db8::1]:80/send"}),
    ],
)
def test_nothing_is_said_in_the_clear_beyond_this_machine(kind: Any, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="field"):
        kind(**wrong)
    SmsSettings(url="http://[::1]:8090/send")
    MailSettings(host="localhost", sender="a@b.example", security="none")
