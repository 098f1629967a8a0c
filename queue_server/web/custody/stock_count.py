"""Turns what was read of a drawer, and of what a count has found, into the page of stock-taking. Pure."""

from queue_server.web.custody.custody_query import CustodyQuery, CustodyView
from queue_server.web.custody.item_rows import item_row
from queue_server.web.custody.page import DrawerLine, StockCount
from queue_server.web.custody.stock_reading import DrawerState
from queue_server.web.view_context import StaffView


def stock_count(look: StaffView, asked: CustodyQuery, read: DrawerState) -> StockCount:
    """Show the drawers in which something lies; of one what should lie there, and what a count of it has found."""
    missing, surplus = (
        tuple(item_row(look, one, read.named) for one in found) for found in (read.missing, read.surplus)
    )
    return StockCount(
        drawers=tuple(
            DrawerLine(name, CustodyQuery(CustodyView.COUNT, drawer=name).address()) for name in sorted(read.drawers)
        ),
        drawer=asked.drawer,
        is_counted=read.taken is not None,
        was_expected=0 if read.taken is None else read.taken.expected,
        missing=missing,
        surplus=surplus,
    )
