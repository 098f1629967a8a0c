"""The fan-out of one feed: every happening is encoded once for each audience and offered to its clients.

A client has a bounded queue; when more happens than that holds, it gets one snapshot instead. One that takes nothing at
all is cut (``feeds``). The last frames are kept, so that a client that was away for a moment goes on where it was;
everybody else gets a snapshot first. What a frame holds is said by the room whose feed it is.
"""

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cached_property
from typing import Final

import msgspec

from queue_server.domain.values import DeviceId

#: Frames that wait for one client at most, and that are kept for clients coming back.
QUEUE_FRAMES: Final = 256


class BrowserEvent(StrEnum):
    """How a browser is told a frame (the SSE event's name)."""

    SNAPSHOT = "snapshot"
    CHANGE = "change"
    #: What is new beside what the feed numbers: its cursor says nothing of it.
    MENTION = "mention"
    #: Parts of an open page of staff as they are now (docs/decisions/0033).
    PAGE = "page"
    BEAT = "beat"


class Packet(msgspec.Struct, frozen=True, dict=True):
    """An encoded frame; ``only`` is the one device that may see it, None for the whole audience.

    What it is wrapped in is made once, for as many clients as there are.
    """

    seq: int
    cursor: str
    kind: BrowserEvent
    data: bytes
    only: DeviceId | None = None

    @cached_property
    def sse(self) -> bytes:
        """Wrap the frame as a server-sent event (HTML standard, section 9.2.5); a beat does not move the id."""
        return b"id: %s\nevent: %s\ndata: %s\n\n" % (self.cursor.encode(), self.kind.encode(), self.data)

    @cached_property
    def sse_chunk(self) -> bytes:
        """Wrap that as one chunk (RFC 9112, section 7.1)."""
        return b"%x\r\n%s\r\n" % (len(self.sse), self.sse)

    @cached_property
    def websocket(self) -> bytes:
        """Wrap the frame as a whole text message of a server (RFC 6455, section 5.2)."""
        return _websocket_head(len(self.data)) + self.data


#: First byte of a text message that is whole, and what stands in the second for a length that follows.
_TEXT, _LENGTH_16, _LENGTH_64 = 0x81, 126, 127


def _websocket_head(length: int) -> bytes:
    if length < _LENGTH_16:
        return bytes((_TEXT, length))
    if length < 1 << 16:
        return bytes((_TEXT, _LENGTH_16)) + length.to_bytes(2)
    return bytes((_TEXT, _LENGTH_64)) + length.to_bytes(8)


class FeedEnd(StrEnum):
    """Why the server ends a client's feed."""

    STALLED = "stalled"
    REVOKED = "revoked"
    SHUTDOWN = "shutdown"


class Subscriber:
    """One client's place in the fan-out; ``ended`` says why the server wants the client gone, and ``on_end`` hears it.

    ``behind``: more has happened than its queue holds, so a snapshot is due instead of what lies there. ``write`` gives
    a frame to the line at once, and is false where the line does not take it: then the queue does.
    """

    __slots__ = ("_queue", "audience", "behind", "device", "ended", "on_end", "write")

    def __init__(self, audience: str, device: DeviceId | None) -> None:
        self.audience = audience
        self.device = device
        self._queue: asyncio.Queue[Packet] | None = None
        self.behind = False
        self.write: Callable[[Packet], bool] | None = None
        self.ended: FeedEnd | None = None
        self.on_end: Callable[[FeedEnd], None] | None = None

    @property
    def queue(self) -> asyncio.Queue[Packet]:
        """What waits for the client. It is made when something does: of thousands of lines nearly all take all."""
        if self._queue is None:
            self._queue = asyncio.Queue(QUEUE_FRAMES)
        return self._queue

    @property
    def waits(self) -> bool:
        """Whether anything waits for the client."""
        return self._queue is not None and not self._queue.empty()

    def let_go(self) -> None:
        """Keep no queue while nothing waits."""
        self._queue = None

    def offer(self, packet: Packet) -> None:
        """Write or queue a frame, or note that they are more than the queue holds."""
        if packet.only not in (None, self.device):
            return
        if self.write is not None and not self.waits and self.write(packet):
            return
        try:
            self.queue.put_nowait(packet)
        except asyncio.QueueFull:
            self.behind = True

    def end(self, reason: FeedEnd) -> None:
        if self.ended is None:
            self.ended = reason
            if self.on_end is not None:
                self.on_end(reason)


