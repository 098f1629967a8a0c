"""One's own account: another password, where one is signed in, and what managers do for colleagues."""

import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from playwright.sync_api import Browser, expect
from typer.testing import CliRunner

from queue_server.cli import app
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre, Server

NEW = "four herons under the bridge"
#: Chrome on Linux, as it names itself.
CHROME = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537"
}


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


# --- in a browser --------------------------------------------------------------------------------------------------


def test_somebody_sees_and_ends_where_they_are_signed_in(browser: Browser, centre: Centre) -> None:
    password = person(centre, "carla.mendes")
    with Desk(browser, centre) as desk, Desk(browser, centre) as other, PageClient(centre) as third:
        desk.may_be_cut = other.may_be_cut = True
        desk.enter("carla.mendes", password)
        an_update_leaves_the_field_in_which_somebody_types(desk)
        for session in (other, third):
            session.enter("carla.mendes", password)
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
        assert third.get("/account").address.endswith("/sign-in")
        desk.go("/account")
        desk.is_live()
        # The command line ends a session too, and its page closes.
        assert staff(centre.server, "end-sessions", "carla.mendes").strip() == "ended: 1"
        desk.page.wait_for_url("**/sign-in")
    assert [kind for kind, _, _ in deeds(centre.server, "carla.mendes")] == ["sessions-ended"] * 3


def an_update_leaves_the_field_in_which_somebody_types(desk: Desk) -> None:
    """Have a form refused, type into it while the page is updated; axe-core finds nothing on it."""
    desk.go("/account")
    desk.page.fill("#old", "wrong")
    desk.page.fill("#new", NEW)
    desk.page.fill("#again", NEW)
    with desk.page.expect_navigation():
        desk.page.press("#again", "Enter")
    expect(desk.page.locator("#old")).to_be_focused()
    assert violations(desk.page) == []
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


# --- without a browser ---------------------------------------------------------------------------------------------


def change(client: PageClient, old: str, new: str, again: str | None = None, status: int | None = None) -> HtmlPage:
    """Ask for another password, as the form of the account does; return the page that follows."""
    form = client.get("/account").one("form[action='/account/password']")
    return client.submit(form, status, old=old, new=new, again=new if again is None else again)


def test_somebody_chooses_another_password_and_is_signed_out_elsewhere(client: PageClient) -> None:
    centre = client.centre
    password = person(centre, "amal.odeh")
    client.enter("amal.odeh", password)
    with PageClient(centre) as other:
        other.enter("amal.odeh", password)
        assert client.get("/account").one("#head").text == "Amal Odeh"
        for old, new, again, said in (
            ("wrong", NEW, NEW, "The password that you have now is another one"),
            (password, NEW, NEW + "!", "typed in two ways"),
            (password, "too short", "too short", "12 characters at least"),
            (password, "amal.odeh2026", "amal.odeh2026", "little more than your staff name"),
            (password, "Password1234", "Password1234", "tried first"),
            (password, password, password, "is the old one"),
        ):
            page = change(client, old, new, again)
            assert said in page.one("#error").text
            assert (page.one("#old").get("value"), "autofocus" in page.one("#old")) == (None, True)
        assert "You have a new password" in change(client, password, NEW, status=200).one(".done").text
        assert client.get("/account").one("#head").text == "Amal Odeh"
        assert other.get("/account").address.endswith("/sign-in")
        form = other.get(f"/sign-in?centre={centre.id}").one("form[action='/sign-in']")
        other.submit(form, 403, login="amal.odeh", password=password)
        assert other.enter("amal.odeh", NEW).address.endswith("/sign-in/counter")
    told = deeds(centre.server, "amal.odeh")
    assert told == [("password-changed", "staff/amal.odeh", '{"staff":"amal.odeh"}')]


def test_guessing_the_old_password_has_to_wait(client: PageClient) -> None:
    client.enter("basil.amari", person(client.centre, "basil.amari"))
    said, tries = "", 0
    while "Too many wrong tries" not in said:
        tries += 1
        assert tries < 20
        said = change(client, "wrong", NEW).one("#error").text
    assert re.search(r"Try again in \d+ second", said)


