"""What other rooms do when appointments change: this room knows none of them, they say so themselves."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from queue_server.appointments.model import Appointment, AppointmentDay
from queue_server.domain.appointments import AppointmentState
from queue_server.domain.values import Actor, CentreId, Micros
from queue_server.eventlog.aggregate import PendingAppend


@dataclass(frozen=True, slots=True)
class AppointmentChanges:
    """What was decided on days of a centre and is about to be stored in the transaction of ``connection``."""

    connection: Connection
    centre: CentreId
    days: tuple[PendingAppend[AppointmentDay], ...]
    at: Micros
    command: str
    actor: Actor

    def changed(self) -> Iterator[tuple[Appointment | None, Appointment]]:
        """List each appointment that changed, as it was and as it will be: one that moves to another day once."""
        before = {
            ident: one
            for day in self.days
            if day.before is not None
            for ident, one in day.before.appointments.items()
            if one.state is not AppointmentState.MOVED
        }
        for day in self.days:
            was = {} if day.before is None else day.before.appointments
            for ident, one in () if day.after is None else day.after.appointments.items():
                if one is not was.get(ident) and one.state is not AppointmentState.MOVED:
                    yield before.get(ident), one


@dataclass(slots=True)
class AppointmentFollowers:
    """``changed`` gives what follows for other streams, in the commit of the appointments' own events."""

    changed: list[Callable[[AppointmentChanges], Sequence[PendingAppend[Any]]]] = field(default_factory=list)
