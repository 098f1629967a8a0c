"""Somebody at the kiosk with one document: from the language to the ticket, and the page that told them of it."""

from dataclasses import dataclass

from kiosk.kit.frame import PageFrame
from tests.journeys.booth.documents import Laid
from tests.kiosk.app.centre import until
from tests.kiosk.app.stand import Stand

#: What the person touches on each page, from the document to the ticket; "" is the first choice.
_TOUCHED = {"government": "UTO", "kind": "", "service": ""}
_PLAIN = {"more": "go-on", "party": "go-on", "confirm": "confirm"}


@dataclass(frozen=True, slots=True)
class Taken:
    """The code on the ticket, and the page on which the person was told of the document; None: of nothing."""

    code: str
    told: PageFrame | None


async def enrol(kiosk: Stand, code: str) -> None:
    await kiosk.shows("setup")
    for digit in code:
        kiosk.act("digit", digit)
    kiosk.act("submit")
    await kiosk.shows("language", no_paper=False)


async def take_ticket(kiosk: Stand, laid: Laid) -> Taken:
    """Lay the document down, read what the page says, and go on as it asks for."""
    await kiosk.shows("language", can_restart=False)
    kiosk.act("language", "en")
    await kiosk.shows("identify", reader="ready", chip=True)
    told = await _lay(kiosk, laid)
    while (page := kiosk.frame).page != "ticket":
        _touch(kiosk, page)
        await until(lambda before=page: kiosk.frame is not before and _settled(kiosk.frame))  # type: ignore[misc]
    code = str((await kiosk.shows("ticket", paper="taken"))["code"])
    kiosk.act("done")
    kiosk.chip.remove()
    kiosk.chip.removed_after = 0
    return Taken(code, told)


async def _lay(kiosk: Stand, laid: Laid) -> PageFrame | None:
    """Give the page that tells what became of the document, None where it went on without a word."""
    if laid.seal:
        await kiosk.scanner.scan_seal(laid.seal)
    if laid.chip is not None:
        kiosk.chip.removed_after = laid.removed_after
        kiosk.chip.insert(laid.chip)
    asked = 0
    for lines in laid.showings:
        await kiosk.reader.show(lines)
        # Where it asks for the document once more the page looks the same each time.
        await until(lambda before=asked: _ended(kiosk.frame) or _asked(kiosk) > before)  # type: ignore[misc]
        asked = _asked(kiosk)
    await until(lambda: _ended(kiosk.frame) or asked)
    if kiosk.frame.page == "identify":
        # What cannot be read is shown at the counter.
        kiosk.act("no-document")
        await until(lambda: _ended(kiosk.frame))
    return None if kiosk.frame.page in _TOUCHED else kiosk.frame


def _settled(frame: PageFrame) -> bool:
    return frame.page != "chip" or _ended(frame)


def _ended(frame: PageFrame) -> bool:
    return frame.page in _TOUCHED or (frame.page == "chip" and frame.model["state"] == "ended")


def _asked(kiosk: Stand) -> int:
    """Count how often the kiosk has asked this person for the document once more; torn lines are counted once."""
    again = kiosk.frame.page == "identify" and kiosk.frame.model["reader"] == "again"
    return max(len(kiosk.on.equipment.papers._wrong), int(again))


def _touch(kiosk: Stand, page: PageFrame) -> None:
    if page.page == "chip":
        kiosk.act("continue")
    elif page.page == "identify":
        kiosk.act("no-document")
    elif page.page in _TOUCHED:
        kiosk.act("choose", _TOUCHED[page.page] or page.model["choices"][0]["id"])
    else:
        kiosk.act(_PLAIN[page.page])
