"""Snapshots of days: how they are taken beside the work of the day, and how a server starts from one.

Whoever may write to the database could write one, so what names the parts carries a mark under a key of the server,
and each part is named by its digest. A snapshot is believed only under that mark, by the release that made it, and
where the log has the event at its end. ``verify`` reads the log alone: what a snapshot says hides nothing from it.
"""

import asyncio
import hmac
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import structlog
from sqlalchemy import Connection

import queue_server.domain
import queue_server.queue
from queue_server.domain.values import CentreId, Day, Micros
from queue_server.eventlog import snapshots as store
from queue_server.eventlog.port import EventLog, Head, StreamHead
from queue_server.queue.past import BLOCK, EventBlock, Past, pack
from queue_server.queue.snapshot import DayRest, RawGroup, VisitGroup, group_part, groups_of, rest_of, restore
from queue_server.queue.state import DayState

_log = structlog.get_logger(__name__)

_KEY: Final = b"day-snapshot-1"
_MARK: Final = 32
_ENCODER: Final = msgspec.msgpack.Encoder()


class _Naming(msgspec.Struct, frozen=True, array_like=True):
    """What names the parts: groups of visits and blocks of events in their order, and the rest of the day."""

    stream: str
    seq: int
    hash: bytes
    groups: tuple[str, ...]
    blocks: tuple[str, ...]
    rest: str


_NAMINGS: Final = msgspec.msgpack.Decoder(_Naming)
_GROUPS: Final = msgspec.msgpack.Decoder(VisitGroup)
_BLOCKS: Final = msgspec.msgpack.Decoder(EventBlock)
_RESTS: Final = msgspec.msgpack.Decoder(DayRest)


class Taken(NamedTuple):
    """A snapshot as it was last taken: with the same objects a group has the same name, and need not be packed."""

    end: StreamHead
    blocks: tuple[str, ...] = ()
    groups: tuple[tuple[RawGroup, str], ...] = ()


class RestoredDay(NamedTuple):
    """A day as a snapshot has it."""

    state: DayState
    head: Head
    past: Past


