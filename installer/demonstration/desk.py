"""The hands and eyes of staff: Chromium on the counter page, used by keyboard."""

import asyncio
import contextlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playwright.async_api import Browser, Page, async_playwright, expect
from playwright.async_api import Error as PlaywrightError

#: Nothing goes out: no updates and no reports.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
CHROMIUM = "/usr/bin/chromium"


class DemoDesk:
    """A member of staff at one counter, in one language."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self._server = server

    async def enter(self, account: dict[str, Any], wanted: str, picture: Path | None = None) -> None:
        """Give name and password, and wait for the page that it leads to."""
        await self.page.goto(f"{self._server}/sign-in?centre={account['centre']}")
        if picture is not None:
            await self.page.screenshot(path=picture)
        await self.page.fill("#login", account["login"])
        await self.page.fill("#password", account["password"])
        await self.page.press("#password", "Enter")
        await self.page.wait_for_url(f"**{wanted}")

    async def sign_in(self, account: dict[str, Any], counter: str, picture: Path | None = None) -> None:
        await self.enter(account, "/sign-in/counter", picture)
        await self.page.check(f'input[name=counter][value="{counter}"]')
        await self.page.keyboard.press("Enter")
        await self.page.wait_for_url("**/counter")
        await self.live()

    async def live(self) -> None:
        """Wait until the page hears the server and can be used; between the two it has to draw itself."""
        await expect(self.page.locator("#page")).to_have_attribute("data-live", "on")
        await expect(self.page.locator("body.away")).to_have_count(0)

    async def away(self) -> None:
        """Wait until the page knows that it does not hear the server."""
        await expect(self.page.locator("body.away")).to_have_count(1)

    async def press(self, key: str, stage: str) -> None:
        """Press a key, and wait until the counter has come to this stage."""
        await self.page.keyboard.press(key)
        await expect(self.page.locator("#now")).to_have_attribute("data-stage", stage)

    async def code(self) -> str:
        """Read the ticket in the hand, without its space."""
        text = await self.page.locator(".ticket .code").inner_text()
        return "".join(text.split())

    async def document(self, word: str) -> None:
        """Wait until the page says what the document of the visit came to, with this word."""
        await expect(self.page.locator("#document > .st")).to_contain_text(word)

    async def picture(self, file: Path) -> None:
        """Take a picture of the page, once all pictures in it are there."""
        await self.page.wait_for_function("() => [...document.images].every((one) => one.complete)")
        await self.page.screenshot(path=file)


class Office:
    """One browser for all desks. Use with ``async with``: it starts beside whatever else is done then.

    Where something fails, what each page showed then is in ``out``.
    """

    def __init__(self, out: Path) -> None:
        self._out = out

    async def __aenter__(self) -> Self:
        expect.set_options(timeout=60_000)
        self._playwright = await async_playwright().start()
        launched = self._playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        self._starting = asyncio.ensure_future(launched)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        browser = await self._starting
        if kind is not None:
            for number, page in enumerate(page for context in browser.contexts for page in context.pages):
                with contextlib.suppress(PlaywrightError):
                    await page.screenshot(path=self._out / f"failed-{number}.png", timeout=5_000)
        await browser.close()
        await self._playwright.stop()

    async def desk(self, server: str, language: str = "en") -> DemoDesk:
        """Open a page for one desk; ``server`` is where the pages are."""
        browser: Browser = await self._starting
        context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale=language)
        context.set_default_timeout(60_000)
        return DemoDesk(await context.new_page(), server)
