"""Callers of one hot centre: each asks with one idempotency key until it has an answer, whatever the servers do.

A caller goes to any server that listens; where there is none it waits for one. What was answered is kept, so that it
can be looked for in the log and asked for again.
"""

import asyncio
import json
import random
from collections import Counter as Tally
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

import aiohttp

from queue_server.contract.client import CLOCK_HEADER
from queue_server.domain.values import new_id
from tests.faults.server_process import QueueServer

#: Answers that say "ask again with the same key".
_AGAIN = 503
_REFUSED = 409
_SUCCESS = (200, 201)
#: Under which names an answer has what it is about.
_THINGS = ("visit", "help", "notice", "application", "appointment", "hold", "change")
_BACK_OFF_SECONDS = 0.02


class Request(NamedTuple):
    """A POST below ``/api/v1/centres/<centre>``."""

    token: str
    path: str
    body: bytes
    key: str

    @property
    def verb(self) -> str:
        return "issue" if self.path == "/visits" else self.path.rpartition("/")[2]

    @property
    def asked(self) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self.body)
        return body


class Answer(NamedTuple):
    request: Request
    status: int
    body: dict[str, Any]

    @property
    def thing(self) -> dict[str, Any] | None:
        """What the answer is about: a visit, an appointment, a help call ..."""
        if self.status not in _SUCCESS:
            return None
        found = (self.body.get(name) for name in _THINGS)
        return next((one for one in found if one is not None), None)

    @property
    def done(self) -> bool:
        """Whether something is so that the log must hold: a refusal and "nobody waits" leave no event."""
        return self.thing is not None

    @property
    def refusal(self) -> str:
        return str(self.body["code"]) if self.status == _REFUSED else ""

    @property
    def lasting(self) -> tuple[object, ...]:
        """What a repeated request must be answered, however much has happened since: a notice may have ended."""
        thing = {} if self.request.verb == "notices" else self.thing or {}
        return self.status, thing.get("id"), thing.get("code"), self.body.get("cursor"), self.body.get("why")


class Callers:
    """Asks servers, one of which may be gone at any moment. ``over`` ends the load: callers finish what they do.

    Callers share the processors with the servers: a ``pause`` (seconds, on average) before each question leaves some of
    them to a server that starts again.
    """

    def __init__(
        self, session: aiohttp.ClientSession, servers: Sequence[QueueServer], seed: int, centre: str = "demo"
    ) -> None:
        self._centre = centre
        self._session = session
        self._servers = servers
        self._random = random.Random(seed)
        self._news = asyncio.Condition()
        self.over = False
        self.pause = 0.0
        self.answers: list[Answer] = []
        #: Visits that were answered lately, with their states: what staff see on their screens.
        self.seen: deque[tuple[str, str]] = deque(maxlen=150)
        self.cut = 0
        self.put_off = 0

    def one_of(self, *states: str) -> str:
        """Choose a visit that was lately in one of these states, or any where there is none."""
        able = [visit for visit, state in self.seen if state in states]
        return self._random.choice(able or [visit for visit, _ in self.seen])

    async def ask(self, request: Request) -> Answer:
        """Ask until there is an answer."""
        await asyncio.sleep(self._random.uniform(0, 2) * self.pause)
        while True:
            url = self._any_url()
            if url is None:
                await asyncio.sleep(_BACK_OFF_SECONDS)
                continue
            try:
                answer = await self._ask_once(url, request)
            except (aiohttp.ClientError, TimeoutError, OSError):
                self.cut += 1
                continue
            if answer.status == _AGAIN:
                self.put_off += 1
                await asyncio.sleep(_BACK_OFF_SECONDS)
                continue
            async with self._news:
                self.answers.append(answer)
                if answer.thing is not None and "code" in answer.thing:
                    self.seen.append((answer.thing["id"], answer.thing["state"]))
                self._news.notify_all()
            return answer

    async def ask_twice(self, request: Request) -> Answer:
        """Ask the same at two places at once, as an impatient client does: it happens once."""
        first, second = await asyncio.gather(self.ask(request), self.ask(request))
        if first.done and second.done:
            assert first.lasting == second.lasting
        return first if first.done else second

    async def more(self, answers: int) -> None:
        """Wait until so many more answers have come."""
        wanted = len(self.answers) + answers
        async with self._news:
            await self._news.wait_for(lambda: len(self.answers) >= wanted)

    def _any_url(self) -> str | None:
        urls = [server.url for server in self._servers if server.url is not None]
        return self._random.choice(urls) if urls else None

    async def _ask_once(self, url: str, request: Request) -> Answer:
        headers = {
            "Authorization": f"Bearer {request.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": request.key,
            CLOCK_HEADER: datetime.now(UTC).isoformat(),
        }
        async with self._session.post(
            f"{url}/api/v1/centres/{self._centre}{request.path}", data=request.body, headers=headers
        ) as response:
            return Answer(request, response.status, json.loads(await response.read()))


@asynccontextmanager
async def calling(servers: Sequence[QueueServer], seed: int, centre: str = "demo") -> AsyncIterator[Callers]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=20)) as session:
        yield Callers(session, servers, seed, centre)


async def ask_again(callers: Callers, answers: Sequence[Answer]) -> None:
    """Ask once more for what was answered: every answer is what it was."""
    left = list(answers)

    async def some() -> None:
        while left:
            answer = left.pop()
            again = await callers.ask(answer.request)
            assert again.lasting == answer.lasting, f"{answer} was answered {again.body}"

    await asyncio.gather(*(some() for _ in range(32)))


def request(token: str, path: str, **body: object) -> Request:
    return Request(token, path, json.dumps(body).encode(), new_id())


def tally(answers: Sequence[Answer]) -> Tally[str]:
    """Count answers by verb, and refusals by code."""
    return Tally(answer.refusal or answer.request.verb for answer in answers)
