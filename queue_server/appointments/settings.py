"""What is set of appointments. Pure; how a centre gives them stands in its catalogue."""

from typing import Annotated

import msgspec
from msgspec import Meta


class AppointmentSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[appointments]``.

    How somebody wants to be written to is kept for ``contact_days`` service days, the day of the appointment among
    them. Every ``poll_s`` seconds it is looked whether a day is over on which somebody did not come.
    """

    contact_days: Annotated[int, Meta(ge=1, le=365)] = 4
    poll_s: Annotated[float, Meta(ge=0.01, le=3_600)] = 60
