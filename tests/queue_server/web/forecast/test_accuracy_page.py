"""How right the forecast was, as a manager reads it."""

import pytest

from tests.queue_server.web.forecast.served_town import TownClient

pytestmark = pytest.mark.timeout(600)


def test_a_manager_reads_how_right_it_was(manager: TownClient) -> None:
    page = manager.get(manager.get("/manager/forecast").one("#to-accuracy")["href"])
    assert page.address.endswith("/manager/accuracy")
    assert page.one("#head").text == "How right it was last week"
    assert "of 100 ranges" in page.one(".lead").text
    assert len(page.all("#all-steps td")) == 8
    # Of eight days the last three had five before them; all of them are of the last week.
    assert len(page.all("tr[id^=day-]")) == 3
    asked = [int(text) for text in page.texts("tr[id^=step-] td:nth-of-type(1) bdi")]
    assert len(asked) > 1
    assert sum(asked) == int(page.one("#all-steps td:nth-of-type(1) bdi").text)
