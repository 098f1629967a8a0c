"""Whoever else on this computer asks: other pages, other names, other programs, old pairings, floods."""

import contextlib
import json
import socket
from itertools import product
from pathlib import Path

import pytest

from tests.peripherals.serve.bench import Bench
from tests.peripherals.serve.page import ORIGIN, Page
from tests.queue_server.people.sealed import GENUINE

ROUTES = [
    ("GET", "/v1/desk"),
    ("GET", "/v1/events"),
    ("POST", "/v1/pair"),
    ("POST", "/v1/read"),
    ("POST", "/v1/can"),
    ("POST", "/v1/print"),
    ("OPTIONS", "/v1/read"),
    ("GET", "/nothing"),
]
#: What a page of another site, a page that has no origin, and a program that has never heard of any would send.
FOREIGN = [
    "https://evil.example",
    "https://queue.centre.example",
    "http://queue.centre.example:8443",
    "https://queue.centre.example:8443.evil.example",
    "https://evil.example/https://queue.centre.example:8443",
    "null",
    None,
]


def test_another_page_hears_nothing_but_no(page: Page) -> None:
    for origin, (method, path) in product(FOREIGN, ROUTES):
        body: object = {} if method == "POST" else None
        answer = page.ask(method, path, body, Origin=origin)
        assert (answer.status, answer.body) == (403, {"code": "desk-origin"}), (origin, method, path)
        assert not [name for name in answer.headers if name.startswith("access-control")], (origin, method, path)


def test_a_name_that_was_bound_to_this_computer_afterwards_is_refused(page: Page) -> None:
    # DNS rebinding: the page is evil.example's, its name leads to 127.0.0.1.
    for host in ("evil.example", f"evil.example:{page.bench.port}", "127.0.0.1", "127.0.0.1:1", "[::1]:8642", ""):
        for origin in (ORIGIN, f"http://{host}"):
            answer = page.ask("GET", "/v1/desk", Host=host, Origin=origin)
            assert answer.status in {400, 403}, host
            assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_request_with_two_origins_or_hosts_is_refused(page: Page) -> None:
    for twice in (f"Origin: {ORIGIN}\r\nOrigin: https://evil.example", f"Origin: {ORIGIN}\r\nHost: evil.example"):
        answer = raw(
            page.bench,
            f"GET /v1/desk HTTP/1.1\r\nHost: 127.0.0.1:{page.bench.port}\r\n{twice}\r\n"
            f"Authorization: Bearer {page.token}\r\nConnection: close\r\n\r\n",
        )
        assert answer.split(b" ")[1] in {b"400", b"403"}, answer
        assert b"paired" not in answer


def raw(bench: Bench, text: str) -> bytes:
    with socket.create_connection(("127.0.0.1", bench.port), timeout=60) as line:
        line.sendall(text.encode())
        found = b""
        while part := line.recv(4096):
            found += part
    return found


def test_it_listens_on_loopback_alone(bench: Bench) -> None:
    listening = Path("/proc/net/tcp").read_text().splitlines()[1:]
    here = [line.split()[1] for line in listening if line.split()[1].endswith(f":{bench.port:04X}")]
    assert here
    assert {one.partition(":")[0] for one in here} == {"0100007F"}
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("::1", bench.port), timeout=5)


def test_the_right_page_may_ask_what_it_asks_and_no_more(page: Page) -> None:
    answer = page.ask(
        "OPTIONS",
        "/v1/read",
        Authorization=None,
        Access_Control_Request_Method="POST",
        Access_Control_Request_Private_Network="true",
    )
    assert answer.status == 204
    found = {name: value for name, value in answer.headers.items() if name.startswith("access-control")}
    assert found == {
        "access-control-allow-origin": ORIGIN,
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "authorization, content-type",
        "access-control-allow-private-network": "true",
        "access-control-max-age": "600",
    }
    assert (answer.headers["vary"], answer.headers["cache-control"]) == ("Origin", "no-store")
    plain = page.ask("OPTIONS", "/v1/read", Access_Control_Request_Method="POST")
    assert "access-control-allow-private-network" not in plain.headers
    # No credentials of a browser are ever taken, and no origin but the one.
    assert "access-control-allow-credentials" not in answer.headers


def test_without_a_pairing_nothing_is_read_or_printed(bench: Bench) -> None:
    page = Page(bench)
    assert page.ask("GET", "/v1/desk").body == {"version": 1, "paired": False}
    for token in (None, "", "x" * 43, "null"):
        page.token = token
        for method, path in (("GET", "/v1/events"), ("POST", "/v1/read"), ("POST", "/v1/can"), ("POST", "/v1/print")):
            answer = page.ask(method, path, {"can": ""} if method == "POST" else None)
            assert (answer.status, answer.body) == (401, {"code": "desk-unpaired"}), (token, path)


