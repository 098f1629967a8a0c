"""The manager page in each state of the centre, without a browser: what it says, and what its buttons do."""

import re

from queue_server.contract.devices import PartStatus, StatusRequest
from queue_server.domain.values import HelpKind
from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.manager.manager_client import ManagerClient, figure
from tests.queue_server.web.manager.office import WELL, ask_priority, report
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre

PAPER_OUT = PartStatus("printer", "userError", "printer-paper-out")


def stage(page: HtmlPage) -> str:
    return page.one("#now")["data-stage"]


def test_before_anybody_comes_it_says_so_and_what_lacks_then_it_fills(manager: ManagerClient) -> None:
    page = manager.page()
    assert stage(page) == "before"
    assert page.one("#head").text == "Nobody has come yet today"
    assert "done" in page.with_text(".checks li", "Every step has a counter").text
    assert "to do" in page.with_text(".checks li", "13 counters are not open yet").text
    assert "not yet" in page.with_text(".checks li", "No board is enrolled").text
    assert page.one("#step-documents .step-number").text == "0 nobody waiting"
    assert "1 of 1 in order" in page.one(".strip").text
    manager.centre.issue("uto-birth")
    page = manager.page()
    assert stage(page) == "live"
    assert page.all(".figure-line li")[0].one("b").text == figure(page, "waiting") == "1"
    assert page.one("#step-documents .step-number b").text == "1"
    assert "1" in page.texts(".hours td.now, .hours .present td")
    assert "1 visits arrived" in page.one(".bars")["aria-label"]
    assert "في الانتظار" in manager.get("/manager?lang=ar").one(".figure-line").text


def test_a_device_says_what_is_wrong_until_it_is_well(manager: ManagerClient) -> None:
    row = ".devices tbody tr"
    assert "not known" in manager.page().one(row).text
    report(manager.centre, StatusRequest("in-service", (PAPER_OUT,), waiting=3, refused=2, version="0.0.9"))
    assert "Load paper." in manager.alarm("no paper").text
    assert manager.alarm("2 tickets were refused")
    text = manager.page().one(row).text
    assert "3 not sent yet, 2 refused" in text
    assert "0.0.9: older than the server" in text
    report(manager.centre, StatusRequest("out-of-order"))
    assert manager.alarm("is out of order")
    report(manager.centre, WELL)
    assert manager.alarms() == []
    assert "in service" in manager.page().one(row).text


def test_help_and_wishes_are_answered_from_the_page(manager: ManagerClient) -> None:
    centre = manager.centre
    call = centre.call_help(HelpKind.PRIVATE)
    alarm = manager.alarm("Private room")
    assert "say nothing aloud" in alarm.text
    assert alarm["data-help"] == call
    assert "Private room" in manager.page().one("#now")["data-news"]
    manager.press(alarm.one('[data-code="KeyH"]'))
    assert manager.alarms() == []
    assert centre.events("help-taken") == 1
    manager.api("counters/3/open")
    first, second = ask_priority(centre), ask_priority(centre)
    assert len(manager.alarms()) == 2
    manager.act(f"#act-alarm-reclassify-{first.id}-priority")
    assert len(manager.alarms()) == 1
    manager.act(f"#act-alarm-reclassify-{second.id}-walk-in")
    assert manager.alarms() == []
    assert centre.events("visit-reclassified") == 2


def test_a_counter_is_paused_closed_and_relieved_from_afar(manager: ManagerClient, clerk: PageClient) -> None:
    visit = clerk.centre.issue("uto-birth")
    clerk.press(clerk.get("/counter").one("#act-call-next"))
    page = manager.page()
    assert "Ines Moreau" in page.one("#at-every_step-3").text
    assert page.one("#at-every_step-3")["popovertarget"] == "panel-3"
    assert "is called since" in page.one("#panel-3").text
    assert page.one("#act-close-3").is_disabled
    manager.press(page.one("#panel-3 #act-hand-back-3"))
    counter = clerk.get("/counter")
    assert stage(counter) == "idle"
    assert re.sub(r"\W", "", counter.one(".ticket .code").text) == visit.code
    page = manager.act("#act-pause-3-training")
    assert stage(clerk.get("/counter")) == "paused"
    assert "training" in page.one("#panel-3").text
    assert manager.alarm("Counter 3: training")
    page = manager.act("#act-open-3")
    assert stage(clerk.get("/counter")) == "idle"
    assert "Ines Moreau" in page.one("#at-every_step-3").text
    assert manager.alarms() == []
    manager.act("#act-close-3")
    assert stage(clerk.get("/counter")) == "closed"


def test_kiosks_stop_and_go_on_issuing(manager: ManagerClient) -> None:
    page = manager.page()
    assert page.one("#open-full")["data-dialog"] == "full"
    form = page.one("#full form")
    manager.press(form, **form.fields())
    page = manager.page()
    assert "no more tickets today" in page.one(".intake").text
    assert not page.has("#open-full")
    assert manager.act("#act-intake-open").has("#open-full")
    assert manager.centre.events("intake-changed") == 2


def test_a_service_is_closed_for_today_and_given_again(manager: ManagerClient) -> None:
    manager.centre.issue("uto-birth")
    asked = manager.page().one("#panel-services #service-uto-birth")
    # A click on the row asks; the button below the question closes.
    assert "Close Register a birth for everybody today? 1 visit waits for it, 0 parties have booked it" in asked.text
    assert "open" not in asked
    manager.press(asked.one("#act-service-close-uto-birth"))
    page = manager.page()
    assert page.one("#panel-services #act-service-reopen-uto-birth").text == "Give it again"
    assert "Closed for today" in page.one(".intake").text
    page = manager.act("#act-service-again-uto-birth")
    assert "Closed for today" not in page.one(".intake").text
    assert (manager.centre.events("service-closed"), manager.centre.events("service-reopened")) == (1, 1)


def test_the_page_is_for_managers(centre: Centre) -> None:
    with PageClient(centre, headers={"Accept": "text/html"}) as clerk:
        clerk.enter("ines.moreau")
        for path in ("/manager", "/enrolment"):
            assert clerk.get(path, 403).one("h1").text == "This page is not for you"
            clerk.get(f"{path}/page", 403)


def test_whoever_is_not_signed_in_is_asked_to(client: PageClient) -> None:
    assert client.get("/manager").address.endswith("/sign-in")
