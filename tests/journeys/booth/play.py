"""The booth: every document of the table laid on a real kiosk in turn, and looked at at a counter of a real server."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from kiosk.kit.frame import PageFrame
from peripherals.codes.seal import SealForm
from peripherals.documents.settings import DocumentSettings
from peripherals.documents.trust.store import TrustStore
from tests.faults.server_process import installed
from tests.journeys.booth.counter import Counter, Told, sitting
from tests.journeys.booth.documents import store_of
from tests.journeys.booth.kiosk import enrol, take_ticket
from tests.journeys.booth.said import LANGUAGES, Said
from tests.journeys.booth.table import STATES, TABLE
from tests.kiosk.app.stand import SETTINGS, Stand, stand

#: A chip that is there is found in this time on a slow machine too; a kiosk has all the time for a face, or none.
_PATIENT = replace(
    SETTINGS,
    journey=replace(SETTINGS.journey, chip_s=60),
    documents=DocumentSettings(chip_wait_s=1.5, return_s=0.3, read_s=60, face_s=600),
)
_HASTY = replace(_PATIENT, documents=replace(_PATIENT.documents, face_s=0))


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one document: the page that told of it, None where none did, and what staff were told."""

    page: PageFrame | None
    told: Said[Told]


async def play(folder: Path) -> tuple[Seen, ...]:
    """Play the whole table; gives what was seen, row by row."""
    laid = [row.make(STATES[row.state], number) for number, row in enumerate(TABLE, start=1)]
    store = store_of(laid)
    seen = []
    async with AsyncExitStack() as stack:
        place = await stack.enter_async_context(installed(folder / "server"))
        url = place.servers[0].url
        assert url is not None
        counter = await stack.enter_async_context(sitting(place, url))
        kiosks: dict[bool, Stand] = {}
        for hasty, settings in ((False, _PATIENT), (True, _HASTY)):
            code = await place.enrol_code("kiosk", "Hasty kiosk" if hasty else "Kiosk")
            kiosks[hasty] = await stack.enter_async_context(
                stand(
                    folder / f"kiosk-{int(hasty)}",
                    url,
                    settings=settings,
                    chips=True,
                    seals=SealForm.HEX,
                    trust=lambda: store,
                    translated=LANGUAGES,
                )
            )
            await enrol(kiosks[hasty], code)
            await _trusts(kiosks[hasty], store)
        for row, document in zip(TABLE, laid, strict=True):
            taken = await take_ticket(kiosks[row.hasty], document)
            seen.append(Seen(taken.told, await _looked_at(counter, taken.code)))
    return tuple(seen)


async def _trusts(kiosk: Stand, store: TrustStore) -> None:
    async with asyncio.timeout(60):
        while kiosk.on.equipment.trusted.store is not store:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)


async def _looked_at(counter: Counter, code: str) -> Said[Told]:
    await counter.serve(code)
    told = Said(*[await counter.reads(language) for language in LANGUAGES])
    await counter.finish()
    return told
