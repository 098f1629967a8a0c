"""A member of staff without a browser: signs in over HTTP, reads pages, sends forms, and does what a button declares.

For what a page says in a state. Keys, focus, live updates and layout need a browser (``desk.Desk``).
"""

import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import msgspec
import requests

from queue_server.domain.values import new_id
from tests.queue_server.web.html_page import Element, HtmlPage
from tests.queue_server.web.server import PASSWORD, Centre

_TOKEN = re.compile(r'name="csrf" value="([^"]+)"|data-csrf="([^"]+)"')
#: A server may share a busy processor, in seconds.
_PATIENCE_S = 120


class PageClient:
    """Sends each request with its own session. A page is a snapshot: ask for it again to see what changed."""

    def __init__(
        self, centre: Centre, *, language: str = "en", address: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        """Ask at ``address``, for example the one for phones, instead of the server's; send ``headers`` each time."""
        self.centre, self.server = centre, centre.server
        self.address = address or self.server.address
        self._http = requests.Session()
        self._http.headers.update({"Accept-Language": language, "Origin": self.address} | dict(headers or {}))
        self._csrf = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self._http.close()

    # --- pages and forms -----------------------------------------------------------------------------------------

    def get(self, path: str, status: int | None = 200) -> HtmlPage:
        """Read a page, after redirects; another status than ``status`` fails the test, unless it is None."""
        return self._page(self._http.get(self.address + path, timeout=_PATIENCE_S), status)

    def fetch(self, path: str, status: int = 200) -> requests.Response:
        """Download a file: the answer with its headers."""
        answer = self._http.get(self.address + path, timeout=_PATIENCE_S)
        assert answer.status_code == status, (answer.status_code, answer.url, answer.text[:500])
        return answer

    def post(self, path: str, fields: dict[str, Any] | None = None, status: int | None = 200) -> HtmlPage:
        """Send a form with the CSRF token of the page that was read last; return the page that it leads to."""
        sent = {"csrf": self._csrf} | (fields or {})
        return self._page(self._http.post(self.address + path, data=sent, timeout=_PATIENCE_S), status)

    def submit(self, form: Element, status: int | None = 200, **changed: Any) -> HtmlPage:
        """Send a form of a page as it stands there, with some fields changed."""
        fields = form.fields() | changed
        if (form.get("method") or "get").lower() == "post":
            return self.post(form["action"], fields, status)
        answer = self._http.get(self.address + form["action"], params=fields, timeout=_PATIENCE_S)
        return self._page(answer, status)

    def _page(self, answer: requests.Response, status: int | None) -> HtmlPage:
        assert status in {None, answer.status_code}, (answer.status_code, answer.url, answer.text[:500])
        if found := _TOKEN.search(answer.text):
            self._csrf = found[1] or found[2]
        return HtmlPage(answer.text, answer.url, answer.status_code)

    # --- the API, in this session ----------------------------------------------------------------------------------

    def api(self, path: str, body: Any = None, *, refused: str = "") -> Any:
        """Post to a path below this centre; ``refused`` is the code of the problem that is expected."""
        return self._send(f"/api/v1/centres/{self.centre.id}/{path}", body, refused)

    def read_api(self, path: str) -> Any:
        answer = self._http.get(f"{self.address}/api/v1/centres/{self.centre.id}/{path}", timeout=_PATIENCE_S)
        assert answer.ok, answer.text
        return answer.json()

    def press(self, control: Element, *, refused: str = "", **changed: object) -> Any:
        """Do what a button or a form declares (``data-url`` and ``data-body``), with some fields changed."""
        assert not control.is_disabled, control
        body = msgspec.json.decode(control.get("data-body") or "{}")
        return self._send(control["data-url"], body | changed, refused)

    def _send(self, path: str, body: Any, refused: str) -> Any:
        headers = {"X-CSRF-Token": self._csrf, "Idempotency-Key": new_id()}
        answer = self._http.post(self.address + path, json=body or {}, headers=headers, timeout=_PATIENCE_S)
        if refused:
            assert (answer.ok, answer.json().get("code")) == (False, refused), answer.text
        else:
            assert answer.ok, answer.text
        return answer.json() if answer.text else None

    # --- signing in --------------------------------------------------------------------------------------------------

    def enter(self, login: str, password: str = PASSWORD) -> HtmlPage:
        """Sign in; return the first page of that role."""
        self.get(f"/sign-in?centre={self.centre.id}")
        return self.post("/sign-in", {"centre": self.centre.id, "login": login, "password": password})

    def sit_at(self, counter: str) -> HtmlPage:
        """Choose a counter; return the counter page."""
        self.get("/sign-in/counter")
        return self.post("/sign-in/counter", {"counter": counter})

    def sign_in(self, login: str, counter: str) -> HtmlPage:
        self.enter(login)
        return self.sit_at(counter)

    def open(self, counter: str) -> None:
        """Open the counter at which this client sits."""
        self.api(f"counters/{counter}/open")
