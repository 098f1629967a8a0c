"""The form in which a change of a day is chosen. Pure."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from queue_server.domain.values import to_micros
from queue_server.web.staffing import words
from queue_server.web.staffing.day_query import VERBS, instant_text
from queue_server.web.staffing.page import ChangeForm, FormOption
from queue_server.web.staffing.staffing_view import StaffingView

#: A change lies between two edges.
_EDGES = 2


def form(view: StaffingView, ahead: Sequence[datetime]) -> ChangeForm | None:
    """Offer the pools of the day, and the times that are not over; None where nothing is left to change."""
    _, change = view.look.words, view.asked.change
    if len(ahead) < _EDGES:
        return None
    verb = "close" if change is None else change.verb
    start, end = (ahead[0], ahead[-1]) if change is None else (change.start, change.end)
    pools = (None, *(pool.id for pool in view.day.pools))
    named = {pool: words.first_upper(view.pool(pool)) for pool in pools}
    return ChangeForm(
        kinds=tuple(FormOption(one, words.verb(_, one), one == verb) for one in VERBS),
        pools=tuple(
            FormOption(pool or "", Markup.escape(named[pool]), change is not None and pool == change.pool)
            for pool in pools
        ),
        starts=_times(view, ahead[:-1], start),
        ends=_times(view, ahead[1:], end),
        counters=1 if change is None else change.counters,
    )


def _times(view: StaffingView, instants: Sequence[datetime], chosen: datetime) -> tuple[FormOption, ...]:
    """Write instants as the clock shows them; one that it shows twice says its distance from UTC."""
    clock = view.look.clock
    shown = [clock.hhmm(to_micros(one)) for one in instants]
    many = Counter(shown)
    texts = (
        text if many[text] == 1 else f"{text} ({clock.local(to_micros(one)):%:z})"
        for text, one in zip(shown, instants, strict=True)
    )
    return tuple(
        FormOption(instant_text(one), Markup.escape(text), one == chosen)
        for text, one in zip(texts, instants, strict=True)
    )
