"""Turns what was read of the record into the page of auditors. Pure."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
from markupsafe import Markup

from queue_server.accounts.account_events import ACCOUNTS
from queue_server.audit.store import ChainLink
from queue_server.audit.verification import VerificationResult
from queue_server.domain.values import SECOND, Actor, CounterId, DeviceId, VisitId
from queue_server.eventlog.port import Event
from queue_server.framework.parts import View
from queue_server.vault.store import ReadRecord
from queue_server.web import wording
from queue_server.web.audit import deeds
from queue_server.web.audit.audit_query import ACTED, LOOKED, AuditQuery
from queue_server.web.audit.page import AuditEntry, ChainEntry, IntegrityCheck, ReadEntry, Tab
from queue_server.web.view_context import StaffView

#: Signs of a hash that are shown: enough to compare by eye.
_SHOWN = 8

Names = Mapping[Actor, str]


def check(look: StaffView, found: VerificationResult) -> IntegrityCheck:
    """Say whether the record is whole, as far as this server has looked."""
    _, clock, report = look.words, look.clock, found.report
    running = found.running_since is not None
    lines: list[Markup] = []
    if found.running_since is not None:
        lines.append(_("Looking at every event since %(time)s.", time=clock.hhmm(found.running_since)))
    if found.failed:
        lines.append(_("The last look came to nothing. Ask whoever looks after the server."))
    if report is None or found.at is None:
        return IntegrityCheck("open", _("Not looked at yet"), tuple(lines), running, "verify:0")
    lines.append(_("Looked at %(time)s.", time=f"{clock.day(found.at)} {clock.hhmm(found.at)}"))
    counted = _.ngettext("%(count)s event", "%(count)s events", report.events)
    streams = _.ngettext("%(count)s chain", "%(count)s chains", report.streams)
    lines.append(_(", ").join((counted, streams)))
    if report.bad is None and report.row is not None:
        row = Markup('<bdi dir="ltr">{} {}</bdi>').format(report.row.table, report.row.key)
        lines.append(_("Every event is whole. The first line of a list that does not fit: %(place)s.", place=row))
        lines.append(deeds.bad(_, report.row.code))
        lines.append(_("Nothing is lost. Whoever looks after the server makes the lists anew."))
        return IntegrityCheck("bad", _("A list does not fit the record"), tuple(lines), running, f"verify:{found.at}")
    if report.bad is None:
        return IntegrityCheck("good", _("The record is whole"), tuple(lines), running, f"verify:{found.at}")
    place = Markup('<bdi dir="ltr">{} {}</bdi>').format(report.bad.stream, report.bad.seq)
    lines.append(_("The first that does not fit: %(place)s.", place=place))
    lines.append(deeds.bad(_, report.bad.code))
    return IntegrityCheck("bad", _("The record does not fit"), tuple(lines), running, f"verify:{found.at}")


def who(look: StaffView, actor: Actor, names: Names) -> str:
    """Name who acted: staff, a device, or the server itself."""
    kind, _slash, ident = actor.partition("/")
    if kind == "device":
        return look.known.devices.get(DeviceId(ident)) or wording.plain(look.words("a device"))
    if kind == "staff":
        return names.get(actor, ident[:_SHOWN])
    return wording.plain(look.words("the server"))


def read_entry(look: StaffView, read: ReadRecord, names: Names) -> ReadEntry:
    visit = None if read.visit is None else look.state.visits.get(read.visit)
    return ReadEntry(
        when=_moment(look, read.at),
        who=who(look, read.actor, names),
        purpose=deeds.purpose(look.words, read.purpose),
        ticket="" if visit is None else visit.code,
    )


def concerned(event: Event) -> Actor:
    """Name as an actor whose account an event is about; nobody where it is about something else."""
    kind, _slash, ident = event.stream.partition("/")
    return Actor(f"staff/{ident}" if kind == ACCOUNTS.kind else "")


def deed(
    look: StaffView, event: Event, names: Names, codes: Mapping[VisitId, str], views: Iterable[View]
) -> AuditEntry:
    payload = _payload(event)
    view = next((one for one in views if event.stream.startswith(one.stream)), None)
    counter, visit = payload.get("counter"), payload.get("visit")
    details = deeds.detail(look.words, payload)
    if isinstance(counter, str):
        details.insert(0, look.words("Counter %(plate)s", plate=look.plate_of(CounterId(counter))))
    owner = concerned(event)
    if owner and owner != event.actor:
        details.insert(0, Markup.escape(who(look, owner, names)))
    return AuditEntry(
        when=look.clock.hhmmss(event.at),
        who=who(look, event.actor, names),
        what=done(look, event.type),
        detail=look.words(", ").join(details),
        ticket=codes.get(VisitId(visit), "") if isinstance(visit, str) else "",
        url="" if view is None else AuditQuery(view.name, event.stream.removeprefix(view.stream)).address("/audit"),
    )


def done(look: StaffView, kind: str) -> Markup:
    """Say what was done, in the words of its room. A type without words is shown as stored: nothing is left out."""
    return look.reader.brought.deeds(look.words).get(kind) or Markup.escape(kind)


def step(look: StaffView, link: ChainLink, names: Names, amount: Callable[[int], Markup]) -> ChainEntry:
    """Show an event of a chain; ``amount`` writes what it says of money, in minor units."""
    payload = _payload(link.event)
    details = deeds.detail(look.words, payload)
    if isinstance(payload.get("amount"), int):
        details.insert(0, amount(payload["amount"]))
    return ChainEntry(
        when=_moment(look, link.event.at),
        what=done(look, link.event.type),
        detail=look.words(", ").join(details),
        who=who(look, link.event.actor, names),
        hash=link.event.hash.hex()[:_SHOWN],
        fits=link.fits,
    )


def tabs(look: StaffView, views: Iterable[View], here: str) -> tuple[Tab, ...]:
    """List the views: those that rooms bring, then who looked and who acted."""
    _ = look.words
    every = (
        *((one.name, one.label(_), one.key) for one in views),
        (LOOKED, _("Who looked"), "L"),
        (ACTED, _("Who acted"), "A"),
    )
    return tuple(Tab(AuditQuery(name).address("/audit"), label, key, name == here) for name, label, key in every)


def next_refresh(now: int, found: VerificationResult) -> int:
    """Say when time alone changes the page: soon, while somebody waits for a look to end."""
    return now + (SECOND if found.running_since is not None else 60 * SECOND)


def _payload(event: Event) -> dict[str, Any]:
    try:
        return msgspec.json.decode(event.payload, type=dict[str, Any])
    except msgspec.MsgspecError:
        # Whatever an edit has left there: it is shown by its type alone.
        return {}


def _moment(look: StaffView, at: int) -> str:
    return f"{look.clock.day(at)} {look.clock.hhmmss(at)}"
