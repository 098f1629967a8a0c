"""A whole kiosk with a reader of chips: real sockets to printer, document reader, chip reader and server.

The documents are the simulator's specimens, read with the real protocols and judged by the real trust store.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kiosk.settings import KioskSettings
from kiosk.tickets.model import CommittedTicket, DeliveryState
from kiosk.tickets.outbox import Outbox
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.settings import DocumentSettings
from peripherals.documents.trust import certificate, crl
from peripherals.documents.trust.store import TrustStore
from queue_server.contract.documents import DocumentReading
from tests.kiosk.app.centre import CODE, Centre, until
from tests.kiosk.app.stand import SETTINGS, Stand, stand

QUICK = replace(
    SETTINGS,
    journey=replace(SETTINGS.journey, chip_s=60),
    documents=DocumentSettings(chip_wait_s=0.3, return_s=1.0, read_s=20, face_s=600),
)


#: A kiosk that has no time for faces.
HASTY = replace(QUICK, documents=replace(QUICK.documents, face_s=0))


@cache
def specimen(name: str, seed: int = 1) -> Specimen:
    return build(PROFILES[name], datetime.now(UTC), seed)


def store_of(*made: Specimen) -> TrustStore:
    trusted = [der for one in made for der in (*one.trust.authorities, *one.trust.links)]
    revoked = [der for one in made for der in one.trust.revocation_lists]
    return TrustStore(tuple(map(certificate.read, trusted)), tuple(map(crl.read, revoked)))


@dataclass
class Bench:
    centre: Centre
    kiosk: Stand
    folder: Path

    async def lay(self, document: Specimen, *, chip: bool = True) -> None:
        """Lay a document down, on both readers."""
        if chip:
            self.kiosk.chip.removed_after = document.profile.removed_after
            self.kiosk.chip.insert(document.chip)
        await self.kiosk.reader.show(document.lines)

    async def to_identify(self) -> None:
        await self.kiosk.shows("language", can_restart=False)
        await until(lambda: self.kiosk.on.equipment.chip._present)
        self.kiosk.act("language", "en")
        await self.kiosk.shows("identify", reader="ready", chip=True)

    async def ended(self) -> str:
        return str((await self.kiosk.shows("chip", state="ended"))["outcome"])

    async def ticket(self) -> DocumentReading | None:
        """Go on to the ticket, and give what came to the server with it."""
        count = len(self.centre.taken)
        self.kiosk.act("continue")
        if self.kiosk.frame.page != "kind":
            # Nobody's document has said which country.
            await until(lambda: self.kiosk.frame.page in {"government", "kind"})
        if self.kiosk.frame.page == "government":
            self.kiosk.act("choose", "UTO")
        for page, argument in (("kind", "passports"), ("service", "renewal-uto")):
            await self.kiosk.shows(page)
            self.kiosk.act("choose", argument)
        await self.kiosk.shows("confirm")
        self.kiosk.act("confirm")
        await self.kiosk.shows("ticket")
        await until(lambda: len(self.centre.taken) > count)
        self.kiosk.act("done")
        return self.centre.reading(count)


@asynccontextmanager
async def bench(
    folder: Path, *trusted: Specimen, settings: KioskSettings = QUICK, **options: Any
) -> AsyncIterator[Bench]:
    options.setdefault("trust", lambda: store_of(*trusted))
    async with (
        Centre() as centre,
        stand(folder, centre.url, settings=settings, chips=True, **options) as kiosk,
    ):
        await kiosk.shows("setup")
        for digit in CODE:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("language")
        yield Bench(centre, kiosk, folder)
        assert centre.wrong == []


def tickets(folder: Path) -> tuple[CommittedTicket, ...]:
    with contextlib.closing(Outbox(folder / "data" / "outbox.sqlite")) as outbox:
        return outbox.all()


async def delivered(folder: Path) -> CommittedTicket:
    """Give the one ticket when the kiosk has noted that it has arrived, which is after it has arrived."""
    async with asyncio.timeout(60):
        while True:
            (ticket,) = await asyncio.to_thread(tickets, folder)
            if ticket.delivery is DeliveryState.SENT:
                return ticket
            await asyncio.sleep(0.01)
