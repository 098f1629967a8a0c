"""Custody on the manager page: where everything is, and what is missing, for as long as it is."""

from playwright.sync_api import expect

from tests.queue_server.web.custodian import does, hand_in, miss
from tests.queue_server.web.manager.office import Office


def test_where_everything_is_and_what_nobody_can_find(office: Office) -> None:
    expect(office.find("#custody-glance")).to_have_count(0)
    items = hand_in(office, 3)
    does(office, items[0], "shelve", {"place": "2-D-15"})
    miss(office, items[1])
    rows = office.find("section:has(> .line #custody-glance) tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="At a desk").locator("td").first).to_have_text("1")
    expect(rows.filter(has_text="On the shelf").locator("td")).to_have_text(["1", "today"])
    alarm = office.alarm(f"Nobody knows where {items[1]['label']} is")
    expect(alarm).to_contain_text("On the shelf 2-D-14")
    does(office, items[1], "take")
    expect(alarm).to_have_count(0)
    expect(rows.filter(has_text="At a desk").locator("td").first).to_have_text("2")
