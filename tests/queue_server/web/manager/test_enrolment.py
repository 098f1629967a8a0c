"""A manager adds a device: the code as a picture, as text and as a file, for one session, until it has been used."""

import io
import re

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, expect

from queue_server.accounts.model import SessionId
from queue_server.contract.client import ApiClient
from queue_server.contract.devices import EnrolAnswer
from queue_server.contract.enrolment_text import read
from queue_server.domain.values import Micros
from queue_server.web.enrolment.made_code import MadeCode, seal, unseal
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.manager.office import Office
from tests.queue_server.web.server import Centre, run_aside


def enrol(server: str, code: str) -> EnrolAnswer:
    async def exchange() -> EnrolAnswer:
        async with ApiClient(server, None) as client:
            return await client.enrol(code)

    return run_aside(exchange())


def test_a_manager_adds_a_kiosk_and_the_code_goes_when_it_has_been_used(office: Office, browser: Browser) -> None:
    office.find("#to-enrolment").click()
    office.is_live()
    # Without a name nobody would find it: a script that leaves it out is told so.
    wrong = office.context.request.post(
        f"{office.server.address}/enrolment",
        form={"csrf": office.find("#page").get_attribute("data-csrf") or "", "kind": "kiosk", "name": "\u202e"},
        headers={"Origin": office.server.address},
        max_redirects=0,
    )
    assert (wrong.status, wrong.headers["location"]) == (303, "/enrolment?wrong=name")
    office.page.get_by_label("Where it stands, for people").fill("Kiosk <b>9</b>")
    office.page.get_by_label("A kiosk", exact=True).check()
    office.page.get_by_role("button", name="Make a code").click()
    card = office.find(".enrolment-card")
    expect(card).to_contain_text("Enrol Kiosk <b>9</b>")
    text = office.find("#enrolment-text").input_value()
    found = read(text)
    assert (found.server, found.ca) == (office.server.address, "")
    picture = Image.open(io.BytesIO(card.locator("svg.qr").screenshot()))
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [text]
    assert found.code not in office.page.url
    with office.page.expect_download() as loaded:
        office.find("#enrolment-file").click()
    assert loaded.value.path().read_text() == f"{text}\n"
    assert loaded.value.suggested_filename == "kiosk.enrol"
    office.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card.get_by_role("button", name="Copy").click()
    expect(office.find("#say")).to_have_text("Copied.")
    assert office.page.evaluate("navigator.clipboard.readText()") == text
    assert violations(office.page) == []
    # It is the page of this browser alone, whoever else is let in here.
    address = office.page.url.removeprefix(office.server.address)
    with Desk(browser, office.centre) as other:
        other.enter("elin.marsh")
        other.go(address)
        other.is_live()
        expect(other.page.locator(".enrolment-card")).to_have_count(0)
        made = re.sub("^/enrolment", "/enrolment/file", address)
        assert other.context.request.get(office.server.address + made).status == 404
    answer = enrol(office.server.address, found.code)
    assert (answer.kind, answer.name, answer.centre) == ("kiosk", "Kiosk <b>9</b>", office.centre.id)
    expect(office.find(".done")).to_contain_text("is enrolled. The code has been used.")
    expect(card).to_have_count(0)
    assert office.context.request.get(office.server.address + made).status == 404


def test_who_is_no_manager_adds_nothing(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as desk:
        desk.enter("noor.haddad")
        for path in ("/enrolment", "/enrolment/page", "/enrolment/file?made=x"):
            assert desk.context.request.get(desk.server.address + path).status == 403


def test_what_was_made_is_read_by_its_session_and_no_other() -> None:
    made, key, mine = MadeCode("12345678", "kiosk", "Hall", Micros(5)), b"k" * 32, SessionId("a")
    text = seal(made, key, mine)
    assert "12345678" not in text
    assert "12345678" not in repr(made)
    assert unseal(text, (b"n" * 32, key), mine) == made
    assert unseal(text, (key,), SessionId("b")) is None
    assert unseal(text, (b"n" * 32,), mine) is None
    for wrong in ("", "x", "é", text[:-2], text + "AAAA", "A" * 200):
        assert unseal(wrong, (key,), mine) is None
