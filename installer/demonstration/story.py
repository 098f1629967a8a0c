"""What happens in the demo, in order.

Visits in two languages, a ticket shown again, a document on its way from the custody desk into the hand of its owner, a
printer without paper, a server without power, a visit from the reception desk, a person who walks away, and an
emergency.
"""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.async_api import expect

from installer.demonstration.cash import refund
from installer.demonstration.centre import COUNTER, DemoCentre
from installer.demonstration.custody import EntrustedDocument, open_case
from installer.demonstration.desk import DemoDesk, Office
from installer.demonstration.play import Play, say
from installer.demonstration.process import DemoError

#: Where somebody goes who has paid for a passport: everywhere but to the cash desk.
STOPS_PAID = ["Reception", "Check your papers", "Photo and fingerprints", "Hand in your application"]
CASH_DESK = "Cash desk"


async def play_story(centre: DemoCentre, play: Play, office: Office, out: Path) -> EntrustedDocument:
    """Play everything. What does not need the same hands is played at the same time.

    Returns the document that was entrusted to the centre, and what became of it.

    Raises:
        DemoError: something that should happen did not; so do playwright's own errors.
    """
    clerk, other = [one for one in centre.accounts if one["centre"] == "demo" and one["roles"] == ["counter"]][:2]
    announce("staff sign in and open their counter")
    desk = await office.desk(centre.server_url)
    await desk.sign_in(clerk, COUNTER, out / "web-sign-in-en.png")
    await desk.press("o", "idle")
    await desk.picture(out / "web-idle-empty-en.png")
    announce("a visit with a passport, paid at the kiosk, in English")
    reference = await with_a_passport(play, desk, centre, out)
    announce("two cashiers give the fee back; a visit without a document, in Arabic")
    announce("beside it, a passport is handed in at the custody desk, sent, back, and laid into a locker")
    arabic = await office.desk(centre.server_url, "ar")
    entrusted = EntrustedDocument(centre, await office.desk(centre.server_url), out)

    async def in_the_hall() -> None:
        await asyncio.gather(
            with_two_cashiers(play, centre),
            in_arabic_without_a_document(play, desk, centre),
            arabic.sign_in(other, "4", out / "web-sign-in-ar.png"),
        )
        announce("the printer has no paper; staff come")
        await without_paper(play, desk, centre, out)

    await asyncio.gather(in_the_hall(), entrusted.into_a_locker(reference))
    announce("the server loses its power")
    visit = await without_a_server(play, desk, arabic, centre, out)
    announce("somebody collects their passport; somebody walks away; reception issues a ticket without a kiosk")

    async def at_the_desks() -> None:
        await arabic.press("o", "idle")
        await arabic.picture(out / "web-idle-ar.png")
        await play.serve(desk, visit)
        await at_the_reception(play, desk, centre, office, out)

    async def at_the_kiosk() -> None:
        await entrusted.collected(play)
        await walking_away(play, centre)

    await asyncio.gather(at_the_kiosk(), at_the_desks())
    announce("a manager shows an emergency notice, and ends it")
    await in_an_emergency(play, centre, office, out)
    announce("the log proves that it is whole, and custody who had the passport when")
    return entrusted


def announce(what: str) -> None:
    """Tell whoever looks on what is being played."""
    print(f"{datetime.now().astimezone():%H:%M:%S}  {what}", flush=True)


