"""What a device takes of what is announced to it, and what not: it is looked at though the line is trusted."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.kit import private_file
from queue_server import authority
from queue_server.contract.client_route import DeviceRoute
from queue_server.contract.devices import StatusAnswer, StatusRequest
from queue_server.contract.server_route import RouteInvalidError, ServerRoute, check_authorities, fingerprints
from queue_server.tls import init_tls

NOW = datetime.now(UTC)
HERE, THERE = "https://queue.example:8443", "https://queue.example:9443"


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let files be read: what is looked at here is what is in them."""


@pytest.fixture
def server(tmp_path: Path) -> Path:
    init_tls(tmp_path / "server", ["queue.example"])
    return tmp_path / "server"


def pem(server: Path, name: str = "ca.pem") -> str:
    return (server / "tls" / name).read_text()


def device(folder: Path, server: Path, ident: str = "d1") -> DeviceRoute:
    folder.mkdir(exist_ok=True)
    if not (folder / "ca.pem").exists():
        private_file.write(folder / "ca.pem", pem(server).encode())
    return DeviceRoute(folder, ident, HERE, ssl.create_default_context(cafile=folder / "ca.pem"), private_file.write)


@pytest.mark.parametrize(
    "route",
    [
        {"urls": ["http://queue.example:8443"]},
        {"urls": ["https://somebody@queue.example"]},
        {"urls": ["https://queue.example/elsewhere"]},
        {"urls": ["https://queue.example\n"]},
        {"urls": [HERE] * 5},
        {"authorities": ["no certificate"]},
        {"authorities": ["-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"] * 4},
        {"authorities": ["-----BEGIN CERTIFICATE-----\n" + "A" * 9000 + "\n-----END CERTIFICATE-----\n"]},
    ],
)
def test_what_is_no_route_is_no_answer(route: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"at": "2026-11-25T08:00:00Z", "route": route}, StatusAnswer)


def test_a_server_that_is_older_announces_nothing_and_a_device_that_is_older_says_nothing() -> None:
    assert msgspec.json.decode(b'{"at": "2026-11-25T08:00:00Z"}', type=StatusAnswer).route is None
    older = msgspec.json.decode(b'{"mode": "in-service"}', type=StatusRequest)
    assert (older.trusts, older.urls) == ((), ())


def test_what_is_no_authority_in_force_is_refused(server: Path, tmp_path: Path) -> None:
    ours = fingerprints(pem(server).encode())
    init_tls(tmp_path / "strange")
    init_tls(tmp_path / "old", now=NOW - timedelta(days=4000))
    leaf = pem(server, "server.pem").partition("-----END CERTIFICATE-----\n")
    broken = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"
    for others, reason in (
        ((broken,), "unreadable"),
        ((leaf[0] + leaf[1],), "no-authority"),
        ((pem(tmp_path / "old"),), "ended"),
    ):
        with pytest.raises(RouteInvalidError) as caught:
            check_authorities(ServerRoute((), (pem(server), *others)), ours, NOW)
        assert caught.value.placeholders == {"reason": reason}
    with pytest.raises(RouteInvalidError) as caught:
        check_authorities(ServerRoute((), (pem(tmp_path / "strange"),)), ours, NOW)
    assert caught.value.placeholders == {"reason": "strange"}
    check_authorities(ServerRoute((), (pem(server), pem(tmp_path / "strange"))), ours, NOW)


async def test_what_is_taken_is_there_after_a_start_and_what_is_refused_changes_nothing(
    server: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "device"
    route = device(folder, server)
    first = route.trusts
    found = authority.prepare(server, NOW)
    announced = ServerRoute((THERE, HERE), found.announced(NOW))
    assert await route.accept(announced)
    assert not await route.accept(announced), "nothing new"
    for one in (route, device(folder, server)):
        assert len(one.trusts) == 2
        assert one.trusts[0] == first[0]
        assert one.urls == (THERE, HERE)
        assert one.told(StatusRequest("in-service")).urls == (THERE, HERE)
    # It stays where it is until nobody answers there, and comes round.
    assert route.url == HERE
    route.leave(THERE)
    assert route.url == HERE
    route.leave(HERE)
    assert route.url == THERE
    route.leave(THERE)
    assert route.url == HERE
    await asyncio.to_thread(init_tls, tmp_path / "strange")
    before = (folder / "ca.pem").read_bytes()
    assert not await route.accept(ServerRoute((), (pem(tmp_path / "strange"),)))
    assert (folder / "ca.pem").read_bytes() == before
    assert len(route.trusts) == 2
    # Nothing is let go where nothing is said of it, and the address of enrolment stays whatever is said.
    assert await route.accept(ServerRoute())
    assert (len(route.trusts), route.urls) == (2, (HERE,))


async def test_another_enrolment_knows_nothing_of_the_addresses_before(server: Path, tmp_path: Path) -> None:
    assert await device(tmp_path / "device", server).accept(ServerRoute((THERE,)))
    assert device(tmp_path / "device", server).urls == (THERE, HERE)
    assert device(tmp_path / "device", server, "d2").urls == (HERE,)
    (tmp_path / "device" / "server-addresses.json").write_bytes(b'{"device": "d1", "urls": ["http://in.the.clear"]}')
    assert device(tmp_path / "device", server).urls == (HERE,)


async def test_in_the_clear_or_without_an_authority_of_its_own_a_device_takes_none(
    server: Path, tmp_path: Path
) -> None:
    clear = DeviceRoute(tmp_path, "d1", "http://127.0.0.1:8080", None, private_file.write)
    assert not await clear.accept(ServerRoute((THERE,), (pem(server),)))
    public = DeviceRoute(tmp_path, "d1", HERE, None, private_file.write)
    assert await public.accept(ServerRoute((THERE,), (pem(server),)))
    assert (public.trusts, public.urls, public.ssl) == ((), (THERE, HERE), True)
    assert not (tmp_path / "ca.pem").exists()


async def test_a_disk_that_takes_nothing_leaves_what_was_known(server: Path, tmp_path: Path) -> None:
    route = device(tmp_path / "device", server)
    found = authority.prepare(server, NOW)

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, f"{path.name} {len(content)}")

    route._write = full
    assert not await route.accept(ServerRoute((THERE,), found.announced(NOW)))
    assert (len(route.trusts), route.urls) == (1, (HERE,))
    route._write = private_file.write
    assert await route.accept(ServerRoute((THERE,), found.announced(NOW)))
    assert (len(route.trusts), route.urls) == (2, (THERE, HERE))
