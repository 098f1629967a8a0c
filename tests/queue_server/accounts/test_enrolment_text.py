"""One text enrols a machine: read as what it says or not at all, and only the server that it names hears the code."""

import asyncio
import re
import shlex
import ssl
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server import tls
from queue_server.contract.authority_fetch import AuthorityStrangeError, EnrolmentMeans, fetch_authority
from queue_server.contract.client import ServerUnreachableError
from queue_server.contract.enrolment_text import MAX_LENGTH, EnrolmentText, EnrolmentTextError, read, read_given
from queue_server.contract.server_route import ServerRoute, fingerprints

CA = "0f" * 32
WHOLE = f"consular-enrol:2,server=https://queue.example:8443,code=01234567,ca={CA}"
#: What a server of release 1 writes.
EARLIER = f"consular-enrol:1?server=https://queue.example:8443&code=01234567&ca={CA}"
TEXTS = st.builds(
    EnrolmentText,
    st.sampled_from(("https://queue.example", "https://192.0.2.7:8443", "https://[2001:db8::7]:8443")),
    st.from_regex(re.compile(r"[0-9]{8}", re.ASCII), fullmatch=True),
    st.sampled_from(("", CA)) | st.binary(min_size=32, max_size=32).map(bytes.hex),
)


@given(TEXTS, st.sampled_from(("", "\n", " \r\n", "\t")))
def test_what_is_written_is_read_with_blanks_around_it(text: EnrolmentText, blank: str) -> None:
    assert read(blank + text.written() + blank) == text
    assert len(text.written()) <= MAX_LENGTH
    assert text.code not in repr(text)


@given(st.text(max_size=900) | st.text(max_size=90).map(lambda rest: "consular-enrol:2," + rest))
def test_whatever_is_scanned_it_is_a_text_or_refused(scanned: str) -> None:
    try:
        found = read(scanned)
    except EnrolmentTextError:
        return
    assert read(found.written()) == found


@given(TEXTS, st.data())
def test_a_text_that_was_cut_or_changed_never_names_another_authority(text: EnrolmentText, data: st.DataObject) -> None:
    whole = text.written()
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    try:
        found = read(cut)
    except EnrolmentTextError:
        return
    # Only what stands at its end can be missing as a whole, and a code has eight digits.
    assert found.code == text.code
    assert found.ca in {"", text.ca}


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        WHOLE.replace(":2,", ":3,"),
        WHOLE.replace(":2,", ":1?"),
        EARLIER.replace(":1?", ":2,"),
        WHOLE.replace("https://", "http://"),
        WHOLE.replace("https://", "ftp://"),
        WHOLE.replace("queue.example", "somebody@queue.example"),
        WHOLE.replace(":8443", ":8443/path"),
        WHOLE.replace("01234567", "0123456"),
        WHOLE.replace("01234567", "٠١٢٣٤٥٦٧"),
        WHOLE[:-1],
        WHOLE + "0",
        WHOLE + ",ca=" + CA,
        WHOLE + ",more=1",
        WHOLE + "\nconsular-enrol:2,",
        WHOLE.replace(",code", ",,code"),
        WHOLE + " " * MAX_LENGTH * 2,
    ],
)
def test_anything_else_is_refused(wrong: str) -> None:
    with pytest.raises(EnrolmentTextError):
        read(wrong)


def test_a_text_of_the_release_before_is_read() -> None:
    assert read(EARLIER) == read(WHOLE)


@given(TEXTS)
def test_nothing_in_it_means_anything_to_a_shell(text: EnrolmentText) -> None:
    """Brackets do so only where a file has such a name."""
    written = re.sub(r"\[([0-9a-f:]+)\]", r"\1", text.written())
    assert shlex.quote(written) == written


def test_it_is_given_as_it_is_or_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "kiosk-3").write_text(WHOLE + "\n")
    assert read_given(WHOLE) == read_given(str(tmp_path / "kiosk-3")) == read(WHOLE)
    (tmp_path / "large").write_bytes(b"\xff" * 10_000_000)
    with pytest.raises(EnrolmentTextError):
        read_given(str(tmp_path / "large"))
    with pytest.raises(FileNotFoundError):
        read_given(str(tmp_path / "none"))


def authority(folder: Path) -> tuple[Path, str]:
    tls.init_tls(folder)
    found = tls.authority(folder)
    assert found is not None
    return found


async def test_only_the_authority_that_is_named_is_taken_and_nobody_else_hears_the_code(tmp_path: Path) -> None:
    """Whoever answers says whose certificate it has; what is not named is not believed."""
    (ours, name), (_, other) = [await asyncio.to_thread(authority, tmp_path / one) for one in ("ours", "others")]
    heard: list[bytes] = []
    answers = [msgspec.json.encode(ServerRoute(authorities=(await asyncio.to_thread(ours.read_text),)))]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(answers[-1]) + answers[-1])
        await writer.drain()
        writer.close()

    context: ssl.SSLContext = await asyncio.to_thread(tls.server_context, tmp_path / "ours")
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        text = EnrolmentText(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}", "01234567", name)
        pem = await asyncio.to_thread(fetch_authority, text)
        assert pem is not None
        assert fingerprints(pem) == (name,)
        strange = EnrolmentMeans(given=EnrolmentText(text.server, text.code, other).written())
        with pytest.raises(AuthorityStrangeError):
            await asyncio.to_thread(strange.find)
        for damaged in (b"", b"[]", b'{"authorities":["x"]}', b"\xff" * 200_000):
            answers.append(damaged)
            with pytest.raises(AuthorityStrangeError):
                await asyncio.to_thread(fetch_authority, text)
    assert not any(text.code.encode() in one for one in heard)
    with pytest.raises(ServerUnreachableError):
        await asyncio.to_thread(fetch_authority, text)
