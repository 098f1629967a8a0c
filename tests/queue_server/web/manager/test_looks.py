"""The manager page to axe-core and the window: empty, ordinary, crowded, with all that rooms add, and cut off.

One signed-in browser walks through a state in every language: texts of each have other lengths. What axe-core judges is
mostly the same in all languages.
"""

from itertools import islice, repeat

import pytest
from playwright.sync_api import Browser, expect

from queue_server.contract.banks import CompartmentBlockedEvent
from queue_server.contract.device_commands import CommandReport
from queue_server.contract.devices import PartStatus, StatusRequest
from queue_server.domain.device_commands import DeviceCommandKind, DeviceCommandOutcome
from queue_server.domain.lockers import BlockReason
from queue_server.domain.values import HelpKind
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.custodian import hand_in, miss
from tests.queue_server.web.manager import test_copied_device, test_device_commands, test_lockers, test_till
from tests.queue_server.web.manager.office import Office, ask_priority, issue_many, report
from tests.queue_server.web.manager.test_warnings import crowd
from tests.queue_server.web.server import LARGE, Centre, Server
from tests.queue_server.web.till import DOUBT, kiosk_tells

#: A large screen, the usual, the smallest, and the usual with the browser's text at 200 %.
SIZES = ((1920, 1080), (1440, 900), (1280, 720), (720, 450))
PAPER_OUT = PartStatus("printer", "userError", "printer-paper-out")
SERVICES = ("uto-birth", "uto-biometrics", "uto-record-copy", "xal-visa-visit", "uto-collection", "uto-vaccination")


def every_size(office: Office, where: str) -> list[str]:
    """List what is cut off in each window."""
    found = []
    for width, height in SIZES:
        office.page.set_viewport_size({"width": width, "height": height})
        found += [f"{where}, {width}: {one}" for one in office.cut_off()]
    office.page.set_viewport_size({"width": 1440, "height": 900})
    return found


def every_language(office: Office, state: str, axe: tuple[str, ...] = ("en",)) -> list[str]:
    """Look at the page as it stands in every window and language; the last is English."""
    found = []
    for language in sorted(LANGUAGES, key="en".__eq__):
        office.go(f"/manager?lang={language}")
        office.is_live()
        found += every_size(office, f"{state}, {language}")
        if language in axe:
            found += violations(office.page)
    return found


def every_dialog(office: Office) -> list[str]:
    """Let axe-core look at each dialog, and at the panel of a counter."""
    found = []
    for opener in ("open-announce", "open-emergency", "open-full"):
        office.find(f"#{opener}").click()
        expect(office.find("dialog[open]")).to_be_visible()
        found += violations(office.page)
        office.press("Escape")
    office.find(".counter-line").first.click()
    return found + open_panel(office, "en")


def own_text(office: Office, language: str) -> list[str]:
    """Look at the fields of an announcement in own words, and close the dialog."""
    office.find("#open-announce").click()
    office.press("Digit5")
    expect(office.find("#own")).to_be_visible()
    found = [f"own text, {language}: {one}" for one in office.cut_off()]
    if language == "en":
        found += violations(office.page)
    office.press("Escape")
    return found


def open_panel(office: Office, language: str) -> list[str]:
    """Look at the panel that was opened, and close it."""
    expect(office.find(".panel:popover-open")).to_be_visible()
    found = [f"panel, {language}: {one}" for one in office.cut_off()]
    if language == "en":
        found += violations(office.page)
    office.press("Escape")
    return found


@pytest.mark.stops
def test_axe_finds_nothing_when_empty_ordinary_in_a_dialog_and_without_a_line(office: Office) -> None:
    """``test_walk.py`` looks at the geometry of these states in every language."""
    centre = office.centre
    office.may_be_cut = True
    office.stage("before")
    found = violations(office.page)
    issue_many(centre, SERVICES)
    ask_priority(centre)
    centre.call_help(HelpKind.HELP)
    report(centre, StatusRequest("in-service", (PAPER_OUT,)))
    office.post("counters/3/open", {})
    office.post("counters/4/open", {})
    office.post("counters/4/pause", {"reason": "break"})
    office.post("counters/3/call-next", {})
    office.post("notices", {"kind": "announcement", "text": "delay", "where": "boards", "minutes": 15})
    expect(office.find(".notices li")).to_have_count(1)
    office.expect_alarms(4)
    found += every_language(office, "ordinary")
    found += every_dialog(office)
    office.cut(office.server.stop)
    expect(office.find("#band")).to_be_visible()
    found += violations(office.page) + office.cut_off()
    assert found == []


