"""A page is looked at once it is there, and what is wrong with it is found."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from tests.queue_server.web.accessibility import violations

#: So long, in seconds, the second page is empty; whoever looks at it at once sees nothing.
_EMPTY_S = 0.3
_PAGE = b'<!doctype html><html lang="en"><title>Page</title><main><h1>Page</h1>%s</main></html>'


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path == "/slow":
            self.wfile.write(b"<!-- -->")
            time.sleep(_EMPTY_S)
            self.wfile.write(_PAGE % b'<img src="data:,">')
        else:
            self.wfile.write(_PAGE % b'<a href="/slow">Go on</a>')

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_that_comes_slowly_is_waited_for(browser: Browser, address: str) -> None:
    with browser.new_page() as page:
        page.goto(address)
        assert violations(page) == []
        page.locator("a").click()
        (found,) = violations(page)
        assert found.startswith("image-alt: ")
