"""Book, look, change and cancel on a telephone without scripts, against the server as in use."""

import gzip
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from icalendar import Calendar

from queue_server.domain.appointments import read_code
from tests.queue_server.web.booking.phone import Page, Phone, solve
from tests.queue_server.web.server import Centre


def events(centre: Centre, kind: str) -> int:
    """Count what happened to appointments of a centre, behind the server's back."""
    with closing(sqlite3.connect(f"file:{centre.server.data / 'queue.sqlite'}?mode=ro", uri=True)) as database:
        query = "SELECT count(*) FROM events WHERE stream LIKE ? AND type = ?"
        (count,) = database.execute(query, (f"appointments/{centre.id}/%", kind)).fetchone()
    return int(count)


def code_of(page: Page) -> str:
    found = re.search(r'class="shown-code" dir="ltr">([^<]+)<', page.html)
    assert found is not None, page.text
    return found[1]


def test_the_whole_way_without_scripts_and_without_an_account(phone: Phone, centre: Centre) -> None:
    page = phone.open("/book")
    page = phone.open(page.link(f"/book/{centre.id}?"))
    page = phone.open(page.link("government=UTO"))
    assert "Step 1 of 4" in page.text
    page = phone.open(page.link("service=uto-passport-renewal"))
    assert "How many people?" in page.text
    page = phone.send(page, **{"age-adult": "2", "age-child": "1"})
    assert "When can you come?" in page.text
    assert "Only times with room for 3 people are shown." in page.text
    # On a later day: of the first one little or nothing is left when it ends.
    page = phone.open(page.days[2])
    page = phone.hold(page, page.times[3], with_proof=False)
    assert "This time is held for you until" in page.text
    page = phone.send(page)
    assert page.address.startswith("/b/")
    assert "Booked" in page.text
    assert read_code(code_of(page)) is not None
    assert "Party of 3" in page.text
    assert events(centre, "appointment-booked") == 1
    # No cookie is set on the whole way.
    assert page.headers["Set-Cookie"] is None


def test_a_proof_of_work_is_the_quick_way(phone: Phone, centre: Centre) -> None:
    page = phone.times()
    answer = phone.post_once(page.action, {"at": page.times[0], "altcha": solve(page.proof)})
    assert answer.status == 303
    assert "/details?held=" in answer.headers["Location"]
    assert events(centre, "time-held") == 1


def test_one_proof_holds_one_time(phone: Phone, centre: Centre) -> None:
    page = phone.times()
    proof = solve(page.proof)
    first = phone.post_once(page.action, {"at": page.times[0], "altcha": proof})
    # The same once more is the same; another time is refused, with a new challenge.
    again = phone.post_once(page.action, {"at": page.times[0], "altcha": proof})
    assert (first.status, again.status) == (303, 303)
    other = phone.post_once(page.action, {"at": page.times[1], "altcha": proof})
    assert other.status == 409
    assert other.proof != page.proof
    assert events(centre, "time-held") == 1


def test_whoever_takes_another_time_lets_the_first_one_go(phone: Phone, centre: Centre) -> None:
    page = phone.times()
    first = phone.hold(page, page.times[0])
    back = phone.open(first.link("/times?"))
    second = phone.hold(back, back.times[1])
    assert "held for you" in second.text
    assert (events(centre, "time-held"), events(centre, "hold-released")) == (2, 1)
    assert phone.send(first).status == 409
    assert "Booked" in phone.send(second).text


def test_a_bad_network_is_enough(phone: Phone) -> None:
    """The page of times is a few kilobytes on the way, and its style a fraction of what it is."""
    page = phone.times()
    packed = phone.ask("GET", page.address, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.body) < 10_000
    assert gzip.decompress(packed.body).startswith(b"<!doctype html>")
    style = re.search(r'href="(/static/[^"]+style.css)"', page.html)
    assert style is not None
    plain = phone.ask("GET", style[1])
    packed = phone.ask("GET", style[1], Accept_Encoding="gzip")
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < 30_000
    assert {plain.headers["Vary"], packed.headers["Vary"]} == {"Accept-Encoding"}
    # What is of somebody is never compressed beside what anybody may write into its address.
    assert phone.ask("GET", phone.book().address, Accept_Encoding="gzip").headers["Content-Encoding"] is None


