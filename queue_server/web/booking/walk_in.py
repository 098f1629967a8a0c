"""How long somebody waits who takes a number now: said beside the times, as an appointment is not the only way in."""

from typing import Final

from markupsafe import Markup

from queue_server.catalogue.hours import is_open
from queue_server.domain.values import MINUTE, CentreId, Language, Micros, ServiceId, to_datetime
from queue_server.queue.forecast import CallRange
from queue_server.queue.walk_in_forecast import walk_in_forecast
from queue_server.web.booking.context import BookingContext
from queue_server.web.ticket_range import ticket_range

type _Asked = tuple[CentreId, tuple[ServiceId, ...], str]

#: What people ask for in one minute; whatever is beyond is reckoned again.
_MAX_KNOWN: Final = 500


class WalkInForecasts:
    """What was reckoned in this minute: public pages are asked for often, and this costs a play of the day."""

    def __init__(self) -> None:
        self._minute = 0
        self._known: dict[_Asked, CallRange | None] = {}

    def words(self, here: BookingContext) -> Markup:
        """Say it in a sentence; where nobody can say, that they may come all the same."""
        _ = here.reader.words
        expected = self._expected(here)
        if expected is None:
            return _("You can also come without an appointment.")
        told = ticket_range(expected, here.reader, here.now)
        if not told.minutes:
            return _("You can also come without an appointment: whoever takes a number now is called soon.")
        return _(
            "You can also come without an appointment: whoever takes a number now waits %(minutes)s.",
            minutes=told.minutes,
        )

    def _expected(self, here: BookingContext) -> CallRange | None:
        if not is_open(here.setup, to_datetime(here.now)):
            return None
        if here.now // MINUTE != self._minute or len(self._known) >= _MAX_KNOWN:
            self._minute, self._known = here.now // MINUTE, {}
        asked = here.centre.id, here.choice.services, here.reader.language
        if asked not in self._known:
            self._known[asked] = walk_in_forecast(
                here.centre.state,
                here.centre.settings,
                here.choice.services,
                Language(here.reader.language),
                Micros(here.now),
            )
        return self._known[asked]
