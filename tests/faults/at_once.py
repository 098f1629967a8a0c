"""Two clients that want the same at the same moment, each at a server of its own where there are two."""

import asyncio

from queue_server.domain.values import new_id
from tests.faults import callers as c
from tests.faults import hall
from tests.faults.hot_centre import Place
from tests.faults.judge import Judge
from tests.faults.line import CASH_DESK
from tests.queue_server.payments.telling import GOOD, report


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
