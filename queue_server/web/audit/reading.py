"""Reads what the page of auditors shows, each view on one snapshot of the database."""

from datetime import date, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from queue_server.accounts import staff_store
from queue_server.audit import store as record
from queue_server.audit.verification import VerificationResult
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import Actor, CentreId, Day, Micros
from queue_server.framework.rooms import RoomCollection
from queue_server.vault.store import reads
from queue_server.web import wording
from queue_server.web.audit import presenter
from queue_server.web.audit.audit_query import ACTED, LOOKED, STAFF, AuditQuery
from queue_server.web.audit.page import AuditPage, SelectOption
from queue_server.web.view_context import StaffView

#: Rows of a list at once.
ROWS: Final = 50


def page(
    connection: Connection,
    centre: CentreId,
    look: StaffView,
    asked: AuditQuery,
    *,
    rule: DayRule,
    verified: VerificationResult,
    rooms: RoomCollection,
) -> AuditPage:
    """Show one view of the record of a centre; those that ``rooms`` bring are drawn beside it."""
    check = presenter.check(look, verified)
    shown = AuditPage(
        now=look.now,
        refresh_at=Micros(presenter.next_refresh(look.now, verified)),
        news="" if check.running else wording.plain(check.head),
        view=asked.view,
        tabs=presenter.tabs(look, rooms.views, asked.view),
        check=check,
    )
    if asked.view == LOOKED:
        return msgspec.structs.replace(shown, **_read_entries(connection, centre, look, asked))
    if asked.view == ACTED:
        return msgspec.structs.replace(shown, **_acted(connection, centre, look, asked, rule=rule, rooms=rooms))
    return shown


def _read_entries(connection: Connection, centre: CentreId, look: StaffView, asked: AuditQuery) -> dict[str, Any]:
    found = reads(connection, limit=ROWS + 1, centre=centre, skip=asked.skip)
    names = staff_store.names(connection, {one.actor for one in found})
    rows = tuple(presenter.read_entry(look, one, names) for one in found[:ROWS])
    return {"looks": rows, **_ways(asked, more=len(found) > ROWS)}


def _acted(
    connection: Connection,
    centre: CentreId,
    look: StaffView,
    asked: AuditQuery,
    *,
    rule: DayRule,
    rooms: RoomCollection,
) -> dict[str, Any]:
    today = rule.day_at(look.now)
    day = Day(asked.day or today)
    period = record.Period(
        day, rule.starts_at(day), rule.starts_at(Day((date.fromisoformat(day) + timedelta(days=1)).isoformat()))
    )
    beside = tuple(select for stream in rooms.streams.values() for select in stream.of_centre)
    found = record.acts(connection, centre, period, asked.actor, beside=beside, skip=asked.skip, limit=ROWS + 1)
    concerned = {presenter.concerned(event) for event in found}
    names = staff_store.names(connection, {event.actor for event in found} | concerned)
    codes = record.codes(connection, centre, day)
    return {
        "deeds": tuple(presenter.deed(look, event, names, codes, rooms.views) for event in found[:ROWS]),
        "people": _people(connection, centre, look, asked),
        "day": day,
        "today": today,
        **_ways(asked, more=len(found) > ROWS),
    }


def _people(connection: Connection, centre: CentreId, look: StaffView, asked: AuditQuery) -> tuple[SelectOption, ...]:
    _ = look.words
    rows = [
        (STAFF, wording.plain(_("everybody of staff"))),
        ("", wording.plain(_("devices and the server too"))),
        *((Actor(f"{STAFF}{one.id}"), one.name) for one in staff_store.staff_of(connection, centre)),
    ]
    return tuple(SelectOption(value, text, value == asked.actor) for value, text in rows)


def _ways(asked: AuditQuery, *, more: bool) -> dict[str, str]:
    """Give the addresses of the rows before and behind."""
    return {
        "older": asked.address("/audit", asked.skip + ROWS) if more else "",
        "newer": asked.address("/audit", max(0, asked.skip - ROWS)) if asked.skip else "",
    }
