"""Forms of a catalogue: written and read again, and refused where they ask what cannot be asked."""

import re
from typing import Any

import msgspec
import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from queue_server.catalogue import model, store, toml
from queue_server.catalogue.errors import CatalogueError
from queue_server.catalogue.forms import FormDefinition, check_forms
from queue_server.domain.values import ServiceId
from tests.queue_server.catalogue.strategies import setups

DEMO, HARBOUR = store.demo_catalogues()
#: The demo without its own forms.
BARE = re.sub(r"(?s)\n\[\[forms\]\].*\Z", "\n", DEMO)
TEXT = {"type": "string", "maxLength": 20, "x-title": {"en": "Name"}}


def form(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    schema = {"properties": properties} | more.pop("schema", {})
    return {
        "id": "a-form",
        "services": ["uto-biometrics"],
        "title": {"en": "A form"},
        "purposes": [{"id": "main", "required": True, "text": {"en": "For this."}}, {"id": "b", "text": {"en": "B."}}],
        "schema": schema,
    } | more


def read(*forms: dict[str, Any]) -> model.Setup:
    return toml.parse(BARE + tomli_w.dumps({"forms": list(forms)}))


@given(setup=setups(frozenset({"forms"})))
def test_forms_are_read_as_they_were_written(setup: model.Setup) -> None:
    again = toml.parse(toml.write(setup))
    assert again.forms == setup.forms
    for one, other in zip(setup.forms, again.forms, strict=True):
        assert list(one.schema.properties) == list(other.schema.properties), "in their order"


def test_the_demo_has_forms_in_all_its_languages() -> None:
    for text in (DEMO, HARBOUR):
        setup = toml.parse(text)
        assert setup.forms
        for section, key, names in toml.written_names(setup):
            if section.startswith("forms"):
                assert set(names) == {"en", "fr", "ar"}, (section, key)


def of(**question: Any) -> dict[str, Any]:
    return {"x-title": {"en": "?"}, **question}


@pytest.mark.parametrize(
    ("question", "code", "key"),
    [
        (of(type="string"), "catalogue-forms", "maxLength"),
        (of(type="string", maxLength=2_001), "catalogue-invalid", "maxLength"),
        (of(type="string", maxLength=20, pattern="(a+)+$"), "catalogue-invalid", "pattern"),
        (of(type="string", maxLength=500, pattern="^[0-9]+$"), "catalogue-forms", "maxLength"),
        (of(type="string", maxLength=20, format="date"), "catalogue-forms", "format"),
        (of(type="string", format="regex"), "catalogue-invalid", "format"),
        (of(type="string", maxLength=9, format="email", pattern="^[0-9]+$"), "catalogue-forms", "pattern"),
        (of(type="string", maxLength=9, **{"x-dates": "past"}), "catalogue-forms", "x-dates"),
        (of(type="string", maxLength=9, **{"x-from-chip": "birth-date"}), "catalogue-forms", "x-from-chip"),
        (of(type="boolean", **{"x-from-chip": "surname"}), "catalogue-forms", "x-from-chip"),
        (of(type="string", maxLength=9, **{"x-purpose": "nothing"}), "catalogue-reference", "x-purpose"),
        (of(type="integer", minimum=3, maximum=2), "catalogue-forms", "minimum"),
        (of(type="integer", minimum=3), "catalogue-invalid", "maximum"),
        (of(type="object", properties={}), "catalogue-invalid", None),
        (of(type="array", items={}), "catalogue-invalid", None),
        ({"$ref": "https://example.org/schema"}, "catalogue-invalid", None),
        (of(type="string", maxLength=9, **{"$ref": "#"}), "catalogue-invalid", None),
        (of(type="string", maxLength=9, oneOf=[{"const": "a", "x-title": {"en": "A"}}]), "catalogue-forms", "oneOf"),
        (of(type="string", oneOf=[{"const": "a", "x-title": {"en": "A"}}] * 2), "catalogue-duplicate", "oneOf"),
        ({"type": "string", "maxLength": 9, "x-title": {"fr": "Nom"}}, "catalogue-language", "x-title"),
        (of(type="string", maxLength=9) | {"x-title": {"en": "a\u202eb"}}, "catalogue-invalid", None),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(question: dict[str, Any], code: str, key: str | None) -> None:
    with pytest.raises(CatalogueError) as refused:
        read(form({"asked": question}))
    assert refused.value.code == code, refused.value.placeholders
    if key is not None:
        assert str(refused.value.placeholders["key"]).endswith(key)


@pytest.mark.parametrize(
    ("changed", "code", "key"),
    [
        ({"services": ["nothing"]}, "catalogue-reference", "services"),
        ({"services": ["uto-biometrics"] * 2}, "catalogue-duplicate", "services"),
        ({"purposes": [{"id": "b", "text": {"en": "B."}}]}, "catalogue-forms", "purposes"),
        ({"schema": {"required": ["nothing"]}}, "catalogue-reference", "required"),
        ({"schema": {"additionalProperties": True}}, "catalogue-invalid", None),
        ({"schema": {"$defs": {}}}, "catalogue-invalid", None),
        ({"schema": {"allOf": []}}, "catalogue-invalid", None),
        ({"schema": {"$schema": "http://json-schema.org/draft-04/schema"}}, "catalogue-invalid", None),
        ({"retention_days": 0}, "catalogue-invalid", "retention_days"),
        ({"retention_days": 91}, "catalogue-invalid", "retention_days"),
    ],
)
def test_a_form_that_cannot_be_is_refused(changed: dict[str, Any], code: str, key: str | None) -> None:
    with pytest.raises(CatalogueError) as refused:
        read(form({"name": TEXT}, **changed))
    assert refused.value.code == code, refused.value.placeholders
    if key is not None:
        assert str(refused.value.placeholders["key"]).endswith(key)


def test_two_forms_have_two_names_and_none_asks_for_a_book() -> None:
    with pytest.raises(CatalogueError, match=r".*") as refused:
        read(form({"name": TEXT}), form({"name": TEXT}))
    assert refused.value.code == "catalogue-duplicate"
    long = {f"text-{number}": TEXT | {"maxLength": 2_000} for number in range(3)}
    with pytest.raises(CatalogueError) as refused:
        read(form(long))
    assert (refused.value.code, refused.value.placeholders["key"]) == ("catalogue-forms", "properties")


#: What a schema may say, and what anybody might put into it.
KEYS = st.sampled_from(
    re.findall(
        r"\S+",
        "type maxLength minLength pattern format enum oneOf const $ref properties items x-title x-help x-purpose "
        "x-from-chip x-dates minimum maximum allOf if then not",
    )
)
SCALARS = st.one_of(
    st.sampled_from(["string", "integer", "boolean", "object", "date", "email", "^[0-9]+$", "(a|a)*$", "main", "past"]),
    st.integers(-10, 3_000),
    st.booleans(),
    st.text(max_size=5),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)
QUESTIONS = st.dictionaries(KEYS, TREES, max_size=6)


@given(st.dictionaries(st.sampled_from(["a", "b", "C", "", "a b"]), QUESTIONS, max_size=3))
def test_whatever_stands_in_a_schema_is_taken_or_refused(properties: dict[str, Any]) -> None:
    try:
        found = msgspec.convert(form(properties), FormDefinition)
        check_forms([found], [ServiceId("uto-biometrics")])
    except (msgspec.ValidationError, CatalogueError):
        return
    assert msgspec.convert(msgspec.to_builtins(found), FormDefinition) == found


def test_a_schema_as_deep_as_one_likes_is_refused() -> None:
    deep = "{ properties = " * 5_000 + "{}" + " }" * 5_000
    with pytest.raises(CatalogueError) as refused:
        toml.parse(BARE + f"[[forms]]\nid = 'a'\nschema = {deep}\n")
    assert refused.value.code in {"catalogue-syntax", "catalogue-invalid"}
