import pickle
import tomllib
from typing import Any

import msgspec
import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from queue_server.catalogue import errors, model, store, toml
from queue_server.catalogue.errors import CatalogueError
from queue_server.domain.values import Category
from tests.queue_server.catalogue.strategies import setups

DEMO = store.demo_catalogues()[0]
#: What the demo is as TOML, to be read anew for each change of it.
RAW = pickle.dumps(tomllib.loads(DEMO))


@given(setups())
def test_what_is_written_reads_the_same(setup: model.Setup) -> None:
    assert toml.parse(toml.write(setup)) == setup


@given(st.text())
def test_any_text_is_read_or_refused_with_a_code(text: str) -> None:
    with pytest.raises(CatalogueError):
        toml.parse(text)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(data=st.data(), value=_JSON.filter(lambda value: value is not None))
def test_a_catalogue_with_one_value_exchanged_is_read_or_refused_with_a_code(data: st.DataObject, value: Any) -> None:
    raw = pickle.loads(RAW)  # noqa: S301 - our own
    at: Any = raw
    while True:
        keys = list(at) if isinstance(at, dict) else range(len(at))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = value
    try:
        text = tomli_w.dumps(raw)
    except (TypeError, ValueError):
        return
    read = _read(text)
    if isinstance(read, CatalogueError):
        assert set(read.placeholders) >= {"section", "key"}
    else:
        assert toml.parse(toml.write(read)) == read


def _read(text: str) -> model.Setup | CatalogueError:
    try:
        return toml.parse(text)
    except CatalogueError as error:
        return error


def _changed(change: str, new: str) -> str:
    assert DEMO.count(change) >= 1, change
    return DEMO.replace(change, new, 1)


@pytest.mark.parametrize(
    ("text", "kind", "section", "key"),
    [
        ("[centre", errors.CatalogueSyntaxError, "", ""),
        ("a = " + "[" * 10_000, errors.CatalogueSyntaxError, "", ""),
        ("", errors.CatalogueInvalidError, "centre", ""),
        (_changed('day_start = "04:00"', 'day_start = "24:00"'), errors.CatalogueInvalidError, "centre", "day_start"),
        (_changed('day_start = "04:00"', "day_start = 4"), errors.CatalogueInvalidError, "centre", "day_start"),
        (_changed("address = { en =", "address = { es ="), errors.CatalogueLanguageError, "centre", "address"),
        (_changed("1 Specimen Square", "\\u202e1 Specimen Square"), errors.CatalogueInvalidError, "centre", "address"),
        (_changed("1 Specimen Square", "1 Specimen " * 9), errors.CatalogueInvalidError, "centre", "address"),
        (_changed('day_start = "04:00"', 'starts = "04:00"'), errors.CatalogueInvalidError, "centre", "starts"),
        (
            _changed("undo_window_s = 120", "undo_window_s = 601"),
            errors.CatalogueInvalidError,
            "rules",
            "undo_window_s",
        ),
        (_changed('id = "demo"', 'id = "demo\\n"'), errors.CatalogueInvalidError, "centre", "id"),
        (_changed('en = "Utopia"', 'en = "\\u202eUtopia"'), errors.CatalogueInvalidError, "governments[0]", "name"),
        (_changed('en = "Utopia"', 'es = "Utopía"'), errors.CatalogueLanguageError, "governments[0]", "name"),
        (_changed("walk-in = 45", "walk-in = 481"), errors.CatalogueInvalidError, "promises", ""),
        (_changed("walk-in = 45", "whenever = 45"), errors.CatalogueInvalidError, "promises", ""),
        (_changed("Europe/Brussels", "Europe/Atlantis"), errors.CatalogueZoneError, "centre", "zone"),
        (_changed("Europe/Brussels", "../../etc/passwd"), errors.CatalogueZoneError, "centre", "zone"),
        (_changed("Europe/Brussels", "Europe"), errors.CatalogueZoneError, "centre", "zone"),
        (_changed('["00:00-24:00"]', '["09:00-09:00"]'), errors.CatalogueHoursError, "hours", "monday"),
        (
            _changed('["00:00-24:00"]', '["09:00-12:00", "11:59-13:00"]'),
            errors.CatalogueHoursError,
            "hours",
            "monday",
        ),
        (
            _changed("[hours]", '[holidays]\ncountry = "XX"\n[hours]'),
            errors.CatalogueHolidaysError,
            "holidays",
            "country",
        ),
        (
            _changed("[hours]", '[holidays]\ncountry = "BE"\nsubdivision = "NS"\n[hours]'),
            errors.CatalogueHolidaysError,
            "holidays",
            "subdivision",
        ),
        (
            _changed("[hours]", '[holidays]\nsubdivision = "NS"\n[hours]'),
            errors.CatalogueHolidaysError,
            "holidays",
            "subdivision",
        ),
        (
            _changed('government = "UTO"', 'government = "XQQ"'),
            errors.CatalogueReferenceError,
            "services[0]",
            "government",
        ),
        (_changed('kind = "passport"', 'kind = "card"'), errors.CatalogueReferenceError, "services[0]", "kind"),
        (
            _changed('steps = ["reception", "documents"', 'steps = ["reception", "dentist"'),
            errors.CatalogueReferenceError,
            "services[0]",
            "steps",
        ),
        (
            _changed('id = "documents"', 'id = "documents"\ntakes_fees = true'),
            errors.CatalogueJourneyError,
            "services[0]",
            "steps",
        ),
        (
            _changed("takes_fees = true", 'takes_fees = "yes"'),
            errors.CatalogueInvalidError,
            "steps[3]",
            "takes_fees",
        ),
        (
            _changed("step_promises = { documents", "step_promises = { interview"),
            errors.CatalogueReferenceError,
            "services[0]",
            "step_promises",
        ),
        (
            _changed('steps = ["reception", "documents"', 'steps = ["documents", "documents"'),
            errors.CatalogueDuplicateError,
            "services[0]",
            "steps",
        ),
        (
            _changed('id = "uto-passport-first"', 'id = "uto-passport-renewal"'),
            errors.CatalogueDuplicateError,
            "services",
            "id",
        ),
        (_changed('name = "2"', 'name = "1"'), errors.CatalogueDuplicateError, "counters", "name"),
        (
            _changed('governments = ["UTO"]', 'governments = ["XQQ"]'),
            errors.CatalogueReferenceError,
            "counters[5]",
            "governments",
        ),
        (_changed('amount = "82.50"', "amount = 82.50"), errors.CatalogueInvalidError, "fees[0]", "amount"),
        (_changed('amount = "82.50"', 'amount = "-1.00"'), errors.CatalogueInvalidError, "fees[0]", "amount"),
        (_changed('amount = "82.50"', 'amount = "82.5"'), errors.CatalogueMoneyError, "fees[0]", "amount"),
        (_changed('amount = "82.50"', 'amount = "082.50"'), errors.CatalogueMoneyError, "fees[0]", "amount"),
        (_changed('"18.250"', '"18.25"'), errors.CatalogueMoneyError, "fees[7]", "amount"),
        (_changed('currency = "EUR"', 'currency = "XQQ"'), errors.CatalogueMoneyError, "fees[0]", "amount"),
        (_changed('currency = "EUR"', 'currency = "XXX"'), errors.CatalogueMoneyError, "fees[0]", "amount"),
        (
            _changed('service = "uto-passport-renewal"', 'service = "uto-dentist"'),
            errors.CatalogueReferenceError,
            "fees[0]",
            "service",
        ),
        (_changed("2027-06-30", "2027-07-01"), errors.CatalogueFeesError, "fees[1]", "valid_from"),
        (_changed("valid_until = 2027-06-30", ""), errors.CatalogueFeesError, "fees[1]", "valid_from"),
        (
            _changed("valid_from = 2027-07-01", "valid_from = 2027-07-01\nvalid_until = 2027-06-30"),
            errors.CatalogueFeesError,
            "fees[1]",
            "valid_until",
        ),
        (_changed("from_age = 0", "from_age = 1"), errors.CatalogueBandsError, "bands", "from_age"),
        (_changed("from_age = 6", "from_age = 18"), errors.CatalogueBandsError, "bands[1]", "from_age"),
        (_changed('id = "adult"', 'id = "party"'), errors.CatalogueBandsError, "bands[0]", "id"),
        (_changed('bands = ["adult"]', 'bands = ["elder"]'), errors.CatalogueReferenceError, "fees[0]", "bands"),
        (
            _changed('bands = ["adult"]', 'bands = ["adult", "adult"]'),
            errors.CatalogueDuplicateError,
            "fees[0]",
            "bands",
        ),
        (_changed('bands = ["child"]', 'bands = ["adult"]'), errors.CatalogueFeesError, "fees[2]", "valid_from"),
        (_changed('per = "party"', 'per = "party"\nbands = ["adult"]'), errors.CatalogueBandsError, "fees[4]", "bands"),
        (
            _changed('currency = "EUR"\nbands = ["child"]', 'currency = "USD"\nbands = ["child"]'),
            errors.CatalogueFeesError,
            "fees[0]",
            "currency",
        ),
        ("#" * (toml.MAX_LENGTH + 1), errors.CatalogueInvalidError, "", ""),
    ],
)
def test_what_is_wrong_is_named_with_section_and_key(
    text: str, kind: type[CatalogueError], section: str, key: str
) -> None:
    with pytest.raises(CatalogueError) as caught:
        toml.parse(text)
    assert type(caught.value) is kind
    assert (caught.value.placeholders["section"], caught.value.placeholders["key"]) == (section, key)


