"""``installer/demo``: a whole centre on this machine, to be used by hand or played by itself."""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.async_api import Error as PlaywrightError

from installer.demonstration.centre import PLAYED, DemoCentre, has_display
from installer.demonstration.custody import told
from installer.demonstration.desk import Office
from installer.demonstration.play import Play
from installer.demonstration.process import DemoError
from installer.demonstration.story import announce, play_story

HELP = """
Kiosk and boards are open in their windows. Pages of staff: {url}/sign-in?centre=demo
Appointments, as people book them on their phones: {url}/book
{staff}
  (all accounts: {accounts})
Type here what happens at the devices, then Enter:
  passport     a passport is put on the kiosk's reader      lift   it is taken away
  passport X   one of profile X, such as clone-active       card   a card without a chip is put there
  no paper     the printer's paper is taken out             paper  it is put back
  ticket TEXT  the QR code of a ticket, with this text, is shown to the kiosk's scanner
  put A1       something is put into locker A1, whose door is open, and the door is shut
  take A1      what lies in locker A1, whose door is open, is taken out, and the door is shut
  shut A1      the door of locker A1 is shut, whatever lies in it
  Ctrl+C       ends everything

To collect a document, as its owner does (letters of this centre become files in {mail}):
  1  Kiosk: English, then type here: passport. Go on, choose a new passport, pay, take the ticket; type here: lift
  2  Page of staff, as counter: choose counter 3. O opens it, Space calls, Enter starts, A opens an application: its
     reference then stands under Applications
  3  Page of staff, as custody, in a private window: Alt 1, type the reference and Enter; an e-mail address; then, in
     the field on top, 1 and Enter. The label, such as D10003K, is on the right. Alt 2, the label, F3: it is ready,
     and a letter comes. Alt 6, the label, then A1: its door opens. Type here: put A1
  4  Kiosk: English, Collect a document, then type here: passport. Go on, Open the door. Type here: take A1
With the code of the letter the passport is not needed (I have a code). Of another profile, a passport opens no door.
"""
KNOWN = "passport, passport PROFILE, lift, card, no paper, paper, ticket TEXT, put DOOR, take DOOR, shut DOOR"


async def do(centre: DemoCentre, line: str) -> bool:
    """Do at the devices what somebody typed; false where nothing is known by that name.

    Raises:
        DemoError: the device knows no such thing.
    """
    match line.split():
        case ["passport", *profile]:
            await centre.place_passport(*profile[:1])
        case ["lift"]:
            await centre.lift_passport()
        case ["card"]:
            await centre.reader.ask("show td1")
        case ["no", "paper"]:
            await centre.printer.ask("paper out")
        case ["paper"]:
            await centre.printer.ask("paper ok")
        case ["ticket", text]:
            await centre.scanner.ask(f"scan {text}")
        case ["put", door]:
            await (await centre.lockers()).put(door)
        case ["take", door]:
            await (await centre.lockers()).take(door)
        case ["shut", door]:
            await (await centre.lockers()).shut(door)
        case _:
            return False
    return True


async def by_hand(folder: Path) -> int:
    """Open the windows and pass on what is typed, until the end of the input."""
    async with DemoCentre(folder, played=False) as centre:
        accounts = centre.data / "demo-accounts.json"
        of_role = {one["roles"][0]: one for one in reversed(centre.accounts) if one["centre"] == "demo"}
        staff = "\n".join(
            f"  {role:<10} staff name {of_role[role]['login']:<16} password {of_role[role]['password']}"
            for role in ("counter", "reception", "cashier", "custody", "manager", "auditor", "lead")
        )
        await centre.lockers()
        centre.mailbox.told = lambda letter: print(f"a letter came: {letter}", flush=True)
        mail = centre.mailbox.folder
        print(HELP.format(url=centre.server_url, accounts=accounts, staff=staff, mail=mail), flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            try:
                known = await do(centre, line)
            except DemoError as error:
                print(error, flush=True)
                continue
            if not known:
                print(f"known: {KNOWN}", flush=True)
        # Without a terminal there is nothing to type; the centre stays open until it is told to end.
        await asyncio.Event().wait()
    return 0


async def by_itself(folder: Path, out: Path) -> int:
    """Play the visits, prove the log, and write what happened."""
    begun = time.monotonic()
    visits: list[dict[str, Any]] = []
    summary: dict[str, Any] = {"ok": False, "settings": PLAYED, "visits": visits}
    try:
        announce("a centre is set up: server, devices, kiosk, boards")
        async with Office(out) as office, DemoCentre(folder, played=True) as centre:
            play = Play(centre, out, visits)
            entrusted = await play_story(centre, play, office, out)
            verified, custody = await asyncio.gather(centre.verify(), centre.verify_custody())
            summary["verify"] = verified
            summary["custody"] = entrusted.went | {"verify": custody}
            summary["ok"] = bool(verified["ok"]) and bool(custody["ok"]) and bool(visits)
            for picture in sorted(centre.paper.glob("*.png")):
                shutil.copy(picture, out / f"paper-{picture.name}")
            shutil.copytree(centre.mailbox.folder, out / "mail", dirs_exist_ok=True)
    except (DemoError, AssertionError, PlaywrightError, TimeoutError) as error:
        summary["error"] = f"{type(error).__name__}: {error}"
    finally:
        if not summary["ok"]:
            shutil.copytree(folder / "log", out / "log", dirs_exist_ok=True)
        summary["seconds"] = round(time.monotonic() - begun, 1)
        (out / "summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for visit in visits:
        print(f"{visit['code']} {visit['language']}: touch to paper {visit['tap_to_paper_ms']} ms, {visit['board']}")
    if "custody" in summary:
        print(told(summary["custody"]))
    print(f"{len(visits)} visits, verify {summary.get('verify')}, {summary['seconds']} s, see {out}/summary.json")
    if not summary["ok"]:
        print(f"demo: {summary.get('error', 'the log does not verify')}", file=sys.stderr)
    return 0 if summary["ok"] else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="installer/demo", description=__doc__)
    parser.add_argument("--headless", action="store_true", help="play by itself, without a display")
    parser.add_argument("--out", type=Path, action="append", help="folder for pictures and summary.json")
    options = parser.parse_args()
    if options.out and len(options.out) > 1:
        parser.error("--out is said twice, and takes one value")
    if not options.headless and not has_display():
        print("demo: there is no display; installer/demo --headless --out DIR plays by itself", file=sys.stderr)
        return 2
    if options.headless and not options.out:
        parser.error("--headless needs --out DIR")
    with tempfile.TemporaryDirectory(prefix="consular-demo-") as folder:
        try:
            if not options.headless:
                return asyncio.run(by_hand(Path(folder)))
            out = options.out[0].absolute()
            out.mkdir(parents=True, exist_ok=True)
            return asyncio.run(by_itself(Path(folder), out))
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    sys.exit(main())
