"""Today as it was drawn, kept until the minute is over: who looks on meanwhile, at every event, gets the same."""

from typing import TypedDict

from markupsafe import Markup

from queue_server.domain.values import MINUTE, CentreId, Day
from queue_server.web.view_context import StaffView


class DrawnToday(TypedDict):
    """``news`` is read out when it changes."""

    drawn: Markup
    news: str


#: A day and a minute of it.
type _Minute = tuple[Day, int]


class MinuteDrawings:
    """Keeps one drawing of each centre and language; nobody's own words may stand in it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[CentreId, str], tuple[_Minute, DrawnToday]] = {}

    def of(self, centre: CentreId, look: StaffView) -> DrawnToday | None:
        """Give what was drawn in the minute of ``look``."""
        kept = self._kept.get((centre, look.reader.language))
        return kept[1] if kept is not None and kept[0] == _minute(look) else None

    def store(self, centre: CentreId, look: StaffView, drawn: DrawnToday) -> DrawnToday:
        """Keep what was drawn, in the place of what there was."""
        self._kept[centre, look.reader.language] = _minute(look), drawn
        return drawn


def _minute(look: StaffView) -> _Minute:
    return look.state.day, look.now // MINUTE
