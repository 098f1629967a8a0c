"""What is set of alarms that look ahead. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta


class EarlyWarningRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[early_warnings]``.

    It is looked every ``poll_s`` seconds, and ``ahead_min`` minutes ahead; what was found is told to whoever asks again
    within ``believed_ms``. A counter that is open and calls nobody is
    told of after ``idle_s`` seconds.
    """

    poll_s: Annotated[float, Meta(ge=0.01, le=600)] = 15
    believed_ms: Annotated[int, Meta(ge=0, le=60_000)] = 1000
    ahead_min: Annotated[int, Meta(ge=1, le=120)] = 20
    idle_s: Annotated[int, Meta(ge=30, le=7_200)] = 300
