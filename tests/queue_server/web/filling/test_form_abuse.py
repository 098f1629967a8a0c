"""The public pages of forms under abuse: what is no form or too much, guessed codes, forged and replayed pages."""

import sqlite3
from contextlib import closing
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.domain.forms import read_form_code
from tests.queue_server.web.booking.phone import Phone
from tests.queue_server.web.filling.typed import FORM, PIN, TYPED, code_of, fill, open_saved, save
from tests.queue_server.web.server import Centre

#: What is typed into the form of a renewal.
RENEWAL = {
    **{f"f-{name}": "X" for name in ("surname", "given-names", "birth-place", "address", "city")},
    "f-nationality": "UTO",
    "f-birth-date-day": "12",
    "f-birth-date-month": "8",
    "f-birth-date-year": "1974",
    "c-application": "yes",
    "c-emergency-contact": "no",
    "f-sex": "x",
    "f-reason": "ends",
    "f-name-changed": "no",
}


def events(centre: Centre, kind: str) -> int:
    """Count what happened to forms, behind the server's back."""
    with closing(sqlite3.connect(f"file:{centre.server.data / 'queue.sqlite'}?mode=ro", uri=True)) as database:
        (count,) = database.execute("SELECT count(*) FROM events WHERE type = ?", (kind,)).fetchone()
    return int(count)


def test_a_form_is_filled_in_saved_opened_changed_and_wiped(phone: Phone) -> None:
    page = save(phone)
    assert page.status == HTTPStatus.OK, page.text
    opened = open_saved(phone, code_of(page).lower())
    assert "ERIKSSON" in opened.html
    assert 'value="L898902C3"' in opened.html
    assert PIN not in opened.html
    fields = opened.hidden | TYPED | {"f-surname": "SMITH", "c-police": "no"}
    changed = phone.post(f"/forms/{phone.centre}/change", {"opened": opened.hidden["opened"]} | fields)
    assert "Your changes are saved" in changed.text
    again = open_saved(phone, code_of(page))
    assert "SMITH" in again.html
    assert "L898902C3" not in again.html
    wiped = phone.post(f"/forms/{phone.centre}/wipe", {"opened": again.hidden["opened"]})
    assert "All is wiped" in wiped.text
    assert open_saved(phone, code_of(page)).status == HTTPStatus.CONFLICT


def test_before_it_is_saved_it_is_looked_at_and_changed(phone: Phone) -> None:
    page = fill(phone)
    assert "Look at it once more" in page.text
    form = page.one("form:has(button[name=change])")
    again = phone.post(form["action"], form.fields() | {"change": "1"})
    assert again.one('[name="f-surname"]:not([type=hidden])')["value"] == "ERIKSSON"
    assert "checked" in again.one('[name="f-lost"][value=stolen]:not([type=hidden])')
    assert read_form_code(code_of(save(phone)))


def test_a_form_belongs_to_the_appointment_from_which_it_was_opened(phone: Phone) -> None:
    page = phone.book()
    page = phone.open(page.link("/forms/"))
    assert "Fill in a form at home" in page.text
    # What is not for this appointment is not offered.
    (offered,) = [link for link in page.links if "/fill/" in link]
    page = phone.open(offered)
    page = phone.post(page.action, page.hidden | RENEWAL)
    assert phone.send(page, pin=PIN).link("/b/")


def test_what_is_wrong_is_said_beside_its_question_and_what_was_typed_stays(phone: Phone) -> None:
    page = fill(
        phone,
        {"f-surname": "", "f-birth-date-month": "13", "f-destination": "<b>Zenith</b>", "c-police": None},
    )
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    for name in ("f-surname", "f-birth-date-day", "c-police"):
        assert f'href="#{name}"' in page.html
    assert page.html.count('class="error"') == 3
    assert "&lt;b&gt;Zenith&lt;/b&gt;" in page.html
    assert "<b>Zenith" not in page.html
    assert 'value="ANNA MARIA"' in page.html


def test_without_consent_nothing_is_stored(phone: Phone, centre: Centre) -> None:
    before = events(centre, "form-saved")
    for said in ("no", "", None, "maybe"):
        page = fill(phone, {"c-travel": said})
        assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Without your yes we cannot keep this form." in page.text
    assert events(centre, "form-saved") == before


def test_what_belongs_to_a_no_is_not_kept(phone: Phone) -> None:
    page = phone.send(fill(phone, {"c-police": "no"}), pin=PIN)
    opened = open_saved(phone, code_of(page))
    assert "ERIKSSON" in opened.html
    assert "898902" not in opened.html


@pytest.mark.parametrize("pin", ["", "12345", "123456", "111111", "123456789", "a2b3c4", "2718 28 18 28"])
def test_a_pin_that_cannot_be_had_is_refused(phone: Phone, pin: str) -> None:
    page = save(phone, pin)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="error-pin"' in page.html
    # All that was typed is still there.
    assert "ERIKSSON" in page.html


