"""What must not be believed: each is a clear error with its code, and nothing happens."""

import asyncio
import contextlib
import io
import json
import re
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import URL
from structlog.testing import capture_logs

from queue_server.accounts.model import Role
from queue_server.accounts.permissions import REPORT_STATUS
from queue_server.contract.base import Message
from queue_server.domain.values import new_id
from queue_server.framework.access import CSRF_HEADER
from queue_server.framework.middleware import CONTENT_SECURITY_POLICY
from queue_server.framework.problems import BodyInvalidError, BodyNotJsonError
from queue_server.framework.request_context import read_body
from queue_server.framework.settings import HttpSettings
from tests.queue_server.framework.route_bodies import BODIES, VISIT
from tests.queue_server.house import KNOWN, QUICK, TICKET, House, house

in_loop_of_module = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def here(server_of_module: House) -> House:
    """Give the demo centre of the server of this module: who waits there does not matter to these tests."""
    return server_of_module


VISITS = "/centres/demo/visits"
AS_A_PAGE = {"Accept": "text/html"}


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "services"),
        (TICKET | {"services": []}, "$.services"),
        (TICKET | {"services": "passport"}, "$.services"),
        (TICKET | {"services": ["A B"]}, "$.services[0]"),
        (TICKET | {"category": "royal"}, "$.category"),
        (TICKET | {"party_size": 0}, "$.party_size"),
        (TICKET | {"party_size": 1.5}, "$.party_size"),
        (TICKET | {"code": "I001"}, "$.code"),
        (TICKET | {"id": "../../etc"}, "$.id"),
        # Without a letter or a digit all of them would be one document.
        (TICKET | {"document": "<<<<"}, "$.document"),
        (TICKET | {"document": "<-<-"}, "$.document"),
        (TICKET | {"id": "0" * 36 + "\n"}, "$.id"),
        (TICKET | {"issued_at": "yesterday"}, "$.issued_at"),
        ([TICKET], "object"),
    ],
)
@in_loop_of_module
async def test_a_wrong_body_says_where(here: House, body: object, place: str) -> None:
    refused = await (await here.kiosk()).post(VISITS, body)
    assert (refused.status, refused.code) == (400, "body-invalid")
    assert place in refused.body["detail"]


@in_loop_of_module
async def test_a_body_that_is_no_json(here: House) -> None:
    headers = {**(await here.kiosk()).headers, "Idempotency-Key": new_id(), "Content-Type": "application/json"}
    for raw in (b"{", b"\xff\xfe", b'{"services": [1}', b"NaN", b"[" * 100_000):
        async with here.http.post(f"{here.address}/api/v1{VISITS}", data=raw, headers=headers) as response:
            body = await response.json(content_type=None)
            assert (response.status, body["code"]) in ((400, "body-not-json"), (400, "body-invalid"))
    headers["Content-Type"] = "text/plain"
    async with here.http.post(f"{here.address}/api/v1{VISITS}", data=b"{}", headers=headers) as response:
        assert (response.status, (await response.json(content_type=None))["code"]) == (415, "media-type")


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@st.composite
def bodies(draw: st.DrawFn) -> tuple[type[Message], bytes]:
    """Give a type of request and bytes that may have its fields, with anything in them."""
    kind = draw(
        st.sampled_from(sorted({one.request for one in KNOWN.routes if one.request}, key=lambda one: one.__name__))
    )
    fields = st.sampled_from(kind.__struct_fields__ or ("nothing",))
    body = st.dictionaries(fields, _JUNK | st.dictionaries(st.text(max_size=5), _JUNK, max_size=2), max_size=6) | _JUNK
    return kind, draw(st.binary(max_size=200) | body.map(lambda value: json.dumps(value).encode()))


@given(bodies())
def test_any_body_is_read_or_refused(sent: tuple[type[Message], bytes]) -> None:
    kind, raw = sent
    with contextlib.suppress(BodyInvalidError, BodyNotJsonError):
        assert isinstance(read_body(raw, kind), kind)


