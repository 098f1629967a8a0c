"""The OpenAPI document (3.1), made from the table of routes and the message types."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import Any, Final

import msgspec

from queue_server.accounts.permissions import MATRIX, Kind
from queue_server.contract.base import Message
from queue_server.contract.client import CLOCK_HEADER
from queue_server.contract.descriptions import descriptions, one_line
from queue_server.contract.feeds import BoardSnapshot
from queue_server.contract.problems import Problem
from queue_server.contract.starts import COPIED_HEADER, START_HEADER
from queue_server.framework.access import CSRF_HEADER
from queue_server.framework.ask import KEY_HEADER
from queue_server.framework.problems import MEDIA_TYPE
from queue_server.framework.routes import PREFIX, ROUTES, Route
from queue_server.framework.schema_rules import complete, reachable

_REF = "#/components/schemas/{name}"

_ABOUT: Final = (
    "The API of the queue server of Consular Support Centres. Instants are RFC 3339 with an offset, and those that the "
    "server answers with are in UTC; days and local hours are in the centre's time zone. Money is in whole minor units "
    "of a currency of ISO 4217. Names are by language (BCP 47). Fields that a client does not know are to be ignored. "
    "Everything that goes wrong is answered with problem details (RFC 9457)."
)

#: What is spoken of under each first word of a path.
TAGS: Final = {
    "applications": "What one person asks of one government, from intake to hand-over.",
    "closings": "Ends of day of payment terminals, and where their totals differ from the journals.",
    "codes": "What everybody can see of the number of a ticket.",
    "counters": "Counters, and what staff do at them.",
    "devices": "Kiosks, screens, locker banks and integrations, and how they are.",
    "documents": "Finding visits by the number of a document.",
    "enrol": "How a device gets its token.",
    "events": "The feed of what happens at a centre.",
    "help": "Calls for help from kiosks and counters.",
    "intake": "Whether kiosks issue tickets.",
    "notices": "What staff announce on screens.",
    "payments": "What was paid, waived and given back.",
    "queue": "The day as a client may see it.",
    "services": "What a centre offers.",
    "tickets": "The visit of a ticket that is shown.",
    "verification": "Whether the record is as it was written.",
    "visits": "Parties at the centre today, what is known of them, and what is done for them.",
}

#: What the parts of paths in braces name.
_PLACES: Final = {
    "application": "Id of the application, or its public reference.",
    "centre": "Short name of the centre.",
    "closing": "Id of the end of day.",
    "code": "Ticket code, without its space.",
    "counter": "Short name of the counter.",
    "device": "Id of the device.",
    "help": "Id of the help call.",
    "notice": "Id of the notice.",
    "payment": "Id of the payment.",
    "refund": "Id of the refund.",
    "service": "Short name of the service.",
    "ticket": "Token of the ticket, from its QR code.",
    "visit": "Id of the visit.",
}

_DEVICES: Final = {Kind.KIOSK, Kind.SCREEN, Kind.LOCKER, Kind.INTEGRATION_COUNTER, Kind.INTEGRATION_MANAGER}


@cache
def document() -> bytes:
    """Encode the document once; it depends on this release alone."""
    named: list[type[Message]] = [Problem, BoardSnapshot, *(kind for route in ROUTES for kind in _types(route))]
    types: list[type[Message]] = list(dict.fromkeys(named))
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    refs = dict(zip(types, schemas, strict=True))
    complete(components, types)
    _describe(components, types)
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(PREFIX + route.path, {})[route.method.lower()] = _operation(route, refs)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {"title": "Queue server", "version": version("consular-support"), "description": _ABOUT},
            "tags": [
                {"name": tag, "description": TAGS[tag]}
                for tag in sorted({tag_of(route) for route in ROUTES})
                if tag in TAGS
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
    return (route.answer,) if route.request is None else (route.answer, route.request)


def tag_of(route: Route) -> str:
    """Name what a route is about: the first word of its path below the centre."""
    return route.path.removeprefix("/centres/{centre}").split("/")[1]


def _describe(components: dict[str, Any], types: Sequence[type[Message]]) -> None:
    """Put beside each field what stands under it in the code."""
    for kind in reachable(types):
        schema, said = components[kind.__name__], descriptions(kind)
        schema["description"] = one_line(schema["description"])
        for field in msgspec.structs.fields(kind):
            schema["properties"][field.encode_name]["description"] = said[field.name]


def _parameter(name: str, place: str, said: str, *, required: bool = False, **schema: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": required,
        "description": said,
        "schema": {"type": "string"} | schema,
    }


def _parameters(route: Route) -> list[dict[str, Any]]:
    """List what a request says beside its body."""
    found = [
        _parameter(name, "path", _PLACES.get(name, f"Id of the {name}."), required=True)
        for name in re.findall(r"{(\w+)}", route.path)
    ]
    if route.method == "POST" and route.keyed:
        said = "Names this request: sent again with the same key and body, it is done once and answered alike."
        found.append(_parameter(KEY_HEADER, "header", said, required=True, pattern="^[A-Za-z0-9_-]{8,64}$"))
    if route.method != "GET" and Kind.ANONYMOUS not in MATRIX[route.permission]:
        said = "The token of the browser's session; needed with a session cookie, and of no use with a bearer token."
        found.append(_parameter(CSRF_HEADER, "header", said))
    if route.started and _DEVICES & MATRIX[route.permission]:
        said = (
            "The newest start of the device that sends this; a device of which there are two machines is noticed by it."
        )
        found.append(_parameter(START_HEADER, "header", said))
    if route.name == "issue":
        said = (
            "What the clock of this machine shows as the request is sent (RFC 3339). By it the server reckons the age "
            "of a ticket, however wrong that clock is."
        )
        found.append(_parameter(CLOCK_HEADER, "header", said))
    if route.name == "events":
        said = "The last cursor that this client has seen; without one, or after too long, a snapshot comes first."
        found.append(_parameter("after", "query", said))
        said = "The same, as a browser says it by itself when it comes back (server-sent events); it is the stronger."
        found.append(_parameter("Last-Event-ID", "header", said))
    return found


def _operation(route: Route, refs: dict[type[Message], dict[str, Any]]) -> dict[str, Any]:
    answer = refs[route.answer]
    if route.name == "queue":
        answer = {"anyOf": [answer, refs[BoardSnapshot]]}
    media = "text/event-stream" if route.name == "events" else "application/json"
    anonymous = Kind.ANONYMOUS in MATRIX[route.permission]
    done: dict[str, Any] = {"description": "It is done.", "content": {media: {"schema": answer}}}
    if route.started and _DEVICES & MATRIX[route.permission]:
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
        "description": f"For: {', '.join(sorted(MATRIX[route.permission]))}.",
        "parameters": _parameters(route),
        "security": [{}] if anonymous else [{"token": []}, {"session": []}],
        "responses": {
            str(route.status): done,
            "default": {"description": "A problem.", "content": {MEDIA_TYPE: {"schema": refs[Problem]}}},
        },
    }
    if route.request is not None:
        operation["requestBody"] = {
            "required": not route.body_optional,
            "content": {"application/json": {"schema": refs[route.request]}},
        }
    return operation
