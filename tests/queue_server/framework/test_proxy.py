"""Behind a proxy the server believes what it says of the client, and only then."""

import socket
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server import bootstrap
from queue_server.accounts.model import Role
from queue_server.database import parse_url
from queue_server.domain.values import now_micros
from queue_server.framework.proxies import Origin, is_within, networks, origin
from queue_server.framework.server_location import ServerLocation
from queue_server.framework.settings import HttpSettings, SettingsError, parse_settings
from tests.queue_server.house import KNOWN, QUICK, House

FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "queue.example",
    "X-Forwarded-For": "10.9.9.9, 198.51.100.7",
    "Origin": "https://queue.example",
}


async def enter(data: Path, *, behind_proxy: bool, proxies: tuple[str, ...] = ("127.0.0.1",)) -> tuple[int, str, int]:
    """Open a counter as a browser behind a proxy does; then read the figures, which are for this machine."""
    settings = QUICK.but(replace(QUICK[HttpSettings], proxies=proxies))
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    place = ServerLocation(data, parse_url(None, data), listener, address, behind_proxy=behind_proxy)
    async with bootstrap.running(KNOWN, place, settings, now_micros) as server, aiohttp.ClientSession() as http:
        desk, _ = await House(server, address, http).staff(Role.COUNTER, "1")
        # Over TLS a cookie has another name, which no neighbour of the domain can set.
        cookies = f"{desk.headers['Cookie']}; __Host-{desk.headers['Cookie']}"
        opened = await desk.post("/centres/demo/counters/1/open", **FORWARDED, Cookie=cookies)
        assert len(opened.headers["X-Request-Id"]) == 36
        async with http.get(f"{address}/metrics") as figures:
            return opened.status, opened.headers.get("Strict-Transport-Security", ""), figures.status


async def test_a_proxy_is_believed_where_there_is_one(data: Path) -> None:
    assert await enter(data, behind_proxy=True) == (200, "max-age=31536000; includeSubDomains", 401)


async def test_and_nobody_else_is(data: Path) -> None:
    assert await enter(data, behind_proxy=False) == (403, "", 200)


async def test_a_stranger_that_reaches_the_port_beside_the_proxy_is_not(data: Path) -> None:
    assert (await enter(data, behind_proxy=True, proxies=("192.0.2.0/24",)))[0] == 403


TRUSTED = networks(["10.0.0.0/8", "2001:db8::/32", "127.0.0.1"])


def client(peer: str, *lines: str) -> str:
    return origin(peer, TRUSTED, clients=lines, schemes=(), hosts=()).client


@pytest.mark.parametrize(
    ("peer", "lines", "expected"),
    [
        ("10.0.0.1", (), "10.0.0.1"),
        ("10.0.0.1", ("198.51.100.7",), "198.51.100.7"),
        ("10.0.0.1", ("10.9.9.9, 198.51.100.7",), "198.51.100.7"),
        # One proxy behind another.
        ("10.0.0.1", ("203.0.113.5, 198.51.100.7, 10.0.0.2",), "198.51.100.7"),
        # HAProxy adds a line of its own; the one before it is the client's invention.
        ("10.0.0.1", ("203.0.113.5", "198.51.100.7"), "198.51.100.7"),
        ("10.0.0.1", ("203.0.113.5, 10.0.0.9", "198.51.100.7", "10.0.0.2"), "198.51.100.7"),
        ("::ffff:10.0.0.1", ("2001:db9::1",), "2001:db9::1"),
        # Whatever comes from anybody else is its own word.
        ("198.51.100.7", ("203.0.113.5",), "198.51.100.7"),
        ("10.0.0.1", ("unknown",), "unknown"),
        ("10.0.0.1", (" , ", ""), "10.0.0.1"),
    ],
)
def test_the_client_is_the_last_that_no_proxy_is(peer: str, lines: tuple[str, ...], expected: str) -> None:
    assert client(peer, *lines) == expected


def test_scheme_and_host_come_from_the_last_line_too() -> None:
    found = origin("10.0.0.1", TRUSTED, clients=["198.51.100.7"], schemes=["http", "https"], hosts=["evil", "queue"])
    assert found == Origin("198.51.100.7", "https", "queue")
    odd = origin("10.0.0.1", TRUSTED, clients=(), schemes=["javascript"], hosts=())
    assert odd == Origin("10.0.0.1")


addresses = st.ip_addresses().map(str)


strangers = addresses.filter(lambda one: not is_within(one, TRUSTED))
proxies = st.one_of(st.ip_addresses(network="10.0.0.0/8"), st.ip_addresses(network="2001:db8::/32")).map(str)


@given(st.lists(st.text(), max_size=3), strangers, st.lists(proxies, max_size=3))
def test_what_a_client_invents_changes_nothing(invented: list[str], real: str, passed: list[str]) -> None:
    assert client("10.0.0.1", *invented, ", ".join([real, *passed])) == real


def test_a_proxy_that_is_no_address_is_refused_with_its_key() -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings('[http]\nproxies = ["10.0.0.300"]', KNOWN.sections)
    assert (caught.value.placeholders["section"], caught.value.placeholders["key"]) == ("http", "proxies")
