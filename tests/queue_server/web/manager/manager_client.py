"""A manager without a browser: reads the page of the whole centre, and presses what it offers."""

from tests.queue_server.web.html_page import Element, HtmlPage
from tests.queue_server.web.manager.office import WELL, report
from tests.queue_server.web.page_client import PageClient


class ManagerClient(PageClient):
    """Elin Marsh. Each method reads the page again."""

    def look(self) -> HtmlPage:
        """Sign in; return the page. The kiosk has just reported that it is well: silence would be an alarm."""
        report(self.centre, WELL)
        return self.enter("elin.marsh")

    def page(self) -> HtmlPage:
        return self.get("/manager")

    def alarms(self) -> list[str]:
        """Return the texts of the alarms; their number is also what the heading says."""
        page = self.page()
        found = page.texts(".alarms li")
        assert page.one(".alarms .count").text == str(len(found))
        return found

    def alarm(self, text: str) -> Element:
        """Return the only alarm that contains a text."""
        return self.page().with_text(".alarms li", text)

    def act(self, selector: str) -> HtmlPage:
        """Press a button; return the page as it is then."""
        self.press(self.page().one(selector))
        return self.page()


def figure(page: HtmlPage, label: str) -> str:
    return page.with_text(".figure-line li", label).one("b").text
