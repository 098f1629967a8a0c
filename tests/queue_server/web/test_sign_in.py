"""Signing in and out against a real server: the keyboard and an open page in Chromium, the rest without a browser."""

import re

import pytest
import requests
from playwright.sync_api import Browser, expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import PASSWORD, Centre

WHO = "form[action='/sign-in']"
#: A page is asked for as browsers ask.
NAVIGATION = {"Accept": "text/html"}


def test_a_name_a_password_and_a_counter_lead_to_the_counter_page(browser: Browser, centre: Centre) -> None:
    """By keyboard alone, as every morning; the first password is mistyped. A later browser leads this one out."""
    with Desk(browser, centre) as desk:
        desk.go(f"/sign-in?centre={centre.id}")
        expect(desk.page.locator("#login")).to_be_focused()
        desk.page.keyboard.type("ines.moreau")
        desk.press("Tab")
        desk.page.keyboard.type("wrong")
        desk.press("Enter")
        expect(desk.page.locator("#error")).to_contain_text("Staff name or password is wrong")
        expect(desk.page.locator("#login")).to_have_value("ines.moreau")
        expect(desk.page.locator("#password")).to_be_focused()
        desk.page.keyboard.type(PASSWORD)
        desk.press("Enter")
        desk.page.wait_for_url("**/sign-in/counter")
        desk.page.press('button[name=counter][value="3"]', "Enter")
        desk.page.wait_for_url("**/counter")
        desk.is_live()
        assert desk.page.evaluate("document.cookie") == "", "cookies are out of reach of scripts"
        # Signing in again at the own counter takes it over: the feed of the earlier browser is ended by the server.
        desk.may_be_cut = True
        with PageClient(centre) as again:
            assert again.sign_in("ines.moreau", "3").one("#now")["data-stage"] == "closed"
            desk.page.wait_for_url("**/sign-in")


# --- without a browser ---------------------------------------------------------------------------------------------


def test_a_wrong_password_is_said_beside_the_field_and_nothing_typed_is_lost(client: PageClient) -> None:
    form = client.get("/sign-in").one(WHO)
    first, *_, last = (option["value"] for option in form.all("#centre option"))
    # Another centre than the one that is chosen by itself.
    assert form.fields()["centre"] == first
    page = client.submit(form, 403, centre=last, login="ines.moreau", password="wrong")
    assert "Staff name or password is wrong" in page.one(".form-side #error").text
    again = page.one(WHO).fields()
    assert (again["centre"], again["login"], again["password"]) == (last, "ines.moreau", "")
    assert [field["id"] for field in page.all("[autofocus]")] == ["password"]
    assert page.one("#password")["aria-describedby"] == "error"


def test_after_too_many_tries_the_page_says_how_long_to_wait(client: PageClient) -> None:
    """The first waits are of seconds, and may be over before a slow machine has sent its next try."""
    page, tries = client.get(f"/sign-in?centre={client.centre.id}"), 0
    while tries == 0 or "Too many wrong tries" not in page.one("#error").text:
        tries += 1
        assert tries < 20
        page = client.submit(page.one(WHO), None, login="ruth.adeyemi", password="wrong")
    assert tries > 3
    assert page.status == 429
    assert re.search(r"Try again in \d+ (second|minute)", page.one("#error").text)


@pytest.mark.usefixtures("clerk")
def test_a_counter_is_taken_once(centre: Centre) -> None:
    with PageClient(centre) as other:
        page = other.enter("samir.nasser")
        assert "3" in page.one(".counters .taken").text
        assert not page.has("button[name=counter][value='3']")
        # Somebody who asks for it all the same is told, and chooses another.
        told = other.post("/sign-in/counter", {"counter": "3"}, 409)
        assert "Somebody has just signed in at this counter" in told.one("#error").text
        assert told.has("button[name=counter][value='4']")


def test_signing_out_closes_the_counter_but_never_leaves_a_person_standing(clerk: PageClient) -> None:
    clerk.centre.issue()
    clerk.press(clerk.get("/counter").one("#act-call-next"))
    page = clerk.get("/counter")
    way_out = page.one("#sign-out button")
    assert way_out["aria-disabled"] == "true"
    assert "after" in page.one("#sign-out").text
    # Whoever sends the form all the same stays, with the person.
    assert clerk.submit(page.one("#sign-out")).one("#now")["data-stage"] == "called"
    clerk.press(clerk.get("/counter").one("#act-undo"))
    page = clerk.get("/counter")
    assert page.one("#now")["data-stage"] == "idle"
    assert clerk.submit(page.one("#sign-out")).has(WHO)
    assert clerk.centre.events("counter-closed") == 1
    assert clerk.get("/counter").has(WHO)


def test_a_forged_form_is_refused(centre: Centre) -> None:
    server = centre.server.address
    with requests.Session() as http:
        token = re.search(r'name="csrf" value="([^"]+)"', http.get(f"{server}/sign-in", timeout=120).text)
        assert token is not None
        who = {"login": "ines.moreau", "password": PASSWORD, "centre": str(centre.id)}
        for csrf, origin, code in (
            ("", server, "form-forged"),
            ("x" * 43, server, "form-forged"),
            (token[1], "https://elsewhere.example", "foreign-origin"),
        ):
            answer = http.post(
                f"{server}/sign-in",
                who | {"csrf": csrf},
                headers={"Origin": origin},
                allow_redirects=False,
                timeout=120,
            )
            assert (answer.status_code, answer.json()["code"]) == (403, code)


def test_a_form_of_an_earlier_page_says_what_to_do(centre: Centre) -> None:
    with PageClient(centre) as before, PageClient(centre, headers=NAVIGATION) as client:
        form = before.get("/sign-in").one(WHO)
        # The cookie that belongs to the form is gone.
        page = client.submit(form, 403, login="ines.moreau", password=PASSWORD)
        assert page.one("h1").text == "This form is too old"


def test_the_session_is_out_of_reach_of_scripts_and_other_sites(centre: Centre) -> None:
    server = centre.server.address
    with requests.Session() as http:
        page = http.get(f"{server}/sign-in", timeout=120)
        token = re.search(r'name="csrf" value="([^"]+)"', page.text)
        assert token is not None
        who = {"csrf": token[1], "login": "ines.moreau", "password": PASSWORD, "centre": str(centre.id)}
        answer = http.post(f"{server}/sign-in", who, headers={"Origin": server}, allow_redirects=False, timeout=120)
        assert answer.status_code == 303
        given = [line for one in (page, answer) for line in one.raw.headers.getlist("Set-Cookie")]
    assert len(given) > 3
    assert [line for line in given if "HttpOnly" not in line or "SameSite=Strict" not in line] == []


def test_the_language_is_remembered(client: PageClient) -> None:
    page = client.get("/sign-in" + client.get("/sign-in").one("a[lang=ar]")["href"])
    assert (page.one("html")["dir"], page.one("html")["lang"]) == ("rtl", "ar")
    assert client.get("/sign-in").one("h1").text == "تسجيل الدخول"


def test_what_is_there_of_the_pages_needs_a_session(client: PageClient) -> None:
    assert client.get("/counter").address.endswith("/sign-in")
    client.get("/counter/page", 401)
    client.get("/static/other/style.css", 404)
    client.get("/static/other/..%2f..%2fsite.py", 404)
