"""Which counters work together, by the staffing plan: each is of one team, or of those that no plan names. Pure.

Pools of the plan that can do the same are one team, whatever their hours. A counter is of the team that is most like
it: the plan says how many counters a pool has, and not which.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NewType

import msgspec

from queue_server.catalogue.appointments import StaffingDefinition
from queue_server.contract.base import Names
from queue_server.domain.appointments import PoolId
from queue_server.domain.values import CounterId
from queue_server.queue.settings import Skills

#: The first pool of the team in the plan names it.
TeamId = NewType("TeamId", str)
#: The counters that are of no pool. No pool can have this id.
OTHERS: Final = TeamId("_others")

_SAME, _SHARED, _ANY = 3, 2, 1


class Team(msgspec.Struct, frozen=True):
    """``pools`` are those of the plan that can do the same; ``name`` is empty where the plan gives none."""

    id: TeamId
    name: Names
    pools: tuple[PoolId, ...]
    counters: tuple[CounterId, ...]
    skills: Skills


def teams(plan: Iterable[StaffingDefinition], counters: Mapping[CounterId, Skills]) -> tuple[Team, ...]:
    """Put every counter into its team, in the order of the plan; a team without a counter is left out."""
    known: dict[Skills, list[StaffingDefinition]] = {}
    for pool in plan:
        known.setdefault(_skills(pool), []).append(pool)
    members: dict[Skills | None, list[CounterId]] = {}
    for counter, skills in counters.items():
        members.setdefault(_nearest(known, skills), []).append(counter)
    found = [
        Team(
            TeamId(pools[0].id),
            dict(pools[0].name),
            tuple(PoolId(pool.id) for pool in pools),
            tuple(members[skills]),
            skills,
        )
        for skills, pools in known.items()
        if skills in members
    ]
    if None in members:
        found.append(Team(OTHERS, {}, (), tuple(members[None]), Skills()))
    return tuple(found)


def team_of(found: Iterable[Team], counter: CounterId) -> Team | None:
    """Find the team of a counter; None for one that is not set up."""
    return next((one for one in found if counter in one.counters), None)


def _skills(pool: StaffingDefinition) -> Skills:
    # In whatever order a set-up names them, they are the same.
    return Skills(tuple(sorted(pool.steps)), tuple(sorted(pool.services)), tuple(sorted(pool.governments)))


def _nearest(known: Iterable[Skills], counter: Skills) -> Skills | None:
    """Find the skills that are most like those of a counter; the first of several."""
    alike = [(likeness, skills) for skills in known if (likeness := _likeness(skills, counter))]
    return max(alike, key=lambda one: one[0])[1] if alike else None


def _likeness(pool: Skills, counter: Skills) -> int:
    """Say how much a counter is like a pool; 0 where there is something of which neither does what the other does."""
    total = 0
    for planned, own in (
        (frozenset[str](pool.steps), frozenset[str](counter.steps)),
        (frozenset[str](pool.services), frozenset[str](counter.services)),
        (frozenset[str](pool.governments), frozenset[str](counter.governments)),
    ):
        if planned == own:
            total += _SAME
        elif not planned or not own:
            total += _ANY
        elif planned & own:
            total += _SHARED
        else:
            return 0
    return total
