"""Words of the page of the hours ahead: changes, counters, and advice with why."""

from markupsafe import Markup

from queue_server.domain.values import MINUTE, CounterId
from queue_server.forecast.advice import StaffingAdvice, trouble
from queue_server.forecast.futures import DayOutlook
from queue_server.forecast.what_if import Absent, EverybodyComes, OneMore, PlanChange, Present
from queue_server.web.forecast.forecast_view import ForecastView
from queue_server.web.forecast.page import AdviceText
from queue_server.web.wording import MarkupTranslations

#: Fewer than that are within what chance does.
_NOTHING = 1.0


def counter(view: ForecastView, ident: CounterId) -> Markup:
    """Name a counter: by its plate, by the pool of the plan that it comes from, or as one that is thought of."""
    _, look = view.look.words, view.look
    if ident.startswith("+"):
        return _("One more")
    if ident in look.known.plates:
        return _("Counter %(plate)s", plate=look.plate_of(ident))
    parts = ident.split("/")
    pool = next((one for one in view.setup.staffing if len(parts) > 1 and one.id == parts[1]), None)
    if pool is None or not parts[-1].isdecimal():
        return Markup.escape(ident)
    return _("%(pool)s, planned %(number)s", pool=look.name(pool.name, pool.id), number=int(parts[-1]) + 1)


def change(view: ForecastView, one: PlanChange) -> Markup:
    """Say what is changed, in one line."""
    _, clock = view.look.words, view.look.clock
    match one:
        case OneMore(step, start, end):
            span = _span(clock.hhmm(start), clock.hhmm(end))
            return _("One more counter for %(step)s: %(span)s", step=view.look.step(step), span=span)
        case Present(ident, start, end):
            span = _span(clock.hhmm(start), clock.hhmm(end))
            return _("%(counter)s is there: %(span)s", counter=counter(view, ident), span=span)
        case Absent(ident, start, end):
            span = _span(clock.hhmm(start), clock.hhmm(end))
            return _("%(counter)s is not there: %(span)s", counter=counter(view, ident), span=span)
        case EverybodyComes():
            return _("Everybody who has booked comes")


def _span(start: str, end: str) -> Markup:
    return Markup('<bdi dir="ltr">{}\N{EN DASH}{}</bdi>').format(start, end)


def advice(view: ForecastView, base: DayOutlook, found: StaffingAdvice, address: str) -> AdviceText:
    """Say what to do, what happens else and with it, and why."""
    _, clock, why = view.look.words, view.look.clock, found.reason
    step = view.look.step(found.change.step)
    head = _("Open one more counter for %(step)s by %(time)s.", step=step, time=clock.hhmm(found.change.start))
    values = {
        "people": _.ngettext("%(count)s person waits", "%(count)s people wait", round(base.too_long.mean)),
        "minutes": base.limit // MINUTE,
        "fewer": _.ngettext("%(count)s person waits", "%(count)s people wait", round(found.then.too_long.mean)),
    }
    if round(base.unserved.mean):
        other = _(
            "Else %(people)s over %(minutes)s minutes, and %(visits)s at closing. With it: %(fewer)s, and %(left)s.",
            visits=_unserved(_, base),
            left=_unserved(_, found.then),
            **values,
        )
    else:
        other = _("Else %(people)s over %(minutes)s minutes. With it: %(fewer)s.", **values)
    reasons = [
        _.ngettext("%(count)s visit waits there now", "%(count)s visits wait there now", why.waiting),
        _.ngettext("%(count)s counter serves it", "%(count)s counters serve it", why.hands),
    ]
    if why.peak > why.waiting:
        reasons.append(_("about %(count)s wait at %(time)s", count=why.peak, time=clock.hhmm(why.peak_at)))
    if why.fewest < why.hands:
        reasons.append(_("from %(time)s on only %(count)s", time=clock.hhmm(why.fewest_at), count=why.fewest))
    because = _("Why: %(reasons)s.", reasons=_(", ").join(reasons))
    return AdviceText(head, other, because, address)


def _unserved(_: MarkupTranslations, found: DayOutlook) -> Markup:
    count = round(found.unserved.mean)
    return _.ngettext("%(count)s visit is not served", "%(count)s visits are not served", count)


def no_advice(view: ForecastView, base: DayOutlook) -> AdviceText:
    """Say that nothing is to be done, or that one counter more does not help."""
    _ = view.look.words
    if trouble(base) < 2 * _NOTHING:
        return AdviceText(
            _("Nothing to change."), _("Hardly anybody waits too long, and everybody is likely to be served.")
        )
    return AdviceText(
        _("One more counter alone changes little."),
        _("Try two, or keep counters through their breaks. Tell people early who may not be reached."),
    )
