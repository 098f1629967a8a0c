"""The hands of staff who book appointments: by keyboard, at reception or at a counter."""

from typing import Any

from playwright.sync_api import expect

from tests.queue_server.web.custodian import Session
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reception_desk import receive

SERVICE = "uto-passport-renewal"
#: A made-up document number.
DOCUMENT = "SPEC1234567"


def appointment(desk: Session, ident: str) -> Any:
    """Return an appointment as the API has it."""
    return desk.read_api(f"appointments/{ident}")["appointment"]


def book(desk: Session, days: int = 0, **more: object) -> Any:
    """Book the first free time so many days ahead, as an integration would; return the answer."""
    free = desk.read_api(f"appointments/times?service={SERVICE}")["days"]
    at = next(day for day in free[days:] if day["times"])["times"][0]["at"]
    return desk.api("appointments", {"services": [SERVICE], "at": at, "language": "en"} | more)


class Booker(Desk):
    def receive(self) -> None:
        receive(self)

    def keys(self, *pressed: str) -> None:
        for key in pressed:
            self.press(key)

    def to_appointments(self, key: str = "F6") -> None:
        self.press(key)
        self.page.wait_for_url("**/appointments**")
        self.is_live()

    def look_at(self, query: str) -> None:
        self.go(f"/appointments?{query}")
        self.is_live()

    def ring(self, selector: str) -> None:
        expect(self.page.locator(selector).first).to_be_focused()

    def choose(self, *digits: str) -> None:
        """Choose a service by digits; the ring is on the next free time then."""
        self.keys(*digits, "Enter")
        self.ring("#times .soonest button")

    def take(self) -> None:
        """Take the time with the ring: it is held, and what is asked of the person has the ring."""
        self.press("Enter")
        expect(self.page.locator("#held")).to_be_visible()
        self.ring("#book-email")

    def shown(self) -> str:
        """Read the code of the appointment that is shown, without its space."""
        return self.page.locator("#card-code").inner_text().replace(" ", "")

    def booked(self) -> Any:
        """Wait until what was typed is booked; give the appointment as the API has it."""
        self.ring("#act-print")
        return self.appointment(self.page.locator("#card").get_attribute("data-appointment") or "")

    def appointment(self, ident: str) -> Any:
        return appointment(self, ident)

    def book(self, days: int = 0, **more: object) -> Any:
        return book(self, days, **more)

    def scan(self, text: str, form: str = "want") -> None:
        """Type as a hand scanner does, without a pause that counts as one on this machine."""
        gap = "([form, gap]) => { document.getElementById(form).dataset.gap = gap; }"
        self.press("End")
        self.page.evaluate(gap, [form, 10_000])
        self.page.keyboard.type(text)
        self.press("Enter")
        self.page.evaluate(gap, [form, 60])

    def find(self, text: str) -> None:
        self.press("F4")
        self.ring("#find")
        self.page.keyboard.type(text)
        self.press("Enter")

    def notice(self, text: str) -> None:
        expect(self.page.locator("#notice-text")).to_contain_text(text)
