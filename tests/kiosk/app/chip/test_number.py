"""A card at a whole kiosk that opens by the number on its front (CAN)."""

from pathlib import Path

from tests.kiosk.app.chip_bench import Bench, bench, specimen


async def typed(here: Bench, number: str) -> None:
    for digit in number:
        here.kiosk.act("digit", digit)
    await here.kiosk.shows("can", entered=number)
    here.kiosk.act("submit")


async def test_a_card_that_asks_for_its_number_is_opened_by_it(folder: Path) -> None:
    card = specimen("can-only")
    assert card.can is not None
    async with bench(folder, card) as here:
        await here.to_identify()
        await here.lay(card)
        await here.kiosk.shows("can", entered="", again=False)
        here.kiosk.act("digit", "1")
        here.kiosk.act("erase")
        await typed(here, f"{(int(card.can) + 1) % 1_000_000:06}")
        await here.kiosk.shows("can", entered="", again=True)
        await typed(here, card.can)
        await here.kiosk.shows("chip", state="ended", outcome="read")
        reading = await here.ticket()
        assert reading is not None
        assert (reading.standing, reading.verdicts[0].outcome) == ("genuine", "passed")


async def test_whoever_does_not_find_the_number_goes_on_without(folder: Path) -> None:
    card = specimen("can-only")
    async with bench(folder, card) as here:
        await here.to_identify()
        await here.lay(card)
        await here.kiosk.shows("can")
        here.kiosk.act("no-can")
        assert await here.ended() == "chip-access-refused"
        reading = await here.ticket()
        assert reading is not None


async def test_after_a_few_tries_of_the_number_the_card_is_for_staff(folder: Path) -> None:
    card = specimen("can-only")
    assert card.can is not None
    wrong = f"{(int(card.can) + 1) % 1_000_000:06}"
    async with bench(folder, card) as here:
        await here.to_identify()
        await here.lay(card)
        for tried in range(3):
            await here.kiosk.shows("can", entered="", again=tried > 0)
            await typed(here, wrong)
        assert await here.ended() == "chip-access-refused"


async def test_another_document_is_read_while_the_number_of_a_card_is_waited_for(folder: Path) -> None:
    card, passport = specimen("can-only"), specimen("ordinary", 2)
    async with bench(folder, card) as here:
        await here.to_identify()
        await here.lay(card)
        await here.kiosk.shows("can")
        await here.lay(passport)
        await here.kiosk.shows("chip", state="ended", outcome="read")
