"""Today beside the same weekdays before, on the page of managers as HTML: what is said of it, and its hours."""

import pytest

from tests.queue_server.web.figures import planted
from tests.queue_server.web.manager.manager_client import ManagerClient, figure
from tests.queue_server.web.server import Centre
from tests.queue_server.web.today.weekdays import hour_of_day, plant_weekdays


def test_more_than_usual_is_said_in_words(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    # Half a day from now: usually nobody is here, and in the hours just over nobody came.
    monkeypatch.setattr(planted, "HOURS", {(hour_of_day() + 12) % 24: 2})
    plant_weekdays(centre, 6)
    for _ in range(4):
        centre.issue("uto-birth")
    with ManagerClient(centre) as manager:
        part = manager.look().one(".today-part")
        said = part.with_text(".unusual", "More visits are here than usual at this time: 4")
        assert len(said.all("svg")) == 1
        assert not part.has(".good")


def test_how_many_usually_arrive_stands_beside_how_many_did(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planted, "HOURS", dict.fromkeys(range(24), 6))
    plant_weekdays(centre, 6)
    for _ in range(3):
        centre.issue("uto-birth")
    with ManagerClient(centre) as manager:
        page = manager.look()
        rows = page.all(".hours tbody tr")
        heads = [row.one("th").text for row in rows]
        assert heads == ["Arrived", "Usually arrive", "Finished", "In the centre"]
        usual = rows[1].texts("td")
        assert {"5", "6", "7"} & set(usual), usual
        assert figure(page, "waiting").startswith("3")
        # An hour may have ended between two of them.
        assert sum(int(text) for text in rows[0].texts("td") if text) == 3
