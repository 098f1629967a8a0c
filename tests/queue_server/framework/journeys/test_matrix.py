"""Each route and each page is asked for by everybody: in the default tier by two of those who may not."""

import pytest

from queue_server.framework.permissions import PrincipalKind
from tests.queue_server.framework.test_routes import ask_every_page, ask_every_route
from tests.queue_server.house import House

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_every_route_as_everybody(here: House) -> None:
    await ask_every_route(here, strangers=len(PrincipalKind))


async def test_every_page_as_everybody(here: House) -> None:
    await ask_every_page(here, strangers=len(PrincipalKind))
