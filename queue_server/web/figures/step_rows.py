"""Waits and services of each step, as a table with a line from half to nine of ten. Pure."""

from queue_server.domain.values import StepId
from queue_server.reports.tally import Tally
from queue_server.web import wording
from queue_server.web.figures import figures_words
from queue_server.web.figures.axis import axis
from queue_server.web.figures.figures_query import FiguresQuery, VisitsQuery
from queue_server.web.figures.page import AxisMark, StepRow, StepTable
from queue_server.web.figures.reading import FiguresData
from queue_server.web.view_context import StaffView

#: Percent of calls that should be in time; a step that has less is marked.
GOAL = 90


def step_table(look: StaffView, data: FiguresData, asked: FiguresQuery) -> StepTable | None:
    """Make it, in the order of the steps of the set-up, and those that are there no more behind them."""
    steps = (*look.known.steps, *(step for step in sorted(data.steps) if step not in look.known.steps))
    known = [step for step in steps if step in data.steps]
    if not known:
        return None
    most = max(data.steps[step].waits.percentile_min(90) or 0 for step in known)
    top = axis(max(most, 1))
    return StepTable(
        rows=tuple(_row(look, step, data.steps[step], top[-1], asked) for step in known),
        across=tuple(AxisMark(100 * number / top[-1], str(number)) for number in top),
    )


def _row(look: StaffView, step: StepId, one: Tally, top: int, asked: FiguresQuery) -> StepRow:
    half, most = one.waits.percentile_min(50), one.waits.percentile_min(90)
    return StepRow(
        name=look.step(step),
        icon=wording.step_icon(step),
        calls=figures_words.number(one.waits.count),
        wait=figures_words.number(half),
        wait_most=figures_words.number(most),
        service=figures_words.number(one.services.percentile_min(50)),
        service_most=figures_words.number(one.services.percentile_min(90)),
        in_time=wording.share(look.words, one.kept, one.judged),
        is_short=one.judged >= wording.FEWEST and 100 * one.kept < GOAL * one.judged,
        line=None if half is None or most is None else (round(100 * half / top, 1), round(100 * most / top, 1)),
        url=VisitsQuery(asked, step=step).address() if one.waits.count else "",
        late_url=VisitsQuery(asked, step=step, in_time=False).address() if one.kept < one.judged else "",
    )
