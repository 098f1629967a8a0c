"""Whoever is served by telephone or video has nowhere to show a code: they get their ticket by themselves.

At the booked time, not before and not after: a visit with a number, as if they had come then. It waits as all others
do, and counts from the booked time however late a server looks. Two servers that look at once make one visit, because
its id follows from the appointment, and the day of the appointment says only once that they came.
"""

from typing import Final
from uuid import UUID, uuid5

import structlog
from sqlalchemy import Connection

from queue_server.appointments import booking, store
from queue_server.appointments.booking import Booker
from queue_server.appointments.model import StoredAppointment
from queue_server.appointments.settings import AppointmentSettings
from queue_server.centre.api.visits import desk_series
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import HOUR, Actor, Category, VisitId
from queue_server.eventlog.port import StreamMovedError
from queue_server.framework.server import Server
from queue_server.queue.commands import IssueTicket
from queue_server.queue.proved_booking import ProvedBooking
from queue_server.queue.refusals import Refusal

_log = structlog.get_logger(__name__)
_ACTOR: Final = Actor("system")
#: Nobody who is called comes too late: it is the server that looks.
_ALWAYS: Final = 48 * HOUR


class RemoteArrivals:
    """``task`` looks again and again whose time has come, at every centre."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._refused: set[str] = set()
        self.task = Periodic(
            "appointments-remote", server.settings[AppointmentSettings].remote_s, self.arrive, at_once=True
        )

    async def arrive(self) -> None:
        """Give a ticket to each whose time has come."""
        # One look for all centres: a house has hundreds, and each look is a look at the database.
        centres, now = dict(self._server[Centres]), self._server.clock()
        today = {ident: centre.rule.day_at(now) for ident, centre in centres.items()}
        if not today:
            return
        due = await self._server.log.run(
            lambda connection: store.remote_due(connection, today.keys(), {*today.values()}, now)
        )
        for one in due:
            if one.day == today[one.centre]:
                await self._issue(centres[one.centre], one)

    async def _issue(self, centre: Centre, one: StoredAppointment) -> None:
        device, series = await desk_series(self._server, centre.id)
        visit = visit_of(one)
        command = IssueTicket(
            visit=visit,
            services=one.services,
            category=Category.WALK_IN,
            party_size=one.party_size,
            language=one.language,
            device=device,
            series=series,
            people=one.people,
            booking=ProvedBooking(one.id, one.at, _ALWAYS, _ALWAYS),
        )
        key = f"remote-{one.id}-{one.revision}"

        def note(connection: Connection) -> None:
            known = store.by_id(connection, one.id)
            if known is None or (known.centre, known.at, known.state) != (one.centre, one.at, one.state):
                raise StreamMovedError
            booking.check_in(connection, Booker(self._server, centre, _ACTOR, key, one.through), one.id, visit)

        try:
            answer = await centre.writer.execute(command, key=key, fingerprint="remote", actor=_ACTOR, rows=note)
        except StreamMovedError:
            # Moved, cancelled, or given its ticket by another server a moment ago.
            return
        if isinstance(answer, Refusal) and one.id not in self._refused:
            self._refused.add(one.id)
            _log.warning("remote-not-issued", code=answer.code)


def visit_of(one: StoredAppointment) -> VisitId:
    """Name the visit of an appointment at its time: the same on every server."""
    return VisitId(str(uuid5(UUID(one.id), f"visit/{one.at}")))
