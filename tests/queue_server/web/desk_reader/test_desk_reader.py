"""The reader of a desk: Chromium, the real program beside it, simulated devices, and a real server."""

from playwright.sync_api import Browser, expect

from queue_server.web.reader_words import VERSION
from tests.peripherals.serve.bench import Bench, Devices
from tests.ports import free_port
from tests.queue_server.web.counter_desk import finish, line
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.desk_reader.pairing import call, dialog, leave, pair, step
from tests.queue_server.web.vault_look import reads


def test_a_browser_is_paired_once_and_reads_for_the_visit_that_is_here(
    desk: Desk, agent: Bench, devices: Devices
) -> None:
    pair(desk, agent)
    step(desk, "Nobody is here whose document could be read. Call or choose a visit first.")
    expect(dialog(desk).locator("[data-part=reader] span")).to_have_text("ready")
    leave(desk)
    visit = call(desk)
    line(desk, "No document was read")
    desk.press("KeyI")
    step(desk, "Lay the document on the reader.")
    zone = devices.lay_down()
    step(desk, "Read. It is stored for this visit.")
    expect(dialog(desk).locator("[data-desk=result] summary")).to_have_text("Document read: signed, unchanged, no copy")
    expect(dialog(desk).locator("[data-desk=close]")).to_be_focused()
    desk.press("Enter")
    line(desk, "Document read: signed, unchanged, no copy")
    desk.press("KeyD")
    shown = desk.page.locator("dialog[open]")
    expect(shown).to_contain_text(zone[44:53].rstrip("<"))
    expect(shown).to_contain_text("Read here by")
    expect(shown).to_contain_text("Ines Moreau")
    assert reads(desk.centre, visit) > 0  # type: ignore[arg-type]
    leave_any(desk)
    # The face stands there as a kiosk's does, as soon as the person does.
    expect(desk.page.locator("#faces > *")).to_have_count(0)
    desk.press("Enter")
    desk.stage("serving")
    picture = desk.page.locator("#faces img")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("one => one.naturalWidth") > 100
    expect(desk.page.locator("#faces")).to_contain_text("The picture is as the state signed it.")
    finish(desk)
    assert desk.page.locator("img").count() == 0
    # Another day, another page: the pairing is still there.
    desk.page.reload()
    desk.is_live()
    call(desk)
    desk.press("KeyI")
    step(desk, "Lay the document on the reader.")
    devices.lay_down("document-expired")
    expect(dialog(desk).locator("[data-desk=result] summary")).to_have_text("Document read: it has expired")


def leave_any(desk: Desk) -> None:
    desk.press("Escape")
    expect(desk.page.locator("dialog[open]")).to_have_count(0)


def test_a_pairing_that_was_revoked_is_asked_for_anew(desk: Desk, agent: Bench) -> None:
    pair(desk, agent)
    leave(desk)
    agent.desk("revoke", "--all")
    desk.press("KeyI")
    expect(dialog(desk).locator("[data-desk=digits]")).to_be_focused()
    leave(desk)


def test_pages_may_ask_that_program_and_nobody_else(desk: Desk, agent: Bench) -> None:
    for path, more in (("/counter", f" {agent.address}"), ("/account", ""), ("/counter/page", f" {agent.address}")):
        policy = desk.context.request.get(desk.server.address + path).headers["content-security-policy"]
        assert f"connect-src 'self'{more};" in policy, path
    assert desk.page.evaluate(f"fetch('http://127.0.0.1:{free_port()}/').catch(() => 'no')") == "no"
    assert desk.page.evaluate(f"fetch('{agent.address}/v1/desk').then((answer) => answer.json())") == {
        "version": VERSION,
        "paired": False,
    }
    # The browser complains of what it did not let through.
    assert all("Content Security Policy" in one for one in desk.complaints)
    assert desk.complaints
    desk.complaints.clear()


def test_a_page_of_another_site_reads_nothing(browser: Browser, agent: Bench) -> None:
    """The browser itself: a foreign page on this computer, with a preflight and without."""
    page = browser.new_page()
    try:
        page.goto(f"http://localhost:{agent.port}/v1/desk")
        assert page.inner_text("body") == '{"code":"desk-origin"}'
        for options in ("{}", "{method: 'POST', body: '{}'}", "{headers: {Authorization: 'Bearer x'}}"):
            asked = f"fetch('{agent.address}/v1/desk', {options}).then(() => 'read', () => 'refused')"
            assert page.evaluate(asked) == "refused", options
        opaque = f"fetch('{agent.address}/v1/pair', {{method: 'POST', mode: 'no-cors', body: '{{}}'}})"
        assert page.evaluate(f"{opaque}.then((answer) => answer.status, () => 0)") == 0
    finally:
        page.close()
