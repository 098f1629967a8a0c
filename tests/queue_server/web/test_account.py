"""One's own account in Chromium: another password, where one is signed in, and what managers do of colleagues."""

import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect
from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import PASSWORD, Centre, Server

NEW = "four herons under the bridge"


def staff(server: Server, *arguments: str) -> str:
    """Run the command line on the data of a server that serves."""
    with ThreadPoolExecutor(1) as thread:
        # The thread of the test belongs to the loop that steers the browser.
        ran = thread.submit(CliRunner().invoke, app, ["staff", *arguments, "--data", str(server.data)]).result()
    assert ran.exit_code == 0, ran.output
    return ran.output


def person(centre: Centre, login: str, role: str = "counter") -> str:
    """Add somebody whose account no other test has changed; returns their password."""
    name = " ".join(part.title() for part in login.split("."))
    added = staff(centre.server, "add", login, "--name", name, "--centre", str(centre.id), "--role", role)
    return added.splitlines()[-1]


def deeds(server: Server, login: str) -> list[tuple[str, str, str]]:
    """Read what stands in the log of an account: type, actor, payload."""
    with closing(sqlite3.connect(f"file:{server.data / 'queue.sqlite'}?mode=ro", uri=True)) as database:
        (ident,) = database.execute("SELECT id FROM staff WHERE login = ?", (login,)).fetchone()
        query = "SELECT type, actor, payload FROM events WHERE stream = ? ORDER BY seq"
        found = database.execute(query, (f"account/{ident}",)).fetchall()
    return [
        (kind, actor.replace(ident, login), bytes(payload).decode().replace(ident, login))
        for kind, actor, payload in found
    ]


def change(desk: Desk, old: str, new: str, again: str | None = None) -> None:
    desk.page.fill("#old", old)
    desk.page.fill("#new", new)
    desk.page.fill("#again", new if again is None else again)
    with desk.page.expect_navigation():
        desk.page.press("#again", "Enter")


def test_somebody_chooses_another_password_and_is_signed_out_elsewhere(browser: Browser, centre: Centre) -> None:
    password = person(centre, "amal.odeh")
    with Desk(browser, centre) as desk, Desk(browser, centre) as other:
        desk.enter("amal.odeh", password)
        other.may_be_cut = True
        other.enter("amal.odeh", password)
        desk.go("/account")
        expect(desk.page.locator("#head")).to_have_text("Amal Odeh")
        error = desk.page.locator("#error")
        for old, new, again, said in (
            ("wrong", NEW, NEW, "The password that you have now is another one"),
            (password, NEW, NEW + "!", "typed in two ways"),
            (password, "too short", "too short", "12 characters at least"),
            (password, "amal.odeh2026", "amal.odeh2026", "little more than your staff name"),
            (password, "Password1234", "Password1234", "tried first"),
            (password, password, password, "is the old one"),
        ):
            change(desk, old, new, again)
            expect(error).to_contain_text(said)
        change(desk, password, NEW)
        expect(desk.page.locator(".done")).to_contain_text("You have a new password")
        desk.is_live()
        other.go("/account")
        other.page.wait_for_url("**/sign-in")
        other.go(f"/sign-in?centre={centre.id}")
        for typed in (password, NEW):
            other.page.fill("#login", "amal.odeh")
            other.page.fill("#password", typed)
            with other.page.expect_navigation():
                other.page.press("#password", "Enter")
        other.page.wait_for_url("**/sign-in/counter")
    told = deeds(centre.server, "amal.odeh")
    assert told == [("password-changed", "staff/amal.odeh", '{"staff":"amal.odeh"}')]


