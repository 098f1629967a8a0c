"""A passport on its way: handed in, in a bag to its authority and back, in a locker, and out into its owner's hand.

Staff work at the custody desk's page by scanner and keyboard, the owner at the kiosk; the letter comes by SMTP.
"""

from pathlib import Path
from typing import Any

from playwright.async_api import expect

from installer.demonstration.centre import DemoCentre
from installer.demonstration.desk import DemoDesk
from installer.demonstration.play import Play
from installer.demonstration.process import json_with

#: Whom the letter goes to: nobody (RFC 2606).
ADDRESS = "somebody@example.org"
#: Numbers that are printed on bags, and never used twice.
OUT, BACK = "S209447", "R300112"
DOOR = "A3"


async def open_case(desk: DemoDesk) -> str:
    """Open an application for the visit that is at the counter; returns its reference."""
    page = desk.page
    await page.keyboard.press("a")
    await page.locator("dialog[open] input[data-field=service]").first.check()
    await page.click("#act-application-now")
    reference = page.locator("#applications li b").first
    await reference.wait_for()
    return (await reference.inner_text()).strip()


class EntrustedDocument:
    """One passport from the custody desk to the locker, and from there to its owner. ``desk`` is a page of its own."""

    def __init__(self, centre: DemoCentre, desk: DemoDesk, out: Path) -> None:
        self._centre = centre
        self._desk = desk
        self._page = desk.page
        self._out = out
        #: What became of it, for the summary.
        self.went: dict[str, Any] = {}

    async def into_a_locker(self, reference: str) -> None:
        """Everything that staff do with it, until its owner is told that it is ready."""
        await self._desk.enter(self._centre.account("custody"), "/custody")
        await self._desk.live()
        await self._handed_in(reference)
        await self._sent()
        await self._back()
        await self._loaded()
        letter = await self._centre.mailbox.letter_to(ADDRESS)
        self.went |= {"letter": letter["Subject"], "state": await self._state("Ready")}

    async def collected(self, play: Play) -> None:
        """Lay the passport on the kiosk's reader, have its chip read, take what lies behind the door, and shut it."""
        kiosk, lockers = self._centre.kiosk, await self._centre.lockers()
        await play.begin("en", pictures=False)
        await kiosk.tap("Collect a document")
        await kiosk.page("collect")
        await play.kiosk_picture()
        await play.has_chip_read("en")
        await kiosk.until(lambda state: state["page"] == "findings" and state["model"]["here"] == 1, "what is here")
        await play.kiosk_picture()
        await kiosk.tap("Open the door")
        await lockers.until_open(DOOR)
        await kiosk.until(lambda state: state["page"] == "locker" and state["model"]["state"] == "open", "an open door")
        await play.kiosk_picture()
        await lockers.take(DOOR)
        await kiosk.page("collected")
        await kiosk.tap("Print a receipt")
        printed = await self._centre.printer_process.wait_for(json_with("file"))
        self.went["receipt"] = f"paper-{Path(printed['file']).name}"
        await kiosk.until(lambda state: state["model"].get("receipt") == "taken", "a receipt")
        await play.kiosk_picture()
        await kiosk.tap("Done")
        await kiosk.page("language")
        self.went["state"] = await self._state("Handed over")
        await self._picture("handed-over")
        await self._page.close()

    # At the custody desk.

    async def _scan(self, text: str) -> None:
        """Type as a scanner does: fast, and Enter behind it."""
        await expect(self._page.locator("#scan")).to_be_focused()
        await self._page.keyboard.type(text)
        await self._page.keyboard.press("Enter")

    async def _says(self, where: str, text: str) -> None:
        await expect(self._page.locator(where)).to_contain_text(text)

    async def _picture(self, name: str) -> None:
        await self._desk.picture(self._out / f"web-custody-{name}-en.png")

    async def _handed_in(self, reference: str) -> None:
        page = self._page
        await page.keyboard.press("Alt+Digit1")
        await page.locator("#receive-form").wait_for()
        await self._scan(reference)
        await expect(page.locator("#receive-form [name=application]")).to_have_value(reference)
        await page.fill("[name='contact.email']", ADDRESS)
        await page.locator("#scan").focus()
        await self._scan("1")
        label = page.locator("#last .barcode")
        await label.wait_for()
        self.went["label"] = (await label.inner_text()).strip()
        await self._picture("handed-in")

    async def _sent(self) -> None:
        page = self._page
        await page.keyboard.press("Alt+Digit4")
        await page.locator("#act-open-bag").wait_for()
        await page.keyboard.press("F2")
        await page.click("#act-open-bag-now")
        await expect(page.locator("#in-bag")).to_have_text("0")
        await self._scan(self.went["label"])
        await expect(page.locator("#in-bag")).to_have_text("1")
        await self._scan(OUT)
        await page.click("#act-seal-now")
        await self._says("#next-step", "Give it to the carrier")
        await page.keyboard.press("F3")
        await self._says("#next-step", "Once the authority says")
        await self._picture("bag")
        await page.keyboard.press("F4")
        await page.click("#act-acknowledge-now")
        await expect(page.locator("dialog[open]")).to_have_count(0)

    async def _back(self) -> None:
        page = self._page
        await page.keyboard.press("Alt+Digit4")
        await page.locator("#act-bag-came").wait_for()
        await self._scan(BACK)
        await page.click("#act-bag-came-now")
        await expect(page.locator("#in-bag")).to_have_text("0")
        await self._scan(self.went["label"])
        await expect(page.locator("#in-bag")).to_have_text("1")
        await page.keyboard.press("F6")
        await page.fill("dialog[open] [name=expected]", "1")
        await page.click("#act-finish-now")
        await expect(page.locator("dialog[open]")).to_have_count(0)

    async def _loaded(self) -> None:
        page, lockers = self._page, await self._centre.lockers()
        await page.keyboard.press("Alt+Digit6")
        await page.locator("#door-now").wait_for()
        await self._scan(self.went["label"])
        await expect(page.locator("#door-now")).to_have_attribute("data-step", "2")
        await self._scan(DOOR)
        await lockers.until_open(DOOR)
        await self._says("#door-now", "is open")
        await self._picture("lockers")
        await lockers.put(DOOR)
        await self._says("#door-now", "is shut, and holds a document")
        self.went["door"] = DOOR

    async def _state(self, wanted: str) -> str:
        """Scan its label, and read how it is."""
        await self._desk.live()
        # Scanned under Lockers its door would open.
        await self._page.keyboard.press("Alt+Digit2")
        await expect(self._page.locator("#now")).to_have_attribute("data-view", "items")
        await self._scan(self.went["label"])
        state = self._page.locator(".item-state")
        await expect(state).to_contain_text(wanted)
        return wanted


def told(went: dict[str, Any]) -> str:
    """Say in one line what became of it."""
    way = f"handed in, sent in bag {OUT}, back in {BACK}, laid into {went['door']}, told by e-mail, collected by chip"
    proved = "ok" if went["verify"]["ok"] else f"bad: {went['verify']}"
    return f"{went['label']}: {way}: {went['state'].lower()}; custody verify {proved}"