async def with_a_passport(play: Play, desk: DemoDesk, centre: DemoCentre, out: Path) -> str:
    """Put down a passport, pay by card, take a paper ticket, be called, served and done; look at it on a phone.

    Returns the reference of the application that was opened at the counter.
    """
    await play.arrive("en", document="passport")
    await play.choose("UTO", "passport-id", "uto-passport-renewal")
    visit = await play.pay("en")
    visit["document"] = "signed, unchanged"
    if visit["stops"] != STOPS_PAID:
        raise DemoError(f"whoever has paid is sent to {visit['stops']}")
    await play.kiosk_picture()
    await centre.kiosk.tap("Done")
    await centre.kiosk.page("language")
    await waiting(desk, 1)
    await desk.picture(out / "web-idle-en.png")
    if not visit["qr"]:
        raise DemoError("the QR code on the ticket cannot be read")
    phone = await desk.page.context.new_page()
    await phone.set_viewport_size({"width": 390, "height": 844})
    await phone.goto(visit["qr"])
    await expect(phone.locator("body")).to_contain_text(visit["code"][1:])
    await expect(phone.locator("body")).not_to_contain_text(CASH_DESK)
    await phone.screenshot(path=out / "web-ticket-en.png")
    await phone.close()
    await desk.page.bring_to_front()
    await shown_again(play, centre, visit)

    async def opens_a_case() -> None:
        visit["application"] = await open_case(desk)

    await play.serve(desk, visit, pictures="en", meanwhile=opens_a_case)
    if visit["steps"] != len(visit["stops"]):
        raise DemoError(f"{visit['code']} was served {visit['steps']} times for {visit['stops']}")
    return str(visit["application"])


async def with_two_cashiers(play: Play, centre: DemoCentre) -> None:
    """Give back what the first visit paid: one cashier asks, the other agrees and does it."""
    cashiers = [one for one in centre.accounts if one["centre"] == "demo" and "cashier" in one["roles"]]
    paid = play.visits[0]
    paid["refund"] = await refund(centre, cashiers, paid["id"])


async def shown_again(play: Play, centre: DemoCentre, visit: dict[str, Any]) -> None:
    """Show the ticket to the kiosk's scanner, and see the place in the queue."""
    await centre.scanner.ask(f"scan {visit['qr']}")
    await centre.kiosk.until(
        lambda state: state["page"] == "status" and state["model"]["code"] == visit["code"], "the place of the ticket"
    )
    await play.kiosk_picture()
    await centre.kiosk.tap("Done")
    await centre.kiosk.page("language")


async def in_arabic_without_a_document(play: Play, desk: DemoDesk, centre: DemoCentre) -> None:
    """Go on without a document, in Arabic; try larger text, strong contrast and lowered controls on the way."""
    kiosk = centre.kiosk
    await play.arrive("ar", document=None)
    await kiosk.tap(say("Display", "ar"))
    for mode in ("Larger text", "Strong contrast", "Controls lower down"):
        await kiosk.page("display")
        await kiosk.tap(say(mode, "ar"))
        await play.kiosk_picture()
        await kiosk.tap(say("Done", "ar"))
        await kiosk.page("government")
        await play.kiosk_picture()
        await kiosk.tap(say("Display", "ar"))
        await kiosk.tap(say(mode, "ar"))
    await kiosk.tap(say("Done", "ar"))
    await play.choose("XAL", "help", "xal-emergency-funds")
    visit = await play.take_ticket("ar")
    await play.kiosk_picture()
    await kiosk.tap(say("Done", "ar"))
    await play.serve(desk, visit)


async def without_paper(play: Play, desk: DemoDesk, centre: DemoCentre, out: Path) -> None:
    """Be told before and after that there is no paper; call staff, who take the call at their counter.

    The kiosk itself calls for paper, until it has some.
    """
    kiosk = centre.kiosk
    await centre.printer.ask("paper out")
    await kiosk.until(lambda state: bool(state["model"].get("no_paper")), "the word that there is no paper")
    await play.kiosk_picture("no-paper")
    await play.arrive("en", document=None, pictures=False)
    await play.choose("UTO", "passport-id", "uto-passport-renewal", pictures=False)
    await play.kiosk_picture("no-paper")
    visit = await play.take_ticket("en", paper=False)
    await play.kiosk_picture("none")
    await kiosk.tap("Ask staff to write it")
    await kiosk.until(lambda state: state["page"] == "help" and state["model"]["sent"] == "told", "staff being told")
    await desk.page.locator(".help button").first.wait_for()
    await desk.picture(out / "web-help-en.png")
    calls = desk.page.locator(".help").filter(has=desk.page.locator("button"))
    person = calls.filter(has_text="Somebody asks for help")
    await person.locator("button").click()
    await expect(person).to_have_count(0)
    await kiosk.until(lambda state: state["page"] == "help" and state["model"]["sent"] == "coming", "help on its way")
    await play.kiosk_picture()
    await kiosk.tap("I do not need help now")
    await kiosk.tap("I have my number")
    await centre.printer.ask("paper ok")
    await kiosk.until(lambda state: state["page"] == "language" and not state["model"]["no_paper"], "paper again")
    await expect(calls).to_have_count(0)
    await play.serve(desk, visit)


