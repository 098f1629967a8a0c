"""A kiosk whose disk fills in the middle of a payment: money stays right, and it comes back by itself."""

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from kiosk.kit import fonts
from kiosk.settings import PaymentSettings
from tests.kiosk.app.centre import Centre, until
from tests.kiosk.app.terminals import FEE, QUICK, Zvt, last, paying, taking, to_fee
from tests.kiosk.small_disk import fill, small_disk_of

#: The first pauses are short, as the machine is quick; how many there are shows that they grow.
SETTINGS = replace(
    QUICK,
    link=replace(QUICK.link, retry_max_s=1.0),
    payment=PaymentSettings(doubt_s=0.6, recover_s=0.6, retry_interval_s=0.01, reprint_s=10.0, end_of_day_at=""),
)


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


def fill_up(disk: Path) -> tuple[Path, sqlite3.Connection]:
    """Fill the disk, and leave no room for rows in the log beside the outbox as long as the connection is there."""
    db = sqlite3.connect(disk / "data" / "outbox.sqlite", isolation_level=None, check_same_thread=False)
    while db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        time.sleep(0.001)
    db.execute("BEGIN")
    # Whoever reads keeps the log from beginning anew in the room that it has.
    db.execute("SELECT count(*) FROM ticket").fetchone()
    return fill(disk), db


async def test_a_kiosk_comes_back_when_there_is_room_again(tmp_path: Path) -> None:
    terminal = Zvt(tmp_path)
    await terminal.start()
    terminal.slow(1.0)
    async with Centre() as centre, small_disk_of(tmp_path, 4096) as disk:
        centre.fee = FEE
        async with taking(disk, centre, terminal, settings=SETTINGS, payment_s=30) as kiosk:
            await to_fee(kiosk)
            with capture_logs() as logs:
                kiosk.act("pay")
                await paying(kiosk, phase="paying")
                junk, reader = await asyncio.to_thread(fill_up, disk)
                await paying(kiosk, phase="broken")
                kiosk.start_over()
                await kiosk.shows("recovering")
                # So long that the pauses have grown to the longest: it tries, and says so once.
                await until(lambda: sum(one["event"] == "payment-cut-off" for one in logs) > 8, 60)
                assert sum(one["event"] == "payment-journal" for one in logs) <= 6
                assert kiosk.frame.page == "recovering"
                await asyncio.to_thread(junk.unlink)
                await asyncio.to_thread(reader.close)
                await until(lambda: kiosk.frame.page == "language", 60)
            await until(lambda: centre.payments and last(centre) is not None, 60)
            assert terminal.charged == 0, "it could not be written down, and was given back"
            await to_fee(kiosk)
            terminal.slow(0)
            kiosk.act("pay")
            assert (await kiosk.shows("ticket", paper="taken"))["paid"]
            assert terminal.charged == FEE
    await terminal.stop()
