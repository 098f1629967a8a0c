"""The manager page as axe-core and the window see it: every language; empty, ordinary, crowded, cut off, enlarged."""

from itertools import islice, repeat

import pytest
from playwright.sync_api import Browser, expect

from queue_server.contract.devices import PartStatus, StatusRequest
from queue_server.domain.values import HelpKind
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.manager.office import Office, ask_priority, issue_many, report
from tests.queue_server.web.server import LARGE, Centre, Server

#: A large screen, the usual, the smallest, and the usual with the browser's text at 200 %.
SIZES = ((1920, 1080), (1440, 900), (1280, 720), (720, 450))
SERVICES = ("uto-birth", "uto-biometrics", "uto-record-copy", "xal-visa-visit", "uto-collection", "uto-vaccination")


def check(office: Office) -> None:
    assert violations(office.page) == []
    assert office.cut_off() == []


def every_size(office: Office, sizes: tuple[tuple[int, int], ...] = SIZES) -> None:
    for width, height in sizes:
        office.page.set_viewport_size({"width": width, "height": height})
        assert office.cut_off() == [], (width, height)
    assert violations(office.page) == []
    office.page.set_viewport_size({"width": 1440, "height": 900})


def every_dialog(office: Office) -> None:
    for opener in ("open-announce", "open-emergency", "open-full"):
        office.find(f"#{opener}").click()
        expect(office.find("dialog[open]")).to_be_visible()
        if opener == "open-announce":
            office.press("Digit5")
            expect(office.find("#own")).to_be_visible()
        check(office)
        office.press("Escape")
    office.find(".counter-line").first.click()
    expect(office.find(".panel:popover-open")).to_be_visible()
    check(office)
    office.press("Escape")


@pytest.mark.stops
@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_ordinary_every_dialog_and_without_a_line(browser: Browser, centre: Centre, language: str) -> None:
    with Office(browser, centre, language=language) as office:
        office.may_be_cut = True
        office.look()
        office.stage("before")
        every_size(office)
        issue_many(centre, SERVICES)
        ask_priority(centre)
        centre.call_help(HelpKind.HELP)
        report(centre, StatusRequest("in-service", (PartStatus("printer", "userError", "printer-paper-out"),)))
        office.post("counters/3/open", {})
        office.post("counters/4/open", {})
        office.post("counters/4/pause", {"reason": "break"})
        office.post("counters/3/call-next", {})
        office.post("notices", {"kind": "announcement", "text": "delay", "where": "boards", "minutes": 15})
        expect(office.find(".notices li")).to_have_count(1)
        office.expect_alarms(4)
        every_size(office)
        every_dialog(office)
        office.cut(office.server.stop)
        expect(office.find("#band")).to_be_visible()
        check(office)
        office.server.start()
        office.is_live()


def test_three_hundred_visits_and_twenty_counters(browser: Browser, server: Server) -> None:
    centre = Centre(server, LARGE)
    with Office(browser, centre) as office:
        office.look()
        for counter in range(1, 21):
            office.post(f"counters/{counter}/open", {})
        issue_many(centre, islice((one for some in repeat(SERVICES) for one in some), 300))
        for counter in range(1, 21):
            office.post(f"counters/{counter}/call-next", {})
        office.post("notices", {"kind": "emergency", "text": "stay-inside", "where": "everywhere"})
        for kind in HelpKind:
            centre.call_help(kind)
        # One person stands at a kiosk: the private room takes the place of the call before.
        office.expect_alarms(len(HelpKind) - 1)
        waiting = sum(int(text) for text in office.find(".step-number b").all_inner_texts())
        assert waiting == int(office.figure("waiting").first.inner_text())
        assert waiting + int(office.figure("called or with staff").inner_text()) == 300
        expect(office.figure("counters open")).to_have_text("20")
        for language in LANGUAGES:
            office.go(f"/manager?lang={language}")
            office.is_live()
            every_size(office, SIZES[1:])
