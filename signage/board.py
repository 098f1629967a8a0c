"""What a lobby board shows, as a pure function of what the server said and of the time.

One call is in the panel at a time, at least ``call_seconds`` long, so that announcements queue and none cuts off
another (specs: signage). A call that was undone leaves at once. Without data for ``silence_seconds`` every call is
taken down: a stale call is worse than none.
"""

from collections import deque
from datetime import datetime, timedelta

import msgspec

from queue_server.contract.messages import BoardCallView, BoardView, BoardWaiting

#: A call and how often it was repeated; a call is known by its time and place in the stream, over days too.
type Announcement = tuple[datetime, int, int]

LIST_LENGTH = 6


class Shown(msgspec.Struct, frozen=True):
    """All that is on the board now. ``since`` is set, and nothing else but ``view``'s names, while not connected."""

    view: BoardView | None
    now: BoardCallView | None = None
    before: tuple[BoardCallView, ...] = ()
    waiting: tuple[BoardWaiting, ...] = ()
    since: datetime | None = None


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
        self._hold = timedelta(seconds=call_seconds)
        self._silence = timedelta(seconds=silence_seconds)
        self._heard = started
        self._view: BoardView | None = None
        self._announced: set[Announcement] = set()
        self._queue: deque[Announcement] = deque()
        self._current: Announcement | None = None
        self._until = started

    def heard(self, now: datetime, view: BoardView | None = None) -> None:
        """Take a frame of the feed: a beat (no view) or what the board should know."""
        self._heard = now
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
            return
        self._queue = deque(key for key in self._queue if key in present and present[key].active)
        self._queue.extend(fresh)
        self._take_next(now)

    def _take_next(self, now: datetime) -> None:
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

    def show(self, now: datetime) -> Shown:
        """Say what belongs on the board at ``now``."""
        view = self._view
        if view is None or now - self._heard >= self._silence:
            return Shown(view=view, since=self._heard)
        self._take_next(now)
        current = next((call for call in view.calls if announcement(call) == self._current), None)
        before = tuple(call for call in view.calls if call is not current and announcement(call) not in self._queue)
        return Shown(view=view, now=current, before=before[:LIST_LENGTH], waiting=view.waiting)

    def next_change(self, now: datetime) -> datetime:
        """Say when ``show`` may answer otherwise without anything being heard."""
        silence = self._heard + self._silence
        if self._current is not None and self._until > now:
            return min(self._until, silence)
        return silence
