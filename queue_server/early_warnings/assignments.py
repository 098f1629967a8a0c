"""Who sees to alarms that are no early warnings: help, devices, money, documents; gone with the day, or the alarm."""

from collections.abc import Collection

import msgspec
from sqlalchemy import Connection, delete, insert, select

from queue_server.centre.centres import Centre
from queue_server.database.serialising import serialise
from queue_server.domain.values import Actor, CentreId, Day, Micros, StaffId, new_id
from queue_server.early_warnings.assignment_events import ALARMS, AlarmGivenBack, AlarmName, AlarmTaken
from queue_server.early_warnings.tables import alarm_assignments
from queue_server.vault.model import end_of

_COLUMNS = alarm_assignments.c


class AlarmAssignment(msgspec.Struct, frozen=True):
    """``taken_by`` sees to an alarm since ``taken_at``."""

    alarm: AlarmName
    taken_by: StaffId
    taken_at: Micros


class Taker(msgspec.Struct, frozen=True):
    """Who takes an alarm or gives it back, at which centre, ``now`` on its service ``day``, which ``ends_at``."""

    centre: CentreId
    staff: StaffId
    now: Micros
    day: Day
    ends_at: Micros

    @classmethod
    def of(cls, centre: Centre, staff: StaffId, now: Micros) -> "Taker":
        day = centre.rule.day_at(now)
        return cls(centre.id, staff, now, day, end_of(centre.rule, day, 1))

    @property
    def stream(self) -> str:
        return ALARMS.stream(f"{self.centre}/{self.day}")


def assignments(connection: Connection, centre: CentreId, now: Micros) -> dict[str, AlarmAssignment]:
    """Read who sees to what at a centre today, by the names of the alarms."""
    columns = [_COLUMNS[name] for name in AlarmAssignment.__struct_fields__]
    rows = connection.execute(select(*columns).where(_COLUMNS.centre == centre, _COLUMNS.ends_at > now))
    return {row.alarm: AlarmAssignment(row.alarm, row.taken_by, row.taken_at) for row in rows}


def take(connection: Connection, taker: Taker, alarm: AlarmName) -> AlarmAssignment:
    """Somebody sees to it; said again, it is as when they said it first."""
    known = _locked(connection, taker, alarm)
    if known is not None and known.taken_by == taker.staff:
        return known
    _leave(connection, taker.centre, (alarm,))
    taken = AlarmAssignment(alarm, taker.staff, taker.now)
    stored = {"centre": taker.centre, "alarm": alarm, "taken_by": taker.staff}
    connection.execute(insert(alarm_assignments), stored | {"taken_at": taker.now, "ends_at": taker.ends_at})
    record(connection, taker, alarm, is_taken=True)
    return taken


def give_back(connection: Connection, taker: Taker, alarm: AlarmName) -> AlarmAssignment | None:
    """Whoever took it does not see to it after all; what another one has taken stays theirs."""
    known = _locked(connection, taker, alarm)
    if known is None or known.taken_by != taker.staff:
        return known
    _leave(connection, taker.centre, (alarm,))
    record(connection, taker, alarm, is_taken=False)
    return None


def end(connection: Connection, centre: CentreId, alarms: Collection[str], before: Micros) -> None:
    """Forget who saw to alarms that are over, but for what was taken since ``before``: a server may see them later."""
    gone = (_COLUMNS.centre == centre, _COLUMNS.alarm.in_(alarms), _COLUMNS.taken_at < before)
    connection.execute(delete(alarm_assignments).where(*gone))


def record(connection: Connection, taker: Taker, alarm: AlarmName, *, is_taken: bool) -> None:
    """Append it to the stream of the day, in the transaction of what it tells of."""
    deed = AlarmTaken(taker.centre, alarm) if is_taken else AlarmGivenBack(taker.centre, alarm)
    ident, actor = f"{taker.centre}/{taker.day}", Actor(f"staff/{taker.staff}")
    ALARMS.advance(connection, ident, lambda _: (deed,), at=taker.now, command=new_id(), actor=actor)


def _locked(connection: Connection, taker: Taker, alarm: AlarmName) -> AlarmAssignment | None:
    """Read an alarm's row; of several servers one after the other does."""
    serialise(connection, "early-warnings", (taker.centre,))
    return assignments(connection, taker.centre, taker.now).get(alarm)


def _leave(connection: Connection, centre: CentreId, alarms: Collection[str]) -> None:
    connection.execute(delete(alarm_assignments).where(_COLUMNS.centre == centre, _COLUMNS.alarm.in_(alarms)))
