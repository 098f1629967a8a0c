"""Every route is called and compared with what OpenAPI says of it; the permission matrix holds over HTTP."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec
import pytest

from queue_server.accounts.model import Role
from queue_server.accounts.permissions import MATRIX, Kind, Permission
from queue_server.contract import messages as m
from queue_server.http import openapi
from queue_server.http.routes import PREFIX, ROUTES, Route
from queue_server.values import new_id
from tests.queue_server.http.house import TICKET, Client, House

BODIES: dict[str, object] = {"issue": TICKET, "pause": {"reason": "break"}, "help": {"kind": "help"}}


TYPES: dict[str, type | tuple[type, ...]] = {"string": str, "integer": int, "boolean": bool, "null": type(None)}


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


@pytest.fixture
def described() -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(openapi.document())
    return document


def test_the_checker_can_fail(described: dict[str, Any]) -> None:
    parts = described["components"]["schemas"]
    good = msgspec.to_builtins(m.Series("A", 1, 999))
    assert conforms(good, {"$ref": "#/components/schemas/Series"}, parts)
    for bad in (good | {"first": "1"}, {"letter": "A"}, [good]):
        assert not conforms(bad, {"$ref": "#/components/schemas/Series"}, parts)
    with pytest.raises(pytest.fail.Exception):
        conforms(good | {"colour": "red"}, {"$ref": "#/components/schemas/Series"}, parts)


def test_openapi_holds_every_route_and_no_other(described: dict[str, Any]) -> None:
    listed = {(method.upper(), path) for path, methods in described["paths"].items() for method in methods}
    assert listed == {(route.method, PREFIX + route.path) for route in ROUTES}
    for route in ROUTES:
        operation = described["paths"][PREFIX + route.path][route.method.lower()]
        keyed = any(parameter["name"] == "Idempotency-Key" for parameter in operation["parameters"])
        assert keyed == (route.method == "POST" and route.keyed)
        assert ("requestBody" in operation) == (route.request is not None)


async def prepared(kiosk: Client) -> Callable[[Route], str]:
    """Bring the centre to where every route has something to do; returns the way to a route's path."""
    waiting = (await kiosk.post("/centres/demo/visits", TICKET)).body["visit"]["id"]
    helped = (await kiosk.post("/centres/demo/help", {"kind": "help"})).body["help"]["id"]

    def path(route: Route) -> str:
        return route.path.format(centre="demo", counter="1", visit=waiting, help=helped)

    return path


async def test_every_route_answers_what_openapi_says(here: House, described: dict[str, Any]) -> None:
    kiosk, desk, screen = await here.kiosk(), await here.manager(), (await here.device("screen"))[0]
    path = await prepared(kiosk)
    parts = described["components"]["schemas"]
    order = ("open", "call-next", "undo", "call-next", "recall", "start", "finish", "pause", "open", "close")
    routes = {route.name: route for route in ROUTES}
    called = set()
    first = [name for name in routes if name not in {*order, "enrol", "events", "missed", "cancel", "take-help"}]
    for name in (*first, *order, "cancel", "take-help"):
        route = routes[name]
        client = kiosk if name in ("issue", "help", "series") else desk
        reply = await client.send(route.method, path(route), BODIES.get(name))
        answer = described["paths"][PREFIX + route.path][route.method.lower()]["responses"]
        assert str(reply.status) in answer, (name, reply)
        assert conforms(reply.body, answer[str(reply.status)]["content"]["application/json"]["schema"], parts), reply
        msgspec.convert(reply.body, route.answer, strict=False)
        called.add(name)
    board = await screen.get("/centres/demo/queue")
    assert conforms(board.body, {"$ref": "#/components/schemas/BoardSnapshot"}, parts), board
    code = await here.enrol_code("kiosk")
    enrolled = await here.anonymous().post("/enrol", {"code": code}, None)
    assert conforms(enrolled.body, {"$ref": "#/components/schemas/EnrolAnswer"}, parts), enrolled
    async for name in following(here, desk):
        called.add(name)
    # Nobody may be called missed so soon: a refusal, and of the shape that OpenAPI gives every problem.
    early = await desk.post(path(routes["missed"]))
    assert conforms(early.body, {"$ref": "#/components/schemas/Problem"}, parts), early
    assert early.status == 409
    assert called | {"enrol", "missed"} == set(routes)


async def following(here: House, desk: Client) -> AsyncIterator[str]:
    url = f"{here.address}{PREFIX}/centres/demo/events"
    async with here.http.ws_connect(url, headers=desk.headers) as socket:
        frame = msgspec.json.decode((await socket.receive()).data, type=m.Frame)
        assert frame.type == "snapshot"
        yield "events"


async def clients(here: House) -> dict[Kind, Client]:
    """Make a client of every kind there is; staff below a manager are signed in at counter 1."""
    found = {Kind.ANONYMOUS: here.anonymous()}
    for kind in ("kiosk", "screen", "locker"):
        found[Kind(kind)] = (await here.device(kind))[0]
    found[Kind.INTEGRATION_COUNTER] = (await here.device("integration", "counter"))[0]
    found[Kind.INTEGRATION_MANAGER] = (await here.device("integration", "manager"))[0]
    for role in Role:
        counter = "1" if role is Role.COUNTER else None
        found[Kind(role.value)] = (await here.staff(role, counter))[0]
    return found


async def test_the_permission_matrix_holds_over_http(here: House) -> None:
    everybody = await clients(here)
    assert set(everybody) == set(Kind)
    place = {"centre": "demo", "counter": "1", "visit": new_id(), "help": new_id()}
    for route in ROUTES:
        for kind, client in everybody.items():
            if route.name == "events" and kind in MATRIX[Permission.FOLLOW]:
                continue
            body = {"code": "00000000"} if route.name == "enrol" else BODIES.get(route.name)
            reply = await client.send(route.method, route.path.format(**place), body)
            what = (route.name, kind, reply)
            if kind in MATRIX[route.permission]:
                assert reply.status != 401, what
                assert reply.status != 403 or reply.code == "enrolment-code-refused", what
            elif kind is Kind.ANONYMOUS:
                assert (reply.status, reply.code) == (401, "not-signed-in"), what
            else:
                assert (reply.status, reply.code) == (403, "not-permitted"), what


async def test_nobody_acts_at_another_centre_or_counter(here: House) -> None:
    harbour = (await here.device("kiosk", centre="harbour"))[0]
    desk, _ = await here.staff(Role.COUNTER, "2")
    manager, _ = await here.staff(Role.MANAGER, None)
    for client, path in (
        (harbour, "/centres/demo/visits"),
        (desk, "/centres/demo/counters/1/open"),
        (desk, "/centres/harbour/counters/1/open"),
    ):
        refused = await client.post(path, TICKET if path.endswith("visits") else None)
        assert (refused.status, refused.code) == (403, "not-permitted")
    assert (await desk.post("/centres/demo/counters/2/open")).body["counter"]["staff"] is not None
    assert (await manager.post("/centres/demo/counters/1/open")).status == 200


async def test_an_unknown_centre_is_told_to_those_who_may_ask(here: House) -> None:
    told = await (await here.manager()).get("/centres/nowhere/queue")
    assert (told.status, told.code) == (404, "centre-not-set-up")
    assert (await here.anonymous().get("/centres/nowhere/queue")).status == 401
