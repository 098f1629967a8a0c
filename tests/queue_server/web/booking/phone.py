"""A telephone without scripts: it reads pages, follows links and sends forms over real HTTP, and works out proofs."""

import http.client
import json
import time
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import altcha

from tests.queue_server.web.html_page import Element, HtmlPage

PATIENCE_S = 60
#: Redirects that a browser follows at most.
_REDIRECTS = 5


class Page(HtmlPage):
    """What a telephone sees of an answer; ``html`` is all that it was sent, also where that is no page."""

    def __init__(self, status: int, address: str, headers: http.client.HTTPMessage, body: bytes) -> None:
        sent = body.decode("utf-8", "replace")
        is_page = "text/html" in headers.get("Content-Type", "")
        super().__init__(sent if is_page and sent else "<html></html>", address, status)
        self.html, self.headers, self.body = sent, headers, body

    @property
    def links(self) -> list[str]:
        return [link["href"] for link in self.all("a[href]")]

    @property
    def form(self) -> Element:
        """The last form: what leads on stands at the end of a page."""
        return self.all("form")[-1]

    @property
    def action(self) -> str:
        return self.form["action"]

    @property
    def method(self) -> str:
        return (self.form.get("method") or "get") if self.has("form") else "get"

    @property
    def proof(self) -> str:
        return self.form.get("data-proof") or ""

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of all forms of the page."""
        return {field["name"]: field.get("value") or "" for field in self.all("input[type=hidden]")}

    @property
    def times(self) -> list[str]:
        return [field["value"] for field in self.all("input[name=at]:not([type=hidden])")]

    def link(self, part: str) -> str:
        return next(one for one in self.links if part in one)

    @property
    def days(self) -> list[str]:
        """The addresses of the days that can be chosen."""
        return [one.partition("#")[0] for one in self.links if "&day=" in one and one.endswith("#times")]

    def query(self, name: str) -> str:
        return parse_qs(urlsplit(self.address).query)[name][0]


class Phone:
    """``source`` is its address in the network."""

    def __init__(self, server: str, centre: str, source: str = "127.0.0.1", language: str = "en") -> None:
        self.server, self.centre, self.source, self.language = server, centre, source, language
        self.home = f"/book/{centre}"

    def ask(self, method: str, address: str, body: bytes | None = None, **headers: str) -> Page:
        """Ask once; a redirect is an answer."""
        at = urlsplit(urljoin(self.server, address))
        line = http.client.HTTPConnection(at.netloc, timeout=PATIENCE_S, source_address=(self.source, 0))
        try:
            path = f"{at.path}?{at.query}" if at.query else at.path
            sent = {"Accept": "text/html", "Accept-Language": self.language, **headers}
            line.request(method, path, body, {name.replace("_", "-"): value for name, value in sent.items()})
            answer = line.getresponse()
            return Page(answer.status, path, answer.headers, answer.read())
        finally:
            line.close()

    def _follow(self, page: Page) -> Page:
        for _ in range(_REDIRECTS):
            if page.status != 303:
                return page
            page = self.ask("GET", page.headers["Location"])
        raise AssertionError(page.address)

    def open(self, address: str) -> Page:
        return self._follow(self.ask("GET", address))

    def post(self, address: str, fields: dict[str, str]) -> Page:
        """Send a form, and be led to where it leads."""
        return self._follow(self.post_once(address, fields))

    def post_once(self, address: str, fields: dict[str, str]) -> Page:
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", address, urlencode(fields).encode(), Content_Type=kind, Origin=self.server)

    def send(self, page: Page, **fields: str) -> Page:
        """Send the form of a page."""
        filled = page.hidden | fields
        if page.method == "post":
            return self.post(page.action, filled)
        query = urlencode(filled)
        return self.open(f"{page.action}{'&' if '?' in page.action else '?'}{query}")

    # --- the way to an appointment -------------------------------------------------------------------------------

    def times(self, service: str = "uto-passport-renewal", **people: str) -> Page:
        """Choose a service and how many come; gives the page of times of the third day: it can be changed for long."""
        page = self.open(f"{self.home}/people?service={service}&lang={self.language}")
        party = people or {"age_adult": "1"}
        page = self.send(page, **{name.replace("_", "-"): count for name, count in party.items()})
        return self.open(page.days[2])

    def hold(self, page: Page, at: str, *, with_proof: bool = True) -> Page:
        """Take a time of a page; gives the next page, which asks for details."""
        fields = {"at": at}
        if with_proof:
            fields["altcha"] = solve(page.proof)
        page = self.send(page, **fields)
        return page if with_proof else self.wait(page)

    def wait(self, page: Page) -> Page:
        """Wait as long as a page asks one to, and go on."""
        end = time.monotonic() + PATIENCE_S
        while "/wait" in page.address and time.monotonic() < end:
            if page.method == "get":
                time.sleep(0.1)
            page = self.send(page)
        return page

    def book(self, **details: str) -> Page:
        """Book the first free time; gives the page of the appointment."""
        page = self.times()
        return self.send(self.hold(page, page.times[0]), **details)


def solve(challenge: str) -> str:
    """Work out a challenge, as the worker of a browser does."""
    found = altcha.Challenge.from_dict(json.loads(challenge))
    solution = altcha.solve_challenge(found)
    assert solution is not None
    return altcha.Payload(found, solution).to_base64()
