"""Every route is called and compared with what OpenAPI says of it; the permission matrix holds over HTTP."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from msgspec.structs import replace

from queue_server.accounts.model import Role
from queue_server.bootstrap import application
from queue_server.contract.devices import SeriesState
from queue_server.domain.values import new_id
from queue_server.framework.permissions import PrincipalKind
from queue_server.framework.routing import PREFIX
from queue_server.framework.settings import HttpSettings
from queue_server.web.site import Site
from tests.queue_server.framework.conformity import conforms
from tests.queue_server.framework.route_bodies import BODIES, VISIT
from tests.queue_server.house import KNOWN, QUICK, TICKET, Client, House, house

in_loop_of_module = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server_of_module(data_of_module: Path) -> AsyncIterator[House]:
    """Run a server that looks up an identity once in two seconds, not at each request."""
    http = replace(QUICK[HttpSettings], identity_cache_ms=2_000)
    async with house(data_of_module, QUICK.but(http)) as running:
        yield running


@pytest.fixture
def described() -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(KNOWN.openapi)
    return document


def test_the_checker_can_fail(described: dict[str, Any]) -> None:
    parts = described["components"]["schemas"]
    good = msgspec.to_builtins(SeriesState("A", 1, 999))
    assert conforms(good, {"$ref": "#/components/schemas/SeriesState"}, parts)
    for bad in (good | {"first": "1"}, {"letter": "A"}, [good]):
        assert not conforms(bad, {"$ref": "#/components/schemas/SeriesState"}, parts)
    with pytest.raises(pytest.fail.Exception):
        conforms(good | {"colour": "red"}, {"$ref": "#/components/schemas/SeriesState"}, parts)


def test_openapi_holds_every_route_and_no_other(described: dict[str, Any]) -> None:
    listed = {(method.upper(), path) for path, methods in described["paths"].items() for method in methods}
    assert listed == {(route.method, PREFIX + route.path) for route in KNOWN.routes}
    for route in KNOWN.routes:
        operation = described["paths"][PREFIX + route.path][route.method.lower()]
        keyed = any(parameter["name"] == "Idempotency-Key" for parameter in operation["parameters"])
        assert keyed == (route.method == "POST" and route.keyed)
        assert ("requestBody" in operation) == (route.request is not None)


async def clients(here: House) -> dict[PrincipalKind, Client]:
    """Make a client of every kind there is; staff below a manager are signed in at counter 1."""
    found = {PrincipalKind.ANONYMOUS: here.anonymous()}
    for kind in ("kiosk", "screen", "locker"):
        found[PrincipalKind(kind)] = (await here.device(kind))[0]
    found[PrincipalKind.INTEGRATION_COUNTER] = (await here.device("integration", "counter"))[0]
    found[PrincipalKind.INTEGRATION_MANAGER] = (await here.device("integration", "manager"))[0]
    found[PrincipalKind.INTEGRATION_BOOKING] = (await here.device("integration", "booking"))[0]
    found[PrincipalKind.INTEGRATION_METRICS] = (await here.device("integration", "metrics"))[0]
    for role in Role:
        counter = "1" if role is Role.COUNTER else None
        found[PrincipalKind(role.value)] = (await here.staff(role, counter))[0]
    return found


@in_loop_of_module
async def test_the_permission_matrix_holds_over_http(here: House) -> None:
    everybody = await clients(here)
    assert set(everybody) == set(PrincipalKind)
    names = re.findall(r"{(\w+)}", "".join(route.path for route in KNOWN.routes))
    place = dict.fromkeys(names, new_id()) | {"centre": "demo", "counter": "1"}
    for route in KNOWN.routes:
        for kind in everybody:
            if route.media == "text/event-stream" and kind in route.permission.kinds:
                continue
            body = {"code": "00000000"} if route.name == "enrol" else BODIES.get(route.name)
            reply = await everybody[kind].send(route.method, route.path.format(**place), body)
            what = (route.name, kind, reply)
            if kind in route.permission.kinds:
                assert reply.status != 401, what
                assert reply.status != 403 or reply.code == "enrolment-code-refused", what
            elif kind is PrincipalKind.ANONYMOUS:
                assert (reply.status, reply.code) == (401, "not-signed-in"), what
            else:
                assert (reply.status, reply.code) == (403, "not-permitted"), what


@in_loop_of_module
async def test_the_permission_matrix_holds_for_pages(here: House) -> None:
    """Without its permission a page is refused before its handler runs."""
    everybody = await clients(here)
    assert len(KNOWN.pages) > 50
    # Whoever has locked a session, or ended it, asks for nothing more.
    for page in sorted(
        KNOWN.pages, key=lambda one: (one.method, one.path) in {("POST", "/lock"), ("POST", "/sign-out")}
    ):
        path = re.sub(r"\{[^}]+\}", VISIT, page.path)
        for kind in everybody:
            headers = everybody[kind].headers
            async with here.http.request(
                page.method, here.address + path, headers=headers, data=b"", allow_redirects=False
            ) as answer:
                problem = await answer.json() if answer.content_type == "application/problem+json" else {}
                case = f"{page.method} {page.path} as {kind}: {answer.status} {problem}"
                led = answer.headers.get("Location") == "/sign-in"
                if kind in page.permission.kinds:
                    assert problem.get("code") != "not-permitted", case
                elif kind is PrincipalKind.ANONYMOUS:
                    assert led if page.leads_in else answer.status == 401, case
                else:
                    assert problem.get("code") == "not-permitted", case


@in_loop_of_module
async def test_every_address_of_the_server_is_a_row_with_its_permission(here: House) -> None:
    """Nothing is mounted beside the tables: what nobody listed nobody can ask for."""
    listed = {(route.method, PREFIX + route.path) for route in KNOWN.routes}
    listed |= {(page.method, page.path.replace(":.+", "")) for page in KNOWN.pages}
    listed |= {("GET", path) for path in (f"{PREFIX}/openapi.json", "/healthz", "/readyz", "/metrics")}
    app = application(here.server, await asyncio.to_thread(Site, KNOWN.sites))
    mounted = {(route.method, route.resource.canonical) for route in app.router.routes() if route.resource is not None}
    assert {one for one in mounted if one[0] != "HEAD"} == listed


@in_loop_of_module
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


@in_loop_of_module
async def test_an_unknown_centre_is_told_to_those_who_may_ask(here: House) -> None:
    told = await (await here.manager()).get("/centres/nowhere/queue")
    assert (told.status, told.code) == (404, "centre-not-set-up")
    assert (await here.anonymous().get("/centres/nowhere/queue")).status == 401
