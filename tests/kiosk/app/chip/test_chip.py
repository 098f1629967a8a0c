"""The chip of a document at a whole kiosk: what is read, what goes along with the ticket, and what it is called."""

import asyncio
from collections.abc import Iterable
from itertools import batched
from operator import itemgetter
from pathlib import Path

import pytest

from peripherals.documents.passport.specimen import Specimen
from queue_server.contract.problems import Problem
from tests.kiosk.app.centre import until
from tests.kiosk.app.chip_bench import HASTY, QUICK, bench, delivered, specimen, store_of
from tests.kiosk.app.stand import everything
from tests.peripherals.documents.chip_results import ENDS, UNFOUND


async def test_a_genuine_passport_goes_along_sealed_and_with_nothing_that_is_not_needed(folder: Path) -> None:
    document = specimen("ordinary")
    async with bench(folder, document) as here:
        await here.to_identify()
        await here.lay(document)
        assert await here.ended() == "read"
        reading = await here.ticket()
        assert reading is not None
        assert (reading.kind, reading.issuer, reading.standing) == ("P", "UTO", "genuine")
        assert reading.number == document.zone[44:53].rstrip("<")
        assert reading.expires is not None
        outcomes = {one.check: one.outcome for one in reading.verdicts}
        assert outcomes.pop("holder", None) is None
        assert set(outcomes.values()) == {"passed"}
        shown = everything(here.kiosk.frames)
        progress = [frame.model["percent"] for frame in here.kiosk.frames if frame.page == "chip"]
        assert progress == sorted(progress)
        assert len(set(progress)) > 4
        bodies = b"".join(here.centre.bodies).decode()
        for secret in (reading.number, document.zone[5:20].strip("<").split("<<", maxsplit=1)[0]):
            assert secret not in shown
            assert secret not in bodies
        await until(lambda: here.kiosk.on.equipment.papers._readings == {})
        # What was delivered is not kept, sealed or not.
        assert (await delivered(folder)).request.readings == ()


def expected(name: str, *, hasty: bool) -> tuple[str, str, dict[str, str]]:
    """Return the outcome, the standing and the reasons of a document at a kiosk with or without time for its face."""
    outcome, standing, reasons = ENDS[name]
    if hasty and name in UNFOUND:
        outcome, standing, reasons = "read", "genuine", {}
    if hasty and standing in {"genuine", "unchanged"}:
        standing, reasons = "face-unread", reasons | {"face": "face-unread"}
    return outcome, standing, reasons


async def differences(folder: Path, names: Iterable[str], *, hasty: bool) -> list[tuple[object, ...]]:
    """Serve one person with each document at one kiosk, and list what came to another end than it should.

    The kiosk trusts whoever has to do with the document of each.
    """
    found: list[tuple[object, ...]] = []
    trusted: list[Specimen] = []
    async with bench(
        folder,
        settings=HASTY if hasty else QUICK,
        trust=lambda: store_of(*trusted[-1:]),
        trust_mark=lambda: len(trusted),
    ) as here:
        for seed, name in enumerate(names, 2):
            # Each person has a zone of their own: the reader tells of the same one only once.
            # This name is long enough to be cut.
            document = specimen(name, 1 if name == "zone-name-cut" else seed)
            trusted.append(document)
            await here.kiosk.on.equipment.trusted.check()
            await here.to_identify()
            await here.lay(document)
            outcome, standing, reasons = expected(name, hasty=hasty)
            ended = await here.ended()
            reading = await here.ticket()
            assert reading is not None, name
            verdicts = {one.check: one.reason for one in reading.verdicts}
            shown = (ended, reading.standing, {check: verdicts.get(check) for check in reasons})
            if shown != (outcome, standing, reasons):
                found.append((name, shown, (outcome, standing, reasons)))
    return found


@pytest.mark.parametrize("names", list(batched(ENDS, 11, strict=False)), ids=itemgetter(0))
async def test_each_kind_of_document_ends_in_its_own_words(folder: Path, names: tuple[str, ...]) -> None:
    assert await differences(folder, names, hasty=False) == []


async def test_a_kiosk_without_time_for_the_face_says_so_of_those_that_are_genuine(folder: Path) -> None:
    """One document of each standing, and those that are wrong in the face alone. The others are in ``journeys``."""
    standings = {standing: name for name, (_, standing, _) in reversed(ENDS.items())}
    assert await differences(folder, (*standings.values(), *sorted(UNFOUND)), hasty=True) == []


