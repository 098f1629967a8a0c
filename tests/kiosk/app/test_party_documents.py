"""A party lays each document down in turn, at a whole kiosk: real readers, real chips, and what is left of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.kit import fonts
from kiosk.settings import KioskSettings
from peripherals.documents.mrz import Mrz
from peripherals.documents.passport.specimen import Specimen
from queue_server.accounts.model import Role
from queue_server.contract.problems import Problem
from tests.kiosk.app.centre import CODE, Centre, until
from tests.kiosk.app.chip_bench import QUICK, Bench, specimen, store_of, tickets
from tests.kiosk.app.stand import Stand, everything, stand
from tests.kiosk.app.terminals import Zvt
from tests.kiosk.app.test_by_hand import QUICK as PAYING
from tests.kiosk.app.test_party import COPY, FAMILY, PASSPORT, choose_service, visit_of
from tests.kiosk.app.test_party import here as here  # noqa: PLC0414 - a fixture
from tests.queue_server.conftest import template as template  # noqa: PLC0414 - a fixture
from tests.queue_server.house import House

#: Mother, father, child and small child; and somebody else's.
DOCUMENTS = tuple(specimen("ordinary", seed) for seed in (11, 12, 13, 14))
MOTHER, FATHER, CHILD, SMALL = DOCUMENTS


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


def number_of(document: Specimen) -> str:
    return document.zone[44:53].rstrip("<")


def states(kiosk: Stand) -> list[str]:
    return [one["state"] for one in kiosk.model["people"]] if kiosk.frame.page == "documents" else []


async def stands(kiosk: Stand, *wanted: str) -> None:
    await until(lambda: states(kiosk) == list(wanted))


async def enrol(kiosk: Stand, code: str) -> None:
    await kiosk.shows("setup")
    for digit in code:
        kiosk.act("digit", digit)
    kiosk.act("submit")


async def to_identify(kiosk: Stand) -> None:
    await kiosk.shows("language", can_restart=False)
    await until(lambda: kiosk.on.equipment.chip._present)
    kiosk.act("language", "en")
    await kiosk.shows("identify", reader="ready", chip=True)


async def lay(kiosk: Stand, document: Specimen) -> None:
    kiosk.chip.insert(document.chip)
    await kiosk.reader.show(document.lines)


@asynccontextmanager
async def family(folder: Path, settings: KioskSettings = QUICK) -> AsyncIterator[Bench]:
    """Run a kiosk where three people get one number, until the mother's document was read and theirs are asked for."""
    async with (
        Centre() as centre,
        stand(folder, centre.url, settings=settings, chips=True, trust=lambda: store_of(*DOCUMENTS)) as kiosk,
    ):
        centre.party = 3
        await enrol(kiosk, CODE)
        bench = Bench(centre, kiosk, folder)
        await come(bench)
        yield bench
        assert centre.wrong == []


async def come(bench: Bench) -> None:
    kiosk = bench.kiosk
    await to_identify(kiosk)
    await lay(kiosk, MOTHER)
    assert await bench.ended() == "read"
    kiosk.act("continue")
    for page, argument in (("kind", "passports"), ("service", "renewal-uto")):
        await kiosk.shows(page)
        kiosk.act("choose", argument)
    await kiosk.shows("more", people=1)
    kiosk.act("party")
    await kiosk.shows("party", people=1)
    for band in ("adult", "child"):
        kiosk.act("plus", band)
    await kiosk.shows("party", people=3)
    kiosk.act("people")
    await kiosk.shows("more", people=3)
    kiosk.act("go-on")
    await stands(kiosk, "read", "now", "later")


