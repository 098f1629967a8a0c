"""The fan-out of one centre: every happening is encoded once for each audience and offered to its clients.

A client has a bounded queue; when more happens than that holds, it gets one snapshot instead. One that takes nothing at
all is cut (``feeds``). The last frames are kept, so that a client that was away for a moment goes on where it was;
everybody else gets a snapshot first.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from enum import StrEnum
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from queue_server.centre import views
from queue_server.contract.catalogue import CounterView
from queue_server.contract.feeds import BoardView, Frame, QueueView
from queue_server.contract.hall import HelpView, NoticeView
from queue_server.contract.visits import VisitView
from queue_server.domain.values import (
    CounterId,
    DeviceId,
    HelpId,
    Intake,
    Micros,
    NoticeId,
    NoticePlace,
    VisitId,
    to_datetime,
)
from queue_server.eventlog.port import Event
from queue_server.queue.events import DayAbandoned, DayReopened
from queue_server.queue.state import DayState

#: Frames that wait for one client at most (docs/design.md, "Feeds"), and that are kept for clients coming back.
QUEUE_FRAMES: Final = 256

#: More digits than a signed 64-bit number is no seq.
_SEQ_DIGITS: Final = 18


class Audience(StrEnum):
    BOARD = "board"
    QUEUE = "queue"
    KIOSK = "kiosk"


class Kind(StrEnum):
    """How a browser is told a frame (the SSE event's name)."""

    SNAPSHOT = "snapshot"
    CHANGE = "change"
    BEAT = "beat"


class Packet(msgspec.Struct, frozen=True):
    """An encoded frame; ``only`` is the one device that may see it, None for the whole audience."""

    seq: int
    cursor: str
    kind: Kind
    data: bytes
    only: DeviceId | None = None

    @property
    def sse(self) -> bytes:
        """Wrap the frame as a server-sent event (HTML standard, section 9.2.5); a beat does not move the id."""
        return b"id: %s\nevent: %s\ndata: %s\n\n" % (self.cursor.encode(), self.kind.encode(), self.data)


class Touched(msgspec.Struct, frozen=True):
    """The entities that an event names in its payload."""

    visit: VisitId | None = None
    counter: CounterId | None = None
    help: HelpId | None = None
    version: int | None = None
    notice: NoticeId | None = None
    intake: Intake | None = None


class End(StrEnum):
    """Why the server ends a client's feed."""

    STALLED = "stalled"
    REVOKED = "revoked"
    SHUTDOWN = "shutdown"


class Subscriber:
    """One client's place in the fan-out; ``ended`` is done when the server wants the client gone.

    ``behind``: more has happened than its queue holds, so a snapshot is due instead of what lies there.
    """

    def __init__(self, audience: Audience, device: DeviceId | None) -> None:
        self.audience = audience
        self.device = device
        self.queue: asyncio.Queue[Packet] = asyncio.Queue(QUEUE_FRAMES)
        self.behind = False
        self.ended: asyncio.Future[End] = asyncio.get_running_loop().create_future()

    def offer(self, packet: Packet) -> None:
        """Queue a frame, or note that they are more than the queue holds."""
        if packet.only not in (None, self.device):
            return
        try:
            self.queue.put_nowait(packet)
        except asyncio.QueueFull:
            self.behind = True

    def end(self, reason: End) -> None:
        if not self.ended.done():
            self.ended.set_result(reason)


class _Memory:
    """The last frames of one audience; complete from ``since`` (a seq) on."""

    def __init__(self, since: int) -> None:
        self.since = since
        self.packets: deque[Packet] = deque()

    def keep(self, packet: Packet) -> None:
        self.packets.append(packet)
        if len(self.packets) > QUEUE_FRAMES:
            self.since = self.packets.popleft().seq


class Hub:
    """The clients of one centre. All but ``next`` runs on the loop without waiting, so nothing slips in between.

    Args:
        state: gives the committed state of the current day.
        facts: gives the set-up that views need.
        clock: gives the time of this server.
    """

    def __init__(
        self, state: Callable[[], DayState], facts: Callable[[], views.Facts], clock: Callable[[], Micros]
    ) -> None:
        self._clock = clock
        self._state = state
        self._facts = facts
        self._day = state().day
        self._memories: dict[Audience, _Memory] = {}
        self._subscribers: set[Subscriber] = set()

    def __len__(self) -> int:
        return len(self._subscribers)

    def join(self, audience: Audience, device: DeviceId | None, after: str | None) -> Subscriber:
        """Add a client; what it has missed since its cursor is queued, or a snapshot."""
        state = self._state()
        memory = self._memories.setdefault(audience, _Memory(state.seq))
        subscriber = Subscriber(audience, device)
        seq = _seq_of_day(after, state)
        if seq is None or seq < memory.since:
            subscriber.offer(self._snapshot(audience, device, state))
        else:
            for packet in memory.packets:
                if packet.seq > seq:
                    subscriber.offer(packet)
            if subscriber.queue.empty():
                subscriber.offer(self.beat())
        self._subscribers.add(subscriber)
        return subscriber

    def leave(self, subscriber: Subscriber) -> None:
        self._subscribers.discard(subscriber)

    async def next(self, subscriber: Subscriber) -> Packet:
        """Wait for what comes next for a client: a frame, or the snapshot that stands for more than it could queue."""
        packet = await subscriber.queue.get()
        if not subscriber.behind:
            return packet
        subscriber.behind = False
        while not subscriber.queue.empty():
            subscriber.queue.get_nowait()
        return self._snapshot(subscriber.audience, subscriber.device, self._state())

    def beat(self) -> Packet:
        """Say that the line is alive, with the cursor of now."""
        state = self._state()
        return _packet(state, Kind.BEAT, "beat", self._clock())

    def on_event(self, event: Event, state: DayState) -> None:
        """Tell everybody; ``state`` is that after ``event``. Late tickets of a day before are no news to a screen."""
        if event.type == DayAbandoned.type or (state.day < self._day and event.type != DayReopened.type):
            return
        if state.day != self._day:
            self._day = state.day
            self._start_day(state)
            return
        for audience, memory in self._memories.items():
            packet = self._change(audience, event, state)
            if packet is None:
                continue
            memory.keep(packet)
            for subscriber in self._subscribers:
                if subscriber.audience is audience:
                    subscriber.offer(packet)

    def refresh(self) -> None:
        """Tell everybody everything anew: what views are made from has changed without an event."""
        state = self._state()
        self._afresh(state, state.seq + 1)

    def nudge(self) -> None:
        """Tell people at counters that payments changed: what a page shows of them it fetches for itself."""
        packet = _packet(self._state(), Kind.CHANGE, "payments", self._clock())
        for subscriber in self._subscribers:
            if subscriber.audience is Audience.QUEUE:
                subscriber.offer(packet)

    def _start_day(self, state: DayState) -> None:
        """Start everybody afresh: a new day has its own stream, and nothing of the old one is on a screen."""
        self._afresh(state, state.seq)

    def _afresh(self, state: DayState, since: int) -> None:
        """Send snapshots; a client that comes back with a cursor before ``since`` gets one too."""
        self._memories = {audience: _Memory(since) for audience in self._memories}
        for subscriber in self._subscribers:
            subscriber.offer(self._snapshot(subscriber.audience, subscriber.device, state))

    def _snapshot(self, audience: Audience, device: DeviceId | None, state: DayState) -> Packet:
        known = self._facts()
        if audience is Audience.BOARD:
            return _packet(state, Kind.SNAPSHOT, "snapshot", self._clock(), board=views.board_view(state, known))
        if audience is Audience.QUEUE:
            return _packet(state, Kind.SNAPSHOT, "snapshot", self._clock(), queue=views.queue_view(state, known))
        own = views.kiosk_view(state, known, device or DeviceId(""))
        return _packet(state, Kind.SNAPSHOT, "snapshot", self._clock(), queue=own, version=known.catalogue.version)

    def _change(self, audience: Audience, event: Event, state: DayState) -> Packet | None:
        known = self._facts()
        if audience is Audience.BOARD:
            return _packet(state, Kind.CHANGE, event.type, event.at, event=event, board=views.board_view(state, known))
        if event.type == "day-closed" and audience is Audience.QUEUE:
            return _packet(state, Kind.CHANGE, event.type, event.at, event=event, queue=views.queue_view(state, known))
        touched = msgspec.json.decode(event.payload, type=Touched)
        call = state.helps.get(touched.help) if touched.help else None
        help_call = UNSET if call is None else views.help_view(call, known)
        version = UNSET if touched.version is None or event.type != "configuration-changed" else touched.version
        place = NoticePlace.KIOSKS if audience is Audience.KIOSK else None
        notices = views.notice_views(state, known, place) if touched.notice else UNSET
        intake = UNSET if touched.intake is None else state.intake
        if audience is Audience.KIOSK:
            if call is None and version is notices is intake is UNSET:
                return None
            return _packet(
                state,
                Kind.CHANGE,
                event.type,
                event.at,
                event=event,
                only=None if call is None else call.device or DeviceId(""),
                help=help_call,
                version=version,
                notices=notices,
                intake=intake,
            )
        visit = views.visit_by_id(state, touched.visit) if touched.visit else None
        counter = views.counter_view(state, known, touched.counter) if touched.counter else UNSET
        return _packet(
            state,
            Kind.CHANGE,
            event.type,
            event.at,
            event=event,
            visit=UNSET if visit is None else visit,
            counter=counter,
            help=help_call,
            version=version,
            notices=notices,
            intake=intake,
        )


def _seq_of_day(cursor: str | None, state: DayState) -> int | None:
    """Read a cursor of this day; None for none, a broken one, another day's, or one from the future."""
    day, _, seq = (cursor or "").rpartition(":")
    if day != state.day or not (seq.isascii() and seq.isdecimal() and len(seq) <= _SEQ_DIGITS):
        return None
    return int(seq) if int(seq) <= state.seq else None


def _packet(
    state: DayState,
    kind: Kind,
    name: str,
    at: Micros,
    *,
    event: Event | None = None,
    only: DeviceId | None = None,
    board: BoardView | UnsetType = UNSET,
    queue: QueueView | UnsetType = UNSET,
    visit: VisitView | UnsetType = UNSET,
    counter: CounterView | UnsetType = UNSET,
    help: HelpView | UnsetType = UNSET,  # noqa: A002 - the field of the message
    version: int | UnsetType = UNSET,
    notices: tuple[NoticeView, ...] | UnsetType = UNSET,
    intake: Intake | UnsetType = UNSET,
) -> Packet:
    seq = state.seq if event is None else event.seq
    cursor = f"{state.day}:{seq}"
    frame = Frame(
        cursor=cursor,
        stream=f"queue/{state.centre}/{state.day}",
        seq=seq,
        type=name,
        at=to_datetime(at),
        board=board,
        queue=queue,
        visit=visit,
        counter=counter,
        help=help,
        version=version,
        notices=notices,
        intake=intake,
    )
    return Packet(seq, cursor, kind, msgspec.json.encode(frame), only)
