"""All routes at one centre: each answers what OpenAPI says, and no other centre sees or changes anything by them."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio
from blockbuster import BlockBuster

from queue_server.accounts.model import Role
from queue_server.framework.permissions import Permission, PrincipalKind
from tests.queue_server.framework.every_route import Walk, call_every_route, ids_in
from tests.queue_server.house import KNOWN, Client, House, house

pytestmark = pytest.mark.asyncio(loop_scope="module")
HARBOUR = "harbour"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(data_of_module: Path) -> AsyncIterator[House]:
    async with house(data_of_module) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walked(here: House) -> Walk:
    return await call_every_route(here, msgspec.json.decode(KNOWN.openapi))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def foreign(here: House) -> dict[PrincipalKind, Client]:
    """Give staff and devices of another centre."""
    found = {PrincipalKind(role.value): (await here.staff(role, None, HARBOUR))[0] for role in Role}
    for kind in ("kiosk", "screen", "locker"):
        found[PrincipalKind(kind)] = (await here.device(kind, centre=HARBOUR))[0]
    return found


async def test_every_route_answers_what_openapi_says(walked: Walk) -> None:
    assert walked.called | {"missed"} == set(walked.routes)


def who_may(foreign: dict[PrincipalKind, Client], permission: Permission) -> Client:
    """Choose a manager where they may, else the first who may."""
    return foreign[min(permission.kinds & foreign.keys(), key=lambda kind: (kind != PrincipalKind.MANAGER, kind))]


async def test_no_page_of_another_centre_shows_anything_of_it(
    here: House, walked: Walk, foreign: dict[PrincipalKind, Client], blockbuster: BlockBuster
) -> None:
    for function in blockbuster.functions.values():
        function.can_block_in("babel/localedata.py", {"exists", "load"})
    faults = list[str]()
    for page in KNOWN.pages:
        if page.method != "GET" or "{" in page.path or not page.permission.kinds & foreign.keys():
            continue
        headers = who_may(foreign, page.permission).headers
        async with here.http.get(here.address + page.path, headers=headers) as answer:
            # A live page is a stream that does not end.
            text = await answer.text() if answer.content_type == "text/html" else ""
            faults += [f"{page.path} shows {one}" for one in ids_in(text) & (walked.ids | walked.named)]
    assert not faults, "\n".join(faults)


async def things(walked: Walk) -> dict[str, object]:
    """Read again all that has an address of its own."""
    found: dict[str, object] = {}
    for asked in walked.asked:
        path = asked.route.path.format(**{"centre": "demo", "counter": "1"} | asked.place)
        if asked.route.method == "GET" and ids_in(path) and path not in found:
            reply = await asked.client.get(path)
            # A problem has an id of its own each time.
            found[path] = reply.body if reply.status == 200 else reply.code
    return found


async def test_no_other_centre_sees_or_changes_anything_by_a_route(
    walked: Walk, foreign: dict[PrincipalKind, Client]
) -> None:
    before, faults = await things(walked), []
    visits = {asked.place["visit"] for asked in walked.asked if "visit" in asked.place}
    # First what is read: later the other centre has things of its own, with the ids that bodies name.
    for _, route, place, query, body in sorted(walked.asked, key=lambda asked: asked.route.method != "GET"):
        if "{centre}" not in route.path or not route.permission.kinds & foreign.keys():
            continue
        secret = walked.ids | (walked.named if route.method == "GET" else set())
        for visit in visits if "visit" in place else {""}:
            named = {"counter": "1"} | place | {"centre": HARBOUR, "visit": visit}
            path = route.path.format(**named) + query
            reply = await who_may(foreign, route.permission).send(route.method, path, body)
            shown = (ids_in(str(reply.body)) & secret) - ids_in(path) - ids_in(str(body))
            faults += [f"{route.name} shows {one}" for one in shown]
    after = await things(walked)
    faults += [f"{path} is another: {one} {after[path]}" for path, one in before.items() if after[path] != one]
    assert not faults, "\n".join(faults)
