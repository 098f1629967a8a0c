"""Chips that are not by the book, read by way of the real smart card service and judged as at a kiosk and a desk."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from peripherals.device import Timings, open_device
from peripherals.documents.chip.port import ChipReader
from peripherals.documents.examination import Examined, Examiner
from peripherals.documents.mrz import parse
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.passport.vpcd import VirtualCard
from peripherals.documents.settings import DocumentSettings
from peripherals.documents.summary import summarise
from tests.peripherals.chip.service import Service, lay_down
from tests.peripherals.documents.chip_results import ENDS
from tests.peripherals.trust.material import store_of

TIMINGS = Timings(reopen_first_s=0.02, reopen_max_s=0.1, poll_s=0.1)
PATIENT = DocumentSettings(chip_wait_s=60, return_s=60, read_s=250, face_s=600)
#: Unusual and genuine, unusual and refused, and such as give nothing but to those whom they know.
DIFFICULT = (
    "com-unknown-tags",
    "sod-unknown-groups",
    "com-lists-fewer",
    "com-missing",
    "pace-wants-parameters",
    "pace-without-parameters",
    "pace-entry-malformed",
    "card-access-zeros",
    "pace-stripped",
    "ca-two-commands",
    "bare-6700",
    "exact-authentication",
    "challenge-of-any-length",
    "sod-withheld",
    "sod-missing",
    "sod-cut",
    "dg2-changed",
    "truncated",
    "inspection-only",
)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path)
    if reason := made.take():
        pytest.skip(reason)
    made.start()
    yield made
    made.give_back()


async def test_a_difficult_chip_comes_to_the_same_by_way_of_the_service(service: Service) -> None:
    wrong = []
    for name in DIFFICULT:
        outcome, standing, reasons = ENDS[name]
        document = await asyncio.to_thread(build, PROFILES[name], datetime.now(UTC), 1)
        examined = await examine(service, document)
        summary = summarise(parse(document.zone), examined.verdicts, datetime.now(UTC).date())
        found = {str(one.check): str(one.reason) for one in summary.verdicts}
        came_to = (examined.outcome, summary.standing, {check: found.get(check) for check in reasons})
        if came_to != (outcome, standing, reasons):
            wrong.append((name, came_to, (outcome, standing, reasons)))
    assert wrong == []


async def examine(service: Service, document: Specimen) -> Examined:
    """Lay a document down, and read and judge it."""
    card = VirtualCard(document.chip, port=service.port)
    device = await asyncio.to_thread(open_device, "emrtd+pcsc:///pcd 00 00", TIMINGS)
    assert isinstance(device, ChipReader)

    async def nobody_types(_: int) -> str:
        return ""

    try:
        await asyncio.to_thread(lay_down, card)
        async with device:
            examiner = Examiner(
                device=device,
                settings=PATIENT,
                store=store_of(document.trust),
                now=lambda: datetime.now(UTC),
                progress=lambda _: None,
                back=lambda: None,
                can=nobody_types,
            )
            return await examiner.examine(parse(document.zone))
    finally:
        await asyncio.to_thread(card.remove)
