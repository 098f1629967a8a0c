"""Another authority, another address: devices that are enrolled go on, over real TLS with the programs' own files."""

import asyncio
import shutil
import ssl
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from msgspec.structs import replace
from typer.testing import CliRunner

from kiosk import start as kiosk_start
from kiosk.link.connect import ServerAddress
from kiosk.store.data import DataFolder
from peripherals.lockers.agent import identity as bank_identity
from peripherals.lockers.agent.starts import BankStarts
from queue_server.accounts.model import DeviceKind
from queue_server.cli import app
from queue_server.contract.authority_fetch import EnrolmentMeans
from queue_server.contract.client import ApiClient, ServerUnreachableError
from queue_server.contract.client_errors import ServerUntrustedError
from queue_server.contract.devices import StatusRequest
from queue_server.contract.starts import DeviceStart
from queue_server.framework.settings import HttpSettings
from queue_server.tls import init_tls
from signage import identity as screen_identity
from tests.queue_server.house import House, house
from tests.queue_server.secure_house import WATCHFUL, free_port, secure_house

KINDS: tuple[DeviceKind, ...] = ("kiosk", "screen", "locker")
WELL = StatusRequest("in-service")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let commands block: each has a loop of its own, in a thread of its own."""


def run(*arguments: str | Path, status: int = 0) -> str:
    result = CliRunner().invoke(app, [str(part) for part in arguments])
    assert result.exit_code == status, (result.output, result.exception)
    return result.output


async def command(data: Path, *arguments: str, status: int = 0) -> str:
    """Run ``queue-server authority``."""
    return await asyncio.to_thread(partial(run, "authority", *arguments, "--data", data, status=status))


async def enrolled(here: House, kind: DeviceKind, folder: Path) -> Path:
    """Enrol a device as its program does."""
    code, ca = await here.enrol_code(kind), here.server.place.data / "tls" / "ca.pem"
    if kind == "kiosk":
        await asyncio.to_thread(kiosk_start.enrol_machine, folder, None, here.address, code, ca)
    elif kind == "screen":
        await asyncio.to_thread(screen_identity.enrol, EnrolmentMeans(here.address, code, ca), folder)
    else:
        await asyncio.to_thread(bank_identity.enrol, here.address, code, folder, ca)
    return folder


def started(kind: DeviceKind, folder: Path) -> ApiClient:
    """Speak as the program of a device does after a start."""
    if kind == "kiosk":
        data = DataFolder(folder)
        kiosk = data.identity()
        assert kiosk is not None
        server = ServerAddress(kiosk.server, 30, data.tls())
        taking = DeviceStart(kiosk.device, kiosk.centre, data.starts, lambda _: None)
        return server.connect(kiosk.token, taking, server.route(data.path, kiosk.device))
    if kind == "screen":
        screen = screen_identity.load(folder)
        return screen_identity.connect(screen, folder, screen_identity.route(screen, folder))
    bank = bank_identity.load(folder)
    taking = DeviceStart(bank.device, bank.centre, BankStarts(folder), lambda _: None)
    return ApiClient(bank.server, bank.token, start=taking, route=bank_identity.route(bank, folder))


def trusts(folder: Path) -> list[bytes]:
    """Give what a device has on its disk of authorities."""
    found = x509.load_pem_x509_certificates((folder / "ca.pem").read_bytes())
    return [one.tbs_certificate_bytes for one in found]


async def until(found: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await found():  # noqa: ASYNC110 - it is asked, not heard
            await asyncio.sleep(0.05)


async def told(client: ApiClient, folder: Path, count: int) -> None:
    """Let a device say how it is, as it does every minute, until it trusts so many authorities."""

    async def reported() -> bool:
        await client.report_status("demo", WELL)
        return len(trusts(folder)) == count

    await until(reported)


async def served(here: House, authority: Path) -> None:
    """Wait until the server shows a certificate of this authority."""
    context = await asyncio.to_thread(lambda: ssl.create_default_context(cafile=str(authority)))
    port = int(here.address.rpartition(":")[2])

    async def shown() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
        except ssl.SSLCertVerificationError:
            return False
        writer.close()
        return True

    await until(shown)


async def test_devices_go_on_with_the_next_authority_and_those_that_were_off_say_why_they_cannot(
    data: Path, tmp_path: Path
) -> None:
    async with secure_house(data) as here, AsyncExitStack() as stack:
        folders = {kind: await enrolled(here, kind, tmp_path / kind) for kind in KINDS}
        off = {kind: tmp_path / f"off-{kind}" for kind in KINDS}
        running = {}
        for kind, folder in folders.items():
            await asyncio.to_thread(shutil.copytree, folder, off[kind])
            running[kind] = await stack.enter_async_context(started(kind, folder))
            await running[kind].report_status("demo", WELL)
        first = {kind: trusts(folder) for kind, folder in folders.items()}
        await command(data, "prepare")
        for kind, client in running.items():
            await told(client, folders[kind], 2)
        assert "ready\tdemo" in await command(data, "status")
        await command(data, "switch")
        await served(here, data / "tls" / "ca.pem")
        # A line that stood before proves nothing: a program that starts now reads what is on its disk.
        again = {}
        for kind, folder in folders.items():
            again[kind] = await stack.enter_async_context(started(kind, folder))
            await again[kind].report_status("demo", WELL)
        await command(data, "finish")
        for kind, client in again.items():
            await told(client, folders[kind], 1)
        for kind, folder in folders.items():
            assert trusts(folder) == trusts(data / "tls") != first[kind], kind
            async with started(kind, folder) as later:
                assert (await later.report_status("demo", WELL)).at is not None, kind
            async with started(kind, off[kind]) as cut:
                with pytest.raises(ServerUntrustedError) as caught:
                    await cut.report_status("demo", WELL)
                assert caught.value.code == "server-untrusted", kind
                with pytest.raises(ServerUntrustedError):
                    await anext(aiter(cut.feed("demo", None)))


async def test_nobody_is_left_behind_unless_it_is_forced(data: Path, tmp_path: Path) -> None:
    async with secure_house(data) as here:
        folder = await enrolled(here, "screen", tmp_path / "device")
        await enrolled(here, "screen", tmp_path / "never-seen")
        assert "tls-" not in await command(data, "status")
        assert "authority-unprepared" in await command(data, "switch", status=1)
        assert "authority-unprepared" in await command(data, "withdraw", status=1)
        async with started("screen", folder) as client:
            await client.report_status("demo", WELL)
            await command(data, "prepare")
            before = await asyncio.to_thread((data / "tls" / "ca.pem").read_bytes)
            said = await command(data, "switch", status=1)
            assert "authority-devices-behind" in said
            assert said.count("\tdemo\tscreen\t") == 1, "one that was never seen keeps nobody waiting"
            assert await asyncio.to_thread((data / "tls" / "ca.pem").read_bytes) == before
            assert await command(data, "status", "--json")
            shown = msgspec.json.decode(await command(data, "status", "--json"))
            assert sorted(one["state"] for one in shown["devices"]) == ["behind", "unseen"]
            await command(data, "withdraw")
            assert await command(data, "status") != said
            await command(data, "prepare")
            await command(data, "switch", "--force")
            assert "authority-unfinished" in await command(data, "prepare", status=1)
            await served(here, data / "tls" / "ca.pem")
        async with started("screen", folder) as client:
            with pytest.raises(ServerUntrustedError):
                await client.report_status("demo", WELL)


async def test_where_it_does_not_speak_tls_itself_nothing_of_authorities_is_announced(data: Path) -> None:
    await asyncio.to_thread(init_tls, data)
    for behind_proxy in (False, True):
        async with house(data, behind_proxy=behind_proxy) as here:
            kiosk = await here.kiosk()
            answer = await kiosk.post("/centres/demo/devices/self/status", {"mode": "in-service"}, key=None)
            assert answer.status == 200
            assert answer.body["route"] == {"urls": [], "authorities": []}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_server_that_has_moved_is_found_where_it_had_announced_it(
    data: Path, tmp_path: Path, kind: DeviceKind
) -> None:
    future = free_port()
    http = replace(WATCHFUL[HttpSettings], device_urls=(f"https://127.0.0.1:{future}",))
    async with secure_house(data, WATCHFUL.but(http)) as here:
        folder = await enrolled(here, kind, tmp_path / "device")
        async with started(kind, folder) as client:
            # The first that is announced does not answer yet: it goes on where it was.
            await client.report_status("demo", WELL)
            await client.report_status("demo", WELL)
            assert str(future) in await command(data, "status", "--json")
    running = started(kind, folder)
    async with running:
        with pytest.raises(ServerUnreachableError) as caught:
            await running.report_status("demo", WELL)
        assert caught.value.code == "server-unreachable"
        async with secure_house(data, WATCHFUL.but(http), port=future):
            # The program that has run all the while, and one that starts now.
            await running.report_status("demo", WELL)
            async with started(kind, folder) as client:
                await client.report_status("demo", WELL)
                assert await anext(aiter(client.feed("demo", None))) if kind != "locker" else True
