from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queue_server.web.server import CENTRES, Server
from tests.queue_server.web.succession import Succession

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def few_centres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Succession]:
    with Succession(HERE, lambda: Server(tmp_path_factory.mktemp("few") / "data", centres=CENTRES[:16])) as servers:
        yield servers


@pytest.fixture
def server(few_centres: Succession) -> Server:
    """Give a server of a few centres: each is a row of the pages here, and what looks at them looks at all."""
    return few_centres.current()
