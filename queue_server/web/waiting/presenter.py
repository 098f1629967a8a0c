"""Turns a centre's day into the list of who waits, with one visit in detail. Pure: the time comes in too."""

from collections import Counter as Count
from collections.abc import Callable

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from queue_server.domain.values import Micros
from queue_server.queue.state import Visit
from queue_server.web import help_calls, promise_line, times, visit_rows, wording
from queue_server.web.view_context import StaffView
from queue_server.web.waiting.detail import DetailViewer, detail
from queue_server.web.waiting.page import Facet, FilterOption, Listed, WaitingFilter, WaitingPage
from queue_server.web.waiting.waiting_filter import fits, toggled, written

#: Rows that are shown at most; the others are counted.
MAX_ROWS = 100


def waiting_page(look: StaffView, wish: WaitingFilter, desk: DetailViewer) -> WaitingPage:
    everybody = list(look.waiting())
    found = [visit for visit in everybody if fits(look, wish, visit)]
    shown = found[:MAX_ROWS]
    axis = promise_line.axis(
        ((visit.records[-1].ready_at, visit.due) for visit in shown), look.now, mirrored=look.reader.rtl
    )
    helps = help_calls.waiting(look) + help_calls.ended(look)
    rest = len(found) - len(shown)
    return WaitingPage(
        now=look.now,
        refresh_at=Micros(min((times.next_minute(look.now), *help_calls.turns(look)))),
        news=wording.plain(Markup(" ").join(help_calls.news(look, helps))),
        text=wish.text,
        query=written(wish),
        total=len(everybody),
        found=len(found),
        facets=_facets(look, wish, everybody),
        rows=tuple(_listed(look, wish, axis, visit) for visit in shown),
        more=look.words.ngettext("and %(count)s more", "and %(count)s more", rest) if rest else Markup(),
        detail=detail(look, wish.visit, desk),
        helps=helps,
        back=desk.back,
    )


class _Aspect(msgspec.Struct, frozen=True):
    """What a filter looks at: the value that a visit has, its name, and the places of values that have an order."""

    field: str
    head: Markup
    value_of: Callable[[Visit], str]
    name_of: Callable[..., str]
    places: dict[str, int] = {}


def _facets(look: StaffView, wish: WaitingFilter, everybody: list[Visit]) -> tuple[Facet, ...]:
    _ = look.words
    steps = {str(step): place for place, step in enumerate(look.known.steps)}
    aspects = (
        _Aspect("steps", _("Step"), lambda one: one.step.step, look.step, steps),
        _Aspect("services", _("Service"), lambda one: one.step.service, look.service_name),
        _Aspect("languages", _("Language"), lambda one: one.language, look.spoken),
    )
    return tuple(_facet(look, wish, everybody, aspect) for aspect in aspects)


def _facet(look: StaffView, wish: WaitingFilter, everybody: list[Visit], aspect: _Aspect) -> Facet:
    """Count each value among those whom the other filters leave: by its place, else the most frequent first."""
    field, name_of = aspect.field, aspect.name_of
    counts = Count(aspect.value_of(visit) for visit in everybody if fits(look, wish, visit, but=field))
    chosen: tuple[str, ...] = getattr(wish, field)
    values = [*counts, *(value for value in chosen if value not in counts)]
    last = len(aspect.places)
    values.sort(key=lambda value: (aspect.places.get(value, last), -counts[value], name_of(value)))
    return Facet(
        id=field,
        head=aspect.head,
        choices=tuple(
            FilterOption(
                name=Markup.escape(name_of(value)),
                count=counts[value],
                chosen=value in chosen,
                address=_address(toggled(wish, field, value)),
            )
            for value in values
        ),
    )


def _address(wish: WaitingFilter) -> str:
    query = written(wish)
    return f"/waiting?{query}" if query else "/waiting"


def _listed(look: StaffView, wish: WaitingFilter, axis: promise_line.Axis, visit: Visit) -> Listed:
    return Listed(
        id=visit.id,
        row=visit_rows.row(look, axis, visit),
        service=look.service(visit),
        kind=Markup(" \N{MIDDLE DOT} ").join(
            (look.government_name(visit.step.government), wording.category(look.words, visit.category))
        ),
        step=look.step(visit.step.step),
        people=visit.party_size,
        language=look.spoken(visit.language),
        asks_priority=visit.asks_priority,
        chosen=visit.id == wish.visit,
        address=_address(replace(wish, visit=visit.id)),
    )
