"""Outside of the page an alarm is told by e-mail: once, not in quiet hours, and not if somebody has taken it."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import Connection, select

from queue_server.accounts.model import Role
from queue_server.catalogue import store, toml
from queue_server.catalogue.alarms import AlarmRules
from queue_server.catalogue.errors import CatalogueHoursError
from queue_server.catalogue.fields import span_text
from queue_server.centre.centres import Centres
from queue_server.notices.settings import NoticeRules
from queue_server.notices.tables import notifications
from tests.queue_server.early_warnings.test_front_door import (
    LOOKS_OFTEN,
    WARNINGS,
    Hands,
    come,
    opened,
    until,
    warnings,
)
from tests.queue_server.house import DEMO, Client, House, house
from tests.queue_server.notices.mail_server import MailServer, mail_server
from tests.queue_server.notices.told import mail_settings

RULES = AlarmRules(mail=("duty@demo.example",), mail_after_min=3, quiet=("12:00-13:00",))


async def ruled(here: House, rules: AlarmRules) -> None:
    stored = await here.server.log.run(lambda connection: store.load(connection, DEMO))
    assert stored is not None
    setup = toml.parse(toml.write(replace(stored.setup, alarms=rules)))
    assert setup.alarms == rules
    await here.server.log.write(lambda connection: store.save(connection, setup))
    await here.server[Centres].refresh()


async def until_begun(client: Client, name: str) -> None:
    """Wait until it is known since when a warning lasts."""
    await until(lambda: warnings(client), lambda found: name in found and found[name]["began_at"] is not None)


async def until_letters(mail: MailServer, many: int) -> None:
    async with asyncio.timeout(120):
        while True:
            if len(mail.letters) >= many:
                return
            await asyncio.sleep(0.03)


async def test_it_is_told_once_after_quiet_hours_and_not_if_it_is_taken(data: Path) -> None:
    clock, settings = Hands("12:50"), NoticeRules(poll_s=0.03)
    async with (
        mail_server() as mail,
        house(data, LOOKS_OFTEN.but(mail_settings(mail.port), settings), clock=clock) as here,
    ):
        await ruled(here, RULES)
        client = await opened(here)
        await come(here, 1)
        clock.turn(5)
        await until_begun(client, "idle-5")
        # In quiet hours nothing is sent, though it lasts: the first letter is of what is there after them.
        clock.turn(4)
        manager, _ = await here.staff(Role.MANAGER, None)
        await opened(here, "6")
        assert mail.letters == []
        clock.turn(1)
        await until_letters(mail, 1)
        letter = mail.letters[0]
        assert letter.recipient == "duty@demo.example"
        assert "Counter 5 has called nobody for 10 min" in letter.text
        assert "press: I do it" in letter.text
        # The next that comes is taken before its time; the one after it is told, and nothing twice.
        clock.turn(4)
        await until_begun(client, "idle-6")
        assert (await manager.post(f"{WARNINGS}/idle-6/take")).status == 200
        clock.turn(5)
        await opened(here, "1")
        clock.turn(5)
        await until_begun(client, "idle-1")
        clock.turn(3)
        await until_letters(mail, 2)
        assert [one.text.count("has called nobody") for one in mail.letters] == [1, 1]
        assert "Counter 1 has called nobody" in mail.letters[1].text


async def test_each_address_is_tried_again_by_itself_until_it_is_told(data: Path) -> None:
    """One post's mail box is full for now: the other is told once, this one when it is tried again."""
    clock, rules = Hands("14:00"), replace(RULES, mail=("duty@demo.example", "night@demo.example"))
    settings = NoticeRules(poll_s=0.03, retry_s=60, max_retry_s=120, attempt_s=60)
    async with (
        mail_server() as mail,
        house(data, LOOKS_OFTEN.but(mail_settings(mail.port), settings), clock=clock) as here,
    ):
        mail.of_address["night@demo.example"] = "452 4.2.2 The mail box is full for now"
        await ruled(here, rules)
        client = await opened(here)
        await come(here, 1)
        clock.turn(5)
        await until_begun(client, "idle-5")
        clock.turn(3)
        await until_letters(mail, 1)
        await until(lambda: asyncio.sleep(0, mail.tried["night@demo.example"]), lambda tried: tried >= 1)
        del mail.of_address["night@demo.example"]
        clock.turn(2)
        await until_letters(mail, 2)
        assert [one.recipient for one in mail.letters] == ["duty@demo.example", "night@demo.example"]
        assert all("Counter 5 has called nobody" in one.text for one in mail.letters)


async def test_what_is_taken_before_it_is_tried_again_is_not_told(data: Path) -> None:
    clock = Hands("14:00")
    settings = NoticeRules(poll_s=0.03, retry_s=60, max_retry_s=120, attempt_s=60)
    async with (
        mail_server() as mail,
        house(data, LOOKS_OFTEN.but(mail_settings(mail.port), settings), clock=clock) as here,
    ):
        mail.of_address["duty@demo.example"] = "452 4.2.2 The mail box is full for now"
        await ruled(here, RULES)
        client = await opened(here)
        await come(here, 1)
        clock.turn(5)
        await until_begun(client, "idle-5")
        clock.turn(3)
        await until(lambda: asyncio.sleep(0, mail.tried["duty@demo.example"]), lambda tried: tried >= 1)
        manager, _ = await here.staff(Role.MANAGER, None)
        assert (await manager.post(f"{WARNINGS}/idle-5/take")).status == 200
        del mail.of_address["duty@demo.example"]
        clock.turn(2)

        def states(connection: Connection) -> list[str]:
            return list(connection.execute(select(notifications.c.state)).scalars())

        await until(lambda: here.server.log.run(states), lambda found: found == ["dropped"])
        assert mail.letters == []


@given(st.integers(0, 1439), st.integers(1, 1440), st.integers(0, 1439))
def test_quiet_from_the_first_minute_to_the_last(begins: int, ends: int, minute: int) -> None:
    rules = AlarmRules(quiet=(span_text(begins, ends),))
    assert rules.is_quiet(minute) == (begins <= minute < ends)


@pytest.mark.parametrize("quiet", [("13:00-12:00",), ("08:00-10:00", "09:00-11:00")])
def test_hours_that_are_none_are_refused(quiet: tuple[str, ...]) -> None:
    setup = toml.parse(store.demo_catalogues()[0])
    with pytest.raises(CatalogueHoursError):
        toml.parse(toml.write(replace(setup, alarms=AlarmRules(quiet=quiet))))
