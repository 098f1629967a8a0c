"""Every counter is in one team, by the staffing plan."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.catalogue.appointments import StaffingDefinition
from queue_server.domain.appointments import PoolId
from queue_server.domain.values import CounterId, GovernmentId, ServiceId, StepId
from queue_server.queue.settings import Skills
from queue_server.team.teams import OTHERS, team_of, teams

STEPS = st.lists(st.sampled_from(["reception", "papers", "photo"]).map(StepId), unique=True, max_size=3).map(tuple)
SERVICES = st.lists(st.sampled_from(["visa", "birth"]).map(ServiceId), unique=True, max_size=2).map(tuple)
GOVERNMENTS = st.lists(st.sampled_from(["UTO", "XAL"]).map(GovernmentId), unique=True, max_size=2).map(tuple)
SKILLS = st.builds(Skills, steps=STEPS, services=SERVICES, governments=GOVERNMENTS)


def same(one: Skills) -> tuple[frozenset[str], ...]:
    """Give what skills are, in whatever order they are named."""
    return frozenset(one.steps), frozenset(one.services), frozenset(one.governments)


def pool(ident: str, skills: Skills, **more: object) -> StaffingDefinition:
    return StaffingDefinition(
        id=PoolId(ident),
        days=("monday",),
        hours="08:00-16:00",
        counters=1,
        steps=skills.steps,
        services=skills.services,
        governments=skills.governments,
        **more,  # type: ignore[arg-type]
    )


@given(st.lists(SKILLS, max_size=6), st.lists(SKILLS, max_size=8))
def test_every_counter_is_in_one_team_and_keeps_its_place(planned: list[Skills], skilled: list[Skills]) -> None:
    plan = [pool(f"pool-{number}", one) for number, one in enumerate(planned)]
    counters = {CounterId(str(number)): one for number, one in enumerate(skilled, 1)}
    found = teams(plan, counters)
    members = [counter for team in found for counter in team.counters]
    assert sorted(members) == sorted(counters)
    assert all(team.counters for team in found)
    order = list(counters)
    assert all(list(team.counters) == sorted(team.counters, key=order.index) for team in found)
    assert len({team.id for team in found}) == len(found)
    for team in found:
        # A pool that does exactly what the counter does is never passed over.
        if team.id == OTHERS:
            assert not any(same(counters[one]) == same(skills) for one in team.counters for skills in planned)
        for counter in team.counters:
            assert team_of(found, counter) == team
            if same(counters[counter]) in map(same, planned):
                assert same(team.skills) == same(counters[counter])


def test_pools_that_can_do_the_same_are_one_team_and_named_by_the_first() -> None:
    papers, photo = Skills(steps=(StepId("papers"),)), Skills(steps=(StepId("photo"),))
    plan = [
        pool("morning", papers, name={"en": "Papers"}),
        pool("photo", photo),
        pool("afternoon", papers, name={"en": "Papers, late"}),
    ]
    both, aldova = Skills(), Skills(steps=(StepId("papers"),), governments=(GovernmentId("XAL"),))
    counters = {CounterId("1"): papers, CounterId("2"): aldova, CounterId("3"): Skills(steps=(StepId("cash"),))}
    found = teams(plan, counters | {CounterId("4"): both})
    assert [(team.id, team.pools, team.counters) for team in found] == [
        ("morning", ("morning", "afternoon"), ("1", "2", "4")),
        (OTHERS, (), ("3",)),
    ]
    assert found[0].name == {"en": "Papers"}
