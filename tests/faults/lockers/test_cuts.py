"""Banks of lockers that are cut at random: 60 scenarios a driver, and 500 with ``--long``."""

import random
from pathlib import Path

import pytest

from tests.faults.lockers.course import Size, begin, cut_at_random
from tests.faults.lockers.rig import a_rig
from tests.faults.lockers.site import a_site
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures

_SCHEMES = ("modbus+tcp", "kerong+serial", "winnsen+serial")
_SIZE, _LONG = Size(10, 6), Size(6, 84)


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait: what they cut are other processes."""


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("scheme", _SCHEMES)
async def test_cut_at_random(
    scheme: str,
    data: Path,  # noqa: F811 - a fixture
    tmp_path: Path,
    load: int,
    *,
    seed: int,
) -> None:
    await cut_at_random(scheme, data, tmp_path, _SIZE if load == 1 else _LONG, seed)


async def test_the_judge_sees_the_wrong_door_that_opens(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    # Nothing is cut: the order is carried out, however long the cabinet takes to answer.
    async with (
        a_site(data, [tmp_path / "wrong"], 1) as site,
        a_rig(site, site.joined[0], "modbus+tcp", answer_ms=5_000) as bank,
    ):
        bank.cabinet[1, 1].crossed = (1, 2)
        ident = await bank.receive()
        await begin(bank, "load", (1, 1), ident, random.Random(1))
        await bank.until(bank.quiet)
        assert "the wrong door: 1-2" in await bank.faults()
