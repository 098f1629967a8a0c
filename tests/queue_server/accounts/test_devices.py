"""Devices say how they are; managers see it, and figures name none."""

import pytest
from msgspec.structs import replace

from queue_server.accounts import device_store
from queue_server.accounts.device_states import view
from queue_server.accounts.figures import MAX_VERSIONS, metrics
from queue_server.accounts.model import AccountRules, EnrolledDevice
from queue_server.accounts.tables import device_status
from queue_server.centre.centres import Centres
from queue_server.contract.devices import DeviceStatusView, StatusRequest
from queue_server.contract.release import is_behind
from queue_server.domain.values import SECOND, CentreId, DeviceId, Micros, now_micros
from tests.queue_server.house import Client, House

in_loop_of_module = pytest.mark.asyncio(loop_scope="module")

SELF = "/centres/demo/devices/self/status"
WELL = {"mode": "in-service", "parts": [{"name": "printer", "state": "online"}], "waiting": 2, "refused": 1}
RULES = AccountRules()


async def devices_of(client: Client) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in (await client.get("/centres/demo/devices")).body["devices"]}


@in_loop_of_module
async def test_the_newest_word_of_a_device_counts(here: House) -> None:
    manager, (kiosk, device) = await here.manager(), await here.device("kiosk")
    before = (await devices_of(manager))[device.id]
    assert (before["seen"], before["late"], before["mode"]) == (None, False, None)
    assert (await kiosk.post(SELF, WELL, key=None)).status == 200
    said = await kiosk.post(SELF, WELL | {"mode": "out-of-order", "parts": [], "version": "0.0.9"}, key=None)
    shown = (await devices_of(manager))[device.id]
    assert (before["version"], shown["version"], shown["behind"]) == ("", "0.0.9", True)
    assert (shown["mode"], shown["parts"], shown["waiting"], shown["refused"]) == ("out-of-order", [], 2, 1)
    assert (shown["seen"], shown["name"], shown["late"]) == (said.body["at"], "a kiosk", False)


@in_loop_of_module
async def test_who_has_no_access_any_more_is_not_listed(here: House) -> None:
    manager, (kiosk, device) = await here.manager(), await here.device("kiosk")
    await kiosk.post(SELF, WELL, key=None)
    await here.server.log.write(lambda connection: device_store.revoke(connection, device.id, now_micros()))
    assert device.id not in await devices_of(manager)


@in_loop_of_module
async def test_a_status_of_another_shape_is_refused_and_changes_nothing(here: House) -> None:
    manager, (kiosk, device) = await here.manager(), await here.device("kiosk")
    for wrong in (
        {},
        WELL | {"mode": "asleep"},
        WELL | {"waiting": -1},
        WELL | {"waiting": 10**30},
        WELL | {"parts": [{"name": "Printer 1", "state": "online"}]},
        WELL | {"parts": [{"name": "printer", "state": "fine"}]},
        WELL | {"parts": [{"name": "printer", "state": "online", "code": "a name and a surname"}]},
        WELL | {"parts": [{"name": "printer", "state": "online"}] * 17},
        WELL | {"version": "a name and a surname"},
    ):
        refused = await kiosk.post(SELF, wrong, key=None)
        assert (refused.status, refused.code) == (400, "body-invalid")
    assert (await devices_of(manager))[device.id]["seen"] is None


@in_loop_of_module
async def test_reports_write_no_event(here: House) -> None:
    kiosk = await here.kiosk()
    before = here.server[Centres].find("demo").state.seq
    await kiosk.post(SELF, WELL, key=None)
    assert here.server[Centres].find("demo").state.seq == before


@in_loop_of_module
async def test_figures_count_devices_by_state_and_name_none(own_house: House) -> None:
    (kiosk, device), _ = await own_house.device("kiosk"), await own_house.device("screen")
    await kiosk.post(SELF, WELL, key=None)
    aged = device_status.update().values(at=device_status.c.at - 200 * SECOND)
    assert 'queue_devices{centre="demo",kind="kiosk",state="in-service"} 1.0' in await figures(own_house)
    await own_house.server.log.write(lambda connection: connection.execute(aged))
    told = await figures(own_house)
    assert 'queue_devices{centre="demo",kind="kiosk",state="late"} 1.0' in told
    assert 'queue_devices{centre="demo",kind="screen",state="unknown"} 1.0' in told
    assert 'queue_device_versions{kind="kiosk",version="unknown"} 1.0' in told
    await kiosk.post(SELF, WELL | {"version": "0.0.9"}, key=None)
    assert 'queue_device_versions{kind="kiosk",version="0.0.9"} 1.0' in await figures(own_house)
    # A kiosk by which tickets wait has to be found; what people call it is nobody's business.
    named = {line.partition("{")[0] for line in told.splitlines() if device.id in line}
    assert named == {"queue_kiosk_tickets_waiting", "queue_kiosk_tickets_refused"}
    assert "a kiosk" not in told


async def figures(here: House) -> str:
    async with here.http.get(f"{here.address}/metrics") as response:
        return await response.text()


def test_however_many_releases_devices_name_few_are_told_apart() -> None:
    """Whoever has the token of a device can say anything: it is no way to fill the memory of who counts."""
    named = ["0.2.0", "0.2.0", *(f"0.1.{number}" for number in range(40))]
    there = [
        DeviceStatusView(DeviceId(str(number)), kind, "", version=one)
        for number, one in enumerate(named)
        for kind in ("kiosk", "screen")
    ]
    told = next(one for one in metrics({CentreId("demo"): there}) if one.name == "queue_device_versions")
    counted = {(one.labels["kind"], one.labels["version"]): one.value for one in told.samples}
    assert len(counted) == 2 * (MAX_VERSIONS + 1)
    assert counted["kiosk", "0.2.0"] == counted["screen", "0.2.0"] == 2
    assert counted["kiosk", "other"] == len(named) - 2 - (MAX_VERSIONS - 1)
    assert sum(counted.values()) == len(there)


@pytest.mark.parametrize(
    ("device", "server", "behind"),
    [
        ("0.1.0", "0.2.0", True),
        ("0.9.3", "0.10.0", True),
        ("0.2", "0.2.0", False),
        ("0.2.1", "0.2.0", False),
        ("0.2.0+x", "0.2.0", False),
        ("", "0.2.0", False),
        ("other", "0.2.0", False),
    ],
)
def test_a_release_is_compared_by_its_numbers(device: str, server: str, *, behind: bool) -> None:
    assert is_behind(device, server) is behind


def test_a_device_that_falls_silent_is_late_and_one_that_never_reports_is_not() -> None:
    now = Micros(1_795_000_000_000_000)
    kiosk = EnrolledDevice(DeviceId("d"), "kiosk", None, "Kiosk 1", CentreId("demo"), None, now)
    status = StatusRequest("in-service")
    late = Micros(now + RULES.late_after_s * SECOND + 1)
    assert not view(kiosk, None, late, replace(RULES, late_after_s=3600)).late
    assert view(kiosk, None, late, RULES).late
    assert not view(kiosk, (late, status), late, RULES).late
    assert view(kiosk, (now, status), late, RULES).late
    assert not view(replace(kiosk, kind="integration"), None, late, RULES).late
