"""What is set of banks of lockers. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta


class LockerRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[lockers]``.

    An order holds for ``order_s`` seconds: so long a bank may begin. One that has told nothing for ``silent_s`` seconds
    gets no orders, and managers are told. Every ``poll_s`` seconds it is looked whether one was revoked.
    """

    order_s: Annotated[int, Meta(ge=5, le=600)] = 60
    silent_s: Annotated[int, Meta(ge=10, le=3_600)] = 60
    poll_s: Annotated[float, Meta(ge=0.01, le=3_600)] = 5
