"""The server is lost, and a spare one goes on at another address: as the page says, with devices that find it alone.

A real kiosk, a real board, staff in a browser, and kiosks that issue one ticket after the other all the while, all over
TLS. What happens and how long it takes is printed.
"""

import asyncio
import json
import re
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kiosk import start as kiosk_start
from queue_server.contract.client import ApiClient, ServerUnreachableError
from queue_server.contract.devices import StatusRequest
from queue_server.contract.visits import IssueRequest
from queue_server.database.url import DEFAULT_FILE
from queue_server.domain.values import Category, new_id
from tests.docs.walk import CENTRE, ROOT, TICKET, Newcomer, actions
from tests.ports import free_port
from tests.queue_server.accounts.test_authority_moves import started
from tests.queue_server.web.chromium import chromium

PAGE = (ROOT / "docs" / "lost-server.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"^(?=## )", PAGE, flags=re.MULTILINE)[1:]
BUSY_KIOSKS = 3
WELL = StatusRequest("in-service")

_DEVICES = """
## Its devices
```sh
queue-server enrol-code --kind kiosk --name "Kiosk 1" --centre river --data ~/centre/server
```
```text
12345678
```
```sh
kiosk run --server https://queue.centre.example:8443 --code 12345678 --data ~/centre/kiosk-1 \\
  --ca ~/centre/server/tls/ca.pem 2> ~/centre/kiosk-1.log &
queue-server enrol-code --kind screen --name "Board" --centre river --data ~/centre/server
```
```text
12345678
```
```sh
signage run --server https://queue.centre.example:8443 --code 12345678 --data ~/centre/board \\
  --ca ~/centre/server/tls/ca.pem 2> ~/centre/board.log &
```
"""
_TAKEN = "5. Touch **I have my number**.\n"
_LOST = """
## It is lost
```sh
kill -9 %1
wait %1 || true
rm -r ~/centre/server
```
"""
_SERVED = """
## Staff go on
1. Open <https://spare.centre.example:8444/sign-in?centre=river>.
2. Sign in as `ines.moreau`.
3. Choose counter **1**.
4. Press `O`.
5. Press `Space`.
The board shows **A 001**.
"""


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let the walk block: it has no loop."""


@dataclass
class BusyKiosk:
    """A device that makes visits and codes by itself, and tells again what it holds when another life has begun."""

    folder: Path
    enrol: Callable[[], object]
    told: list[IssueRequest] = field(default_factory=list)
    answered: int = 0

    async def run(self, over: threading.Event) -> None:
        async with started("kiosk", self.folder) as client:
            series = await client.series("river")
            service = (await client.services("river")).services[0].id
            life, said = series.epoch, 0.0
            while not over.is_set():
                try:
                    if time.monotonic() - said > 1:
                        await client.report_status("river", WELL)
                        said = time.monotonic()
                        now = (await client.series("river")).epoch
                        if now != life:
                            for one in self.told:
                                await client.issue("river", one, str(one.id), datetime.now(UTC))
                            life = now
                    await self._issue(client, f"{series.letter}{len(self.told) + 1:03}", service)
                except ServerUnreachableError:
                    await asyncio.sleep(0.2)

    async def _issue(self, client: ApiClient, code: str, service: str) -> None:
        ticket = IssueRequest((service,), Category.WALK_IN, "en", id=new_id(), code=code, issued_at=datetime.now(UTC))
        self.told.append(ticket)
        while True:
            with suppress(ServerUnreachableError):
                await client.issue("river", ticket, str(ticket.id), datetime.now(UTC))
                self.answered += 1
                break
            await asyncio.sleep(0.2)
        await asyncio.sleep(0.2)


class Load:
    """Busy kiosks in a thread of their own."""

    def __init__(self, kiosks: list[BusyKiosk]) -> None:
        self.kiosks = kiosks
        self._over = threading.Event()
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        async def all_of_them() -> None:
            async with asyncio.TaskGroup() as group:
                for kiosk in self.kiosks:
                    group.create_task(kiosk.run(self._over))

        try:
            # Each has a loop of its own.
            for kiosk in self.kiosks:
                kiosk.enrol()
            asyncio.run(all_of_them())
        except BaseException as error:  # noqa: BLE001 - told by whoever waits for more
            self._failed = error

    @property
    def answered(self) -> int:
        return sum(kiosk.answered for kiosk in self.kiosks)

    def more(self, each: int) -> None:
        """Wait until each has had so many more answers."""
        wanted = [kiosk.answered + each for kiosk in self.kiosks]
        while any(kiosk.answered < count for kiosk, count in zip(self.kiosks, wanted, strict=True)):
            assert self._thread.is_alive(), self._failed
            time.sleep(0.05)

    def end(self) -> None:
        self._over.set()
        self._thread.join()
        assert self._failed is None, self._failed


def command(*arguments: str) -> str:
    done = subprocess.run(
        [ROOT / ".venv" / "bin" / "queue-server", *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout


def tickets(data: Path) -> Counter[str]:
    """Count the tickets of each code in the log of a server."""
    with closing(sqlite3.connect(f"file:{data / DEFAULT_FILE}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT payload FROM events WHERE type = 'visit-issued'").fetchall()
    return Counter(json.loads(payload)["code"] for (payload,) in rows)


def told_of(data: Path) -> list[list[str]]:
    """List what each device says of the addresses that it was told."""
    said: dict[str, Any] = json.loads(command("authority", "status", "--json", "--data", str(data)))
    return [one["urls"] for one in said["devices"]]


class Centre:
    """What is done to the centre, and when."""

    def __init__(self, folder: Path, newcomer: Newcomer, addresses: list[str]) -> None:
        self._folder, self._newcomer, self._addresses = folder, newcomer, addresses
        self.here, self.spare = folder / "centre" / "server", folder / "spare" / "server"
        self.codes: list[str] = []

    def ticket(self) -> None:
        """Somebody takes the kiosk's next ticket."""
        number = len(self.codes) + 1
        self._newcomer.follow(TICKET.replace("A 001", f"A {number:03}") + _TAKEN)
        self.codes.append(f"A{number:03}")

    def busy_kiosks(self) -> Load:
        kiosks = []
        for number in range(BUSY_KIOSKS):
            named = ("--kind", "kiosk", "--name", f"Busy {number}", "--centre", "river")
            code = command("enrol-code", *named, "--data", str(self.here)).split()[-1]
            folder = self._folder / f"busy-{number}"
            server = self._addresses[0], code, self.here / "tls" / "ca.pem"
            kiosks.append(BusyKiosk(folder, partial(kiosk_start.enrol_machine, folder, None, *server)))
        return Load(kiosks)

    def all_told(self) -> None:
        """Wait until each device has said that it knows both addresses."""
        while told_of(self.here) != [self._addresses] * (BUSY_KIOSKS + 2):
            time.sleep(0.5)

    def arrived(self, codes: Iterable[str]) -> None:
        """Wait until the spare server has these tickets."""
        while not set(codes) <= tickets(self.spare).keys():
            time.sleep(0.1)


def lose(centre: Centre, newcomer: Newcomer, load: Load) -> str:
    """Do what the page says while tickets are given, lose the server in between, and say how it went."""
    _, told, nightly, lost = SECTIONS
    load.more(5)
    centre.all_told()
    newcomer.follow(told)
    began = load.answered
    newcomer.follow(nightly)
    meanwhile = load.answered - began
    assert meanwhile > 0
    centre.ticket()
    load.more(5)
    answered = load.answered + len(centre.codes)
    newcomer.follow(_LOST)
    gone = time.monotonic()
    centre.ticket()
    began_again = time.monotonic()
    newcomer.follow(lost)
    ready = time.monotonic()
    load.more(5)
    found = time.monotonic()
    centre.arrived(centre.codes)
    again = time.monotonic()
    newcomer.follow(_SERVED)
    load.more(5)
    done = actions(PAGE)
    (typed,) = (count for section, count in done.items() if section in lost)
    return (
        f"{answered} tickets before the loss, {meanwhile} of them while the backup was made; "
        f"{typed} actions, {ready - began_again:.1f} s until the spare server was ready; busy kiosks were there "
        f"{found - ready:.1f} s later, the kiosk had told again {again - ready:.1f} s later, "
        f"{again - gone:.1f} s after the loss"
    )


@pytest.mark.timeout(1200)
def test_devices_find_the_spare_server_and_nothing_is_lost_or_twice(tmp_path: Path) -> None:
    ports = {"8443": str(free_port()), "8444": str(free_port())}
    names = ports | {"queue.centre.example": "localhost", "spare.centre.example": "localhost"}
    with chromium() as browser:
        seen = browser.new_context(locale="en", viewport={"width": 1440, "height": 900}, ignore_https_errors=True)
        desk = seen.new_page()
        desk.set_default_timeout(60_000)
        with Newcomer(tmp_path, desk, names=names) as newcomer:
            centre = Centre(tmp_path, newcomer, [f"https://localhost:{port}" for port in ports.values()])
            (tmp_path / "safe").mkdir()
            for page in (CENTRE, SECTIONS[0], _DEVICES):
                newcomer.follow(page)
            centre.ticket()
            load = centre.busy_kiosks()
            try:
                how_it_went = lose(centre, newcomer, load)
            finally:
                load.end()
            centre.ticket()
            issued = [*centre.codes, *(str(one.code) for kiosk in load.kiosks for one in kiosk.told)]
            centre.arrived(issued)
    assert tickets(centre.spare) == Counter(issued), "each ticket is there once"
    verified = json.loads(command("verify", "--json", "--data", str(centre.spare)))
    assert verified["ok"], verified
    print(f"{len(issued)} tickets, 0 lost, 0 twice: {how_it_went}")
