"""What a lobby board shows, as a pure function of what the server said and of the time.

One call is in the panel at a time, at least ``call_seconds`` long, so that announcements queue and none cuts off
another. A call that was undone leaves at once. Without data for ``silence_seconds`` every call is
taken down: a stale call is worse than none. An emergency notice stays: it goes when the server says so or when its
own time is over, never because a cable was pulled.
"""

from collections import deque
from datetime import datetime, timedelta

import msgspec

from queue_server.contract.feeds import BoardCallView, BoardView, BoardWaiting
from queue_server.contract.hall import NoticeView
from queue_server.domain.values import NoticeKind, NoticeText

#: A call and how often it was repeated; a call is known by its time and place in the stream, over days too.
type Announcement = tuple[datetime, int, int]


class BoardContent(msgspec.Struct, frozen=True):
    """All that is on the board now.

    While not connected ``since`` is set, and nothing else but ``view``'s names and the ``emergency``, the newest.
    ``announcements`` are the newest first. ``chime`` names what this board announces now, and changes with it; None
    before it has announced anything.
    """

    view: BoardView | None
    now: BoardCallView | None = None
    before: tuple[BoardCallView, ...] = ()
    waiting: tuple[BoardWaiting, ...] = ()
    since: datetime | None = None
    emergency: NoticeView | None = None
    announcements: tuple[NoticeView, ...] = ()
    chime: Announcement | None = None


def announcement(call: BoardCallView) -> Announcement:
    return (call.at, call.seq, call.repeats)


class Board:
    """Follows the feed; ask ``show`` for the picture and ``next_change`` for when to ask again.

    Args:
        started: when this board was switched on (aware).
        call_seconds: how long a call keeps the panel while others queue.
        silence_seconds: how long without data until the board says that it is not connected.
    """

    def __init__(self, started: datetime, *, call_seconds: float = 10.0, silence_seconds: float = 30.0) -> None:
        self.go_by(call_seconds, silence_seconds)
        self._contact_at = started
        self._view: BoardView | None = None
        self._announced: set[Announcement] = set()
        self._queue: deque[Announcement] = deque()
        self._current: Announcement | None = None
        self._until = started
        #: The call that stood there already when this board was switched on: nobody has to look up for it.
        self._old: Announcement | None = None

    def go_by(self, call_seconds: float, silence_seconds: float) -> None:
        """Take other times from now on."""
        self._hold = timedelta(seconds=call_seconds)
        self._silence = timedelta(seconds=silence_seconds)

    def receive(self, now: datetime, view: BoardView | None = None) -> None:
        """Take a frame of the feed: a beat (no view) or what the board should know."""
        self._contact_at = now
        if view is None:
            return
        first = self._view is None
        self._view = view
        present = {announcement(call): call for call in view.calls}
        fresh = [key for key, call in present.items() if call.active and key not in self._announced]
        fresh.sort()
        # What is no longer listed can never come back under the same key, so it need not be remembered.
        self._announced = {key for key in self._announced if key in present} | set(fresh)
        if first and fresh:
            # A board just switched on shows the newest call and does not announce the older ones once more.
            self._current, self._until = fresh[-1], now + self._hold
            self._old = self._current
            return
        self._queue = deque(key for key in self._queue if key in present and present[key].active)
        self._queue.extend(fresh)
        self._next_call(now)

    def _next_call(self, now: datetime) -> None:
        calls = {} if self._view is None else {announcement(call): call for call in self._view.calls}
        if self._current is not None and self._current not in calls:
            self._current = None
        held = self._current is not None and now < self._until
        if held:
            return
        if self._queue:
            self._current, self._until = self._queue.popleft(), now + self._hold
        elif self._current is not None and not calls[self._current].active:
            self._current = None

    def show(self, now: datetime, server: datetime | None = None) -> BoardContent:
        """Say what belongs on the board at ``now``; ``server`` is what the clock of the server shows then."""
        view = self._view
        notices = () if view is None else _notices(view, now if server is None else server)
        emergency = next((one for one in notices if one.kind is NoticeKind.EMERGENCY), None)
        if view is None or now - self._contact_at >= self._silence:
            return BoardContent(view=view, since=self._contact_at, emergency=emergency)
        self._next_call(now)
        current = next((call for call in view.calls if announcement(call) == self._current), None)
        return BoardContent(
            view=view,
            now=current,
            before=tuple(call for call in view.calls if call is not current and announcement(call) not in self._queue),
            waiting=view.waiting,
            emergency=emergency,
            announcements=tuple(one for one in notices if one.kind is NoticeKind.ANNOUNCEMENT and _readable(one)),
            chime=None if self._current == self._old else self._current,
        )

    def next_change(self, now: datetime) -> datetime:
        """Say when ``show`` may answer otherwise without anything being heard."""
        silence = self._contact_at + self._silence
        if self._current is not None and self._until > now:
            return min(self._until, silence)
        return silence


def _notices(view: BoardView, server: datetime) -> tuple[NoticeView, ...]:
    """Give the notices whose time is not over, the newest first."""
    lasting = [one for one in view.notices if one.until is None or one.until > server]
    return tuple(sorted(lasting, key=lambda one: one.at, reverse=True))


def _readable(notice: NoticeView) -> bool:
    """Say whether there is something to read: what was typed may come a moment later."""
    return notice.text is not NoticeText.OWN or bool(notice.own)
