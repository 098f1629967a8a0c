"""The reader of a desk: cards, families, and what goes wrong with devices, codes, paper and the program."""

from playwright.sync_api import Browser, Route, expect

from queue_server.contract.base import People
from queue_server.framework.rooms import RoomCollection
from queue_server.rooms import ROOMS
from queue_server.web.reader_words import VERSION, faults
from queue_server.web.site import LANGUAGES, Site
from tests.peripherals.serve.bench import Bench, Devices
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.counter_desk import line
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.desk_reader.pairing import call, dialog, leave, pair, step
from tests.queue_server.web.reception_desk import receive
from tests.queue_server.web.server import Centre

FAMILY = (People("adult", 2), People("child", 1))


def fault(desk: Desk, code: str) -> None:
    expect(dialog(desk).locator("[data-desk=code]")).to_have_text(code)


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