def test_nobody_ends_the_session_of_somebody_else(client: PageClient) -> None:
    centre = client.centre
    client.enter("dina.said", person(centre, "dina.said"))
    listed = json.loads(staff(centre.server, "sessions", "dina.said", "--json"))
    assert len(listed) == 1
    with closing(sqlite3.connect(f"file:{centre.server.data / 'queue.sqlite'}?mode=ro", uri=True)) as database:
        query = "SELECT s.id, s.staff FROM sessions s JOIN staff p ON p.id = s.staff WHERE p.login = 'dina.said'"
        session, ident = database.execute(query).fetchone()
    with PageClient(centre) as other:
        other.enter("emil.novak", person(centre, "emil.novak"))
        other.get("/account")
        other.post("/account/sessions", {"session": session}, 200)
        other.post("/colleagues/end", {"staff": ident}, 403)
        other.post("/colleagues/admit", {"staff": ident}, 403)
        other.get("/colleagues", 403)
    assert client.get("/account").one("#head").text == "Dina Said"
    assert deeds(centre.server, "dina.said") == []


def test_a_manager_signs_colleagues_out_and_lets_them_in(client: PageClient) -> None:
    centre = client.centre
    with PageClient(centre) as manager:
        client.enter("farah.tadros", person(centre, "farah.tadros"))
        client.sit_at("5")
        address = manager.enter("elin.marsh").role("link", "Staff accounts")["href"]
        row = manager.get(address).with_text(".colleagues-table tbody tr", "farah.tadros")
        assert "Counter 5" in row.text
        page = manager.submit(row.one("form[action='/colleagues/end']"))
        assert "Ended" in page.one(".done").text
        assert client.get("/counter").address.endswith("/sign-in")
        row = page.with_text(".colleagues-table tbody tr", "farah.tadros")
        assert (row.has("form[action='/colleagues/end']"), "nowhere" in row.text) == (False, True)
        page = manager.submit(row.one("form[action='/colleagues/admit']"))
        assert "They can try at once now" in page.one(".done").text
        # Their own session is not ended here.
        mine = page.with_text(".colleagues-table tbody tr", "elin.marsh")
        assert "this one" in mine.text
        assert not mine.has("form[action='/colleagues/end']")
        assert row.role("button", "Let in again").text == "Let in again Farah Tadros"
    kinds = [(kind, actor.partition("/")[0]) for kind, actor, _ in deeds(centre.server, "farah.tadros")]
    assert kinds == [("sessions-ended", "staff"), ("sign-in-admitted", "staff")]


def test_the_command_line_lists_and_ends_sessions(centre: Centre) -> None:
    with PageClient(centre, headers=CHROME) as client:
        client.enter("gil.santos", person(centre, "gil.santos"))
        client.sit_at("6")
        listed = json.loads(staff(centre.server, "sessions", "gil.santos", "--json"))
        assert [(one["centre"], one["counter"], one["browser"], one["machine"]) for one in listed] == [
            (centre.id, "6", "chrome", "linux")
        ]
        assert "\t6\tchrome\tlinux\t" in staff(centre.server, "sessions", "gil.santos")
        assert staff(centre.server, "end-sessions", "gil.santos").strip() == "ended: 1"
        assert json.loads(staff(centre.server, "sessions", "gil.santos", "--json")) == []
        assert staff(centre.server, "end-sessions", "gil.santos").strip() == "ended: 0"
    assert deeds(centre.server, "gil.santos") == [("sessions-ended", "system", '{"count":1,"staff":"gil.santos"}')]


def test_somebody_is_asked_whether_it_was_they_who_tried(client: PageClient) -> None:
    """What happened is told without an address; whoever answers is asked again of what is new alone."""
    centre, asked = client.centre, "[aria-labelledby=asked-head]"
    password = person(centre, "tariq.salem")
    client.enter("tariq.salem", password)
    # The only sign-in is the one that looks at it.
    assert not client.get("/account").has(asked)
    guess(centre, "wrong")
    guess(centre, "wrong")
    with PageClient(centre, headers=CHROME) as stranger:
        stranger.enter("tariq.salem", password)
    page = client.get("/account")
    told = page.one(asked)
    assert "Was that you?" in told.text
    assert len(told.all("li")) == 2
    assert "Wrong password, 2 times" in told.text
    assert "Chrome on Linux" in told.text
    assert "change your password on this page" in told.text
    assert "127.0.0.1" not in told.text
    # One more comes after the page was read.
    guess(centre, "wrong again")
    page = client.submit(told.one("form"))
    assert "asked again" in page.one(".done").text
    assert len(page.one(asked).all("li")) == 1
    assert not client.submit(page.one(f"{asked} form")).has(asked)


def guess(centre: Centre, password: str) -> None:
    """Try a password at a browser that nobody knows."""
    with PageClient(centre, headers=CHROME) as stranger:
        form = stranger.get(f"/sign-in?centre={centre.id}").one("form[action='/sign-in']")
        stranger.submit(form, None, login="tariq.salem", password=password)
