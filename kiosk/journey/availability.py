"""Availability: whether tickets are given now, when again, and what staff announce."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

import msgspec

from queue_server.contract.catalogue import Opening
from queue_server.contract.hall import NoticeView
from queue_server.domain.values import Intake, NoticeKind, ServiceId

type Closed = Literal["closed", "last-ticket", "full"]

_FAR = datetime.max.replace(tzinfo=UTC)


class Availability(msgspec.Struct, frozen=True):
    """``closed``: why no tickets are given, None where they are.

    ``opens``: when they are again, in the centre's zone, None where nobody knows. ``days`` nights lie before that.
    ``closed_services`` are closed for the rest of the day, while others are given.
    """

    closed: Closed | None = None
    opens: datetime | None = None
    days: int = 0
    notices: tuple[NoticeView, ...] = ()
    closed_services: tuple[ServiceId, ...] = ()

    @property
    def emergency(self) -> NoticeView | None:
        """The newest emergency: it takes the whole screen."""
        return next((one for one in reversed(self.notices) if one.kind is NoticeKind.EMERGENCY), None)

    @property
    def announcement(self) -> NoticeView | None:
        """The newest announcement: the one that is shown."""
        return next((one for one in reversed(self.notices) if one.kind is NoticeKind.ANNOUNCEMENT), None)


def availability(
    openings: Iterable[Opening], intake: Intake, notices: Iterable[NoticeView], zone: tzinfo, now: datetime
) -> tuple[Availability, datetime]:
    """Say how it is at ``now``, and until when that holds (in UTC; ``datetime.max`` for ever).

    A centre that names no openings, or none that lies ahead, gives tickets: what is not known closes no kiosk.
    """
    now = now.astimezone(UTC)
    ahead = sorted((one for one in openings if one.closes > now), key=lambda one: one.opens)
    shown = tuple(sorted((one for one in notices if one.until is None or one.until > now), key=lambda one: one.at))
    closed = _closed(ahead, intake, now)
    opens = next((one.opens for one in ahead if one.opens > now), None) if closed else None
    local = now.astimezone(zone)
    days = (opens.astimezone(zone).date() - local.date()).days if opens else 0
    moments = [moment for one in ahead for moment in (one.opens, one.last_ticket, one.closes)]
    moments += [one.until for one in shown if one.until is not None]
    if opens:
        # "Tomorrow" is "today" from midnight on.
        midnight = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), zone)
        moments.append(midnight)
    until = min((moment.astimezone(UTC) for moment in moments if moment > now), default=_FAR)
    return Availability(closed, opens.astimezone(zone) if opens else None, days, shown), until


def _closed(ahead: list[Opening], intake: Intake, now: datetime) -> Closed | None:
    if ahead and not any(one.opens <= now for one in ahead):
        return "closed"
    if ahead and not any(one.opens <= now < one.last_ticket for one in ahead):
        return "last-ticket"
    return "full" if intake is Intake.FULL else None
