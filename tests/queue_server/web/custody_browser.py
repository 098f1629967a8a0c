"""The custody desk in Chromium, used by keyboard and scanner."""

from playwright.sync_api import expect

from tests.queue_server.web.desk import Desk


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
