"""A counter with money, in Chromium: a cashier calls visitors and opens what has to be paid."""

import re

from playwright.sync_api import expect

from queue_server.contract.visits import VisitView
from tests.queue_server.web.desk import Desk


class Till(Desk):
    def sit(self, login: str = "paula.costa", counter: str = "3") -> None:
        self.sign_in(login, counter)
        self.open()

    def call(self, service: str) -> VisitView:
        """Issue a ticket and call it, even if others wait."""
        visit = self.centre.issue(service)
        self.fetch(visit.code)
        return visit

    def fetch(self, code: str) -> None:
        expect(self.page.locator("#act-particular:not([aria-disabled=true])")).to_have_count(1)
        self.press("KeyG")
        self.page.fill("dialog[open] [data-search]", code)
        expect(self.page.locator("dialog[open] [data-found] input:checked")).to_have_count(1)
        self.press("Enter")
        self.stage("called")
        assert self.code() == code

    def line(self, text: str) -> None:
        expect(self.page.locator("#money-line")).to_have_text(text)

    def dialog(self, key: str) -> None:
        self.press(key)
        expect(self.page.locator("dialog[open]")).to_be_visible()
        if key == "KeyS":
            expect(self.page.locator("dialog[open] [data-found] > *")).to_have_count(1)

    def needs(self, count: int) -> None:
        shown = self.page.locator(".bar .count")
        expect(shown).to_have_count(1 if count else 0)
        if count:
            expect(shown).to_have_text(re.compile(rf"^{count} "))

    def closed(self) -> None:
        expect(self.page.locator("dialog[open]")).to_have_count(0)