def test_a_form_that_is_sent_twice_books_once(phone: Phone, centre: Centre) -> None:
    page = phone.times()
    page = phone.hold(page, page.times[0])
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: phone.post_once(page.action, page.hidden), range(4)))
    assert [answer.status for answer in answers] == [303] * 4
    assert len({answer.headers["Location"] for answer in answers}) == 1
    # Whoever goes back and sends it with something else is led to the same one.
    later = phone.post_once(page.action, {**page.hidden, "document": "P1234567"})
    assert later.headers["Location"] == answers[0].headers["Location"]
    assert events(centre, "appointment-booked") == 1


def test_a_link_is_looked_at_without_changing_anything(phone: Phone, centre: Centre) -> None:
    page = phone.book()
    token = page.address.partition("?")[0]
    for path in ("", "/change", "/cancel", "/calendar"):
        for _ in range(2):
            assert phone.open(f"{token}{path}").status == 200
    assert events(centre, "appointment-cancelled") == 0
    assert "Booked" in phone.open(token).text


def test_it_is_cancelled_by_a_form_alone(phone: Phone, centre: Centre) -> None:
    page = phone.book()
    token = page.address.partition("?")[0]
    ask = phone.open(f"{token}/cancel")
    assert "Cancel this appointment?" in ask.text
    page = phone.send(ask)
    assert "Cancelled" in page.text
    assert "shown-code" not in page.html
    # Once more it stays as it is.
    assert "Cancelled" in phone.send(ask).text
    assert events(centre, "appointment-cancelled") == 1
    assert phone.open(f"{token}/calendar").status == 404


def test_it_is_moved_and_keeps_its_code(phone: Phone, centre: Centre) -> None:
    page = phone.book()
    code, token = code_of(page), page.address.partition("?")[0]
    ask = phone.open(f"{token}/change")
    assert "stays yours until you have another one" in ask.text
    page = phone.send(ask, at=ask.times[-1])
    assert code_of(page) == code
    # To another day.
    ask = phone.open(phone.open(f"{token}/change").days[5])
    page = phone.send(ask, at=ask.times[0])
    assert code_of(page) == code
    assert page.address.startswith(token)
    assert events(centre, "appointment-rescheduled") == 1
    assert events(centre, "appointment-moved-in") == 1


def test_the_last_place_goes_to_one_and_others_are_told_what_is_near(phone: Phone) -> None:
    """Take a time until it is full; then whoever still has it on their page is told so, with other times."""
    page = phone.times()
    at = page.times[0]
    refused = None
    for _ in range(60):
        answer = phone.post_once(page.action, {"at": at, "altcha": solve(phone.open(page.address).proof)})
        if answer.status != 303:
            refused = answer
            break
    assert refused is not None
    assert refused.status == 409
    assert "is not free any more" in refused.text
    assert "Free and near it:" in refused.text
    # The way goes on from there.
    page = phone.open(refused.days[0])
    assert at not in page.times
    assert "held for you" in phone.hold(page, page.times[0]).text


def test_a_calendar_takes_it_in(phone: Phone) -> None:
    page = phone.book()
    token = page.address.partition("?")[0]
    answer = phone.open(f"{token}/calendar")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.body).walk("VEVENT")
    assert code_of(page) in str(event["summary"])
    assert "assport" not in answer.html
    assert str(event["url"]).endswith(token)
    ask = phone.open(f"{token}/change")
    phone.send(ask, at=ask.times[-1])
    (later,) = Calendar.from_ical(phone.open(f"{token}/calendar").body).walk("VEVENT")
    assert later["uid"] == event["uid"]
    assert later.decoded("sequence") > event.decoded("sequence")


