"""A day on paper goes out by itself, once an evening, to the managers who asked for it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import msgspec
from babel.dates import format_date
from sqlalchemy import Connection

from queue_server.accounts.model import Session
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.service_day import preceding
from queue_server.domain.values import Actor, CentreId, Day, Language, Micros, StaffId, StreamName
from queue_server.eventlog.aggregate import append
from queue_server.eventlog.statements import QUEUE_PREFIX
from queue_server.framework.server import Server
from queue_server.notices import contacts, store
from queue_server.notices.contact import ContactDetails
from queue_server.notices.contacts import ContactGiven
from queue_server.notices.model import ident_of
from queue_server.notices.queueing import NotificationOccasion, queue_occasion
from queue_server.notices.reminders import leaves_at
from queue_server.notices.store import NOTIFICATIONS
from queue_server.notices.values import NotificationId, NotificationKind
from queue_server.reports.summing import DaySpan, by_day
from queue_server.reports.tally import Dimension
from queue_server.vault.model import end_of
from queue_server.vault.store import Vault
from queue_server.web.figures.report_settings import DayReportRules

_ACTOR: Final = Actor("system")
_KIND: Final = NotificationKind.DAY_REPORT
_PREFIX: Final = "day-report/"


def recipient_of(centre: CentreId, staff: StaffId) -> StreamName:
    """Name somebody of staff who gets the days of a centre."""
    return StreamName(f"{_PREFIX}{centre}/{staff}")


def day_names(_connection: Connection, _centre: CentreId, subjects: Sequence[StreamName]) -> list[str]:
    """Name days that could not be sent by their dates."""
    days = (date.fromisoformat(one.rpartition("/")[2]) for one in subjects)
    return [format_date(one, "yyyy-MM-dd", locale="en") for one in days]


def subscribe(server: Server, connection: Connection, session: Session, email: str | None, language: str) -> None:
    """Store where somebody gets their days, in place of what they had said before; None: nowhere any more."""
    centre, now = server[Centres][session.centre], server.clock()
    given = ContactGiven(
        subject=recipient_of(session.centre, session.staff),
        centre=session.centre,
        actor=Actor(f"staff/{session.staff}"),
        at=now,
        ends_at=end_of(centre.rule, centre.rule.day_at(now), server.settings[DayReportRules].days),
        application=None,
        visit=None,
    )
    contacts.store(server[Vault], connection, given, ContactDetails(Language(language), email))


class DueReport(msgspec.Struct, frozen=True):
    """A day that somebody is to get."""

    day: Day
    starts_at: Micros
    recipient: StreamName

    @property
    def ident(self) -> NotificationId:
        return ident_of(_KIND, self.recipient, self.starts_at)


class DayReports:
    """Queues them; ``task`` looks again and again whether it is time. Twice queued is sent once."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._rules = server.settings[DayReportRules]
        self.task = Periodic("day-reports", self._rules.poll_s, self.send, at_once=True)

    async def send(self) -> None:
        """Queue what is due at every centre: the day before too, where no server ran in the evening."""
        for centre in tuple(self._server[Centres].values()):
            now = self._server.clock()
            today = centre.rule.day_at(now)
            for day in (preceding(today), today):
                leaves = leaves_at(day, centre.rule.zone, self._rules.hour)
                if now < leaves:
                    continue
                for due in await self._server.log.run(_found(centre, day, leaves)):
                    await self._queue(centre.id, due)

    async def _queue(self, centre: CentreId, due: DueReport) -> None:
        subject = StreamName(f"{QUEUE_PREFIX}{centre}/{due.day}")
        what = NotificationOccasion(centre, _KIND, subject, due.recipient, due.starts_at)

        def work(connection: Connection) -> None:
            drafted = queue_occasion(
                self._server.settings,
                connection,
                what,
                ident=due.ident,
                at=self._server.clock(),
                command=f"report/{due.ident}",
                actor=_ACTOR,
            )
            append(connection, *drafted)

        await self._server.log.write_in_turn(NOTIFICATIONS.stream(due.ident), work)


def _found(centre: Centre, day: Day, leaves: Micros) -> Callable[[Connection], list[DueReport]]:
    """Make what lists who is to get a day: those who had asked when it was time, if anybody came."""

    def work(connection: Connection) -> list[DueReport]:
        asked = sorted(one for one in contacts.subjects(connection, centre.id) if one.startswith(_PREFIX))
        if not asked or not by_day(connection, DaySpan(centre.id, day, day), Dimension.DAY):
            return []
        found = [DueReport(day, centre.rule.starts_at(day), one) for one in asked]
        known = {one.recipient: contacts.find(connection, one.recipient) for one in found}
        return [
            one
            for one in found
            if (given := known[one.recipient]) is not None
            and given.at <= leaves
            and store.by_id(connection, one.ident) is None
        ]

    return work
