"""Information on a phone and on paper: no script, every language of the centre, numbers that are dialled by a tap."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.catalogue import store as catalogue
from queue_server.database import open_database, parse_url
from queue_server.domain.values import Actor, CentreId, now_micros
from queue_server.information import store
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.server import CENTRES, Centre, Server, run_aside

HERE = CENTRES[0]


async def _write(data: Path, text: str) -> None:
    async with open_database(parse_url(None, data)) as database:
        await database.write(
            lambda connection: store.import_pages(connection, text, actor=Actor("system"), now=now_micros())
        )


def pages(**changed: str) -> str:
    """Give the pages of the demo, for the centre of this test."""
    text = store.demo_pages()[0].replace('centre = "demo"', f'centre = "{HERE}"')
    for before, after in changed.items():
        text = text.replace(before, after)
    return text


class TwoDoors(Server):
    options = ("--public", "127.0.0.1:0")


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    data = tmp_path_factory.mktemp("information") / "data"
    with TwoDoors(data, centres=CENTRES[:2]) as server:
        run_aside(_write(data, pages()))
        yield Centre(server, HERE)


def phones(reading: Centre) -> str:
    return str(json.loads(reading.server.said)["public"])


@pytest.fixture
def phone(browser: Browser, reading: Centre) -> Iterator[Page]:
    """Give a small phone that runs no script."""
    with browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, base_url=phones(reading)
    ) as context:
        yield context.new_page()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_page_is_read_on_a_small_phone_without_scripts(phone: Page, language: str) -> None:
    phone.goto(f"/info?centre={HERE}&lang={language}")
    links = phone.locator(".information-list a")
    assert links.count() == 6
    expect(phone.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    expect(phone.locator(".information-calls a").first).to_have_attribute("href", "tel:+3225550142")
    expect(phone.locator(".telephone").first).to_have_text("+32 2 555 01 42")
    for address in [str(link.get_attribute("href")) for link in links.all()]:
        phone.goto(address)
        expect(phone.locator(".information-text")).not_to_be_empty()
        assert "{{" not in phone.content()
    phone.locator(".information-back a").click()
    expect(phone.locator(".information-list a")).to_have_count(6)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_breaks_a_rule_or_is_wider_than_a_phone(browser: Browser, reading: Centre, language: str) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}, base_url=phones(reading)) as context:
        page = context.new_page()
        for topic in ("", "/fees", "/emergency", "/opening-hours", "/nothing"):
            page.goto(f"/info{topic}?centre={HERE}&lang={language}")
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_paper_has_the_text_and_nothing_to_press(phone: Page) -> None:
    phone.goto(f"/info/fees?centre={HERE}&lang=en")
    phone.emulate_media(media="print")
    expect(phone.locator(".languages")).to_be_hidden()
    expect(phone.locator(".information-back")).to_be_hidden()
    expect(phone.locator(".information-text table").first).to_be_visible()


def test_where_several_centres_are_served_the_right_one_is_asked_for(phone: Page) -> None:
    phone.goto("/info/fees?lang=fr")
    expect(phone.locator("h1")).to_have_text("De quel centre s’agit-il ?")  # noqa: RUF001 - as French writes it
    phone.locator(f".information-list a[href*='{HERE}']").click()
    expect(phone.locator("h1")).to_have_text("Tarifs")


def test_a_page_that_is_not_there_says_so_and_leads_on(phone: Page) -> None:
    answer = phone.goto(f"/info/%3Cscript%3E?centre={HERE}")
    assert answer is not None
    assert answer.status == 404
    phone.locator("a.again").click()
    expect(phone.locator(".information-list a")).to_have_count(6)
    # A centre without pages has an empty list, and says whom to ask.
    phone.goto(f"/info?centre={CENTRES[1]}&lang=en")
    expect(phone.locator("main")).to_contain_text("Please ask the staff")


def test_a_page_that_is_not_written_in_a_language_is_shown_in_another_and_says_so(phone: Page, reading: Centre) -> None:
    text = pages()
    start, end = text.index('[pages.texts.ar]\ntitle = "الرسوم"'), text.index('[[pages]]\ntopic = "how-to-get-here"')
    data = reading.server.data
    run_aside(_write(data, text[:start] + text[end:]))
    try:
        phone.goto(f"/info/fees?centre={HERE}&lang=ar")
        expect(phone.locator(".information-text")).to_have_attribute("lang", "en")
        expect(phone.locator(".information-text")).to_have_attribute("dir", "ltr")
        expect(phone.locator("html")).to_have_attribute("dir", "rtl")
        expect(phone.locator("main")).to_contain_text("English")
    finally:
        run_aside(_write(data, pages()))


def test_what_is_over_says_so_first(phone: Page, reading: Centre) -> None:
    data = reading.server.data
    over = pages(**{'topic = "fees"\nkind = "fees"': 'topic = "fees"\nkind = "fees"\nvalid_until = 2026-01-31'})
    run_aside(_write(data, over))
    try:
        phone.goto(f"/info/fees?centre={HERE}&lang=en")
        expect(phone.locator(".public-notice")).to_contain_text("It was valid until 31 January 2026.")
    finally:
        run_aside(_write(data, pages()))


def test_a_fee_is_that_of_the_catalogue_as_it_is_now(phone: Page, reading: Centre) -> None:
    """Nobody types it twice: a change of the catalogue is read at once."""

    async def charge(amount: str) -> None:
        async with open_database(parse_url(None, reading.server.data)) as database:
            text = await database.run(lambda connection: catalogue.export_catalogue(connection, CentreId(HERE)))
            assert text is not None
            changed = text.replace('"65.00"', f'"{amount}"').replace('"71.00"', f'"{amount}"')
            await database.write(lambda connection: catalogue.import_catalogue(connection, changed))

    phone.goto(f"/info/fees?centre={HERE}&lang=fr")
    expect(phone.locator(".information-text")).to_contain_text("EUR 65,00")
    run_aside(charge("71.00"))
    phone.reload()
    expect(phone.locator(".information-text")).to_contain_text("EUR 71,00")
    run_aside(charge("65.00"))


def test_a_ticket_leads_to_what_happens_next(phone: Page, reading: Centre) -> None:
    visit = reading.issue()
    phone.goto(f"/t/{reading.ticket(visit.id)}?lang=fr")
    phone.get_by_role("link", name="La suite de votre visite").click()
    expect(phone.locator("h1")).to_have_text("La suite de votre visite")
    # With a centre that has none there is nothing to press.
    other = Centre(reading.server, CENTRES[1])
    phone.goto(f"/t/{other.ticket(other.issue().id)}?lang=fr")
    expect(phone.locator(".ticket-next")).to_have_count(0)


def test_strangers_find_it_at_the_address_of_phones_alone(reading: Centre) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{reading.server.address}/info?centre={HERE}")  # noqa: S310 - our own server
    refused.value.close()
    assert refused.value.code == 404
