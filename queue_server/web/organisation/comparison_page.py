"""Turns a comparison of centres into its page. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import msgspec
from markupsafe import Markup

from queue_server.contract.base import Names
from queue_server.contract.catalogue import ServicesAnswer
from queue_server.domain.values import CentreId, ServiceId
from queue_server.web import wording
from queue_server.web.organisation.comparing import ComparisonQuery
from queue_server.web.organisation.comparison import CentreComparison, in_order
from queue_server.web.organisation.page import CentreNumber
from queue_server.web.view_context import PageReader, name_in

_NONE = wording.NOTHING


class CentreComparedRow(msgspec.Struct, frozen=True):
    """A centre with its numbers in the order of the heads; ``hidden`` says why there is none."""

    id: str
    name: str
    cells: tuple[CentreNumber, ...]
    hidden: Markup = Markup()


class ServiceOption(msgspec.Struct, frozen=True):
    value: str
    text: str
    chosen: bool


class ComparisonPage(msgspec.Struct, frozen=True):
    """``problem`` is there where what was asked for makes no sense; nothing is compared then."""

    first: str
    last: str
    lead: Markup
    problem: Markup
    heads: tuple[Markup, ...]
    rows: tuple[CentreComparedRow, ...]
    services: tuple[ServiceOption, ...]


def comparison_page(
    query: ComparisonQuery | None,
    found: Mapping[CentreId, CentreComparison],
    centres: frozenset[CentreId],
    catalogues: Mapping[CentreId, ServicesAnswer],
    reader: PageReader,
) -> ComparisonPage:
    """Show the ``centres`` of a reader; ``query`` is None where it made no sense."""
    _ = reader.words
    services = _services((catalogues[one] for one in sorted(centres) if one in catalogues), reader)
    wanted = None if query is None else query.service
    heads = (
        *(_("Visits"), _("Promises kept"), _("Half wait at most"), _("9 of 10 wait at most")),
        *(() if wanted else (_("Served in an open counter hour"), _("Counters idle"))),
        _("Missed"),
    )
    seen = in_order(one for ident, one in found.items() if ident in centres and ident in catalogues)
    what = services.get(wanted, wanted) if wanted else ""
    lead = Markup()
    if query is not None:
        first, last = (reader.clock.full_day(date.fromisoformat(day)) for day in (query.first, query.last))
        every = _("All services, %(first)s to %(last)s.", first=first, last=last)
        lead = _("%(service)s, %(first)s to %(last)s.", service=what, first=first, last=last) if wanted else every
    return ComparisonPage(
        first="" if query is None else query.first,
        last="" if query is None else query.last,
        lead=lead,
        problem=_("These days make no sense, or are more than 400.") if query is None else Markup(),
        heads=heads,
        rows=tuple(_row(one, catalogues[one.id].centre.name, reader, of_one=bool(wanted)) for one in seen),
        services=tuple(ServiceOption(ident, name, ident == wanted) for ident, name in services.items()),
    )


def _services(catalogues: Iterable[ServicesAnswer], reader: PageReader) -> dict[ServiceId, str]:
    """Name each service once, as the first centre that has it does; in the order of names."""
    found: dict[ServiceId, str] = {}
    for catalogue in catalogues:
        for one in catalogue.services:
            found.setdefault(one.id, name_in(one.name, reader.language, one.id))
    return dict(sorted(found.items(), key=lambda item: (item[1].casefold(), item[0])))


def _row(one: CentreComparison, name: Names, reader: PageReader, *, of_one: bool) -> CentreComparedRow:
    _, shown = reader.words, name_in(name, reader.language, one.id)
    if not one.is_shown:
        return CentreComparedRow(one.id, shown, (), _("Fewer than five visits: not shown."))
    percent = _percent if (one.visits or 0) >= wording.FEWEST else _too_few(reader)
    cells = (
        *(CentreNumber(wording.whole(one.visits or 0)), percent(one.kept_share)),
        *(_minutes(one.wait_p50_s, reader), _minutes(one.wait_p90_s, reader)),
        *(() if of_one else (_number(one.per_hour, reader), percent(one.idle_share))),
        percent(one.missed_share),
    )
    return CentreComparedRow(one.id, shown, cells)


def _number(value: float | None, reader: PageReader) -> CentreNumber:
    return CentreNumber(_NONE if value is None else wording.decimal(reader.clock.locale, value))


def _too_few(reader: PageReader) -> Callable[[float | None], CentreNumber]:
    """Show no share of so few visits."""
    return lambda _share: CentreNumber(_NONE, reader.words("too few"))


def _percent(share: float | None) -> CentreNumber:
    """Write a share rounded down, so that 100 is all of them."""
    return CentreNumber(_NONE) if share is None else CentreNumber(wording.percent(int(share * 100)))


def _minutes(seconds: int | None, reader: PageReader) -> CentreNumber:
    """Write minutes rounded up: nobody is said to have waited less than they did."""
    return CentreNumber(_NONE) if seconds is None else CentreNumber(str(-(-seconds // 60)), reader.words("min"))
