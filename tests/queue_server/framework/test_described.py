"""The description of the API leaves nothing without words: a stranger needs no other page to use it."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from queue_server.contract.client import CLOCK_HEADER
from queue_server.contract.descriptions import descriptions, one_line
from queue_server.contract.visits import VisitView
from queue_server.framework import openapi
from queue_server.framework.routing import PREFIX
from tests.queue_server.house import KNOWN

Found = dict[str, Any]


@pytest.fixture(scope="module")
def described() -> Found:
    document: Found = msgspec.json.decode(KNOWN.openapi)
    return document


def operations(described: Found) -> Iterator[tuple[str, Found]]:
    for methods in described["paths"].values():
        for operation in methods.values():
            yield operation["operationId"], operation


def everything(described: Found) -> Iterator[tuple[str, Found]]:
    """Give all that a stranger reads about, and where it stands."""
    for name, schema in described["components"]["schemas"].items():
        yield name, schema
        for field, one in schema.get("properties", {}).items():
            yield f"{name}.{field}", one
    for name, operation in operations(described):
        for parameter in operation["parameters"]:
            yield f"{name} {parameter['name']}", parameter
        for status, answer in operation["responses"].items():
            yield f"{name} {status}", answer
            for header, one in answer.get("headers", {}).items():
                yield f"{name} {status} {header}", one
    for tag in described["tags"]:
        yield tag["name"], tag


def test_no_field_parameter_or_header_is_without_a_sentence(described: Found) -> None:
    found = dict(everything(described))
    assert len([where for where in found if re.fullmatch(r"\w+\.\w+", where)]) > 390
    bad = [where for where, one in found.items() if not is_sentences(one.get("description", ""))]
    assert not bad


def is_sentences(said: str) -> bool:
    """Tell whether a text begins as sentences do (or with a name of the code), has some words, and ends with a stop."""
    return re.fullmatch(r"(?:[A-Z]|`)\S*(?: \S+)*\.", said) is not None and said.count(" ") >= 1


def test_what_is_no_sentence_is_found() -> None:
    assert is_sentences("The visit.")
    assert is_sentences("`called`: boards show it.")
    assert not any(map(is_sentences, ("", "the visit.", "The visit", "Visit.", "The visit. ", "The  visit.")))


def test_what_clients_say_beside_the_body_is_described(described: Found) -> None:
    named = {name: {one["name"] for one in operation["parameters"]} for name, operation in operations(described)}
    assert CLOCK_HEADER in named["issue"]
    assert {"Last-Event-ID", "after"} <= named["events"]
    assert "Idempotency-Key" in named["report-payment"]
    assert "X-CSRF-Token" not in named["enrol"] | named["visit"]


def test_every_operation_has_one_tag_that_is_described(described: Found) -> None:
    tags = {tag["name"] for tag in described["tags"]}
    assert tags == set(KNOWN.tags)
    for name, operation in operations(described):
        assert len(operation["tags"]) == 1, name
        assert set(operation["tags"]) <= tags, name
    by_path = {(PREFIX + route.path, openapi.tag_of(route)) for route in KNOWN.routes}
    assert (f"{PREFIX}/centres/{{centre}}/visits/{{visit}}/notes", "visits") in by_path


def test_the_words_are_those_of_the_code(described: Found) -> None:
    shown = described["components"]["schemas"]["VisitView"]
    assert shown["description"] == one_line(VisitView.__doc__ or "")
    assert {name: one["description"] for name, one in shown["properties"].items()} == descriptions(VisitView)


class Below(VisitView, frozen=True):
    """Has a field of its own, and one without a word."""

    more: int = 0
    """How much
    more.
    """
    silent: int = 0


def test_a_class_has_the_words_of_those_that_it_is_made_from() -> None:
    found = descriptions(Below)
    assert (found["more"], found["code"]) == ("How much more.", descriptions(VisitView)["code"])
    assert "silent" not in found