async def test_four_documents_two_services_one_number_and_staff_see_each(here: House, tmp_path: Path) -> None:
    manager = (await here.staff(Role.MANAGER, None))[0]
    async with stand(tmp_path, here.address, settings=QUICK, chips=True, trust=lambda: store_of(*DOCUMENTS)) as kiosk:
        await enrol(kiosk, await here.enrol_code("kiosk"))
        await to_identify(kiosk)
        await lay(kiosk, MOTHER)
        await kiosk.shows("chip", state="ended", outcome="read")
        kiosk.act("continue")
        await choose_service(kiosk, "passport-id", PASSPORT)
        kiosk.act("party")
        await kiosk.shows("party", people=1)
        for band in ("adult", "child", "small-child"):
            kiosk.act("plus", band)
        await kiosk.shows("party", people=4)
        kiosk.act("people")
        await kiosk.shows("more", people=4)
        kiosk.act("add")
        await choose_service(kiosk, "papers", COPY)
        kiosk.act("go-on")
        await stands(kiosk, "read", "now", "later", "later")
        # Of a name the first letter is shown, and not how long it is.
        assert kiosk.model["people"][0]["name"][1:] == "\N{BULLET}" * 4
        await lay(kiosk, FATHER)
        await stands(kiosk, "read", "read", "now", "later")
        # The mother's once more: it is said, and nobody is counted twice.
        await lay(kiosk, MOTHER)
        await kiosk.shows("documents", reader="twice")
        assert states(kiosk) == ["read", "read", "now", "later"]
        # What cannot be read is asked for again.
        await kiosk.reader.show((CHILD.lines[0][:-3] + "???", CHILD.lines[1]))
        await kiosk.shows("documents", reader="again")
        await lay(kiosk, CHILD)
        await stands(kiosk, "read", "read", "read", "now")
        await lay(kiosk, SMALL)
        await stands(kiosk, "read", "read", "read", "read")
        kiosk.act("continue")
        await kiosk.shows("confirm", services=2, people=4)
        kiosk.act("confirm")
        code = (await kiosk.shows("ticket"))["code"]
        async with asyncio.timeout(60):
            # A ticket is on the screen before the server has it.
            while code not in str((await manager.get("/centres/demo/queue")).body):
                pass
        visit = await visit_of(manager, str(code))
        assert (visit["services"], visit["party_size"], visit["people"]) == ([PASSPORT, COPY], 4, FAMILY)
        found = (await manager.get(f"/centres/demo/visits/{visit['id']}/reading")).body["documents"]
        assert [(one["reading"]["band"], one["reading"]["number"]) for one in found] == [
            ("adult", number_of(MOTHER)),
            ("adult", number_of(FATHER)),
            ("child", number_of(CHILD)),
            ("small-child", number_of(SMALL)),
        ]
        assert {(one["standing"], one["face"] is not None) for one in found} == {("genuine", True)}
        # The specimens are of adults: staff see which fee to ask about, and no more of when anybody was born.
        noted = [[verdict["reason"] for verdict in one["reading"]["verdicts"]] for one in found]
        assert ["older-than-said" in one for one in noted] == [False, False, True, True]
        shown = everything(kiosk.frames)
        for document in DOCUMENTS:
            assert number_of(document) not in shown
            assert document.zone[5:20].strip("<").split("<<", maxsplit=1)[0] not in shown
        kiosk.act("done")
        await kiosk.shows("language", can_restart=False)
        assert kiosk.on.equipment.papers._readings == {}


async def test_where_the_fee_is_paid_at_the_kiosk_all_documents_come_with_the_ticket(
    here: House, tmp_path: Path
) -> None:
    manager, terminal = (await here.staff(Role.MANAGER, None))[0], Zvt(tmp_path)
    await terminal.start()
    paying = replace(QUICK, link=PAYING.link, payment=PAYING.payment)
    try:
        async with stand(
            tmp_path,
            here.address,
            settings=paying,
            chips=True,
            trust=lambda: store_of(*DOCUMENTS),
            terminal=terminal.device(10),
        ) as kiosk:
            await enrol(kiosk, await here.enrol_code("kiosk"))
            await to_identify(kiosk)
            await lay(kiosk, MOTHER)
            await kiosk.shows("chip", state="ended", outcome="read")
            kiosk.act("continue")
            await choose_service(kiosk, "passport-id", PASSPORT)
            kiosk.act("party")
            await kiosk.shows("party", people=1)
            kiosk.act("plus", "child")
            await kiosk.shows("party", people=2)
            kiosk.act("people")
            await kiosk.shows("more", people=2)
            kiosk.act("go-on")
            await stands(kiosk, "read", "now")
            await lay(kiosk, CHILD)
            await stands(kiosk, "read", "read")
            kiosk.act("continue")
            await kiosk.shows("confirm", fee=True, people=2)
            kiosk.act("confirm")
            await kiosk.shows("fee", can_pay=True)
            kiosk.act("pay")
            code = str((await kiosk.shows("ticket", paper="taken", paid=True))["code"])
            async with asyncio.timeout(60):
                while code not in str((await manager.get("/centres/demo/queue")).body):
                    pass
            visit = await visit_of(manager, code)
            found = (await manager.get(f"/centres/demo/visits/{visit['id']}/reading")).body["documents"]
            assert [one["reading"]["number"] for one in found] == [number_of(MOTHER), number_of(CHILD)]
            # Both were held while the fee was paid, and are overwritten now.
            assert len({one["face"] for one in found} - {None}) == 2
            await until(lambda: kiosk.on.equipment.papers._faces == {})
            files = await asyncio.to_thread(lambda: [file.read_bytes() for file in (tmp_path / "data").iterdir()])
            for document in (MOTHER, CHILD):
                assert not any(number_of(document).encode() in content for content in files)
    finally:
        await terminal.stop()


