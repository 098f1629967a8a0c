"""Tickets that kiosks have made, plain and with what was read of a document, against those of an integration.

Eight callers at one centre, each kind by turns, so that what else this machine does meets all alike. What is sent is
made beforehand: sealing a reading is the kiosk's work.
"""

import asyncio
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median

import uvloop

from installer.benchmark.centre import CENTRE, TICKET, Hot, expect, hot_centre
from installer.benchmark.load import Connection, Poster, connect
from installer.benchmark.measure import Measure
from queue_server.contract.client import ApiClient
from queue_server.contract.documents import DocumentReading, VerdictView, from_text, seal, to_text
from queue_server.domain import ticket_codes
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import VisitId, new_id

_KIOSKS = 8
#: Of each kiosk a round; a kiosk has some hundreds of numbers.
_TICKETS, _ROUNDS = 50, 5
_PATH = f"/centres/{CENTRE}/visits"
_READ = DocumentReading(
    kind="P",
    issuer="UTO",
    number="L898902C3",
    expires=None,
    standing="genuine",
    verdicts=(VerdictView("signature", "passed"), VerdictView("chip-authentication", "passed")),
)


class _Kiosk:
    """A kiosk as far as its tickets go: its connection, and the numbers that are its own."""

    def __init__(self, connection: Connection, token: str, series: Series, key: bytes) -> None:
        self.connection = connection
        self._poster = Poster(token)
        self._series = series
        self._key = key
        self._numbers = count(1)

    def tickets(self, *, read: bool) -> list[bytes]:
        return [self._poster.post(_PATH, json.dumps(self._ticket(read=read)).encode()) for _ in range(_TICKETS)]

    def _ticket(self, *, read: bool) -> dict[str, object]:
        visit = VisitId(new_id())
        return {
            "id": visit,
            "code": ticket_codes.nth(self._series, next(self._numbers)),
            "issued_at": datetime.now(UTC).isoformat(),
            "services": ["uto-birth"],
            "category": "walk-in",
            "language": "en",
            "readings": [to_text(seal(_READ, visit, self._key))] if read else [],
        }


async def _kiosks(hot: Hot) -> list[_Kiosk]:
    found = []
    for number in range(_KIOSKS):
        code = await hot.installation.enrol_code("kiosk", f"kiosk {number}", None, CENTRE)
        async with ApiClient(hot.url(), None) as client:
            enrolled = await client.enrol(code)
        assert enrolled.series is not None
        series = Series(enrolled.series.letter, enrolled.series.first, enrolled.series.last)
        async with ApiClient(hot.url(), enrolled.token) as client:
            services = await client.services(CENTRE)
        assert services.documents_key is not None
        key = from_text(services.documents_key)
        found.append(_Kiosk(await connect(hot.url()), enrolled.token, series, key))
    return found


async def _rate(lines: list[tuple[Connection, list[bytes]]]) -> float:
    """Send what is there, each line one after the other; tickets a second."""

    async def send(connection: Connection, requests: list[bytes]) -> None:
        for request in requests:
            await expect(connection, request, 201)

    begun = time.perf_counter()
    await asyncio.gather(*[send(*line) for line in lines])
    return sum(len(requests) for _, requests in lines) / (time.perf_counter() - begun)


async def _measure(folder: Path, database: str | None) -> tuple[float, float, float]:
    """Tickets a second: plain ones of kiosks, those with a reading, those of an integration."""
    found = list[tuple[float, float, float]]()
    async with hot_centre(folder, database, counters=2) as hot:
        kiosks, poster = await _kiosks(hot), Poster(hot.integration)
        for _ in range(_ROUNDS):
            plain, read = [
                await _rate([(kiosk.connection, kiosk.tickets(read=reading)) for kiosk in kiosks])
                for reading in (False, True)
            ]
            others = [[poster.post(_PATH, TICKET) for _ in range(_TICKETS)] for _ in kiosks]
            pairs = zip(kiosks, others, strict=True)
            found.append((plain, read, await _rate([(kiosk.connection, requests) for kiosk, requests in pairs])))
    plains, reads, references = zip(*found, strict=True)
    return median(plains), median(reads), median(references)


def measure_tickets(folder: Path, name: str, database: str | None) -> Iterator[Measure]:
    plain, read, integration = uvloop.run(_measure(folder, database))
    for what, found, goal, floor in (
        ("plain", plain, 0.9, 0.56),
        ("with a document's reading", read, 0.5, 0.3),
    ):
        yield Measure(
            f"tickets that kiosks have made, {what}, {_KIOSKS} callers, {name}",
            found,
            "tickets of an integration, as many callers",
            integration,
            "tickets",
            goal=goal,
            floor=floor,
        )
