"""The manager page to axe-core and the window: empty, ordinary, crowded, with all that rooms add, and cut off.

One signed-in browser walks through a state. A large crowd, further languages and windows: ``tests/journeys/pages``.
"""

import pytest
from playwright.sync_api import Browser, expect

from queue_server.contract.banks import CompartmentBlockedEvent
from queue_server.contract.device_commands import CommandReport
from queue_server.contract.devices import PartStatus, StatusRequest
from queue_server.domain.device_commands import DeviceCommandKind, DeviceCommandOutcome
from queue_server.domain.lockers import BlockReason
from queue_server.domain.values import HelpKind
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.custodian import hand_in, miss
from tests.queue_server.web.manager import test_copied_device, test_device_commands, test_lockers, test_till
from tests.queue_server.web.manager.office import Office, ask_priority, issue_many, report
from tests.queue_server.web.manager.test_warnings import crowd
from tests.queue_server.web.server import Centre
from tests.queue_server.web.till import DOUBT, kiosk_tells
from tests.queue_server.web.walks.public import DESK_LOOKS, Looks
from tests.queue_server.web.walks.walk import DIALOG

PAPER_OUT = PartStatus("printer", "userError", "printer-paper-out")
SERVICES = ("uto-birth", "uto-biometrics", "uto-record-copy", "xal-visa-visit", "uto-collection", "uto-vaccination")


def cut_off(office: Office, where: str, sizes: tuple[tuple[int, int], ...]) -> list[str]:
    """List what is cut off in windows of these sizes."""
    found = []
    for width, height in sizes:
        office.page.set_viewport_size({"width": width, "height": height})
        found += [f"{where}, {width}: {one}" for one in office.cut_off()]
    office.page.set_viewport_size({"width": 1440, "height": 900})
    return found


def look_at(office: Office, state: str, looks: Looks) -> list[str]:
    """Look at the page as it stands, in languages and windows; the last language is English."""
    found = []
    for language in sorted(looks, key="en".__eq__):
        office.go(f"/manager?lang={language}")
        office.is_live()
        found += cut_off(office, f"{state}, {language}", looks[language])
        if language == "en":
            found += violations(office.page)
    return found


def every_dialog(office: Office) -> list[str]:
    """Let axe-core look at each dialog, and at the panel of a counter."""
    found = []
    for opener in ("open-announce", "open-emergency", "open-full"):
        office.find(f"#{opener}").click()
        expect(office.find("dialog[open]")).to_be_visible()
        found += violations(office.page, DIALOG)
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
        found += violations(office.page, DIALOG)
    office.press("Escape")
    return found


def open_panel(office: Office, language: str) -> list[str]:
    """Look at the panel that was opened, and close it."""
    expect(office.find(".panel:popover-open")).to_be_visible()
    found = [f"panel, {language}: {one}" for one in office.cut_off()]
    if language == "en":
        found += violations(office.page, DIALOG)
    office.press("Escape")
    return found


@pytest.mark.stops
def test_axe_finds_nothing_when_empty_ordinary_in_a_dialog_and_without_a_line(office: Office) -> None:
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
    found += look_at(office, "ordinary", {"en": DESK_LOOKS["en"]})
    found += every_dialog(office)
    office.cut(office.server.stop)
    expect(office.find("#band")).to_be_visible()
    found += violations(office.page) + office.cut_off()
    assert found == []


def test_all_that_rooms_add_at_once(browser: Browser, centre: Centre) -> None:
    assert faults_of_all_rooms(browser, centre, DESK_LOOKS) == []


def faults_of_all_rooms(browser: Browser, centre: Centre, looks: Looks) -> list[str]:
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
        found = look_at(office, "rooms", looks)
        # English, which comes last, is there.
        for language in sorted(looks, key="en".__ne__):
            if language != "en":
                office.go(f"/manager?lang={language}")
                office.is_live()
            office.find(".devices th button").first.click()
            expect(office.find(".panel:popover-open .asked .bad")).to_have_count(1)
            found += open_panel(office, language) + own_text(office, language)
        return found


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