@in_loop_of_module
async def test_no_route_falls_over_a_body_of_any_shape(here: House) -> None:
    manager, kiosk = (await here.staff(Role.MANAGER, None))[0], await here.kiosk()
    junk: tuple[object, ...] = ([], "text", {"visit": 7}, {"services": [{}]}, {"own": {"en": 1}}, {"reason": None})
    for route, body in product((one for one in KNOWN.routes if one.method == "POST"), junk):
        client = kiosk if route.permission is REPORT_STATUS else manager
        reply = await client.send("POST", route.path.format_map(Ids(VISIT)), body)
        assert reply.status < 500, (route.name, body, reply)
        assert reply.status < 400 or reply.code, (route.name, body)


class Ids(dict[str, str]):
    """Names the same everything of a path but the centre."""

    def __init__(self, ident: str) -> None:
        super().__init__(centre="demo")
        self.ident = ident

    def __missing__(self, _name: str) -> str:
        return self.ident


async def name_nothing(here: House, *idents: str) -> None:
    """Send to every route that names something what can be no id, with a body that is in order."""
    manager, _ = await here.staff(Role.MANAGER, None)
    named = [route for route in KNOWN.routes if route.path.count("{") > 1]
    assert len(named) > 20
    for route, ident in product(named, idents):
        reply = await manager.send(route.method, route.path.format_map(Ids(ident)), BODIES.get(route.name))
        assert reply.status < 500, (route.name, ident, reply)
        assert reply.status < 400 or reply.code, (route.name, ident)


@in_loop_of_module
async def test_no_route_falls_over_what_is_no_id(here: House) -> None:
    await name_nothing(here, "%00", "%E2%98%83'--", "%ff", "..%2f", "x" * 2000)


async def test_nor_with_postgresql_behind_it(shared: Path, shared_url: URL) -> None:
    """It takes less for text than SQLite does."""
    async with house(shared, url=shared_url.render_as_string(hide_password=False)) as here:
        await name_nothing(here, "%00", "%ff")


@in_loop_of_module
async def test_ten_megabytes_are_refused_cleanly(here: House) -> None:
    headers = {**(await here.kiosk()).headers, "Idempotency-Key": new_id(), "Content-Type": "application/json"}

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(160):
            yield b" " * 65_536

    for sent in (io.BytesIO(b" " * 10_485_760), chunks()):
        async with here.http.post(f"{here.address}/api/v1{VISITS}", data=sent, headers=headers) as response:
            assert response.status == 413
            assert (await response.json(content_type=None))["code"] == "body-too-large"
    assert (await here.anonymous().get("/openapi.json")).status == 200


@in_loop_of_module
async def test_an_address_or_method_that_is_not_there(here: House) -> None:
    desk = await here.manager()
    for method, path, status, code in (
        ("GET", "/nothing", 404, "not-found"),
        ("GET", "/centres/demo/visits/nobody", 404, "visit-unknown"),
        ("GET", f"/centres/demo/visits/{new_id()}", 404, "visit-unknown"),
        ("GET", VISITS, 405, "method-not-allowed"),
        ("DELETE", "/centres/demo/queue", 405, "method-not-allowed"),
        ("POST", f"/centres/demo/visits/{new_id()}/cancel", 409, "visit-unknown"),
        ("POST", f"/centres/demo/help/{new_id()}/take", 409, "help-unknown"),
    ):
        refused = await desk.send(method, path)
        assert (refused.status, refused.code) == (status, code), (method, path)
        allowed = {VISITS: "POST", "/centres/demo/queue": "GET"}.get(path) if status == 405 else None
        assert refused.headers.get("Allow") == allowed


@in_loop_of_module
async def test_a_token_that_is_none(here: House) -> None:
    nobody = here.anonymous()
    for token, code in (("x" * 43, "token-unknown"), ("", "not-signed-in")):
        refused = await nobody.get("/centres/demo/queue", Authorization=f"Bearer {token}")
        assert (refused.status, refused.code) == (401, code)
    refused = await nobody.get("/centres/demo/queue", Cookie="session=forged")
    assert (refused.status, refused.code) == (401, "not-signed-in")
    assert refused.headers["WWW-Authenticate"] == "Bearer"


