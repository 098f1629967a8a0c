"""What the clients of one centre are told: frames of its day, for each audience."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from queue_server.centre import views
from queue_server.centre.throttle import Throttle
from queue_server.contract.catalogue import CounterView
from queue_server.contract.feeds import BoardView, FeedFrame, QueueView
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
    ServiceId,
    VisitId,
    to_datetime,
)
from queue_server.eventlog.port import Event
from queue_server.framework.broadcast import Broadcaster, BrowserEvent, Packet, Subscriber
from queue_server.queue.events import DayAbandoned, DayReopened, ServiceClosed, ServiceReopened, TicketPrinted
from queue_server.queue.state import DayState

#: More digits than a signed 64-bit number is no seq.
_SEQ_DIGITS: Final = 18
#: After a frame boards get no other one for so many seconds each: however much happens, most of the loop is left to
#: those who make it happen.
_PAUSE_S: Final = 0.0002
#: Events that change nothing of what any client is shown.
_UNSEEN: Final = frozenset({TicketPrinted.type})
#: Events after which other services are closed for today than before.
_OF_SERVICES: Final = frozenset({ServiceClosed.type, ServiceReopened.type})


class Audience(StrEnum):
    BOARD = "board"
    QUEUE = "queue"
    KIOSK = "kiosk"


class Touched(msgspec.Struct, frozen=True):
    """The entities that an event names in its payload."""

    visit: VisitId | None = None
    counter: CounterId | None = None
    help: HelpId | None = None
    version: int | None = None
    notice: NoticeId | None = None
    intake: Intake | None = None


class CentreBroadcaster(Broadcaster):
    """The clients of one centre.

    Args:
        state: gives the committed state of the current day.
        facts: gives the set-up that views need.
        clock: gives the time of this server.
    """

    def __init__(
        self, state: Callable[[], DayState], facts: Callable[[], views.Facts], clock: Callable[[], Micros]
    ) -> None:
        super().__init__()
        self._clock = clock
        self._state = state
        self._facts = facts
        self._day = state().day
        #: The last event that boards have not been shown, and the state after it.
        self._news: tuple[Event, DayState] | None = None
        self._boards = Throttle(self._show_boards, lambda: len(self) * _PAUSE_S)

    def seq(self) -> int:
        return self._state().seq

    def place(self, cursor: str | None) -> int | None:
        return _seq_of_day(cursor, self._state())

    def join(self, audience: str, device: DeviceId | None, after: str | None) -> Subscriber:
        # No cursor says that somebody has seen what boards are not shown yet.
        self._boards.flush()
        return super().join(audience, device, after)

    def beat(self) -> Packet:
        self._boards.flush()
        return _packet(self._state(), BrowserEvent.BEAT, "beat", self._clock())

    def on_event(self, event: Event, state: DayState) -> None:
        """Tell everybody; ``state`` is that after ``event``. Late tickets of a day before are no news to a screen."""
        if event.type == DayAbandoned.type or (state.day < self._day and event.type != DayReopened.type):
            return
        if event.type in _UNSEEN and state.day == self._day:
            return
        if state.day != self._day:
            self._day = state.day
            self._boards.cancel()
            # A new day has its own stream, and nothing of the old one is on a screen.
            self.afresh(state.seq)
            return
        for audience in self.audiences:
            if audience == Audience.BOARD:
                self._news = event, state
                self._boards.request()
            elif (packet := self._change(audience, event, state)) is not None:
                self.publish(audience, packet)

    def _show_boards(self) -> None:
        """Show boards all that happened since they were shown it last, by one frame: it holds all that they show."""
        if self._news is not None:
            event, state = self._news
            self._news = None
            board = views.board_view(state, self._facts())
            self.publish(
                Audience.BOARD, _packet(state, BrowserEvent.CHANGE, event.type, event.at, event=event, board=board)
            )

    def refresh(self) -> None:
        """Tell everybody everything anew: what views are made from has changed without an event."""
        self.afresh(self._state().seq + 1)

    def refresh_boards(self) -> None:
        """Show boards everything anew, as ``refresh`` does to all; whoever comes back later sees it anyway."""
        self.mention((Audience.BOARD,), self.snapshot(Audience.BOARD, None))

    def notify_counters(self, what: str) -> None:
        """Tell people at counters that something beside the day changed: what a page shows of it it fetches itself."""
        self.mention((Audience.QUEUE,), _packet(self._state(), BrowserEvent.MENTION, what, self._clock()))

    def snapshot(self, audience: str, device: DeviceId | None) -> Packet:
        known, state = self._facts(), self._state()
        if audience == Audience.BOARD:
            return _packet(
                state, BrowserEvent.SNAPSHOT, "snapshot", self._clock(), board=views.board_view(state, known)
            )
        if audience == Audience.QUEUE:
            return _packet(
                state, BrowserEvent.SNAPSHOT, "snapshot", self._clock(), queue=views.queue_view(state, known)
            )
        own = views.kiosk_view(state, known, device or DeviceId(""))
        return _packet(
            state, BrowserEvent.SNAPSHOT, "snapshot", self._clock(), queue=own, version=known.catalogue.version
        )

    def _change(self, audience: str, event: Event, state: DayState) -> Packet | None:
        known = self._facts()
        if event.type == "day-closed" and audience == Audience.QUEUE:
            return _packet(
                state, BrowserEvent.CHANGE, event.type, event.at, event=event, queue=views.queue_view(state, known)
            )
        touched = msgspec.json.decode(event.payload, type=Touched)
        call = state.helps.get(touched.help) if touched.help else None
        help_call = UNSET if call is None else views.help_view(call, known)
        version = UNSET if touched.version is None or event.type != "configuration-changed" else touched.version
        place = NoticePlace.KIOSKS if audience == Audience.KIOSK else None
        notices = views.notice_views(state, known, place) if touched.notice else UNSET
        intake = UNSET if touched.intake is None else state.intake
        closed = views.closed_services(state) if event.type in _OF_SERVICES else UNSET
        if audience == Audience.KIOSK:
            if call is None and version is notices is intake is closed is UNSET:
                return None
            return _packet(
                state,
                BrowserEvent.CHANGE,
                event.type,
                event.at,
                event=event,
                only=None if call is None else call.device or DeviceId(""),
                help=help_call,
                version=version,
                notices=notices,
                intake=intake,
                closed_services=closed,
            )
        visit = views.visit_by_id(state, touched.visit) if touched.visit else None
        counter = views.counter_view(state, known, touched.counter) if touched.counter else UNSET
        return _packet(
            state,
            BrowserEvent.CHANGE,
            event.type,
            event.at,
            event=event,
            visit=UNSET if visit is None else visit,
            counter=counter,
            help=help_call,
            version=version,
            notices=notices,
            intake=intake,
            closed_services=closed,
        )


def _seq_of_day(cursor: str | None, state: DayState) -> int | None:
    """Read a cursor of this day; None for none, a broken one, another day's, or one from the future."""
    day, _, seq = (cursor or "").rpartition(":")
    if day != state.day or not (seq.isascii() and seq.isdecimal() and len(seq) <= _SEQ_DIGITS):
        return None
    return int(seq) if int(seq) <= state.seq else None


def _packet(
    state: DayState,
    kind: BrowserEvent,
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
    closed_services: tuple[ServiceId, ...] | UnsetType = UNSET,
) -> Packet:
    seq = state.seq if event is None else event.seq
    cursor = f"{state.day}:{seq}"
    frame = FeedFrame(
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
        closed_services=closed_services,
    )
    return Packet(seq, cursor, kind, msgspec.json.encode(frame), only)