async def test_a_russian_internal_passport_is_taken_and_its_name_is_told_to_staff(folder: Path) -> None:
    document = specimen("zone-russian-internal")
    async with bench(folder) as here:
        await here.to_identify()
        await here.lay(document, chip=False)
        await here.kiosk.shows("government")
        reading = await here.ticket()
        assert reading is not None
        assert (reading.kind, reading.issuer, reading.standing, reading.expires) == ("PN", "RUS", "unproved", None)
        zone = reading.verdicts[0]
        assert (zone.check, zone.outcome, zone.reason) == ("zone", "noted", "names-with-digits")


async def test_a_character_that_is_always_taken_for_another_is_told_to_staff_and_not_held_against_the_chip(
    folder: Path,
) -> None:
    document = specimen("ordinary")
    first, second = document.lines
    wrong = ("H" if second[0] != "H" else "K") + second[1:]
    async with bench(folder, document) as here:
        await here.to_identify()
        here.kiosk.chip.insert(document.chip)
        # Another character each time is a blur: it is asked for again.
        papers = here.kiosk.on.equipment.papers
        await here.kiosk.reader.show((first, wrong))
        await until(lambda: len(papers._wrong) == 1)
        await here.kiosk.shows("identify", reader="again")
        await here.kiosk.reader.show((first, second[0] + ("0" if second[1] != "0" else "1") + second[2:]))
        await until(lambda: len(papers._wrong) == 2)
        await here.kiosk.shows("identify", reader="again")
        before = here.kiosk.chip.exchanges
        await here.kiosk.reader.show((first, wrong))
        assert await here.ended() == "mrz-invalid"
        assert here.kiosk.chip.exchanges == before
        reading = await here.ticket()
        assert reading is not None
        assert (reading.number, reading.standing) == (wrong[:9].rstrip("<"), "unproved")
        found = [(one.check, one.outcome, one.reason) for one in reading.verdicts]
        assert found[0] == ("zone", "not-checked", "check-digit-wrong")
        assert found[1] == ("access", "not-checked", "mrz-invalid")


async def test_two_persons_after_each_other(folder: Path) -> None:
    first, second = specimen("ordinary", 3), specimen("ordinary", 4)
    async with bench(folder, first, second) as here:
        await here.to_identify()
        await here.lay(first)
        assert await here.ended() == "read"
        here.kiosk.start_over()
        await here.to_identify()
        here.kiosk.act("no-document")
        assert await here.ticket() is None
        await here.to_identify()
        await here.lay(second)
        assert await here.ended() == "read"
        reading = await here.ticket()
        assert reading is not None
        assert reading.number == second.zone[44:53].rstrip("<")


async def test_without_the_server_the_reading_waits_sealed_in_the_outbox(folder: Path) -> None:
    document = specimen("basic")
    async with bench(folder, document) as here:
        await here.to_identify()
        await here.lay(document)
        assert await here.ended() == "read"
        here.centre.refuse["visits"] = Problem("about:blank", "not-ready", 503, "not-ready")
        here.kiosk.act("continue")
        for page, argument in (("kind", "passports"), ("service", "renewal-uto")):
            await here.kiosk.shows(page)
            here.kiosk.act("choose", argument)
        await here.kiosk.shows("confirm")
        here.kiosk.act("confirm")
        await here.kiosk.shows("ticket")
        here.kiosk.act("done")
        await here.kiosk.shows("language")
        number = document.zone[44:53].rstrip("<").encode()
        files = await asyncio.to_thread(lambda: [file.read_bytes() for file in (folder / "data").iterdir()])
        assert not any(number in content for content in files)
        here.centre.refuse.clear()
        await until(lambda: here.centre.taken)
        reading = here.centre.reading(0)
        assert reading is not None
        assert reading.number.encode() == number


async def test_a_server_that_takes_no_readings_gets_none(folder: Path) -> None:
    document = specimen("basic")
    async with bench(folder, document) as here:
        here.centre.documents_key = None
        await here.centre.change_catalogue()
        await until(lambda: here.kiosk.on.equipment.papers._key is None)
        await here.to_identify()
        await here.lay(document)
        assert await here.ended() == "read"
        assert await here.ticket() is None
