"""Custody on the page of managers: how many are where and the oldest, and what needs somebody."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.custody import labels
from queue_server.custody.overview import MAX_MISSING_ALARMS, CustodyOverview, overview
from queue_server.custody.settings import CustodyRules
from queue_server.custody.values import Holder
from queue_server.domain.values import SECOND, Micros
from queue_server.framework.parts import PagePart, PartContext, RoomAlarm
from queue_server.lockers.occupancy import Occupancy, occupancy
from queue_server.web.custody import words
from queue_server.web.custody.item_rows import days_since
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.permissions import MANAGER_PAGE
from queue_server.web.view_context import StaffView

_DAY = 86_400 * SECOND


class HolderRow(msgspec.Struct, frozen=True):
    """``bad``: it needs somebody."""

    name: Markup
    count: str
    oldest: Markup
    bad: bool


class _Glance(msgspec.Struct, frozen=True):
    look: Any
    found: CustodyOverview
    rules: CustodyRules
    lockers: Occupancy


async def part(shown: PartContext) -> Mapping[str, Any] | None:
    """Show where everything is; None at a centre that has nothing of anybody and no lockers."""
    glance = await _read(shown)
    if not glance.found.holders and not glance.lockers.compartments:
        return None
    return {
        "rows": tuple(_rows(glance)),
        "late": sum(one.count for one in glance.found.late),
        "lockers": glance.lockers,
    }


def _rows(glance: _Glance) -> Iterator[HolderRow]:
    _ = glance.look.words
    for one in glance.found.holders:
        yield HolderRow(
            name=words.holder(_, one.holder),
            count=str(one.count),
            oldest=words.days(_, days_since(glance.look, one.oldest)),
            bad=one.holder is Holder.UNKNOWN,
        )


async def alarms(shown: PartContext) -> tuple[RoomAlarm, ...]:
    """List what needs somebody: what is missed first, then what is late."""
    glance = await _read(shown)
    return (*_missing(glance), *_late(glance), *_silent(glance))


async def _read(shown: PartContext) -> _Glance:
    look: StaffView = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    rules = shown.server.settings[CustodyRules]

    def read(connection: Connection) -> _Glance:
        found = overview(
            connection,
            shown.centre,
            late_before=Micros(shown.now - rules.deadline_days * _DAY),
            silent_before=Micros(shown.now - rules.transit_days * _DAY),
        )
        return _Glance(look, found, rules, occupancy(connection, shown.centre))

    return await shown.server.log.run(read)


def _since(glance: _Glance, at: int) -> Markup:
    clock = glance.look.clock
    text: Markup = glance.look.words("since %(time)s", time=f"{clock.day(at)} {clock.hhmm(at)}")
    return text


def _missing(glance: _Glance) -> Iterator[RoomAlarm]:
    _, found = glance.look.words, glance.found
    for item in found.missing[:MAX_MISSING_ALARMS]:
        last = words.holder(_, item.was_with) if item.was_with is not None else Markup()
        yield RoomAlarm(
            f"custody-missing-{item.id}",
            "search",
            _("Nobody knows where %(label)s is", label=Markup("<bdi>{}</bdi>").format(labels.shown(item.label))),
            _since(glance, item.holder_since),
            _(
                "It was last here: %(place)s. Look there, and scan it where you find it.",
                place=Markup("{} <bdi>{}</bdi>").format(last, item.place or ""),
            ),
            bad=True,
        )
    more = found.missing_count - min(len(found.missing), MAX_MISSING_ALARMS)
    if more:
        yield RoomAlarm(
            "custody-missing-more",
            "search",
            _.ngettext("%(count)s more document is missing", "%(count)s more documents are missing", more),
            Markup(),
            _("The custody desk lists all of them."),
            bad=True,
        )


def _late(glance: _Glance) -> Iterator[RoomAlarm]:
    _ = glance.look.words
    for one in glance.found.late:
        yield RoomAlarm(
            f"custody-late-{one.government}",
            "late",
            _.ngettext(
                "%(count)s document is late at an authority: %(name)s",
                "%(count)s documents are late at an authority: %(name)s",
                one.count,
                name=glance.look.government_name(one.government),
            ),
            _since(glance, one.oldest),
            _.ngettext(
                "Ask there: it should take no longer than %(count)s day.",
                "Ask there: it should take no longer than %(count)s days.",
                glance.rules.deadline_days,
            ),
        )


def _silent(glance: _Glance) -> Iterator[RoomAlarm]:
    _ = glance.look.words
    for bag in glance.found.unacknowledged:
        yield RoomAlarm(
            f"custody-bag-{bag.id}",
            "alert",
            _("Nobody has said that bag %(seal)s arrived", seal=Markup("<bdi>{}</bdi>").format(bag.seal or "")),
            _since(glance, bag.changed_at),
            _("Ask the carrier and the authority. When it is there, say so at the custody desk."),
            bad=True,
        )


PARTS: Final = (PagePart("manager", "custody/glance.html", MANAGER_PAGE, part),)
