"""The plans that were kept, as the page lists them. Pure."""

from collections.abc import Iterator

from queue_server.web.forecast.forecast_query import address
from queue_server.web.forecast.forecast_view import ForecastView
from queue_server.web.forecast.page import SavedPlanLine
from queue_server.web.forecast.saving import asked_of


def saved_lines(view: ForecastView) -> Iterator[SavedPlanLine]:
    """List the plans of today, each with the ways to try it and to lay it beside what is tried."""
    asked = view.asked
    for one in view.kept:
        chosen = one.id == asked.beside
        yield SavedPlanLine(
            id=one.id,
            name=one.name,
            kept=view.look.clock.hhmm(one.saved_at),
            address=address(asked_of(one.changes).changes, asked.step, "" if chosen else asked.beside),
            beside=address(asked.changes, asked.step, "" if chosen else one.id),
            chosen=chosen,
        )
