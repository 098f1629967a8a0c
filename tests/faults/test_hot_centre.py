"""One hot centre: 37 callers, every verb, servers killed in mid-load, the database cut off and killed.

Judged from the log alone.
"""

import asyncio
import random
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Connection, select, text

from queue_server.accounts import device_store, tokens
from queue_server.accounts.model import AccountRules
from queue_server.catalogue.store import demo_catalogues
from queue_server.contract.client import ApiClient
from queue_server.database import open_database, parse_url
from queue_server.domain.values import CentreId, new_id, now_micros
from queue_server.reports.follower import behind
from queue_server.reports.tables import TABLES
from queue_server.vault.keys import load_keys
from tests.faults import callers as c
from tests.faults import hall
from tests.faults.judge import Judge, Past, Row
from tests.faults.killing import kill_in_turn
from tests.faults.line import CASH_DESK
from tests.faults.server_process import Installation, installed
from tests.postgres import Postgres
from tests.queue_server.payments.telling import GOOD, report

KIOSKS = 7
RECEPTIONS = 5
#: People in the hall who bring back, change and put together, and managers.
ATTENDANTS = 4
MANAGERS = 1
COUNTERS = ("1", "2", "3", "4", "5", "6", "7", "9", "10", "11")
#: Answers that are asked for again in the end, for each kill.
AGAIN = 20
#: What is counted of the day follows all the time, so that servers are killed in the midst of it.
FOLLOWING = "[reports]\npoll_s = 0.2\n"
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


@dataclass
class Place:
    """A running installation; ``token`` is that of an integration."""

    installation: Installation
    url: str | None
    token: str

    @property
    def database(self) -> str:
        assert self.url is not None
        return self.url.rpartition("/")[2].partition("?")[0]

    async def read_log(self) -> list[Row]:
        statement = text("SELECT stream, seq, type, command, payload, at FROM events ORDER BY stream, seq")

        def read(connection: Connection) -> list[Row]:
            return [Row(*row) for row in connection.execute(statement)]

        async with open_database(parse_url(self.url, self.installation.data)) as database:
            return await database.run(read)

    async def follow(self) -> None:
        """Wait until the servers have counted all days as far as they have gone."""
        async with asyncio.timeout(60), open_database(parse_url(self.url, self.installation.data)) as database:
            while await database.run(behind):  # noqa: ASYNC110 - the rows are another process's
                await asyncio.sleep(0.2)

    async def counted(self) -> dict[str, list[Any]]:
        """Give every row of what was counted."""
        statements = {one.name: select(one).order_by(*one.primary_key) for one in TABLES}

        def read(connection: Connection) -> dict[str, list[Any]]:
            return {name: list(connection.execute(rows)) for name, rows in statements.items()}

        async with open_database(parse_url(self.url, self.installation.data)) as database:
            return await database.run(read)

    async def enrol_kiosks(self) -> list[hall.Kiosk]:
        """Enrol kiosks beside the servers, as the routes do it one by one."""
        key = await asyncio.to_thread(lambda: load_keys(self.installation.data).sessions)

        def enrol(connection: Connection) -> list[hall.Kiosk]:
            made = []
            for number in range(KIOSKS):
                code = device_store.enrol_code(
                    connection,
                    "kiosk",
                    f"kiosk {number}",
                    CentreId("demo"),
                    None,
                    key=key,
                    now=now_micros(),
                    rules=AccountRules(),
                )
                device, token = device_store.use_code(connection, [tokens.code_digest(key, code)], None, now_micros())
                assert device.series is not None
                made.append(hall.Kiosk(token, device.series.letter))
            return made

        async with open_database(parse_url(self.url, self.installation.data)) as database:
            return await database.write(enrol)


def write_hasty(file: Path) -> None:
    """Write the demo's set-up, but that nobody waits four minutes to say that nobody came."""
    demo = next(one for one in demo_catalogues() if 'id = "demo"' in one)
    for before, after in (("missed_after_s = 240", "missed_after_s = 0"), ("min_calls = 2", "min_calls = 1")):
        assert before in demo
        demo = demo.replace(before, after)
    file.write_text(demo, "utf-8")


