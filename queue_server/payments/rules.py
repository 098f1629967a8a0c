"""Section ``[payments]`` of the settings."""

from typing import Annotated

import msgspec
from msgspec import Meta


class PaymentRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``stalled_s`` seconds after its last news a payment of which nothing is certain needs staff.

    For ``slip_days`` days the number of a slip is that of one visit alone. Pages list ``max_listed`` payments that need
    staff, and as many ends of day, and say how many more there are.
    """

    stalled_s: Annotated[int, Meta(ge=1, le=86_400)] = 300
    slip_days: Annotated[int, Meta(ge=1, le=400)] = 30
    max_listed: Annotated[int, Meta(ge=1, le=500)] = 100