@cache
def release() -> str:
    """Name the code that states are made by: a snapshot of any other is of no account, without anybody counting up."""
    digest = sha256()
    for package in (queue_server.domain, queue_server.queue):
        for file in sorted(Path(str(package.__file__)).parent.rglob("*.py")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()[:32]


class Snapshots:
    """The snapshots of a log, under a key of the server: ``keys`` gives those that count, the one that makes first."""

    def __init__(self, log: EventLog, keys: Callable[[], tuple[bytes, ...]]) -> None:
        self._log = log
        self._keys = keys
        self._taken: dict[str, Taken] = {}

    async def load(self, centre: CentreId, day: Day, stream: str) -> RestoredDay | None:
        """Give a day from its snapshot; None where there is none, or none that is to be believed."""
        version = await asyncio.to_thread(release)
        found = await self._log.run(lambda connection: store.read(connection, stream, version))
        if found is None:
            return None
        try:
            restored, names = await asyncio.to_thread(self._restored, centre, day, *found)
        except (LookupError, ValueError, TypeError, AttributeError, zlib.error, msgspec.MsgspecError) as error:
            # It costs reading the day's events, and nothing else.
            _log.warning("snapshot-not-used", stream=stream, reason=type(error).__name__)
            return None
        self._taken[stream] = Taken(found[0], names)
        return restored

    def _restored(
        self, centre: CentreId, day: Day, end: StreamHead, body: bytes, parts: Mapping[str, bytes]
    ) -> tuple[RestoredDay, tuple[str, ...]]:
        mark, said = body[:_MARK], body[_MARK:]
        naming = _NAMINGS.decode(said)
        is_ours = any(hmac.compare_digest(mark, made) for made in self._marks(said))
        if not is_ours or StreamHead(naming.stream, naming.seq, naming.hash) != end:
            raise ValueError(end.stream)

        def part(name: str) -> bytes:
            if store.name_of(parts[name]) != name:
                raise ValueError(name)
            return zlib.decompress(parts[name])

        past = Past([_BLOCKS.decode(part(name)) for name in naming.blocks])
        groups = (_GROUPS.decode(part(name)) for name in naming.groups)
        state = restore(centre, day, _RESTS.decode(part(naming.rest)), groups, past)
        return RestoredDay(state, Head(end.seq, end.hash), past), naming.blocks[: end.seq // BLOCK]

    def _marks(self, said: bytes) -> Iterator[bytes]:
        return (hmac.digest(hmac.digest(key, _KEY, "sha256"), said, "sha256") for key in self._keys())

    def reached(self, stream: str) -> int:
        """Say up to which event there is a snapshot that this process knows of."""
        taken = self._taken.get(stream)
        return 0 if taken is None else taken.end.seq

    async def take(self, state: DayState, end: StreamHead) -> bool:
        """Store a snapshot of a day that ends at ``end``; false where another has gone further or came in between.

        It is put together in a thread, part by part, so that nobody at a counter waits for it.

        Raises:
            DatabaseUnavailableError: it is not stored, or only parts of it are.
        """
        before = self._taken.get(end.stream, Taken(end))
        there = await self._log.run(lambda connection: store.names(connection, end.stream))
        blocks = await self._blocks(before, end, state.at, there)
        groups: list[tuple[RawGroup, str]] = []
        for number, raw in enumerate(groups_of(state)):
            known = before.groups[number] if number < len(before.groups) else None
            if known is None or known[1] not in there or not _same(known[0], raw):
                known = raw, await self._part(end, state.at, there, lambda raw=raw: group_part(raw))  # type: ignore[misc]
            groups.append(known)
        rest = await self._part(end, state.at, there, lambda: rest_of(state))
        naming = _Naming(end.stream, end.seq, end.hash, tuple(name for _, name in groups), blocks, rest)
        said = _ENCODER.encode(naming)
        version = await asyncio.to_thread(release)
        parts = {*naming.groups, *blocks, rest}

        def put(connection: Connection) -> bool:
            return store.put(connection, end, state.at, version, parts, next(self._marks(said)) + said)

        stored = await self._log.write(put)
        self._taken[end.stream] = Taken(end, blocks[: end.seq // BLOCK], tuple(groups))
        return stored

    async def _blocks(self, before: Taken, end: StreamHead, at: Micros, there: set[str]) -> tuple[str, ...]:
        names = list(before.blocks)
        for first in range(len(names) * BLOCK, end.seq, BLOCK):
            events = await self._log.read(end.stream, after=first, limit=min(BLOCK, end.seq - first))
            if first + BLOCK >= end.seq and events[-1].hash != end.hash:
                msg = "the log is not what was read of it before"
                raise ValueError(msg)
            rows = [(one.at, one.type, one.v, one.command, one.actor, one.payload) for one in events]
            names.append(await self._part(end, at, there, lambda first=first, rows=rows: pack(first + 1, rows)))  # type: ignore[misc]
        return tuple(names)

    async def _part(self, end: StreamHead, at: Micros, there: set[str], make: Callable[[], msgspec.Struct]) -> str:
        def packed() -> tuple[str, bytes]:
            body = zlib.compress(_ENCODER.encode(make()), 1)
            return store.name_of(body), body

        name, body = await asyncio.to_thread(packed)
        if name not in there:
            await self._log.write(lambda connection: store.add_part(connection, end, at, body))
            there.add(name)
        return name

    async def drop_others(self, prefix: str, kept: Sequence[str]) -> None:
        """Delete the snapshots of days that are not opened any more."""
        for stream in self._taken.keys() - set(kept):
            if stream.startswith(prefix):
                del self._taken[stream]
        await self._log.write(lambda connection: store.drop_others(connection, prefix, kept))


def _same(one: RawGroup, other: RawGroup) -> bool:
    return all(
        len(a) == len(b) and all(x is y for x, y in zip(a, b, strict=True)) for a, b in zip(one, other, strict=True)
    )
