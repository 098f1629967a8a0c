from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.peripherals.serve.bench import Bench, Devices
from tests.peripherals.serve.page import ORIGIN, Page


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let tests wait: the program is another process."""


@pytest.fixture(scope="module")
def devices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Devices]:
    made = Devices(tmp_path_factory.mktemp("devices"))
    yield made
    made.stop()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path, ORIGIN) as made:
        yield made


@pytest.fixture
def page(bench: Bench) -> Page:
    """Give a page that is paired."""
    made = Page(bench)
    assert made.pair().status == 200
    return made
