"""A bank of lockers that is cut at random: each item is where it is said to be, and no door opens for the wrong person.

With all drivers, more banks and many more cuts: ``tests/faults/lockers``.
"""

from pathlib import Path

import pytest

from tests.faults.lockers.course import Size, cut_at_random
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: what it cuts are other processes."""


async def test_no_door_opens_for_the_wrong_person(data: Path, tmp_path: Path, seed: int) -> None:  # noqa: F811 - a fixture
    await cut_at_random("modbus+tcp", data, tmp_path, Size(3, 6), seed)
