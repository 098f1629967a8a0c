"""Signing in and out in Chromium, and the page of a ticket, against a real server."""

import json
import re

import pytest
from playwright.sync_api import Browser, expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import PASSWORD, Centre


def test_a_name_a_password_and_a_counter_lead_to_the_counter_page(browser: Browser, centre: Centre) -> None:
    """By keyboard alone, as every morning."""
    with Desk(browser, centre) as desk:
        desk.go(f"/sign-in?centre={centre.id}")
        expect(desk.page.locator("#login")).to_be_focused()
        desk.page.keyboard.type("ines.moreau")
        desk.press("Tab")
        desk.page.keyboard.type(PASSWORD)
        desk.press("Enter")
        desk.page.wait_for_url("**/sign-in/counter")
        desk.page.check('input[name=counter][value="3"]')
        desk.press("Enter")
        desk.page.wait_for_url("**/counter")
        desk.is_live()


def test_a_wrong_password_is_said_beside_the_field_and_nothing_typed_is_lost(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as desk:
        desk.go("/sign-in")
        # Not the one that stands there by itself.
        first, *_, last = (str(one.get_attribute("value")) for one in desk.page.locator("#centre option").all())
        expect(desk.page.locator("#centre")).to_have_value(first)
        desk.page.select_option("#centre", last)
        desk.page.fill("#login", "ines.moreau")
        desk.page.fill("#password", "wrong")
        desk.page.press("#password", "Enter")
        expect(desk.page.locator("#error")).to_contain_text("Staff name or password is wrong")
        expect(desk.page.locator("#centre")).to_have_value(last)
        expect(desk.page.locator("#login")).to_have_value("ines.moreau")
        expect(desk.page.locator("#password")).to_be_focused()


def test_after_too_many_tries_the_page_says_how_long_to_wait(browser: Browser, centre: Centre) -> None:
    """The first waits are of seconds, and may be over before a slow browser has sent its next try."""
    with Desk(browser, centre) as desk:
        desk.go("/sign-in")
        error, tries = desk.page.locator("#error"), 0
        while tries == 0 or "Too many wrong tries" not in error.inner_text():
            tries += 1
            assert tries < 20
            desk.page.fill("#login", "ruth.adeyemi")
            desk.page.fill("#password", "wrong")
            with desk.page.expect_navigation():
                desk.page.press("#password", "Enter")
        assert tries > 3
        expect(error).to_contain_text(re.compile(r"Try again in \d+ (second|minute)"))


@pytest.mark.usefixtures("desk")
def test_a_counter_is_taken_once(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as other:
        other.go(f"/sign-in?centre={centre.id}")
        other.page.fill("#login", "samir.nasser")
        other.page.fill("#password", PASSWORD)
        other.page.press("#password", "Enter")
        expect(other.page.locator(".counters .taken")).to_have_count(1)
        expect(other.page.locator(".counters .taken")).to_contain_text("3")
        # Somebody who asks for it all the same is told, and chooses another.
        other.page.evaluate(
            """() => {
              const choice = document.querySelector('input[name=counter]');
              choice.value = '3';
              choice.checked = true;
            }"""
        )
        other.page.click("button.filled")
        expect(other.page.locator("#error")).to_contain_text("Somebody has just signed in at this counter")


def test_who_signs_in_again_at_the_own_counter_takes_it_over(browser: Browser, centre: Centre, desk: Desk) -> None:
    # Its feed is ended by the server.
    desk.may_be_cut = True
    with Desk(browser, centre) as again:
        again.sign_in("ines.moreau", "3")
        again.stage("idle")
        # The earlier browser is led out.
        desk.page.wait_for_url("**/sign-in")


def test_signing_out_closes_the_counter_but_never_leaves_a_person_standing(centre: Centre, desk: Desk) -> None:
    centre.issue()
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    expect(desk.page.locator("#sign-out button")).to_have_attribute("aria-disabled", "true")
    expect(desk.page.locator("#sign-out")).to_contain_text("after")
    desk.page.locator("#sign-out button").click(force=True)
    desk.stage("called")
    desk.press("KeyU")
    desk.stage("idle")
    desk.sign_out()
    assert centre.events("counter-closed") == 1
    desk.go("/counter")
    desk.page.wait_for_url("**/sign-in")


def test_a_forged_form_is_refused(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as desk:
        desk.go("/sign-in")
        form = {"login": "ines.moreau", "password": PASSWORD, "centre": str(centre.id)}
        for csrf, origin in (
            ("", centre.server.address),
            ("x" * 43, centre.server.address),
            ("right", "https://elsewhere.example"),
        ):
            token = desk.page.locator("input[name=csrf]").get_attribute("value") if csrf == "right" else csrf
            answer = desk.context.request.post(
                centre.server.address + "/sign-in",
                form={**form, "csrf": token or ""},
                headers={"Origin": origin},
                max_redirects=0,
            )
            assert answer.status == 403
            assert json.loads(answer.body())["code"] in ("form-forged", "foreign-origin")


def test_a_form_of_an_earlier_page_says_what_to_do(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as desk:
        desk.go("/sign-in")
        desk.page.fill("#login", "ines.moreau")
        desk.page.fill("#password", PASSWORD)
        desk.context.clear_cookies()
        desk.page.press("#password", "Enter")
        expect(desk.page.locator("h1")).to_have_text("This form is too old")


def test_the_session_is_out_of_reach_of_scripts_and_other_sites(desk: Desk) -> None:
    cookies = {cookie["name"]: cookie for cookie in desk.context.cookies()}
    assert cookies
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Strict" for cookie in cookies.values())
    assert desk.page.evaluate("document.cookie") == ""


def test_the_language_is_remembered(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as desk:
        desk.go("/sign-in")
        desk.page.click("a[lang=ar]")
        expect(desk.page.locator("html")).to_have_attribute("dir", "rtl")
        desk.go("/sign-in")
        expect(desk.page.locator("h1")).to_have_text("تسجيل الدخول")


def test_what_is_there_of_the_pages_needs_a_session(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as desk:
        desk.go("/counter")
        desk.page.wait_for_url("**/sign-in")
        assert desk.context.request.get(centre.server.address + "/counter/page").status == 401
        assert desk.context.request.get(centre.server.address + "/static/other/style.css").status == 404
        assert desk.context.request.get(centre.server.address + "/static/other/..%2f..%2fsite.py").status == 404
