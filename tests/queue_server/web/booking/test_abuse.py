"""The public pages under abuse: guessed links, forged and replayed forms, floods, and what is no form at all."""

import json
import secrets
import urllib.parse
from http import HTTPStatus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.queue_server.web.booking.phone import Phone, solve
from tests.queue_server.web.booking.test_booking import events
from tests.queue_server.web.server import CENTRES, Centre, Server

WRONG = (
    "A" * 43,
    "A" * 42 + "Q",
    "x",
    "%2e%2e%2f",
    "HS4K7KM2",
    "0195d3a0-0000-7000-8000-000000000001",
    "'" * 43,
    "\N{ARABIC LETTER ALEF}",
)


def test_every_wrong_link_is_answered_alike(phone: Phone) -> None:
    page = phone.book()
    token = page.address.partition("?")[0].removeprefix("/b/")
    nearly = [token[:-2] + two for two in ("AA", "BB")] + [token[:21] + "A" * 22, "A" * 22 + token[22:]]
    answers = {}
    for wrong in (*WRONG, *nearly, secrets.token_urlsafe(32)):
        for path in ("", "/change", "/cancel", "/calendar"):
            answer = phone.ask("GET", f"/b/{urllib.parse.quote(wrong, safe='%')}{path}")
            assert answer.status == HTTPStatus.NOT_FOUND, wrong
            # The links to other languages name the address that was asked for; nothing else differs.
            answers[wrong, path] = answer.text
    assert len(set(answers.values())) == 1


def test_a_wrong_link_changes_nothing(phone: Phone, centre: Centre) -> None:
    phone.book()
    for path in ("change", "cancel"):
        for wrong in ("A" * 43, "x"):
            answer = phone.post_once(f"/b/{wrong}/{path}", {"at": "1"})
            assert answer.status == HTTPStatus.NOT_FOUND
    assert events(centre, "appointment-cancelled") == 0


def test_the_page_of_an_appointment_is_kept_nowhere_and_says_nothing_of_anybody(strict: Phone) -> None:
    page = strict.book(document="P1234567")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in page.html
    assert "1234567" not in page.html
    assert page.headers["Set-Cookie"] is None


def test_no_page_looks_up_a_code(phone: Phone) -> None:
    """A code opens nothing on the web, so there is nothing to guess at."""
    page = phone.book()
    code = page.text.split("Code ")[1][:9].replace(" ", "")
    for path in (f"/b/{code}", f"/book/{phone.centre}?code={code}"):
        assert code not in phone.open(path).text


@pytest.mark.parametrize(
    "held",
    ["", "x", "a.b", "eyJob2xkIjoieCJ9.AAAA", "A" * 5000, "\N{ARABIC LETTER ALEF}", "..", "=.="],
)
def test_what_was_not_signed_here_books_nothing(phone: Phone, centre: Centre, held: str) -> None:
    address = f"{phone.home}/details?{urllib.parse.urlencode({'held': held})}"
    assert phone.ask("GET", address).status == HTTPStatus.GONE
    assert phone.post_once(address, {}).status == HTTPStatus.GONE
    assert events(centre, "appointment-booked") == 0


def test_what_is_held_at_one_centre_is_nothing_at_another(phone: Phone, server: Server) -> None:
    page = phone.times()
    page = phone.hold(page, page.times[0])
    other = Centre(server, server.unused.popleft())
    assert phone.post_once(page.action.replace(phone.centre, other.id), {}).status == HTTPStatus.GONE


def test_a_changed_proof_is_none(phone: Phone, centre: Centre) -> None:
    page = phone.times()
    easier = json.loads(page.proof)
    easier["parameters"]["keyPrefix"] = "00"
    for proof in (solve(json.dumps(easier)), "x", "A" * 5000):
        answer = phone.post_once(page.action, {"at": page.times[0], "altcha": proof})
        assert answer.status == HTTPStatus.SEE_OTHER
        assert "/wait?" in answer.headers["Location"]
    assert events(centre, "time-held") == 0


