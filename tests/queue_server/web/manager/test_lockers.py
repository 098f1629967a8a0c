"""Banks of lockers on the manager page: what needs somebody there, at once."""

import subprocess

from queue_server.contract import banks as m
from queue_server.contract.client import ApiClient
from queue_server.contract.devices import EnrolAnswer
from queue_server.domain.lockers import BlockReason, CompartmentSize, LockerAlarmKind
from queue_server.domain.values import new_id
from tests.queue_server.web.manager.manager_client import ManagerClient
from tests.queue_server.web.server import COMMAND, Centre, run_aside

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


def test_a_forced_door_is_seen_at_once(manager: ManagerClient) -> None:
    centre = manager.centre
    device = enrolled(centre)
    report(centre, device)
    assert manager.alarm("Lockers 1: nobody knows what is in 3 compartments")
    report(
        centre,
        device,
        m.BankAlarmEvent(1, "A2", LockerAlarmKind.FORCED),
        m.CompartmentBlockedEvent(2, "A2", BlockReason.FORCED),
    )
    assert manager.alarm("door A2 opened though nobody should have it open")
    report(centre, device, m.CompartmentBlockedEvent(3, "A3", BlockReason.LEFT_OPEN))
    assert manager.alarm("door A3 was left open")
    assert "task-failed" not in (manager.server.data / "server.log").read_text()
