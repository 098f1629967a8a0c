"""What differs between two catalogues, and what is said of it."""

from hypothesis import HealthCheck, assume, given, settings
from msgspec.structs import replace

from queue_server.catalogue import model, store, toml
from queue_server.catalogue.difference import CatalogueDifference, differences, line
from tests.queue_server.catalogue.strategies import setups

DEMO = store.demo_catalogues()[0]
SETUP = toml.parse(DEMO)


def lines(after: model.Setup) -> list[str]:
    return [line(one) for one in differences(SETUP, after)]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(first=setups(), second=setups())
def test_nothing_differs_from_itself_and_nothing_that_differs_is_missed(
    first: model.Setup, second: model.Setup
) -> None:
    assert differences(first, toml.parse(toml.write(first))) == ()
    assume(first != second)
    assert differences(first, second) != ()
    for section in model.Setup.__struct_fields__:
        other = getattr(second, section)
        differs = differences(first, replace(first, **{section: other})) != ()
        assert differs == (other != getattr(first, section)), section


def test_a_name_is_told_language_by_language() -> None:
    service = SETUP.services[0]
    changed = replace(service, name={**service.name, "fr": "Passeport"}, bookable=False)
    assert lines(replace(SETUP, services=(changed, *SETUP.services[1:]))) == [
        f'~ services {service.id} name.fr: "{service.name["fr"]}" -> "Passeport"',
        f"~ services {service.id} bookable: true -> false",
    ]


def test_parts_come_go_and_move() -> None:
    one, two, *rest = SETUP.counters
    new = replace(one, id="new-counter", name="99")
    assert lines(replace(SETUP, counters=(two, one, *rest[:-1], new))) == [
        f"- counters {rest[-1].id}",
        "+ counters new-counter",
        f"^ counters {two.id}",
        f"^ counters {one.id}",
    ]


def test_what_has_an_id_within_a_part_is_named_by_it() -> None:
    checklist = SETUP.checklists[0]
    first = checklist.lines[0]
    other = replace(
        checklist, lines=(replace(first, name={**first.name, "en": "Something else"}), *checklist.lines[1:])
    )
    found = differences(SETUP, replace(SETUP, checklists=(other, *SETUP.checklists[1:])))
    assert [(one.section, one.field, one.after) for one in found] == [
        ("checklists", f"lines.{first.id}.name.en", "Something else")
    ]


def test_all_of_a_new_centre_is_added() -> None:
    found = differences(None, SETUP)
    assert CatalogueDifference("added", "services", SETUP.services[0].id) in found
    assert {one.change for one in found if one.part} == {"added"}
