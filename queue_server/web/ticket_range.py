"""Between when somebody is called, as a phone says it: rounded outwards to minutes that people think in. Pure."""

import msgspec
from markupsafe import Markup

from queue_server.domain.values import MINUTE, Micros
from queue_server.queue.forecast import CallRange
from queue_server.web.view_context import PageReader

#: Minutes from which on they are rounded to fives, and to tens.
_FIVES, _TENS = 10, 60
#: A longer time nobody can tell.
_FAR = 120
#: Who is called within so many minutes stays near.
_SOON = 5


class TicketRange(msgspec.Struct, frozen=True):
    """``minutes`` is large, ``clock`` below it; both empty where somebody is called soon, as ``lead`` says then."""

    lead: Markup
    minutes: Markup
    clock: Markup


def ticket_range(expected: CallRange, reader: PageReader, now: Micros) -> TicketRange:
    """Write a range as it looks at ``now``."""
    _, hhmm = reader.words, reader.clock.hhmm
    low, high = _rounded(expected, now)
    if high <= _SOON:
        return TicketRange(_("Soon: please stay near."), Markup(), Markup())
    lead = _("Your turn comes in about")
    if low >= _FAR:
        return TicketRange(lead, _("more than 2 hours"), Markup())
    first, last = hhmm(now + low * MINUTE), hhmm(now + high * MINUTE)
    clock = _("%(first)s to %(last)s", first=_ltr(first), last=_ltr(last))
    if low == 0:
        return TicketRange(lead, _("up to %(count)s min", count=high), clock)
    return TicketRange(lead, _("%(range)s min", range=_ltr(f"{low}\N{EN DASH}{high}")), clock)


def _rounded(expected: CallRange, now: Micros) -> tuple[int, int]:
    """Round down and up; at least five minutes lie between."""
    low = max(0, expected.earliest - now) // MINUTE
    high = -(-max(0, expected.latest - now) // MINUTE)
    low -= low % _grain(low)
    if high > _SOON:
        high = max(high, low + _SOON)
        high += -high % _grain(high)
    return low, high


def _grain(minutes: int) -> int:
    if minutes >= _TENS:
        return 10
    return 5 if minutes >= _FIVES else 1


def _ltr(text: str) -> Markup:
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)
