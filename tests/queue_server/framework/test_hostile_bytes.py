"""Headers and forms of bytes that are no text: each is a clear refusal, for whoever sends them, known or not."""

import asyncio

import pytest

from queue_server.accounts.model import Role
from queue_server.domain.values import new_id
from tests.queue_server.house import House

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def here(server_of_module: House) -> House:
    """Give the demo centre of the server of this module: who waits there does not matter to these tests."""
    return server_of_module


FORM = b"application/x-www-form-urlencoded"


async def send(here: House, *lines: bytes, body: bytes = b"") -> tuple[int, bytes]:
    """Send a request as these very bytes; give status and body of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(here.address.rpartition(":")[2]))
    length = b"" if lines[0].startswith(b"GET") else b"Content-Length: %d\r\n" % len(body)
    writer.write(b"\r\n".join((*lines, b"Host: here", b"Connection: close", length)) + b"\r\n" + body)
    async with asyncio.timeout(60):
        answer = await reader.read()
    writer.close()
    head, _, rest = answer.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), rest


@pytest.mark.parametrize("path", [b"/api/v1/centres/demo/queue", b"/counter/page", b"/reception/paper/x"])
@pytest.mark.parametrize("header", [b"Authorization: Bearer \xff\xfe", b"Cookie: session=\xff\xfe"])
async def test_a_proof_that_is_no_text_proves_nothing(here: House, path: bytes, header: bytes) -> None:
    status, said = await send(here, b"GET " + path + b" HTTP/1.1", header)
    assert status == 401
    assert b'"code":"token-unknown"' in said or b'"code":"not-signed-in"' in said


async def test_a_csrf_token_that_is_no_text_belongs_to_nobody(here: House) -> None:
    desk, _ = await here.staff(Role.COUNTER, "1")
    path, cookie = b"POST /api/v1/centres/demo/help HTTP/1.1", b"Cookie: " + desk.headers["Cookie"].encode()
    key = b"Idempotency-Key: " + new_id().encode()
    status, said = await send(here, path, cookie, b"X-CSRF-Token: \xff", key)
    assert (status, b'"code":"csrf-token-wrong"' in said) == (403, True)


@pytest.mark.parametrize(
    ("kind", "body", "wanted"),
    [
        (b"multipart/form-data", b"csrf", (415, b"media-type")),
        (b"multipart/form-data; boundary=a", b"garbage", (415, b"media-type")),
        (
            b"multipart/form-data; boundary=a",
            b'--a\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n\xff\r\n--a--\r\n',
            (415, b"media-type"),
        ),
        (FORM + b"\r\nContent-Encoding: gzip", b"csrf=1", (415, b"media-type")),
        (FORM + b"; charset=nothing", b"csrf=1", (403, b"form-forged")),
        (FORM + b"\r\nCookie: form=\xff", b"csrf=1", (403, b"form-forged")),
        (FORM, b"csrf=\xff", (400, b"body-invalid")),
        (FORM, b"csrf=%ff", (400, b"body-invalid")),
        (FORM, b"&".join(b"a%d=1" % number for number in range(5000)), (400, b"body-invalid")),
        (FORM, b"csrf=" + b"x" * 300_000, (413, b"body-too-large")),
    ],
)
async def test_a_form_that_is_none_is_refused(here: House, kind: bytes, body: bytes, wanted: tuple[int, bytes]) -> None:
    status, said = await send(here, b"POST /sign-in HTTP/1.1", b"Content-Type: " + kind, body=body)
    assert (status, b'"code":"' + wanted[1] + b'"' in said) == (wanted[0], True), said


async def test_a_form_that_does_not_come_is_not_waited_for(here: House) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(here.address.rpartition(":")[2]))
    writer.write(b"POST /sign-in HTTP/1.1\r\nHost: here\r\nContent-Type: " + FORM + b"\r\nContent-Length: 99\r\n\r\nc")
    async with asyncio.timeout(60):
        answer = await reader.readuntil(b"}")
    assert b" 408 " in answer.split(b"\r\n")[0]
    writer.close()


@pytest.mark.parametrize("nest", [b"[", b'{"a":'])
async def test_a_body_that_is_nested_without_end_is_no_json(here: House, nest: bytes) -> None:
    """Fields that nobody knows are passed over, but not as deep as anybody likes."""
    kind, body = b"Content-Type: application/json", b'{"code":"00000000","more":' + nest * 40_000
    status, said = await send(here, b"POST /api/v1/enrol HTTP/1.1", kind, body=body)
    assert (status, b'"code":"body-not-json"' in said) == (400, True)


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\nContent-Length: 4",
        b"Content-Length: 4\r\nContent-Length: 60",
        b"Transfer-Encoding: chunked, identity",
        b"Transfer-Encoding : chunked",
        b"Content-Length: +4",
    ],
)
async def test_nobody_hides_a_request_in_another(here: House, head: bytes) -> None:
    """Where a body ends is said once, and in one way (RFC 9112, section 6.1)."""
    hidden = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", int(here.address.rpartition(":")[2]))
    kind = b"Content-Type: application/json"
    writer.write(
        b"POST /api/v1/enrol HTTP/1.1\r\nHost: here\r\n" + kind + b"\r\n" + head + b"\r\n\r\n0\r\n\r\n" + hidden
    )
    async with asyncio.timeout(60):
        answer = await reader.read()
    writer.close()
    assert answer.split(b" ")[1] == b"400"
    assert answer.count(b"HTTP/1.") == 1
    assert b"openapi" not in answer