def test_what_is_typed_wrongly_is_said_at_its_field(strict: Phone, centre: Centre) -> None:
    page = strict.times()
    page = strict.hold(page, page.times[0])
    for number in ("", "12", "n/a 12", "X" * 33, "\N{ARABIC LETTER ALEF}" * 6, "<script>", "P123\r\nBcc: x"):
        wrong = strict.post(page.action, {"document": number})
        assert wrong.status == 422, number
        assert "Type the number as it stands in the document" in wrong.text
        assert 'aria-invalid="true"' in wrong.html
        assert "<script>" not in wrong.html
    assert events(centre, "appointment-booked") == 0
    assert "Booked" in strict.send(wrong, document="p 1234567").text


def test_what_to_bring_is_said_before_and_after(phone: Phone) -> None:
    page = phone.times(age_adult="2", age_child="1")
    page = phone.hold(page, page.times[0])
    for said in (page.text, phone.send(page).text):
        assert "What you bring" in said
        assert "One photo for each of 3 people" in said
        assert "Proof of address for each of 2 people" in said
        assert "only if your name has changed" in said
        assert "Both parents come with the child" in said
    alone = phone.book().text
    assert "Both parents" not in alone
    assert "for each of" not in alone


def test_an_address_is_looked_at_before_it_is_kept(phone: Phone, centre: Centre) -> None:
    page = phone.times()
    page = phone.hold(page, page.times[0])
    assert "We write once now" in page.text
    for address in ("nobody", "a@example.org\r\nBcc: b@example.org", '"><b>@example.org', "a" * 300 + "@example.org"):
        wrong = phone.post(page.action, {"email": address})
        assert wrong.status == 422, address
        assert "This is no e-mail address." in wrong.text
        assert "<b>@" not in wrong.html
    assert events(centre, "appointment-booked") == 0
    page = phone.send(wrong, email="one.person@example.org")
    assert "Booked" in page.text
    assert "one.person" not in page.html


def test_an_address_has_so_many_and_no_more(phone: Phone, centre: Centre) -> None:
    for _ in range(4):
        assert "Booked" in phone.book(email="one.person@example.org").text
    page = phone.times()
    refused = phone.send(phone.hold(page, page.times[0]), email="one.person@example.org")
    assert refused.status == 409
    assert "There are 4 appointments with this document or address already." in refused.text
    assert events(centre, "appointment-booked") == 4
    # Without it, the time that is held is still theirs.
    assert "Booked" in phone.send(refused).text


def test_a_document_has_so_many_and_no_more(strict: Phone, centre: Centre) -> None:
    for number in ("P1234567", "p 123 4567"):
        page = strict.book(document=number)
        assert "Bring the document that you named" in page.text
        assert "1234567" not in page.html
    page = strict.times()
    refused = strict.send(strict.hold(page, page.times[0]), document="P1234567")
    assert refused.status == 409
    assert "There are 2 appointments with this document or address already." in refused.text
    assert events(centre, "appointment-booked") == 2
    # With another one the time that is held is theirs.
    assert "Booked" in strict.send(refused, document="P7654321").text
    # What was cancelled counts no more.
    strict.send(strict.open(f"{page_of(strict, 'P1111111')}/cancel"))
    assert "Booked" in strict.book(document="P1111111").text


def page_of(phone: Phone, document: str) -> str:
    """Book with a document; gives the address of its page."""
    return phone.book(document=document).address.partition("?")[0]


def test_steps_that_were_left_out_are_asked_for(phone: Phone, centre: Centre) -> None:
    assert "Step 1 of 4" in phone.open(f"/book/{centre.id}/times").text
    page = phone.open(f"/book/{centre.id}/times?service=uto-passport-renewal")
    assert "Choose how many people come" in page.text
    page = phone.times()
    assert "Choose a time first." in phone.post(page.action, {}).text


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_language_goes_the_whole_way(centre: Centre, language: str) -> None:
    phone = Phone(centre.server.address, centre.id, language=language)
    page = phone.book()
    assert f'lang="{language}"' in page.html
    assert page.query("lang") == language
