"""The page of a ticket gives time: how long it takes, more of it, "I am coming", and a sound when it is over."""

import pytest
from markupsafe import Markup
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from queue_server.domain.values import MINUTE, Micros, VisitId, VisitState, to_datetime
from queue_server.queue import commands as c
from queue_server.waiting.rounding import CallTimes, ClosesBefore
from queue_server.web.site import LANGUAGES
from queue_server.web.ticket_page import PhoneTicketPage, ticket_page
from queue_server.web.ticket_range import ticket_range
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader
from tests.queue_server.web import days
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.booking.phone import Phone
from tests.queue_server.web.days import ME, at
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_ticket import SITE, text

PHONE = (360, 740)
#: What a phone does that a test cannot feel.
FELT = "window.felt = []; navigator.vibrate = (pattern) => { window.felt.push(pattern); return true; };"


def reader(language: str = "en") -> PageReader:
    return PageReader(SITE.words[language], Clockface("Europe/Brussels", language), language, language == "ar")


def look(centre: days.Centre, visit: VisitId, clock: str, language: str = "en") -> PhoneTicketPage:
    now = at(clock)
    waits = centre.state.visits[visit].state is VisitState.WAITING
    minutes = [Micros(now + count * MINUTE) for count in (10, 25, 35)]
    return ticket_page(
        centre.state,
        centre.facts,
        centre.state.visits[visit],
        reader(language),
        now=now,
        settings=centre.settings,
        expected=CallTimes(*minutes) if waits else None,
    )


# --- what it says --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earliest", "latest", "minutes", "clock"),
    [
        (0, 4.5, "", ""),
        (3, 8, "3\N{EN DASH}8 min", "09:03 to 09:08"),
        (0, 12, "up to 15 min", "09:00 to 09:15"),
        (17, 23, "15\N{EN DASH}25 min", "09:15 to 09:25"),
        (14, 14, "10\N{EN DASH}15 min", "09:10 to 09:15"),
        (58, 71, "55\N{EN DASH}80 min", "09:55 to 10:20"),
        (130, 190, "more than 2 hours", ""),
    ],
)
def test_a_range_is_rounded_outwards(earliest: float, latest: float, minutes: str, clock: str) -> None:
    now = at("09:00")
    found = ticket_range(
        CallTimes(Micros(round(now + earliest * MINUTE)), Micros(round(now + latest * MINUTE)), at("13:00")),
        reader(),
        now,
    )
    assert (text(found.minutes), text(found.clock)) == (minutes, clock)
    assert text(found.lead) == ("Your turn comes in about" if minutes else "Soon: please stay near.")


def test_it_says_by_when_at_the_latest_and_that_closing_comes_before() -> None:
    centre = days.Centre()
    centre.open("09:00")
    visit = centre.issue("09:00", "B042", "uto-birth")
    page = look(centre, visit, "09:05")
    assert page.expected is not None
    assert (text(page.expected.minutes), text(page.latest)) == ("10\N{EN DASH}25 min", "at the latest 09:40")
    state, facts, here = centre.state, centre.facts, centre.state.visits[visit]
    rough = ticket_page(
        state, facts, here, reader(), now=at("09:05"), expected=CallTimes(at("09:15"), at("09:30"), None)
    )
    assert rough.expected is not None
    assert (text(rough.expected.minutes), text(rough.latest)) == ("10\N{EN DASH}25 min", "")
    shut = ticket_page(state, facts, here, reader(), now=at("09:05"), expected=ClosesBefore(at("12:30")))
    assert shut.expected is not None
    assert (text(shut.expected.minutes), text(shut.latest)) == ("", "")
    assert text(shut.expected.lead) == "We may not reach you before we close at 12:30. Please ask staff."


def test_more_time_says_what_it_costs_and_how_often_it_is_there() -> None:
    centre = days.Centre()
    centre.open("09:00")
    visit = centre.issue("09:00", "B042", "uto-birth")
    choices = look(centre, visit, "09:05").choices
    assert choices is not None
    assert [text(one.label) for one in choices.more] == ["10 minutes", "20 minutes", "30 minutes"]
    assert text(choices.more[0].cost) == "Others go first. We call you by 09:55."
    assert text(choices.left) == "You keep your number. You can do this 2 times today."
    centre.do("09:05", c.StepBack(visit, 10))
    away = look(centre, visit, "09:06")
    assert (text(away.headline), away.expected, away.stale_at) == ("You have time until 09:15", None, at("09:07"))
    assert away.choices is not None
    assert (text(away.choices.coming), away.choices.more, away.choices.look) == ("I am back", (), "filled")
    back = look(centre, visit, "09:15")
    assert text(back.headline) == "Please wait"
    assert back.choices is not None
    assert text(back.choices.left) == "You keep your number. You can do this 1 time today."
    # Late as it is, nobody is promised a time that is past.
    late = look(centre, visit, "10:20")
    assert late.choices is not None
    assert text(late.choices.more[0].cost) == "We call you after 10:30."
    centre.do("10:20", c.StepBack(visit, 20))
    used = look(centre, visit, "10:45")
    assert used.choices is not None
    assert used.choices.more == ()


