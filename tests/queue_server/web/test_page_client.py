"""The client without a browser sees what the server renders, and does what buttons declare."""

from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient


def test_hidden_parts_are_not_read_and_words_are_apart() -> None:
    page = HtmlPage("<ul><li>A <b>0</b>42</li><li hidden>no</li><li>B<template>x</template></li></ul>")
    assert page.one("ul").text == "A 042 B"


def test_a_visit_is_called_and_started_by_the_buttons_of_the_page(clerk: PageClient) -> None:
    visit = clerk.centre.issue()
    clerk.press(clerk.get("/counter").one("#act-call-next"))
    page = clerk.get("/counter")
    assert page.one("#now")["data-stage"] == "called"
    assert page.one(".ticket .code").text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "") == visit.code
    clerk.press(page.one("#act-start"))
    assert clerk.get("/counter").one("#now")["data-stage"] == "serving"
