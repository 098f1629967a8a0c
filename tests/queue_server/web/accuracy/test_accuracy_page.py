"""How right it was, in Chromium, in a town that has judged its days: numbers, keys, three languages, axe."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.forecast.served_town import ServedTown, served_town
from tests.queue_server.web.geometry import faults

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedTown]:
    with served_town(tmp_path_factory.mktemp("town") / "data") as town:
        yield town


@pytest.fixture
def page(browser: Browser, learned: ServedTown) -> Iterator[Page]:
    with_script = learned.open(browser)
    yield with_script
    with_script.context.close()


def test_a_manager_gets_there_and_back_and_reads_how_right_it_was(page: Page, learned: ServedTown) -> None:
    page.goto(f"{learned.address}/manager/forecast?lang=en")
    page.locator("#to-accuracy").click()
    page.wait_for_url("**/manager/accuracy")
    expect(page.locator("#head")).to_have_text("How right it was last week")
    expect(page.locator(".lead")).to_contain_text("of 100 ranges")
    expect(page.locator("#all-steps td")).to_have_count(8)
    # Of eight days the last three had five before them; all of them are of the last week.
    expect(page.locator("tr[id^=day-]")).to_have_count(3)
    asked = [int(one) for one in page.locator("tr[id^=step-] td:nth-of-type(1) bdi").all_inner_texts()]
    assert len(asked) > 1
    assert sum(asked) == int(page.locator("#all-steps td:nth-of-type(1) bdi").inner_text())
    expect(page.locator(".when-here").first).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_url("**/manager/forecast")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_readable_in_every_language_and_width(page: Page, learned: ServedTown, language: str) -> None:
    page.goto(f"{learned.address}/manager/accuracy?lang={language}")
    for width, height in ((1280, 800), (1920, 1080), (640, 480)):
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator("#all-steps")).to_be_visible()
        assert list(faults(page)) == []
        assert violations(page) == []
