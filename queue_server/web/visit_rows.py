"""A waiting visit as one row, with its promise line: the same in every list of every page."""

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from queue_server.domain.values import Micros
from queue_server.queue.order import is_away
from queue_server.queue.state import Visit
from queue_server.web import promise_line as promise
from queue_server.web import times, wording
from queue_server.web.promise_line import PromiseLine
from queue_server.web.view_context import StaffView

#: In place of one that is drawn by the time.
_NO_LINE = PromiseLine(0.0, 0.0, (0.0, 0.0), None, None)
#: Minutes before due from which a row is marked.
SOON = 5


class WaitingRow(msgspec.Struct, frozen=True, cache_hash=True):
    """A waiting visit, in the rail and in the table of why."""

    code: str
    what: Markup
    category: Markup
    counts_from: Markup
    promise: Markup
    due: str
    left: Markup
    line: PromiseLine
    soon: bool
    late: bool
    due_in: Markup


class ScaleTick(msgspec.Struct, frozen=True):
    x: float
    text: str


def row(look: StaffView, axis: promise.Axis, visit: Visit) -> WaitingRow:
    """Show a visit; the row is the same one as long as nothing of it changes, and pages draw it once."""
    away = visit.away_until if visit.away_until is not None and is_away(visit, look.now) else None
    left = times.minutes_left(visit.due, look.now)
    return look.ever(("row", visit.id, visit.last_seq, axis, left, away), lambda: _row(look, axis, visit, left, away))


def _row(look: StaffView, axis: promise.Axis, visit: Visit, left: int, away: Micros | None) -> WaitingRow:
    remaining = (
        look.words.ngettext("%(count)s min left", "%(count)s min left", left) if left >= 0 else look.due_in(visit)
    )
    if away is not None:
        remaining = look.words("away until %(time)s", time=look.clock.hhmm(away))
    return replace(
        # As long as nothing happens to the visit, only what depends on the time is found out anew.
        look.ever(("timeless", visit.id, visit.last_seq), lambda: _timeless(look, visit)),
        left=remaining,
        line=axis.line(visit.records[-1].ready_at, visit.due),
        soon=0 <= left < SOON,
        late=left < 0,
        due_in=look.due_in(visit),
    )


def _timeless(look: StaffView, visit: Visit) -> WaitingRow:
    category = wording.category(look.words, visit.category)
    return WaitingRow(
        code=visit.code,
        what=Markup("{} · {}").format(look.service(visit), category),
        category=category,
        counts_from=look.counted(visit),
        promise=look.words.ngettext("%(count)s min", "%(count)s min", visit.promise),
        due=look.clock.hhmm(visit.due),
        left=Markup(),
        line=_NO_LINE,
        soon=False,
        late=False,
        due_in=Markup(),
    )
