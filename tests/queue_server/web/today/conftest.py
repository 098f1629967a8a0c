from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queue_server.web.server import CENTRES, Server
from tests.queue_server.web.succession import Succession

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def today_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Succession]:
    with Succession(HERE, lambda: Server(tmp_path_factory.mktemp("today") / "data", centres=CENTRES[:12])) as servers:
        yield servers


@pytest.fixture
def process(today_servers: Succession) -> Server:
    """Give a server of these tests alone: rows that are planted stand in no record, and others verify theirs."""
    return today_servers.current()