def test_a_wait_that_was_waited_holds_one_time(phone: Phone, centre: Centre) -> None:
    page = phone.times()
    begun = phone.open(phone.post_once(page.action, {"at": page.times[0]}).headers["Location"])
    ready = begun
    while ready.method == "get":
        ready = phone.send(ready)
    for _ in range(3):
        phone.wait(phone.send(ready))
    assert events(centre, "time-held") == 1


def test_a_form_of_another_page_is_refused(phone: Phone, centre: Centre) -> None:
    page = phone.book()
    token = page.address.partition("?")[0]
    kind = "application/x-www-form-urlencoded"
    answer = phone.ask("POST", f"{token}/cancel", b"", Content_Type=kind, Origin="https://elsewhere.example")
    assert answer.status == HTTPStatus.FORBIDDEN
    assert events(centre, "appointment-cancelled") == 0


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"a=" + b"x" * 9_000_000, "application/x-www-form-urlencoded", HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (b"&".join([b"a=1"] * 2000), "application/x-www-form-urlencoded", HTTPStatus.BAD_REQUEST),
        (b"\xff\xfe=\x00", "application/x-www-form-urlencoded", HTTPStatus.BAD_REQUEST),
        (b"at=%ff%fe", "application/x-www-form-urlencoded", HTTPStatus.BAD_REQUEST),
        (b'{"at": 1}', "application/json", HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        (b"--x\r\n", "multipart/form-data; boundary=x", HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    ],
    ids=["large", "many", "no text", "no utf-8", "json", "multipart"],
)
def test_what_is_no_form_is_refused(phone: Phone, body: bytes, kind: str, status: HTTPStatus) -> None:
    page = phone.times()
    try:
        answer = phone.ask("POST", page.action, body, Content_Type=kind, Origin=phone.server)
    except ConnectionError:
        # It was cut off before all of it was sent.
        assert status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return
    assert answer.status == status


FIELDS = st.sampled_from(
    ["service", "people", "age-adult", "age-child", "day", "government", "held", "w", "at", "lang"]
)
VALUES = st.text(max_size=40) | st.sampled_from(["uto-passport-renewal", "1", "99999999999999999", "2026-02-30", "-1"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["", "/people", "/times", "/wait", "/details"]),
    st.sampled_from(["GET", "POST"]),
    st.lists(st.tuples(FIELDS, VALUES), max_size=6),
)
def test_whatever_is_asked_the_server_answers(
    phone: Phone, step: str, method: str, said: list[tuple[str, str]]
) -> None:
    try:
        query = urllib.parse.urlencode(said)
    except UnicodeEncodeError:
        return
    body = query.encode() if method == "POST" else None
    kind = {"Content_Type": "application/x-www-form-urlencoded"} if body is not None else {}
    answer = phone.ask(method, f"{phone.home}{step}?{query}", body, **kind)
    assert answer.status < HTTPStatus.INTERNAL_SERVER_ERROR, (answer.status, answer.html)


class Strict(Server):
    """A server that limits addresses as strictly as it can be set."""


def test_an_address_that_floods_waits_and_nobody_else_does(tmp_path_factory: pytest.TempPathFactory) -> None:
    rules = "[booking]\nrequests_address_s = 1\nrequests_s = 100\n"
    with Strict(tmp_path_factory.mktemp("strict") / "data", rules, CENTRES[:1]) as server:
        greedy, somebody = (Phone(server.address, CENTRES[0], source) for source in ("127.0.0.2", "127.0.0.3"))
        answers = [greedy.ask("GET", greedy.home) for _ in range(200)]
        refused = [one for one in answers if one.status == HTTPStatus.TOO_MANY_REQUESTS]
        assert answers[0].status == HTTPStatus.OK
        assert refused
        assert "Too much at once" in refused[0].text
        assert somebody.ask("GET", somebody.home).status == HTTPStatus.OK
        # Links are guessed at no other rate.
        assert any(greedy.ask("GET", f"/b/{'A' * 43}").status == HTTPStatus.TOO_MANY_REQUESTS for _ in range(200))
