"""What is set of banks of lockers. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta


class LockerRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[lockers]``.

    An order holds for ``order_s`` seconds: so long a bank may begin. One that has told nothing for ``silent_s`` seconds
    gets no orders, and managers are told.
    """

    order_s: Annotated[int, Meta(ge=5, le=600)] = 60
    silent_s: Annotated[int, Meta(ge=10, le=3_600)] = 60
