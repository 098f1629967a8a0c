"""What the types of messages do not say, and their schemas must: fields that stand for each other, and instants."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import inspect

from queue_server.contract.base import Message
from queue_server.contract.cashier import ManualConfirmationRequest
from queue_server.contract.hall import NoticeRequest
from queue_server.contract.people import OpenApplicationRequest
from queue_server.contract.visits import TransferRequest
from queue_server.domain.values import NoticeText


def _one_of_fields(name: str, *, other: str) -> dict[str, Any]:
    """Describe a body in which one field is given, and the other is left out or null."""
    return {
        "required": [name],
        "properties": {name: {"not": {"type": "null"}}, other: {"type": "null"}},
    }


def _one_of(one: str, other: str) -> dict[str, Any]:
    return {"oneOf": [_one_of_fields(one, other=other), _one_of_fields(other, other=one)]}


#: Checked by the handlers of these requests (JSON Schema 2020-12, sections 10.2.1 and 10.2.2).
RULES: Final[dict[type[Message], dict[str, Any]]] = {
    TransferRequest: _one_of("step", "counter"),
    OpenApplicationRequest: _one_of("service", "reference"),
    NoticeRequest: {
        "if": {"properties": {"text": {"const": NoticeText.OWN.value}}},
        "then": {"required": ["own"], "properties": {"own": {"minProperties": 1}}},
        "else": {"properties": {"own": {"maxProperties": 0}}},
    },
    ManualConfirmationRequest: {
        "if": {"properties": {"done": {"const": True}}},
        "then": {"required": ["slip"], "properties": {"slip": {"type": "string"}}},
        "else": {"properties": {"slip": {"type": "null"}}},
    },
}


def complete(components: dict[str, Any], types: Iterable[type[Message]]) -> None:
    """Add to the schemas of messages what their types do not say."""
    for kind, rule in RULES.items():
        if kind.__name__ in components:
            components[kind.__name__] |= rule
    for cls in reachable(types):
        for field in msgspec.structs.fields(cls):
            if _is_instant(inspect.type_info(field.type)):
                _mark(components[cls.__name__]["properties"][field.encode_name])


def reachable(types: Iterable[type[Message]]) -> list[type[msgspec.Struct]]:
    """List these messages and all that their fields are made of, each once."""
    found: dict[type[msgspec.Struct], None] = {}
    for one in inspect.multi_type_info(tuple(types)):
        _reach(one, found)
    return list(found)


def _reach(kind: inspect.Type, found: dict[type[msgspec.Struct], None]) -> None:
    match kind:
        case inspect.StructType(cls=cls, fields=fields):
            if cls in found:
                return
            found[cls] = None
            for field in fields:
                _reach(field.type, found)
        case inspect.UnionType(types=types):
            for one in types:
                _reach(one, found)
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            _reach(item, found)
        case inspect.DictType(value_type=value):
            _reach(value, found)
        case inspect.Metadata(type=inner):
            _reach(inner, found)


def _is_instant(kind: inspect.Type) -> bool:
    match kind:
        case inspect.DateTimeType():
            return True
        case inspect.Metadata(type=inner):
            return _is_instant(inner)
        case inspect.UnionType(types=types):
            return any(map(_is_instant, types))
    return False


def _mark(schema: dict[str, Any]) -> None:
    """Say that a text is an instant (RFC 3339, section 5.6): an empty one is none."""
    for one in schema.get("anyOf", [schema]):
        if one.get("type") == "string":
            one["format"] = "date-time"
