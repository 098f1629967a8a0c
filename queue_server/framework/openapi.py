"""The OpenAPI document (3.1), made from the table of routes and the message types."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec

from queue_server.accounts.permissions import MATRIX
from queue_server.contract.base import Message
from queue_server.contract.feeds import BoardSnapshot
from queue_server.contract.problems import Problem
from queue_server.framework.problems import MEDIA_TYPE
from queue_server.framework.routes import PREFIX, ROUTES, Route
from queue_server.framework.schema_rules import complete

_REF = "#/components/schemas/{name}"


@cache
def document() -> bytes:
    """Encode the document once; it depends on this release alone."""
    named: list[type[Message]] = [Problem, BoardSnapshot, *(kind for route in ROUTES for kind in _types(route))]
    types: list[type[Message]] = list(dict.fromkeys(named))
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    refs = dict(zip(types, schemas, strict=True))
    complete(components, types)
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(PREFIX + route.path, {})[route.method.lower()] = _operation(route, refs)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {"title": "Queue server", "version": version("consular-support")},
            "paths": paths,
            "components": {
                "schemas": components,
                "securitySchemes": {
                    "token": {"type": "http", "scheme": "bearer"},
                    "session": {"type": "apiKey", "in": "cookie", "name": "session"},
                },
            },
        }
    )


def _types(route: Route) -> Sequence[type[Message]]:
    return (route.answer,) if route.request is None else (route.answer, route.request)


def _operation(route: Route, refs: dict[type[Message], dict[str, Any]]) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", route.path)
    ]
    if route.method == "POST" and route.keyed:
        parameters.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$"},
            }
        )
    if route.name == "events":
        parameters.append({"name": "after", "in": "query", "required": False, "schema": {"type": "string"}})
    answer = refs[route.answer]
    if route.name == "queue":
        answer = {"anyOf": [answer, refs[BoardSnapshot]]}
    media = "text/event-stream" if route.name == "events" else "application/json"
    anonymous = "anonymous" in MATRIX[route.permission]
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "description": f"For: {', '.join(sorted(MATRIX[route.permission]))}.",
        "parameters": parameters,
        "security": [{}] if anonymous else [{"token": []}, {"session": []}],
        "responses": {
            str(route.status): {"description": "Done", "content": {media: {"schema": answer}}},
            "default": {"description": "A problem", "content": {MEDIA_TYPE: {"schema": refs[Problem]}}},
        },
    }
    if route.request is not None:
        operation["requestBody"] = {
            "required": not route.body_optional,
            "content": {"application/json": {"schema": refs[route.request]}},
        }
    return operation
