"""A real push service on loopback (RFC 8030), with TLS; it checks who sends with a library by other hands (joserfc)."""

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from queue_server.tls import authority, init_tls, server_context

PATIENCE_S = 60
#: Breaks the line off instead of an answer.
CUT = 0
#: Answers nothing until it is stopped.
SILENT = -1


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check_token(header: str, origin: str, now: float) -> tuple[dict[str, Any], str]:
    """Check the header of a message as RFC 8292 wants it; gives its claims, and the key with which it was signed."""
    scheme, _, rest = header.partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert parts.keys() == {"t", "k"}
    point = decode(parts["k"])
    assert (len(point), point[0]) == (65, 4), "an uncompressed point of P-256"
    halves = (base64.urlsafe_b64encode(half).rstrip(b"=").decode() for half in (point[1:33], point[33:]))
    x, y = halves
    key = ECKey.import_key({"kty": "EC", "crv": "P-256", "x": x, "y": y})
    token = jwt.decode(parts["t"], key, algorithms=["ES256"])
    claims = jwt.JWTClaimsRegistry(
        now=int(now), aud={"essential": True, "value": origin}, exp={"essential": True}, sub={"essential": True}
    )
    claims.validate(token.claims)
    assert token.claims["exp"] <= now + 24 * 3600, "no longer than a day"
    return dict(token.claims), parts["k"]


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of lines that break off: tests break them off."""


class PushService:
    """Takes messages. ``answers`` are given first, as long as there are any; ``wrong`` is what it found wrong.

    A phone that is known to have ``subscribed`` with a key is told by that one alone (RFC 8292, section 4.2).
    """

    def __init__(self, folder: Path) -> None:
        init_tls(folder)
        found = authority(folder)
        assert found is not None
        self.ca_file = found[0]
        self.answers: list[int] = []
        self.taken: list[str] = []
        self.keys: set[str] = set()
        self.subscribed: dict[str, str] = {}
        #: By which key each phone was told last.
        self.signed: dict[str, str] = {}
        self.wrong: list[str] = []
        self._over = threading.Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                service.take(self)

            def do_GET(self) -> None:
                service.wrong.append(f"GET {self.path}")
                self.send_error(405)

            def log_message(self, *_: object) -> None:
                pass

        self._server = _Listener(("127.0.0.1", 0), Handler)
        # The handshake is done by the thread of the line: one that fails holds up nobody.
        self._server.socket = server_context(folder).wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def origin(self) -> str:
        return f"https://localhost:{self.port}"

    def endpoint(self, name: str) -> str:
        return f"{self.origin}/send/{name}"

    def take(self, request: BaseHTTPRequestHandler) -> None:
        """Take one message."""
        try:
            self._check(request)
        except Exception as error:  # noqa: BLE001 - whatever is wrong fails the test
            self.wrong.append(repr(error))
        name = request.path.removeprefix("/send/")
        usual = 201 if self.subscribed.get(name, self.signed.get(name)) == self.signed.get(name) else 403
        answer = self.answers.pop(0) if self.answers else usual
        if answer == SILENT:
            over = self._over
            over.wait(PATIENCE_S)
            answer = CUT
        if answer == CUT:
            request.close_connection = True
            request.connection.close()
            return
        if answer == 201:
            self.taken.append(name)
        request.send_response(answer)
        if answer in (301, 302, 307, 308):
            request.send_header("Location", self.endpoint("redirected"))
        request.send_header("Content-Length", "0")
        request.end_headers()

    def _check(self, request: BaseHTTPRequestHandler) -> None:
        headers = request.headers
        _, key = check_token(headers["Authorization"], self.origin, time.time())
        self.keys.add(key)
        self.signed[request.path.removeprefix("/send/")] = key
        assert int(headers["TTL"]) >= 0
        assert headers["Urgency"] == "high"
        assert len(headers["Topic"]) <= 32
        assert headers["Content-Length"] == "0"
        assert "Content-Encoding" not in headers
        assert "Cookie" not in headers

    def let_go(self) -> None:
        """Break off the lines on which it is silent."""
        over, self._over = self._over, threading.Event()
        over.set()

    def wait_for(self, count: int) -> list[str]:
        """Wait until so many messages were taken."""
        end = time.monotonic() + PATIENCE_S
        while len(self.taken) < count and time.monotonic() < end:
            time.sleep(0.02)
        assert not self.wrong, self.wrong
        assert len(self.taken) >= count
        return self.taken

    def wait_until_asked(self) -> None:
        """Wait until all answers were given."""
        end = time.monotonic() + PATIENCE_S
        while self.answers and time.monotonic() < end:
            time.sleep(0.02)
        assert not self.answers


@contextmanager
def push_service(folder: Path) -> Iterator[PushService]:
    """Run one."""
    service = PushService(folder)
    service._thread.start()
    try:
        yield service
    finally:
        service.let_go()
        service._server.shutdown()
        service._server.server_close()
