"""Visits beside each other by service, government and so on, with the standard that a service has. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final

from markupsafe import Markup
from msgspec.structs import replace

from queue_server.catalogue.model import Setup
from queue_server.domain.values import Category, CounterId, GovernmentId, ServiceId, StepId
from queue_server.reports.centre_rules import ANY, standards_of, teams_of
from queue_server.reports.facts import VisitSource
from queue_server.reports.figures import GroupFigures, ServiceStandard, in_teams
from queue_server.reports.tally import Dimension, Tally
from queue_server.reports.visit_readings import GROUPS
from queue_server.web import wording
from queue_server.web.figures import figures_words
from queue_server.web.figures.figures_query import COUNTED_BY, FiguresQuery, VisitsQuery
from queue_server.web.figures.page import GroupLink, GroupRow, GroupTable, StandardText
from queue_server.web.figures.step_rows import GOAL
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations

#: Where on the page it stands: whoever counts by something else does not look for it again.
ANCHOR: Final = "groups"


def group_table(look: StaffView, groups: Mapping[str, Tally], asked: FiguresQuery, setup: Setup) -> GroupTable | None:
    """Make it, the group with the most visits first; None where nobody came."""
    rows: Iterable[GroupFigures] = (GroupFigures(key, tally) for key, tally in groups.items())
    if asked.by is Dimension.COUNTER:
        # Nobody who sits at a counter is judged by it.
        rows = in_teams(rows, teams_of(setup))
    standards = standards_of(setup) if asked.by is Dimension.SERVICE else {}
    names = _names(look.words, counters=setup.rules.staff_figures)
    ordered = sorted(rows, key=lambda one: (-one.tally.visits, one.key))
    if not ordered:
        return None
    return GroupTable(
        head=names[asked.by],
        anchor=ANCHOR,
        links=tuple(
            GroupLink(f"{replace(asked, by=one).address()}#{ANCHOR}", label, here=one is asked.by)
            for one, label in names.items()
        ),
        rows=tuple(_row(look, one, asked, standards.get(one.key)) for one in ordered),
        has_standards=bool(standards),
    )


def _names(_: MarkupTranslations, *, counters: bool) -> Mapping[Dimension, Markup]:
    names = (
        *(_("By service"), _("By government"), _("By category")),
        *(_("By language"), _("By way of coming"), _("By counter") if counters else _("By team")),
    )
    return dict(zip(COUNTED_BY, names, strict=True))


def _row(look: StaffView, one: GroupFigures, asked: FiguresQuery, standard: ServiceStandard | None) -> GroupRow:
    tally, number = one.tally, figures_words.number
    left = tally.missed + tally.abandoned + tally.not_served
    listed = asked.by in GROUPS
    return GroupRow(
        name=group_name(look, asked.by, one.key),
        # At a counter stops are counted, and nobody comes to one.
        visits=number(tally.arrived if listed else tally.visits),
        served=number(tally.served),
        left=number(left),
        wait=number(tally.waits.percentile_min(50)),
        wait_most=number(tally.waits.percentile_min(90)),
        in_time=wording.share(look.words, tally.kept, tally.judged),
        is_short=tally.judged >= wording.FEWEST and 100 * tally.kept < GOAL * tally.judged,
        standard=None if standard is None else _standard(look.words, standard, tally),
        url=VisitsQuery(asked, group=one.key).address() if listed else "",
        left_url=VisitsQuery(asked, group=one.key, end="left").address() if listed and left else "",
    )


def _standard(_: MarkupTranslations, standard: ServiceStandard, tally: Tally) -> StandardText:
    return StandardText(
        goal=_("%(percent)s of 100 within %(minutes)s min", percent=standard.percent, minutes=standard.minutes),
        share=wording.share(_, standard.within(tally), tally.waits.count),
        is_kept=standard.is_kept(tally) if tally.waits.count >= wording.FEWEST else None,
    )


def group_name(look: StaffView, by: Dimension, key: str) -> str:
    """Name a group as people know it; one that the set-up does not know any more, by its key."""
    _ = look.words
    match by:
        case Dimension.SERVICE:
            return look.service_name(ServiceId(key))
        case Dimension.GOVERNMENT:
            return look.government_name(GovernmentId(key))
        case Dimension.CATEGORY:
            return wording.plain(wording.category(_, Category(key)))
        case Dimension.LANGUAGE:
            return look.spoken(key)
        case Dimension.SOURCE:
            return wording.plain(figures_words.source(_, VisitSource(key)))
        case _other:
            return _team(look, key)


def _team(look: StaffView, key: str) -> str:
    _ = look.words
    if key in look.known.plates:
        return wording.plain(_("Counter %(plate)s", plate=look.plate_of(CounterId(key))))
    if key == ANY:
        return wording.plain(_("Every step"))
    if not key:
        return wording.plain(_("Counters that are set up no more"))
    return wording.plain(_(", ").join(look.step(StepId(step)) for step in key.split("+")))
