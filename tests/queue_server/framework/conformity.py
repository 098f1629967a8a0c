"""Whether a value is what OpenAPI says."""

import re
from typing import Any

import pytest

TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def conforms(value: Any, schema: dict[str, Any], parts: dict[str, Any]) -> bool:
    """Check a value against the part of JSON Schema that OpenAPI uses here; a field that is not named is a fault."""
    if "$ref" in schema:
        return conforms(value, parts[schema["$ref"].rpartition("/")[2]], parts)
    if "anyOf" in schema:
        return any(conforms(value, one, parts) for one in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    if schema.get("type") == "object":
        return isinstance(value, dict) and conforms_fields(value, schema, parts)
    if schema.get("type") == "array":
        return isinstance(value, list) and all(conforms(one, schema["items"], parts) for one in value)
    right = isinstance(value, TYPES[schema["type"]]) and not (isinstance(value, bool) and schema["type"] == "integer")
    return right and ("pattern" not in schema or re.search(schema["pattern"], value) is not None)


def conforms_fields(value: dict[str, Any], schema: dict[str, Any], parts: dict[str, Any]) -> bool:
    named, more = schema.get("properties", {}), schema.get("additionalProperties")
    return set(schema.get("required", ())) <= value.keys() and all(
        conforms(one, named.get(name, more), parts)
        for name, one in value.items()
        if name in named or isinstance(more, dict) or pytest.fail(f"{name} is not described")
    )
