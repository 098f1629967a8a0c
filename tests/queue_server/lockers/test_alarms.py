"""What managers see of banks of lockers, in each language."""

import html
import re

import pytest

from queue_server.accounts.model import Role
from tests.queue_server.house import Client, House
from tests.queue_server.lockers.scripted import NAMES, accepted, begun, blocked, claimed, closed, opened


async def seen(manager: Client, language: str = "en") -> str:
    """Give the text of the manager page."""
    headers = manager.headers | {"Accept-Language": language}
    async with manager.http.get(f"{manager.address}/manager?lang={language}", headers=headers) as answer:
        assert answer.status == 200
        return " ".join(html.unescape(re.sub(r"<[^>]+>", "", await answer.text())).split())


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("forced", "a locker: door A2 opened though nobody should have it open"),
        ("other-door", "a locker: a wrong door opened, at A2"),
        ("not-opened", "a locker: door A2 is stuck"),
        ("not-sensed", "a locker: nobody knows whether door A2 is open"),
        ("differs", "a locker: something changed behind door A2"),
        ("interrupted", "a locker: it was cut off while door A2 opened"),
        ("left-open", "a locker: door A2 was left open"),
    ],
)
async def test_a_blocked_compartment(here: House, reason: str, text: str) -> None:
    bank, desk = await begun(here)
    manager = (await here.staff(Role.MANAGER, None))[0]
    assert text not in await seen(manager)
    await bank.tell(blocked("A2", reason))
    assert text in await seen(manager)
    await desk.settle(bank, "A2")
    assert text not in await seen(manager)


async def test_a_new_bank_and_a_door_that_stands_open(here: House) -> None:
    bank, desk = await begun(here, settled_too=False)
    manager = (await here.staff(Role.MANAGER, None))[0]
    assert "a locker: nobody knows what is in 4 compartments" in await seen(manager)
    await desk.settle(bank, *NAMES)
    item = await desk.load(bank, "A1")
    _, answer = await claimed(desk.client, item)
    assert answer.status == 200
    assert "stands open" not in await seen(manager)
    found = (await desk.client.get(f"/centres/demo/lockers/{bank.id}")).body["bank"]["compartments"]
    await bank.tell(
        accepted({"id": found[0]["order"]}),
        opened("A1"),
        {"kind": "alarm", "compartment": "A1", "alarm": "left-open"},
    )
    assert "a locker: door A1 stands open" in await seen(manager)
    await bank.tell(closed("A1", "empty"))
    assert "stands open" not in await seen(manager)


async def test_who_may_wait_before_a_bank_that_does_not_answer(here: House) -> None:
    bank, desk = await begun(here)
    item = await desk.load(bank, "A1")
    await claimed(desk.client, item)
    manager = (await here.staff(Role.MANAGER, None))[0]
    real = here.server.clock
    here.server.clock = lambda: real() + 61_000_000  # type: ignore[assignment,return-value]
    assert "a locker does not answer, and somebody may wait at door A1" in await seen(manager)
