"""Settings of the manager page."""

from typing import Annotated

import msgspec
from msgspec import Meta


class ManagerRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[manager]``. Milliseconds and seconds, as each name says.

    What depends on time and devices is drawn anew every ``refresh_ms``, what happens at most once in ``pause_ms``. An
    emergency notice needs its button held for ``hold_ms``. An alarm is raised where a visit is overdue by
    ``overdue_s``, a wish for priority is unanswered for ``priority_request_s``, a counter is paused for ``paused_s``,
    or a parked visit is ``parked_s`` past its time.
    """

    refresh_ms: Annotated[int, Meta(ge=200, le=60_000)] = 5000
    pause_ms: Annotated[int, Meta(ge=0, le=10_000)] = 50
    hold_ms: Annotated[int, Meta(ge=100, le=10_000)] = 2000
    overdue_s: Annotated[int, Meta(ge=60, le=7200)] = 60
    priority_request_s: Annotated[int, Meta(ge=0, le=7200)] = 120
    paused_s: Annotated[int, Meta(ge=0, le=28_800)] = 900
    parked_s: Annotated[int, Meta(ge=0, le=7200)] = 300
