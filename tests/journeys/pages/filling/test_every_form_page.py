"""The public pages of forms in another language, and without scripts (with `--all`)."""

from playwright.sync_api import Browser

from tests.queue_server.web.booking.browser import looked_at, telephone, without_scripts
from tests.queue_server.web.filling.journeys.test_form_pages import steps
from tests.queue_server.web.server import Centre


def test_every_page_is_for_everybody(browser: Browser, centre: Centre) -> None:
    with telephone(browser) as page:
        found = looked_at(page, "forms", "ar", steps(page, centre, "ar"), ("en",))
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
        assert len(found) == 11


def test_without_scripts_every_step_is_a_form(browser: Browser, centre: Centre) -> None:
    with telephone(browser, scripts=False) as page:
        found = without_scripts(page, "forms", "fr", steps(page, centre, "fr"))
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
        assert len(found) == 11
