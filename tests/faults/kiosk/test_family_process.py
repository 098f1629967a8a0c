"""A family lays three passports down at a kiosk process with the real service of chips: nothing of them is left.

One person is in ``tests/journeys/kiosk/test_chip_process.py``, and a party in one process in
``tests/kiosk/app/test_party_documents.py``.
"""

import asyncio
import contextlib
from pathlib import Path

from peripherals.documents.passport.vpcd import VirtualCard
from tests.journeys.kiosk.test_chip_process import DOCUMENTS, Removed, lay, made, to_identify, values, virtual_reader
from tests.kiosk.app.centre import until
from tests.kiosk.app.conftest import folder  # noqa: F401 - a fixture
from tests.kiosk.app.test_process import SETTINGS, bench, files_with, in_dump, in_memory
from tests.peripherals.chip.service import READER


async def test_of_a_family_that_lays_three_documents_down_nothing_is_left_either(folder: Path) -> None:  # noqa: F811 - a fixture
    family = [made("ordinary") for _ in range(3)]
    trust = folder / "trust"
    for document in family:
        await asyncio.to_thread(document.trust.write, trust)
    text = SETTINGS + DOCUMENTS.format(trust=trust)
    async with (
        virtual_reader(folder / "service") as service,
        bench(folder, "--chip", f"emrtd+pcsc:///{READER}?extended=4096", settings_text=text) as kiosk,
    ):
        kiosk.centre.party = 3
        await kiosk.centre.change_catalogue()
        async with asyncio.timeout(60):
            while not await asyncio.to_thread(files_with, folder, b'"kiosk_party":3'):
                pass
        card = VirtualCard(family[0].chip, port=service.port)
        with contextlib.closing(Removed(card)):
            await to_identify(kiosk)
            await lay(kiosk, card, family[0])
            await kiosk.shows("chip", state="ended")
            for label in ("Go on", "Passport", "Renew a passport", "It is for more people"):
                await kiosk.controls.tap(label)
            for label in ("One more: Adults", "One more: Children", "3 people: go on", "No, go on"):
                await kiosk.controls.tap(label)
            for read, document in enumerate(family[1:], start=1):
                people = (await kiosk.shows("documents", chip="", reader="ready"))["people"]
                assert [one["state"] for one in people] == ["read"] * read + ["now"] + ["later"] * (2 - read)
                await asyncio.to_thread(card.remove)
                await lay(kiosk, card, document)
                async with asyncio.timeout(60):
                    while [one["state"] for one in people].count("read") == read:
                        people = (await kiosk.shows("documents"))["people"]
            await kiosk.controls.tap("Go on")
            await kiosk.shows("confirm", people=3)
            await kiosk.controls.tap("Yes, print my ticket")
            await kiosk.shows("ticket", paper="taken")
            await kiosk.controls.tap("Done")
            await kiosk.shows("language", can_restart=False)
            await until(lambda: kiosk.centre.taken)
            numbers = [one.number.encode() for one in kiosk.centre.readings(0)]
            assert numbers == [values(document)[0].rstrip(b"<") for document in family]

            wanted = [value for document in family for value in values(document)]
            held = await asyncio.to_thread(in_memory, kiosk.pid, (*wanted, b"renewal-uto"))
            dumped = await asyncio.to_thread(in_dump, kiosk.pid, folder, *wanted)
            # The service shows that the search finds what is there.
            assert held == {b"renewal-uto"}
            assert not dumped
    for secret in wanted:
        assert secret.decode() not in kiosk.seen
        assert secret not in b"".join(kiosk.centre.bodies)
        assert await asyncio.to_thread(files_with, folder, secret) == []
    assert kiosk.centre.wrong == []