@in_loop_of_module
async def test_a_browser_needs_its_csrf_token_and_its_own_origin(here: House) -> None:
    desk, _ = await here.staff(Role.COUNTER, "1")
    other, _ = await here.staff(Role.COUNTER, "2")
    path = "/centres/demo/counters/1/open"
    for token in ("", "x", other.headers[CSRF_HEADER], "\xe9"):
        refused = await desk.post(path, **{CSRF_HEADER: token})
        assert (refused.status, refused.code) == (403, "csrf-token-wrong")
    for origin in ("https://elsewhere.example", "null", here.address.replace("http", "https"), here.address + "0"):
        for refused in (await desk.post(path, Origin=origin), await desk.get("/centres/demo/queue", Origin=origin)):
            assert (refused.status, refused.code) == (403, "foreign-origin")
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await here.http.ws_connect(
            f"{here.address}/api/v1/centres/demo/events", headers=desk.headers | {"Origin": "https://elsewhere.example"}
        )
    assert (await desk.post(path)).status == 200


@in_loop_of_module
async def test_wrong_enrolment_codes_close_the_door_for_an_address(own_house: House) -> None:
    nobody = own_house.anonymous()
    right = await own_house.enrol_code("kiosk")
    for _ in range(5):
        refused = await nobody.post("/enrol", {"code": "00000000"}, None)
        assert (refused.status, refused.code) == (403, "enrolment-code-refused")
    closed = await nobody.post("/enrol", {"code": right}, None)
    assert (closed.status, closed.code) == (429, "too-many-tries")
    assert int(closed.headers["Retry-After"]) > 0


@in_loop_of_module
async def test_a_code_works_once(here: House) -> None:
    nobody = here.anonymous()
    code = await here.enrol_code("kiosk")
    assert (await nobody.post("/enrol", {"code": code}, None)).status == 200
    assert (await nobody.post("/enrol", {"code": code}, None)).code == "enrolment-code-refused"


@in_loop_of_module
async def test_a_socket_that_sends_half_a_request_is_cut(data: Path) -> None:
    soon = QUICK.but(replace(QUICK[HttpSettings], idle_ms=600, body_ms=300))
    async with house(data, soon) as here:
        await half_requests(here)


async def half_requests(here: House) -> None:
    port = int(here.address.rpartition(":")[2])
    token = (await here.kiosk()).headers["Authorization"]
    halves = (
        b"",
        b"POST /api/v1/centres/demo/visits HT",
        b"GET /healthz HTTP/1.1\r\nHost: here\r\nX-Slow: ",
    )
    for half in halves:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(half)
        async with asyncio.timeout(60):
            assert await reader.read() == b""
        writer.close()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"Host: here\r\nAuthorization: {token}\r\nIdempotency-Key: {new_id()}\r\nContent-Type: application/json"
    writer.write(f"POST /api/v1{VISITS} HTTP/1.1\r\n{head}\r\nContent-Length: 99\r\n\r\n{{".encode())
    async with asyncio.timeout(60):
        answer = await reader.readuntil(b"}")
    assert b" 408 " in answer.split(b"\r\n")[0]
    assert b"request-too-slow" in answer
    writer.close()


@in_loop_of_module
async def test_every_answer_carries_the_headers_of_safety(here: House) -> None:
    desk = await here.manager()
    for reply in (
        await desk.get("/centres/demo/queue"),
        await desk.get("/nothing"),
        await here.anonymous().get("/healthz", Origin=here.address),
    ):
        # No page of another origin reads what is answered here.
        assert "Access-Control-Allow-Origin" not in reply.headers
        assert reply.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert "unsafe" not in CONTENT_SECURITY_POLICY
        assert "default-src 'none'" in CONTENT_SECURITY_POLICY
        for closed in ("object-src", "base-uri", "frame-ancestors"):
            assert f"{closed} 'none'" in CONTENT_SECURITY_POLICY
        for rule in CONTENT_SECURITY_POLICY.split("; "):
            assert rule.split()[1:] in (["'self'"], ["'none'"]), rule
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Referrer-Policy"] == "same-origin"
        assert reply.headers["Cache-Control"] == "no-store"
        assert len(reply.headers["X-Request-Id"]) == 36
        assert "aiohttp" not in reply.headers["Server"].lower()


@in_loop_of_module
async def test_the_log_tells_no_secret(here: House, capsys: pytest.CaptureFixture[str]) -> None:
    kiosk = await here.kiosk()
    token = kiosk.headers["Authorization"].partition(" ")[2]
    await kiosk.get(f"/centres/demo/queue?after={token}")
    await here.anonymous().post("/enrol", {"code": "12345678"}, None)
    await here.anonymous().get("/t/" + "a" * 43)
    said = "".join(capsys.readouterr())
    assert "/api/v1/centres/{centre}/queue" in said
    for secret in (token, "12345678", "a" * 43):
        assert secret not in said


