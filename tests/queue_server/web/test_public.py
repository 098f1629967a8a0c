"""Phones have an address of their own: a flood there leaves staff and devices served; the server in its own process."""

import http.client
import json
import re
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.framework.rates import Rates

COMMAND = str(Path(sys.executable).parent / "queue-server")
PATIENCE_S = 60
LIMIT = 8
LOGIN = "amina.haddad"


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests block: what is tried runs in a process of its own."""


def command(data: Path, *arguments: str) -> str:
    ran = CliRunner().invoke(app, [*arguments, "--data", str(data)])
    assert ran.exit_code == 0, ran.output
    return ran.output.splitlines()[-1]


@contextmanager
def serving(data: Path, settings: str = "", *options: str) -> Iterator[tuple[str, str]]:
    """Serve staff and phones apart; gives both addresses."""
    (data / "settings.toml").write_text(f"[http]\nconnections = {LIMIT}\npublic_connections = 24\n{settings}\n")
    line = [COMMAND, "serve", "--data", str(data), "--port", "0", "--public", "127.0.0.1:0", *options]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            said = json.loads(server.stdout.readline())
            yield said["listening"], said["public"]
        finally:
            server.terminate()


#: Opens what is there for somebody whom no cookie knows.
STRANGER = urllib.request.build_opener()


def status(asked: str | urllib.request.Request, browser: urllib.request.OpenerDirector = STRANGER) -> int:
    try:
        with browser.open(asked, timeout=PATIENCE_S) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def refusal(address: str, browser: urllib.request.OpenerDirector = STRANGER) -> str:
    """Read what is said where nothing is found."""
    with pytest.raises(urllib.error.HTTPError) as found:
        browser.open(address, timeout=PATIENCE_S)
    assert found.value.code == 404
    return found.value.read().decode()


def sign_in(staff: str, password: str) -> urllib.request.OpenerDirector:
    """Sign in as a browser does."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(f"{staff}/sign-in?centre=demo", timeout=PATIENCE_S) as page:
        csrf = re.search(r'name="csrf" value="([^"]+)"', page.read().decode())
    assert csrf is not None
    form = urllib.parse.urlencode({"csrf": csrf[1], "login": LOGIN, "centre": "demo", "password": password})
    asked = urllib.request.Request(f"{staff}/sign-in", form.encode(), {"Origin": staff})  # noqa: S310 - our own server
    with browser.open(asked, timeout=PATIENCE_S) as page:
        assert page.url.endswith("/sign-in/counter"), page.url
    return browser


def enrol(staff: str, data: Path) -> tuple[dict[str, Any], str]:
    """Enrol a kiosk; gives what it is told, and a path of the API that it may read."""
    code = command(data, "enrol-code", "--kind", "kiosk", "--name", "Kiosk 1", "--centre", "demo")
    asked = urllib.request.Request(  # noqa: S310 - our own server
        f"{staff}/api/v1/enrol", json.dumps({"code": code}).encode(), {"Content-Type": "application/json"}
    )
    with STRANGER.open(asked, timeout=PATIENCE_S) as answer:
        return json.loads(answer.read()), f"{staff}/api/v1/centres/demo/queue"


def test_each_address_serves_its_own_and_nothing_else(data: Path) -> None:
    password = command(data, "staff", "add", LOGIN, "--name", "Amina Haddad", "--centre", "demo")
    url = 'public_url = "https://t.centre.example"\n'
    with serving(data, url) as (staff, phones):
        told, _ = enrol(staff, data)
        assert told["ticket_url"] == "https://t.centre.example/t/"
        browser = sign_in(staff, password)
        ticket = "/t/" + "A" * 43
        page = refusal(phones + ticket)
        assert "This ticket is not known here" in page
        style = re.search(r'href="(/static/[^"]+style.css)"', page)
        assert style is not None
        for path in (
            style[1],
            style[1].replace("style.css", "js/ticket.js"),
            style[1].replace("style.css", "js/booking.js"),
            style[1].replace("style.css", "mark.svg"),
        ):
            assert status(phones + path) == 200, path
        for path in ("/book", "/book/demo"):
            assert status(phones + path) == 200, path
            assert status(staff + path) == 404, path
            assert status(staff + path, browser) == 200, path
        for path in ("/", "/sign-in", "/counter", "/healthz", "/readyz", "/metrics", "/api/v1/openapi.json"):
            assert status(phones + path) == 404, path
        assert status(phones + style[1].replace("style.css", "js/staff.js")) == 404
        # Strangers find no ticket at the address of staff; staff do.
        assert "not known here" not in refusal(staff + ticket)
        assert "not known here" in refusal(staff + ticket, browser)


