"""Banks of lockers on the manager page: what needs somebody there, at once, in every language."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from queue_server.contract import banks as m
from queue_server.contract.client import ApiClient
from queue_server.contract.devices import EnrolAnswer
from queue_server.domain.lockers import BlockReason, CompartmentSize, LockerAlarmKind
from queue_server.domain.values import new_id
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.manager.office import Office
from tests.queue_server.web.manager.test_looks import SIZES, check, every_size
from tests.queue_server.web.server import COMMAND, Centre, run_aside

PICTURES = os.environ.get("LOCKERS_PICTURES")
JOURNAL = new_id()


def enrolled(centre: Centre) -> EnrolAnswer:
    given = ["--kind", "locker", "--name", "Lockers 1", "--centre", centre.id, "--data", str(centre.server.data)]
    said = subprocess.run([COMMAND, "enrol-code", *given], check=True, capture_output=True, text=True).stdout
    code = said.split()[-1]

    async def enrol() -> EnrolAnswer:
        async with ApiClient(centre.server.address, None) as client:
            return await client.enrol(code)

    return run_aside(enrol())


def report(centre: Centre, device: EnrolAnswer, *events: m.BankEvent) -> None:
    async def tell() -> None:
        async with ApiClient(centre.server.address, device.token) as client:
            shapes = tuple(m.CompartmentShape(f"A{row}", CompartmentSize.MEDIUM, 1, row) for row in (1, 2, 3))
            answer = await client.describe_bank(centre.id, m.DescribeBankRequest(JOURNAL, shapes), new_id())
            until = events[-1].seq if events else answer.acknowledged
            request = m.BankEventsRequest(JOURNAL, answer.acknowledged, until, events)
            await client.report_bank_events(centre.id, request, new_id())

    run_aside(tell())


def test_a_forced_door_is_seen_at_once(office: Office) -> None:
    device = enrolled(office.centre)
    report(office.centre, device)
    expect(office.alarm("Lockers 1: nobody knows what is in 3 compartments")).to_have_count(1)
    report(
        office.centre,
        device,
        m.BankAlarmEvent(1, "A2", LockerAlarmKind.FORCED),
        m.CompartmentBlockedEvent(2, "A2", BlockReason.FORCED),
    )
    expect(office.alarm("door A2 opened though nobody should have it open")).to_have_count(1)
    report(office.centre, device, m.CompartmentBlockedEvent(3, "A3", BlockReason.LEFT_OPEN))
    expect(office.alarm("door A3 was left open")).to_have_count(1)
    check(office)
    assert "task-failed" not in (office.server.data / "server.log").read_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_it_looks(browser: Browser, centre: Centre, language: str) -> None:
    device = enrolled(centre)
    reasons = (BlockReason.FORCED, BlockReason.NOT_OPENED)
    blocked = tuple(m.CompartmentBlockedEvent(at, f"A{at}", why) for at, why in enumerate(reasons, start=1))
    report(centre, device, *blocked)
    with Office(browser, centre, language=language) as office:
        office.look()
        expect(office.find(".alarms li").filter(has_text=re.compile("A1"))).to_have_count(1)
        every_size(office)
        if PICTURES:
            for width, height in (SIZES[1], SIZES[3]):
                office.page.set_viewport_size({"width": width, "height": height})
                office.page.screenshot(path=Path(PICTURES) / f"manager-lockers-{language}-{width}.png", full_page=True)
