"""Kiosks against ``queue-server serve`` over a line that loses things."""

import asyncio
import contextlib
import json
import random
import secrets
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from msgspec.structs import replace

from kiosk.kit import fonts
from kiosk.link.refresh import refresh
from kiosk.settings import KioskLinkSettings
from kiosk.tickets.outbox import Outbox, OutboxWorker
from kiosk.tickets.uploader import TicketRelay, TicketUploader
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import build
from peripherals.documents.settings import DocumentSettings
from queue_server.contract.client import ApiClient
from tests.demo_folder import demo_folder
from tests.faults.lossy_proxy import LossyProxy
from tests.faults.server_process import PROGRAM, Installation
from tests.kiosk.app.centre import until
from tests.kiosk.app.stand import SETTINGS, stand
from tests.kiosk.app.test_process import files_with

FAST = KioskLinkSettings(request_s=30, retry_first_s=0.005, retry_max_s=0.02)


@dataclass
class Queue:
    """The day as a manager sees it."""

    url: str
    token: str

    async def queue(self) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with (
            aiohttp.ClientSession(headers=headers) as http,
            http.get(f"{self.url}/api/v1/centres/demo/queue") as answer,
        ):
            assert answer.status == 200
            queue: dict[str, Any] = (await answer.json())["queue"]
            return queue

    async def visits(self) -> list[dict[str, Any]]:
        visits: list[dict[str, Any]] = (await self.queue())["visits"]
        return visits

    async def calls(self, kiosk: str, *wanted: tuple[str, str | None, str | None]) -> None:
        """Wait until staff see these help calls of a kiosk and no others: kind, language, what they are about."""

        async def seen() -> set[tuple[str, str | None, str | None]]:
            calls = [one for one in (await self.queue())["help"] if one["device_name"] == kiosk]
            return {(one["kind"], one["language"], one["about"]) for one in calls}

        async with asyncio.timeout(60):
            while await seen() != {*wanted}:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def say(self, path: str, body: dict[str, object]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": secrets.token_hex(8)}
        async with (
            aiohttp.ClientSession(headers=headers) as http,
            http.post(f"{self.url}/api/v1/centres/demo/{path}", json=body) as answer,
        ):
            assert answer.status in {200, 201}, await answer.text()
            said: dict[str, Any] = await answer.json()
            return said

    async def codes(self, of: Collection[str]) -> list[str]:
        """Give those codes that are waiting, in the order in which they will be called."""
        return [one["code"] for one in await self.visits() if one["code"] in of]


async def manager(place: Installation, url: str) -> Queue:
    code = await place.enrol_code("integration", "Watcher", "manager")
    async with ApiClient(url, None) as client:
        return Queue(url, (await client.enrol(code)).token)


@dataclass
class Sender:
    """A kiosk without screen and devices: outbox and delivery."""

    box: OutboxWorker
    delivery: TicketRelay
    service: str

    async def issue(self, now: datetime) -> str:
        return str((await self.box(Outbox.issue, (self.service,), "en", now)).code)

    async def deliver(self) -> None:
        """Send whatever waits, until nothing does."""
        task = asyncio.create_task(self.delivery.task.run())
        async with asyncio.timeout(60):
            while (await self.box(Outbox.standing)).waiting:
                self.delivery.wake()
                await asyncio.sleep(0.005)
        task.cancel()
        await asyncio.wait({task})


@asynccontextmanager
async def sender(code: str, direct: str, url: str, path: Path) -> AsyncIterator[Sender]:
    async with ApiClient(direct, None) as client:
        answer = await client.enrol(code)
    assert answer.series is not None
    async with (
        OutboxWorker(path) as box,
        ApiClient(direct, answer.token) as first,
        ApiClient(url, answer.token, timeout=FAST.request_s) as client,
    ):
        await box(Outbox.enrol, "demo", answer.series)
        catalogue, begun, _ = await refresh(first, "demo", box)
        assert begun
        delivery = TicketRelay(box, TicketUploader(client, "demo"), FAST, clock=str)
        yield Sender(box, delivery, catalogue.services[0].id)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    """One server for all tests of this file: each looks at the tickets of its own kiosks."""
    data = tmp_path_factory.mktemp("server")
    demo_folder(data)
    with (
        (data / "errors").open("wb") as errors,
        subprocess.Popen(
            [PROGRAM, "serve", "--data", data, "--port", "0"], stdout=subprocess.PIPE, stderr=errors
        ) as server,
    ):
        assert server.stdout is not None
        listening = json.loads(server.stdout.readline())
        assert listening["ready"], listening
        yield Installation(data), listening["listening"]
        server.terminate()
        assert server.wait() == 0


async def test_three_kiosks_lose_a_third_of_everything_and_are_away(
    place: tuple[Installation, str], tmp_path: Path
) -> None:
    installation, url = place
    dice = random.Random(11)
    port = urlsplit(url).port
    assert port is not None
    async with AsyncExitStack() as stack:
        line = await stack.enter_async_context(LossyProxy("127.0.0.1", port, seed=11))
        names = ["left", "middle", "right"]
        codes = await asyncio.gather(*(installation.enrol_code("kiosk", name) for name in names))
        kiosks = [
            await stack.enter_async_context(sender(code, url, line.url, tmp_path / name))
            for name, code in zip(names, codes, strict=True)
        ]
        line.lose_requests = line.lose_answers = 0.3
        running = [asyncio.create_task(kiosk.delivery.task.run()) for kiosk in kiosks]
        paper: list[list[str]] = [[], [], []]
        turn = 0
        # How often anything is sent, and can be lost, is the machine's to say.
        while turn < 150 or line.lost <= 30:
            if turn % 25 == 10:
                line.away = True
            if turn % 25 == 20:
                line.away = False
            which = dice.randrange(3)
            paper[which].append(await kiosks[which].issue(datetime.now(UTC)))
            kiosks[which].delivery.wake()
            await asyncio.sleep(dice.random() * 0.005)
            turn += 1
        line.away = False
        line.lose_requests = line.lose_answers = 0.0
        for task in running:
            task.cancel()
        await asyncio.wait(running)
        for kiosk in kiosks:
            await kiosk.deliver()
        standings = [await kiosk.box(Outbox.standing) for kiosk in kiosks]
    assert [standing.refused for standing in standings] == [0, 0, 0]
    printed = [code for one in paper for code in one]
    assert len(printed) == len(set(printed)) == turn
    queue = await manager(installation, url)
    # A code that was taken twice would stand here twice.
    assert sorted(await queue.codes(printed)) == sorted(printed)
    for one in paper:
        assert await queue.codes(one) == one, "each kiosk's tickets stand in the order of issue"
    report = await installation.verify()
    assert report["ok"], report


@pytest.mark.parametrize("wrong", [timedelta(days=365), timedelta(days=-365)], ids=["ahead", "behind"])
async def test_a_clock_a_year_wrong_changes_nobodys_place(
    place: tuple[Installation, str], tmp_path: Path, wrong: timedelta
) -> None:
    installation, url = place
    codes = await asyncio.gather(*(installation.enrol_code("kiosk", name) for name in ("true", "false")))
    async with (
        sender(codes[0], url, url, tmp_path / "true") as right,
        sender(codes[1], url, url, tmp_path / "false") as other,
    ):
        issued = []
        for _ in range(5):
            issued.append(await right.issue(datetime.now(UTC)))
            await right.deliver()
            issued.append(await other.issue(datetime.now(UTC) + wrong))
            await other.deliver()
    assert await (await manager(installation, url)).codes(issued) == issued


async def test_a_whole_visit_from_the_box(place: tuple[Installation, str], tmp_path: Path, qapp: object) -> None:
    assert qapp is not None
    await asyncio.to_thread(fonts.load)
    installation, url = place
    code = await installation.enrol_code("kiosk", "Kiosk 3")
    async with stand(tmp_path, url) as kiosk:
        await kiosk.shows("setup")
        for digit in code:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("language", no_paper=False)
        kiosk.act("language", "ar")
        await kiosk.shows("identify")
        kiosk.act("no-document")
        for page in ("government", "kind", "service"):
            shown = await kiosk.shows(page)
            kiosk.act("choose", shown["choices"][0]["id"])
        await kiosk.shows("more")
        kiosk.act("go-on")
        await kiosk.shows("confirm")
        kiosk.act("confirm")
        ticket = await kiosk.shows("ticket", paper="taken")
        assert ticket["ahead"] >= 0
        address = await kiosk.paper(1)
        kiosk.act("help")
        await kiosk.shows("help", sent="told", kiosk="Kiosk 3")
        kiosk.act("private")
        await kiosk.shows("help", sent="told", private=True)
    assert address.startswith(f"{url}/t/")
    async with aiohttp.ClientSession() as http, http.get(address) as answer:
        assert answer.status == 200, "the code on the paper leads to the ticket's page"
        assert ticket["code"][1:] in await answer.text()
    assert await (await manager(installation, url)).codes([ticket["code"]]) == [ticket["code"]]


async def test_what_a_kiosk_calls_for_ends_with_its_cause(
    place: tuple[Installation, str], tmp_path: Path, qapp: object
) -> None:
    assert qapp is not None
    await asyncio.to_thread(fonts.load)
    installation, url = place
    queue, code = await manager(installation, url), await installation.enrol_code("kiosk", "Kiosk 6")
    async with stand(tmp_path, url) as kiosk:
        await kiosk.shows("setup")
        for digit in code:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("language", no_paper=False)
        kiosk.act("language", "ar")
        kiosk.act("help")
        await kiosk.shows("help", sent="told")
        await queue.calls("Kiosk 6", ("help", "ar", "document"))
        kiosk.act("private")
        await queue.calls("Kiosk 6", ("private", "ar", "document"))
        kiosk.act("no-help")
        await queue.calls("Kiosk 6")
        await kiosk.printer.set(paper="out")
        await kiosk.reader.command(["unplug"])
        kiosk.act("help")
        await queue.calls("Kiosk 6", ("help", "ar", "document"), ("paper", None, None), ("fault", None, "reader"))
        kiosk.start_over()
        await queue.calls("Kiosk 6", ("paper", None, None), ("fault", None, "reader"))
    async with stand(tmp_path, url) as kiosk:
        # Started again, with paper and a reader: what was called for before ends too.
        await kiosk.shows("language", no_paper=False)
        await queue.calls("Kiosk 6")


async def test_what_managers_say_reaches_the_kiosk_and_its_tickets_find_their_place(
    place: tuple[Installation, str], tmp_path: Path, qapp: object
) -> None:
    assert qapp is not None
    await asyncio.to_thread(fonts.load)
    installation, url = place
    queue = await manager(installation, url)
    code = await installation.enrol_code("kiosk", "Kiosk 4")
    async with stand(tmp_path, url) as kiosk:
        await kiosk.shows("setup")
        for digit in code:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("language", no_paper=False, notice=None)
        kiosk.act("language", "en")
        await kiosk.shows("identify")
        kiosk.act("no-document")
        for page in ("government", "kind", "service"):
            shown = await kiosk.shows(page)
            kiosk.act("choose", shown["choices"][0]["id"])
        await kiosk.shows("more")
        kiosk.act("go-on")
        await kiosk.shows("confirm")
        kiosk.act("ask")
        await kiosk.shows("priority")
        kiosk.act("ask-first")
        await kiosk.shows("confirm", asks=True)
        kiosk.act("confirm")
        ticket = await kiosk.shows("ticket", paper="taken")
        address = await kiosk.paper(1)
        kiosk.act("done")
        await kiosk.shows("language")
        assert [one["asks_priority"] for one in await queue.visits() if one["code"] == ticket["code"]] == [True]
        notice = (await queue.say("notices", {"kind": "announcement", "text": "delay", "where": "kiosks"}))["notice"]
        await until(lambda: kiosk.model.get("notice") is not None)
        await queue.say("intake", {"intake": "full"})
        await kiosk.shows("closed", reason="full")
        # Who has a ticket sees the place all the same.
        await kiosk.scanner.scan(address)
        await kiosk.shows("status", found="waiting", code=ticket["code"])
        kiosk.start_over()
        await queue.say("intake", {"intake": "open"})
        await queue.say(f"notices/{notice['id']}/end", {})
        await kiosk.shows("language", notice=None)
        alarm = (await queue.say("notices", {"kind": "emergency", "text": "leave-building"}))["notice"]
        await kiosk.shows("emergency")
        await queue.say(f"notices/{alarm['id']}/end", {})
        await kiosk.shows("language", notice=None)


async def test_the_number_of_a_lost_ticket_is_typed_and_says_what_boards_show(
    place: tuple[Installation, str], tmp_path: Path, qapp: object
) -> None:
    assert qapp is not None
    await asyncio.to_thread(fonts.load)
    installation, url = place
    queue, code = await manager(installation, url), await installation.enrol_code("kiosk", "Kiosk 6")
    async with stand(tmp_path, url) as kiosk:

        async def typed(number: str) -> dict[str, Any]:
            await kiosk.shows("language")
            kiosk.act("language", "en")
            await kiosk.shows("identify")
            kiosk.act("code")
            await kiosk.shows("code", entered="")
            kiosk.act("letter", number[0])
            for digit in number[1:]:
                kiosk.act("digit", digit)
            await kiosk.shows("code", entered=number, ready=True)
            kiosk.act("submit")
            await until(lambda: kiosk.model.get("found") not in {None, "looking"})
            shown = dict(kiosk.model)
            assert kiosk.frame.language == "en", "not the language of the ticket"
            kiosk.start_over()
            return shown

        await kiosk.shows("setup")
        for digit in code:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("language", no_paper=False)
        kiosk.act("language", "ar")
        await kiosk.shows("identify")
        kiosk.act("no-document")
        for page in ("government", "kind", "service"):
            shown = await kiosk.shows(page)
            kiosk.act("choose", shown["choices"][0]["id"])
        await kiosk.shows("more")
        kiosk.act("go-on")
        await kiosk.shows("confirm")
        kiosk.act("confirm")
        number = (await kiosk.shows("ticket", paper="taken"))["code"]
        kiosk.act("done")
        lost = await typed(number)
        assert (lost["found"], lost["typed"], lost["code"], lost["ahead"], lost["stop"]) == (
            "waiting",
            True,
            number,
            -1,
            "",
        )
        await queue.say("counters/1/open", {})
        [visit] = [one["id"] for one in await queue.visits() if one["code"] == number]
        await queue.say("counters/1/call", {"visit": visit, "reason": "agreed"})
        called = await typed(number)
        assert (called["found"], called["counter"]) == ("called", "1")
        await queue.say("counters/1/hand-back", {})
        await queue.say(f"visits/{visit}/cancel", {})
        ended, never = await typed(number), await typed(f"{number[0]}777")
        assert ended | {"code": ""} == never | {"code": ""}, "what has ended answers as what never was"
        assert never["found"] == "not-shown"
        await kiosk.shows("language")
        await kiosk.paper(1)


async def test_what_a_chip_came_to_is_in_the_vault_and_nowhere_in_the_clear(
    place: tuple[Installation, str], tmp_path: Path, qapp: object
) -> None:
    assert qapp is not None
    await asyncio.to_thread(fonts.load)
    installation, url = place
    document = build(PROFILES["basic"], datetime.now(UTC), secrets.randbits(60))
    code = await installation.enrol_code("kiosk", "Kiosk 5")
    patient = replace(SETTINGS, documents=DocumentSettings(face_s=600))
    async with stand(tmp_path, url, chips=True, settings=patient) as kiosk:
        await kiosk.shows("setup")
        for digit in code:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("language", no_paper=False)
        kiosk.act("language", "en")
        await kiosk.shows("identify", chip=True, reader="ready")
        kiosk.chip.insert(document.chip)
        await kiosk.reader.show(document.lines)
        await kiosk.shows("chip", state="ended", outcome="read")
        kiosk.act("continue")
        for page in ("kind", "service"):
            shown = await kiosk.shows(page)
            kiosk.act("choose", shown["choices"][0]["id"])
        await kiosk.shows("more")
        kiosk.act("go-on")
        await kiosk.shows("confirm")
        kiosk.act("confirm")
        ticket = await kiosk.shows("ticket", paper="taken")
        kiosk.act("done")
        await kiosk.shows("language")
    queue = await manager(installation, url)
    [visit] = [one["id"] for one in await queue.visits() if one["code"] == ticket["code"]]
    assert await asyncio.to_thread(_kinds, installation.data / "queue.sqlite", visit) == {"document", "face", "reading"}
    number, picture = document.zone[44:53].encode(), document.groups[2]
    for folder in (installation.data, tmp_path):
        for secret in (number, picture[-200:-176]):
            assert await asyncio.to_thread(files_with, folder, secret) == []


def _kinds(database: Path, visit: str) -> set[str]:
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT kind FROM people_rows WHERE visit = ?", (visit,)).fetchall()
    return {kind for (kind,) in rows}