def test_without_an_address_of_their_own_phones_come_where_staff_do(data: Path) -> None:
    line = [COMMAND, "serve", "--data", str(data), "--port", "0"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            said = json.loads(server.stdout.readline())
            assert "public" not in said
            assert "not known here" in refusal(said["listening"] + "/t/" + "A" * 43)
        finally:
            server.terminate()


def test_a_flood_of_phones_leaves_staff_and_devices_served(data: Path) -> None:
    """Every connection that phones may have is taken, each asks without a pause; nobody else notices."""
    password = command(data, "staff", "add", LOGIN, "--name", "Amina Haddad", "--centre", "demo")
    with (
        serving(data, "public_requests_s = 20\npublic_requests_address_s = 10\n") as (staff, phones),
        ExitStack() as stack,
    ):
        port, over, answers = int(phones.rpartition(":")[2]), threading.Event(), []

        def flood(source: str) -> None:
            while not over.is_set():
                line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S, source_address=(source, 0))
                try:
                    while not over.is_set():
                        line.request("GET", "/t/" + "A" * 43)
                        answer = line.getresponse()
                        answer.read()
                        answers.append(answer.status)
                except (OSError, http.client.HTTPException):
                    pass
                finally:
                    line.close()

        # As many silent ones as there are places, from many addresses, and some that never stop asking.
        for number in range(40):
            with_address = (f"127.0.1.{number + 1}", 0)
            stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE_S, with_address))
        threads = [threading.Thread(target=flood, args=(f"127.0.0.{number}",)) for number in range(2, 8)]
        for thread in threads:
            thread.start()
        try:
            browser = sign_in(staff, password)
            told, queue = enrol(staff, data)
            asked = urllib.request.Request(queue, headers={"Authorization": f"Bearer {told['token']}"})  # noqa: S310
            for _ in range(20):
                assert status(asked) == 200
                assert status(f"{staff}/sign-in/counter", browser) == 200
        finally:
            over.set()
            for thread in threads:
                thread.join(PATIENCE_S)
        assert set(answers) <= {404, 429}


def test_many_requests_of_one_address_wait(data: Path) -> None:
    with serving(data, "public_requests_s = 1000\npublic_requests_address_s = 1\n") as (staff, phones):
        port = int(phones.rpartition(":")[2])
        for source in ("127.0.0.2", "127.0.0.3"):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S, source_address=(source, 0))
            found = []
            for _ in range(200):
                line.request("GET", "/t/" + "A" * 43)
                answer = line.getresponse()
                body = answer.read()
                found.append(answer.status)
                if answer.status == 429:
                    break
            line.close()
            assert found[:2] == [404, 404]
            assert found[-1] == 429
            assert json.loads(body)["code"] == "too-many-requests"
            assert answer.headers["Retry-After"] == "1"
        assert status(f"{staff}/healthz") == 200


def test_pages_for_everybody_are_limited_where_staff_come_too(data: Path) -> None:
    (data / "settings.toml").write_text("[http]\npublic_requests_address_s = 1\n")
    line = [COMMAND, "serve", "--data", str(data), "--port", "0"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            address = json.loads(server.stdout.readline())["listening"]
            found = [status(f"{address}/t/{'A' * 43}") for _ in range(200)]
            assert found[0] == 404
            assert 429 in found
            assert status(f"{address}/sign-in") == 200
        finally:
            server.terminate()


@pytest.mark.parametrize("said", ["8081", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", ":80"])
def test_an_address_that_is_none_is_refused(data: Path, said: str) -> None:
    ran = CliRunner().invoke(app, ["serve", "--data", str(data), "--public", said])
    assert ran.exit_code == 2, ran.output


@given(
    st.integers(1, 20), st.integers(1, 20), st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 2)), max_size=200)
)
def test_nobody_gets_more_than_their_rate(each: int, together: int, asked: list[tuple[str, float]]) -> None:
    now = [0.0]
    rates = Rates(each, together, lambda: now[0])
    taken: dict[str, int] = {}
    for who, pause in asked:
        now[0] += pause
        taken[who] = taken.get(who, 0) + rates.admit(who)
    # What stood there at the start, and what has come since.
    assert all(count <= each * (2 + now[0]) + 1 for count in taken.values())
    assert sum(taken.values()) <= together * (2 + now[0]) + 1


def test_whoever_is_stopped_costs_nobody_anything() -> None:
    rates = Rates(1, 10, lambda: 0.0)
    assert [rates.admit("greedy") for _ in range(100)] == [True, True] + [False] * 98
    assert rates.admit("somebody")
