"""Turns what was read of those who wait into the list of whom nothing reaches, and who does not come. Pure."""

from datetime import date

import msgspec
from babel.dates import format_date
from markupsafe import Markup

from queue_server.custody import labels
from queue_server.custody.expiry import last_day
from queue_server.custody.values import ENDED, ItemState
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import Micros
from queue_server.web.custody import telling_words, words
from queue_server.web.custody.contact_form import contact_form
from queue_server.web.custody.custody_query import CustodyQuery, CustodyView, ReachState
from queue_server.web.custody.item_rows import days_since, moment, where
from queue_server.web.custody.page import RecallDetail, RecallList, RecallRow, StageCell, ToldLine
from queue_server.web.custody.reading import MAX_ROWS
from queue_server.web.custody.recall_reading import RecallRead, WaitedFor
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations

#: In the order in which they need somebody.
REACHES = (ReachState.UNREACHED, ReachState.NO_WAY, ReachState.UNDER_WAY, ReachState.TOLD)
_BAD = frozenset({ReachState.UNREACHED, ReachState.NO_WAY})


class CollectPeriod(msgspec.Struct, frozen=True):
    """For how many service days of a centre an item can be collected."""

    rule: DayRule
    days: int

    def last_day(self, since: Micros) -> date:
        return date.fromisoformat(last_day(self.rule.day_at(since), self.days))


def recall_list(look: StaffView, asked: CustodyQuery, read: RecallRead, period: CollectPeriod, api: str) -> RecallList:
    """Show the list; ``api`` is the centre's address."""
    _ = look.words
    ordered = sorted(read.waiting, key=lambda one: (REACHES.index(one.reach), one.item.state_since, one.item.label))
    found = [one for one in ordered if not asked.reach or one.reach == asked.reach]
    shown = found[asked.skip : asked.skip + MAX_ROWS]
    end = asked.skip + len(shown)
    here = asked.but(item="", skip=0)
    return RecallList(
        cells=(
            *(_cell(look, here, ordered, reach, reach_name(_, reach)) for reach in REACHES),
            _cell(look, here, ordered, "", _("All of them")),
        ),
        head=reach_name(_, ReachState(asked.reach)) if asked.reach else _("Who does not know, or does not come"),
        found=len(found),
        rows=tuple(_row(look, asked, one, read, period) for one in shown),
        more=len(found) - end,
        older=asked.but(skip=end).address() if len(found) > end else "",
        newer=asked.but(skip=max(0, asked.skip - MAX_ROWS)).address() if asked.skip else "",
        chosen=None if read.chosen is None else _detail(look, read.chosen, read, period, api),
    )


def _cell(look: StaffView, here: CustodyQuery, all_of: list[WaitedFor], reach: str, name: Markup) -> StageCell:
    _ = look.words
    since = [one.item.state_since for one in all_of if not reach or one.reach == reach]
    oldest = _("oldest: %(days)s", days=words.days(_, days_since(look, min(since)))) if since else Markup()
    return StageCell(here.but(reach=reach).address(), name, len(since), oldest, here.reach == reach)


def reach_name(_: MarkupTranslations, value: ReachState) -> Markup:
    return {
        ReachState.UNREACHED: _("Nothing reaches them"),
        ReachState.NO_WAY: _("Nobody knows how"),
        ReachState.UNDER_WAY: _("Message under way"),
        ReachState.TOLD: _("Told, not here yet"),
    }[value]


def _row(look: StaffView, asked: CustodyQuery, one: WaitedFor, read: RecallRead, period: CollectPeriod) -> RecallRow:
    item = one.item
    return RecallRow(
        id=item.id,
        url=asked.but(item=item.id).address(),
        label=labels.shown(item.label),
        what=words.kind(look.words, item.kind),
        reference="" if item.application is None else read.named.references.get(item.application, ""),
        place=where(look, item, read.named.bags),
        since=look.clock.day(item.state_since, "d MMM"),
        days=days_since(look, item.state_since),
        last_day=_last_day(look, one, period),
        told=_told(look, one),
        is_bad=one.reach in _BAD,
        chosen=asked.item == item.id,
    )


def _last_day(look: StaffView, one: WaitedFor, period: CollectPeriod) -> str:
    return format_date(period.last_day(one.item.state_since), "d MMM", locale=look.clock.locale)


def _told(look: StaffView, one: WaitedFor) -> Markup:
    _ = look.words
    if one.reach is not ReachState.TOLD:
        return reach_name(_, one.reach)
    last = look.clock.day(max(one.times), "d MMM")
    return _.ngettext("told on %(day)s", "told %(count)s times, last on %(day)s", len(one.times), day=last)


def _detail(look: StaffView, one: WaitedFor, read: RecallRead, period: CollectPeriod, api: str) -> RecallDetail:
    _, item = look.words, one.item
    is_ready = item.state is ItemState.READY
    return RecallDetail(
        label=labels.shown(item.label),
        what=words.kind(_, item.kind),
        state=words.state(_, item.state),
        place=where(look, item, read.named.bags),
        last_day=Markup.escape(_last_day(look, one, period)) if is_ready else Markup(),
        address=CustodyQuery(CustodyView.ITEM, item=item.id).address(),
        contact=telling_words.contact(look, read.contact),
        next=_next(_, one),
        is_bad=is_ready and one.reach in _BAD,
        told=tuple(
            ToldLine(moment(look, each.changed_at), telling_words.kind(_, each.kind), telling_words.outcome(_, each))
            for each in reversed(one.told)
        ),
        form=contact_form(look, f"{api}/custody/items/{item.id}", read.contact),
    )


def _next(_: MarkupTranslations, one: WaitedFor) -> Markup:
    """Say what to do now so that they are told."""
    if one.item.state in ENDED:
        return _("It has left for good. Nobody is told of it any more.")
    if one.item.state is not ItemState.READY:
        return _("It is not ready yet. They are told when it is; how can be written down now: F2.")
    return {
        ReachState.UNREACHED: _("Put right how they are told: F2, the message then goes anew. Or call them: F4."),
        ReachState.NO_WAY: _("If they ask to be told, write down how: F2. Or call them: F4."),
        ReachState.UNDER_WAY: _("A message goes as soon as it can. Nothing is to be done."),
        ReachState.TOLD: _("They know, and have not come. Send it anew: F3. Or call them: F4."),
    }[one.reach]
