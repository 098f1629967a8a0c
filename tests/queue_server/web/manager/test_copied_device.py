"""Two machines are one kiosk: the manager sees it, compares the signs, and presses the one that stays."""

import json
import urllib.request

import pytest

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.manager.manager_client import ManagerClient
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
def test_the_machine_that_stays_is_pressed(centre: Centre, language: str) -> None:
    with ManagerClient(centre, language=language) as manager:
        manager.look()
        assert not start(centre, ONE)
        assert start(centre, COPY)
        page = manager.page()
        assert page.has(f'[data-act="keep-{COPY}"]')
        stays = page.one(f'[data-act="keep-{ONE}"]')
        assert "7F3A" in stays.text
        manager.press(stays)
        assert not manager.page().has('[data-act^="keep-"]')
        assert manager.alarms() == []
        assert start(centre, COPY), "the other is not let in by another start"
        assert manager.alarms() == []
