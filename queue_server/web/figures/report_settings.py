"""What is set of a day on paper that goes out by itself. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta


class DayReportRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[day_report]``.

    A day goes to those who asked for it at ``hour`` by the clock of the centre, as it stands then; whether it is time
    is looked at every ``poll_s`` seconds. For ``days`` service days at most it is kept where to.
    """

    hour: Annotated[int, Meta(ge=5, le=23)] = 20
    poll_s: Annotated[float, Meta(ge=0.01, le=3_600)] = 60
    days: Annotated[int, Meta(ge=1, le=3_650)] = 365