def test_a_code_is_tried_a_few_times_and_never_works_again(bench: Bench) -> None:
    page = Page(bench)
    assert page.pair("00000000").body == {"code": "desk-code-expired"}
    code: str = bench.desk("pair", "--json")[0]["code"]
    other = f"{(int(code) + 1) % 100_000_000:08}"
    for left in (4, 3, 2, 1, 0):
        assert page.pair(other).body == {"code": "desk-code-wrong", "left": left}
    assert page.pair(code).body == {"code": "desk-code-expired"}
    code = bench.code()
    assert page.pair(code).status == 200
    assert page.pair(code).body == {"code": "desk-code-expired"}
    for wrong in ("1234567", "12345678\n", "abcdefgh", "١٢٣٤٥٦٧٨"):
        assert page.ask("POST", "/v1/pair", {"code": wrong}).body == {"code": "desk-request"}


def test_a_code_lives_for_its_time_alone(tmp_path: Path) -> None:
    with Bench(tmp_path, ORIGIN, agent="code_s = 10") as bench:
        page, code = Page(bench), bench.code()
        file = bench.data / "pairings.json"
        held = json.loads(file.read_text())
        held["offer"]["until"] -= 10
        file.write_text(json.dumps(held))
        assert page.pair(code).body == {"code": "desk-code-expired"}


def test_an_old_pairing_that_is_played_again_is_refused(page: Page) -> None:
    with page.follow("GET", "/v1/events") as line:
        line.until(trust="")
        (listed,) = page.bench.desk("list")
        assert listed["browser"] == "Chromium"
        assert page.bench.desk("revoke", listed["pairing"]) == [{"revoked": 1}]
        # An open line hears of it too, and ends.
        assert line.until(code="desk-unpaired")
        assert list(line.news()) == []
    assert page.ask("GET", "/v1/desk").body == {"code": "desk-unpaired"}
    assert page.bench.desk("revoke", listed["pairing"]) == [{"revoked": 0}]


def test_a_pairing_belongs_to_the_pages_that_made_it(page: Page) -> None:
    bench = page.bench
    bench.stop()
    other = "https://another.centre.example"
    bench.settings.write_text(bench.settings.read_text().replace(ORIGIN, other))
    bench.start()
    page.origin = other
    assert page.ask("GET", "/v1/desk").body == {"code": "desk-unpaired"}


def test_the_file_keeps_no_token_and_is_for_its_owner_alone(page: Page) -> None:
    file = page.bench.data / "pairings.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert page.bench.data.stat().st_mode & 0o777 == 0o700
    assert page.token is not None
    assert page.token not in file.read_text()
    assert page.token not in page.bench.log.read_text()
    file.chmod(0o644)
    assert page.ask("GET", "/v1/desk").body["code"] == "desk-settings"


def test_a_flood_is_refused_and_leaves_the_page_served(tmp_path: Path) -> None:
    with Bench(tmp_path, ORIGIN, agent="requests_s = 5\nrequests_at_once = 4") as bench:
        stranger = Page(bench, "https://evil.example")
        found = {stranger.ask("GET", "/v1/desk").body["code"] for _ in range(40)}
        assert found == {"desk-origin", "desk-rate-limited"}
        page = Page(bench)
        while page.ask("GET", "/v1/desk").status == 429:
            pass
        with contextlib.ExitStack() as lines:
            # Lines that never say anything do not keep others out either.
            for _ in range(50):
                lines.enter_context(socket.create_connection(("127.0.0.1", bench.port), timeout=60))
            while (answer := page.ask("GET", "/v1/desk")).status == 429:
                pass
            assert answer.body["version"] == 1


UNUSUAL: list[tuple[str, object]] = [
    ("/v1/read", {"visit": "no id", "key": "A" * 43}),
    ("/v1/read", {"visit": "01997000-0000-7000-8000-000000000001", "key": "A" * 42}),
    ("/v1/read", {"visit": "01997000-0000-7000-8000-000000000001", "key": "%%%"}),
    ("/v1/read", b"[" * 100_000),
    ("/v1/read", b"\xff\xfe"),
    ("/v1/can", {"can": "12345"}),
    ("/v1/can", {"can": "123456"}),
    ("/v1/print", b""),
]


def test_what_no_page_sends_is_refused(page: Page) -> None:
    for path, body in UNUSUAL:
        headers = {"Content-Type": "application/octet-stream"} if path == "/v1/print" else {}
        answer = page.ask("POST", path, body, **headers)
        assert (answer.status, answer.body) == (400, {"code": "desk-request"}), (path, body)


def test_a_body_is_never_longer_than_the_longest_paper(page: Page) -> None:
    answer = page.ask("POST", "/v1/print", bytes(2 << 20), Content_Type="application/octet-stream")
    assert (answer.status, answer.body) == (413, {"code": "desk-request"})


def test_the_log_names_nobody(page: Page) -> None:
    assert GENUINE.number not in page.bench.log.read_text()
