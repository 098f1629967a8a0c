"""Where the ways between steps are drawn (a Sankey diagram): columns of nodes, and bands as wide as many went. Pure.

Positions and sizes are units of the drawing. Ways that lead back, or stay where they are, are not drawn: the table has
them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

type NodeId = tuple[str, str]


class FlowWay(msgspec.Struct, frozen=True):
    """``visits`` went from one node to another; a node is its kind and its name."""

    start: NodeId
    end: NodeId
    visits: int


class NodeBox(msgspec.Struct, frozen=True):
    """A node as it is drawn; ``visits`` came to it, or began there."""

    node: NodeId
    visits: int
    x: float
    y: float
    height: float
    column: int


class WayBand(msgspec.Struct, frozen=True):
    """A way as it is drawn: from the right edge of a node, at ``y0``, to the left edge of another, at ``y1``."""

    way: FlowWay
    x0: float
    x1: float
    y0: float
    y1: float
    height: float


class FlowLayout(msgspec.Struct, frozen=True):
    nodes: tuple[NodeBox, ...] = ()
    bands: tuple[WayBand, ...] = ()


def is_forward(way: FlowWay, order: Mapping[NodeId, int]) -> bool:
    return order[way.start] < order[way.end]


def columns(ways: Sequence[FlowWay], order: Mapping[NodeId, int]) -> dict[NodeId, int]:
    """Put each node behind all from which a way leads to it; what nothing leads on from stands in the last column."""
    ahead = sorted((one for one in ways if is_forward(one, order)), key=lambda one: order[one.start])
    found: dict[NodeId, int] = {}
    for way in ahead:
        begin = found.setdefault(way.start, 0)
        found[way.end] = max(found.get(way.end, 0), begin + 1)
    last = max(found.values(), default=0)
    leading = {way.start for way in ahead}
    return {node: column if node in leading else last for node, column in found.items()}


def layout(
    ways: Sequence[FlowWay], order: Mapping[NodeId, int], *, width: float, height: float, node_width: float, gap: float
) -> FlowLayout:
    """Draw the ways that lead on. ``order`` has every node; ``gap`` is between the nodes of a column."""
    drawn = [one for one in ways if one.visits > 0 and is_forward(one, order)]
    if not drawn:
        return FlowLayout()
    column = columns(drawn, order)
    size = _sizes(drawn)
    stacks: defaultdict[int, list[NodeId]] = defaultdict(list)
    for node in sorted(column, key=lambda one: order[one]):
        stacks[column[node]].append(node)
    # However many nodes a column has, half of the height is theirs.
    gap = min(gap, height / (2 * max(len(stack) for stack in stacks.values())))
    unit = min((height - gap * (len(stack) - 1)) / sum(size[one] for one in stack) for stack in stacks.values())
    across = (width - node_width) / max(stacks)
    boxes: dict[NodeId, NodeBox] = {}
    for number, stack in stacks.items():
        taken = unit * sum(size[one] for one in stack) + gap * (len(stack) - 1)
        y = (height - taken) / 2
        for node in stack:
            boxes[node] = NodeBox(node, size[node], number * across, y, unit * size[node], number)
            y += unit * size[node] + gap
    return FlowLayout(tuple(boxes.values()), _bands(drawn, boxes, unit, node_width))


def _sizes(ways: Sequence[FlowWay]) -> dict[NodeId, int]:
    into: defaultdict[NodeId, int] = defaultdict(int)
    out: defaultdict[NodeId, int] = defaultdict(int)
    for way in ways:
        out[way.start] += way.visits
        into[way.end] += way.visits
    return {node: max(into[node], out[node]) for node in {*into, *out}}


def _bands(
    ways: Sequence[FlowWay], boxes: Mapping[NodeId, NodeBox], unit: float, node_width: float
) -> tuple[WayBand, ...]:
    """Lay the ways beside each other where they leave a node and where they reach one, those above first."""
    leaves: defaultdict[NodeId, float] = defaultdict(float)
    reaches: defaultdict[NodeId, float] = defaultdict(float)
    starts: dict[FlowWay, float] = {}
    for way in sorted(ways, key=lambda one: (boxes[one.end].y, boxes[one.end].x)):
        starts[way] = boxes[way.start].y + leaves[way.start]
        leaves[way.start] += unit * way.visits
    found = []
    for way in sorted(ways, key=lambda one: (boxes[one.start].y, boxes[one.start].x)):
        start, end = boxes[way.start], boxes[way.end]
        found.append(
            WayBand(way, start.x + node_width, end.x, starts[way], end.y + reaches[way.end], unit * way.visits)
        )
        reaches[way.end] += unit * way.visits
    return tuple(found)
