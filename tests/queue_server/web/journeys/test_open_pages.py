"""What is pushed to open pages in Chromium: to each its parts in its words, and to nobody who may not see them."""

import http.client
import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Browser, Route, expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.held import wait_until_carried
from tests.queue_server.web.reception_desk import issued, receive, scan, shows
from tests.queue_server.web.server import COMMAND, Centre
from tests.queue_server.web.test_account import person

_RECORD = """() => {
  window.pushed = [];
  addEventListener('htmx:sse:before:message', ({ detail: { message } }) => {
    if (message.event === 'page') window.pushed.push(message.data);
  }, { capture: true });
}"""


def record(desk: Desk) -> None:
    """Keep what is pushed from now on; nothing is fetched any more."""
    desk.may_be_cut = True
    desk.page.evaluate(_RECORD)
    desk.page.route("**/page", lambda route: route.abort())


def pushed(desk: Desk) -> list[dict[str, Any]]:
    return [json.loads(one) for one in desk.page.evaluate("window.pushed")]


def text_of(desk: Desk) -> str:
    return " ".join(part for one in pushed(desk) for part in one["parts"].values())


def test_each_page_is_sent_its_own_parts_in_its_own_words(browser: Browser, centre: Centre, desk: Desk) -> None:
    with Desk(browser, centre, language="fr") as other, Desk(browser, centre) as front:
        other.sign_in("samir.nasser", "4")
        other.open()
        receive(front)
        first = centre.issue()
        for one in (desk, other):
            one.waits(1)
        issued(front, 1)
        for one in (desk, other, front):
            record(one)
        centre.issue()
        for one in (desk, other):
            one.waits(2)
        issued(front, 2)
        desk.press("Space")
        desk.stage("called")
        assert desk.code() == first.code
        other.waits(1)
        expect(other.page.locator(".colleagues li").first).to_contain_text("appelé")
        expect(front.page.locator("#found-rows")).to_contain_text("called")
        heading = other.page.locator(".queue h2").inner_text().split()[0]
        assert heading in text_of(other)
        assert "Your queue" in text_of(desk)
        assert "Your queue" not in text_of(other)
        # What can be done with the visit, and the tokens of a session, are for the page of that session alone.
        assert 'data-act="transfer"' in text_of(desk)
        for one in (other, front):
            assert 'data-act="transfer"' not in text_of(one)
            token = desk.page.locator("#page").get_attribute("data-csrf")
            assert token
            assert token not in text_of(one)
        assert "hand" not in {name for one in pushed(other) for name in one["marks"]}


def test_what_a_page_looks_at_is_what_it_is_sent(centre: Centre, reception: Desk, desk: Desk) -> None:
    visit = centre.issue("uto-birth")
    issued(reception, 1)
    scan(reception, visit.code)
    shows(reception, visit.code)
    desk.waits(1)
    # The line knows what was fetched last.
    centre.issue("uto-birth")
    issued(reception, 2)
    record(reception)
    desk.press("Space")
    desk.stage("called")
    expect(reception.page.locator("#hand .ticket-head")).to_contain_text("alled")
    assert pushed(reception)[-1]["asked"][0] == visit.id


@contextmanager
def line(desk: Desk) -> Iterator[http.client.HTTPResponse]:
    """Keep a line of the page's session beside the page, as it comes from the server."""
    connection = http.client.HTTPConnection("127.0.0.1", desk.server.port, timeout=60)
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in desk.context.cookies())
    connection.request("GET", "/counter/live?page=beside", headers={"Cookie": cookies, "Accept": "text/event-stream"})
    answer = connection.getresponse()
    assert answer.status == 200
    yield answer
    connection.close()


def frame(answer: http.client.HTTPResponse, kind: str) -> bytes:
    """Read up to the next frame of a kind."""
    while True:
        lines = []
        while (read := answer.readline()) != b"\n":
            assert read, "the line has ended"
            lines.append(read)
        if f"event: {kind}\n".encode() in lines:
            return b"".join(lines)


def rest_of(answer: http.client.HTTPResponse) -> bytes:
    """Read until the server cuts the line."""
    read = b""
    with suppress(http.client.IncompleteRead, ConnectionError):
        while more := answer.read1():
            read += more
    return read


def lock(desk: Desk) -> None:
    """As the page does where nobody is at it."""
    desk.page.evaluate(
        """() => fetch('/lock', {method: 'POST',
             headers: {'X-CSRF-Token': document.getElementById('page').dataset.csrf}})"""
    )


def disable(desk: Desk) -> None:
    """By another process, of which this server hears nothing."""
    subprocess.run([COMMAND, "staff", "disable", "disable.varga", "--data", desk.server.data], check=True)


@pytest.mark.parametrize("how", [lock, disable])
def test_whose_access_has_ended_is_sent_nothing_more(
    browser: Browser, centre: Centre, how: Callable[[Desk], None]
) -> None:
    login = f"{how.__name__}.varga"
    password = person(centre, login)
    with Desk(browser, centre) as desk, Desk(browser, centre) as other:
        desk.may_be_cut = True
        desk.enter(login, password)
        desk.sit_at("3")
        desk.open()
        other.sign_in("samir.nasser", "4")
        other.open()
        with line(desk) as answer:
            centre.issue()
            frame(answer, "page")
            how(desk)
            # What was believed a moment ago is asked again before anything is sent.
            other.page.wait_for_timeout(600)
            centre.issue()
            other.waits(2)
            rest = rest_of(answer)
        assert b"event: page" not in rest


def test_a_page_that_lacks_something_fetches_itself_whole(desk: Desk) -> None:
    desk.centre.issue()
    desk.waits(1)
    # As if a frame had been lost: what the page has is not what the server takes it to have.
    desk.page.evaluate("document.querySelector('[data-part=top]').dataset.drawn = 'lost'")
    with desk.page.expect_response("**/counter/page"):
        desk.centre.issue()
    desk.waits(2)
    expect(desk.page.locator("[data-part=top]:not([data-drawn=lost])")).to_have_count(1)


def test_a_page_whose_line_was_away_is_whole_again_and_then_pushed_to(desk: Desk) -> None:
    desk.may_be_cut = True
    desk.centre.issue()
    desk.waits(1)
    desk.cut(desk.server.freeze)
    expect(desk.page.locator("body.away")).to_have_count(1)
    desk.server.thaw()
    desk.is_live()
    desk.centre.issue()
    desk.waits(2)
    record(desk)
    desk.centre.issue()
    desk.waits(3)


def test_what_was_pushed_is_not_drawn_over_by_what_was_fetched_before(desk: Desk) -> None:
    """A key of the page would be dead meanwhile, as what was done is not on the page."""
    desk.centre.issue()
    desk.waits(1)
    came: list[tuple[Route, APIResponse]] = []
    desk.page.route("**/counter/page", lambda route: came.append((route, route.fetch())), times=1)
    wait_until_carried(desk.page)
    desk.page.evaluate(
        """() => {
          window.stages = [];
          const note = () => window.stages.push(document.getElementById('now').dataset.stage);
          new MutationObserver(note).observe(document.body, {subtree: true, childList: true, attributes: true});
          htmx.trigger(document.getElementById('page'), 'live:refresh');
        }"""
    )
    while not came:
        desk.page.wait_for_timeout(50)
    with desk.page.expect_response("**/call-next"):
        desk.press("Space")
    # Time in which it would be drawn too soon.
    desk.page.wait_for_timeout(500)
    ((route, answer),) = came
    route.fulfill(response=answer)
    desk.stage("called")
    stages = desk.page.evaluate("window.stages")
    assert "idle" not in stages[stages.index("called") :]