def test_nobody_is_given_time_beyond_closing() -> None:
    centre = days.Centre()
    visit = centre.issue("09:00", "B042", "uto-birth")
    opening = centre.facts.catalogue.centre.openings[0]
    closes = at("09:30")
    shut = replace(opening, opens=to_datetime(at("08:00")), closes=to_datetime(closes))
    catalogue = replace(centre.facts.catalogue, centre=replace(centre.facts.catalogue.centre, openings=(shut,)))
    centre.facts = replace(centre.facts, catalogue=catalogue)
    choices = look(centre, visit, "09:05").choices
    assert choices is not None
    assert [one.minutes for one in choices.more] == [10, 20]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_called_says_that_they_come(language: str) -> None:
    centre = days.Centre()
    centre.open("09:00")
    visit = centre.issue("09:00", "B042", "uto-birth")
    centre.call_next("09:02")
    before = look(centre, visit, "09:02", language).choices
    centre.do("09:03", c.SayOnTheWay(visit))
    after = look(centre, visit, "09:03", language).choices
    assert before is not None
    assert after is not None
    assert (bool(before.coming), bool(before.known)) == (True, False)
    assert (bool(after.coming), bool(after.known)) == (False, True)
    centre.do("09:04", c.StartServing(ME))
    served = look(centre, visit, "09:04", language).choices
    assert served is not None
    assert (served.coming, served.known, served.more) == (Markup(), Markup(), ())


# --- on a phone ----------------------------------------------------------------------------------------------------


def _opened(phone: Desk, centre: Centre, visit: VisitId, language: str = "en") -> Page:
    phone.context.add_init_script(FELT)
    phone.go(f"/t/{centre.ticket(visit)}?lang={language}")
    expect(phone.page.locator("#on")).to_be_visible()
    return phone.page


def test_it_follows_its_visit_rings_and_gives_more_time_and_the_counter_hears_of_it(
    browser: Browser, centre: Centre, clerk: PageClient
) -> None:
    visit = centre.issue("uto-birth")
    with Desk(browser, centre, size=PHONE) as phone:
        page = _opened(phone, centre, visit.id)
        assert page.locator(".ticket .code").inner_text().replace("\N{NO-BREAK SPACE}", "") == visit.code
        expect(page.locator(".ticket")).to_contain_text("numbers before you")
        expect(page.locator(".ticket-range")).to_contain_text("0 numbers before you")
        # What follows comes by the line: the page is never loaded again.
        page.evaluate("document.body.dataset.same = 'yes'")
        page.click("#ring")
        expect(page.locator("#ring")).to_have_text("Rings when it is your turn")
        expect(page.locator("#ring")).to_have_attribute("data-rung", "1")
        press(clerk, "call-next")
        expect(page.locator("[data-state]")).to_have_attribute("data-state", "called")
        expect(page.locator("#ring")).to_have_attribute("data-rung", "2")
        assert page.evaluate("window.felt.length") == 2
        expect(page.locator(".called .number")).to_have_text("3")
        expect(page.locator("#say")).to_contain_text("Your turn: counter 3")
        expect(page).to_have_title(f"{visit.code[0]}\N{NO-BREAK SPACE}{visit.code[1:]}: Your turn: counter 3")
        page.get_by_role("button", name="I am coming").click()
        expect(page.locator(".known")).to_have_text("Staff know that you are coming.")
        assert "that they come" in clerk.get("/counter").one("#page").text
        expect(page.locator("#ring")).to_have_text("Rings when it is your turn")
        page.get_by_text("I need more time").click()
        # What is unfolded stays so when news come.
        news = page.locator(".ticket-now").element_handle()
        press(clerk, "recall")
        page.wait_for_function("(before) => !before.isConnected", arg=news)
        expect(page.get_by_role("button", name="20 minutes")).to_be_visible()
        page.get_by_role("button", name="20 minutes").click()
        expect(page.locator("h1")).to_contain_text("You have time until")
        assert violations(page) == []
        assert clerk.get("/counter").one("#now")["data-stage"] == "idle"
        page.get_by_role("button", name="I am back").click()
        expect(page.locator("h1")).to_have_text("Please wait")
        press(clerk, "call-next")
        assert "They asked for 20 min more." in clerk.get("/counter").one("#page").text
        press(clerk, "start")
        expect(page.locator("h1")).to_have_text("You are being served")
        press(clerk, "finish")
        expect(page.locator("h1")).to_have_text("Please wait")
        expect(page.locator("body")).to_have_attribute("data-same", "yes")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def press(clerk: PageClient, act: str) -> None:
    """Press a button of the counter."""
    clerk.press(clerk.get("/counter").one(f"#act-{act}"))


def test_without_scripts_forms_say_the_same_and_twice_is_once(centre: Centre) -> None:
    visit = centre.issue("uto-birth")
    phone = Phone(centre.server.address, centre.id)
    path = f"/t/{centre.ticket(visit.id)}"
    first = phone.open(path)
    seq = first.hidden["seq"]
    fields = {"seq": seq, "minutes": "10"}
    away = phone.post(f"{path}/more-time", fields)
    assert "You have time until" in away.text
    assert phone.post(f"{path}/more-time", fields).text == away.text, "sent twice"
    assert phone.post(f"{path}/more-time", {"seq": seq, "minutes": "30"}).text == away.text, "an old page"
    assert "Please wait" in phone.post(f"{path}/coming", away.hidden).text
    for wrong in ({}, {"minutes": "15"}, {"minutes": "-10"}, {"minutes": "9" * 30}, {"minutes": "10\u0660"}):
        answer = phone.post(f"{path}/more-time", {"seq": "77", **wrong})
        assert (answer.status, "Please wait" in answer.text) == (200, True), wrong
    other = phone.post_once(f"/t/{'A' * 43}/coming", {"seq": "1"})
    assert other.status == 404
    foreign = phone.ask(
        "POST",
        f"{path}/coming",
        b"seq=1",
        Content_Type="application/x-www-form-urlencoded",
        Origin="https://elsewhere.example",
    )
    assert foreign.status == 403