def test_the_same_page_sent_twice_saves_once(phone: Phone, centre: Centre) -> None:
    page = fill(phone)
    before = events(centre, "form-saved")
    first, again = phone.send(page, pin=PIN), phone.send(page, pin=PIN)
    assert code_of(first) == code_of(again)
    assert events(centre, "form-saved") == before + 1
    other = phone.send(page, pin=PIN, **{"f-surname": "SMITH"})
    assert other.status == HTTPStatus.CONFLICT
    assert "This page was used before" in other.text


def test_wrong_codes_and_wrong_pins_are_one_answer_and_wait(phone: Phone) -> None:
    phone = Phone(phone.server, phone.centre, "127.0.0.8")
    code = code_of(save(phone))
    said = {open_saved(phone, *wrong).text for wrong in ((code, "314159"), ("2222222222", PIN), ("x", PIN), (code, ""))}
    assert len(said) == 1
    for _ in range(3):
        open_saved(phone, code, "314159")
    stopped = open_saved(phone, code)
    assert stopped.status == HTTPStatus.TOO_MANY_REQUESTS
    assert "Too many tries. Wait" in stopped.text


def test_one_address_saves_so_many_and_then_waits(phone: Phone) -> None:
    phone = Phone(phone.server, phone.centre, "127.0.0.9")
    page = fill(phone)
    answers = [phone.send(page, pin=PIN, key=f"a-key-of-its-own-{number}") for number in range(31)]
    assert [one.status for one in answers] == [HTTPStatus.OK] * 30 + [HTTPStatus.TOO_MANY_REQUESTS]
    assert "ERIKSSON" in answers[-1].html, "nothing that was typed is lost"


@pytest.mark.parametrize("opened", ["", "x", "x.y", "e30.AAAAAAAAAAAAAAAAAAAAAA", "A" * 5_000])
def test_a_forged_page_changes_and_wipes_nothing(phone: Phone, opened: str) -> None:
    for verb in ("change", "wipe"):
        page = phone.post(f"/forms/{phone.centre}/{verb}", TYPED | {"opened": opened})
        assert page.status == HTTPStatus.GONE


def test_what_was_opened_at_one_centre_is_nothing_at_another(phone: Phone, centre: Centre) -> None:
    opened = open_saved(phone, code_of(save(phone))).hidden["opened"]
    other = centre.server.unused.popleft()
    assert phone.post(f"/forms/{other}/wipe", {"opened": opened}).status == HTTPStatus.GONE
    assert open_saved(phone, "2222222222").status == HTTPStatus.CONFLICT


def test_what_is_too_much_is_refused(phone: Phone) -> None:
    address = f"/forms/{phone.centre}/fill/{FORM}"
    assert phone.post(address, TYPED | {"f-what-happened": "x" * 40_000}).status in {413, 422}
    many = {f"f-{number}": "x" for number in range(200)}
    assert phone.post(address, TYPED | many).status == HTTPStatus.BAD_REQUEST
    kind = {"Content_Type": "application/x-www-form-urlencoded", "Origin": phone.server}
    assert phone.ask("POST", address, b"x" * 400_000, **kind).status == 413
    assert phone.ask("POST", address, b"f-surname=%ff%fe", **kind).status == HTTPStatus.BAD_REQUEST
    assert phone.ask("POST", address, urlencode(TYPED).encode(), Content_Type="text/plain").status in {400, 403, 415}
    strange = kind | {"Origin": "https://elsewhere.example"}
    assert phone.ask("POST", address, urlencode(TYPED).encode(), **strange).status == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    "path", ["nothing", "fill/nothing", "save/uto-emergency-travel", "../../etc", "%00", "fill/%2e%2e"]
)
def test_what_is_not_there_is_not_found(phone: Phone, path: str) -> None:
    assert phone.ask("GET", f"/forms/{phone.centre}/{path}").status in {404, 405}
    assert phone.ask("GET", f"/forms/{path.partition('/')[0]}").status in {200, 303, 404}


def test_nothing_is_kept_by_browsers_and_found_by_nobody(phone: Phone) -> None:
    page = save(phone)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "ERIKSSON" not in page.address
    assert page.headers["Set-Cookie"] is None


NAMES = st.sampled_from([*TYPED, "key", "pin", "opened", "a", "lang", "change", "f-nothing", "c-nothing", ""])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.dictionaries(NAMES, st.text(max_size=40), max_size=20))
def test_whatever_is_sent_is_answered(phone: Phone, fields: dict[str, str]) -> None:
    safe = {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}
    for verb in (f"fill/{FORM}", f"save/{FORM}", "change", "wipe"):
        page = phone.post_once(f"/forms/{phone.centre}/{verb}", safe)
        assert page.status in {200, 400, 409, 410, 422}, (verb, page.text)
