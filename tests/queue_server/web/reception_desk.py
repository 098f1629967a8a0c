"""The hands of whoever sits at the reception desk."""

from playwright.sync_api import Page, expect

from tests.queue_server.web.desk import Desk

#: A document of ICAO's specimens (Doc 9303).
DOCUMENT = "L898902C3"


def receive(desk: Desk) -> Page:
    """Sign in at the reception desk."""
    desk.enter("noor.haddad")
    desk.page.wait_for_url("**/reception")
    desk.is_live()
    return desk.page


def keys(desk: Desk, *pressed: str) -> None:
    for key in pressed:
        desk.press(key)


def issued(desk: Desk, count: int) -> None:
    expect(desk.page.locator(".found-head .count")).to_have_text(str(count))


def shows(desk: Desk, code: str) -> None:
    expect(desk.page.locator("#hand .code.big")).to_have_text(f"{code[0]}\N{NO-BREAK SPACE}{code[1:]}")


def scan(desk: Desk, text: str) -> None:
    """Type as a hand scanner does: without a pause that counts as one on this machine, and Enter."""
    gap = "(gap) => { document.getElementById('issue').dataset.gap = gap; }"
    desk.press("End")
    desk.page.evaluate(gap, 10_000)
    desk.page.keyboard.type(text)
    desk.press("Enter")
    desk.page.evaluate(gap, 60)


def in_hand(desk: Desk) -> str:
    return desk.page.locator("#hand .code.big").inner_text().replace("\N{NO-BREAK SPACE}", "")
