"""A real Prometheus scrapes a real server as the documentation says; ``tests/journeys/monitoring`` asks it for all."""

from pathlib import Path

from tests.queue_server.web.organisation.prometheus import NEEDS_PROMETHEUS, monitored

pytestmark = NEEDS_PROMETHEUS


async def test_prometheus_scrapes_how_each_centre_stands(tmp_path: Path) -> None:
    async with monitored(tmp_path) as here:
        assert await here.asked.finds('queue_centre_ready{centre="demo"} == 1')
        assert await here.asked.finds("up == 1")
        values = await here.asked.get("label/centre/values", **{"match[]": "queue_centre_waiting"})
        assert values == ["demo", "harbour"]
