"""Settings of the pages."""

from typing import Annotated

import msgspec
from msgspec import Meta


class PageRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[pages]``. Times in milliseconds.

    ``silence_ms`` without a beat is "not connected": more than two beats of the feed. ``retry_ms`` lies between two
    tries. An action says "sending" after ``slow_ms`` and offers another try after ``unanswered_ms``.
    """

    silence_ms: Annotated[int, Meta(ge=500, le=60_000)] = 3000
    retry_ms: Annotated[int, Meta(ge=100, le=60_000)] = 2000
    slow_ms: Annotated[int, Meta(ge=50, le=10_000)] = 400
    unanswered_ms: Annotated[int, Meta(ge=100, le=60_000)] = 5000