@asynccontextmanager
async def place(data: Path, url: str | None, servers: int, settings: str = "") -> AsyncIterator[Place]:
    async with installed(data, url, servers=servers, settings=FOLLOWING + settings) as installation:
        await asyncio.to_thread(write_hasty, data / "hasty.toml")
        await installation.command("import", str(data / "hasty.toml"))
        code = await installation.enrol_code("integration", "load", "manager")
        address = installation.servers[0].url
        assert address is not None
        async with ApiClient(address, None) as client:
            token = (await client.enrol(code)).token
        yield Place(installation, url, token)


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


#: What is done to servers and databases in the midst of it.
Trouble = Callable[[c.Callers, random.Random], Awaitable[None]]


async def race(there: Place, trouble: Trouble, again: int) -> None:
    """Let everybody do everything while there is trouble; then judge, and ask ``again`` for so many answers."""
    seed = secrets.randbits(32)
    print(f"seed {seed}")
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
    skipped = [b'"left":null' not in row.payload for row in happened if row.type == "stops-skipped"]
    print(
        f"{len(servers)} servers, {seconds:.1f} s: {len(answers)} answers, {len(done)} with an event, "
        f"{callers.cut} cut off, {callers.put_off} put off, {len(judge.issued)} tickets, {judge.calls} calls"
    )
    print(dict(sorted(c.tally(answers).items())), f"cash desks: {skipped.count(False)} left out, {sum(skipped)} left")
    assert judge.faults == []
    assert judge_answers(answers, judge) == []
    report = await there.installation.verify()
    assert report["ok"], report
    live = await there.counted()
    assert all(live.values()), "what is counted of the day was followed"
    await there.installation.command("rebuild")
    assert await there.counted() == live, "servers were killed while they counted"
    assert callers.cut + callers.put_off > 0
    assert c.tally(done).keys() >= TYPES.keys(), "every verb has happened"
    assert skipped.count(False) > 0, "somebody has paid"


async def race_with_kills(there: Place, kills: int, postgres: Postgres | None = None) -> None:
    """Kill one server after the other in mid-load; now and then hit the database too."""

    async def kill(callers: c.Callers, chance: random.Random) -> None:
        async def hit(number: int) -> None:
            if postgres is not None and number == kills // 2:
                await asyncio.to_thread(postgres.restart)
            elif postgres is not None and number % 5 == 0:
                await callers.more(chance.randrange(30))
                await asyncio.to_thread(postgres.cut_connections, there.database)

        await kill_in_turn(there.installation.servers, callers, kills, chance, (60, 160), hit)
        await callers.more(200)

    await race(there, kill, AGAIN * kills)


@pytest.mark.timeout(900)
async def test_one_server_on_sqlite_killed_25_times(tmp_path: Path, load: int) -> None:
    async with place(tmp_path / "data", None, 1) as there:
        await race_with_kills(there, 25 * load)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("servers", [2, 3])
async def test_several_servers_on_postgres_killed_25_times(
    tmp_path: Path, postgres: Postgres, postgres_url: URL, servers: int, load: int
) -> None:
    async with place(tmp_path / "data", postgres_url.render_as_string(hide_password=False), servers) as there:
        await race_with_kills(there, 25 * load, postgres)


