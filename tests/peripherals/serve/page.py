"""What a page of staff says to the program beside its browser, without a browser."""

import http.client
import json
from collections.abc import Iterator
from types import TracebackType
from typing import Any, NamedTuple, Self

from tests.peripherals.serve.bench import Bench

ORIGIN = "https://queue.centre.example:8443"


class Answer(NamedTuple):
    status: int
    body: Any
    headers: dict[str, str]


class Page:
    """Its headers are those of the right page, but for what a test says otherwise; None leaves a header out."""

    def __init__(self, bench: Bench, origin: str = ORIGIN) -> None:
        self.bench = bench
        self.origin = origin
        self.token: str | None = None

    def pair(self, code: str | None = None) -> Answer:
        answer = self.ask("POST", "/v1/pair", {"code": code or self.bench.code(), "name": "Chromium"})
        if answer.status == 200:
            self.token = answer.body["token"]
        return answer

    def ask(self, method: str, path: str, body: object = None, **headers: str | None) -> Answer:
        with self._send(method, path, body, headers) as line:
            text = line.response.read()
            kind = line.response.headers.get("Content-Type", "")
            found = json.loads(text) if kind.startswith("application/json") else text
            return Answer(line.response.status, found, {k.lower(): v for k, v in line.response.headers.items()})

    def follow(self, method: str, path: str, body: object = None) -> "Line":
        """Open a line of news."""
        return self._send(method, path, body, {})

    def _send(self, method: str, path: str, body: object, headers: dict[str, str | None]) -> "Line":
        said: dict[str, str | None] = {"Host": f"127.0.0.1:{self.bench.port}", "Origin": self.origin}
        if self.token is not None:
            said["Authorization"] = f"Bearer {self.token}"
        raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        if raw is not None:
            said["Content-Type"] = "application/json"
            said["Content-Length"] = str(len(raw))
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.bench.port, timeout=60)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in said.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(raw)
        return Line(connection)


class Line:
    """An answer that comes line by line."""

    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self._connection = connection
        self.response = connection.getresponse()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self.response.close()
        self._connection.close()

    def news(self) -> Iterator[dict[str, Any]]:
        """Give what comes, without the beats."""
        while line := self.response.readline():
            found = json.loads(line)
            if "beat" not in found:
                yield found

    def until(self, **wanted: object) -> dict[str, Any]:
        """Wait for news that say this; gives all of them."""
        heard = []
        for one in self.news():
            heard.append(one)
            if all(one.get(name) == value for name, value in wanted.items()):
                return one
        raise AssertionError(f"the line has ended without {wanted}: {heard}")
