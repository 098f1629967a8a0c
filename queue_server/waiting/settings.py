"""What is set of waiting times. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta


class WaitingSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[waiting]``.

    Every ``learn_s`` seconds it is looked whether a day has ended; the last ``days`` teach how long people need, and
    forecasts of the last ``judged_days`` how wrong they are, of each about ``asked`` stops. Looks ahead are shared for
    ``fresh_ms``, and screens are told every ``show_s`` seconds.
    """

    learn_s: Annotated[float, Meta(ge=0.01, le=86_400)] = 300
    days: Annotated[int, Meta(ge=5, le=100)] = 28
    judged_days: Annotated[int, Meta(ge=1, le=365)] = 60
    asked: Annotated[int, Meta(ge=20, le=5_000)] = 200
    fresh_ms: Annotated[int, Meta(ge=0, le=600_000)] = 2_000
    show_s: Annotated[float, Meta(ge=0.01, le=600)] = 10
