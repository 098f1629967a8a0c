"""``npa-tool`` opens the simulated chip by every combination of cipher and group that it knows."""

from tests.peripherals.chip.service import Service
from tests.peripherals.chip.test_npa_tool import KNOWN, refused_by, service  # noqa: F401 - a fixture


async def test_every_combination_of_pace_that_it_knows_opens_the_chip(service: Service) -> None:  # noqa: F811 - a fixture
    assert await refused_by(service, KNOWN) == {}