def test_a_large_crowd_and_twenty_counters(browser: Browser, server: Server) -> None:
    centre, many = Centre(server, LARGE), 130
    with Office(browser, centre) as office:
        office.look()
        for counter in range(1, 21):
            office.post(f"counters/{counter}/open", {})
        issue_many(centre, islice((one for some in repeat(SERVICES) for one in some), many))
        for counter in range(1, 21):
            office.post(f"counters/{counter}/call-next", {})
        office.post("notices", {"kind": "emergency", "text": "stay-inside", "where": "everywhere"})
        for kind in HelpKind:
            centre.call_help(kind)
        # One person stands at a kiosk: the private room takes the place of the call before.
        office.expect_alarms(len(HelpKind) - 1)
        waiting = sum(int(text) for text in office.find(".step-number b").all_inner_texts())
        assert waiting == int(office.figure("waiting").first.inner_text())
        assert waiting + int(office.figure("called or with staff").inner_text()) == many
        expect(office.figure("counters open")).to_have_text("20")
        assert every_language(office, "crowded") == []


def test_all_that_rooms_add_at_once(browser: Browser, centre: Centre) -> None:
    """Money, custody, lockers, a copied kiosk, what is asked of a kiosk, and a promise that will break."""
    payment = kiosk_tells(centre, centre.issue().id)
    kiosk_tells(centre, centre.issue().id, DOUBT)
    test_till.close(centre, 100)
    bank = test_lockers.enrolled(centre)
    blocked = (
        CompartmentBlockedEvent(1, "A1", BlockReason.FORCED),
        CompartmentBlockedEvent(2, "A2", BlockReason.NOT_OPENED),
    )
    test_lockers.report(centre, bank, *blocked)
    with Office(browser, centre) as office:
        office.look()
        office.post("counters/3/open", {})
        office.post(f"payments/{payment}/refunds", {"reason": "paid-twice"})
        miss(office, hand_in(office, 3)[1])
        command_with_an_end(office)
        test_copied_device.start(centre, test_copied_device.ONE)
        assert test_copied_device.start(centre, test_copied_device.COPY)
        crowd(office, centre)
        promise = office.find("#alarm-promise-documents")
        promise.locator("button").click()
        expect(promise.locator(".taken")).to_be_visible()
        for shown in ('[data-act^="keep-"]', ".till tbody tr", "#custody-glance", ".alarms li:has-text('A1')"):
            expect(office.find(shown).first).to_be_visible()
        found = every_language(office, "rooms", ("en", "ar"))
        for language in LANGUAGES:
            office.go(f"/manager?lang={language}")
            office.is_live()
            office.find(".devices th button").first.click()
            expect(office.find(".panel:popover-open .asked .bad")).to_have_count(1)
            found += open_panel(office, language) + own_text(office, language)
        assert found == []


def command_with_an_end(office: Office) -> None:
    """Have the kiosk restart, which it refuses, and send its log; then ask for a restart again, which waits."""
    centre, kinds = office.centre, tuple(DeviceCommandKind)
    test_device_commands.reported(centre)
    office.find(".devices th button").first.click()
    for kind in kinds:
        button = office.find(f'.panel:popover-open [data-act^="{kind}-"]')
        button.click()
        expect(button).to_have_attribute("aria-disabled", "true")
    asked = {one.kind: one for one in test_device_commands.reported(centre)}
    restart = asked[DeviceCommandKind.RESTART].id
    refused = CommandReport(restart, DeviceCommandOutcome.REFUSED, "device-command-not-stored")
    test_device_commands.reported(centre, refused)
    test_device_commands.send(centre, asked[DeviceCommandKind.SEND_LOG])
    expect(office.find(".panel:popover-open .asked a")).to_be_visible()
    again = office.find(f'.panel:popover-open [data-act^="{DeviceCommandKind.RESTART}-"]')
    expect(again).not_to_have_attribute("aria-disabled", "true")
    again.click()
    expect(again).to_have_attribute("aria-disabled", "true")
    office.press("Escape")
