"""Tickets before they are anywhere else: written here, then sent, then printed (docs/design.md).

One SQLite file, ``synchronous=FULL``. The kiosk numbers its tickets itself, also online (``tickets.series``). What they
are, whether they may be sent and what became of their paper stands in a journal (``tickets.journal``), as what is paid
does: in the same file and in the same transactions (decision 12).

The class is synchronous and belongs to one thread at a time.
"""

from datetime import UTC, datetime
from pathlib import Path

from kiosk.errors import OtherDeviceError, OutboxError
from kiosk.store import uptime
from kiosk.store.database import Database, translated
from kiosk.store.journal import ServerAcknowledgement
from kiosk.store.worker import StoreWorker
from kiosk.tickets import journal
from kiosk.tickets.journal import TICKETS, TicketRow, TicketStep
from kiosk.tickets.model import CommittedTicket, OutboxStatus, PrintResult, Reprint, Sealer
from kiosk.tickets.series import TABLE, SeriesBook
from queue_server.contract.base import People
from queue_server.contract.devices import SeriesState
from queue_server.contract.visits import IssueRequest
from queue_server.domain import ticket_codes
from queue_server.domain.tariff import Headcount, size
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import Category, TicketCode, VisitId, new_id

#: Delivered tickets of this many earlier runs of the series are kept, for whoever has to look into a complaint.
_KEPT_ROUNDS = 2
#: What was put aside is kept for so many days.
_KEPT_DAYS = 30

#: Tickets whose printing came to no known end.
_CUT_OFF = "paper IN ('none', 'printing') AND delivery NOT IN ('held', 'withdrawn')"

_SCHEMA = f"""
{TABLE}
CREATE TABLE IF NOT EXISTS server (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL      -- the life of the server's database that was met last
) STRICT;
CREATE TABLE IF NOT EXISTS unsure (
    one INTEGER PRIMARY KEY CHECK (one = 1)  -- there: another machine may have given numbers of this series
) STRICT;
"""


