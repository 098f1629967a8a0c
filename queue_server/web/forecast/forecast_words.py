"""Words of the page of the hours ahead: changes, counters, and advice with why."""

from markupsafe import Markup
from msgspec.structs import replace

from queue_server.domain.values import MINUTE, CounterId
from queue_server.forecast.advice import StaffingAdvice, trouble
from queue_server.forecast.futures import DayOutlook
from queue_server.forecast.what_if import Absent, EverybodyComes, OneMore, PlanChange, Present
from queue_server.web import wording
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


def advice(view: ForecastView, base: DayOutlook, found: StaffingAdvice, address: str, ident: str) -> AdviceText:
    """Say what to do, what happens else and with it, and why."""
    _, first = view.look.words, found.changes[0]
    if isinstance(first, Absent):
        return _spared(view, base, found, first, AdviceText(ident, Markup(), address=address))
    return AdviceText(ident, _head(view, found), _else(_, base, found.then), _why(view, found), address)


def _head(view: ForecastView, found: StaffingAdvice) -> Markup:
    _, clock, first = view.look.words, view.look.clock, found.changes[0]
    if isinstance(first, OneMore):
        values = {"step": view.look.step(first.step), "time": clock.hhmm(first.start)}
        if len(found.changes) == 1:
            return _("Open one more counter for %(step)s by %(time)s.", **values)
        return _("Open two more counters for %(step)s by %(time)s.", **values)
    span = _span(clock.hhmm(first.start), clock.hhmm(first.end))
    name = counter(view, first.counter)
    return _("Have somebody stand in for the break of %(counter)s: %(span)s.", counter=name, span=span)


def _else(_: MarkupTranslations, base: DayOutlook, then: DayOutlook) -> Markup:
    """Compare what happens without a change and with it."""
    values = {
        "people": _.ngettext("%(count)s person waits", "%(count)s people wait", round(base.too_long.mean)),
        "minutes": base.limit // MINUTE,
        "fewer": _.ngettext("%(count)s person waits", "%(count)s people wait", round(then.too_long.mean)),
    }
    if round(base.unserved.mean):
        return _(
            "Else %(people)s over %(minutes)s minutes, and %(visits)s at closing. With it: %(fewer)s, and %(left)s.",
            visits=unserved(_, round(base.unserved.mean)),
            left=unserved(_, round(then.unserved.mean)),
            **values,
        )
    return _("Else %(people)s over %(minutes)s minutes. With it: %(fewer)s.", **values)


def _why(view: ForecastView, found: StaffingAdvice) -> Markup:
    _, clock, why = view.look.words, view.look.clock, found.reason
    if why is None:
        return Markup()
    reasons = [
        _.ngettext("%(count)s visit waits there now", "%(count)s visits wait there now", why.waiting),
        _.ngettext("%(count)s counter serves it", "%(count)s counters serve it", why.hands),
    ]
    if why.peak > why.waiting:
        reasons.append(_("about %(count)s wait at %(time)s", count=why.peak, time=clock.hhmm(why.peak_at)))
    if why.fewest < why.hands:
        reasons.append(_("from %(time)s on only %(count)s", time=clock.hhmm(why.fewest_at), count=why.fewest))
    return _("Why: %(reasons)s.", reasons=_(", ").join(reasons))


def _spared(
    view: ForecastView, base: DayOutlook, found: StaffingAdvice, change: Absent, text: AdviceText
) -> AdviceText:
    """Say which counter is not needed any more."""
    _, kept = view.look.words, [100.0 if one.kept is None else one.kept.mean for one in (base, found.then)]
    return replace(
        text,
        head=_(
            "%(counter)s can close at %(time)s.",
            counter=counter(view, change.counter),
            time=view.look.clock.hhmm(change.start),
        ),
        other=_(
            "Hardly anybody waits longer without it. Promises kept: %(before)s with it, %(then)s without.",
            before=wording.percent(round(kept[0])),
            then=wording.percent(round(kept[1])),
        ),
        why=_("Why: so few people are expected that the other counters can serve everybody in time."),
    )


def unserved(_: MarkupTranslations, count: int) -> Markup:
    """Say how many visits are not served, inside of a sentence."""
    if not count:
        return _("every visit is served")
    return _.ngettext("%(count)s visit is not served", "%(count)s visits are not served", count)


def no_advice(view: ForecastView, base: DayOutlook) -> AdviceText:
    """Say that nothing is to be done, or that one counter more does not help."""
    _ = view.look.words
    if trouble(base) < 2 * _NOTHING:
        return AdviceText(
            "advice-0",
            _("Nothing to change."),
            _("Hardly anybody waits too long, and everybody is likely to be served."),
        )
    return AdviceText(
        "advice-0",
        _("One more counter alone changes little."),
        _("Nor do two, or somebody who stands in during breaks. Tell people early who may not be reached."),
    )
