"""How often tickets are printed again: papers beyond the first, whoever printed that, and none is taken back."""

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from queue_server.accounts.model import Role
from queue_server.domain.values import VisitId, new_id
from queue_server.queue import commands as c
from queue_server.reports.day_facts import DayFacts
from queue_server.reports.facts import VisitFact
from queue_server.reports.folding import fold
from queue_server.reports.follower import ReportFollower
from queue_server.reports.tally import OF_STOPS
from queue_server.reports.tallying import tallied
from tests.queue_server.house import TICKET, Client, House
from tests.queue_server.queue.centre import ONE, Play
from tests.queue_server.queue.digest import plain
from tests.queue_server.reports.test_follower import ONE as AT_ONE
from tests.queue_server.reports.test_follower import VISITS, done, sound

in_loop_of_module = pytest.mark.asyncio(loop_scope="module")

FIGURES = "/centres/demo/figures"


def facts_of(play: Play, actor: str) -> DayFacts:
    facts = DayFacts()
    for event in play.events:
        fold(facts, event.body, event.seq, event.at, actor)
    return facts


def fact(play: Play, visit: VisitId, actor: str) -> VisitFact:
    return facts_of(play, actor).visits[visit]


@pytest.mark.parametrize(
    ("actor", "first"), [("device/kiosk-1", 1), ("staff/staff-1", 0), ("system", 0)], ids=["kiosk", "staff", "remote"]
)
def test_the_first_paper_of_a_ticket_is_no_repetition(actor: str, first: int) -> None:
    play = Play().open_day()
    visit = play.issue()
    assert fact(play, visit, actor).reprints == 0
    for number in range(3):
        play.do(c.CountPaper(visit))
        assert fact(play, visit, actor).reprints == first + number


def test_paper_stays_printed_though_a_counter_takes_back_what_it_did() -> None:
    play = Play().open_day()
    play.open(ONE)
    visit = play.issue()
    play.call()
    play.do(c.CountPaper(visit))
    play.do(c.StartServing(ONE))
    play.do(c.CountPaper(visit))
    play.do(c.UndoCommand(ONE))
    play.do(c.UndoCommand(ONE))
    found = fact(play, visit, "device/kiosk-1")
    assert (found.stop.calls, found.reprints) == (0, 2)
    assert fact(play, visit, "staff/staff-1").reprints == 1


def test_it_is_counted_of_visits_by_what_they_are_and_not_of_stops() -> None:
    play = Play().open_day()
    visit = play.issue()
    for _ in range(2):
        play.do(c.CountPaper(visit))
    facts = facts_of(play, "device/kiosk-1")
    for (by, _key), tally in tallied(facts.visits.values(), facts.starts_at).items():
        counted = by not in OF_STOPS and tally.visits and by.value not in {"flow", "arrival", "departure"}
        assert tally.reprints == (2 if counted else 0), by


@settings(max_examples=60)
@given(
    papers=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2), st.booleans()), max_size=12),
    reads=st.sampled_from(("device/kiosk-1", "staff/staff-1")),
)
def test_papers_anywhere_leave_the_day_as_it_would_be(papers: list[tuple[int, int, bool]], reads: str) -> None:
    """Play a day with papers and without them: nothing is another but how many papers there were."""
    days = Play().open_day(), Play().open_day()
    acts = (c.CallNext(ONE), c.Recall(ONE), c.StartServing(ONE), c.Finish(ONE), c.UndoCommand(ONE))
    printed = 0
    for play in days:
        play.open(ONE)
        visits = [play.issue(), play.issue()]
        for step in range(10):
            for where, which, twice in papers if play is days[0] else ():
                if where == step and which < len(visits):
                    for _ in range(1 + twice):
                        play.do(c.CountPaper(visits[which]))
                        printed += 1
            decision = play.ask(acts[step % len(acts)])
            for body in decision if isinstance(decision, tuple) else ():
                if not hasattr(body, "undoes"):
                    play.append(body)
            if isinstance(decision, tuple) and any(hasattr(body, "undoes") for body in decision):
                play.do(c.UndoCommand(ONE))
    one, other = (plain(play.state, seqs=False) for play in days)
    assert _without_numbers(one) == _without_numbers(other)
    facts = facts_of(days[0], reads)
    first = 0 if reads.startswith("device/") else sum(not visit.unprinted for visit in facts.visits.values())
    assert sum(visit.reprints for visit in facts.visits.values()) == printed - first


def _without_numbers(value: Any) -> Any:
    """Leave out numbers of events, which papers move on."""
    if isinstance(value, dict):
        return {name: _without_numbers(one) for name, one in value.items() if name not in {"seq", "last_seq"}}
    if isinstance(value, list | tuple):
        return [_without_numbers(one) for one in value]
    return value


async def reprints(here: House, by: str = "day") -> dict[str, int]:
    await here.server[ReportFollower].follow()
    manager = await here.manager()
    rows = (await manager.get(f"{FIGURES}?by={by}")).body["rows"]
    return {row["key"]: row["reprints"] for row in rows}


async def issued(client: Client) -> str:
    visit: str = (await done(client, VISITS, TICKET))["visit"]["id"]
    return visit


@in_loop_of_module
async def test_figures_say_how_often_tickets_were_printed_again(here: House) -> None:
    kiosk, (desk, _) = await here.kiosk(), await here.staff(Role.RECEPTION, None)
    theirs, ours = await issued(kiosk), await issued(desk)
    assert list((await reprints(here)).values()) == [0]
    await done(desk, f"{VISITS}/{ours}/papers")
    assert list((await reprints(here)).values()) == [0], "the first paper of what the reception issued"
    for _ in range(2):
        key = new_id()
        for _again in range(2):
            assert (await desk.post(f"{VISITS}/{theirs}/papers", key=key)).status == 200
    await done(kiosk, f"{VISITS}/{theirs}/papers")
    await done(desk, f"{VISITS}/{ours}/papers")
    assert await reprints(here, "source") == {"kiosk": 3, "reception": 1}
    assert list((await reprints(here)).values()) == [4]
    assert set((await reprints(here, "step")).values()) == {0}
    await sound(here)


@in_loop_of_module
async def test_undo_after_a_paper_takes_back_what_was_done_before_it(here: House) -> None:
    kiosk, desk = await here.kiosk(), await here.manager()
    visit = await issued(kiosk)
    await done(desk, f"{AT_ONE}/open")
    await done(desk, f"{AT_ONE}/call-next")
    await done(desk, f"{VISITS}/{visit}/papers")
    assert (await done(desk, f"{AT_ONE}/undo"))["visit"]["state"] == "waiting"
    assert list((await reprints(here)).values()) == [1]
    await sound(here)
