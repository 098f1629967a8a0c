from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queue_server.web.booking.phone import Phone
from tests.queue_server.web.server import CENTRES, Centre, Server
from tests.queue_server.web.succession import Succession

HERE = Path(__file__).parent
#: Nobody is limited but where that is tried: from another address.
SETTINGS = """
[booking]
requests_address_s = 10000
requests_s = 100000
proof_rounds = 5
proof_iterations = 20

[forms]
answer_ms = 0
saves = 30

[http]
public_requests_address_s = 10000
public_requests_s = 100000
"""


@pytest.fixture(scope="session")
def filling_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Succession]:
    with Succession(
        HERE, lambda: Server(tmp_path_factory.mktemp("filling") / "data", SETTINGS, CENTRES[:40])
    ) as servers:
        yield servers


@pytest.fixture
def server(filling_servers: Succession) -> Server:
    """Give the server of these tests."""
    return filling_servers.current()


@pytest.fixture
def centre(server: Server) -> Centre:
    """Give a centre that no test has used."""
    return Centre(server, server.unused.popleft())


@pytest.fixture
def phone(centre: Centre) -> Phone:
    """Give a telephone without scripts that looks at this centre."""
    return Phone(centre.server.address, centre.id)