def test_a_page_that_is_drawn_anew_leaves_the_field_in_which_somebody_types(browser: Browser, centre: Centre) -> None:
    password = person(centre, "dora.lindt")
    with Desk(browser, centre) as desk:
        desk.enter("dora.lindt", password)
        desk.go("/account")
        change(desk, "wrong", NEW)
        expect(desk.page.locator("#old")).to_be_focused()
        desk.is_live()
        desk.page.press("#old", "Tab")
        expect(desk.page.locator("#new")).to_be_focused()
        desk.page.keyboard.type("four herons ")
        with desk.page.expect_response("**/account/page*") as drawn:
            desk.page.evaluate("htmx.trigger(document.getElementById('page'), 'live:refresh')")
        drawn.value.finished()
        with desk.page.expect_response("**/account/page*"):
            # What was drawn is there when the next one is asked for.
            desk.page.evaluate("htmx.trigger(document.getElementById('page'), 'live:refresh')")
        desk.page.keyboard.type("under the bridge")
        expect(desk.page.locator("#new")).to_have_value(NEW)
        expect(desk.page.locator("#old")).to_have_value("")


def test_guessing_the_old_password_has_to_wait(browser: Browser, centre: Centre) -> None:
    password = person(centre, "basil.amari")
    with Desk(browser, centre) as desk:
        desk.enter("basil.amari", password)
        desk.go("/account")
        said = ""
        for _ in range(20):
            change(desk, "wrong", NEW)
            said = desk.page.locator("#error").inner_text()
            if "Too many wrong tries" in said:
                break
        assert re.search(r"Try again in \d+ second", said)


def test_somebody_sees_and_ends_where_they_are_signed_in(browser: Browser, centre: Centre) -> None:
    password = person(centre, "carla.mendes")
    with Desk(browser, centre) as desk, Desk(browser, centre) as other, Desk(browser, centre) as third:
        for one in (desk, other, third):
            one.may_be_cut = True
            one.enter("carla.mendes", password)
        other.sit_at("4")
        desk.go("/account")
        rows = desk.page.locator(".account-table tbody tr")
        expect(rows).to_have_count(3)
        expect(rows.first).to_contain_text("this one")
        expect(rows.first).to_contain_text("Chrome on Linux")
        row = rows.filter(has_text="Counter 4")
        expect(row).to_contain_text(re.compile(r"today \d\d:\d\d"))
        row.locator("button").click()
        expect(desk.page.locator(".done")).to_contain_text("Ended")
        expect(rows).to_have_count(2)
        # Its page closes by itself.
        other.page.wait_for_url("**/sign-in")
        desk.press("Shift+KeyE")
        expect(rows).to_have_count(1)
        third.go("/account")
        third.page.wait_for_url("**/sign-in")
        desk.go("/account")
        desk.is_live()
    assert [kind for kind, _, _ in deeds(centre.server, "carla.mendes")] == ["sessions-ended"] * 2