class _Memory:
    """The last frames of one audience; complete from ``since`` (a seq) on."""

    def __init__(self, since: int) -> None:
        self.since = since
        self.packets: deque[Packet] = deque()

    def append(self, packet: Packet) -> None:
        self.packets.append(packet)
        if len(self.packets) > QUEUE_FRAMES:
            self.since = self.packets.popleft().seq


class Broadcaster(ABC):
    """The clients of one feed. All but ``next`` runs on the loop without waiting, so nothing slips in between."""

    def __init__(self) -> None:
        self._memories: dict[str, _Memory] = {}
        self._subscribers: set[Subscriber] = set()

    def __len__(self) -> int:
        return len(self._subscribers)

    @abstractmethod
    def seq(self) -> int:
        """Say up to which number everything has happened that a snapshot holds."""

    @abstractmethod
    def place(self, cursor: str | None) -> int | None:
        """Give the number of a client's cursor; None where it has none that means anything here."""

    @abstractmethod
    def snapshot(self, audience: str, device: DeviceId | None) -> Packet:
        """Show an audience everything as it is."""

    @abstractmethod
    def beat(self) -> Packet:
        """Say that the line is alive, with the cursor of now."""

    @property
    def audiences(self) -> tuple[str, ...]:
        """Those of whom there ever was a client: for nobody else has anything to be encoded."""
        return tuple(self._memories)

    def join(self, audience: str, device: DeviceId | None, after: str | None) -> Subscriber:
        """Add a client; what it has missed since its cursor is queued, or a snapshot."""
        memory = self._memories.setdefault(audience, _Memory(self.seq()))
        subscriber = Subscriber(audience, device)
        seq = self.place(after)
        if seq is None or seq < memory.since:
            subscriber.offer(self.snapshot(audience, device))
        else:
            for packet in memory.packets:
                if packet.seq > seq:
                    subscriber.offer(packet)
            if not subscriber.waits:
                subscriber.offer(self.beat())
        self._subscribers.add(subscriber)
        return subscriber

    def leave(self, subscriber: Subscriber) -> None:
        self._subscribers.discard(subscriber)

    async def next(self, subscriber: Subscriber) -> Packet:
        """Wait for what comes next for a client: a frame, or the snapshot that stands for more than it could queue."""
        return self._or_snapshot(subscriber, await subscriber.queue.get())

    def take(self, subscriber: Subscriber) -> Packet | None:
        """Give what comes next for a client, as ``next`` does; None where nothing waits."""
        if subscriber.waits:
            return self._or_snapshot(subscriber, subscriber.queue.get_nowait())
        subscriber.let_go()
        return None

    def _or_snapshot(self, subscriber: Subscriber, packet: Packet) -> Packet:
        if not subscriber.behind:
            return packet
        subscriber.behind = False
        while not subscriber.queue.empty():
            subscriber.queue.get_nowait()
        return self.snapshot(subscriber.audience, subscriber.device)

    def publish(self, audience: str, packet: Packet) -> None:
        """Offer a frame to an audience, and keep it for those who come back."""
        self._memories[audience].append(packet)
        self.mention((audience,), packet)

    def mention(self, audiences: Iterable[str], packet: Packet) -> None:
        """Offer a frame to audiences; nobody who was away needs it."""
        wanted = frozenset(audiences)
        for subscriber in self._subscribers:
            if subscriber.audience in wanted:
                subscriber.offer(packet)

    def afresh(self, since: int) -> None:
        """Send snapshots; a client that comes back with a cursor before ``since`` gets one too."""
        self._memories = {audience: _Memory(since) for audience in self._memories}
        for subscriber in self._subscribers:
            subscriber.offer(self.snapshot(subscriber.audience, subscriber.device))
