"""What is set of appointments. Pure; how a centre gives them stands in its catalogue."""

from typing import Annotated

import msgspec
from msgspec import Meta


class AppointmentSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[appointments]``.

    How somebody wants to be written to is kept for ``contact_days`` service days, the day of the appointment among
    them. Every ``poll_s`` seconds it is looked whether a day is over on which somebody did not come.

    A device has ``code_tries`` codes of appointments that were wrong at once; after them each waits longer, up to
    ``code_longest_delay_s``. All is forgotten ``code_window_s`` after the last one.

    Every ``remote_s`` seconds those who are served by telephone or video, and whose time has come, get their ticket.

    Every ``waitlist_s`` seconds free places are offered to those on the waiting list: each is held for ``offer_min``.
    """

    contact_days: Annotated[int, Meta(ge=1, le=365)] = 4
    poll_s: Annotated[float, Meta(ge=0.01, le=3_600)] = 60
    code_tries: Annotated[int, Meta(ge=1, le=1_000)] = 10
    code_longest_delay_s: Annotated[int, Meta(ge=1, le=86_400)] = 300
    code_window_s: Annotated[int, Meta(ge=1, le=86_400)] = 3_600
    offer_min: Annotated[int, Meta(ge=10, le=2_880)] = 120
    remote_s: Annotated[float, Meta(ge=0.01, le=600)] = 5
    waitlist_s: Annotated[float, Meta(ge=0.01, le=600)] = 5
