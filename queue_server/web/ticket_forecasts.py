"""When those who wait are called: reckoned once a minute and event for all phones of a centre."""

from collections.abc import Mapping
from typing import Final

from queue_server.domain.values import MINUTE, CentreId, Micros, VisitId
from queue_server.queue.forecast import CallRange, forecast
from queue_server.web.page_context import Live

type _Mark = tuple[str, int, int, int]


class Forecasts:
    """The last forecast of each centre."""

    def __init__(self) -> None:
        self._known: Final[dict[CentreId, tuple[_Mark, Mapping[VisitId, CallRange]]]] = {}

    def of(self, live: Live, now: Micros) -> Mapping[VisitId, CallRange]:
        """Give the forecast of a centre as it stands."""
        state, settings = live.state, live.settings
        mark = state.day, state.seq, settings.version, now // MINUTE
        known = self._known.get(state.centre)
        if known is None or known[0] != mark:
            known = self._known[state.centre] = mark, forecast(state, settings, now)
        return known[1]
