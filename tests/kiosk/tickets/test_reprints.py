"""A paper beyond the first: the server is told of each once, after its ticket, whatever happens in between."""

import asyncio
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from structlog.testing import capture_logs

from kiosk.tickets.journal import TicketStep, after_try
from kiosk.tickets.model import PrintResult
from kiosk.tickets.outbox import Outbox, OutboxWorker
from kiosk.tickets.uploader import ReprintRelay, ReprintUploader, TicketRelay, TicketUploader
from queue_server.contract.client import ApiClient
from queue_server.contract.problems import Problem
from queue_server.domain.values import VisitId
from tests.faults.lossy_proxy import LossyProxy
from tests.kiosk.app.centre import Centre, until
from tests.kiosk.tickets.test_delivery import FAST, begin
from tests.kiosk.tickets.test_outbox import NOW, SERIES

PRINTING, PRINTED, FAILED, UNKNOWN = (
    PrintResult.PRINTING,
    PrintResult.PRINTED,
    PrintResult.FAILED,
    PrintResult.UNKNOWN,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.sqlite"


@pytest.fixture
def outbox(path: Path) -> Iterator[Outbox]:
    with closing(opened(path)) as box:
        yield box


def opened(path: Path) -> Outbox:
    box = Outbox(path)
    box.enrol("demo", SERIES)
    assert box.begin_day("2026-11-25", highest=0, last=0)
    return box


def issue(box: Outbox, *papers: PrintResult, held: bool = False) -> VisitId:
    """Issue a ticket that was tried to be printed so often, each time with this result."""
    visit = box.issue(("renewal",), "en", NOW, held=held).visit
    for paper in papers:
        box.printing(visit)
        box.printed(visit, paper)
    return visit


def tell(box: Outbox) -> list[VisitId]:
    """Tell of all that may be told."""
    told = []
    while (one := box.reprint()) is not None:
        box.reprint_told(one)
        told.append(one.visit)
    return told


@pytest.mark.parametrize(
    ("papers", "count"),
    [
        ((PRINTED,), 0),
        ((FAILED, PRINTED), 0),
        ((FAILED, UNKNOWN), 0),
        ((UNKNOWN,), 0),
        ((UNKNOWN, FAILED), 0),
        ((UNKNOWN, PRINTED), 1),
        ((UNKNOWN, UNKNOWN), 1),
        ((UNKNOWN, FAILED, PRINTED), 1),
        ((FAILED, UNKNOWN, FAILED, PRINTED), 1),
        ((UNKNOWN, UNKNOWN, PRINTED), 2),
    ],
)
def test_a_paper_counts_only_where_an_earlier_one_may_have_come_out(
    outbox: Outbox, papers: tuple[PrintResult, ...], count: int
) -> None:
    visit = issue(outbox, *papers)
    assert outbox.reprint() is None, "the server does not know its ticket yet"
    outbox.sent(visit)
    assert tell(outbox) == [visit] * count


def test_what_may_be_on_paper_stays_so_and_a_paper_that_came_after_all_is_none_more(outbox: Outbox) -> None:
    visit = issue(outbox, UNKNOWN, FAILED)
    ticket = outbox.find(visit)
    assert ticket is not None
    assert ticket.paper is UNKNOWN
    # Whoever pays may say that it came: nothing was printed for that.
    outbox.printed(visit, PRINTED)
    outbox.sent(visit)
    assert outbox.reprint() is None


def test_a_paper_that_was_cut_off_by_a_crash_counts_if_it_was_not_the_first(outbox: Outbox, path: Path) -> None:
    first, second = issue(outbox), issue(outbox, UNKNOWN)
    for visit in (first, second):
        outbox.printing(visit)
    outbox.close()
    with closing(Outbox(path)) as again:
        assert len(again.recover()) == 2
        for visit in (first, second):
            again.sent(visit)
        assert tell(again) == [second]


def test_it_waits_until_what_was_paid_is_sent_and_a_refused_ticket_has_none(outbox: Outbox) -> None:
    paid, refused = issue(outbox, UNKNOWN, PRINTED, held=True), issue(outbox, UNKNOWN, PRINTED)
    outbox.refused(refused, "code-taken")
    assert outbox.reprint() is None
    outbox.release(paid)
    assert outbox.reprint() is None
    outbox.sent(paid)
    assert tell(outbox) == [paid]


def test_the_key_is_the_same_each_time_and_fit_for_the_server(outbox: Outbox, path: Path) -> None:
    visit = issue(outbox, UNKNOWN, PRINTED, UNKNOWN)
    outbox.sent(visit)
    first = outbox.reprint()
    assert first is not None
    assert len(first.key) <= 64
    outbox.close()
    with closing(Outbox(path)) as again:
        assert again.reprint() == first
        again.reprint_told(first)
        second = again.reprint()
        assert second is not None
        assert (second.number, second.key != first.key) == (2, True)


def test_a_server_that_has_lost_the_ticket_is_told_of_both_anew_with_the_same_keys(outbox: Outbox) -> None:
    outbox.meet("one life")
    visit = issue(outbox, UNKNOWN, PRINTED)
    outbox.sent(visit)
    told = outbox.reprint()
    assert told is not None
    assert outbox.meet("another life")
    outbox.reprint_told(told)
    assert outbox.reprint() is None
    outbox.sent(visit)
    assert outbox.reprint() == told


def test_it_goes_with_its_ticket(outbox: Outbox) -> None:
    outbox.sent(issue(outbox, UNKNOWN, PRINTED))
    for day in (26, 27):
        assert outbox.begin_day(f"2026-11-{day}", 0, outbox.standing().last), "it puts off no new day"
    assert outbox.all() == ()
    assert outbox.reprint() is None


class Reprinting(RuleBasedStateMachine):
    """A server that knows a key again, and may go back to a backup in which nothing of this is."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "outbox.sqlite"
        self.box = opened(self.path)
        self.box.meet("life 0")
        self.lives = 0
        self.tries: dict[VisitId, list[PrintResult]] = {issue(self.box): []}
        self.visits: set[VisitId] = set()
        self.keys: dict[str, VisitId] = {}

    def teardown(self) -> None:
        while self.box.waiting() is not None:
            self.send()
        while self.box.reprint() is not None:
            self.tell(arrives=True, answered=True)
        self.box.close()
        self.folder.cleanup()
        out = {visit: sum(paper is not FAILED for paper in papers) for visit, papers in self.tries.items()}
        assert Counter(self.keys.values()) == {visit: count - 1 for visit, count in out.items() if count > 1}

    @rule()
    def issue(self) -> None:
        self.tries[issue(self.box)] = []

    @rule(data=st.data(), became=st.sampled_from([PRINTED, FAILED, UNKNOWN, PRINTING]))
    def print_ticket(self, data: st.DataObject, became: PrintResult) -> None:
        """PRINTING: the power goes while it prints."""
        visit = data.draw(st.sampled_from(list(self.tries)))
        self.box.printing(visit)
        if became is PRINTING:
            self.restart()
            self.box.recover()
        else:
            self.box.printed(visit, became)
        self.tries[visit].append(UNKNOWN if became is PRINTING else became)

    @rule()
    def restart(self) -> None:
        self.box.close()
        self.box = Outbox(self.path)

    @rule()
    def send(self) -> None:
        if (ticket := self.box.waiting()) is not None:
            self.visits.add(ticket.visit)
            self.box.sent(ticket.visit)

    @rule(arrives=st.booleans(), answered=st.booleans())
    def tell(self, *, arrives: bool, answered: bool) -> None:
        one = self.box.reprint()
        if one is None or not arrives:
            return
        assert one.visit in self.visits, "never before its ticket"
        assert self.keys.setdefault(one.key, one.visit) == one.visit
        if answered:
            self.box.reprint_told(one)

    @rule()
    def go_back(self) -> None:
        self.lives += 1
        self.visits.clear()
        self.keys.clear()
        assert self.box.meet(f"life {self.lives}")


TestReprinting = Reprinting.TestCase
TestReprinting.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


@given(papers=st.lists(st.sampled_from([PRINTED, FAILED, UNKNOWN]), max_size=8))
def test_what_may_be_on_paper_is_never_said_to_be_on_none(papers: list[PrintResult]) -> None:
    before: list[str] = [TicketStep.ISSUED]
    for paper in papers:
        for each in (PRINTING, paper):
            before += after_try(before, each)
    tried = [step for step in before if step != TicketStep.REPRINTED]
    assert len(tried) == 1 + 2 * len(papers)
    if {PRINTED, UNKNOWN} & set(papers):
        assert tried[-1] != TicketStep.FAILED


@asynccontextmanager
async def telling(box: OutboxWorker, url: str) -> AsyncGenerator[tuple[TicketRelay, ReprintRelay]]:
    """Run what brings tickets and papers to the server."""
    async with ApiClient(url, "made-up-token", timeout=FAST.request_s) as client, asyncio.TaskGroup() as tasks:
        reprints = ReprintRelay(box, ReprintUploader(client, "demo"), FAST)
        delivery = TicketRelay(box, TicketUploader(client, "demo"), FAST, clock=str, reprints=reprints)
        running = [tasks.create_task(relay.task.run()) for relay in (delivery, reprints)]
        yield delivery, reprints
        for task in running:
            task.cancel()


@pytest.mark.parametrize("seed", [1, 2])
async def test_each_is_told_once_though_answers_are_lost_and_the_server_is_away(path: Path, seed: int) -> None:
    dice = random.Random(seed)
    wanted: list[str] = []
    async with (
        Centre() as centre,
        LossyProxy("127.0.0.1", centre.port, seed=seed) as line,
        OutboxWorker(path) as box,
        telling(box, line.url) as (delivery, reprints),
    ):
        await begin(box)
        line.lose_requests = line.lose_answers = 0.3
        for _ in range(60):
            if dice.random() < 0.1:
                line.away = not line.away
            papers = dice.choice([(PRINTED,), (UNKNOWN, PRINTED), (FAILED, PRINTED), (UNKNOWN, UNKNOWN, PRINTED)])
            visit = await box(issue, *papers)
            wanted += [visit] * (papers.count(UNKNOWN))
            delivery.wake()
            reprints.wake()
            await asyncio.sleep(dice.random() * 0.004)
        line.away = False
        await until(lambda: len(centre.taken) == 60 and len(centre.reprints) == len(wanted))
        line.lose_requests = line.lose_answers = 0.0
        async with asyncio.timeout(60):
            while await box(Outbox.reprint):  # noqa: ASYNC110 - it stands in a file
                await asyncio.sleep(0.005)
    assert sorted(centre.reprints) == sorted(wanted)
    assert centre.reprint_requests > len(wanted), "answers were lost"
    assert centre.wrong == []


@pytest.mark.parametrize(("status", "code"), [(409, "visit-unknown"), (403, "not-permitted"), (404, "not-found")])
async def test_what_the_server_never_takes_is_let_go_with_a_line_in_the_log(path: Path, status: int, code: str) -> None:
    async with Centre() as centre, OutboxWorker(path) as box, telling(box, centre.url) as (delivery, _):
        await begin(box)
        centre.refuse["papers"] = Problem("about:blank", code, status, code)
        with capture_logs() as logged:
            refused = await box(issue, UNKNOWN, PRINTED)
            delivery.wake()
            await until(lambda: [one for one in logged if one["event"] == "reprint-refused"])
        assert {one["visit"] for one in logged if one["event"] == "reprint-refused"} == {refused}
        del centre.refuse["papers"]
        taken = await box(issue, UNKNOWN, PRINTED)
        delivery.wake()
        await until(lambda: centre.reprints)
        assert centre.reprints == [taken]
        assert (await box(Outbox.standing)).refused == 0, "its ticket stands"


async def test_a_server_that_cannot_now_holds_up_no_ticket_and_is_told_later(path: Path) -> None:
    async with Centre() as centre, OutboxWorker(path) as box, telling(box, centre.url) as (delivery, _):
        await begin(box)
        centre.refuse["papers"] = Problem("about:blank", "later", 503, "not-ready")
        visits = []
        for count in range(1, 4):
            visits.append(await box(issue, UNKNOWN, PRINTED))
            delivery.wake()
            await until(lambda: len(centre.taken) == count)  # noqa: B023 - it is over before the next
        del centre.refuse["papers"]
        await until(lambda: len(centre.reprints) == 3)
        assert centre.reprints == visits


PROCESS = ("-m", "tests.kiosk.tickets.reprinting_process")


async def test_killed_at_random_while_the_line_loses_half(path: Path) -> None:
    async with OutboxWorker(path) as box:
        await begin(box)
    dice = random.Random(7)
    told: list[str] = []
    async with Centre() as centre, LossyProxy("127.0.0.1", centre.port, seed=7) as line:
        line.lose_requests = line.lose_answers = 0.25
        for life in range(5):
            last = life == 4
            if last:
                line.lose_requests = line.lose_answers = 0.0
            child = await asyncio.create_subprocess_exec(
                sys.executable, *PROCESS, line.url, path, "5" if last else "1000", stdout=asyncio.subprocess.PIPE
            )
            assert child.stdout is not None
            if not last:
                told += [(await child.stdout.readline()).decode().strip() for _ in range(dice.randint(1, 20))]
                child.send_signal(signal.SIGKILL)
            rest = (await child.stdout.read()).decode()
            told += [visit for visit in rest[: rest.rfind("\n") + 1].splitlines() if visit]
            await child.wait()
    assert child.returncode == 0
    counted = Counter(centre.reprints)
    assert set(told) <= set(counted), "whatever was printed again was told"
    assert set(counted.values()) == {1}
    assert centre.wrong == []
