"""What a page of the tests waits for is the server, however slow the machine is."""

from tests.queue_server.web.chromium import ANSWER_MS
from tests.queue_server.web.desk import Desk

ASKED = "htmx.config.defaultTimeout"


def test_a_page_waits_longer_than_in_use_until_the_server_is_taken_away(desk: Desk) -> None:
    assert desk.page.evaluate(ASKED) == ANSWER_MS
    desk.cut(lambda: None)
    assert desk.page.evaluate(ASKED) == 8000
