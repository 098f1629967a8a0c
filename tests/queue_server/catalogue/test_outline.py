"""The outline of a centre: what was not said otherwise stays, and what was said is what the text then says."""

import re
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.catalogue import editing, store, toml
from queue_server.catalogue.countries import country_name, government_names, governments
from queue_server.catalogue.difference import differences
from queue_server.catalogue.offers import offers
from queue_server.catalogue.outline import DAYS, CentreOutline, outline, redrawn
from queue_server.domain.values import GovernmentId, ServiceId

NEW = (files("queue_server.catalogue") / "template" / "centre.toml").read_text(encoding="utf-8")
DEMO, HARBOUR = store.demo_catalogues()
OWN = editing.raw(NEW)
KNOWN = offers(OWN, (editing.raw(HARBOUR),), editing.raw(DEMO))
BEGUN = outline(OWN)
COMMENT = re.compile(r"^#.*$", re.MULTILINE)

some_services = st.lists(st.sampled_from(sorted(KNOWN.services)), min_size=1, max_size=6, unique=True)
some_governments = st.lists(st.sampled_from(["UTO", "BEL", "KEN", "XAL"]), min_size=1, max_size=3, unique=True)


def test_what_is_not_said_otherwise_stays() -> None:
    for text in (NEW, DEMO, HARBOUR):
        assert redrawn(text, outline(editing.raw(text)), KNOWN) == text


@settings(max_examples=12, deadline=None)
@given(
    services=some_services,
    chosen=some_governments,
    days=st.lists(st.sampled_from(DAYS), unique=True),
    counters=st.integers(0, 12),
)
def test_a_text_says_what_is_wanted_and_is_a_catalogue(
    services: list[str], chosen: list[str], days: list[str], counters: int
) -> None:
    wanted = replace(
        BEGUN,
        centre={**BEGUN.centre, "name": {"en": "Harbour Office"}},
        days=tuple(day for day in DAYS if day in days),
        hours=("09:00-12:00", "13:00-17:00") if days else (),
        counters=counters,
        governments=tuple(one for one in ("UTO", "BEL", "KEN", "XAL") if one in chosen),
        services=tuple(services),
    )
    text = redrawn(NEW, wanted, KNOWN)
    setup = toml.parse(text)
    said = outline(editing.raw(text))
    assert set(said.services) == set(services)
    assert replace(said, services=()) == replace(wanted, services=())
    # Each government gives all of it, and every comment stays.
    assert len(setup.services) == len(services) * len(chosen)
    assert {one.kind for one in setup.services} == {one.id for one in setup.kinds}
    assert COMMENT.findall(text) == COMMENT.findall(NEW)
    assert setup.rules.round_the_clock is False
    touched = {one.section for one in differences(toml.parse(NEW), setup)}
    assert touched <= {"centre", "hours", "rules", "counters", "governments", "groups", "kinds", "services"}


def test_what_another_government_has_here_is_given_as_it_is_there() -> None:
    text = NEW.replace('steps = ["counter"]', 'steps = ["counter"]\nstandard_minutes = 20', 1)
    wanted = replace(BEGUN, governments=("UTO", "BEL"))
    given = {str(one.id): one for one in toml.parse(redrawn(text, wanted, KNOWN)).services}
    assert given["bel-passport"] == replace(
        given["uto-passport"], id=ServiceId("bel-passport"), government=GovernmentId("BEL")
    )
    assert given["bel-passport"].standard_minutes == 20


def test_fees_go_with_their_service() -> None:
    text = f'{NEW}\n[[fees]]\nservice = "uto-visa"\namount = "20.00"\ncurrency = "EUR"\n'
    kept = replace(BEGUN, services=("passport", "visa"))
    assert len(toml.parse(redrawn(text, kept, KNOWN)).fees) == 1
    assert toml.parse(redrawn(text, replace(kept, services=("passport",)), KNOWN)).fees == ()


def test_a_centre_that_never_closes_lets_people_wait_over_night() -> None:
    closing = redrawn(NEW, replace(BEGUN, hours=("08:00-18:00",)), KNOWN)
    assert not toml.parse(closing).rules.round_the_clock
    assert toml.parse(redrawn(closing, BEGUN, KNOWN)).rules.round_the_clock


def test_days_of_other_hours_keep_them_until_other_hours_are_said() -> None:
    text = redrawn(NEW, replace(BEGUN, days=DAYS[:5], hours=("08:00-16:00",)), KNOWN)
    text = editing.change(text, "hours", 0, {**editing.raw(text)["hours"], "friday": ["08:00-12:00"]})
    before = outline(editing.raw(text))

    def week(wanted: CentreOutline) -> dict[str, list[str]]:
        found: dict[str, list[str]] = editing.raw(redrawn(text, wanted, KNOWN))["hours"]
        return found

    # A day more, a day less: those that stay are what they were.
    kept = {day: ["08:00-16:00"] for day in DAYS[1:6]} | {"friday": ["08:00-12:00"]}
    assert week(replace(before, days=DAYS[1:6])) == kept
    assert week(replace(before, hours=("09:00-15:00",))) == {day: ["09:00-15:00"] for day in DAYS[:5]}


def test_whether_people_wait_over_night_stays_as_it_was_said() -> None:
    text = redrawn(NEW, replace(BEGUN, days=DAYS[:5], hours=("00:00-24:00",)), KNOWN)
    text = editing.change(text, "rules", 0, {**editing.raw(text)["rules"], "round_the_clock": True})
    assert toml.parse(redrawn(text, replace(outline(editing.raw(text)), days=DAYS[:6]), KNOWN)).rules.round_the_clock


@pytest.mark.parametrize("language", ["en", "fr", "ar", "no-such"])
def test_every_country_has_a_name(language: str) -> None:
    assert len(governments()) == len(set(governments().values())) > 240
    assert all(re.fullmatch("[A-Z]{3}", code) and country_name(governments()[code], language) for code in governments())


def test_a_country_is_a_government_in_every_language() -> None:
    assert government_names("BEL", ["fr", "ar"]) == {"en": "Belgium", "fr": "Belgique", "ar": "بلجيكا"}
    # As ISO 3166-1 spells them today, whatever was there before.
    assert {"SWZ": "SZ", "DEU": "DE", "COD": "CD", "SRB": "RS"}.items() <= governments().items()
