"""Two relays of one outbox: what one of them found due may have gone another way before its turn."""

import asyncio
from pathlib import Path

import pytest

from queue_server.notices.assembling import Composers
from queue_server.notices.errors import ChannelRefusedError
from queue_server.notices.port import NoticePort
from queue_server.notices.relay import NoticeRelay
from queue_server.notices.settings import NoticeRules
from queue_server.notices.sms_gateway import SmsPort
from queue_server.notices.smtp import SmtpPort
from queue_server.vault.store import Vault
from tests.queue_server.house import House
from tests.queue_server.notices.mail_server import mail_server
from tests.queue_server.notices.sms_gateway import sms_gateway
from tests.queue_server.notices.test_sms import NUMBER, settings_of
from tests.queue_server.notices.told import (
    ADDRESS,
    CONTACT,
    Calendar,
    centre,
    clerk_of,
    made_ready,
    mail_settings,
    told,
    until_told,
)


def relay_of(here: House, port: NoticePort) -> NoticeRelay:
    """Make one that is another process's, as far as the outbox can tell."""
    server = here.server
    return NoticeRelay(server.log, server[Vault], port, server.settings[NoticeRules], server.clock, server[Composers])


async def stop_relays(here: House) -> None:
    for task in here.server.tasks:
        if task.name in {"notices-email", "notices-sms"}:
            await task.stop()


async def test_days_in_which_nothing_could_be_tried_are_not_counted(data: Path) -> None:
    clock = Calendar()
    async with mail_server() as mail, centre(data, mail_settings(mail.port), clock=clock) as here:
        await stop_relays(here)
        relay = relay_of(here, SmtpPort(mail_settings(mail.port)))
        item = await made_ready(await clerk_of(here))
        # It answers and takes nothing from anybody.
        mail.mails.append("421 closing")
        with pytest.raises(ChannelRefusedError):
            await relay.relay()
        clock.pass_days(6)
        mail.rcpts.append("450 4.2.1 greylisted")
        await relay.relay()
        clerk = await clerk_of(here)
        assert await told(clerk, item) == [("item-ready", "waiting")]
        clock.pass_days(1)
        await relay.relay()
        clerk = await clerk_of(here)
        assert await told(clerk, item) == [("item-ready", "sent")]


async def test_what_leads_nowhere_in_one_way_meanwhile_is_free_for_the_next_at_once(data: Path, tmp_path: Path) -> None:
    async with mail_server() as mail, sms_gateway() as gateway:
        by_mail, by_telephone = mail_settings(mail.port), await settings_of(gateway, tmp_path)
        async with centre(data, by_mail, by_telephone) as here:
            await stop_relays(here)
            taken, go_on = asyncio.Event(), asyncio.Event()

            async def hold_back() -> None:
                taken.set()
                await go_on.wait()

            mail.accepted = hold_back
            mail.of_address[ADDRESS] = "550 5.1.1 nobody here"
            clerk = await clerk_of(here)
            first = await made_ready(clerk, contact=CONTACT | {"email": "first@example.org"})
            second = await made_ready(clerk, contact=CONTACT | {"telephone": NUMBER})
            slow = asyncio.ensure_future(relay_of(here, SmtpPort(by_mail)).relay())
            async with asyncio.timeout(60):
                await taken.wait()
            await relay_of(here, SmtpPort(by_mail)).relay()
            assert mail.tried[ADDRESS] == 1
            go_on.set()
            await slow
            await until_told(clerk, first, ("item-ready", "sent"))
            await relay_of(here, SmsPort(by_telephone)).relay()
            await until_told(clerk, second, ("item-ready", "sent"))
            assert len(gateway.taken) == len(mail.letters) == 1