async def test_without_the_server_all_readings_wait_sealed_in_the_outbox(tmp_path: Path) -> None:
    async with family(tmp_path) as here:
        kiosk, centre = here.kiosk, here.centre
        await lay(kiosk, FATHER)
        await stands(kiosk, "read", "read", "now")
        kiosk.act("none")
        await kiosk.shows("confirm", people=3)
        centre.refuse["visits"] = Problem("about:blank", "not-ready", 503, "not-ready")
        kiosk.act("confirm")
        await kiosk.shows("ticket")
        kiosk.act("done")
        await kiosk.shows("language")
        files = await asyncio.to_thread(lambda: [file.read_bytes() for file in (tmp_path / "data").iterdir()])
        for document in (MOTHER, FATHER):
            assert not any(number_of(document).encode() in content for content in files)
        centre.refuse.clear()
        await until(lambda: centre.taken)
        assert [(one.person, one.band, one.number) for one in centre.readings(0)] == [
            (0, "adult", number_of(MOTHER)),
            (1, "adult", number_of(FATHER)),
        ]
        await until(lambda: kiosk.on.book.health.waiting == 0)
        kept = await asyncio.to_thread(tickets, tmp_path)
        assert [ticket.request.readings for ticket in kept] == [()]


@pytest.mark.parametrize("end", ["restart", "mid-read", "ticket", "back"])
async def test_nothing_is_left_of_anybody_however_it_ends(tmp_path: Path, end: str) -> None:
    await nothing_is_left(tmp_path, end)


async def nothing_is_left(tmp_path: Path, end: str) -> None:
    # Nobody is asked whether they are there while the documents are laid down, and not for ever after it.
    alone = replace(QUICK, journey=replace(QUICK.journey, idle_s=15, idle_long_s=15))
    async with family(tmp_path, alone if end == "idle" else QUICK) as here:
        kiosk, papers = here.kiosk, here.kiosk.on.equipment.papers
        zones: list[Mrz] = []
        take = papers.release

        def taken(laid: int) -> Mrz | None:
            zone = take(laid)
            zones.extend([zone] if zone is not None else [])
            return zone

        papers.release = taken  # type: ignore[method-assign]
        await lay(kiosk, FATHER)
        await stands(kiosk, "read", "read", "now")
        assert len(papers._readings) == 2
        match end:
            case "restart":
                kiosk.start_over()
            case "mid-read":
                kiosk.chip.late_s = 0.05
                await lay(kiosk, CHILD)
                await kiosk.shows("documents", chip="reading")
                kiosk.start_over()
            case "ticket":
                kiosk.act("later")
                await kiosk.shows("confirm")
                kiosk.act("confirm")
                await kiosk.shows("ticket")
                kiosk.act("done")
            case "back":
                # Whoever is without a document after all has those of the others forgotten, too.
                while kiosk.frame.page != "identify":
                    shown = kiosk.frame.page
                    kiosk.act("back")
                    await until(lambda shown=shown: kiosk.frame.page != shown)  # type: ignore[misc]
                kiosk.act("no-document")
                await until(lambda: kiosk.frame.page in {"government", "kind"})
            case "idle":
                await kiosk.shows("idle")
                kiosk.act("finished")
        if end != "back":
            await kiosk.shows("language", can_restart=False)
        await until(lambda: papers._readings == {} and papers._laid == {})
        assert len(zones) >= 1
        assert all(zone.wiped for zone in zones)
        assert kiosk.on.equipment.chip._zone is None


async def test_whoever_does_not_wait_for_one_document_keeps_the_others(tmp_path: Path) -> None:
    async with family(tmp_path) as here:
        kiosk = here.kiosk
        kiosk.chip.late_s = 0.05
        await lay(kiosk, FATHER)
        await kiosk.shows("documents", chip="reading")
        kiosk.act("leave")
        await stands(kiosk, "read", "counter", "now")
        kiosk.chip.late_s = 0
        await lay(kiosk, CHILD)
        await stands(kiosk, "read", "counter", "read")
        kiosk.act("continue")
        await kiosk.shows("confirm")
        kiosk.act("confirm")
        await kiosk.shows("ticket")
        await until(lambda: here.centre.taken)
        assert [(one.person, one.number) for one in here.centre.readings(0)] == [
            (0, number_of(MOTHER)),
            (2, number_of(CHILD)),
        ]


async def test_the_page_goes_on_by_itself_once_everybody_was_asked(tmp_path: Path) -> None:
    quick = replace(QUICK, journey=replace(QUICK.journey, chip_s=0.2))
    async with (
        Centre() as centre,
        stand(tmp_path, centre.url, settings=quick, chips=True, trust=lambda: store_of(*DOCUMENTS)) as kiosk,
    ):
        centre.party = 2
        await enrol(kiosk, CODE)
        await to_identify(kiosk)
        await lay(kiosk, MOTHER)
        for page, argument in (("kind", "passports"), ("service", "renewal-uto")):
            await kiosk.shows(page)
            kiosk.act("choose", argument)
        await kiosk.shows("more")
        kiosk.act("party")
        await kiosk.shows("party")
        kiosk.act("plus", "child")
        kiosk.act("people")
        await kiosk.shows("more", people=2)
        kiosk.act("go-on")
        await stands(kiosk, "read", "now")
        await lay(kiosk, CHILD)
        await kiosk.shows("confirm", people=2)
