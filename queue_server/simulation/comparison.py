"""The same days played by several policies, at several loads. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from queue_server.simulation.arrivals import drawn_day
from queue_server.simulation.demand import Demand
from queue_server.simulation.draws import source
from queue_server.simulation.errors import TooFewDaysError
from queue_server.simulation.figures import PolicyFigures, figures
from queue_server.simulation.model import SimulatedDay
from queue_server.simulation.past import scaled
from queue_server.simulation.player import play
from queue_server.simulation.policies import CallingPolicy
from queue_server.simulation.staffing import StaffedCentre, expected_work, load, work_of

#: Rates are learned from one half of the days while errors are learned from the other.
_MIN_LEARNED: Final = 2
LOADS: Final = (0.8, 0.9, 1.0, 1.1, 1.2)


def drawn_days(centre: StaffedCentre, demand: Demand, at: float, days: int, seed: int) -> tuple[SimulatedDay, ...]:
    """Draw days on which as many come as make a load of ``at`` in the mean.

    Raises:
        NobodyServesError: the plan has nobody for a stop.
    """
    usual = load(centre.empty, expected_work(centre, demand))
    factor = at / usual if usual else 0.0
    return tuple(drawn_day(centre, demand, factor=factor, seed=f"{seed}/{number}") for number in range(days))


def mixed_days(
    centre: StaffedCentre, demand: Demand, between: tuple[float, float], days: int, seed: str
) -> tuple[SimulatedDay, ...]:
    """Draw days that are quieter and busier: the load of each lies anywhere between two.

    Raises:
        NobodyServesError: the plan has nobody for a stop.
    """
    usual = load(centre.empty, expected_work(centre, demand))
    found = []
    for number in range(days):
        at = source(seed, number, "load").uniform(*between)
        found.append(drawn_day(centre, demand, factor=at / usual if usual else 0.0, seed=f"{seed}/{number}"))
    return tuple(found)


def split(days: Sequence[SimulatedDay], judged: int) -> tuple[tuple[SimulatedDay, ...], tuple[SimulatedDay, ...]]:
    """Set the last days apart, to be judged by what those before teach.

    Raises:
        TooFewDaysError: fewer than two would be left to learn from.
    """
    if len(days) < judged + _MIN_LEARNED:
        raise TooFewDaysError(days=len(days), wanted=judged + _MIN_LEARNED)
    return tuple(days[:-judged]), tuple(days[-judged:])


def loaded_days(days: Sequence[SimulatedDay], at: float) -> tuple[SimulatedDay, ...]:
    """Give days on which the same people come, and need so much longer or shorter that each has a load of ``at``."""
    return tuple(scaled(day, at / usual) if (usual := load(day, work_of(day))) else day for day in days)


def compared(
    days_at: Iterable[tuple[float, Sequence[SimulatedDay]]], policies: Sequence[CallingPolicy]
) -> Iterator[PolicyFigures]:
    """Play the days of each load by each policy."""
    for at, days in days_at:
        for policy in policies:
            yield figures(policy, at, [play(day, policy) for day in days])
