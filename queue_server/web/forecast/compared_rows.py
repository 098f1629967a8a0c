"""The rows of the tables of the hours ahead: as planned, with what is tried, and by a plan laid beside. Pure."""

from collections.abc import Callable, Iterator
from typing import Final

from markupsafe import Markup

from queue_server.domain.values import MINUTE
from queue_server.forecast.futures import DayOutlook, FutureBand
from queue_server.web import wording
from queue_server.web.forecast import day_picture
from queue_server.web.forecast.forecast_view import ForecastView
from queue_server.web.forecast.page import ComparedRow

_NOTHING: Final = Markup("\N{EN DASH}")


def written_band(band: FutureBand) -> Markup:
    """Write a number with its band, left to right in every language."""
    low, high = round(band.low), round(band.high)
    if low == high:
        return Markup('<bdi dir="ltr">{}</bdi>').format(low)
    middle = min(high, max(low, round(band.mean)))
    return Markup('<bdi dir="ltr"><b>{}</b> ({}\N{EN DASH}{})</bdi>').format(middle, low, high)


def figures(view: ForecastView, base: DayOutlook) -> Iterator[ComparedRow]:
    """Say what comes of the day, as planned, with what is tried, and by how much that is better."""
    _, other = view.look.words, view.other
    beside = None if view.beside is None else view.beside.then
    closes = view.look.clock.hhmm(base.closes)

    def row(
        head: Markup,
        of: Callable[[DayOutlook], Markup],
        less: Callable[[DayOutlook], int | None],
        unit: Callable[[int, Markup], Markup] = lambda _gain, number: number,
    ) -> ComparedRow:
        tried, laid = (Markup() if one is None else of(one) for one in (other, beside))
        before, then = less(base), None if other is None else less(other)
        gain = 0 if before is None or then is None else before - then
        # With a minus sign where it is worse, and not a hyphen: it is read out.
        number = Markup('<bdi dir="ltr">{}</bdi>').format(str(gain).replace("-", "\N{MINUS SIGN}"))
        return ComparedRow(head, of(base), tried, laid, unit(gain, number) if gain else _NOTHING)

    def minutes(band: FutureBand) -> Markup:
        low_to_high = FutureBand(*(one / MINUTE for one in (band.low, band.mean, band.high)))
        return _("%(minutes)s min", minutes=written_band(low_to_high))

    def share(band: FutureBand | None) -> Markup:
        return _NOTHING if band is None else wording.percent(written_band(band))

    unserved = _("Visits not served at %(time)s", time=closes)
    yield row(unserved, lambda one: written_band(one.unserved), lambda one: round(one.unserved.mean))
    late = _("People who wait over %(minutes)s minutes", minutes=base.limit // MINUTE)
    yield row(late, lambda one: written_band(one.too_long), lambda one: round(one.too_long.mean))
    yield row(
        _("Longest wait for a call"),
        lambda one: minutes(one.longest),
        lambda one: round(one.longest.mean / MINUTE),
        lambda _gain, number: _("%(minutes)s min", minutes=number),
    )
    yield row(
        _("Promises kept from now on"),
        lambda one: share(one.kept),
        lambda one: None if one.kept is None else -round(one.kept.mean),
        lambda gain, number: _.ngettext("%(count)s point", "%(count)s points", abs(gain), count=number),
    )


def waiting(view: ForecastView, base: DayOutlook) -> Iterator[ComparedRow]:
    """Tell who waits, now and every half hour until closing."""
    step, clock = view.asked.step, view.look.clock
    there = [base, view.other, None if view.beside is None else view.beside.then]
    bands = [None if one is None else [band for _, band in day_picture.bands_at(one, step)] for one in there]
    for index, (at, _now) in enumerate(day_picture.bands_at(base, step)):
        head = view.look.words("now") if at == base.now else Markup('<bdi dir="ltr">{}</bdi>').format(clock.hhmm(at))
        yield ComparedRow(head, *(Markup() if one is None else written_band(one[index]) for one in bands))
