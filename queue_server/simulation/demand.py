"""Who wants to come on a day, as a file says it (TOML): how many an hour, what for, and how they wait. Pure.

How long they need is what the catalogue of the centre says of each stop (``minutes``, ``extra_minutes``).
"""

import tomllib
from typing import Annotated

import msgspec
from msgspec import Meta

from queue_server.catalogue.fields import Service_, Span, span_minutes
from queue_server.catalogue.model import Setup
from queue_server.simulation.errors import DemandInvalidError

#: Characters of a file.
MAX_LENGTH = 100_000

Percent = Annotated[int, Meta(ge=0, le=100)]
Weight = Annotated[float, Meta(gt=0, le=1_000_000)]
#: Parties of an hour; nobody's door lets in more.
Rate = Annotated[float, Meta(ge=0, le=10_000)]


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section of the file."""


class VisitShare(_Section, frozen=True):
    """What some come for; ``weight`` says how many, compared with the others."""

    services: Annotated[tuple[Service_, ...], Meta(min_length=1, max_length=5)]
    weight: Weight = 1.0


class Demand(_Section, frozen=True):
    """A day's demand; ``per_hour`` are parties an hour within a span of the clock.

    ``spread_percent`` is the standard deviation of a service time as a share of its mean (lognormal), ``walk_s`` the
    mean time from a call to the counter. Of all parties ``booked_percent`` have an appointment, and come
    ``booked_early_min`` before it, give or take ``booked_early_spread_min``, or not at all (``no_show_percent``);
    ``priority_percent`` of the others are given priority. ``impatient_percent`` of all leave when they have waited for
    their first call longer than they have patience, ``patience_min`` in the mean (exponential), and
    ``leave_notified_percent`` of these say so.
    """

    per_hour: Annotated[dict[Span, Rate], Meta(min_length=1, max_length=48)]
    visits: Annotated[tuple[VisitShare, ...], Meta(min_length=1, max_length=200)]
    parties: Annotated[dict[str, Weight], Meta(min_length=1, max_length=20)] = msgspec.field(
        default_factory=lambda: {"1": 1.0}
    )
    spread_percent: Annotated[int, Meta(ge=0, le=300)] = 50
    walk_s: Annotated[int, Meta(ge=0, le=1800)] = 40
    booked_percent: Percent = 0
    booked_early_min: Annotated[int, Meta(ge=0, le=240)] = 8
    booked_early_spread_min: Annotated[int, Meta(ge=0, le=240)] = 6
    no_show_percent: Percent = 0
    priority_percent: Percent = 0
    impatient_percent: Percent = 0
    patience_min: Annotated[int, Meta(ge=1, le=1440)] = 60
    leave_notified_percent: Percent = 0

    @property
    def party_sizes(self) -> dict[int, float]:
        """How many people come together, with how often."""
        return {int(people): weight for people, weight in self.parties.items()}

    @property
    def spans(self) -> list[tuple[int, int, float]]:
        """From which minute after midnight until which one so many come an hour, in order."""
        return sorted((*span_minutes(span), rate) for span, rate in self.per_hour.items())


def parse_demand(text: str, setup: Setup) -> Demand:
    """Read the demand of a centre.

    Raises:
        DemandInvalidError: it is not TOML, a value is missing, unknown or out of bounds, or names what the centre does
            not offer.
    """
    if len(text) > MAX_LENGTH:
        raise DemandInvalidError(reason=f"longer than {MAX_LENGTH} characters")
    try:
        demand = msgspec.convert(tomllib.loads(text), Demand)
    except (tomllib.TOMLDecodeError, RecursionError, msgspec.ValidationError) as error:
        raise DemandInvalidError(reason=str(error)) from error
    services = {service.id for service in setup.services}
    for share in demand.visits:
        if len(set(share.services)) != len(share.services) or not services.issuperset(share.services):
            raise DemandInvalidError(reason=f"visits: {', '.join(share.services)}")
    for people in demand.parties:
        if not (people.isascii() and people.isdecimal() and 1 <= int(people) <= setup.rules.max_party):
            raise DemandInvalidError(reason=f"parties: {people}")
    if any(start >= end for start, end, _ in demand.spans):
        raise DemandInvalidError(reason="per_hour: a span ends before it begins")
    return demand
