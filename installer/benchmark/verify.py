"""How long ``queue-server verify`` takes for a year of a busy centre, against reading and hashing its rows once.

Days are linked and signed as a server does it. The reference joins the bytes of every row and hashes them, in C but for
the loop. Both are processor time: what is verified by two processes takes as long as the one that has more to do.
"""

import asyncio
import resource
import statistics
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from installer.benchmark.measure import Measure
from installer.benchmark.year import days
from queue_server.database import open_database, parse_url
from queue_server.domain.values import Day, Hex, KeyId, StreamName
from queue_server.eventlog import statements
from queue_server.eventlog.closing import closing_message
from queue_server.eventlog.codec import encode
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.port import Append, Head, NewEvent, StreamHead
from queue_server.eventlog.tables import events
from queue_server.framework.rooms import RoomCollection
from queue_server.maintenance import verify_log
from queue_server.queue.events import DayClosed, DayOpened, StreamEnd
from queue_server.rooms import ROOMS
from queue_server.signing import EventSigner
from queue_server.vault.keys import load_keys
from tests.faults.server_process import Installation

_ROUNDS: Final = 3
_GOAL: Final = 1 / 3
_FETCHED: Final = 2_000


def measure_verify(folder: Path, count: int) -> Measure:
    """Verify so many days."""
    folder.mkdir()
    return asyncio.run(_measure(folder, count))


async def _measure(folder: Path, count: int) -> Measure:
    installation = Installation(folder / "data")
    await installation.command("init")
    signer, many, head = load_keys(installation.data).signer(), 0, EMPTY
    async with open_database(parse_url(None, installation.data)) as database:
        before = None
        for one in days(count):
            linked = _linked(one, before, head)

            def store(connection: Connection, linked: Append = linked) -> Head:
                last = statements.append(connection, [linked])[-1]
                end = StreamHead(linked.stream, last.seq, last.hash)
                closing = _closing(signer, linked, end)
                last = statements.append(connection, [Append(linked.stream, Head(end.seq, end.hash), (closing,))])[-1]
                return Head(last.seq, last.hash)

            head, before = await database.write(store), linked.stream
            many += head.seq
        await installation.command("rebuild")
        took, reading = [], []
        for _ in range(_ROUNDS):
            reading.append(await database.run(_hash_rows))
            took.append(await asyncio.to_thread(_verify, installation.data))
    spread = f" ({min(took):,.0f} to {max(took):,.0f}; {many:,} events in {count} days)"
    against = "reading and hashing them once"
    verified, reference = statistics.median(took), statistics.median(reading)
    return Measure("Verify, SQLite", verified, against, reference, "ms", _GOAL, 0.35, spread)


def _linked(day: Append, before: str | None, head: Head) -> Append:
    first, *others = day.events
    opened = msgspec.json.decode(first.payload, type=DayOpened)
    if before is not None:
        previous = Day(before.rpartition("/")[2])
        opened = msgspec.structs.replace(
            opened, previous_day=previous, previous_seq=head.seq, previous_hash=Hex(head.hash.hex())
        )
    return msgspec.structs.replace(day, events=(msgspec.structs.replace(first, payload=encode(opened)), *others))


def _closing(signer: EventSigner, day: Append, end: StreamHead) -> NewEvent:
    heads = (StreamEnd(StreamName(end.stream), end.seq, Hex(end.hash.hex())),)
    signature = Hex(signer.sign(closing_message(day.stream, [end])).hex())
    body = DayClosed(Day(day.stream.rpartition("/")[2]), heads, KeyId(signer.key_id), signature)
    last = day.events[-1]
    return msgspec.structs.replace(last, type=body.type, v=body.v, payload=encode(body), command="close-day")


def _verify(data: Path) -> float:
    """Do in a process of its own what the command does; give the milliseconds of processor of the busier process."""
    ran = subprocess.run([sys.executable, "-m", __name__, data], stdout=subprocess.PIPE, check=True)
    return float(ran.stdout)


def _processor(who: int) -> float:
    used = resource.getrusage(who)
    return (used.ru_utime + used.ru_stime) * 1000


def main() -> None:
    """Verify the database in a folder of data, and print what that took."""
    data = Path(sys.argv[1])
    aggregates, before = RoomCollection(ROOMS).aggregates, _processor(resource.RUSAGE_SELF)
    assert verify_log(parse_url(None, data), data, aggregates).ok
    print(max(_processor(resource.RUSAGE_SELF) - before, _processor(resource.RUSAGE_CHILDREN)))


def _hash_rows(connection: Connection) -> float:
    begun, previous = time.thread_time(), b""
    with connection.execute(select(events).order_by(events.c.stream, events.c.seq)) as found:
        assert found.cursor is not None
        while rows := found.cursor.fetchmany(_FETCHED):
            for stream, _, _, kind, _, command, actor, payload, *_ in rows:
                text = f"{stream}{kind}{command}{actor}".encode()
                previous = sha256(b"".join((previous, text, payload))).digest()
    return (time.thread_time() - begun) * 1000


if __name__ == "__main__":
    main()
