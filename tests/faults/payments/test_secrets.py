"""Nothing of a card anywhere between terminal and server, where the terminal sends it as no terminal should.

Whole processes; what is searched is every file that any of them wrote, while all of them run and after the kiosk was
killed, so that no log of a database was tidied up, and what went over the line to the server.
"""

import contextlib
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from peripherals.payment.nexo.simulator.papers import SPECIMEN, TRACK
from tests.faults.payments.site import FEE, a_server, a_site, a_terminal, to_fee, until
from tests.peripherals.payment.zvt.test_masks import CARD
from tests.peripherals.payment.zvt.test_masks import TRACK as SECOND
from tests.peripherals.payment.zvt.wiretap import tapped
from tests.peripherals.test_cli import tell

NUMBERS = {"zvt": CARD, "nexo": SPECIMEN}
PLANTED = {"zvt": f"card {CARD}", "nexo": "plant on"}
#: What stands behind the number on a track.
BEHIND = {"zvt": SECOND, "nexo": TRACK.partition("=")[2].rstrip("?")}


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: whatever it tries is another process."""


def forms(number: str, behind: str) -> list[bytes]:
    """Give how it may stand there: whole or in part, in groups, packed, in two bytes a character."""
    groups = [number[at : at + 4] for at in range(0, len(number), 4)]
    texts = [number[:12], number[4:], *(mark.join(groups[:3]) for mark in (" ", "-", ".")), behind]
    packed = [bytes.fromhex(number), bytes.fromhex(number)[:6]]
    return [*packed, *(text.encode(code) for text in texts for code in ("ascii", "utf-16-le"))]


def files_with(folder: Path, wanted: list[bytes]) -> list[str]:
    """Name the files that hold any of it."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [str(file.relative_to(folder)) for file in files if any(one in file.read_bytes() for one in wanted)]


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.rglob("*")}


def passphrase(folder: Path) -> bytes:
    """Give the terminal's, or something that is nowhere where it has none."""
    file = folder / "terminal" / "passphrase"
    return file.read_bytes().strip() if file.exists() else b"no passphrase at all"


def told(file: Path) -> tuple[str, int]:
    """Give the last step of the journal, and how many receipts the server has."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        [(step,), *_] = db.execute("SELECT step FROM payment_row ORDER BY seq DESC").fetchall() or [("",)]
        [receipts] = db.execute("SELECT max(receipts) FROM payment_acknowledgement").fetchone()
        return step, receipts or 0


@pytest.mark.parametrize("kind", ["zvt", "nexo"])
async def test_nothing_of_a_card_gets_anywhere(tmp_path: Path, kind: str) -> None:
    wanted = forms(NUMBERS[kind], BEHIND[kind])
    last = f"************{NUMBERS[kind][-4:]}".encode()
    (tmp_path / "server").mkdir()
    with a_server(tmp_path / "server") as (place, url):
        async with a_terminal(kind, tmp_path) as terminal, tapped(urlsplit(terminal.url).netloc) as line:
            await tell(terminal.control, PLANTED[kind])
            there = terminal.url.replace(urlsplit(terminal.url).netloc, line.address)
            async with (
                tapped(urlsplit(url).netloc) as wire,
                a_site(tmp_path, place, f"http://{wire.address}", there) as site,
                site.kiosk() as (controls, process),
            ):
                await to_fee(controls)
                await controls.ask(act=["pay", ""])
                await until(lambda: told(site.file) == ("receipt-done", 2))
                assert terminal.ledger()[FEE].left == FEE
                process.kill()
                await process.wait()
                over_the_line = b"".join(data for ours, data in wire.said if ours)
                found = files_with(tmp_path, wanted)
                kept = files_with(tmp_path / "data", [last])
                secret = passphrase(tmp_path)
                secrets = files_with(tmp_path, [secret, secret.hex().encode()])
            came = b"".join(data for ours, data in line.said if not ours)
    assert found == []
    assert not [one for one in wanted if one in over_the_line]
    # It was there to be found: the terminal sent it (ZVT is not encrypted), and what is left of it got everywhere.
    assert kind != "zvt" or all(one in came for one in (CARD.encode(), bytes.fromhex(CARD)))
    assert last in over_the_line
    # What a nexo terminal and its driver share is in its own file alone.
    assert secrets == (["terminal/passphrase"] if kind == "nexo" else [])
    assert kept
    assert {"outbox.sqlite-wal", "outbox.sqlite"} & set(kept)
    everywhere = names(tmp_path)
    assert {"outbox.sqlite", "outbox.sqlite-wal", "log", "terminal.log", "errors", "queue.sqlite"} <= everywhere
    assert not {name for name in everywhere if name.startswith("core")}
