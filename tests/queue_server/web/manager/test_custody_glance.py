"""Custody on the manager page: where everything is, and what is missing, for as long as it is."""

from tests.queue_server.web.custodian import does, hand_in, miss
from tests.queue_server.web.manager.manager_client import ManagerClient


def test_where_everything_is_and_what_nobody_can_find(manager: ManagerClient) -> None:
    assert not manager.page().has("#custody-glance")
    items = hand_in(manager, 3)
    does(manager, items[0], "shelve", {"place": "2-D-15"})
    miss(manager, items[1])
    page = manager.page()
    rows = "section:has(> .line #custody-glance) tbody tr"
    assert len(page.all(rows)) == 3
    assert page.with_text(rows, "At a desk").texts("td")[0] == "1"
    assert page.with_text(rows, "On the shelf").texts("td") == ["1", "today"]
    alarm = manager.alarm(f"Nobody knows where {items[1]['label']} is")
    assert "On the shelf 2-D-14" in alarm.text
    does(manager, items[1], "take")
    assert [text for text in manager.alarms() if items[1]["label"] in text] == []
    assert manager.page().with_text(rows, "At a desk").texts("td")[0] == "2"
