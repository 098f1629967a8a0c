"""Draws the ways between steps, and writes all of them as a table. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from queue_server.domain.values import StepId
from queue_server.reports.facts import VisitOutcome, VisitSource
from queue_server.web import wording
from queue_server.web.figures import figures_words
from queue_server.web.figures.figures_query import ENDS, FiguresQuery, VisitsQuery
from queue_server.web.figures.flow_layout import FlowWay, NodeBox, NodeId, WayBand, is_forward, layout
from queue_server.web.figures.page import FlowBand, FlowNode, FlowPicture, FlowRow
from queue_server.web.view_context import StaffView

#: Units of the drawing, and what is left around it for names.
WIDTH, HEIGHT = 1000, 560
_TOP, _RIGHT, _NODE, _GAP = 44.0, 130.0, 14.0, 52.0
#: A number stands in a way that is at least so high.
_MIN_TEXT: Final = 18.0
_SOURCE, _STEP, _END = "source", "step", "end"
_PRESENT: Final = "present"


def ways(flows: Mapping[str, int]) -> tuple[FlowWay, ...]:
    """List how visits went: from where they got their ticket, from step to step, and how they ended. Most first.

    ``flows`` are the tallies of ``Dimension.FLOW``: who came to a step and has not gone on from it is still there.
    """
    found: defaultdict[tuple[NodeId, NodeId], int] = defaultdict(int)
    here: defaultdict[NodeId, int] = defaultdict(int)
    for key, visits in flows.items():
        from_, _, to = key.partition(">")
        start = (_SOURCE, from_[1:]) if from_.startswith("=") else (_STEP, from_)
        end = (_END, _end_of(VisitOutcome(to[1:]))) if to.startswith("=") else (_STEP, to)
        found[start, end] += visits
        here[start] -= visits
        here[end] += visits
    for node, visits in here.items():
        if node[0] == _STEP and visits > 0:
            found[node, (_END, _PRESENT)] += visits
    listed = [FlowWay(start, end, visits) for (start, end), visits in found.items()]
    return tuple(sorted(listed, key=lambda one: (-one.visits, one.start, one.end)))


def flow_picture(look: StaffView, flows: Mapping[str, int], asked: FiguresQuery) -> FlowPicture | None:
    """Draw them from where the page begins to be read; None where nobody came."""
    every = ways(flows)
    if not every:
        return None
    order = _order(look, every)
    drawn = layout(every, order, width=WIDTH - _RIGHT, height=HEIGHT - _TOP, node_width=_NODE, gap=_GAP)
    side = _Side(mirrored=look.reader.rtl)
    last = max((one.column for one in drawn.nodes), default=0)
    out: defaultdict[NodeId, int] = defaultdict(int)
    for way in every:
        out[way.start] += way.visits
    begun = sum(way.visits for way in every if way.start[0] == _SOURCE)
    _ = look.words
    return FlowPicture(
        nodes=tuple(_node(look, box, side, is_last=box.column == last) for box in drawn.nodes),
        bands=tuple(_band(look, band, side) for band in drawn.bands),
        rows=tuple(_row(look, way, out[way.start], order, asked) for way in every),
        summary=wording.plain(
            _(
                "%(count)s visits; most went from %(start)s to %(end)s: %(visits)s.",
                count=begun,
                start=name_of(look, every[0].start),
                end=name_of(look, every[0].end),
                visits=every[0].visits,
            )
        ),
    )


def name_of(look: StaffView, node: NodeId) -> str:
    kind, ident = node
    if kind == _SOURCE:
        return wording.plain(figures_words.source(look.words, VisitSource(ident)))
    if kind == _END:
        return wording.plain(figures_words.end(look.words, ident))
    return look.step(StepId(ident))


def _end_of(outcome: VisitOutcome) -> str:
    """Say at which end of the drawing a visit is, as ``ENDS`` has it for its last stop."""
    if outcome in {VisitOutcome.SERVED, VisitOutcome.CARRIED_OVER}:
        return outcome.value
    return _PRESENT if outcome is VisitOutcome.PRESENT else "left"


def _order(look: StaffView, every: Sequence[FlowWay]) -> dict[NodeId, int]:
    """Put all nodes into the order of the journey: sources, steps as the set-up has them, ends."""
    there = {node for way in every for node in (way.start, way.end)}
    steps = [
        *look.known.steps,
        *sorted(ident for kind, ident in there if kind == _STEP and ident not in look.known.steps),
    ]
    nodes = [
        *((_SOURCE, one.value) for one in (VisitSource.KIOSK, VisitSource.RECEPTION, VisitSource.BOOKING)),
        *((_STEP, str(one)) for one in steps),
        *((_END, one) for one in ENDS),
    ]
    return {node: place for place, node in enumerate(node for node in nodes if node in there)}


class _Side:
    """Where something stands across: from the left, or from the right where the page is read from there."""

    def __init__(self, *, mirrored: bool) -> None:
        self._mirrored = mirrored

    def x(self, x: float) -> float:
        return round(WIDTH - x if self._mirrored else x, 1)

    def left(self, x: float, width: float) -> float:
        """Give the left edge of something that is ``width`` wide."""
        return round(WIDTH - x - width if self._mirrored else x, 1)

    @property
    def begin(self) -> str:
        """How a text is anchored that goes on from where it stands."""
        return "end" if self._mirrored else "start"


def _node(look: StaffView, box: NodeBox, side: _Side, *, is_last: bool) -> FlowNode:
    y = box.y + _TOP
    text_x, text_y = (box.x + _NODE + 8, y + max(box.height / 2 - 2, 4)) if is_last else (box.x, y - 22)
    return FlowNode(
        name=name_of(look, box.node),
        count=look.words.ngettext("%(count)s visit", "%(count)s visits", box.visits),
        x=side.left(box.x, _NODE),
        y=round(y, 1),
        width=_NODE,
        height=round(max(box.height, 1), 1),
        text_x=side.x(text_x),
        text_y=round(text_y, 1),
        anchor=side.begin,
    )


def _band(look: StaffView, band: WayBand, side: _Side) -> FlowBand:
    x0, x1, middle = side.x(band.x0), side.x(band.x1), side.x((band.x0 + band.x1) / 2)
    y0, y1 = round(band.y0 + _TOP, 1), round(band.y1 + _TOP, 1)
    under0, under1 = round(y0 + band.height, 1), round(y1 + band.height, 1)
    above = f"M{x0},{y0}C{middle},{y0} {middle},{y1} {x1},{y1}"
    path = f"{above}L{x1},{under1}C{middle},{under1} {middle},{under0} {x0},{under0}Z"
    way = band.way
    title = f"{name_of(look, way.start)} → {name_of(look, way.end)}: {way.visits}"
    return FlowBand(
        path=path,
        end=way.end[1] if way.end[0] == _END else "",
        title=title,
        text=figures_words.number(way.visits) if band.height >= _MIN_TEXT else "",
        text_x=side.x(band.x0 + 10),
        text_y=round(y0 + band.height / 2 + 5, 1),
        anchor=side.begin,
    )


def _row(look: StaffView, way: FlowWay, out: int, order: Mapping[NodeId, int], asked: FiguresQuery) -> FlowRow:
    (kind, start), (end_kind, end) = way.start, way.end
    if kind == _SOURCE:
        behind = VisitsQuery(asked, step=end, source=VisitSource(start))
    elif end_kind == _END:
        behind = VisitsQuery(asked, step=start, leaving=end)
    else:
        behind = VisitsQuery(asked, step=start, to=end)
    return FlowRow(
        start=name_of(look, way.start),
        end=name_of(look, way.end),
        visits=figures_words.number(way.visits),
        share=wording.share(look.words, way.visits, out),
        drawn=is_forward(way, order),
        url=behind.address(),
    )
