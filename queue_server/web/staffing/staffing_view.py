"""All that the page of a day's staffing looks at."""

from collections.abc import Mapping

import msgspec

from queue_server.contract.appointments import AppointmentDayAnswer, AppointmentView
from queue_server.contract.base import Names
from queue_server.domain.appointments import PoolId
from queue_server.web.staffing.day_query import DayQuery
from queue_server.web.view_context import StaffView


class StaffingView(msgspec.Struct, frozen=True):
    """What the page looks at: a day, its bookings, and those whom the change concerns that was asked for.

    ``concerned`` is None where that change cannot be made; ``offers``: the centre gives appointments at all.
    """

    look: StaffView
    names: Mapping[PoolId, Names]
    day: AppointmentDayAnswer
    booked: tuple[AppointmentView, ...]
    asked: DayQuery
    concerned: tuple[AppointmentView, ...] | None
    offers: bool
    api: str

    def pool(self, ident: PoolId | str | None) -> str:
        """Name a pool in the reader's language; all of them where none is meant."""
        if ident is None:
            return str(self.look.words("all pools"))
        return self.look.name(self.names.get(PoolId(ident), {}), ident)
