from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queue_server.web.booking.phone import Phone
from tests.queue_server.web.resting import rests_outside
from tests.queue_server.web.server import CENTRES, Centre, Server

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
def filling_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("filling") / "data", SETTINGS, CENTRES[:60]) as started:
        yield rests_outside(Path(__file__).parent, started)


@pytest.fixture
def server(filling_server: Server) -> Server:
    """Give the server of these tests."""
    return filling_server


@pytest.fixture
def centre(server: Server) -> Centre:
    """Give a centre that no test has used."""
    return Centre(server, next(server.unused))


@pytest.fixture
def phone(centre: Centre) -> Phone:
    """Give a telephone without scripts that looks at this centre."""
    return Phone(centre.server.address, centre.id)
