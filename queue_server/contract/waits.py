"""How long people wait, as a centre foresees it now."""

from datetime import datetime

from msgspec import field

from queue_server.contract.base import Message
from queue_server.domain.values import ServiceId, StepId


class WaitView(Message, frozen=True):
    """A range of minutes, rounded outwards to those that people think in."""

    low_min: int | None = None
    """So many minutes it takes at least, as far as anybody can say."""
    high_min: int | None = None
    """So many at most, in thirteen of fourteen cases."""
    latest: datetime | None = None
    """By when the call comes at the latest, in 98 of 100 cases (UTC).

    Null beside a range that is rough: no day has taught yet how wrong it may be.
    """
    not_before_closing: bool = False
    """It is not reached before the centre closes; then there is no range."""


class WaitsAnswer(Message, frozen=True):
    """What somebody who comes now waits. A service or step of which nothing can be said is left out."""

    at: datetime
    """When it was foreseen (UTC)."""
    closes: datetime | None = None
    """When the centre closes (UTC); null where that is not known, or it never does."""
    services: dict[ServiceId, WaitView] = field(default_factory=dict)
    """Of whoever takes a number now without an appointment, by the service for which they come first."""
    steps: dict[StepId, WaitView] = field(default_factory=dict)
    """Of whoever is ready at a step now."""
