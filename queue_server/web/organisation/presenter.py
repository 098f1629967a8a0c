"""Turns the standings of centres into the page of all centres. Pure."""

from collections.abc import Mapping

from markupsafe import Markup

from queue_server.contract.catalogue import CentreView
from queue_server.domain.values import CentreId, Micros
from queue_server.web import wording
from queue_server.web.organisation.look import OrganisationStandings
from queue_server.web.organisation.page import CentreNumber, CentreRow, OrganisationPage
from queue_server.web.organisation.scope import Scope
from queue_server.web.organisation.standing import CentreStanding, by_trouble
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader, name_in

_NONE = wording.NOTHING


def organisation_page(
    look: OrganisationStandings, scope: Scope, places: Mapping[CentreId, CentreView], reader: PageReader
) -> OrganisationPage:
    """Show the centres of ``scope``, the one that needs somebody most first."""
    _ = reader.words
    seen = by_trouble(one for ident, one in look.centres.items() if ident in scope.centres and ident in places)
    rows = tuple(_row(one, places[one.id], look.at, reader) for one in seen)
    lacking = [row for row in rows if row.standing == "bad"]
    lead = _.ngettext(
        "%(count)s of %(all)s centres needs somebody.",
        "%(count)s of %(all)s centres need somebody.",
        len(lacking),
        all=len(rows),
    )
    if not lacking:
        lead = _("Nothing needs anybody now, at any of them.")
    # Heard when another centre comes to need somebody, and not with every number that moves.
    news = _("Needs somebody: %(centres)s.", centres=_(", ").join(row.name for row in lacking)) if lacking else ""
    return OrganisationPage(
        lead=lead,
        figures=_figures(seen, len(lacking), reader),
        heads=(
            *(_("Alarms"), _("Overdue"), _("Waiting"), _("Longest wait"), _("Promises kept today")),
            *(_("Counters open"), _("Devices away"), _("Finished today")),
        ),
        rows=rows,
        barred=_.ngettext(
            "%(count)s more centre asks its managers for a second factor. Sign in with yours to see it.",
            "%(count)s more centres ask their managers for a second factor. Sign in with yours to see them.",
            scope.barred,
        )
        if scope.barred
        else Markup(),
        news=wording.plain(news) if news else "",
    )


def _figures(
    seen: tuple[CentreStanding, ...], lacking: int, reader: PageReader
) -> tuple[tuple[str, Markup, bool], ...]:
    """Add up all centres."""
    _ = reader.words
    alarms, overdue = sum(one.all_alarms for one in seen), sum(one.overdue for one in seen)
    opened, finished = sum(one.opened for one in seen), sum(one.finished for one in seen)
    return (
        (str(lacking), _.ngettext("centre needs somebody", "centres need somebody", lacking), lacking > 0),
        (str(alarms), _.ngettext("alarm", "alarms", alarms), False),
        (str(overdue), _("overdue"), overdue > 0),
        (str(sum(one.waiting for one in seen)), _("waiting"), False),
        (str(opened), _.ngettext("counter open", "counters open", opened), False),
        (str(finished), _.ngettext("visit finished", "visits finished", finished), False),
    )


def _row(one: CentreStanding, place: CentreView, now: Micros, reader: PageReader) -> CentreRow:
    _ = reader.words
    time = Clockface(place.zone, reader.language).hhmm(now)
    doors = _("open, %(time)s there", time=time) if one.is_open else _("closed, %(time)s there", time=time)
    if one.is_open and one.is_full:
        doors = _("no more tickets, %(time)s there", time=time)
    return CentreRow(
        id=one.id,
        name=name_in(place.name, reader.language, one.id),
        facts=doors,
        standing="bad" if one.needs_somebody else "good" if one.is_open else "open",
        word=_word(one, reader),
        cells=_cells(one, reader),
    )


def _word(one: CentreStanding, reader: PageReader) -> Markup:
    """Say in a word what is worst there."""
    _ = reader.words
    if one.trouble:
        return _("this server cannot serve anybody there")
    if one.alarms_of_people or one.overdue:
        return _("people need somebody")
    if one.alarms_of_others:
        return _("money, documents or plans need somebody")
    if one.alarms_of_devices:
        return _("a device needs somebody")
    return _("in order") if one.is_open else _("closed")


def _cells(one: CentreStanding, reader: PageReader) -> tuple[CentreNumber, ...]:
    _, alarms = reader.words, one.all_alarms
    mixed = 0 < one.alarms_of_devices < alarms
    devices = _("devices: %(count)s", count=one.alarms_of_devices) if mixed else Markup()
    minutes = _NONE if one.oldest_s is None else str(one.oldest_s // 60)
    share = wording.share(_, one.kept, one.called)
    return (
        CentreNumber(str(alarms), devices, bad=alarms > 0),
        CentreNumber(str(one.overdue), bad=one.overdue > 0),
        CentreNumber(str(one.waiting)),
        CentreNumber(minutes, Markup() if one.oldest_s is None else _("min")),
        CentreNumber(share),
        CentreNumber(str(one.opened), _("of %(all)s", all=one.counters), bad=one.waiting > 0 and one.opened == 0),
        CentreNumber(str(one.away), _("of %(all)s", all=one.devices), bad=one.away > 0),
        CentreNumber(str(one.finished)),
    )
