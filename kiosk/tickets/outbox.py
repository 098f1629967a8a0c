"""Tickets before they are anywhere else: written here, then sent, then printed (docs/design.md).

One SQLite file, ``synchronous=FULL``. The kiosk numbers its tickets itself, also online. Numbers only go up: they
start again when the server says that a new service day has begun, and only once every earlier ticket is at the server.
The clock of the kiosk has no say in it: turned back, or a year ahead, it must not give a code twice in one day.

Payments are written in the same file and in the same transactions (kiosk.payment.journal, decision 12).

Nothing of a person is in here: services, how many people, language, and the ids that the kiosk made. What was read of a
document comes in sealed to the server's key, and goes out of here with the delivery.
The class is synchronous and belongs to one thread at a time.
"""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from kiosk.errors import CodesUsedUpError, OtherDeviceError, OutboxError
from kiosk.store import uptime
from kiosk.store.database import Database, translated
from kiosk.store.uptime import Moment
from kiosk.store.worker import Worker
from kiosk.tickets.model import Delivery, PaperState, Sealed, Sealer, Standing, Ticket
from queue_server.contract.base import People
from queue_server.contract.devices import SeriesState
from queue_server.contract.visits import IssueRequest
from queue_server.domain import ticket_codes
from queue_server.domain.tariff import Headcount, size
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import Category, TicketCode, VisitId, new_id

#: Delivered tickets of this many earlier runs of the series are kept, for whoever has to look into a complaint.
_KEPT_ROUNDS = 2

