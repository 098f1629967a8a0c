"""A server whose clock is set by hand while it works, for real: its day, its numbers and its sign-ins stay.

``libfaketime`` stands between the process and the clock of the machine; what counts since the start of the machine is
left alone, as it is when somebody sets a clock.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from queue_server.contract.client import ApiClient
from tests.faults import callers as c
from tests.faults.server_process import Installation, ServerError
from tests.faults.test_day_change import catalogue

LIBRARY = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
PATIENCE_S = 60
HOUR, DAY = 3_600, 86_400
TICKET = {"services": ["uto-evacuation"], "category": "walk-in", "language": "en"}


class Hand:
    """Sets the clock of all processes that are started with ``environment``."""

    def __init__(self, folder: Path, began: datetime) -> None:
        self._file = folder / "clock"
        self._began = int(began.timestamp() - datetime.now(UTC).timestamp())
        self.environment = {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            # Only what is told here is so.
            "TZ": "UTC",
        }
        self._write(0)

    def _write(self, seconds: int) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{self._began + seconds:+d}\n", "ascii")
        fresh.replace(self._file)

    async def leap(self, seconds: int) -> None:
        """Set the clock so far from the right time."""
        await asyncio.to_thread(self._write, seconds)


async def until_reasons(url: str, expected: set[str]) -> None:
    async with aiohttp.ClientSession() as http, asyncio.timeout(PATIENCE_S):
        while True:
            async with http.get(f"{url}/readyz") as answer:
                body: dict[str, Any] = await answer.json()
            if {reason["code"] for reason in body["reasons"]} == expected:
                return
            # Each look is at everything: the server shall have the processor meanwhile.
            await asyncio.sleep(0.25)


def before_summer_time() -> datetime:
    """Give a moment half an hour before Brussels goes over to summer time."""
    return datetime(2027, 3, 28, 0, 30, tzinfo=UTC)


def before_winter_time() -> datetime:
    """Give a moment half an hour before Brussels goes back to its own."""
    return datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def before_midnight() -> datetime:
    """Give a moment half an hour before midnight in Brussels."""
    return datetime(2026, 11, 26, 22, 30, tzinfo=UTC)


@pytest.mark.skipif(LIBRARY is None, reason="libfaketime is not installed")
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "began",
    [
        before_midnight,
        pytest.param(before_summer_time, marks=pytest.mark.long),
        pytest.param(before_winter_time, marks=pytest.mark.long),
    ],
)
async def test_leaps_of_the_clock_leave_the_day_as_it_is(tmp_path: Path, began: Any) -> None:
    hand = await asyncio.to_thread(Hand, tmp_path, began())
    installation = Installation(tmp_path / "data", environment=hand.environment)
    await installation.command("init")
    file = tmp_path / "edge.toml"
    text = (
        (await asyncio.to_thread(catalogue))
        .replace('zone = "Test/Edge"', 'zone = "Europe/Brussels"')
        .replace('"00:00"', '"04:00"')
    )
    await asyncio.to_thread(file.write_text, text, "utf-8")
    await installation.command("import", str(file))
    code = await installation.enrol_code("integration", "load", "manager", "edge")
    server = installation.server()
    await server.start()
    try:
        assert server.url is not None
        async with ApiClient(server.url, None) as client:
            token = (await client.enrol(code)).token
        async with c.calling([server], 1, "edge") as callers:
            first = await callers.ask(c.request(token, "/visits", **TICKET))
            day, numbers = str(first.body["cursor"]).partition(":")[0], [str(first.body["visit"]["code"])]
            for leap in (-HOUR, 4 * HOUR, DAY, -DAY, 366 * DAY):
                await hand.leap(leap)
                await until_reasons(server.url, {"clock-jumped"})
                answer = await callers.ask(c.request(token, "/visits", **TICKET))
                assert answer.status == 201, answer
                assert str(answer.body["cursor"]).partition(":")[0] == day
                numbers.append(str(answer.body["visit"]["code"]))
                await hand.leap(0)
                await until_reasons(server.url, set())
            assert numbers == [f"A{number:03}" for number in range(1, len(numbers) + 1)]
            async with (
                aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as http,
                http.get(f"{server.url}/api/v1/centres/edge/queue") as shown,
            ):
                waiting = {visit["code"]: visit["state"] for visit in (await shown.json())["queue"]["visits"]}
            assert waiting == dict.fromkeys(numbers, "waiting")
    finally:
        await server.stop()
    # Looking needs no clock, and a program with one of its own starts slowly.
    installation.environment.clear()
    assert (await installation.verify())["ok"]


MANAGERS = ("ana.silva", "ben.okafor")


async def with_passwords(place: Installation) -> list[str]:
    lines = [
        await place.command("staff", "add", login, "--name", login, "--centre", "demo", "--role", "manager")
        for login in MANAGERS
    ]
    return [line[-1] for line in lines]


async def people_key(place: Installation) -> bytes:
    return await asyncio.to_thread((place.data / "keys" / "people.key").read_bytes)


@pytest.mark.skipif(LIBRARY is None, reason="libfaketime is not installed")
@pytest.mark.timeout(900)
async def test_a_start_with_a_clock_far_ahead_destroys_nothing(tmp_path: Path) -> None:
    """A server is started two months ahead: it waits, until the clock is right or two managers have said that it is."""
    hand = await asyncio.to_thread(Hand, tmp_path, datetime(2026, 11, 26, 12, 0, tzinfo=UTC))
    place = Installation(tmp_path / "data", environment=hand.environment)
    await place.init()
    passwords = await with_passwords(place)
    code = await place.enrol_code("integration", "load", "manager")
    first = place.server()
    await first.start()
    assert first.url is not None
    async with ApiClient(first.url, None) as client:
        token = (await client.enrol(code)).token
    async with c.calling([first], 1, "demo") as callers:
        issued = await callers.ask(c.request(token, "/visits", **TICKET))
    day = str(issued.body["cursor"]).partition(":")[0]
    await first.stop()
    kept = await people_key(place)

    await hand.leap(60 * DAY)
    second = place.server()
    await second.start()
    assert second.url is not None
    await until_reasons(second.url, {"clock-ahead"})
    assert await people_key(place) == kept
    await hand.leap(60)
    await until_reasons(second.url, set())
    async with c.calling([second], 1, "demo") as callers:
        again = await callers.ask(c.request(token, "/visits", **TICKET))
    assert str(again.body["cursor"]).partition(":")[0] == day, "and no day was ended"
    await second.stop()

    await hand.leap(60 * DAY)
    third = place.server()
    await third.start()
    assert third.url is not None
    await until_reasons(third.url, {"clock-ahead"})
    named = ("--asked-by", MANAGERS[0], "--confirmed-by", MANAGERS[1])
    with pytest.raises(ServerError):
        await place.command(
            *("day", "confirm-clock", "demo", *named),
            *("--asked-password", passwords[0], "--confirmed-password", passwords[0]),
        )
    kept = await people_key(place)
    await until_reasons(third.url, {"clock-ahead"})
    await place.command(
        *("day", "confirm-clock", "demo", *named),
        *("--asked-password", passwords[0], "--confirmed-password", passwords[1]),
    )
    await until_reasons(third.url, set())
    assert await people_key(place) != kept, "what is over by the right clock goes"
    await third.stop()
    # Looking needs no clock, and a program with one of its own starts slowly.
    place.environment.clear()
    assert (await place.verify())["ok"]
