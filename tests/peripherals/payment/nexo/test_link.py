"""Whom the driver believes: one root, one terminal, one key; and what it reads of an answer."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from peripherals.device import DeviceState, HealthAnswer, open_device
from peripherals.errors import NotConnectedError, TerminalKeyError, UrlInvalidError
from peripherals.payment.nexo.messages import LONGEST
from peripherals.payment.nexo.simulator.server import NexoSimulator
from peripherals.payment.port import Result
from tests.peripherals.payment.nexo.counter import TIMINGS, driver, order, pay

#: What files may hold, with what is wrong with each.
FILES = {
    "passphrase": b"",
    "certificate": b"-----BEGIN CERTIFICATE-----\n\xff",
    "too-long": b"x" * (1 << 17),
    "another": b"another passphrase\n",
}


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        path = tmp_path / name
        path.touch(mode=0o600)
        path.write_bytes(content)
    return tmp_path


async def refused(simulator: NexoSimulator, **options: str) -> None:
    """See that nothing is sent to a terminal that is not the one that was meant."""
    async with driver(simulator, **options) as device:
        assert device.status.state is DeviceState.OFFLINE
        with pytest.raises(NotConnectedError) as caught:
            await pay(device, order())
        assert caught.value.placeholders == {"reason": "certificate"}
    assert simulator.requests == 0


async def test_another_root_is_not_believed(simulator: NexoSimulator, tmp_path: Path) -> None:
    other = NexoSimulator(tmp_path / "other")
    await other.start()
    await other.stop()
    await refused(simulator, ca=str(other.folder / "ca.pem"))


@pytest.mark.parametrize("poi", ["V400m-123456780", "V400m-12345678", "V400m-1234567890", "legacy-terminal"])
async def test_another_terminal_of_the_same_root_is_not_paid_at(simulator: NexoSimulator, poi: str) -> None:
    await refused(simulator, poi=poi)


async def test_another_key_is_seen(simulator: NexoSimulator, files: Path) -> None:
    async with driver(simulator, key=str(files / "another")) as device:
        assert (device.status.state, device.status.registered) == (DeviceState.USER_ERROR, HealthAnswer.NO)
        # Whether it was taken cannot be known from what nobody signed.
        assert (await pay(device, order())).result is Result.IN_DOUBT
    assert simulator.journal.entries == []


async def test_another_version_of_the_key_is_seen(simulator: NexoSimulator) -> None:
    async with driver(simulator, key_version="2") as device:
        assert device.status.registered is HealthAnswer.NO


@pytest.mark.parametrize(
    ("file", "fault"),
    [("key", "missing"), ("key", "passphrase"), ("key", "too-long"), ("ca", "missing"), ("ca", "certificate")],
)
async def test_a_file_that_cannot_be_used(simulator: NexoSimulator, files: Path, file: str, fault: str) -> None:
    device = driver(simulator, **{file: str(files / fault)})
    with pytest.raises(TerminalKeyError) as caught:
        await device.__aenter__()
    assert caught.value.placeholders == {"file": file, "fault": fault}


async def test_a_key_that_others_may_read_is_refused(simulator: NexoSimulator) -> None:
    (simulator.folder / "passphrase").chmod(0o640)
    with pytest.raises(TerminalKeyError) as caught:
        await driver(simulator).__aenter__()
    assert caught.value.placeholders == {"file": "key", "fault": "not-private"}


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("nexo+https://host:8443", "poi"),
        ("nexo+https:///?poi=V400m-1", "host"),
        ("nexo+https://host/path?poi=V400m-1", "host"),
        ("nexo+https://host?poi=V400m-1.x&sale=K&ca=a&key=b&key_id=k", "poi"),
        ("nexo+https://host?poi=V400m-1&sale=K%20X&ca=a&key=b&key_id=k", "sale"),
        ("nexo+https://host?poi=V400m-1&sale=K&ca=&key=b&key_id=k", "ca"),
        ("nexo+https://host?poi=V400m-1&sale=K&ca=a&key_id=k", "key"),
        ("nexo+https://host?poi=V400m-1&sale=K&ca=a&key=b", "key_id"),
        ("nexo+https://host?poi=V400m-1&sale=K&ca=a&key=b&key_id=k&key_version=x", "key_version"),
        ("nexo+https://host?poi=V400m-1&sale=K&ca=a&key=b&key_id=k&passphrase=p", "option"),
    ],
)
def test_addresses_that_cannot_be_used(url: str, part: str) -> None:
    with pytest.raises(UrlInvalidError) as caught:
        open_device(url, TIMINGS)
    assert caught.value.placeholders["part"] == part


async def endless(request: web.BaseRequest) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(100):
        await response.write(b" " * (LONGEST // 10))
    return response


async def elsewhere(_: web.BaseRequest) -> web.StreamResponse:
    return web.Response(status=307, headers={"Location": "https://127.0.0.1:1/nexo/"})


async def packed(_: web.BaseRequest) -> web.StreamResponse:
    response = web.Response(body=b"\0" * (50 * LONGEST))
    response.enable_compression(web.ContentCoding.gzip)
    return response


@pytest.mark.parametrize("answer", [endless, elsewhere, packed])
async def test_an_odd_answer_is_given_up(
    simulator: NexoSimulator, answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
) -> None:
    async with driver(simulator) as device:
        simulator.instead = answer
        assert (await device.check_health()).state is DeviceState.UNKNOWN
        assert (await pay(device, order())).result is Result.IN_DOUBT
        simulator.instead = None
        assert (await device.check_health()).state is DeviceState.ONLINE
