"""Checklists of a catalogue: written and read again, refused where they are wrong, as kiosks get them."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from queue_server.catalogue import model, store, toml, views
from queue_server.catalogue.errors import CatalogueError
from queue_server.domain.requirements import RequirementKind
from tests.queue_server.catalogue.strategies import setups

DEMO, HARBOUR = store.demo_catalogues()

LIST = """
[[checklists]]
services = ["uto-biometrics"]
owner = { en = "An office" }
reviewed = 2026-11-02
lines = [ { id = "card", kind = "document", name = { en = "A card" } } ]
"""
#: The demo without its own lists.
BARE = re.sub(r"(?s)\n\[\[checklists\]\].*\Z", "\n", DEMO)


@given(setup=setups(frozenset({"checklists"})))
def test_a_kiosk_gets_the_lists_as_they_were_written(setup: model.Setup) -> None:
    answer = views.services_answer(model.Stored(setup, 1), datetime(2026, 11, 27, 12, tzinfo=UTC))
    assert [(one.services, one.reviewed, [line.id for line in one.lines]) for one in answer.checklists] == [
        (one.services, one.reviewed, [line.id for line in one.lines]) for one in setup.checklists
    ]
    steps = {step.id: step for step in setup.steps}
    for service in setup.services:
        view = next(one for one in answer.services if one.id == service.id)
        assert [stop.needs_checklist for stop in view.steps] == [
            steps[step].needs_checklist or step in service.checklist_steps for step in service.steps
        ]


@pytest.mark.parametrize(
    ("wrong", "code", "section", "key"),
    [
        (LIST.replace("uto-biometrics", "uto-nothing"), "catalogue-reference", "checklists[0]", "services"),
        (LIST + LIST, "catalogue-duplicate", "checklists[1]", "services"),
        (LIST.replace('"document"', '"fee"'), "catalogue-checklists", "checklists[0].lines[0]", "kind"),
        (LIST.replace('"card"', '"fee"'), "catalogue-checklists", "checklists[0].lines[0]", "id"),
        (LIST.replace('{ en = "An office" }', '{ fr = "Un bureau" }'), "catalogue-language", "checklists[0]", "owner"),
        (LIST.replace("} } ]", '}, bands = ["old"] } ]'), "catalogue-reference", "checklists[0].lines[0]", "bands"),
        (LIST.replace("lines = [", "lines = [ ] #"), "catalogue-invalid", "checklists[0]", "lines"),
        (LIST.replace("reviewed = 2026-11-02", ""), "catalogue-invalid", "checklists[0]", "reviewed"),
        (
            LIST.replace("lines = [", 'lines = [ { id = "card", kind = "photo", name = { en = "B" } }, '),
            "catalogue-duplicate",
            "checklists[0].lines[1]",
            "id",
        ),
    ],
)
def test_what_is_wrong_with_a_list_is_said_with_its_place(wrong: str, code: str, section: str, key: str) -> None:
    toml.parse(BARE + LIST)
    with pytest.raises(CatalogueError) as refused:
        toml.parse(BARE + wrong)
    error = refused.value
    assert (error.code, error.placeholders["section"], error.placeholders["key"]) == (code, section, key)


def test_a_step_that_needs_a_list_is_one_of_the_service() -> None:
    wrong = BARE.replace('checklist_steps = ["submission"]', 'checklist_steps = ["collection"]')
    with pytest.raises(CatalogueError) as refused:
        toml.parse(wrong)
    assert (refused.value.code, refused.value.placeholders["key"]) == ("catalogue-reference", "checklist_steps")


@pytest.mark.parametrize("text", [DEMO, HARBOUR])
def test_the_demo_has_a_list_for_every_service_and_none_is_old(text: str) -> None:
    setup = toml.parse(text)
    listed = [service for one in setup.checklists for service in one.services]
    assert sorted(listed) == sorted(one.id for one in setup.services)
    for one in setup.checklists:
        assert -1 <= (datetime.now(UTC).date() - one.reviewed).days <= 40
        assert all({"en", "fr", "ar"} == set(names) for line in one.lines for names in (line.name, one.owner))


def test_the_demo_asks_for_everything_that_there_is() -> None:
    kinds = {line.kind for one in toml.parse(DEMO).checklists for line in one.lines}
    assert kinds == {one for one in RequirementKind if one is not RequirementKind.FEE}
    assert date.fromisoformat("2026-01-01") < toml.parse(DEMO).checklists[0].reviewed