def test_nobody_ends_the_session_of_somebody_else(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as desk, Desk(browser, centre) as other:
        other.enter("dina.said", person(centre, "dina.said"))
        listed = json.loads(staff(centre.server, "sessions", "dina.said", "--json"))
        assert len(listed) == 1
        with closing(sqlite3.connect(f"file:{centre.server.data / 'queue.sqlite'}?mode=ro", uri=True)) as database:
            query = "SELECT s.id, s.staff FROM sessions s JOIN staff p ON p.id = s.staff WHERE p.login = 'dina.said'"
            session, ident = database.execute(query).fetchone()
        desk.enter("emil.novak", person(centre, "emil.novak"))
        desk.go("/account")
        csrf = desk.page.locator("#page").get_attribute("data-csrf") or ""
        for path, fields, status in (
            ("/account/sessions", {"session": session}, 200),
            ("/colleagues/end", {"staff": ident}, 403),
            ("/colleagues/admit", {"staff": ident}, 403),
        ):
            answer = desk.context.request.post(
                centre.server.address + path,
                form={"csrf": csrf, **fields},
                headers={"Origin": centre.server.address},
            )
            assert answer.status == status
        assert desk.context.request.get(centre.server.address + "/colleagues").status == 403
        other.go("/account")
        expect(other.page.locator("#head")).to_have_text("Dina Said")
        assert deeds(centre.server, "dina.said") == []


def test_a_manager_signs_colleagues_out_and_lets_them_in(browser: Browser, centre: Centre) -> None:
    password = person(centre, "farah.tadros")
    with Desk(browser, centre) as manager, Desk(browser, centre) as other:
        other.may_be_cut = True
        other.enter("farah.tadros", password)
        other.sit_at("5")
        manager.enter("elin.marsh")
        manager.page.get_by_role("link", name="Staff accounts").click()
        row = manager.page.locator(".colleagues-table tbody tr").filter(has_text="farah.tadros")
        expect(row).to_contain_text("Counter 5")
        row.get_by_role("button", name="Sign out").click()
        expect(manager.page.locator(".done")).to_contain_text("Ended")
        other.page.wait_for_url("**/sign-in")
        row.get_by_role("button", name="Let in again").click()
        expect(manager.page.locator(".done")).to_contain_text("They can try at once now")
        # Their own session is not ended here.
        mine = manager.page.locator(".colleagues-table tbody tr").filter(has_text="elin.marsh")
        expect(mine).to_contain_text("this one")
        expect(mine.get_by_role("button", name="Sign out")).to_have_count(0)
    kinds = [(kind, actor.partition("/")[0]) for kind, actor, _ in deeds(centre.server, "farah.tadros")]
    assert kinds == [("sessions-ended", "staff"), ("sign-in-admitted", "staff")]


def test_the_command_line_lists_and_ends_sessions(browser: Browser, centre: Centre) -> None:
    password = person(centre, "gil.santos")
    with Desk(browser, centre) as desk:
        desk.may_be_cut = True
        desk.enter("gil.santos", password)
        desk.sit_at("6")
        listed = json.loads(staff(centre.server, "sessions", "gil.santos", "--json"))
        assert [(one["centre"], one["counter"], one["browser"], one["machine"]) for one in listed] == [
            (centre.id, "6", "chrome", "linux")
        ]
        assert "\t6\tchrome\tlinux\t" in staff(centre.server, "sessions", "gil.santos")
        assert staff(centre.server, "end-sessions", "gil.santos").strip() == "ended: 1"
        desk.page.wait_for_url("**/sign-in")
        assert staff(centre.server, "end-sessions", "gil.santos").strip() == "ended: 0"
    assert deeds(centre.server, "gil.santos") == [("sessions-ended", "system", '{"count":1,"staff":"gil.santos"}')]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(browser: Browser, centre: Centre, language: str) -> None:
    with Desk(browser, centre, language=language) as desk:
        desk.enter("elin.marsh")
        for path in ("/account", "/colleagues"):
            desk.go(path)
            desk.is_live()
            assert violations(desk.page) == [], path
        desk.go("/account")
        change(desk, "wrong", PASSWORD + " two")
        assert violations(desk.page) == []


def test_somebody_is_asked_whether_it_was_they_who_tried(browser: Browser, centre: Centre) -> None:
    """What happened is told without an address; whoever answers is asked again of what is new alone."""
    password = person(centre, "tariq.salem")
    with Desk(browser, centre) as own, Desk(browser, centre) as stranger:
        own.enter("tariq.salem", password)
        own.go("/account")
        own.is_live()
        asked = own.page.locator("[aria-labelledby=asked-head]")
        # The only sign-in is the one that looks at it.
        expect(asked).to_have_count(0)
        for _ in range(2):
            guess(stranger, "tariq.salem", "wrong")
        stranger.enter("tariq.salem", password)
        own.go("/account")
        expect(asked).to_contain_text("Was that you?")
        expect(asked.locator("li")).to_have_count(2)
        expect(asked).to_contain_text("Wrong password, 2 times")
        expect(asked).to_contain_text("on Linux")
        expect(asked).to_contain_text("change your password on this page")
        assert "127.0.0.1" not in asked.inner_text()
        assert not violations(own.page)
        guess(stranger, "tariq.salem", "wrong again")
        with own.page.expect_navigation():
            asked.get_by_role("button").click()
        expect(own.page.locator(".done")).to_contain_text("asked again")
        # One more came after the page had been drawn.
        expect(asked.locator("li")).to_have_count(1)
        with own.page.expect_navigation():
            asked.get_by_role("button").click()
        expect(asked).to_have_count(0)


def guess(desk: Desk, login: str, password: str) -> None:
    desk.context.clear_cookies()
    desk.go(f"/sign-in?centre={desk.centre.id}")
    desk.page.fill("#login", login)
    desk.page.fill("#password", password)
    with desk.page.expect_navigation():
        desk.page.press("#password", "Enter")
