"""Days that pass: who does not come is reminded, and what nobody comes for goes back; once, with two servers too."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
import structlog
from babel.dates import format_date
from sqlalchemy import URL, Connection, func, select

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.collection.tables import collection_codes
from queue_server.custody import store
from queue_server.custody.expiry import Expiry
from queue_server.custody.settings import CustodyRules
from queue_server.domain.service_day import following, preceding
from queue_server.domain.values import Micros
from queue_server.eventlog.tables import events
from queue_server.notices.settings import NoticeRules
from tests.queue_server.house import DEMO, Client, House
from tests.queue_server.notices.mail_server import mail_server
from tests.queue_server.notices.told import (
    CONTACT,
    CUSTODY,
    NOTIFICATIONS,
    RULES,
    Calendar,
    centre,
    clerk_of,
    does,
    handed_in,
    made_ready,
    mail_settings,
    told,
    until,
    until_so,
    until_told,
)

SENT = "sent"


async def state_of(client: Client, item: str) -> str:
    found: str = (await client.get(f"{CUSTODY}/items/{item}")).body["item"]["state"]
    return found


async def until_state(client: Client, item: str, wanted: str) -> None:
    async def is_so() -> bool:
        return await state_of(client, item) == wanted

    await until_so(is_so)


async def test_who_does_not_come_is_reminded_then_warned_and_then_it_goes_back(data: Path) -> None:
    clock = Calendar()
    async with mail_server() as mail, centre(data, mail_settings(mail.port), clock=clock) as here:
        clerk = await clerk_of(here)
        item, other = await made_ready(clerk), await made_ready(clerk, contact=None)
        seen = [("item-ready", SENT)]
        await until_told(clerk, item, *seen)
        for days, kind in ((14, "item-reminder"), (16, "item-reminder"), (53, "item-expiring")):
            clock.pass_days(days)
            clerk = await clerk_of(here)
            seen.append((kind, SENT))
            await until_told(clerk, item, *seen)
        recall = (await clerk.get(f"{CUSTODY}/recall")).body["items"]
        assert [(one["label"], one["sent"], one["is_contact_known"]) for one in recall] == [
            (item["label"], 4, True),
            (other["label"], 0, False),
        ]
        assert recall[0]["last_sent_at"] is not None
        clock.pass_days(7)
        clerk = await clerk_of(here)
        for one in (item, other):
            await until_state(clerk, one["id"], "expired")
        assert (await clerk.get(f"{CUSTODY}/recall")).body == {"items": [], "next": None}
        assert len(mail.letters) == 4
        assert len(set(mail.ids)) == 4
        assert len({str(letter.mail["Subject"]) for letter in mail.letters}) == 3
        chain = (await clerk.get(f"{CUSTODY}/items/{item['id']}/chain")).body["events"]
        assert (chain[-1]["type"], chain[-1]["by"]) == ("item-expired", "system")


async def test_reminders_leave_at_their_hour_and_what_came_in_between_is_not_said(data: Path) -> None:
    clock = Calendar()
    rules = NoticeRules(poll_s=0.03, reminder_days=(1,), hour=23)
    async with mail_server() as mail, centre(data, mail_settings(mail.port), rules, clock=clock) as here:
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until_told(clerk, item, ("item-ready", SENT))
        # The service day after, whatever the hour is now.
        clock.ahead = 0
        moment, rule = here.server.clock(), here.server[Centres][DEMO].rule
        clock.ahead = rule.starts_at(following(rule.day_at(moment))) - moment + 1_000_000
        clerk = await clerk_of(here)
        await until_told(clerk, item, ("item-ready", SENT), ("item-reminder", "waiting"))
        await does(clerk, item, "hand-over", {"proof": "document"})
        clock.pass_days(0.9)
        clerk = await clerk_of(here)
        await until_told(clerk, item, ("item-ready", SENT), ("item-reminder", "dropped"))
        assert len(mail.letters) == 1


async def test_what_is_ready_anew_has_all_its_days_again(data: Path) -> None:
    clock = Calendar()
    async with (
        mail_server() as mail,
        centre(data, mail_settings(mail.port), CustodyRules(poll_s=0.03, collect_days=10), clock=clock) as here,
    ):
        clerk = await clerk_of(here)
        item = await handed_in(clerk)
        out = (await clerk.post(f"{CUSTODY}/bags", {"government": "UTO"})).body["bag"]
        await does(clerk, item, "ready")
        await until_told(clerk, item, ("item-ready", SENT))
        clock.pass_days(10)
        clerk = await clerk_of(here)
        await until_state(clerk, item["id"], "expired")
        for path, body in (
            (f"bags/{out['id']}/add", {"item": item["label"]}),
            (f"bags/{out['id']}/seal", {"seal": "S1000"}),
            (f"bags/{out['id']}/dispatch", None),
            (f"bags/{out['id']}/acknowledge", {}),
        ):
            assert (await clerk.post(f"{CUSTODY}/{path}", body)).status == 200
        assert await state_of(clerk, item["id"]) == "surrendered"
        answer = await clerk.post(f"{CUSTODY}/items/{item['id']}/contact", CONTACT)
        assert (answer.status, answer.code) == (409, "contact-not-wanted")


async def count(here: House, kind: str) -> int:
    def work(connection: Connection) -> int:
        return connection.execute(select(func.count()).where(events.c.type == kind)).scalar_one()

    return await here.server.log.run(work)


@pytest.mark.parametrize("round_", range(2))
async def test_two_servers_send_each_once_and_have_each_expire_once(shared: Path, shared_url: URL, round_: int) -> None:
    del round_
    clock, url = Calendar(), shared_url.render_as_string(hide_password=False)
    async with mail_server() as mail:
        settings = (mail_settings(mail.port), RULES)
        async with (
            centre(shared, *settings, clock=clock, url=url) as one,
            centre(shared, *settings, clock=clock, url=url) as two,
        ):
            clerks = [await clerk_of(one), await clerk_of(two)]
            items = await asyncio.gather(*(made_ready(clerks[number % 2]) for number in range(8)))
            for item in items:
                await until_told(clerks[0], item, ("item-ready", SENT))
            clock.pass_days(89)
            clerk = await clerk_of(one)
            for item in items:
                await until_told(clerk, item, ("item-ready", SENT), ("item-expiring", SENT))
            clock.pass_days(1)
            clerk = await clerk_of(two)
            for item in items:
                await until_state(clerk, item["id"], "expired")
            assert len(mail.letters) == len(set(mail.ids)) == 16
            assert await count(one, "item-expired") == await count(one, "notification-queued") / 2 == 8
            assert await count(one, "notification-sent") == 16
            assert await told(clerk, items[0]) == [("item-ready", SENT), ("item-expiring", SENT)]
            manager, _ = await two.staff(Role.MANAGER, None)
            assert (await manager.post(f"{NOTIFICATIONS}/retry")).body == {"count": 0}


async def test_what_has_expired_is_said_by_whichever_server_did_it_alone(data: Path) -> None:
    clock = Calendar()
    async with centre(data, clock=clock) as here:
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        found = await here.server.log.run(lambda connection: store.item_by_id(connection, DEMO, item["id"]))
        assert found is not None
        clock.pass_days(90)
        await until_state(await clerk_of(here), item["id"], "expired")
        expiry, at = here.server[Expiry], here.server[Centres][DEMO]
        with structlog.testing.capture_logs() as said:
            # As another server does, which had found it too.
            assert await expiry._has_expired(at, found)
        assert not [line for line in said if line["event"] == "item-expired"]


async def test_an_item_of_which_nobody_can_be_reminded_keeps_no_other_from_it(data: Path) -> None:
    clock = Calendar()
    async with mail_server() as mail, centre(data, mail_settings(mail.port), clock=clock) as here:
        clerk = await clerk_of(here)
        broken, item = await made_ready(clerk), await made_ready(clerk)
        for one in (broken, item):
            await until_told(clerk, one, ("item-ready", SENT))

        def breaks(connection: Connection) -> None:
            connection.exec_driver_sql(
                "CREATE TRIGGER breaks BEFORE INSERT ON notifications "
                f"WHEN NEW.subject LIKE '%{broken['id']}' BEGIN SELECT RAISE(ABORT, 'broken'); END"
            )

        await here.server.database.write(breaks)
        (task,) = [one for one in here.server.tasks if one.name == "notices-reminders"]
        clock.pass_days(14)
        clerk = await clerk_of(here)
        await until_told(clerk, item, ("item-ready", SENT), ("item-reminder", SENT))
        # It is no secret, and made up for once that is mended.
        await until(lambda: task.stalled_s)
        await here.server.database.write(lambda connection: connection.exec_driver_sql("DROP TRIGGER breaks"))
        await until_told(clerk, broken, ("item-ready", SENT), ("item-reminder", SENT))
        assert len(mail.letters) == len(set(mail.ids)) == 4


async def test_the_day_until_which_a_code_is_said_to_open_is_a_whole_one(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until_told(clerk, item, ("item-ready", SENT))

        def ends(connection: Connection) -> int:
            return int(connection.execute(select(collection_codes.c.ends_at)).scalar_one())

        ends_at = await here.server.log.run(ends)
        rule = here.server[Centres][DEMO].rule
        until_day = preceding(rule.day_at(Micros(ends_at)))
        written = format_date(date.fromisoformat(until_day), "EEEE d MMMM y", locale="en")
        assert f"It works once, until {written}." in mail.letters[0].text
        assert rule.starts_at(following(until_day)) <= ends_at