async def call_at_once(there: Place, rounds: int) -> None:
    """Let two clients call next at one counter at the same moment, each at a server of its own where there are two."""
    servers = there.installation.servers
    async with c.calling(servers[:1], 1) as one, c.calling(servers[-1:], 2) as other:
        ticket = {"services": ["uto-evacuation"], "category": "walk-in", "language": "en"}
        tickets = (one.ask(c.request(there.token, "/visits", **ticket)) for _ in range(rounds))
        issued = {answer.body["visit"]["id"] for answer in await asyncio.gather(*tickets)}

        def at_counter(verb: str) -> c.Request:
            return c.request(there.token, f"/counters/1/{verb}")

        await one.ask(at_counter("open"))
        called = []
        for _ in range(rounds):
            answers = await asyncio.gather(one.ask(at_counter("call-next")), other.ask(at_counter("call-next")))
            assert sorted((answer.status, answer.refusal) for answer in answers) == [(200, ""), (409, "counter-busy")]
            called += [answer.body["visit"]["id"] for answer in answers if answer.done]
            await one.ask(at_counter("start"))
            await other.ask(at_counter("finish"))
    assert len(called) == rounds
    assert set(called) == issued
    judge = Judge()
    judge.read(row for row in await there.read_log() if row.stream.startswith("queue/demo/"))
    assert (judge.faults, judge.calls) == ([], rounds)


async def test_two_clients_at_one_counter_call_one_visit(tmp_path: Path, load: int) -> None:
    async with place(tmp_path / "data", None, 1) as there:
        await call_at_once(there, 200 * load)


async def test_two_clients_at_one_counter_of_two_servers_call_one_visit(
    tmp_path: Path, postgres_url: URL, load: int
) -> None:
    async with place(tmp_path / "data", postgres_url.render_as_string(hide_password=False), 2) as there:
        await call_at_once(there, 200 * load)


async def pay_while_called(there: Place, rounds: int) -> None:
    """Let a payment be told of at one server while the cash desk calls at another: it goes on, or staff finish there.

    Nobody is in between: whoever is called at the cash desk is there, and all others wait at the next step.
    """
    servers = there.installation.servers
    (kiosk, *_) = await there.enrol_kiosks()
    async with c.calling(servers[:1], 1) as one, c.calling(servers[-1:], 2) as other:

        async def at_counter(callers: c.Callers, counter: str, verb: str, **body: object) -> c.Answer:
            answer = await callers.ask(c.request(there.token, f"/counters/{counter}/{verb}", **body))
            assert answer.status == 200, answer
            return answer

        for counter in ("1", "9"):
            await at_counter(one, counter, "open")
        finished = 0
        for number in range(1, rounds + 1):
            told = report(new_id(), *GOOD, services=[hall.PAID])
            ticket = {"services": [hall.PAID], "category": "walk-in", "language": "en", "id": told["visit"]}
            code = f"{kiosk.letter}{number:03}"
            await one.ask(c.request(kiosk.token, "/visits", code=code, **ticket))
            await at_counter(one, "1", "call", visit=told["visit"], reason="agreed")
            await at_counter(one, "1", "transfer", step=CASH_DESK, reason="next-step")
            answers = await asyncio.gather(
                one.ask(c.request(kiosk.token, "/payments", **told)),
                other.ask(c.request(kiosk.token, "/payments", **told)),
                at_counter(other, "9", "call-next"),
            )
            if (called := answers[-1].thing) is not None:
                assert (called["id"], called["step"]) == (told["visit"], CASH_DESK)
                await at_counter(one, "9", "start")
                await at_counter(other, "9", "finish")
                finished += 1
    judge = Judge()
    happened = [row for row in await there.read_log() if row.stream.startswith("queue/demo/")]
    judge.read(happened)
    assert judge.faults == []
    assert sum(row.type == "step-finished" for row in happened) == finished
    assert sum(row.type == "stops-skipped" for row in happened) == rounds - finished
    assert sum(row.type == "visit-paid" for row in happened) == rounds
    print(f"{finished} of {rounds} were called first")


async def test_a_payment_and_a_call_at_once(tmp_path: Path) -> None:
    async with place(tmp_path / "data", None, 1) as there:
        await pay_while_called(there, 60)


async def test_a_payment_and_a_call_at_once_at_two_servers(tmp_path: Path, postgres_url: URL) -> None:
    async with place(tmp_path / "data", postgres_url.render_as_string(hide_password=False), 2) as there:
        await pay_while_called(there, 60)