@in_loop_of_module
async def test_the_log_names_what_was_refused_and_to_whom(own_house: House) -> None:
    desk, session = await own_house.staff(Role.COUNTER, "1")
    kiosk, device = await own_house.device("kiosk")
    browser = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
    with capture_logs() as logs:
        await desk.get("/centres/demo/queue")
        await desk.post("/centres/demo/counters/2/open")
        await desk.post("/centres/demo/counters/1/open", **{CSRF_HEADER: "x"})
        await desk.get("/centres/demo/queue", Origin="https://elsewhere.example")
        await kiosk.post(VISITS, {})
        await own_house.anonymous().get("/centres/demo/queue", Authorization="Bearer " + "x" * 43)
        await own_house.anonymous().post("/enrol", {"code": "00000000"}, None)
        async with browser, browser.get(f"{own_house.address}/sign-in") as page:
            csrf = re.search(r'name="csrf" value="([^"]+)"', await page.text())
            assert csrf is not None
            form = {"csrf": csrf[1], "login": "nobody", "centre": "demo", "password": "never-that-password"}
            await browser.post(f"{own_house.address}/sign-in", data=form)
            await browser.post(f"{own_house.address}/sign-in", data=form | {"csrf": "forged"}, headers=AS_A_PAGE)
    staff, machine = f"staff/{session.staff}", f"device/{device.id}"
    assert [(one["actor"], one["status"], one["code"]) for one in logs if one["event"] == "request"] == [
        (staff, 200, None),
        (staff, 403, "not-permitted"),
        (staff, 403, "csrf-token-wrong"),
        (None, 403, "foreign-origin"),
        (machine, 400, "body-invalid"),
        (None, 401, "token-unknown"),
        (None, 403, "enrolment-code-refused"),
        (None, 200, None),
        (None, 403, "sign-in-refused"),
        (None, 403, "form-forged"),
    ]
    assert "never-that-password" not in str(logs)


@pytest.mark.parametrize(("wanted", "said"), [(False, [404]), (True, [200, 404])])
@in_loop_of_module
async def test_what_went_well_is_logged_only_where_that_is_wanted(data: Path, wanted: bool, said: list[int]) -> None:
    quiet = QUICK.but(HttpSettings(shutdown_ms=500, catalogue_poll_ms=30, identity_cache_ms=0, log_requests=wanted))
    async with house(data, quiet) as here:
        kiosk = await here.kiosk()
        with capture_logs() as logs:
            assert (await kiosk.get("/centres/demo/queue")).status == 200
            assert (await kiosk.get(f"{VISITS}/{new_id()}")).status == 404
    assert [one["status"] for one in logs if one["event"] == "request"] == said
    assert here.server.answers.statuses["/api/v1/centres/{centre}/queue", 200] == 1, "it is counted all the same"


@in_loop_of_module
async def test_what_is_text_says_how_it_is_written(here: House) -> None:
    async with here.http.get(f"{here.address}/sign-in") as page:
        found = re.search(r'href="(/static/[^"]+/)style.css"', await page.text())
        assert found is not None
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    for name, kind in (
        ("style.css", "text/css; charset=utf-8"),
        ("js/ticket.js", "text/javascript; charset=utf-8"),
        ("mark.svg", "image/svg+xml; charset=utf-8"),
        ("fonts/noto-sans-latin-wght-normal.woff2", "font/woff2"),
    ):
        async with here.http.get(f"{here.address}{found[1]}{name}") as file:
            assert (file.status, file.headers["Content-Type"]) == (200, kind)
    for folder in ("", "js", "js/", "fonts/", ".git/config", "../../.git/config"):
        async with here.http.get(f"{here.address}{found[1]}{folder}") as listed:
            assert listed.status == 404, folder


@in_loop_of_module
async def test_nobody_hears_back_what_they_sent(here: House) -> None:
    """TRACE would show a page's script the cookies that are out of its reach."""
    for path in ("/", "/healthz", "/api/v1/openapi.json"):
        async with here.http.request("TRACE", here.address + path, headers={"Cookie": "session=secret"}) as answer:
            assert answer.status == 405
            assert "secret" not in await answer.text()
