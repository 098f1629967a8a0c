"""A manager has a kiosk restart and send its log from the list of devices, and sees what came of it."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, expect

from queue_server.contract.client import ApiClient
from queue_server.contract.device_commands import CommandReport, DeviceCommand, LogReceivedAnswer, SendLogRequest
from queue_server.domain.device_commands import DeviceCommandKind, DeviceCommandOutcome
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.manager.office import WELL, Office, as_kiosk
from tests.queue_server.web.manager.test_looks import check, every_size
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_of_a_kiosk_waits_and_has_an_end(
    browser: Browser, centre: Centre, language: str, tmp_path: Path
) -> None:
    with Office(browser, centre, language=language) as office:
        office.look()
        assert reported(centre) == ()
        opener = office.find(".devices th button")
        opener.click(timeout=30_000)
        panel = office.find(".panel:popover-open")
        restart, log = (panel.locator(f'[data-act^="{kind}-"]') for kind in DeviceCommandKind)
        for button in (restart, log):
            button.click()
            expect(button).to_have_attribute("aria-disabled", "true", timeout=30_000)
        check(office)
        asked = {one.kind: one for one in reported(centre)}
        refused = CommandReport(
            asked[DeviceCommandKind.RESTART].id, DeviceCommandOutcome.REFUSED, "device-command-not-stored"
        )
        assert len(reported(centre, refused)) == 1
        send(centre, asked[DeviceCommandKind.SEND_LOG])
        get = panel.locator(".asked a")
        expect(get).to_be_visible(timeout=30_000)
        expect(panel.locator(".asked .bad")).to_have_count(1)
        expect(restart).not_to_have_attribute("aria-disabled", "true")
        every_size(office)
        office.page.screenshot(path=tmp_path / f"commands-{language}.png")
        with office.page.expect_download() as download:
            get.click()
        assert download.value.path().read_text() == HOSTILE
        assert download.value.suggested_filename.endswith(".txt")
