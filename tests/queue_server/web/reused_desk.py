"""A browser at which one member of staff follows another, each at a centre of their own.

A context of its own costs as much as the whole rest of a short test: a process of the browser, and every script and
style sheet read anew.
"""

from playwright.sync_api import Browser

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import Centre
from tests.queue_server.web.succession import Succession


class ReusedDesk(Desk):
    def move_to(self, centre: Centre) -> None:
        """Be at a centre from now on, signed in nowhere, whatever became of the test before."""
        self._clear()
        self.centre, self.server = centre, centre.server
        self.may_be_cut = False

    def leave(self) -> None:
        """Leave nothing to those who follow; what the browser complained of fails the test."""
        complaints = list(self.complaints)
        self._clear()
        assert not complaints, complaints

    def _clear(self) -> None:
        """Have no session, no other page, nothing kept and nothing carried."""
        if self.page.url == "about:blank" and not self.context.cookies():
            return
        self.may_be_cut = True
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        if self.page.url.startswith("http"):
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.page.goto("about:blank")
        self.page.unroute_all(behavior="ignoreErrors")
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.clear_cookies()
        self.complaints.clear()


def reused_desk(browser: Browser, servers: Succession, size: tuple[int, int] = (1440, 900)) -> ReusedDesk:
    """Open a context; whoever sits down at it moves to a centre first."""
    server = servers.current()
    return ReusedDesk(browser, Centre(server, server.unused[0]), size=size)
