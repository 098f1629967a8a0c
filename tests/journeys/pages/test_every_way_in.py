"""The ways in and the page of a ticket in every language and window (with `--all`)."""

from playwright.sync_api import Browser

from tests.queue_server.web.server import Centre
from tests.queue_server.web.walks.public import EVERY_DESK_LOOK, EVERY_PHONE_LOOK, sign_in_faults, ticket_faults


def test_signing_in_is_whole(browser: Browser, centre: Centre) -> None:
    found = sign_in_faults(browser, centre, EVERY_DESK_LOOK)
    assert not found, "\n".join(found)


def test_a_phone_shows_its_ticket_whole(browser: Browser, centre: Centre) -> None:
    found = ticket_faults(browser, centre, EVERY_PHONE_LOOK)
    assert not found, "\n".join(found)
