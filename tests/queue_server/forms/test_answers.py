"""What is answered is taken or refused by the JSON Schema of its form, whatever is sent."""

import re
import time
from datetime import date
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.catalogue import store, toml
from queue_server.catalogue.forms import PATTERNS, FormDefinition
from queue_server.domain.forms import FormPurposeId
from queue_server.forms.answers import Reason, cleaned, json_schema, problems, remaining
from tests.queue_server.catalogue.random_forms import forms_of
from tests.queue_server.forms.filled import ANSWERS, FORM, POLICE

DEMO, HARBOUR = map(toml.parse, store.demo_catalogues())
TRAVEL = next(one for one in DEMO.forms if one.id == FORM)
TODAY = date(2026, 11, 28)
BOTH = (FormPurposeId("travel"), FormPurposeId("police"))
#: Scalars as JSON has them, and what else a decoder lets through.
VALUES = st.one_of(
    st.text(max_size=30), st.booleans(), st.integers(), st.sampled_from(["", " ", "\x00", "\u202e", "2026-02-30", "1"])
)


def wrong(**changed: Any) -> dict[str, str]:
    answers = {name: answer for name, answer in (ANSWERS | POLICE | changed).items() if answer is not None}
    return {one.field: one.reason.value for one in problems(TRAVEL, cleaned(TRAVEL, answers), BOTH, TODAY)}


def test_what_is_in_order_is_taken() -> None:
    assert wrong() == {}


@pytest.mark.parametrize(
    ("field", "answer", "reason"),
    [
        ("surname", None, "missing"),
        ("surname", "  ", "missing"),
        ("surname", 7, "kind"),
        ("surname", True, "kind"),
        ("surname", "x" * 61, "long"),
        ("surname", "ERIK\nSSON", "signs"),
        ("surname", "ERIK\u202eSSON", "signs"),
        ("surname", "ERIK\x00SSON", "signs"),
        ("nothing", "x", "unknown"),
        ("birth-date", "12.8.1974", "date"),
        ("birth-date", "2026-02-30", "date"),
        ("birth-date", "19740812", "date"),
        ("birth-date", "1879-12-31", "date"),
        ("birth-date", "2026-11-29", "past"),
        ("leaves-on", "2026-11-27", "future"),
        ("lost", "eaten", "choice"),
        ("alone", "true", "kind"),
        ("alone", 1, "kind"),
        ("companions", 0, "range"),
        ("companions", 20, "range"),
        ("companions", "3", "kind"),
        ("companions", True, "kind"),
        ("email", "nobody", "signs"),
        ("email", "a@b", "signs"),
        ("stolen-number", "L89*", "signs"),
        ("stolen-number", "L898902C3UTO77", "long"),
        ("what-happened", "x" * 501, "long"),
        ("what-happened", "x" * 9_000, "long"),
    ],
)
def test_what_is_not_is_said_by_its_question(field: str, answer: Any, reason: str) -> None:
    assert wrong(**{field: answer}) == {field: reason}


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("stolen-number", " l898 902-c3 ", "L898902C3"),
        ("birth-date", "١٩٧٤-٠٨-١٢", "1974-08-12"),
        ("surname", "  Ñandú\u0301 ", "Ñandú\u0301"),
        ("what-happened", "one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_answers_are_brought_to_one_form(field: str, typed: str, stored: str) -> None:
    found = cleaned(TRAVEL, ANSWERS | POLICE | {field: typed})
    assert found[field] == stored
    assert problems(TRAVEL, found, BOTH, TODAY) == ()


def test_a_telephone_is_read_as_people_write_it() -> None:
    form = next(one for one in DEMO.forms if one.id == "uto-passport")
    for typed in ("+33 1 23-45 67", "0033 (1) 234567", "+٣٣١٢٣٤٥٦٧"):
        assert cleaned(form, {"contact-telephone": typed})["contact-telephone"] == "+331234567"


def test_whoever_does_not_consent_is_not_asked() -> None:
    only = BOTH[:1]
    assert problems(TRAVEL, ANSWERS, only, TODAY) == ()
    found = problems(TRAVEL, ANSWERS | POLICE, only, TODAY)
    assert {(one.field, one.reason) for one in found} == {(name, Reason.UNKNOWN) for name in POLICE}
    assert remaining(TRAVEL, ANSWERS | POLICE, only) == ANSWERS
    assert "police-report" not in json_schema(TRAVEL, only)["properties"]


@given(st.dictionaries(st.one_of(st.text(max_size=12), st.sampled_from([*ANSWERS, *POLICE])), VALUES, max_size=20))
def test_whatever_is_sent_is_judged(answers: dict[str, Any]) -> None:
    found = cleaned(TRAVEL, answers)
    assert cleaned(TRAVEL, found) == found
    told = problems(TRAVEL, found, BOTH, TODAY)
    assert len({one.field for one in told}) == len(told)
    if not told:
        assert jsonschema_rs.is_valid(json_schema(TRAVEL), found, validate_formats=True)
        assert set(TRAVEL.schema.required) <= set(found) <= set(TRAVEL.schema.properties)


@given(forms_of(["a-service"]))
def test_every_form_is_a_json_schema_of_its_draft(forms: tuple[FormDefinition, ...]) -> None:
    for form in forms:
        for consents in (None, (), (form.main_purpose,)):
            schema = json_schema(form, consents)
            jsonschema_rs.meta.validate(schema)
            assert msgspec.json.decode(msgspec.json.encode(schema)) == schema
        problems(form, {}, [one.id for one in form.purposes], TODAY)


def test_patterns_take_time_in_proportion_to_what_is_answered() -> None:
    for pattern in PATTERNS:
        # One class, once, from the first sign to the last: there is nothing to go back to.
        assert re.fullmatch(r"\^(\\\+)?\[[^\]]+\]\+\$", pattern)
    begun = time.monotonic()
    hostile = dict.fromkeys(POLICE, "0" * 8000 + "!")
    assert {one.reason for one in problems(TRAVEL, cleaned(TRAVEL, ANSWERS | hostile), BOTH, TODAY)} == {Reason.LONG}
    assert time.monotonic() - begun < 60