#: Tickets whose printing came to no known end.
_CUT_OFF = "paper IN ('none', 'printing') AND delivery NOT IN ('held', 'withdrawn')"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS device (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    centre TEXT NOT NULL,
    letter TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    day TEXT NOT NULL DEFAULT '',      -- the service day, in the server's words; '' until it has said one
    round INTEGER NOT NULL DEFAULT 1,  -- counts the starts of the series
    position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS ticket (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    visit TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,
    round INTEGER NOT NULL,
    code TEXT NOT NULL,
    request BLOB NOT NULL,
    boot TEXT NOT NULL,      -- when it was issued by a clock that nobody sets (kiosk.store.uptime)
    seconds REAL NOT NULL,
    delivery TEXT NOT NULL DEFAULT 'waiting',
    problem TEXT NOT NULL DEFAULT '',
    paper TEXT NOT NULL DEFAULT 'none',
    UNIQUE (round, code)
) STRICT;
CREATE TABLE IF NOT EXISTS server (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL      -- the life of the server's database that was met last
) STRICT;
CREATE TABLE IF NOT EXISTS unsure (
    one INTEGER PRIMARY KEY CHECK (one = 1)  -- there: another machine may have given numbers of this series
) STRICT;
CREATE INDEX IF NOT EXISTS ticket_waiting ON ticket (seq) WHERE delivery = 'waiting';
"""


class Outbox(Database):
    """Opens or makes the file.

    Raises:
        OutboxError: on every method, where the file cannot be read or written.
    """

    schema = _SCHEMA

    def enrol(self, centre: str, series: SeriesState) -> None:
        """Take over the series of this device. The same one again goes on where it was.

        Where damage has taken the row that says which it was, tickets that wait are known by their codes.

        Raises:
            OtherDeviceError: tickets of another centre or series have not been delivered yet.
        """
        with self.transaction():
            row = self._db.execute("SELECT centre, letter, first, last FROM device").fetchone()
            if row == (centre, series.letter, series.first, series.last):
                return
            waiting = self._standing().waiting
            if waiting and (row is not None or not self._are_of(Series(series.letter, series.first, series.last))):
                raise OtherDeviceError(waiting=waiting)
            self._db.execute(
                "INSERT INTO device (one, centre, letter, first, last, round)"
                " VALUES (1, ?, ?, ?, ?, (SELECT coalesce(max(round), 0) + 1 FROM ticket)) ON CONFLICT DO UPDATE SET"
                " centre = excluded.centre, letter = excluded.letter, first = excluded.first, last = excluded.last,"
                " day = '', round = round + 1, position = 0",
                (centre, series.letter, series.first, series.last),
            )

    def _are_of(self, series: Series) -> bool:
        """Tell whether no ticket that waits has a code of another series; what is damaged says nothing."""
        found = self._db.execute("SELECT CAST(code AS BLOB) FROM ticket WHERE delivery IN ('waiting', 'held')")
        codes = [TicketCode(code.decode(errors="replace")) for (code,) in found]
        return all(ticket_codes.owns(series, code) for code in codes if ticket_codes.parse(code) is not None)

    def issue(
        self,
        services: tuple[str, ...],
        language: str,
        now: datetime,
        *,
        people: tuple[Headcount, ...] = (),
        asks_priority: bool = False,
        sealer: Sealer | None = None,
        held: VisitId | None = None,
    ) -> Ticket:
        """Commit a ticket. It exists when this returns, and not before.

        ``now`` is the machine's own clock. ``sealer`` gives what was read of documents, each sealed to the visit.
        ``held`` is the visit's id where something was begun in its name before: it is not sent before ``release``.

        Raises:
            CodesUsedUpError: no code is left.
            OutboxError: not enrolled, the server has never said a service day, or the file cannot be written.
        """
        with self.transaction():
            row = self._db.execute("SELECT letter, first, last, day, round, position FROM device").fetchone()
            if row is None or row[3] == "":
                raise OutboxError(reason="not-enrolled")
            letter, first, last, _, round_, position = row
            try:
                code = ticket_codes.nth(Series(letter, first, last), position + 1)
            except IndexError as error:
                raise CodesUsedUpError(letter=letter) from error
            visit, moment = held or VisitId(new_id()), uptime.moment()
            sealed = Sealed() if sealer is None else sealer(visit)
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
                readings=sealed.readings,
                faces=sealed.faces,
            )
            self._db.execute("UPDATE device SET position = position + 1")
            self._db.execute(
                "INSERT INTO ticket (visit, key, round, code, request, boot, seconds, delivery)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    visit,
                    new_id(),
                    round_,
                    code,
                    msgspec.json.encode(request),
                    moment.boot,
                    moment.seconds,
                    Delivery.HELD if held else Delivery.WAITING,
                ),
            )
            return self._all("visit = ?", visit)[0]

    def left(self) -> int:
        """Say how many codes can still be given today; 0 before a service day has begun."""
        with translated():
            row = self._db.execute("SELECT letter, first, last, day, position FROM device").fetchone()
        if row is None or row[3] == "":
            return 0
        return max(0, ticket_codes.count(Series(*row[:3])) - int(row[4]))

    def release(self, visit: VisitId) -> None:
        """Send a held ticket from now on, like all others."""
        self._update("delivery = iif(delivery = 'held', 'waiting', delivery)", visit)

    def withdraw(self, visit: VisitId) -> None:
        """Take back a held ticket that nobody has on paper. Its code is not given again."""
        with self.transaction():
            for ticket in self._all("visit = ? AND delivery = 'held'", visit):
                self._settle("delivery = 'withdrawn'", ticket.visit)

    def waiting(self) -> Ticket | None:
        """Give the oldest ticket that the server has not answered."""
        with translated():
            return next(iter(self._all("delivery = 'waiting'", limit=1)), None)

    def sent(self, visit: VisitId) -> None:
        self._settle("delivery = 'sent', problem = ''", visit)

    def refused(self, visit: VisitId, problem: str) -> None:
        """Keep a ticket that the server refuses, with its code, out of the way of those behind it."""
        self._settle("delivery = 'refused', problem = ?", visit, problem)

    def printing(self, visit: VisitId) -> None:
        self._update("paper = 'printing'", visit)

    def printed(self, visit: VisitId, paper: PaperState) -> None:
        self._update("paper = ?", visit, paper)

    def recover(self) -> tuple[Ticket, ...]:
        """After a start: give the tickets whose printing a crash cut off, each once.

        They are sent like all others, and not printed: whoever asked for them is gone, and the paper would go to a
        stranger. What is held is for whoever recovers its payment: that depends on what became of the paper.
        """
        with self.transaction():
            found = self._all(_CUT_OFF)
            self._db.execute(
                f"UPDATE ticket SET paper = iif(paper = 'none', 'failed', 'unknown') WHERE {_CUT_OFF}"  # noqa: S608 - constants
            )
        return found

    def standing(self) -> Standing:
        with translated():
            return self._standing()

    def meet(self, epoch: str) -> bool:
        """Note the life of the server's database; tells whether it is another than before.

        Then an older copy has taken its place, and the tickets of this run of the series are delivered once more: the
        server knows again those that it has. Earlier ones are of people who have gone.
        """
        with self.transaction():
            known = self._db.execute("SELECT epoch FROM server").fetchone()
            self._db.execute(
                "INSERT INTO server (one, epoch) VALUES (1, ?) ON CONFLICT DO UPDATE SET epoch = excluded.epoch",
                (epoch,),
            )
            if known is None or known[0] == epoch:
                return False
            self._db.execute(
                "UPDATE ticket SET delivery = 'waiting' WHERE delivery = 'sent' AND round = (SELECT round FROM device)"
            )
            return True

    def doubt(self) -> None:
        """Note that another machine is this device, too, and may have given numbers."""
        with self.transaction():
            self._db.execute("INSERT OR IGNORE INTO unsure (one) VALUES (1)")

    def doubts(self) -> bool:
        """Tell whether the server has to be asked for the highest number before another one is given."""
        with translated():
            return self._db.execute("SELECT 1 FROM unsure").fetchone() is not None

    def trust(self) -> None:
        """Note that ``begin_day`` has taken over what the other machine gave."""
        with self.transaction():
            self._db.execute("DELETE FROM unsure")

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
        with self.transaction():
            row = self._db.execute("SELECT letter, first, last, day FROM device").fetchone()
            if row is None:
                return False
            letter, first, end, known = row
            reached = ticket_codes.position(Series(letter, first, end), highest)
            if day <= known:
                # The same day: numbers only go up (a kiosk that was installed anew learns here what it once gave).
                self._db.execute("UPDATE device SET position = max(position, ?)", (reached,))
                return True
            standing = self._standing()
            if standing.waiting or standing.last != last:
                return False
            self._db.execute("UPDATE device SET day = ?, round = round + 1, position = ?", (day, reached))
            self._db.execute(
                "DELETE FROM ticket"
                " WHERE delivery IN ('sent', 'withdrawn') AND round <= (SELECT round FROM device) - ?",
                (_KEPT_ROUNDS,),
            )
            return True

    def find(self, visit: VisitId) -> Ticket | None:
        with translated():
            return next(iter(self._all("visit = ?", visit)), None)

    def all(self) -> tuple[Ticket, ...]:
        """Give every ticket kept, in order of issue."""
        with translated():
            return self._all("TRUE")

    def _standing(self) -> Standing:
        device = self._db.execute("SELECT day, position FROM device").fetchone() or ("", 0)
        last = self._db.execute("SELECT coalesce(max(seq), 0) FROM ticket").fetchone()[0]
        counts = dict(
            self._db.execute(
                # Refused tickets of a day before are kept, for whoever looks into them; nobody holds one any more.
                "SELECT delivery, count(*) FROM ticket WHERE delivery <> 'refused'"
                " OR round = (SELECT round FROM device) GROUP BY delivery"
            )
        )
        waiting = counts.get("waiting", 0) + counts.get("held", 0)
        return Standing(device[0], device[1], last, waiting, counts.get("refused", 0))

    def _settle(self, change: str, visit: VisitId, *values: str) -> None:
        """Note the server's answer. It is not asked again, so that what was read of documents has no use here."""
        with self.transaction():
            for ticket in self._all("visit = ?", visit):
                request = msgspec.structs.replace(ticket.request, readings=(), faces=())
                self._db.execute(
                    f"UPDATE ticket SET {change}, request = ? WHERE visit = ?",  # noqa: S608 - constants
                    (*values, msgspec.json.encode(request), visit),
                )

    def _update(self, change: str, visit: VisitId, *values: str) -> None:
        with self.transaction():
            self._db.execute(f"UPDATE ticket SET {change} WHERE visit = ?", (*values, visit))  # noqa: S608 - constants

    def _all(self, where: str, *values: str, limit: int = -1) -> tuple[Ticket, ...]:
        rows = self._db.execute(
            "SELECT seq, visit, code, key, request, boot, seconds, delivery, problem, paper FROM ticket"  # noqa: S608 - constants
            f" WHERE {where} ORDER BY seq LIMIT ?",
            (*values, limit),
        )
        return tuple(
            Ticket(
                seq,
                VisitId(visit),
                TicketCode(code),
                key,
                msgspec.json.decode(request, type=IssueRequest),
                Moment(boot, seconds),
                Delivery(delivery),
                problem,
                PaperState(paper),
            )
            for seq, visit, code, key, request, boot, seconds, delivery, problem, paper in rows
        )


class OutboxWorker(Worker[Outbox]):
    """The thread that owns the outbox of a kiosk."""

    def __init__(self, path: Path) -> None:
        super().__init__(Outbox, path)
