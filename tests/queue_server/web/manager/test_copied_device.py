"""Two machines are one kiosk: the manager sees it, compares the signs, and presses the one that stays."""

import json
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.manager.office import WELL, Office, report
from tests.queue_server.web.manager.test_looks import check
from tests.queue_server.web.server import Centre

ONE, COPY = "7f3a000000000001", "2be9000000000002"


def start(centre: Centre, ident: str) -> bool:
    """Let a machine with the kiosk's folder start; tells whether the server knows of another."""
    request = urllib.request.Request(  # noqa: S310 - our own server
        f"{centre.server.address}/api/v1/centres/{centre.id}/devices/self/start",
        json.dumps({"start": ident}).encode(),
        {"Authorization": f"Bearer {centre.kiosk.token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - our own server
        copied: bool = json.load(answer)["copied"]
        return copied


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_machine_that_stays_is_pressed(browser: Browser, centre: Centre, language: str, tmp_path: Path) -> None:
    with Office(browser, centre, language=language) as office:
        office.look()
        report(centre, WELL)
        assert not start(centre, ONE)
        assert start(centre, COPY)
        stays = office.find(f'[data-act="keep-{ONE}"]')
        expect(stays).to_be_visible(timeout=30_000)
        expect(office.find(f'[data-act="keep-{COPY}"]')).to_be_visible()
        assert "7F3A" in stays.inner_text()
        check(office)
        office.page.screenshot(path=tmp_path / f"copied-{language}.png")
        stays.click()
        expect(stays).to_have_count(0, timeout=30_000)
        office.expect_alarms(0)
        assert start(centre, COPY), "the other is not let in by another start"
        office.expect_alarms(0)
