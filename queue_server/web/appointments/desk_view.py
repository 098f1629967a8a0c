"""All that the page of appointments looks at."""

from collections.abc import Callable

import msgspec

from queue_server.catalogue.appointments import AppointmentRules
from queue_server.catalogue.model import Setup
from queue_server.contract.appointments import AppointmentView, BookableDayView
from queue_server.domain.values import Micros
from queue_server.queue.state import Visit
from queue_server.web.appointments.desk_query import DeskQuery
from queue_server.web.view_context import PageReader, StaffView


class DeskView(msgspec.Struct, frozen=True):
    """What was asked for, and what was read for it.

    ``free`` is None where no times were asked for; ``refusal`` is why there are none. ``held_until`` is None where
    nothing is held, or no more. ``listed`` are those that were found, or those who are still expected today.
    ``receives``: whoever sits here issues tickets. ``person`` gives the reader of a person's language.
    """

    look: StaffView
    setup: Setup
    rules: AppointmentRules | None
    asked: DeskQuery
    visit: Visit | None
    one: AppointmentView | None
    free: tuple[BookableDayView, ...] | None
    refusal: str
    held_until: Micros | None
    listed: tuple[AppointmentView, ...]
    ways: tuple[bool, bool]
    receives: bool
    back: str
    person: Callable[[str], PageReader]
