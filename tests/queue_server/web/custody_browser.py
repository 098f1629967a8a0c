"""The custody desk in Chromium, used by keyboard and scanner."""

from playwright.sync_api import expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.held import HeldRequests

NOT_COME = "The page has not come yet: nothing more was done."


class CustodyBrowser(Desk):
    """Jun Takeda, who works at the custody desk."""

    def come(self) -> None:
        self.enter("jun.takeda")
        self.page.wait_for_url("**/custody")
        self.is_live()
        self.is_at_field()

    def is_at_field(self) -> None:
        expect(self.page.locator("#scan")).to_be_focused()

    def scan(self, text: str) -> None:
        """Type as a scanner does: fast, and Enter behind it."""
        self.page.keyboard.type(text)
        self.press("Enter")

    def said(self, text: str) -> None:
        expect(self.page.locator("#scan-said")).to_contain_text(text)


class QuickDesk(CustodyBrowser):
    """Somebody who does not look at the page before the next scan."""

    pages: HeldRequests

    def hold(self) -> None:
        """Have pages wait from now on."""
        self.pages = HeldRequests(self.page, "**/custody/page?*")

    def is_held(self) -> None:
        self.pages.one_waits()

    def let_come(self) -> None:
        self.pages.let_come()

    def cut_off(self) -> None:
        self.may_be_cut = True
        self.pages.cut_off()

    def show(self, item: dict[str, str]) -> None:
        self.scan(item["barcode"])
        self.shows(item)

    def shows(self, item: dict[str, str]) -> None:
        expect(self.page.locator(".sleeve")).to_contain_text(item["label"])
