"""Settings of devices by the API and the command line: versions, whom they are for, and no secret in what is shown."""

import asyncio
import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from queue_server.accounts.model import Role
from queue_server.cli import app
from tests.queue_server.house import Client, House

PATH = "/centres/demo/device-settings"
SELF = "/centres/demo/devices/self/status"


async def given(device: Client, version: int = 0, **report: object) -> dict[str, Any] | None:
    """Report as a device, and give what it is told of its settings."""
    said = await device.post(SELF, {"mode": "in-service", "settings": {"version": version, **report}}, key=None)
    assert said.status == 200, said
    settings: dict[str, Any] | None = said.body["settings"]
    return settings


async def view(manager: Client, device: str) -> dict[str, Any]:
    found = (await manager.get("/centres/demo/devices")).body["devices"]
    settings: dict[str, Any] = next(one for one in found if one["id"] == device)["settings"]
    return settings


async def test_a_device_gets_what_its_kind_and_it_alone_are_to_have_and_says_what_is_in_force(here: House) -> None:
    manager, _ = await here.staff(Role.MANAGER, None)
    (kiosk, device), (other, _), board = (
        await here.device("kiosk"),
        await here.device("kiosk"),
        await here.device("screen"),
    )
    assert await given(kiosk) is None
    kind = {"kind": "kiosk", "text": "# slower\n[journey]\nidle_s = 90\nhelp_s = 200\n"}
    assert (await manager.post(PATH, kind)).body["profiles"][0]["version"] == 1
    own = {"kind": "kiosk", "device": device.id, "text": "[journey]\nidle_s = 45\n[collection]\noffered = true\n"}
    assert (await manager.post(PATH, own)).status == 200
    told = await given(kiosk)
    assert told is not None
    assert (told["version"], told["values"]["journey"]) == (2, {"idle_s": 45, "help_s": 200})
    assert told["values"]["collection"] == {"offered": True}
    assert (await given(other) or {})["values"] == {"journey": {"idle_s": 90, "help_s": 200}}
    assert await given(board[0]) is None
    assert (await view(manager, device.id))["force"] == 0
    assert await given(kiosk, 2) is None
    assert await view(manager, device.id) == {"wanted": 2, "force": 2, "refused": ""}
    # It is told again until it has it, and why it has not is said to managers.
    assert (await manager.post(PATH, kind | {"text": ""})).status == 200
    assert (await given(kiosk, 2, refused=3, section="journey", key="idle_s", wanted="Expected `float`") or {})[
        "version"
    ] == 3
    assert (await view(manager, device.id))["refused"] == "journey.idle_s: Expected `float`"
    # A program of before says nothing of settings, and is told nothing.
    assert (await kiosk.post(SELF, {"mode": "in-service"}, key=None)).body["settings"] is None
    assert await view(manager, device.id) == {"wanted": 3, "force": None, "refused": ""}
    history = (await manager.get(f"{PATH}/history")).body["profiles"]
    assert [(one["version"], one["device"], one["text"]) for one in history] == [
        (3, None, ""),
        (2, device.id, own["text"]),
        (1, None, kind["text"]),
    ]
    assert all(one["by"].startswith("staff/") for one in history)
    now = (await manager.get(PATH)).body["profiles"]
    assert [one["version"] for one in now] == [3, 2]


async def test_what_no_device_would_take_and_who_may_not_set_it_change_nothing(here: House) -> None:
    manager, (kiosk, device) = await here.manager(), await here.device("kiosk")
    desk, _ = await here.staff(Role.COUNTER, "1")
    wrong = await manager.post(PATH, {"kind": "kiosk", "text": "[journey]\nidle_s = 0\n"})
    assert (wrong.status, wrong.code) == (422, "device-setting")
    strange = {"kind": "screen", "device": device.id, "text": ""}
    assert (await manager.post(PATH, strange)).code == "device-unknown"
    fine = {"kind": "kiosk", "text": "[journey]\nidle_s = 90\n"}
    assert (await desk.post(PATH, fine)).status == (await kiosk.post(PATH, fine)).status == 403
    assert (await manager.get(PATH)).body["profiles"] == []


async def run(data: Path, *line: str, status: int = 0, typed: str = "") -> str:
    words = ["device-settings", *line, "--data", str(data)]
    done = await asyncio.to_thread(CliRunner().invoke, app, words, input=typed)
    assert done.exit_code == status, done.output
    return done.output


async def test_the_technicians_pin_is_typed_and_only_its_hash_is_kept_while_it_counts(
    here: House, tmp_path: Path
) -> None:
    data = here.server.place.data
    kiosk, device = await here.device("kiosk")
    file = tmp_path / "kiosks.toml"
    await asyncio.to_thread(file.write_text, "[journey]\nidle_s = 90\n")
    assert await run(data, "set", "demo", str(file), "--kind", "kiosk") == "version 1\n"
    assert (await run(data, "pin", "demo", typed="482913\n482913\n")).endswith("version 2\n")
    first = await given(kiosk)
    assert first is not None
    assert first["values"] == {"journey": {"idle_s": 90}}
    assert first["pin"]["version"] == 2
    assert first["pin"]["hash"].startswith("$argon2id$")
    assert "pin-shape" in await run(data, "pin", "demo", status=1, typed="abcdef\nabcdef\n")
    # Another text leaves the PIN as it is; another PIN leaves no hash of the one before.
    await asyncio.to_thread(file.write_text, "")
    await run(data, "set", "demo", str(file), "--kind", "kiosk")
    assert (await given(kiosk) or {})["pin"] == first["pin"]
    await run(data, "pin", "demo", typed="571004\n571004\n")
    second = await given(kiosk)
    assert second is not None
    assert second["pin"]["version"] == 4
    stored = b"".join(await asyncio.to_thread(lambda: [one.read_bytes() for one in data.glob("queue.sqlite*")]))
    shown = (
        await run(data, "show", "demo") + await run(data, "history", "demo") + await run(data, "show", "demo", "--json")
    )
    for secret in (first["pin"]["hash"], second["pin"]["hash"], "482913", "571004"):
        assert secret not in shown
    assert b"482913" not in stored
    assert "$argon2id" not in shown
    await run(data, "pin", "demo", "--clear")
    assert (await given(kiosk) or {})["pin"] is None
    listed = json.loads(await run(data, "show", "demo", "--json"))
    assert [one["pin"] for one in listed["profiles"]] == [False]
    assert listed["devices"][0]["settings"] == {"wanted": 5, "force": 0, "refused": ""}
    assert f"{device.id}\tkiosk\tversion 0, waits for 5" in await run(data, "show", "demo")
    refused = await run(data, "set", "demo", str(file), "--kind", "kiosk", "--device", "nobody", status=1)
    assert "device-unknown" in refused
    await asyncio.to_thread(file.write_text, "[devices]\nprinter = ''\n")
    assert "devices" in await run(data, "set", "demo", str(file), "--kind", "kiosk", status=1)