@given(setups(frozenset({"promises"})))
def test_the_narrowest_promise_counts(setup: model.Setup) -> None:
    settings = model.settings(model.Stored(setup, 7))
    assert (settings.version, settings.centre) == (7, setup.centre.id)
    assert list(settings.services) == [service.id for service in setup.services]
    steps = {step.id: step for step in setup.steps}
    for service in setup.services:
        found = settings.services[service.id]
        assert (found.government, tuple(step.step for step in found.steps)) == (service.government, service.steps)
        for stop in found.steps:
            words: list[dict[Category, int]] = [
                service.step_promises.get(stop.step, {}),
                service.promises,
                steps[stop.step].promises,
                setup.promises,
                dict(zip(Category, (10, 45, 15, 0), strict=True)),
            ]
            for category, minutes in stop.promises.items():
                assert minutes == next(word[category] for word in words if category in word)
            assert len(stop.promises) == 4


def test_rules_become_microseconds() -> None:
    setup = toml.parse(_changed("undo_window_s = 120", "undo_window_s = 90").replace("hold_s = 600", "hold_s = 300"))
    settings = model.settings(model.Stored(setup, 1))
    assert (settings.undo_window, settings.missed_after, settings.missed_min_calls) == (90_000_000, 240_000_000, 2)
    assert settings.transfer_hold == 300_000_000
    assert (settings.round_the_clock, settings.language_filters, settings.max_party) == (True, False, 20)


def test_a_setup_cannot_be_changed() -> None:
    setup = toml.parse(DEMO)
    with pytest.raises(AttributeError):
        setup.promises = {}  # type: ignore[misc] # that it cannot is what this shows
    assert msgspec.structs.asdict(setup)["centre"] is setup.centre
