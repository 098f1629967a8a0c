"""The OpenAPI document (3.1), made from the table of routes and the message types."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from queue_server.contract.base import Message
from queue_server.contract.descriptions import descriptions, one_line
from queue_server.contract.problems import Problem
from queue_server.contract.release import RUNNING
from queue_server.contract.starts import COPIED_HEADER, START_HEADER
from queue_server.framework.access import CSRF_HEADER
from queue_server.framework.answers import responses
from queue_server.framework.middleware import MEDIA_TYPE
from queue_server.framework.permissions import PrincipalKind
from queue_server.framework.request_context import KEY_HEADER
from queue_server.framework.routing import CENTRE, PREFIX, Route
from queue_server.framework.schema_rules import complete, reachable

if TYPE_CHECKING:
    from queue_server.framework.rooms import RoomCollection

_REF = "#/components/schemas/{name}"

_ABOUT: Final = (
    "The API of the queue server of Consular Support Centres. Instants are RFC 3339 with an offset, and those that the "
    "server answers with are in UTC; days and local hours are in the centre's time zone. Money is in whole minor units "
    "of a currency of ISO 4217. Names are by language (BCP 47). Fields that a client does not know are to be ignored. "
    "Everything that goes wrong is answered with problem details (RFC 9457)."
)


def document(rooms: "RoomCollection") -> bytes:
    """Encode the document."""
    named: list[type[Message]] = [Problem, *(kind for route in rooms.routes for kind in _types(route))]
    types: list[type[Message]] = list(dict.fromkeys(named))
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    refs = dict(zip(types, schemas, strict=True))
    complete(components, types)
    _describe(components, types)
    paths: dict[str, dict[str, Any]] = {}
    for route in rooms.routes:
        paths.setdefault(PREFIX + route.path, {})[route.method.lower()] = _operation(rooms, route, refs)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {"title": "Queue server", "version": RUNNING, "description": _ABOUT},
            "tags": [
                {"name": tag, "description": rooms.tags[tag]}
                for tag in sorted({tag_of(route) for route in rooms.routes})
                if tag in rooms.tags
            ],
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
    return tuple(kind for kind in (route.answer, route.instead, route.request) if kind is not None)


def tag_of(route: Route) -> str:
    """Name what a route is about: the first word of its path below the centre."""
    return route.path.removeprefix(CENTRE).split("/")[1]


def _describe(components: dict[str, Any], types: Sequence[type[Message]]) -> None:
    """Put beside each field what stands under it in the code."""
    for kind in reachable(types):
        schema, said = components[kind.__name__], descriptions(kind)
        schema["description"] = one_line(schema["description"])
        for field in msgspec.structs.fields(kind):
            schema["properties"][field.encode_name]["description"] = said[field.name]
        tag = kind.__struct_config__.tag_field
        if tag is not None:
            schema["properties"][tag]["description"] = "Which of several messages this is."


def _parameter(name: str, place: str, said: str, *, required: bool = False, **schema: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": required,
        "description": said,
        "schema": {"type": "string"} | schema,
    }


def _parameters(route: Route, words: Mapping[str, str]) -> list[dict[str, Any]]:
    """List what a request says beside its body."""
    found = [
        _parameter(name, "path", words.get(name, f"Id of the {name}."), required=True)
        for name in re.findall(r"{(\w+)}", route.path)
    ]
    if route.method == "POST" and route.keyed:
        said = "Names this request: sent again with the same key and body, it is done once and answered alike."
        found.append(_parameter(KEY_HEADER, "header", said, required=True, pattern="^[A-Za-z0-9_-]{8,64}$"))
    if route.method != "GET" and PrincipalKind.ANONYMOUS not in route.permission.kinds:
        said = "The token of the browser's session; needed with a session cookie, and of no use with a bearer token."
        found.append(_parameter(CSRF_HEADER, "header", said))
    if route.counts_starts:
        said = (
            "The newest start of the device that sends this; a device of which there are two machines is noticed by it."
        )
        found.append(_parameter(START_HEADER, "header", said))
    found += [_parameter(one.name, one.place, one.description) for one in route.parameters]
    return found


def _operation(rooms: "RoomCollection", route: Route, refs: dict[type[Message], dict[str, Any]]) -> dict[str, Any]:
    answer = refs[route.answer]
    if route.instead is not None:
        answer = {"anyOf": [answer, refs[route.instead]]}
    anonymous = PrincipalKind.ANONYMOUS in route.permission.kinds
    done: dict[str, Any] = {"description": "It is done.", "content": {route.media: {"schema": answer}}}
    if route.counts_starts:
        done["headers"] = {
            COPIED_HEADER: {
                "description": "Whether another machine is this device, too; to devices that say which start they are.",
                "schema": {"enum": ["yes", "no"]},
            }
        }
    operation: dict[str, Any] = {
        "operationId": route.name,
        "tags": [tag_of(route)],
        "summary": route.summary,
        "description": f"For: {', '.join(sorted(route.permission.kinds))}.",
        "parameters": _parameters(route, rooms.path_words),
        "security": [{}] if anonymous else [{"token": []}, {"session": []}],
        "responses": {
            str(route.status): done,
            **responses(rooms, route, refs[Problem], MEDIA_TYPE),
        },
    }
    if route.request is not None:
        operation["requestBody"] = {
            "required": not route.body_optional,
            "content": {"application/json": {"schema": refs[route.request]}},
        }
    return operation
