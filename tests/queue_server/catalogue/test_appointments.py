"""Sections of a catalogue about appointments: what is taken, what is refused, and how long a stop takes."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.catalogue import model, store, toml
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.catalogue.errors import CatalogueError
from tests.queue_server.catalogue.strategies import APPOINTMENT_RULES

HARBOUR = store.demo_catalogues()[1]
_RULES = HARBOUR.index("[appointments]")
_POOLS = HARBOUR.index("[[staffing]]")
BEFORE = HARBOUR[:_RULES]

POOL = """[[staffing]]
id = "windows"
days = ["monday", "friday"]
hours = "09:00-12:30"
breaks = ["10:30-10:45"]
counters = 2
steps = ["documents"]
services = ["uto-birth"]
governments = ["UTO"]
"""


def refusal(text: str) -> tuple[str, str, str]:
    with pytest.raises(CatalogueError) as caught:
        toml.parse(text)
    return caught.value.code, str(caught.value.placeholders["section"]), str(caught.value.placeholders["key"])


def test_a_centre_without_the_section_gives_none_and_plans_nobody() -> None:
    setup = toml.parse(BEFORE)
    assert (setup.appointments, setup.staffing) == (None, ())


def test_an_empty_section_gives_them_by_the_defaults() -> None:
    rules = toml.parse(f"{BEFORE}[appointments]\n").appointments
    assert rules == AppointmentRules()
    assert rules is not None
    assert (rules.period_min, rules.weeks, rules.walk_in_percent, rules.remind_hours) == (15, 4, 40, (24,))


#: The least and the most that each may be.
BOUNDS = {
    "weeks": (1, 26),
    "lead_min": (0, 10_080),
    "walk_in_percent": (0, 100),
    "work_percent": (1, 100),
    "overbooking_percent": (0, 100),
    "early_min": (0, 240),
    "late_min": (10, 480),
    "hold_min": (1, 60),
    "change_until_min": (0, 10_080),
    "release_within_min": (0, 1440),
    "document_bookings": (1, 100),
    "contact_bookings": (1, 100),
}


@pytest.mark.parametrize("key", BOUNDS)
def test_numbers_of_the_rules_end_where_the_docs_say(key: str) -> None:
    least, most = BOUNDS[key]
    for number in (least, most):
        rules = toml.parse(f"{BEFORE}[appointments]\n{key} = {number}\n").appointments
        assert msgspec.structs.asdict(rules)[key] == number  # type: ignore[arg-type] # it is there
    for number in (least - 1, most + 1):
        code, section, named = refusal(f"{BEFORE}[appointments]\n{key} = {number}\n")
        assert (code in {"catalogue-invalid", "catalogue-appointments"}, section, named) == (True, "appointments", key)


@pytest.mark.parametrize("minutes", [1, 4, 7, 25, 45, 61, 120])
def test_a_period_divides_the_hour(minutes: int) -> None:
    expected = ("catalogue-invalid", "appointments", "period_min")
    assert refusal(f"{BEFORE}[appointments]\nperiod_min = {minutes}\n") == expected


def test_who_is_on_time_is_not_too_late() -> None:
    same = toml.parse(f"{BEFORE}[appointments]\ngrace_min = 30\n").appointments
    assert same is not None
    assert same.grace_min == same.late_min
    expected = ("catalogue-appointments", "appointments", "late_min")
    assert refusal(f"{BEFORE}[appointments]\ngrace_min = 31\n") == expected


@pytest.mark.parametrize("hours", ["[0]", "[337]", "[24.5]", "[1, 2, 3, 4, 5]"])
def test_reminders_are_hours_before_the_visit(hours: str) -> None:
    assert refusal(f"{BEFORE}[appointments]\nremind_hours = {hours}\n")[0] == "catalogue-invalid"


def test_nobody_is_reminded_twice_at_one_time() -> None:
    expected = ("catalogue-duplicate", "appointments", "remind_hours")
    assert refusal(f"{BEFORE}[appointments]\nremind_hours = [24, 3, 24]\n") == expected


@given(APPOINTMENT_RULES)
def test_rules_are_read_as_they_were_written(rules: AppointmentRules) -> None:
    setup = msgspec.structs.replace(toml.parse(BEFORE), appointments=rules)
    assert toml.parse(toml.write(setup)).appointments == rules


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('breaks = ["10:30-10:45"]', "breaks = []"),
        ('breaks = ["10:30-10:45"]', 'breaks = ["09:00-09:15", "09:15-10:00", "12:00-12:30"]'),
        ('breaks = ["10:30-10:45"]', 'breaks = ["09:00-12:30"]'),
        ('hours = "09:00-12:30"', 'hours = "00:00-24:00"'),
        ("counters = 2", "counters = 200"),
        ("counters = 2", "counters = 2\nvalid_from = 2026-12-01\nvalid_until = 2026-12-01"),
        ("counters = 2", "counters = 2\nvalid_until = 2026-12-01"),
    ],
)
def test_staffing_at_its_bounds_is_taken(old: str, new: str) -> None:
    setup = toml.parse(BEFORE + POOL.replace(old, new))
    assert [pool.id for pool in setup.staffing] == ["windows"]
    assert toml.parse(toml.write(setup)) == setup


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('hours = "09:00-12:30"', 'hours = "09:00-09:00"', "catalogue-staffing", "hours"),
        ('hours = "09:00-12:30"', 'hours = "12:30-09:00"', "catalogue-staffing", "hours"),
        ('hours = "09:00-12:30"', 'hours = "09:00-24:01"', "catalogue-invalid", "hours"),
        ('"10:30-10:45"', '"08:59-09:15"', "catalogue-staffing", "breaks"),
        ('"10:30-10:45"', '"12:15-12:31"', "catalogue-staffing", "breaks"),
        ('"10:30-10:45"', '"10:30-10:30"', "catalogue-staffing", "breaks"),
        ('"10:30-10:45"', '"10:45-10:30"', "catalogue-staffing", "breaks"),
        ('"10:30-10:45"', '"10:30-10:45", "10:44-11:00"', "catalogue-staffing", "breaks"),
        ('"10:30-10:45"', '"11:00-11:15", "10:00-10:15"', "catalogue-staffing", "breaks"),
        ("counters = 2", "counters = 0", "catalogue-invalid", "counters"),
        ("counters = 2", "counters = 201", "catalogue-invalid", "counters"),
        (
            "counters = 2",
            "counters = 2\nvalid_from = 2026-12-02\nvalid_until = 2026-12-01",
            "catalogue-staffing",
            "valid_until",
        ),
        ('["monday", "friday"]', "[]", "catalogue-invalid", "days"),
        ('["monday", "friday"]', '["montag"]', "catalogue-invalid", "days[0]"),
        ('["monday", "friday"]', '["friday", "friday"]', "catalogue-duplicate", "days"),
        ('["documents"]', '["dentist"]', "catalogue-reference", "steps"),
        ('["uto-birth"]', '["uto-dentist"]', "catalogue-reference", "services"),
        ('["UTO"]', '["XQQ"]', "catalogue-reference", "governments"),
        ('id = "windows"', 'id = "windows"\nname = { fr = "Guichets" }', "catalogue-language", "name"),
        ('id = "windows"', 'id = "Windows"', "catalogue-invalid", "id"),
    ],
)
def test_staffing_that_cannot_be_is_refused_where_it_stands(old: str, new: str, code: str, key: str) -> None:
    assert POOL.count(old) == 1
    assert refusal(BEFORE + POOL.replace(old, new)) == (code, "staffing[0]", key)


def test_a_pool_has_a_name_of_its_own() -> None:
    assert refusal(BEFORE + POOL + "\n" + POOL) == ("catalogue-duplicate", "staffing", "id")


@pytest.mark.parametrize(
    ("new", "code", "section", "key"),
    [
        ("step_minutes = { documents = 0 }", "catalogue-invalid", "services[2]", "step_minutes"),
        ("step_minutes = { documents = 481 }", "catalogue-invalid", "services[2]", "step_minutes"),
        ("step_minutes = { interview = 5 }", "catalogue-reference", "services[2]", "step_minutes"),
        ("step_extra_minutes = { documents = -1 }", "catalogue-invalid", "services[2]", "step_extra_minutes"),
        ("step_extra_minutes = { interview = 5 }", "catalogue-reference", "services[2]", "step_extra_minutes"),
        ('bookable = "no"', "catalogue-invalid", "services[2]", "bookable"),
    ],
)
def test_what_a_service_says_of_times_is_checked(new: str, code: str, section: str, key: str) -> None:
    text = BEFORE.replace('steps = ["documents", "submission"]', f'steps = ["documents", "submission"]\n{new}', 1)
    found = refusal(text)
    assert found[:2] == (code, section)
    assert found[2].split(".")[0] == key


@pytest.mark.parametrize("new", ["minutes = 0", "minutes = 481", "extra_minutes = -1", 'remote = "letter"'])
def test_what_a_step_says_of_times_is_checked(new: str) -> None:
    text = BEFORE.replace("minutes = 6\n", f"{new}\n", 1)
    assert refusal(text) == ("catalogue-invalid", "steps[2]", new.split(" ", maxsplit=1)[0])


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ('remote = "video"', "catalogue-remote"),
        ('remote = "telephone"\nremote_link = "https://video.example/{room}"', "catalogue-remote"),
        ('remote_link = "https://video.example/{room}"', "catalogue-remote"),
        ('remote = "video"\nremote_link = "http://video.example/{room}"', "catalogue-invalid"),
        ('remote = "video"\nremote_link = "https://name@video.example/"', "catalogue-invalid"),
        ('remote = "video"\nremote_link = "javascript:alert(1)//https://video.example/"', "catalogue-invalid"),
        ('remote = "video"\nremote_link = "https://video.example/{other}"', "catalogue-invalid"),
        ('remote = "video"\nremote_link = "https://video.example/\\"x"', "catalogue-invalid"),
    ],
)
def test_a_step_by_video_says_where_it_is_and_no_other_does(new: str, code: str) -> None:
    text = BEFORE.replace("minutes = 6\n", f"{new}\n", 1)
    assert refusal(text) == (code, "steps[2]", "remote_link")
    good = BEFORE.replace(
        "minutes = 6\n", 'remote = "video"\nremote_link = "https://video.example:8443/a/{room}?b=1"\n', 1
    )
    assert toml.parse(toml.write(toml.parse(good))) == toml.parse(good)


def test_a_service_is_as_long_as_its_steps_or_as_it_says_itself() -> None:
    setup = toml.parse(HARBOUR)
    steps, services = {one.id: one for one in setup.steps}, {one.id: one for one in setup.services}

    def minutes(service: str, step: str, people: int) -> int:
        return model.duration(services[service], steps[step], people)  # type: ignore[index] # ids are text here

    assert [minutes("uto-birth", "documents", people) for people in (1, 2, 4)] == [10, 15, 25]
    # The service says how long one person takes; each further one takes what they take at the step.
    assert [minutes("uto-passport-renewal", "documents", people) for people in (1, 4)] == [8, 23]
    # Nobody said what a further person takes: as much as the first.
    assert [minutes("xmr-biometrics", "biometrics", people) for people in (1, 4)] == [6, 24]
    assert [minutes("uto-passport-lost", "interview", people) for people in (1, 3)] == [20, 60]


@given(st.data(), st.integers(1, 20))
def test_more_people_never_take_less_time(data: st.DataObject, people: int) -> None:
    setup = toml.parse(HARBOUR)
    service = data.draw(st.sampled_from(setup.services))
    step = data.draw(st.sampled_from([one for one in setup.steps if one.id in service.steps]))
    less, more = model.duration(service, step, people), model.duration(service, step, people + 1)
    assert 1 <= less <= more
