"""Between when somebody is called, as a phone says it: rounded outwards to minutes that people think in. Pure."""

import msgspec
from markupsafe import Markup

from queue_server.domain.values import MINUTE, Micros
from queue_server.waiting.rounding import SOON, CallTimes, ClosesBefore, minutes
from queue_server.web.view_context import PageReader

#: A longer time nobody can tell.
_FAR = 120


class TicketRange(msgspec.Struct, frozen=True):
    """``minutes`` is large, ``clock`` below it; both empty where somebody is called soon, as ``lead`` says then."""

    lead: Markup
    minutes: Markup
    clock: Markup


def ticket_range(expected: CallTimes | ClosesBefore, reader: PageReader, now: Micros) -> TicketRange:
    """Write a range as it looks at ``now``."""
    _, hhmm = reader.words, reader.clock.hhmm
    if isinstance(expected, ClosesBefore):
        # They may still be lucky, and staff may still help: nobody is sent away by a forecast.
        return TicketRange(
            _("We may not reach you before we close at %(time)s. Please ask staff.", time=hhmm(expected.closes)),
            Markup(),
            Markup(),
        )
    low, high = minutes(expected, now)
    if high <= SOON:
        return TicketRange(_("Soon: please stay near."), Markup(), Markup())
    lead = _("Your turn comes in about")
    if low >= _FAR:
        return TicketRange(lead, _("more than 2 hours"), Markup())
    first, last = hhmm(now + low * MINUTE), hhmm(now + high * MINUTE)
    clock = _("%(first)s to %(last)s", first=_ltr(first), last=_ltr(last))
    if low == 0:
        return TicketRange(lead, _("up to %(count)s min", count=high), clock)
    return TicketRange(lead, _("%(range)s min", range=_ltr(f"{low}\N{EN DASH}{high}")), clock)


def _ltr(text: str) -> Markup:
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)