class Outbox(Database):
    """Opens or makes the file.

    Raises:
        OutboxError: on every method, where the file cannot be read or written.
    """

    schema = _SCHEMA

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._series = SeriesBook(self, path)
        try:
            self._series.load()
            TICKETS.prepare(self)
        except OutboxError:
            self.close()
            raise

    def enrol(self, centre: str, series: SeriesState) -> None:
        """Take over the series of this device. The same one again goes on where it was.

        Where damage has taken what says which it was, tickets that wait are known by their codes.

        Raises:
            OtherDeviceError: tickets of another centre or series have not been delivered yet.
        """
        wanted = Series(series.letter, series.first, series.last)
        with self.transaction() as db:
            given = self._series.issued()
            if given is not None and given.is_of(centre, wanted):
                return
            waiting = self.standing().waiting
            if waiting and (given is not None or not self._are_of(wanted)):
                raise OtherDeviceError(waiting=waiting)
            (last,) = db.execute("SELECT coalesce(max(round), 0) FROM ticket").fetchone()
            self._series.begin(centre, wanted, (last if given is None else given.round) + 1)

    def _are_of(self, series: Series) -> bool:
        """Tell whether no ticket that waits has a code of another series."""
        with self.transaction() as db:
            found = db.execute("SELECT code FROM ticket_state WHERE delivery IN ('waiting', 'held')").fetchall()
        return all(ticket_codes.owns(series, TicketCode(code)) for (code,) in found)

    def issue(
        self,
        services: tuple[str, ...],
        language: str,
        now: datetime,
        *,
        people: tuple[Headcount, ...] = (),
        asks_priority: bool = False,
        sealer: Sealer | None = None,
        visit: VisitId | None = None,
        held: bool = False,
        appointment: str = "",
    ) -> CommittedTicket:
        """Commit a ticket. It exists when this returns, and not before.

        ``now`` is the machine's own clock. ``sealer`` gives what was read of documents, each sealed to the visit.
        ``visit`` is its id where something was begun in its name before. ``held``: it is not sent before ``release``.
        ``appointment`` is by what the server knows the one for which they came.

        Raises:
            CodesExhaustedError: no code is left.
            OutboxError: not enrolled, the server has never said a service day, or the file cannot be written.
        """
        with self.transaction():
            code, round_ = self._series.next()
            visit, moment = visit or VisitId(new_id()), uptime.moment()
            request = IssueRequest(
                services=services,
                category=Category.WALK_IN,
                language=language,
                id=visit,
                code=code,
                issued_at=now.astimezone(UTC),
                asks_priority=asks_priority,
                people=tuple(People(one.band, one.count) for one in people),
                party_size=size(people) or 1,
                appointment=appointment or None,
            )
            TICKETS.begin(
                self,
                visit,
                TicketRow(TicketStep.HELD if held else TicketStep.ISSUED, request),
                key=new_id(),
                code=code,
                boot=moment.boot,
                seconds=moment.seconds,
                round=round_,
            )
            if sealer is not None:
                journal.seal(self, visit, sealer(visit))
            return journal.read(self, "visit = ?", visit)[0]

    def left(self) -> int:
        """Say how many codes can still be given today; 0 before a service day has begun."""
        return self._series.left()

    def release(self, visit: VisitId) -> None:
        """Send a held ticket from now on, like all others."""
        with self.transaction():
            for ticket in journal.read(self, "visit = ? AND delivery = 'held'", visit):
                TICKETS.add(self, ticket.visit, TicketRow(TicketStep.RELEASED))

    def withdraw(self, visit: VisitId) -> None:
        """Take back a held ticket that nobody has on paper. Its code is not given again."""
        with self.transaction():
            for ticket in journal.read(self, "visit = ? AND delivery = 'held'", visit):
                TICKETS.add(self, ticket.visit, TicketRow(TicketStep.WITHDRAWN))
                journal.unseal(self, ticket.visit)

    def waiting(self) -> CommittedTicket | None:
        """Give the oldest ticket that the server has not answered."""
        return next(iter(journal.read(self, "delivery = 'waiting'", limit=1)), None)

    def sent(self, visit: VisitId) -> None:
        self._answered(visit, "")

    def refused(self, visit: VisitId, problem: str) -> None:
        """Keep a ticket that the server refuses, with its code, out of the way of those behind it."""
        self._answered(visit, problem)

    def printing(self, visit: VisitId) -> None:
        self.printed(visit, PrintResult.PRINTING)

    def printed(self, visit: VisitId, paper: PrintResult) -> None:
        """Write down what became of a try; one that may have made a paper more is told to the server (``reprint``)."""
        with self.transaction():
            if self._has(visit):
                for step in journal.after_try(journal.steps(self, visit), paper):
                    TICKETS.add(self, visit, TicketRow(step))

    def reprint(self) -> Reprint | None:
        """Give the next paper beyond a first one of which the server is to be told: never before its ticket."""
        return journal.reprint(self)

    def reprint_told(self, one: Reprint) -> None:
        """Tell of it no more: the server has it, or will never take it."""
        with self.transaction():
            told = TICKETS.acknowledged(self, one.visit)
            # A server that has lost its ticket meanwhile is told of both anew.
            if self._has(one.visit) and told.number:
                TICKETS.note(self, one.visit, told._replace(receipts=one.number))

    def recover(self) -> tuple[CommittedTicket, ...]:
        """After a start: give the tickets whose printing a crash cut off, each once.

        They are sent like all others, and not printed: whoever asked for them is gone, and the paper would go to a
        stranger. What is held until it is paid is for whoever finds out what was paid: that depends on what
        became of the paper.
        """
        with self.transaction():
            # Of an appointment nobody has heard what the server said: it knows the visit, or gets to know it.
            for ticket in journal.read(self, "delivery = 'held'"):
                if ticket.request.appointment is not None:
                    self.release(ticket.visit)
            found = journal.read(self, _CUT_OFF)
            for ticket in found:
                begun = ticket.paper is PrintResult.PRINTING
                self.printed(ticket.visit, PrintResult.UNKNOWN if begun else PrintResult.FAILED)
        return found

    def standing(self) -> OutboxStatus:
        with self.transaction() as db:
            given = self._series.issued()
            round_, day = (0, "") if given is None else (given.round, given.day)
            (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM ticket").fetchone()
            counts = dict(
                db.execute(
                    # Refused tickets of a day before are kept, for whoever looks into them; nobody holds one any more.
                    "SELECT delivery, count(*) FROM ticket_state WHERE delivery <> 'refused' OR round = ?"
                    " GROUP BY delivery",
                    (round_,),
                ).fetchall()
            )
            # What was put aside is said for a whole day at least.
            (damaged,) = db.execute(
                "SELECT count(*) FROM quarantine WHERE day >= coalesce(date(?, '-1 day'), '')", (day,)
            ).fetchone()
        waiting = counts.get("waiting", 0) + counts.get("held", 0)
        position = 0 if given is None else given.position
        return OutboxStatus(day, position, last, waiting, counts.get("refused", 0), damaged)

    def day(self) -> str:
        given = self._series.issued()
        return "" if given is None else given.day

    def meet(self, epoch: str) -> bool:
        """Note the life of the server's database; tells whether it is another than before.

        Then an older copy has taken its place, and the tickets of this run of the series are delivered once more: the
        server knows again those that it has. Earlier ones are of people who have gone.
        """
        with self.transaction() as db:
            known = db.execute("SELECT epoch FROM server").fetchone()
            db.execute(
                "INSERT INTO server (one, epoch) VALUES (1, ?) ON CONFLICT DO UPDATE SET epoch = excluded.epoch",
                (epoch,),
            )
            if known is None or known[0] == epoch:
                return False
            given = self._series.issued()
            round_ = 0 if given is None else given.round
            mine = "SELECT visit FROM ticket_state WHERE delivery = 'sent' AND round = ?"
            for (visit,) in db.execute(mine, (round_,)).fetchall():
                TICKETS.note(self, visit, ServerAcknowledgement())
            return True

    def doubt(self) -> None:
        """Note that another machine is this device, too, and may have given numbers."""
        with self.transaction() as db:
            db.execute("INSERT OR IGNORE INTO unsure (one) VALUES (1)")

    def doubts(self) -> bool:
        """Tell whether the server has to be asked for the highest number before another one is given."""
        with translated():
            return self._db.execute("SELECT 1 FROM unsure").fetchone() is not None

    def trust(self) -> None:
        """Note that ``begin_day`` has taken over what the other machine gave."""
        with self.transaction() as db:
            db.execute("DELETE FROM unsure")

    def begin_day(self, day: str, highest: int, last: int) -> bool:
        """Start the series again, because the server says that ``day`` has begun.

        Args:
            day: the service day in the server's words (ISO 8601).
            highest: the highest number of this series that the server has seen on that day.
            last: ``Standing.last`` from before the server was asked for ``highest``.

        Returns:
            False where it must be tried again later: tickets wait for delivery, or one was issued meanwhile. They
            may still land in that day, and their codes would be given again.
        """
        with self.transaction() as db:
            given = self._series.issued()
            if given is None:
                return False
            if day <= given.day:
                self._series.raise_to(given, highest)
                return True
            standing = self.standing()
            if standing.waiting or standing.last != last:
                return False
            self._series.begin_day(given, day, highest)
            old = db.execute(
                "SELECT visit FROM ticket_state WHERE delivery IN ('sent', 'withdrawn') AND round <= ?",
                (given.round + 1 - _KEPT_ROUNDS,),
            ).fetchall()
            TICKETS.purge(self, [visit for (visit,) in old])
            db.execute("DELETE FROM quarantine WHERE day < coalesce(date(?, ?), '')", (day, f"-{_KEPT_DAYS} day"))
            return True

    def find(self, visit: VisitId) -> CommittedTicket | None:
        return next(iter(journal.read(self, "visit = ?", visit)), None)

    def all(self) -> tuple[CommittedTicket, ...]:
        """Give every ticket kept, in order of issue."""
        return journal.read(self, "TRUE")

    def _answered(self, visit: VisitId, problem: str) -> None:
        """Note the server's answer. It is not asked again, so that what was read of documents has no use here."""
        with self.transaction():
            if self._has(visit):
                told = TICKETS.acknowledged(self, visit)
                TICKETS.note(self, visit, told._replace(number=0 if problem else 1, problem=problem))
            journal.unseal(self, visit)

    def _has(self, visit: VisitId) -> bool:
        """Tell whether a ticket is still kept: damage may have taken it while it was printed or told."""
        with self.transaction() as db:
            return db.execute("SELECT 1 FROM ticket WHERE visit = ?", (visit,)).fetchone() is not None


class OutboxWorker(StoreWorker[Outbox]):
    """The thread that owns the outbox of a kiosk."""

    def __init__(self, path: Path) -> None:
        super().__init__(Outbox, path)
