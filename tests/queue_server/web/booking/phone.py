"""A telephone without scripts: it reads pages, follows links and sends forms over real HTTP, and works out proofs."""

import http.client
import json
import re
import time
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import altcha

PATIENCE_S = 60
#: Redirects that a browser follows at most.
_REDIRECTS = 5


class Page(HTMLParser):
    """What a telephone sees of an answer."""

    def __init__(self, status: int, address: str, headers: http.client.HTTPMessage, body: bytes) -> None:
        super().__init__()
        self.status, self.address, self.headers, self.body = status, address, headers, body
        self.text = body.decode("utf-8", "replace")
        self.links: list[str] = []
        self.action, self.method, self.proof = "", "get", ""
        self.fields: list[tuple[str, str]] = []
        self.times: list[str] = []
        if "text/html" in headers.get("Content-Type", ""):
            self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            self.action, self.method = given["action"], given.get("method", "get")
            self.proof = given.get("data-proof", "")
        elif tag == "input" and given.get("type") == "hidden":
            self.fields.append((given["name"], given["value"]))
        elif tag == "input" and given.get("name") == "at":
            self.times.append(given["value"])

    @property
    def said(self) -> str:
        """Its words, one space between them."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.text)).split())

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
        filled = {**dict(page.fields), **fields}
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
