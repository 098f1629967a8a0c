"""Nobody came: what is still booked when its day is over was missed, once, on whichever server.

It is looked for when the service day of its centre begins, and at every start.
"""

from sqlalchemy import Connection

from queue_server.appointments import decide, store
from queue_server.appointments.booking import store_days
from queue_server.appointments.engine import AppointmentEngine
from queue_server.appointments.store import DAYS, book_of
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import Actor, CentreId, Day
from queue_server.framework.server import Server

_ACTOR = Actor("system")


class MissedAppointments:
    """Notes who did not come; ``task`` looks again and again whether the day of a centre has changed."""

    def __init__(self, server: Server, poll_s: float) -> None:
        self._server = server
        self._done: dict[CentreId, Day] = {}
        self.task = Periodic("appointments-missed", poll_s, self.note, at_once=True)

    async def note(self) -> None:
        """Note it of all days that are over, at each centre once a day."""
        for centre in tuple(self._server[Centres].values()):
            today = centre.rule.day_at(self._server.clock())
            if self._done.get(centre.id) == today:
                continue
            days = await self._server.log.run(
                lambda connection, centre=centre, today=today: store.booked_before(connection, centre.id, today)  # type: ignore[misc]
            )
            for day in days:
                await self._note(centre, day)
            self._done[centre.id] = today

    async def _note(self, centre: Centre, day: Day) -> None:
        books = self._server[AppointmentEngine].books
        command = f"missed/{centre.id}/{day}"

        def work(connection: Connection) -> None:
            at = self._server.clock()
            drafted = books.draft(connection, centre.id, day, decide.miss, at=at, command=command, actor=_ACTOR)
            store_days(self._server, connection, centre, (drafted,), at, command, _ACTOR)

        await self._server.log.write_in_turn(DAYS.stream(book_of(centre.id, day)), work)