async def without_a_server(
    play: Play, desk: DemoDesk, arabic: DemoDesk, centre: DemoCentre, out: Path
) -> dict[str, Any]:
    """Cut the server's power while somebody takes a ticket; screens say so; returns the visit when it is back."""
    await centre.kill_server()
    await play.arrive("en", document="td1", pictures=False)
    await play.choose("UTO", "passport-id", "uto-passport-renewal", pictures=False)
    visit = await play.take_ticket("en")
    await play.kiosk_picture("server-unreachable")
    await centre.kiosk.tap("Done")
    await centre.board.page("offline")
    await centre.over_counter.page("offline")
    await play.board_picture("offline")
    await desk.away()
    await arabic.away()
    await desk.picture(out / "web-offline-en.png")
    await centre.start_server()
    await desk.live()
    await arabic.live()
    await waiting(desk, 1)
    await centre.board.page("board")
    await centre.over_counter.page("counter")
    return visit


async def at_the_reception(play: Play, desk: DemoDesk, centre: DemoCentre, office: Office, out: Path) -> None:
    """Issue a ticket at the reception desk by keyboard alone; it is called as any other."""
    reception = await office.desk(centre.server_url)
    await reception.enter(centre.account("reception"), "/reception")
    await reception.live()
    for key in ("1", "1", "1", "Enter"):
        await reception.page.keyboard.press(key)
    number = reception.page.locator("#hand .code.big")
    await number.wait_for()
    await reception.picture(out / "web-reception-en.png")
    code = "".join((await number.inner_text()).split())
    await reception.page.close()
    await desk.page.bring_to_front()
    await waiting(desk, 1)
    await play.serve(desk, {"code": code, "language": "en", "tap_to_paper_ms": None, "qr": None})


async def in_an_emergency(play: Play, centre: DemoCentre, office: Office, out: Path) -> None:
    """Tell everybody to leave the building, on every screen at once, and end it."""
    manager = await office.desk(centre.server_url)
    await manager.enter(centre.account("manager"), "/manager")
    await manager.live()
    await manager.picture(out / "web-manager-en.png")
    page = manager.page
    await page.click("#open-emergency")
    await page.check("#emergency input[value=leave-building]")
    hold = page.locator("#hold")
    await hold.hover()
    await page.mouse.down()
    await page.locator(".notices .emergency").wait_for()
    await page.mouse.up()
    await centre.kiosk.page("emergency")
    await play.kiosk_picture()
    await centre.board.page("emergency")
    await centre.over_counter.page("emergency")
    await play.board_picture("emergency")
    await page.click(".notices .emergency ~ * button, .notices .emergency button")
    await centre.kiosk.page("language")
    await centre.board.page("board")
    await page.close()


async def walking_away(play: Play, centre: DemoCentre) -> None:
    """Leave in the middle: the kiosk asks, then forgets."""
    await play.arrive("en", document="td3", pictures=False)
    await centre.kiosk.page("idle")
    await play.kiosk_picture()
    await centre.kiosk.page("language")


async def waiting(desk: DemoDesk, count: int) -> None:
    await expect(desk.page.locator(".queue .count")).to_have_text(str(count))
