"""What one custody desk does is on the other at once: told by the line, and not found out by looking."""

from playwright.sync_api import Browser, expect

from tests.queue_server.web.custodian import does, fill_bag, hand_in, send
from tests.queue_server.web.custody_browser import CustodyBrowser
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre

#: A page looks by itself after longer pauses than these: here it never does.
NEVER_LOOKS = """window.setTimeout = ((plain) => (work, ms, ...more) => ms > 4000 ? 0 : plain(work, ms, ...more))(
  window.setTimeout)"""


class SecondDesk(CustodyBrowser):
    """Sofia Rossi, at the desk beside."""

    def come(self) -> None:
        self.context.add_init_script(NEVER_LOOKS)
        self.enter("sofia.rossi")
        self.page.wait_for_url("**/custody")
        self.is_live()


def test_what_one_desk_does_is_on_the_other(browser: Browser, centre: Centre, client: PageClient) -> None:
    client.enter("jun.takeda")
    with SecondDesk(browser, centre) as other:
        other.come()
        rows = other.page.locator("tr[data-item]")
        expect(rows).to_have_count(0)
        one, two = hand_in(client, 2)
        expect(rows).to_have_count(2)
        does(client, one, "shelve", {"place": "2-D-14"})
        expect(other.page.locator(f"#row-{one['id']}")).to_contain_text("2-D-14")
        # A document that is open, the bags, and those who wait.
        other.go(f"/custody?view=item&item={two['id']}")
        other.is_live()
        does(client, two, "ready")
        expect(other.page.locator(".item-state")).to_contain_text("Ready to be collected")
        send(client, f"items/{two['id']}/contact", {"language": "fr", "telephone": "+33 6 12 34 56 78"})
        expect(other.page.locator(".item-facts")).to_contain_text("by telephone, in French")
        other.go("/custody?view=bags")
        other.is_live()
        bag = fill_bag(client, [one])
        expect(other.page.locator(f"a[href*='{bag['id']}']")).to_be_visible()
        assert "task-failed" not in (centre.server.data / "server.log").read_text()
