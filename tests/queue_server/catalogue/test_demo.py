"""The demo centres are whole: every language, every step somewhere to go, every kind of consular work."""

import re

import pytest

from queue_server.catalogue import fees, model, store, toml
from queue_server.catalogue.fields import span_minutes
from queue_server.domain.money import digits_of

SETUPS = [toml.parse(text) for text in store.demo_catalogues()]
#: ISO 3166-1, section 8.1.3: alpha-3 codes that are left to users and will never be a country's.
USER_ASSIGNED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")
#: Codes of Doc 9303-3, section 5, parts B and C in the same range, of people and organizations that exist.
OF_ICAO = {"XAA", "XBA", "XCC", "XCE", "XCO", "XCT", "XDC", "XEC", "XES", "XIM", "XMP", "XOM", "XPO", "XXA", "XXB"} | {
    "XXC", "XXX",
}  # fmt: skip
ICONS = {"passport", "record", "visa", "home", "money", "health", "idcard", "eye", "people", "collect", "fingers"} | {
    "globe", "lang",
}  # fmt: skip


def test_there_are_two() -> None:
    assert [setup.centre.id for setup in SETUPS] == ["demo", "harbour"]
    assert SETUPS[0].centre.zone != SETUPS[1].centre.zone


@pytest.mark.parametrize("setup", SETUPS, ids=lambda setup: setup.centre.id)
class TestEach:
    def test_every_name_is_in_english_french_and_arabic(self, setup: model.Setup) -> None:
        assert setup.centre.languages == ("en", "fr", "ar")
        for section, key, names in toml.written_names(setup):
            assert set(names) == {"en", "fr", "ar"}, (section, key)
            assert re.search(r"[\u0600-\u06ff]", names["ar"]), (section, key)
            assert not re.search(r"[\u0600-\u06ff]", names["en"] + names["fr"]), (section, key)

    def test_nobody_consents_to_a_transfer_that_does_not_happen(self, setup: model.Setup) -> None:
        texts = [purpose.text["en"] for form in setup.forms for purpose in form.purposes]
        assert texts
        assert all("staff who serve you" in text for text in texts)
        assert not any(re.search(r"\bgiven to\b|consular section|\bmay call\b", text) for text in texts)

    def test_a_name_fits_on_two_lines_of_a_choice(self, setup: model.Setup) -> None:
        for section, key, names in toml.written_names(setup):
            # An address is on paper alone, where it has a line more; what is said more of a thing is in small letters.
            # A question of a form has a page to itself, and what it is for is said in sentences.
            most = 60 if key in {"address", "note", "only", "x-title"} else 300 if key in {"text", "x-help"} else 36
            assert max(map(len, names.values())) <= most, section

    def test_every_fee_is_taken_at_a_stop(self, setup: model.Setup) -> None:
        assert fees.without_desk(setup) == ()

    def test_governments_are_made_up(self, setup: model.Setup) -> None:
        codes = {government.id for government in setup.governments}
        assert len(codes) == 3
        assert "UTO" in codes
        for code in codes - {"UTO"}:
            assert USER_ASSIGNED.fullmatch(code)
            assert code not in OF_ICAO

    def test_every_stop_can_be_served_and_every_part_is_used(self, setup: model.Setup) -> None:
        for service in setup.services:
            for step in service.steps:
                assert any(
                    (not counter.steps or step in counter.steps)
                    and (not counter.services or service.id in counter.services)
                    and (not counter.governments or service.government in counter.governments)
                    for counter in setup.counters
                ), (service.id, step)
        assert {service.kind for service in setup.services} == {kind.id for kind in setup.kinds}
        assert {step for service in setup.services for step in service.steps} == {step.id for step in setup.steps}
        assert all(step.place for step in setup.steps)

    def test_no_page_of_services_is_longer_than_six(self, setup: model.Setup) -> None:
        for government in setup.governments:
            for kind in setup.kinds:
                offered = [one for one in setup.services if (one.government, one.kind) == (government.id, kind.id)]
                assert len(offered) <= 6

    def test_there_are_few_groups_and_each_is_used(self, setup: model.Setup) -> None:
        assert {group.icon for group in setup.groups} <= ICONS
        assert {kind.group for kind in setup.kinds if kind.group} == {group.id for group in setup.groups}
        assert len(setup.groups) + sum(kind.group is None for kind in setup.kinds) < len(setup.kinds)

    def test_counters_differ(self, setup: model.Setup) -> None:
        assert len(setup.counters) >= 8
        assert len({counter.skills for counter in setup.counters}) >= 6
        assert {counter.direction for counter in setup.counters} >= {"left", "right", "ahead", "up"}

    def test_icons_are_pictures_of_the_kiosk(self, setup: model.Setup) -> None:
        assert {kind.icon for kind in setup.kinds} <= ICONS
        assert len({kind.icon for kind in setup.kinds}) == len(setup.kinds)

    def test_some_services_are_paid_at_a_step_of_their_journey_and_some_are_free(self, setup: model.Setup) -> None:
        steps = {service.id: service.steps for service in setup.services}
        paid = {fee.service for fee in setup.fees if fees.minor(fee)}
        assert paid
        assert {fee.service for fee in setup.fees} - paid
        desks = {step.id for step in setup.steps if step.takes_fees}
        assert all(desks.intersection(steps[service]) for service in paid)
        assert {digits_of(fee.currency) for fee in setup.fees} - {2}

    def test_every_stop_of_a_service_that_is_booked_has_somebody_on_some_day(self, setup: model.Setup) -> None:
        assert setup.appointments is not None
        assert {service.bookable for service in setup.services} == {True, False}
        for service in setup.services:
            for step in service.steps:
                assert not service.bookable or any(
                    (not pool.steps or step in pool.steps)
                    and (not pool.services or service.id in pool.services)
                    and (not pool.governments or service.government in pool.governments)
                    for pool in setup.staffing
                ), (service.id, step)

    def test_no_more_people_are_planned_than_there_are_counters(self, setup: model.Setup) -> None:
        for weekday in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"):
            pools = [(span_minutes(pool.hours), pool) for pool in setup.staffing if weekday in pool.days]
            for (begins, _), _ in pools:
                there = [pool for span, pool in pools if span[0] <= begins < span[1]]
                assert sum(pool.counters for pool in there) <= len(setup.counters)

    def test_journeys_are_one_to_five_steps(self, setup: model.Setup) -> None:
        assert {len(service.steps) for service in setup.services} == {1, 2, 3, 4, 5}

    def test_emergency_money_ends_at_the_interview(self, setup: model.Setup) -> None:
        """A centre cannot pay money out yet, so nobody who asks for emergency money is sent to the cash desk."""
        courses = {service.id: service.steps for service in setup.services if service.kind == "emergency-money"}
        assert courses
        assert set(courses.values()) == {("interview",)}, courses


def test_every_kind_of_consular_work_is_offered() -> None:
    demo = SETUPS[0]
    work = {
        "identity-card", "passport-renewal", "birth", "visa-visit", "permit-work", "evacuation", "family-contact",
        "emergency-funds", "repatriation", "information", "document-review", "biometrics", "collection",
        "verification", "health-assessment", "travel-help",
    }  # fmt: skip
    offered = {service.id.partition("-")[2] for service in demo.services}
    assert offered >= work
    assert len(demo.services) >= 20
    assert demo.rules.round_the_clock
