"""What the tests of these pages type: somebody made up who lost their passport."""

import re
from collections.abc import Mapping
from html import unescape

from tests.queue_server.web.booking.phone import Page, Phone

FORM = "uto-emergency-travel"
PIN = "271828"
TYPED = {
    "c-travel": "yes",
    "c-police": "yes",
    "f-surname": "ERIKSSON",
    "f-given-names": "ANNA MARIA",
    "f-birth-date-day": "12",
    "f-birth-date-month": "8",
    "f-birth-date-year": "1974",
    "f-birth-place": "Zenith, Utopia",
    "f-lost": "stolen",
    "f-what-happened": "At the station.\r\nYesterday.",
    "f-destination": "Zenith",
    "f-leaves-on-day": "1",
    "f-leaves-on-month": "1",
    "f-leaves-on-year": "2199",
    "f-alone": "yes",
    "f-stolen-number": "l898 902c3",
}


def fill(phone: Phone, changed: Mapping[str, str | None] | None = None) -> Page:
    """Send a form; gives the page that shows it once more, or what is wrong."""
    typed: dict[str, str | None] = {**TYPED, **(changed or {})}
    fields = {name: value for name, value in typed.items() if value is not None}
    return phone.post(f"/forms/{phone.centre}/fill/{FORM}?lang={phone.language}", fields)


def save(phone: Phone, pin: str = PIN) -> Page:
    """Fill a form in and save it; gives the page with the code."""
    page = fill(phone)
    return phone.send(page, pin=pin)


def code_of(page: Page) -> str:
    found = re.search(r'class="form-code"><b dir="ltr">([^<]*)</b>', page.html)
    assert found is not None, page.text
    return unescape(found[1])


def open_saved(phone: Phone, code: str, pin: str = PIN) -> Page:
    return phone.post(f"/forms/{phone.centre}/open?lang={phone.language}", {"code": code, "pin": pin})
