"""A ticket on a phone: what it says in every state, live in Chromium against a real server."""

import base64

import msgspec
import pytest
from markupsafe import Markup
from playwright.sync_api import Browser, expect

from queue_server.domain.values import (
    Category,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    ParkReason,
    VisitId,
)
from queue_server.queue import commands as c
from queue_server.web.site import LANGUAGES, is_rtl, site_of
from queue_server.web.ticket_page import PhoneTicketPage, ticket_page
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader
from tests.queue_server.house import KNOWN
from tests.queue_server.web import days
from tests.queue_server.web.days import ME, at
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre

SITE = site_of(KNOWN.sites)
PHONE = (390, 844)


def look(centre: days.Centre, visit: VisitId, clock: str, language: str = "en") -> PhoneTicketPage:
    reader = PageReader(SITE.words[language], Clockface("Europe/Brussels", language), language, is_rtl(language))
    return ticket_page(centre.state, centre.facts, centre.state.visits[visit], reader, now=at(clock))


def text(value: Markup) -> str:
    return value.striptags().replace("\N{NO-BREAK SPACE}", " ")


# --- what it says --------------------------------------------------------------------------------------------------


def test_every_state_has_its_words_in_every_language() -> None:
    centre = days.Centre()
    centre.open("09:00")
    visit = centre.issue("09:00", "B042", "uto-birth", Category.PRIORITY)
    seen: dict[str, set[str]] = {language: set() for language in LANGUAGES}

    def see(clock: str) -> None:
        for language in LANGUAGES:
            page = look(centre, visit, clock, language)
            seen[language].add(text(page.headline))
            assert "Priority" not in SITE.render("ticket_part.html", language, {"page": page})

    see("09:01")
    centre.call_next("09:02")
    see("09:02")
    centre.do("09:03", c.StartServing(ME))
    see("09:03")
    centre.do("09:04", c.Park(ME, ParkReason.PHOTO))
    see("09:04")
    centre.do("09:05", c.Cancel(visit))
    see("09:05")
    assert all(len(said) == 5 for said in seen.values())
    assert not seen["en"] & seen["fr"]


def test_the_promise_is_no_appointment_and_a_broken_one_is_said() -> None:
    centre = days.Centre()
    visit = centre.issue("09:00", "B042", "uto-birth")
    kept, broken = look(centre, visit, "09:44"), look(centre, visit, "09:45")
    assert (text(kept.latest), kept.stale_at) == ("We cannot say yet how long it takes.", at("09:45"))
    assert "We promised to call you by 09:45." in text(kept.sentence)
    assert (text(broken.latest), broken.stale_at) == ("later than the 09:45 that we promised", None)
    for language in LANGUAGES:
        shown = SITE.render("ticket_part.html", language, {"page": look(centre, visit, "09:44", language)})
        assert "<b>09:45" not in shown, "the time is not as large as the people before"


def test_a_family_is_told_which_ticket_goes_on() -> None:
    centre = days.Centre()
    first = centre.issue("09:00", "B042", "uto-birth")
    second = centre.issue("09:01", "B043", "uto-birth")
    centre.do("09:02", c.Merge(second, first))
    assert text(look(centre, second, "09:03").headline) == "You go on with B 042"


def test_notices_are_shown_while_they_last() -> None:
    centre = days.Centre()
    visit = centre.issue("09:00", "B042", "uto-birth")
    for number, (kind, word, where) in enumerate(
        (
            (NoticeKind.ANNOUNCEMENT, NoticeText.DELAY, NoticePlace.EVERYWHERE),
            (NoticeKind.EMERGENCY, NoticeText.LEAVE_BUILDING, NoticePlace.BOARDS),
            (NoticeKind.ANNOUNCEMENT, NoticeText.CLOSING_SOON, NoticePlace.KIOSKS),
        )
    ):
        centre.do("09:01", c.ShowNotice(NoticeId(f"notice-{number}"), kind, word, where, until=at("09:30")))
    page = look(centre, visit, "09:02")
    assert [one.emergency for one in page.notices] == [True, False]
    assert page.stale_at == at("09:30")
    assert look(centre, visit, "09:30").notices == ()


def test_a_typed_notice_is_shown_once_its_text_is_read() -> None:
    centre = days.Centre()
    visit = centre.issue("09:00", "B042", "uto-birth")
    ident = NoticeId("notice-own")
    own = c.ShowNotice(ident, NoticeKind.ANNOUNCEMENT, NoticeText.OWN, NoticePlace.EVERYWHERE)
    centre.do("09:01", own)
    page = look(centre, visit, "09:02")
    assert page.notices == ()
    assert page.stale_at is not None
    typed = {ident: {"en": "The lift is <b>out</b>", "ar": "المصعد معطل"}}
    centre.facts = msgspec.structs.replace(centre.facts, notices=typed)
    (notice,) = look(centre, visit, "09:02", "ar").notices
    assert (notice.text, notice.language) == ("المصعد معطل", "ar")
    # French was not typed: English stands in, and nothing that was typed is markup.
    (notice,) = look(centre, visit, "09:02", "fr").notices
    assert (notice.text, notice.language) == ("The lift is &lt;b&gt;out&lt;/b&gt;", "en")


# --- on a phone ----------------------------------------------------------------------------------------------------


@pytest.mark.stops
def test_without_a_line_it_says_since_when_and_comes_back(browser: Browser, centre: Centre) -> None:
    token = centre.ticket(centre.issue().id)
    with Desk(browser, centre, size=PHONE) as phone:
        phone.may_be_cut = True
        phone.go(f"/t/{token}")
        expect(phone.page.locator("#on")).to_be_visible()
        phone.page.evaluate("document.getElementById('live').dataset.silence = 1500")
        centre.server.stop()
        expect(phone.page.locator("#cut")).to_contain_text("Stay in the hall")
        expect(phone.page.locator("#last")).to_contain_text("Last news")
        centre.server.start()
        expect(phone.page.locator("#on")).to_be_visible()
        expect(phone.page.locator("#cut")).to_be_hidden()


# --- without a browser ---------------------------------------------------------------------------------------------


def test_without_scripts_it_looks_again_by_itself(client: PageClient) -> None:
    path = f"/t/{client.centre.ticket(client.centre.issue().id)}"
    page = client.get(path)
    assert page.one("meta[http-equiv=refresh]")["content"] == "30"
    assert "Last news" in page.one("#last").text
    client.centre.issue()
    page = client.get(path + page.one(".again")["href"])
    assert "0numbers before you" in page.one(".ticket").text


@pytest.mark.parametrize("flip", [0, 20, 42])
def test_any_other_token_is_not_found(client: PageClient, flip: int) -> None:
    token = client.centre.ticket(client.centre.issue().id)
    raw = bytearray(base64.urlsafe_b64decode(token + "="))
    raw[flip * 31 // 42] ^= 1
    wrong = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    assert client.get(f"/t/{wrong}", 404).one("h1").text == "This ticket is not known here"
