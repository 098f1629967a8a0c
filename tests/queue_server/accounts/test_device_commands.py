"""What is asked of devices from afar: once, by whom, until when; and the log that comes of it."""

from pathlib import Path
from typing import Any

from queue_server.accounts.model import Role
from queue_server.domain.values import MINUTE, Micros, new_id, now_micros
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import QUICK, Client, House, house

PATH = "/centres/demo/device-commands"
SELF = "/centres/demo/devices/self"
ABLE = {"mode": "in-service", "takes": ["restart", "send-log"]}
HOSTILE = '{"event": "started"}\n\x1b[2Jgone\x00\u202e<script>\ud7ff\n'


async def asked(device: Client, *said: dict[str, str]) -> list[dict[str, str]]:
    """Report as a device, and give what is asked of it."""
    answer = await device.post(f"{SELF}/status", {**ABLE, "commands": said}, key=None)
    assert answer.status == 200, answer
    commands: list[dict[str, str]] = answer.body["commands"]
    return commands


async def ask(manager: Client, device: str, kind: str) -> dict[str, Any]:
    answer = await manager.post(f"/centres/demo/devices/{device}/commands", {"kind": kind})
    assert answer.status == 200, answer
    newest: dict[str, Any] = answer.body["commands"][0]
    return newest


async def test_a_restart_is_asked_once_and_told_until_the_device_says_what_became_of_it(here: House) -> None:
    (manager, session), (kiosk, device), (_, other) = (
        await here.staff(Role.MANAGER, None),
        await here.device("kiosk"),
        await here.device("screen"),
    )
    path = f"/centres/demo/devices/{device.id}/commands"
    silent = await manager.post(path, {"kind": "restart"})
    assert (silent.status, silent.code) == (409, "device-command-not-taken")
    assert await asked(kiosk) == []
    for nobody in (new_id(), other.id):
        refused = await manager.post(f"/centres/demo/devices/{nobody}/commands", {"kind": "restart"})
        assert refused.code == ("device-command-not-taken" if nobody == other.id else "device-unknown")
    first = await ask(manager, device.id, "restart")
    assert (await ask(manager, device.id, "restart"))["id"] == first["id"]
    assert (first["device"], first["by"], first["state"]) == (device.id, f"staff/{session.staff}", "waiting")
    for _look in range(2):
        assert await asked(kiosk) == [{"id": first["id"], "kind": "restart"}]
    # Another device's word counts nothing.
    board, _ = await here.device("screen")
    assert await asked(board, {"id": first["id"], "outcome": "done"}) == []
    assert (await manager.get(PATH)).body["commands"][0]["state"] == "waiting"
    for _told_again in range(2):
        assert await asked(kiosk, {"id": first["id"], "outcome": "refused", "code": "device-command-not-stored"}) == []
    listed = (await manager.get(PATH)).body["commands"][0]
    assert (listed["state"], listed["code"]) == ("refused", "device-command-not-stored")
    second = await ask(manager, device.id, "restart")
    assert second["id"] != first["id"]
    assert await asked(kiosk, {"id": second["id"], "outcome": "done"}) == []


async def test_a_log_is_kept_as_text_until_the_next_one_and_its_readers_are_recorded(here: House) -> None:
    (manager, reader), (auditor, _), (kiosk, device) = (
        await here.staff(Role.MANAGER, None),
        await here.staff(Role.AUDITOR, None),
        await here.device("kiosk"),
    )
    await asked(kiosk)
    first = await ask(manager, device.id, "send-log")
    sent = {"command": first["id"], "text": HOSTILE}
    stranger, _ = await here.device("kiosk")
    assert (await stranger.post(f"{SELF}/log", sent, key=None)).code == "device-command-unknown"
    # Whatever it says that it did, the log is here when it is here.
    for _sent_again in range(2):
        assert (await kiosk.post(f"{SELF}/log", sent, key=None)).status == 200
    assert await asked(kiosk) == []
    assert (await kiosk.post(f"{SELF}/log", sent | {"text": "x" * 120_001}, key=None)).status == 400
    log = await manager.get(f"{PATH}/{first['id']}/log")
    assert log.body["text"] == '{"event": "started"}\n?[2Jgone??<script>\ud7ff\n'
    page = await here.http.get(f"{here.address}/manager/device-log/{first['id']}", headers=manager.headers)
    assert page.status == 200
    assert (page.content_type, page.headers["X-Content-Type-Options"]) == ("text/plain", "nosniff")
    assert page.headers["Content-Disposition"].startswith('attachment; filename="')
    assert page.headers["Cache-Control"] == "no-store"
    assert await page.text() == log.body["text"]
    record = await (await here.http.get(f"{here.address}/audit?view=acted", headers=auditor.headers)).text()
    assert record.count("Read the log of a device") == 2
    assert record.count("Asked a device to restart or to send its log") == 1
    assert reader.name in record
    second = await ask(manager, device.id, "send-log")
    assert (await kiosk.post(f"{SELF}/log", {"command": second["id"], "text": "later\n"}, key=None)).status == 200
    assert [one["has_log"] for one in (await manager.get(PATH)).body["commands"]] == [True, False]
    assert (await manager.get(f"{PATH}/{first['id']}/log")).code == "device-log-unknown"
    gone = await here.http.get(f"{here.address}/manager/device-log/{first['id']}", headers=manager.headers)
    assert gone.status == 404


async def test_what_was_not_done_in_time_is_not_done_any_more(data: Path) -> None:  # noqa: F811 - a fixture
    moment = [now_micros()]
    async with house(data, QUICK, lambda: Micros(moment[0])) as here:
        (manager, _), (kiosk, device) = await here.staff(Role.MANAGER, None), await here.device("kiosk")
        await asked(kiosk)
        command = await ask(manager, device.id, "send-log")
        moment[0] = Micros(moment[0] + 24 * 60 * MINUTE)
        (manager, _) = await here.staff(Role.MANAGER, None)
        assert await asked(kiosk) == []
        assert (await kiosk.post(f"{SELF}/log", {"command": command["id"], "text": ""}, key=None)).status == 404
        assert (await manager.get(PATH)).body["commands"][0]["state"] == "expired"
