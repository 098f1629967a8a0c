from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queue_server.web.resting import rests_outside
from tests.queue_server.web.server import CENTRES, Server


@pytest.fixture(scope="session")
def few_centres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("few") / "data", centres=CENTRES[:16]) as started:
        yield rests_outside(Path(__file__).parent, started)


@pytest.fixture
def server(few_centres: Server) -> Server:
    """Give a server of a few centres: each is a row of the pages here, and what looks at them looks at all."""
    return few_centres
