"""A race in one hot centre: 37 callers, every verb, and trouble in the midst of it; judged from the log alone."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tests.faults import callers as c
from tests.faults import hall
from tests.faults.hot_centre import Place
from tests.faults.judge import Judge, Past, Row
from tests.faults.killing import kill_in_turn
from tests.postgres import Postgres

RECEPTIONS = 5
#: People in the hall who bring back, change and put together, and managers.
ATTENDANTS = 4
MANAGERS = 1
COUNTERS = ("1", "2", "3", "4", "5", "6", "7", "9", "10", "11")
#: Answers that are asked for again in the end, for each kill.
AGAIN = 20
#: What an answered request left in the log.
TYPES = {
    "issue": {"visit-issued"},
    "cancel": {"visit-cancelled"},
    "resume": {"visit-resumed"},
    "reinstate": {"visit-reinstated"},
    "reclassify": {"visit-reclassified"},
    "change": {"visit-changed"},
    "merge": {"visit-changed"},
    "applications": {"visit-applied"},
    "call-next": {"visit-called"},
    "call": {"visit-called"},
    "recall": {"visit-recalled"},
    "start": {"visit-started"},
    "finish": {"step-finished", "visit-done"},
    "missed": {"visit-missed"},
    "transfer": {"visit-transferred"},
    "park": {"visit-parked"},
    "hand-back": {"visit-handed-back"},
    "undo": {"undone"},
    "help": {"help-called"},
    "take": {"help-taken"},
    "notices": {"notice-shown"},
}
#: Verbs that say how a visit should be: where it is so already, the answer says so and leaves no event.
ALREADY: dict[str, Callable[[dict[str, Any], Past], bool]] = {
    "cancel": lambda _, past: past.state in ("cancelled", "merged"),
    "resume": lambda _, past: past.state == "waiting",
    "reinstate": lambda _, past: past.state == "waiting",
    "reclassify": lambda asked, past: past.category == asked["category"],
    "change": lambda asked, past: asked.get("party_size", past.party) == past.party,
    "merge": lambda _, past: past.state != "merged",
}


def _already(answer: c.Answer, judge: Judge) -> bool:
    """Tell whether it was so already: the log says it of a place that is not later than the one that was answered."""
    holds = ALREADY.get(answer.request.verb)
    if holds is None or answer.thing is None:
        return answer.request.verb == "take"
    day, _, seq = answer.body["cursor"].rpartition(":")
    past = judge.pasts.get(answer.thing["id"], [])
    return any(
        holds(answer.request.asked, one) for one in past if (one.stream, one.seq) <= (f"queue/demo/{day}", int(seq))
    )


def judge_answers(answers: Sequence[c.Answer], judge: Judge) -> list[str]:
    """Find what was answered and is not in the log, and what is in the log though nobody was answered."""
    faults = []
    for answer in answers:
        if answer.thing is None:
            continue
        row, ident = judge.keys.get(answer.request.key), answer.thing["id"]
        if row is None:
            if not _already(answer, judge):
                faults.append(f"lost: {answer}")
            continue
        place = answer.body.get("cursor", f"{row.stream.rpartition('/')[2]}:{row.seq}")
        if f"queue/demo/{place}" != f"{row.stream}:{row.seq}" or row.type not in TYPES[answer.request.verb]:
            faults.append(f"answered as another: {answer} is {row}")
        elif ident.encode() not in row.payload or judge.issued.get(ident) != answer.thing.get("code"):
            faults.append(f"another one: {answer} is {row}")
    asked = {answer.request.key for answer in answers}
    faults += [f"never answered: {row}" for key, row in judge.keys.items() if key not in asked]
    return faults


async def everything(there: Place, callers: c.Callers) -> None:
    """Wait until every verb has left an event, and a payment has taken a cash desk out of a plan."""
    while True:
        rows = await there.read_log()
        stored = {row.key for row in rows}
        done = {answer.request.verb for answer in callers.answers if answer.done and answer.request.key in stored}
        if done >= TYPES.keys() and any(_leaves_out(row) for row in rows):
            return
        await callers.more(50)


def _leaves_out(row: Row) -> bool:
    """Tell whether somebody who waits elsewhere has paid."""
    return row.type == "stops-skipped" and b'"left":null' in row.payload


#: What is done to servers and databases in the midst of it.
Trouble = Callable[[c.Callers, random.Random], Awaitable[None]]


async def race(there: Place, trouble: Trouble, again: int, seed: int) -> None:
    """Let everybody do everything while there is trouble; then judge, and ask ``again`` for so many answers.

    It ends when the trouble is over and everything has happened that there is.
    """
    chance = random.Random(seed)
    kiosks = await there.enrol_kiosks()
    servers = there.installation.servers
    async with c.calling(servers, seed) as callers:
        began = time.monotonic()
        callers.pause = 0.05
        async with asyncio.TaskGroup() as group:
            for kiosk in kiosks:
                group.create_task(hall.issue_own(callers, kiosk, random.Random(chance.random())))
            for _ in range(RECEPTIONS):
                group.create_task(hall.issue(callers, there.token, random.Random(chance.random())))
            for counter in COUNTERS * 2:
                dice = random.Random(chance.random())
                group.create_task(hall.serve(callers, there.token, counter, COUNTERS, dice))
            for _ in range(ATTENDANTS):
                group.create_task(hall.attend(callers, there.token, random.Random(chance.random())))
            for _ in range(MANAGERS):
                group.create_task(hall.manage(callers, there.token, random.Random(chance.random())))
            await trouble(callers, chance)
            await everything(there, callers)
            callers.over = True
        seconds = time.monotonic() - began
        callers.pause = 0
        answers = callers.answers.copy()
        for server in servers:
            await server.kill()
        # The log is compared with every answer; asking takes longer, so it is done for some of them.
        stored = {row.key for row in await there.read_log()}
        done = [answer for answer in answers if answer.done and answer.request.key in stored]
        for server in servers:
            await server.start()
        await c.ask_again(callers, chance.sample(done, min(len(done), again)))
    await there.follow()
    for server in servers:
        assert await server.stop() == 0
    judge = Judge()
    happened = [row for row in await there.read_log() if row.stream.startswith("queue/demo/")]
    judge.read(happened)
    skipped = [_leaves_out(row) for row in happened if row.type == "stops-skipped"]
    print(
        f"{len(servers)} servers, {seconds:.1f} s: {len(answers)} answers, {len(done)} with an event, "
        f"{callers.cut} cut off, {callers.put_off} put off, {len(judge.issued)} tickets, {judge.calls} calls"
    )
    print(dict(sorted(c.tally(answers).items())), f"cash desks: {sum(skipped)} left out, {skipped.count(False)} left")
    assert judge.faults == []
    assert judge_answers(answers, judge) == []
    report = await there.installation.verify()
    assert report["ok"], report
    live = await there.counted()
    assert all(live.values()), "what is counted of the day was followed"
    await there.installation.command("rebuild")
    assert await there.counted() == live, "servers were killed while they counted"
    assert callers.cut + callers.put_off > 0


async def race_with_kills(there: Place, kills: int, seed: int, postgres: Postgres | None = None) -> None:
    """Kill one server after the other in mid-load; now and then hit the database too."""

    async def kill(callers: c.Callers, chance: random.Random) -> None:
        async def hit(number: int) -> None:
            if postgres is not None and number == kills // 2:
                await asyncio.to_thread(postgres.restart)
            elif postgres is not None and number % 5 == 0:
                await callers.more(chance.randrange(30))
                await asyncio.to_thread(postgres.cut_connections, there.database)

        await kill_in_turn(there.installation.servers, callers, kills, chance, (60, 160), hit)
        await callers.more(100)

    await race(there, kill, AGAIN * kills, seed)
