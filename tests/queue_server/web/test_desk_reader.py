"""The reader of a desk: Chromium, the real program beside it, simulated devices, and a real server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from queue_server.contract.base import People
from queue_server.framework.rooms import RoomCollection
from queue_server.rooms import ROOMS
from queue_server.web.reader_words import VERSION, faults
from queue_server.web.site import LANGUAGES, Site
from tests.peripherals.serve.bench import Bench, Devices
from tests.ports import free_port
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.counter_desk import finish, line
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reader import arrive
from tests.queue_server.web.reception_desk import receive
from tests.queue_server.web.server import CENTRES, SETTINGS, Centre, Server
from tests.queue_server.web.vault_look import reads

FAMILY = (People("adult", 2), People("child", 1))


@pytest.fixture(scope="module")
def devices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Devices]:
    made = Devices(tmp_path_factory.mktemp("devices"))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = f"{SETTINGS}\n[pages]\ndesk_port = {free_port()}\n"
    with Server(tmp_path_factory.mktemp("server") / "data", settings, CENTRES[:40]) as started:
        yield started


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory, process: Server, devices: Devices) -> Iterator[Bench]:
    text = (process.data / "settings.toml").read_text()
    port = int(text.rpartition("desk_port = ")[2])
    with Bench(tmp_path_factory.mktemp("desk"), process.address, devices, port=port) as made:
        yield made


@pytest.fixture
def desk(browser: Browser, centre: Centre, agent: Bench) -> Iterator[Desk]:
    """Give a browser in which Ines Moreau sits at counter 3; no reader is paired yet."""
    assert agent.port
    with Desk(browser, centre) as seated:
        seated.sign_in("ines.moreau", "3")
        seated.open()
        yield seated


def dialog(desk: Desk) -> Locator:
    return desk.page.locator("#desk[open]")


def step(desk: Desk, text: str) -> None:
    expect(dialog(desk).locator("[data-desk=step]")).to_have_text(text)


def fault(desk: Desk, code: str) -> None:
    expect(dialog(desk).locator("[data-desk=code]")).to_have_text(code)


def pair(desk: Desk, agent: Bench, key: str = "KeyI") -> None:
    desk.press(key)
    field = dialog(desk).locator("[data-desk=digits]")
    expect(field).to_be_focused()
    code = agent.code()
    field.fill(f"{code[:4]} {code[4:]}")
    desk.press("Enter")
    expect(field).to_be_hidden()


def leave(desk: Desk) -> None:
    desk.press("Escape")
    expect(dialog(desk)).to_have_count(0)


def call(desk: Desk, *people: People) -> str:
    """Call somebody who had no document at the kiosk."""
    visit = arrive(desk.centre, people=people) if people else desk.centre.issue()
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    return visit.id


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


def test_a_card_that_wants_its_number_gets_it_typed(desk: Desk, agent: Bench, devices: Devices) -> None:
    call(desk)
    pair(desk, agent)
    step(desk, "Lay the document on the reader.")
    devices.lay_down("can-only")
    field = dialog(desk).locator("[data-desk=can-digits]")
    expect(field).to_be_focused()
    expect(dialog(desk)).to_contain_text("the 6 digits that stand on its front")
    can = devices.passport.tell("status")["can"]
    field.fill(f"{(int(can) + 1) % 1_000_000:06}")
    desk.press("Enter")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    field.fill(can)
    desk.press("Enter")
    step(desk, "Read. It is stored for this visit.")
    line(desk, "Document read: signed, unchanged, no copy")


def test_of_a_family_staff_say_whose_document_it_is(desk: Desk, agent: Bench, devices: Devices) -> None:
    pair(desk, agent)
    leave(desk)
    call(desk, *FAMILY)
    desk.press("KeyI")
    choices = dialog(desk).locator(".choices span")
    expect(choices).to_have_text(["Adults, 1 of 2", "Adults, 2 of 2", "Children"])
    desk.press("Digit3")
    desk.press("Enter")
    step(desk, "Lay the document on the reader.")
    devices.lay_down()
    step(desk, "Read. It is stored for this visit.")
    leave(desk)
    line(desk, "Documents read: 2 of 3")


def test_a_wrong_code_says_so_and_nothing_is_lost(desk: Desk, agent: Bench) -> None:
    desk.press("KeyI")
    field = dialog(desk).locator("[data-desk=digits]")
    field.fill("00000000")
    desk.press("Enter")
    fault(desk, "desk-code-expired")
    code = agent.code()
    field.fill(f"{(int(code) + 1) % 100_000_000:08}")
    desk.press("Enter")
    fault(desk, "desk-code-wrong")
    expect(field).to_be_focused()
    field.fill(code)
    desk.press("Enter")
    expect(dialog(desk).locator("[data-desk=unpair]")).to_be_visible()
    dialog(desk).locator("[data-desk=unpair]").click()
    expect(field).to_be_focused()


def test_a_pairing_that_was_revoked_is_asked_for_anew(desk: Desk, agent: Bench) -> None:
    pair(desk, agent)
    leave(desk)
    agent.desk("revoke", "--all")
    desk.press("KeyI")
    expect(dialog(desk).locator("[data-desk=digits]")).to_be_focused()
    leave(desk)


def test_a_device_that_is_unplugged_and_a_program_that_is_away_leave_the_page_as_it_was(
    desk: Desk, agent: Bench, devices: Devices
) -> None:
    desk.may_be_cut = True
    call(desk)
    pair(desk, agent)
    step(desk, "Lay the document on the reader.")
    leave(desk)
    devices.reader.tell("unplug")
    expect(desk.page.locator(".desk-open")).to_have_attribute("data-desk-state", "bad")
    desk.press("KeyI")
    fault(desk, "device-not-connected")
    expect(dialog(desk).locator("[data-part=reader] span")).to_have_text("It is not connected. (device-not-connected)")
    devices.reader.tell("plug")
    expect(dialog(desk).locator("[data-part=reader] span")).to_have_text("ready")
    dialog(desk).locator("[data-desk=again]").click()
    step(desk, "Lay the document on the reader.")
    agent.stop()
    fault(desk, "desk-unreachable")
    dialog(desk).locator("[data-desk=again]").click()
    fault(desk, "desk-unreachable")
    leave(desk)
    # The page goes on as if it had never had one.
    desk.press("Enter")
    desk.stage("serving")
    agent.start()
    desk.press("KeyI")
    step(desk, "Lay the document on the reader.")
    leave(desk)


def test_a_program_of_another_version_is_told_as_such(desk: Desk, agent: Bench) -> None:
    desk.page.evaluate(f"document.getElementById('desk').dataset.version = '{VERSION + 1}'")
    assert agent.port
    desk.press("KeyI")
    fault(desk, "desk-version")


def test_what_the_scanner_of_the_desk_reads_is_looked_for(desk: Desk, agent: Bench, devices: Devices) -> None:
    visit = desk.centre.issue()
    pair(desk, agent)
    leave(desk)
    expect(desk.page.locator(".desk-open")).to_have_attribute("data-desk-state", "ready")
    devices.scanner.tell(f"scan {desk.centre.server.address}/t/{desk.centre.ticket(visit.id)}")
    search = desk.page.locator("#find[open]")
    expect(search.locator("[data-search]")).to_have_value(visit.code)
    expect(search.locator("[data-found]")).to_contain_text(f"{visit.code[0]}\N{NO-BREAK SPACE}{visit.code[1:]}")


def test_a_desk_is_ready_once_its_scans_arrive(desk: Desk, agent: Bench, devices: Devices) -> None:
    # Another number than in the tests beside: a scanner that reads the same again within a moment is not believed.
    desk.centre.issue()
    visit = desk.centre.issue()
    held: list[Route] = []
    desk.page.route("**/v1/events", lambda route: held.append(route))  # noqa: PLW0108 - it looks at its arguments
    with desk.page.expect_request("**/v1/events"):
        pair(desk, agent)
    expect(dialog(desk).locator("[data-desk=parts]")).to_be_visible()
    leave(desk)
    sign = desk.page.locator(".desk-open")
    assert sign.get_attribute("data-desk-state") == "none"
    held[0].continue_()
    expect(sign).to_have_attribute("data-desk-state", "ready")
    devices.scanner.tell(f"scan {visit.code}")
    expect(desk.page.locator("#find[open] [data-search]")).to_have_value(visit.code)


def test_reception_reads_scans_and_prints(browser: Browser, centre: Centre, agent: Bench, devices: Devices) -> None:
    with Desk(browser, centre) as desk:
        page = receive(desk)
        visit = centre.issue()
        pair(desk, agent, "F8")
        leave(desk)
        expect(page.locator(".desk-open")).to_have_attribute("data-desk-state", "ready")
        devices.scanner.tell(f"scan {visit.code}")
        expect(page.locator("#hand .code.big")).to_contain_text(visit.code[1:])
        desk.press("F8")
        step(desk, "Lay the document on the reader.")
        devices.lay_down("document-expired")
        expect(dialog(desk).locator("[data-desk=result] summary")).to_have_text("Document read: it has expired")
        leave(desk)
        before = len(devices.printer.tell("tickets")["tickets"])
        with page.expect_popup() as popup:
            desk.press("F7")
        popup.value.wait_for_event("close")
        assert len(devices.printer.tell("tickets")["tickets"]) == before + 1


def test_without_paper_the_paper_says_so_and_can_be_printed_otherwise(
    browser: Browser, centre: Centre, agent: Bench, devices: Devices
) -> None:
    with Desk(browser, centre) as desk:
        page = receive(desk)
        visit = centre.issue()
        pair(desk, agent, "F8")
        leave(desk)
        devices.printer.tell("paper-out-after 100")
        try:
            with desk.context.expect_page() as paper:
                page.evaluate(f"window.open('/reception/paper/{visit.id}')")
            expect(paper.value.locator("#desk-said")).to_contain_text("printer-")
            expect(paper.value.locator("#print")).to_be_visible()
        finally:
            devices.printer.tell("paper ok")


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


def test_each_fault_has_words_and_the_dialog_fits(desk: Desk, agent: Bench, devices: Devices) -> None:
    words = Site(RoomCollection(ROOMS).sites).words
    found: list[str] = []
    for language in LANGUAGES:
        assert all(str(one.means) for one in faults(words[language]).values())
    call(desk)
    for language in ("ar", "en"):
        desk.go(f"/counter?lang={language}")
        desk.is_live()
        desk.press("KeyI")
        expect(dialog(desk).locator("[data-desk=digits]")).to_be_focused()
        found += misfits(desk, f"code, {language}")
        leave(desk)
        pair(desk, agent)
        expect(dialog(desk).locator("[data-desk=step]")).to_be_visible()
        found += misfits(desk, f"document, {language}")
        devices.lay_down("can-only")
        expect(dialog(desk).locator("[data-desk=can-digits]")).to_be_focused()
        found += misfits(desk, f"number, {language}")
        dialog(desk).locator("[data-desk=no-can]").click()
        expect(dialog(desk).locator("[data-desk=result] summary")).to_be_visible()
        found += misfits(desk, f"result, {language}")
        leave(desk)
        for size in ((1920, 1080), (1280, 720)):
            desk.page.set_viewport_size({"width": size[0], "height": size[1]})
            found += [f"page, {language}, {size}: {one}" for one in desk.overflows()]
        agent.desk("revoke", "--all")
    assert not found, "\n".join(found)


def misfits(desk: Desk, where: str) -> list[str]:
    """List what of the dialog is outside of small windows; in English also what is not accessible."""
    found = [f"{where}: {one}" for one in violations(desk.page)] if where.endswith("en") else []
    for width, height in ((1280, 720), (720, 450)):
        desk.page.set_viewport_size({"width": width, "height": height})
        box = dialog(desk).bounding_box()
        assert box is not None
        if box["x"] < 0 or box["y"] < 0 or box["x"] + box["width"] > width or box["y"] + box["height"] > height:
            found.append(f"{where}, {width}: {box}")
        if desk.page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{where}, {width}: the page is wider")
    desk.page.set_viewport_size({"width": 1440, "height": 900})
    return found
