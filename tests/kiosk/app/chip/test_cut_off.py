"""A chip at a whole kiosk that does not stay: taken away, a cable pulled, somebody who leaves or comes too early."""

from pathlib import Path

from msgspec.structs import replace

from kiosk.journey import events as e
from peripherals.documents.mrz import parse
from tests.kiosk.app.centre import CODE, Centre, until
from tests.kiosk.app.chip_bench import QUICK, Bench, bench, specimen, store_of
from tests.kiosk.app.stand import stand


async def test_a_chip_that_does_not_open_may_be_laid_down_once_more(folder: Path) -> None:
    wrong, right = specimen("pace-fails"), specimen("ordinary", 2)
    async with bench(folder, right) as here:
        await here.to_identify()
        await here.lay(wrong)
        assert await here.ended() == "chip-access-refused"
        await here.lay(right)
        await here.kiosk.shows("chip", state="ended", outcome="read")
        reading = await here.ticket()
        assert reading is not None
        assert reading.standing == "genuine"


async def test_without_a_chip_it_goes_on_and_nobody_is_alarmed(folder: Path) -> None:
    document = specimen("ordinary")
    async with bench(folder) as here:
        await here.to_identify()
        await here.lay(document, chip=False)
        await here.kiosk.shows("chip", state="waiting")
        await here.kiosk.shows("kind")
        assert not any(frame.model.get("state") == "ended" for frame in here.kiosk.frames if frame.page == "chip")
        reading = await here.ticket()
        assert reading is not None
        access = reading.verdicts[0]
        assert (reading.standing, access.check, access.reason) == ("unproved", "access", "chip-absent")


async def test_taken_away_in_mid_read_and_put_back(folder: Path) -> None:
    document = specimen("removed")
    async with bench(folder, document) as here:
        await here.to_identify()
        await here.lay(document)
        await here.kiosk.shows("chip", state="back")
        here.kiosk.chip.removed_after = 0
        here.kiosk.chip.insert(document.chip)
        assert await here.ended() == "read"
        reading = await here.ticket()
        assert reading is not None
        assert reading.standing == "genuine"


async def test_a_reader_that_tells_of_a_document_again_and_again_holds_nothing_up(folder: Path) -> None:
    document, other = specimen("ordinary"), specimen("ordinary", 2)
    async with bench(folder, document) as here:
        await here.to_identify()
        here.kiosk.chip.late_s = 0.02
        await here.lay(document)
        papers = here.kiosk.on.equipment.papers
        await until(lambda: here.kiosk.chip.exchanges > 5)
        # What the device itself takes for the same showing is over: the zone comes once more.
        again = parse(document.zone)
        assert papers.hold(again) == 1
        assert again.wiped
        different = parse(other.zone)
        assert papers.hold(different) == 2
        papers.settle(2)
        assert different.wiped
        here.kiosk.on.inbox.post(e.DocumentRead("UTO", 1))
        assert await here.ended() == "read"
        assert papers.hold(parse(document.zone)) == 3


async def test_taken_away_and_not_put_back(folder: Path) -> None:
    document = specimen("removed")
    async with bench(folder, document) as here:
        await here.to_identify()
        await here.lay(document)
        assert await here.ended() == "document-removed"
        reading = await here.ticket()
        assert reading is not None
        assert (reading.standing, reading.verdicts[0].reason) == ("unproved", "document-removed")


async def test_the_readers_cable_is_pulled_in_mid_read_and_comes_back(folder: Path) -> None:
    document = specimen("ordinary")
    async with bench(folder, document) as here:
        await here.to_identify()
        here.kiosk.chip.stops_at = 10
        await here.lay(document)
        await here.kiosk.chip.midway.wait()
        here.kiosk.chip.stops_at = 0
        await here.kiosk.chip.power_cycle()
        assert await here.ended() == "device-not-connected"
        reading = await here.ticket()
        assert reading is not None
        assert reading.verdicts[0].reason == "device-not-connected"
        # The next person finds a reader that works.
        await here.to_identify()
        await here.lay(specimen("ordinary", 2))
        assert await here.ended() == "read"


async def test_who_goes_on_without_takes_nothing_along_and_the_chip_gets_no_more_commands(folder: Path) -> None:
    document = specimen("ordinary")
    async with bench(folder, document) as here:
        await here.to_identify()
        here.kiosk.chip.late_s = 0.05
        await here.lay(document)
        await until(lambda: here.kiosk.chip.exchanges > 5)
        here.kiosk.act("no-chip")
        await here.kiosk.shows("kind", told=True)
        assert await here.ticket() is None
        assert here.kiosk.chip.exchanges < 20


async def test_who_leaves_in_mid_read_leaves_nothing(folder: Path) -> None:
    document = specimen("ordinary")
    async with bench(folder, document) as here:
        await here.to_identify()
        here.kiosk.chip.late_s = 0.05
        await here.lay(document)
        await until(lambda: here.kiosk.chip.exchanges > 5)
        zone = here.kiosk.on.equipment.chip._zone
        assert zone is not None
        assert any(zone._raw)
        here.kiosk.start_over()
        await here.kiosk.shows("language", can_restart=False)
        assert zone.wiped
        assert here.kiosk.on.equipment.papers._readings == {}
        here.kiosk.chip.late_s = 0
        await here.to_identify()
        await here.lay(specimen("ordinary", 2))
        assert await here.ended() == "read"


async def test_a_document_that_nobody_asked_for_is_overwritten(folder: Path) -> None:
    document = specimen("ordinary")
    async with bench(folder, document) as here:
        await here.kiosk.walk_to_confirm()
        await here.lay(document)
        await until(lambda: here.kiosk.on.equipment.papers._count == 1)
        await until(lambda: not here.kiosk.on.equipment.papers._laid)
        assert here.kiosk.chip.exchanges == 0


async def test_laid_down_before_a_language_was_chosen(folder: Path) -> None:
    document = specimen("basic")
    async with bench(folder, document) as here:
        await until(lambda: here.kiosk.on.equipment.chip._present)
        await here.lay(document)
        await until(lambda: here.kiosk.on.equipment.papers._readings != {})
        here.kiosk.act("language", "en")
        # It was read meanwhile: there is nothing to wait for, and nothing to say.
        await here.kiosk.shows("kind")
        reading = await here.ticket()
        assert reading is not None
        assert reading.standing == "unchanged"


async def test_the_idle_time_does_not_run_out_while_a_chip_is_read(folder: Path) -> None:
    document = specimen("basic")
    short = replace(QUICK, journey=replace(QUICK.journey, idle_s=0.6, idle_long_s=0.6, countdown_s=5))
    async with (
        Centre() as centre,
        stand(folder, centre.url, settings=short, chips=True, trust=lambda: store_of(document)) as kiosk,
    ):
        await kiosk.shows("setup")
        for digit in CODE:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        here = Bench(centre, kiosk, folder)
        await here.to_identify()
        kiosk.chip.late_s = 0.08
        await here.lay(document)
        await kiosk.shows("chip", state="ended")
        after = [frame.page for frame in kiosk.frames]
        assert "idle" not in after[after.index("chip") :]
