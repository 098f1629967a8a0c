"""A manager adds a device: the code as a picture, as text and as a file, for one session, until it has been used."""

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from queue_server.accounts.model import SessionId
from queue_server.contract.client import ApiClient
from queue_server.contract.devices import EnrolAnswer
from queue_server.contract.enrolment_text import read
from queue_server.domain.values import Micros
from queue_server.web.enrolment.made_code import MadeCode, seal, unseal
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.manager.manager_client import ManagerClient
from tests.queue_server.web.manager.office import Office
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import run_aside


def enrol(server: str, code: str) -> EnrolAnswer:
    async def exchange() -> EnrolAnswer:
        async with ApiClient(server, None) as client:
            return await client.enrol(code)

    return run_aside(exchange())


def test_a_code_is_a_picture_and_text_and_goes_when_it_has_been_used(office: Office) -> None:
    office.find("#to-enrolment").click()
    office.is_live()
    office.page.get_by_label("Where it stands, for people").fill("Kiosk <b>9</b>")
    office.page.get_by_label("A kiosk", exact=True).check()
    office.page.get_by_role("button", name="Make a code").click()
    card = office.find(".enrolment-card")
    expect(card).to_contain_text("Enrol Kiosk <b>9</b>")
    text = office.find("#enrolment-text").input_value()
    picture = Image.open(io.BytesIO(card.locator("svg.qr").screenshot()))
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [text]
    office.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card.get_by_role("button", name="Copy").click()
    expect(office.find("#say")).to_have_text("Copied.")
    assert office.page.evaluate("navigator.clipboard.readText()") == text
    assert violations(office.page) == []
    enrol(office.server.address, read(text).code)
    expect(office.find(".done")).to_contain_text("is enrolled. The code has been used.")
    expect(card).to_have_count(0)


def test_a_code_is_of_one_session_until_it_has_been_used(manager: ManagerClient) -> None:
    page = manager.get("/enrolment")
    kinds = [one["value"] for one in page.all("form [name=kind]")]
    assert kinds[0] == "kiosk"
    form = page.one("form.account-form")
    # Without a name nobody would find it: a script that leaves it out is told so.
    assert manager.submit(form, kind="kiosk", name="\u202e").address.endswith("/enrolment?wrong=name")
    page = manager.submit(form, kind="kiosk", name="Kiosk <b>9</b>")
    assert "Enrol Kiosk <b>9</b>" in page.one(".enrolment-card").text
    text = page.one("#enrolment-text").text
    found = read(text)
    assert (found.server, found.ca) == (manager.server.address, "")
    assert found.code not in page.address
    file = page.one("#enrolment-file")
    assert file["download"] == "kiosk.enrol"
    saved = manager.fetch(file["href"])
    assert saved.text == f"{text}\n"
    # It is the page of this session alone, whoever else is let in here.
    address = page.address.removeprefix(manager.server.address)
    with ManagerClient(manager.centre) as other:
        other.enter("elin.marsh")
        assert not other.get(address).has(".enrolment-card")
        other.fetch(file["href"], 404)
    answer = enrol(manager.server.address, found.code)
    assert (answer.kind, answer.name, answer.centre) == ("kiosk", "Kiosk <b>9</b>", manager.centre.id)
    page = manager.get(address)
    assert "is enrolled. The code has been used." in page.one(".done").text
    assert not page.has(".enrolment-card")
    manager.fetch(file["href"], 404)


def test_who_is_no_manager_adds_nothing(client: PageClient) -> None:
    client.enter("noor.haddad")
    for path in ("/enrolment", "/enrolment/page", "/enrolment/file?made=x"):
        client.get(path, 403)


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
