"""The visits that the demo plays by itself: every one on real input, from the touch to the paper and the counter."""

import asyncio
import xml.etree.ElementTree as ET
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image

from installer.demonstration.centre import DemoCentre
from installer.demonstration.desk import DemoDesk
from installer.demonstration.process import DemoError, json_with

TRANSLATIONS = Path(__file__).parents[2] / "kiosk" / "ui" / "translations"


@cache
def words(language: str) -> dict[str, str]:
    """Give what the kiosk says for its English texts, from the translations it ships."""
    if language == "en":
        return {}
    tree = ET.parse(TRANSLATIONS / f"kiosk_{language}.ts")  # noqa: S314 - our own file
    return {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in tree.getroot().iter("message")
    }


def say(text: str, language: str) -> str:
    return words(language).get(text, text)


def board_text(state: dict[str, Any]) -> str:
    """Read a screen of the hall as a person does: everything that stands on it."""
    return " | ".join(state["texts"])


def spaced(code: str) -> str:
    """Write a code as screens do."""
    return f"{code[0]} {code[1:]}"


class Play:
    """Plays visits in one centre, writes pictures into ``out`` and what happened into ``visits``."""

    def __init__(self, centre: DemoCentre, out: Path, visits: list[dict[str, Any]]) -> None:
        self._centre = centre
        self._out = out
        self.visits = visits

    async def kiosk_picture(self, variant: str = "") -> None:
        """Take a picture named after what the kiosk shows."""
        state = await self._centre.kiosk.state()
        page = f"{state['page']}-{variant}" if variant else state["page"]
        marks = [mark for mark in ("large", "contrast", "lowered") if state[mark]]
        name = "-".join(["kiosk", page, state["language"], *marks])
        await self._centre.kiosk.picture(self._out / f"{name}.png")

    async def board_picture(self, name: str) -> None:
        """Take a picture of both screens of the hall."""
        for place, screen in (("board", self._centre.board), ("counter", self._centre.over_counter)):
            language = (await screen.state())["language"]
            await screen.picture(self._out / f"sign-{place}-{name}-{language}.png")

    # At the kiosk.

    async def begin(self, language: str, *, pictures: bool = True) -> None:
        """Come to the kiosk, and choose a language."""
        kiosk = self._centre.kiosk
        await kiosk.page("language")
        if pictures:
            await self.kiosk_picture()
        await kiosk.tap({"en": "English", "ar": "العربية"}[language])
        await kiosk.page("identify")
        if pictures:
            await self.kiosk_picture()

    async def arrive(self, language: str, *, document: str | None, pictures: bool = True) -> None:
        """Come to the kiosk, choose a language, put a passport or a specimen down, or say that there is no document."""
        await self.begin(language, pictures=pictures)
        kiosk = self._centre.kiosk
        if document is None:
            await kiosk.tap(say("I have no document", language))
        elif document == "passport":
            await self.has_chip_read(language)
        else:
            await self._centre.reader.ask(f"show {document}")
            # The last day of a published specimen has passed, and whoever has such a document is told so.
            await kiosk.until(
                lambda state: state["page"] == "chip" and state["model"]["state"] == "ended", "word of the document"
            )
            await kiosk.tap(say("Go on", language))
        await kiosk.page("government" if document is None else "kind")

    async def has_chip_read(self, language: str) -> None:
        """Put the passport down, wait until its chip was read, and take it away."""
        kiosk = self._centre.kiosk
        await self._centre.place_passport()
        state = await kiosk.until(
            lambda state: state["page"] == "chip" and state["model"]["state"] == "ended", "an end of reading"
        )
        if state["model"]["outcome"] != "read":
            raise DemoError(f"the chip of a genuine passport came to {state['model']['outcome']}")
        await self.kiosk_picture()
        await kiosk.tap(say("Go on", language))
        await self._centre.lift_passport()

    async def choose(self, government: str, kind: str, service: str, *, pictures: bool = True) -> None:
        """Walk to the question whether all is right: a page that has one answer, or a document's, is not there."""
        kiosk = self._centre.kiosk
        wanted = {"government": government, "kind": kind, "service": service}
        ahead = {*wanted, "more"}
        while (state := await kiosk.until(lambda state: state["page"] in {*ahead, "confirm"}, "a page of choices"))[
            "page"
        ] != "confirm":
            if pictures:
                await self.kiosk_picture()
            ahead.discard(state["page"])
            if state["page"] == "more":
                await kiosk.tap(say("No, go on", state["language"]))
            else:
                await kiosk.choose(state, wanted[state["page"]])
        if pictures:
            await self.kiosk_picture()

    async def take_ticket(self, language: str, *, paper: bool = True) -> dict[str, Any]:
        """Say yes, and wait for the paper, or for being told that there is none."""
        centre = self._centre
        confirm = "Yes, print my ticket" if paper else "Yes, show my number"
        touched = await centre.kiosk.tap(say(confirm, language))
        visit: dict[str, Any] = {"language": language, "tap_to_paper_ms": None, "qr": None}
        if paper:
            printed = await centre.printer_process.wait_for(json_with("file"))
            visit["tap_to_paper_ms"] = round((datetime.fromisoformat(printed["at"]) - touched).total_seconds() * 1000)
            visit["paper"] = Path(printed["file"]).name
            visit["qr"] = await asyncio.to_thread(_qr, Path(printed["file"]))
        wanted = {"taken"} if paper else {"none"}
        state = await centre.kiosk.until(
            lambda state: state["page"] == "ticket" and state["model"]["paper"] in wanted, f"ticket, paper {wanted}"
        )
        visit["code"] = state["model"]["code"]
        visit["ahead"] = state["model"]["ahead"]
        return visit

    async def pay(self, language: str) -> dict[str, Any]:
        """Go on to the fee, pay it by card, and wait for the ticket."""
        kiosk = self._centre.kiosk
        await kiosk.tap(say("Yes, go on", language))
        await kiosk.page("fee")
        await self.kiosk_picture()
        # A person looks for the card, so that there is something to see.
        await self._centre.terminal.ask("slow 1")
        visit: dict[str, Any] = {"language": language, "tap_to_paper_ms": None, "qr": None, "paid": True}
        touched = await kiosk.tap(say("Pay here by card", language))
        await kiosk.until(
            lambda state: state["page"] == "pay" and state["model"]["payment"]["progress"] != "", "the terminal's word"
        )
        await self.kiosk_picture()
        printed = await self._centre.printer_process.wait_for(json_with("file"))
        visit["tap_to_paper_ms"] = round((datetime.fromisoformat(printed["at"]) - touched).total_seconds() * 1000)
        visit["paper"] = Path(printed["file"]).name
        visit["qr"] = await asyncio.to_thread(_qr, Path(printed["file"]))
        receipt = await self._centre.printer_process.wait_for(json_with("file"))
        visit["receipt"] = Path(receipt["file"]).name
        state = await kiosk.until(lambda state: state["page"] == "ticket" and state["model"]["paid"], "a paid ticket")
        await kiosk.picture(self._out / f"kiosk-paid-{language}.png")
        visit["code"], visit["ahead"] = state["model"]["code"], state["model"]["ahead"]
        visit["stops"] = [stop["label"] for stop in state["model"]["stops"]]
        return visit

    # At the counter.

    async def call(self, desk: DemoDesk, visit: dict[str, Any]) -> None:
        """Call next until this visit is the one in hand, and read the board."""
        await desk.press("Space", "called")
        called = await desk.code()
        if called != visit["code"]:
            raise DemoError(f"{called} was called where {visit['code']} was due")
        state = await self._centre.board.until(
            lambda state: spaced(called) in board_text(state), f"{called} on the board"
        )
        visit["board"] = board_text(state)
        if visit["id"] is None:
            raise DemoError(f"{called} was called but is not in the feed")

    async def serve(
        self,
        desk: DemoDesk,
        visit: dict[str, Any],
        *,
        pictures: str = "",
        meanwhile: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Call, start and finish, step after step, until the visit is done; ``meanwhile`` is done at the first step."""
        visit["id"] = await self.visit_id(visit["code"])
        steps = 0
        while True:
            await self.call(desk, visit)
            if steps == 0 and visit.get("document"):
                await desk.document(visit["document"])
            if pictures and steps == 0:
                await desk.picture(self._out / f"web-called-{pictures}.png")
            if steps == 0:
                await self._centre.over_counter.until(
                    lambda state: spaced(visit["code"]) in board_text(state), "the call over the counter"
                )
                # The last visit leaves the picture that shows most.
                await self.board_picture("called")
            await desk.press("Enter", "serving")
            if pictures and steps == 0:
                await desk.picture(self._out / f"web-serving-{pictures}.png")
            if meanwhile and steps == 0:
                await meanwhile()
            await desk.press("f", "idle")
            steps += 1
            if await self._over(visit["id"]):
                break
        visit["steps"] = steps
        visit["seqs"] = self._centre.seqs(visit["id"])
        self.visits.append(visit)

    async def visit_id(self, code: str, seconds: float = 60) -> str:
        """Wait until the feed has told of this ticket; returns its visit."""
        async with asyncio.timeout(seconds):
            while True:
                for frame in reversed(self._centre.frames):
                    if frame.visit and frame.visit.code == code:
                        return frame.visit.id
                await asyncio.sleep(0.05)

    async def _over(self, visit: str, seconds: float = 60) -> bool:
        """Tell whether the last thing that happened to a visit was its end, once that of the finish is known."""
        async with asyncio.timeout(seconds):
            while True:
                last = next(frame for frame in reversed(self._centre.frames) if frame.visit and frame.visit.id == visit)
                if last.visit and last.visit.state in {"waiting", "done"}:
                    return last.visit.state == "done"
                await asyncio.sleep(0.02)


def _qr(file: Path) -> str | None:
    """Decode the QR code from the picture that was made of the bytes that the printer received."""
    with Image.open(file) as picture:
        found = zxingcpp.read_barcodes(picture.convert("L"))
    return found[0].text if found else None
