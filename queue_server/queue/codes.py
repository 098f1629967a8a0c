"""The codes of today: the highest of a series, and the one that follows it."""

from queue_server.domain.ticket_codes import Series, spans
from queue_server.domain.values import TicketCode
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.state import DayState


def _highest(state: DayState, letter: str, span: tuple[int, int, int]) -> int:
    """Find the highest number issued today within a span, 0 if none. Ranges are hundreds, kept in ``highest``."""
    digits, first, last = span
    marks = (state.highest.get((letter, digits, hundred), 0) for hundred in range(first // 100, last // 100 + 1))
    return max((mark for mark in marks if first <= mark <= last), default=0)


def highest(state: DayState, series: Series) -> int:
    """Find the highest number of a series that is in use today, 0 if none; above ``last`` it has four digits.

    Four digits of the first hundred may be a number within the range (``B0042``): then ``last + 1``, which is higher
    than all of them, so a device that starts above it skips some codes and gives none twice.
    """
    short, long = (_highest(state, series.letter, span) for span in spans(series))
    return max(long, series.last + 1) if long else short


def following(state: DayState, series: Series) -> TicketCode | Refusal:
    """Make the next code of a series: above the highest issued today, past its end with four digits."""
    for span in spans(series):
        digits, first, last = span
        number = max(first, _highest(state, series.letter, span) + 1)
        if number <= last:
            return TicketCode(f"{series.letter}{number:0{digits}}")
    return refuse(RefusalCode.SERIES_EXHAUSTED, letter=series.letter)
