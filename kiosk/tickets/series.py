"""The series of this device: which numbers it may give, and which it has given. Numbers only go up.

They start again when the server says that a new service day has begun, and only once every earlier ticket is there. The
clock of the kiosk has no say in it: turned back, or a year ahead, it must not give a code twice in one day.

What was given stands in two files, the outbox and one beside it, and the second is on disk before the first: an outbox
that is lost, or is that of another day, costs what stands in it and gives no number again.
"""

from pathlib import Path

import msgspec
import structlog

from kiosk.errors import CodesExhaustedError, OutboxError
from kiosk.store import slots
from kiosk.store.database import Database
from kiosk.store.quarantine import checksum
from queue_server.domain import ticket_codes
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import TicketCode

_log = structlog.get_logger(__name__)

TABLE = """
CREATE TABLE IF NOT EXISTS device (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    content BLOB NOT NULL,    -- a Given, as JSON
    checksum BLOB NOT NULL
) STRICT;
"""


class Given(msgspec.Struct, frozen=True):
    """What this device has given of its series.

    ``day`` is the service day in the server's words, "" until it has said one; ``round`` counts the starts of the
    series, ``position`` the numbers of this one. ``lost``: tickets may have been, of whose numbers the server knows
    nothing.
    """

    centre: str
    letter: str
    first: int
    last: int
    day: str = ""
    round: int = 1
    position: int = 0
    lost: bool = False

    @property
    def series(self) -> Series:
        return Series(self.letter, self.first, self.last)

    def is_of(self, centre: str, series: Series) -> bool:
        return (self.centre, self.series) == (centre, series)


class SeriesBook:
    """Reads and writes ``Given`` within the transactions of its database; ``path`` is that of the outbox."""

    def __init__(self, box: Database, path: Path) -> None:
        self._box = box
        self._path = path.with_suffix(".series")

    def load(self) -> None:
        """Take over what the file beside the outbox knows and the outbox does not.

        Raises:
            OutboxError: nothing can be read or written.
        """
        with self._box.transaction():
            here, beside = self.issued(), self._beside()
            if beside is None or beside == here:
                return
            if here is None:
                _log.error("series-restored", day=beside.day, position=beside.position)
                self.write(msgspec.structs.replace(beside, lost=True))
            elif here.is_of(beside.centre, beside.series) and _reach(here) < _reach(beside):
                # One number may have been about to be given when the power went; more are those of a lost outbox.
                lost = beside.lost or here.day != beside.day or here.position + 1 < beside.position
                self.write(msgspec.structs.replace(beside, lost=lost, round=max(here.round, beside.round)))
                if lost:
                    _log.error("series-restored", day=beside.day, position=beside.position)

    def issued(self) -> Given | None:
        """Give what was given; None before enrolment, or where damage has taken it."""
        with self._box.transaction() as db:
            found = db.execute("SELECT content, checksum FROM device").fetchone()
        if found is None or checksum(found[0]) != found[1]:
            return None
        return msgspec.json.decode(found[0], type=Given)

    def _beside(self) -> Given | None:
        content = slots.read(self._path)
        return None if content is None else msgspec.json.decode(content, type=Given)

    def write(self, given: Given) -> None:
        """Write it down in both places: in the one beside first.

        Raises:
            OutboxError: it cannot be; nothing has happened.
        """
        content = msgspec.json.encode(given)
        with self._box.transaction() as db:
            slots.write(self._path, content)
            row = (content, checksum(content))
            db.execute("INSERT OR REPLACE INTO device (one, content, checksum) VALUES (1, ?, ?)", row)

    def next(self) -> tuple[TicketCode, int]:
        """Give the next code, which is given with it, and the round of it.

        Raises:
            CodesExhaustedError: no code is left.
            OutboxError: not enrolled, the server has never said a service day, or nothing can be written.
        """
        given = self.issued()
        if given is None or given.day == "":
            raise OutboxError(reason="not-enrolled")
        try:
            code = ticket_codes.nth(given.series, given.position + 1)
        except IndexError as error:
            raise CodesExhaustedError(letter=given.letter) from error
        self.write(msgspec.structs.replace(given, position=given.position + 1))
        return code, given.round

    def left(self) -> int:
        """Say how many codes can still be given today; 0 before a service day has begun."""
        given = self.issued()
        if given is None or given.day == "":
            return 0
        return max(0, ticket_codes.count(given.series) - given.position)

    def begin(self, centre: str, series: Series, round_: int) -> None:
        """Begin with a series, before the server has said a day."""
        self.write(Given(centre, series.letter, series.first, series.last, round=round_))

    def raise_to(self, given: Given, highest: int) -> None:
        """Take over on the same day what the server has seen: numbers only go up.

        A kiosk that was installed anew learns here what it once gave.
        """
        position = max(given.position, ticket_codes.position(given.series, highest))
        # What was lost was given today: tomorrow nobody holds it any more.
        after = msgspec.structs.replace(given, position=position, lost=False)
        if after != given:
            self.write(after)

    def begin_day(self, given: Given, day: str, highest: int) -> None:
        """Start again, above what the server has seen of the new day, and above what was lost here."""
        reached = ticket_codes.position(given.series, highest)
        position = max(reached, given.position) if given.lost else reached
        self.write(msgspec.structs.replace(given, day=day, round=given.round + 1, position=position, lost=False))


def _reach(given: Given) -> tuple[str, int]:
    return given.day, given.position
