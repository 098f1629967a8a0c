"""A manager has a kiosk restart and send its log from the list of devices, and sees what came of it."""

import re

from msgspec.structs import replace

from queue_server.contract.client import ApiClient
from queue_server.contract.device_commands import CommandReport, DeviceCommand, LogReceivedAnswer, SendLogRequest
from queue_server.domain.device_commands import DeviceCommandKind, DeviceCommandOutcome
from tests.queue_server.web.manager.manager_client import ManagerClient
from tests.queue_server.web.manager.office import WELL, as_kiosk
from tests.queue_server.web.server import Centre

ABLE = replace(WELL, takes=tuple(DeviceCommandKind))
HOSTILE = '{"event": "started"}\n<script>alert(1)</script>\n'


def reported(centre: Centre, *said: CommandReport) -> tuple[DeviceCommand, ...]:
    """Report as the kiosk, and give what is asked of it."""

    async def report(client: ApiClient) -> tuple[DeviceCommand, ...]:
        return (await client.report_status(centre.id, replace(ABLE, commands=said))).commands

    return as_kiosk(centre, report)


def send(centre: Centre, command: DeviceCommand) -> None:
    async def sent(client: ApiClient) -> LogReceivedAnswer:
        path = f"/centres/{centre.id}/devices/self/log"
        return await client.call("POST", path, LogReceivedAnswer, SendLogRequest(command.id, HOSTILE))

    as_kiosk(centre, sent)


def test_what_is_asked_of_a_kiosk_waits_and_has_an_end(manager: ManagerClient) -> None:
    centre = manager.centre
    assert reported(centre) == ()
    page = manager.page()
    panel = f"[id={page.one('.devices th button')['popovertarget']}]"
    for kind in DeviceCommandKind:
        manager.press(page.one(f'{panel} [data-act^="{kind}-"]'))
    page = manager.page()
    assert all(page.one(f'{panel} [data-act^="{kind}-"]').is_disabled for kind in DeviceCommandKind)
    asked = {one.kind: one for one in reported(centre)}
    assert set(asked) == set(DeviceCommandKind)
    refused = CommandReport(
        asked[DeviceCommandKind.RESTART].id, DeviceCommandOutcome.REFUSED, "device-command-not-stored"
    )
    assert len(reported(centre, refused)) == 1
    send(centre, asked[DeviceCommandKind.SEND_LOG])
    page = manager.page()
    get = page.one(f"{panel} .asked a[download]")
    assert len(page.all(f"{panel} .asked .bad")) == 1
    assert not page.one(f'{panel} [data-act^="{DeviceCommandKind.RESTART}-"]').is_disabled
    log = manager.fetch(get["href"])
    assert log.text == HOSTILE
    assert re.search(r'attachment; filename="[^"]+\.txt"', log.headers["Content-Disposition"])
    assert "html" not in log.headers["Content-Type"]
