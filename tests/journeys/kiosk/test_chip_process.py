"""The whole path to a chip, as in use: kiosk process, pyscard, pcscd, its virtual reader, and a simulated passport.

What the first person's chip held is searched for by value, in the process and in a core dump, once they have left.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.passport.vpcd import VirtualCard
from tests.kiosk.app.centre import until
from tests.kiosk.app.test_process import SETTINGS, Bench, bench, files_with, in_dump, in_memory
from tests.peripherals.chip.service import READER, Service, lay_down

DOCUMENTS = """
[documents]
trust = "{trust}"
chip_wait_s = 10
face_s = 600
"""


@asynccontextmanager
async def virtual_reader(folder: Path) -> AsyncIterator[Service]:
    """Run the real service; skips where it cannot be run."""
    await asyncio.to_thread(folder.mkdir)
    service = Service(folder)
    if reason := await asyncio.to_thread(service.take):
        pytest.skip(reason)
    try:
        await asyncio.to_thread(service.start)
        yield service
    finally:
        await asyncio.to_thread(service.give_back)


def made(name: str) -> Specimen:
    """Make a specimen for somebody whom no other test has."""
    return build(PROFILES[name], datetime.now(UTC), secrets.randbits(60))


async def lay(kiosk: Bench, card: VirtualCard, document: Specimen) -> None:
    card._chip = document.chip
    await asyncio.to_thread(lay_down, card)
    await kiosk.reader.show(document.lines)


async def to_identify(kiosk: Bench) -> None:
    await kiosk.shows("language", can_restart=False)
    await kiosk.controls.tap("English")
    await kiosk.shows("identify", reader="ready", chip=True)


async def to_ticket(kiosk: Bench) -> None:
    for label in ("Passport", "Renew a passport"):
        await kiosk.controls.tap(label)
    await kiosk.shows("confirm")
    await kiosk.controls.tap("Yes, print my ticket")
    await kiosk.shows("ticket", paper="taken")
    await kiosk.controls.tap("Done")
    await kiosk.shows("language", can_restart=False)


def values(document: Specimen) -> tuple[bytes, ...]:
    """Give what nobody else has: number, number with check digit and state, name, the dates in a row."""
    zone = document.zone
    return tuple(text.encode() for text in (zone[44:53], zone[44:57], zone[57:71]))


def drawn_of(picture: bytes) -> tuple[bytes, ...]:
    """Give stretches of what is drawn in a JPEG or JPEG 2000, near its beginning, in its middle, and near its end."""
    start = max(picture.rfind(b"\xff\xda"), picture.rfind(b"\xff\x93")) + 40
    length = len(picture) - start
    return tuple(picture[start + length * part // 8 :][:24] for part in (1, 4, 7))


async def test_from_the_glass_to_the_server_and_nothing_is_left(folder: Path) -> None:
    first, second = made("ordinary"), made("clone-chip")
    trust = folder / "trust"
    await asyncio.to_thread(first.trust.write, trust)
    text = SETTINGS + DOCUMENTS.format(trust=trust)
    async with (
        virtual_reader(folder / "service") as service,
        bench(folder, "--chip", f"emrtd+pcsc:///{READER}?extended=4096", settings_text=text) as kiosk,
    ):
        card = VirtualCard(first.chip, port=service.port)
        with contextlib.closing(Removed(card)):
            await to_identify(kiosk)
            await lay(kiosk, card, first)
            await kiosk.shows("chip", state="ended", outcome="read")
            await kiosk.controls.ask(grab=str(folder / "chip.png"))
            await kiosk.controls.tap("Go on")
            assert (await kiosk.shows("kind", told=True))["government"] == "Utopia"
            await to_ticket(kiosk)
            await until(lambda: kiosk.centre.taken)
            reading = kiosk.centre.reading(0)
            assert reading is not None
            assert (reading.number.encode(), reading.standing) == (values(first)[0], "genuine")

            # The face was read, and came along; of neither picture is anything left at the kiosk.
            (face,) = kiosk.centre.faces(0)
            wanted = (*values(first), *drawn_of(first.groups[2]), *drawn_of(face.jpeg))
            held = await asyncio.to_thread(in_memory, kiosk.pid, (*wanted, b"renewal-uto"))
            dumped = await asyncio.to_thread(in_dump, kiosk.pid, folder, *wanted)
            # The service shows that the search finds what is there.
            assert held == {b"renewal-uto"}
            assert not dumped

            await to_identify(kiosk)
            await lay(kiosk, card, second)
            await kiosk.shows("chip", state="ended", outcome="look")
            await kiosk.controls.tap("Go on")
            await kiosk.shows("kind", told=True)
            await to_ticket(kiosk)
            await until(lambda: len(kiosk.centre.taken) == 2)
            reading = kiosk.centre.reading(1)
            assert reading is not None
            assert (reading.number.encode(), reading.standing) == (values(second)[0], "refused")
    for secret in (*wanted, *values(second)):
        assert secret.decode("latin-1") not in kiosk.seen
        assert secret not in b"".join(kiosk.centre.bodies)
        assert await asyncio.to_thread(files_with, folder, secret) == []
    assert kiosk.centre.wrong == []


async def test_taken_away_put_back_and_the_service_ends(folder: Path) -> None:
    document = made("ordinary")
    async with (
        virtual_reader(folder / "service") as service,
        bench(
            folder, "--chip", f"emrtd+pcsc:///{READER}", settings_text=SETTINGS + DOCUMENTS.format(trust="")
        ) as kiosk,
    ):
        card = VirtualCard(document.chip, port=service.port)
        with contextlib.closing(Removed(card)):
            card.removed_after = 12
            await to_identify(kiosk)
            await lay(kiosk, card, document)
            await kiosk.shows("chip", state="back")
            card.removed_after = 0
            await asyncio.to_thread(lay_down, card)
            await kiosk.shows("chip", state="ended", outcome="read")
            await kiosk.controls.tap("Start again")
            await to_identify(kiosk)
            await asyncio.to_thread(service.stop)
            await kiosk.shows("identify", chip=False)
            await asyncio.to_thread(service.start)
            await kiosk.shows("identify", chip=True)
            again = made("ordinary")
            await lay(kiosk, card, again)
            await kiosk.shows("chip", state="ended", outcome="read")


class Removed:
    """Takes a card out in the end."""

    def __init__(self, card: VirtualCard) -> None:
        self._card = card

    def close(self) -> None:
        self._card.remove()
