"""Information and tickets at the address of phones: no script, every language, numbers that are dialled by a tap."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from queue_server.catalogue import store as catalogue
from queue_server.database import open_database, parse_url
from queue_server.domain.values import Actor, CentreId, now_micros
from queue_server.information import store
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import CENTRES, Centre, Server, run_aside

HERE = CENTRES[0]
WIDTH = 360


async def _write(data: Path, text: str) -> None:
    async with open_database(parse_url(None, data)) as database:
        await database.write(
            lambda connection: store.import_pages(connection, text, actor=Actor("system"), now=now_micros())
        )


def pages(**changed: str) -> str:
    """Return the pages of the demo, for the centre of this test."""
    text = store.demo_pages()[0].replace('centre = "demo"', f'centre = "{HERE}"')
    for before, after in changed.items():
        text = text.replace(before, after)
    return text


class TwoDoors(Server):
    options = ("--public", "127.0.0.1:0")


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """Give a centre with pages; of the two others the last one is for the test of the counter."""
    data = tmp_path_factory.mktemp("information") / "data"
    with TwoDoors(data, centres=CENTRES[:3]) as server:
        run_aside(_write(data, pages()))
        yield Centre(server, HERE)


def phones(reading: Centre) -> str:
    return str(json.loads(reading.server.said)["public"])


@pytest.fixture
def phone(reading: Centre) -> Iterator[PageClient]:
    """Give a phone that runs no script."""
    with PageClient(reading, address=phones(reading)) as reader:
        yield reader


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_page_is_read_on_a_phone_without_scripts(phone: PageClient, language: str) -> None:
    page = phone.get(f"/info?centre={HERE}&lang={language}")
    links = page.all(".information-list a")
    assert len(links) == 6
    assert page.one("html")["dir"] == ("rtl" if language == "ar" else "ltr")
    assert page.all(".information-calls a")[0]["href"] == "tel:+3225550142"
    assert page.texts(".telephone")[0] == "+32 2 555 01 42"
    for link in links:
        page = phone.get(link["href"])
        assert page.one(".information-text").text
        assert "{{" not in page.html
    assert len(phone.get(page.one(".information-back a")["href"]).all(".information-list a")) == 6


def test_no_page_breaks_a_rule_or_is_wider_than_a_phone_and_paper_has_the_text(
    browser: Browser, reading: Centre
) -> None:
    topics = ("", "/emergency", "/opening-hours", "/nothing", "/fees")
    with browser.new_context(viewport={"width": WIDTH, "height": 740}, base_url=phones(reading)) as context:
        page, found = context.new_page(), list[str]()
        for language, axe in (("en", topics), ("ar", ("/fees",))):
            for topic in topics:
                page.goto(f"/info{topic}?centre={HERE}&lang={language}")
                expect(page.locator("html")).to_have_attribute("lang", language)
                if topic in axe:
                    found += [f"{topic}, {language}: {fault}" for fault in violations(page)]
                if page.evaluate("document.documentElement.scrollWidth") > WIDTH:
                    found.append(f"{topic}, {language}: too wide")
        assert found == []
        # On paper nothing can be pressed.
        page.emulate_media(media="print")
        expect(page.locator(".languages")).to_be_hidden()
        expect(page.locator(".information-back")).to_be_hidden()
        expect(page.locator(".information-text table").first).to_be_visible()


def test_where_several_centres_are_served_the_right_one_is_asked_for(phone: PageClient) -> None:
    page = phone.get("/info/fees?lang=fr")
    assert page.one("h1").text == "De quel centre s’agit-il ?"  # noqa: RUF001 - as French writes it
    assert phone.get(page.one(f".information-list a[href*='{HERE}']")["href"]).one("h1").text == "Tarifs"


def test_a_page_that_is_not_there_says_so_and_leads_on(phone: PageClient) -> None:
    page = phone.get(f"/info/%3Cscript%3E?centre={HERE}", 404)
    assert len(phone.get(page.one("a.again")["href"]).all(".information-list a")) == 6
    # A centre without pages has an empty list, and says whom to ask.
    assert "Please ask the staff" in phone.get(f"/info?centre={CENTRES[1]}&lang=en").one("main").text


def test_a_page_that_is_not_written_in_a_language_is_shown_in_another_and_says_so(
    phone: PageClient, reading: Centre
) -> None:
    text = pages()
    start, end = text.index('[pages.texts.ar]\ntitle = "الرسوم"'), text.index('[[pages]]\ntopic = "how-to-get-here"')
    data = reading.server.data
    run_aside(_write(data, text[:start] + text[end:]))
    try:
        page = phone.get(f"/info/fees?centre={HERE}&lang=ar")
        written = page.one(".information-text")
        assert (written["lang"], written["dir"], page.one("html")["dir"]) == ("en", "ltr", "rtl")
        assert "English" in page.one("main").text
    finally:
        run_aside(_write(data, pages()))


def test_what_is_over_says_so_first(phone: PageClient, reading: Centre) -> None:
    data = reading.server.data
    over = pages(**{'topic = "fees"\nkind = "fees"': 'topic = "fees"\nkind = "fees"\nvalid_until = 2026-01-31'})
    run_aside(_write(data, over))
    try:
        page = phone.get(f"/info/fees?centre={HERE}&lang=en")
        assert "It was valid until 31 January 2026." in page.one(".public-notice").text
    finally:
        run_aside(_write(data, pages()))


def test_a_fee_is_that_of_the_catalogue_as_it_is_now(phone: PageClient, reading: Centre) -> None:
    """Nobody types it twice: a change of the catalogue is read at once."""

    async def charge(amount: str) -> None:
        async with open_database(parse_url(None, reading.server.data)) as database:
            text = await database.run(lambda connection: catalogue.export_catalogue(connection, CentreId(HERE)))
            assert text is not None
            changed = text.replace('"65.00"', f'"{amount}"').replace('"71.00"', f'"{amount}"')
            await database.write(lambda connection: catalogue.import_catalogue(connection, changed))

    def fees() -> str:
        return phone.get(f"/info/fees?centre={HERE}&lang=fr").one(".information-text").text

    assert "EUR 65,00" in fees()
    run_aside(charge("71.00"))
    assert "EUR 71,00" in fees()
    run_aside(charge("65.00"))


def test_a_ticket_leads_to_what_happens_next(phone: PageClient, reading: Centre) -> None:
    visit = reading.issue()
    page = phone.get(f"/t/{reading.ticket(visit.id)}?lang=fr")
    page = phone.get(page.role("link", "La suite de votre visite")["href"])
    assert page.one("h1").text == "La suite de votre visite"
    # With a centre that has none there is nothing to press.
    other = Centre(reading.server, CENTRES[1])
    assert not phone.get(f"/t/{other.ticket(other.issue().id)}?lang=fr").has(".ticket-next")


def test_strangers_find_it_at_the_address_of_phones_alone(reading: Centre) -> None:
    with PageClient(reading) as stranger:
        stranger.get(f"/info?centre={HERE}", 404)


def test_a_phone_follows_its_ticket_at_the_address_of_phones(browser: Browser, reading: Centre) -> None:
    """The ticket is whole, and live, and nothing is missing: the browser complains of nothing."""
    centre = Centre(reading.server, CENTRES[2])
    path = f"/t/{centre.ticket(centre.issue().id)}"
    with Desk(browser, centre, size=(WIDTH, 740)) as phone, PageClient(centre) as clerk:
        phone.page.goto(phones(reading) + path)
        expect(phone.page.locator("[data-state]")).to_have_attribute("data-state", "waiting")
        expect(phone.page.locator("#on")).to_be_visible()
        clerk.sign_in("ines.moreau", "3")
        clerk.open("3")
        clerk.press(clerk.get("/counter").one("#act-call-next"))
        expect(phone.page.locator("[data-state]")).to_have_attribute("data-state", "called")
        # Staff find the page of a ticket at their own address too.
        assert clerk.get(path).one("[data-state]")["data-state"] == "called"
