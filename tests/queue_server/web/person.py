"""Somebody whose account is made for a test by the command line, at work in Chromium by keyboard."""

import re
from typing import NamedTuple

from playwright.sync_api import Browser, expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_account import staff


class Hired(NamedTuple):
    login: str
    password: str


def hire(centre: Centre, name: str, *roles: str) -> Hired:
    """Make an account with ``queue-server staff`` while the server runs; the login exists in no other test."""
    login = f"{name.split(maxsplit=1)[0].lower()}.{centre.id}"
    said = [word for role in roles for word in ("--role", role)]
    added = staff(centre.server, "add", login, "--name", name, "--centre", centre.id, *said)
    return Hired(login, added.splitlines()[-1])


class Person(Desk):
    """A member of staff with a browser and an account of their own."""

    def __init__(self, browser: Browser, centre: Centre, name: str, *roles: str) -> None:
        super().__init__(browser, centre)
        self.login, self.password = hire(centre, name, *roles)

    def come(self, path: str) -> None:
        """Sign in, and wait for the page of the role."""
        self.enter(self.login, self.password)
        self.page.wait_for_url(f"**{path}")
        self.is_live()

    def roles(self, *said: str) -> None:
        staff(self.server, "roles", self.login, "--centre", self.centre.id, *said)

    def find(self, code: str) -> None:
        """Find a visit by its ticket, and look at its money."""
        self.dialog("Slash")
        self.page.keyboard.type(code)
        expect(self.page.locator("dialog[open] [data-find]")).to_have_attribute("data-shown", code)
        expect(self.page.locator("dialog[open] [data-found] input:checked")).to_have_count(1)
        self.press("Enter")
        self.page.wait_for_url("**/cash?visit=*")
        self.is_live()
        assert self.code() == code

    def dialog(self, key: str) -> None:
        self.press(key)
        expect(self.page.locator("dialog[open]")).to_be_visible()
        if key == "KeyS":
            expect(self.page.locator("dialog[open] [data-found] > *")).to_have_count(1)

    def does(self, *keys: str) -> None:
        """Press keys in a dialog, the last of which closes it."""
        for key in keys:
            if len(key) > 1 and re.fullmatch(r"Enter|Arrow\w+|Digit\d|Tab", key):
                self.press(key)
            else:
                self.page.keyboard.type(key)
        expect(self.page.locator("dialog[open]")).to_have_count(0)

    def walk(self, name: str) -> None:
        """Press a link or a button: with Tab until it has the focus, then Enter."""
        for _ in range(40):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.textContent.trim()") == name:
                self.press("Enter")
                return
        raise AssertionError(name)

    def line(self, text: str) -> None:
        expect(self.page.locator("#money-line")).to_have_text(text)
