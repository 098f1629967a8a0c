"""Services that can be booked and of which no time is ever free are found, and no others."""

from datetime import date

import pytest
from msgspec.structs import replace

from queue_server.appointments.capacity import CapacityUse, capacity
from queue_server.appointments.staffing import bookable, capacity_rules, journey, staffed_day
from queue_server.appointments.staffing_gaps import StaffingGap, staffing_gaps
from queue_server.catalogue import model, store, toml
from queue_server.catalogue.appointments import StaffingDefinition
from queue_server.catalogue.model import Setup
from queue_server.domain.values import Day, ServiceId, StepId

SETUPS = [toml.parse(text) for text in store.demo_catalogues()]
DEMO = SETUPS[0]
DAYS = [Day(f"2026-11-{number}") for number in range(23, 30)]
HEALTH = StepId("health")


def gaps(setup: Setup) -> tuple[StaffingGap, ...]:
    assert setup.appointments is not None
    rules = setup.appointments
    return staffing_gaps(
        setup, model.settings(model.Stored(setup, 1)), (staffed_day(setup, rules, day) for day in DAYS)
    )


def planned(*pools: StaffingDefinition, setup: Setup = DEMO) -> Setup:
    return replace(setup, staffing=pools)


#: Whoever takes anything is at the reception alone.
RECEPTION = replace(DEMO.staffing[0], steps=(StepId("reception"),))
NURSE = next(one for one in DEMO.staffing if one.id == "nurse")
OTHERS = [one for one in DEMO.staffing[1:] if one.id != "nurse"]


@pytest.mark.parametrize("setup", SETUPS, ids=lambda one: str(one.centre.id))
def test_the_plans_of_the_demo_leave_out_nothing(setup: Setup) -> None:
    assert gaps(setup) == ()


def test_a_stop_that_nobody_takes_is_named_for_each_of_its_services() -> None:
    assert gaps(planned(RECEPTION, *OTHERS, NURSE)) == ()
    found = gaps(planned(RECEPTION, *OTHERS))
    assert {one.step for one in found} == {HEALTH}
    assert {one.service for one in found} == {one.id for one in bookable(DEMO) if HEALTH in one.steps}
    # What is left of the plan is no more than the reception: each service is there once, with its first such stop.
    left = gaps(planned(RECEPTION))
    assert len({one.service for one in left}) == len(left) > len(found)
    assert StaffingGap(ServiceId("uto-passport-renewal"), StepId("documents")) in left


@pytest.mark.parametrize(
    "gone",
    [
        {"valid_until": date(2026, 11, 22)},
        {"valid_from": date(2026, 12, 1)},
        {"services": (ServiceId("uto-passport-renewal"),)},
        {"steps": (StepId("interview"),)},
    ],
)
def test_whoever_is_there_at_another_time_or_for_something_else_takes_it_not(gone: dict[str, object]) -> None:
    assert {one.step for one in gaps(planned(RECEPTION, *OTHERS, replace(NURSE, **gone)))} == {HEALTH}


def test_whoever_is_there_on_the_last_of_the_days_alone_takes_it() -> None:
    assert gaps(planned(RECEPTION, *OTHERS, replace(NURSE, valid_from=date(2026, 11, 27)))) == ()
    # In either order: all days are looked at as long as somebody of the plan was not seen.
    assert gaps(planned(replace(NURSE, valid_from=date(2026, 11, 27)), RECEPTION, *OTHERS)) == ()


@pytest.mark.parametrize("setup", SETUPS, ids=lambda one: str(one.centre.id))
def test_no_more_days_are_cut_than_it_takes(setup: Setup) -> None:
    assert setup.appointments is not None
    rules, asked = setup.appointments, iter(DAYS)
    staffing_gaps(setup, model.settings(model.Stored(setup, 1)), (staffed_day(setup, rules, day) for day in asked))
    assert list(asked)


def test_whoever_is_there_for_one_government_leaves_out_the_others() -> None:
    utopia = next(one.id for one in DEMO.governments if one.id == "UTO")
    found = gaps(planned(RECEPTION, *OTHERS, replace(NURSE, governments=(utopia,))))
    assert [one.service for one in found] == ["xmr-health-assessment"]


def test_a_centre_that_is_closed_or_gives_none_has_no_gaps() -> None:
    assert staffing_gaps(planned(), model.settings(model.Stored(DEMO, 1)), ()) == ()
    assert len(gaps(planned())) == len(bookable(DEMO))
    settings = model.settings(model.Stored(DEMO, 1))
    assert DEMO.appointments is not None
    day = staffed_day(DEMO, DEMO.appointments, DAYS[0])
    assert staffing_gaps(replace(planned(), appointments=None), settings, (day,)) == ()


@pytest.mark.parametrize("setup", [planned(RECEPTION, *OTHERS), planned(RECEPTION, NURSE), *SETUPS])
def test_what_is_named_is_what_no_time_is_ever_free_for(setup: Setup) -> None:
    assert setup.appointments is not None
    rules, settings = setup.appointments, model.settings(model.Stored(setup, 1))
    uses = [CapacityUse(capacity(staffed_day(setup, rules, day), (), capacity_rules(rules))) for day in DAYS]
    never = set()
    for service in bookable(setup):
        whole = journey(setup, settings, (service.id,), 1)
        assert whole is not None
        if not any(use.place(whole.stops, start) is not None for use in uses for start, _ in use.day.periods):
            never.add(service.id)
    assert {one.service for one in gaps(setup)} == never
