"""A server that is hardly there: nothing twice, nothing lost, in order of issue."""

import asyncio
import random
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.settings import KioskLinkSettings
from kiosk.tickets.model import DeliveryState
from kiosk.tickets.outbox import Outbox, OutboxWorker
from kiosk.tickets.uploader import TicketRelay, TicketUploader
from queue_server.contract.client import ApiClient
from queue_server.contract.devices import SeriesState
from queue_server.contract.problems import Problem
from tests.faults.lossy_proxy import LossyProxy
from tests.kiosk.app.centre import Centre, until

FAST = KioskLinkSettings(request_s=30, retry_first_s=0.005, retry_max_s=0.02)
SERIES = SeriesState("B", 1, 999)


async def begin(box: OutboxWorker) -> None:
    await box(Outbox.enrol, "demo", SERIES)
    await box(Outbox.begin_day, "2026-11-25", 0, 0)


def issued_in_order(centre: Centre) -> bool:
    times = [one.issued_at for one in centre.taken if one.issued_at is not None]
    return times == sorted(times) and [one.code for one in centre.taken] == sorted(
        (one.code for one in centre.taken), key=lambda code: int(str(code)[1:])
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_requests_and_answers_lost_at_random_and_hours_away(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    async with (
        Centre() as centre,
        LossyProxy("127.0.0.1", centre.port, seed=seed) as line,
        ApiClient(line.url, "made-up-token", timeout=FAST.request_s) as client,
        OutboxWorker(tmp_path / "outbox.sqlite") as box,
        asyncio.TaskGroup() as tasks,
    ):
        await begin(box)
        delivery = TicketRelay(box, TicketUploader(client, "demo"), FAST, clock=str)
        running = tasks.create_task(delivery.task.run())
        line.lose_requests = line.lose_answers = 0.3
        paper: list[str] = []
        # How often anything is sent, and can be lost, is the machine's to say.
        while len(paper) < 120 or line.lost <= 20:
            if dice.random() < 0.1:
                line.away = not line.away
            paper.append((await box(Outbox.issue, ("renewal-uto",), "en", datetime.now(UTC))).code)
            delivery.wake()
            await asyncio.sleep(dice.random() * 0.004)
        line.away = False
        await until(lambda: len(centre.taken) == len(paper))
        line.lose_requests = line.lose_answers = 0.0
        standing = await box(Outbox.standing)
        async with asyncio.timeout(60):
            while standing.waiting:
                standing = await box(Outbox.standing)
        running.cancel()
    assert centre.wrong == []
    assert [one.code for one in centre.taken] == paper
    assert issued_in_order(centre)
    assert standing.refused == 0


async def test_a_refusal_is_kept_and_the_next_goes_on(tmp_path: Path) -> None:
    async with (
        Centre() as centre,
        ApiClient(centre.url, "made-up-token") as client,
        OutboxWorker(tmp_path / "outbox.sqlite") as box,
        asyncio.TaskGroup() as tasks,
    ):
        await begin(box)
        delivery = TicketRelay(box, TicketUploader(client, "demo"), FAST, clock=str)
        centre.refuse["visits"] = Problem("about:blank", "no", 409, "code-taken")
        first = await box(Outbox.issue, ("renewal-uto",), "en", datetime.now(UTC))
        answer = delivery.watch(first.visit)
        running = tasks.create_task(delivery.task.run())
        assert await answer is None
        centre.refuse["visits"] = Problem("about:blank", "later", 503, "not-ready")
        second = await box(Outbox.issue, ("renewal-uto",), "en", datetime.now(UTC))
        answer = delivery.watch(second.visit)
        delivery.wake()
        await asyncio.wait({answer}, timeout=0.1)
        assert not answer.done()
        del centre.refuse["visits"]
        view = await answer
        assert view is not None
        assert view.code == "B002"
        kept = await box(Outbox.find, first.visit)
        running.cancel()
    assert kept is not None
    assert (kept.delivery, kept.problem) == (DeliveryState.REFUSED, "code-taken")


PROCESS = ("-m", "tests.kiosk.tickets.delivering_process")


async def test_killed_at_random_while_the_line_loses_half(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite"
    async with OutboxWorker(path) as box:
        await begin(box)
    dice = random.Random(7)
    told: list[str] = []
    async with Centre() as centre, LossyProxy("127.0.0.1", centre.port, seed=7) as line:
        line.lose_requests = line.lose_answers = 0.25
        for life in range(7):
            last = life == 6
            if last:
                line.lose_requests = line.lose_answers = 0.0
            child = await asyncio.create_subprocess_exec(
                sys.executable, *PROCESS, line.url, path, "5" if last else "1000", stdout=asyncio.subprocess.PIPE
            )
            assert child.stdout is not None
            if not last:
                told += [(await child.stdout.readline()).decode().strip() for _ in range(dice.randint(1, 25))]
                child.send_signal(signal.SIGKILL)
            rest = (await child.stdout.read()).decode()
            told += [code for code in rest[: rest.rfind("\n") + 1].splitlines() if code]
            await child.wait()
    assert child.returncode == 0
    codes = [str(one.code) for one in centre.taken]
    assert centre.wrong == []
    assert len(told) == len(set(told))
    assert set(told) <= set(codes)
    assert issued_in_order(centre)
