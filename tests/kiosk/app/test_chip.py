"""The chip of a document at a whole kiosk: real sockets to printer, document reader, chip reader and server.

The documents are the simulator's specimens, read with the real protocols and judged by the real trust store.
"""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.journey import events as e
from kiosk.settings import KioskSettings
from kiosk.store.data import Addresses, DataFolder
from kiosk.technician import pin
from kiosk.tickets.model import CommittedTicket, DeliveryState
from kiosk.tickets.outbox import Outbox
from peripherals.documents.mrz import parse
from peripherals.documents.passport.line_reader import LineReader
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.settings import DocumentSettings
from peripherals.documents.trust import certificate, crl
from peripherals.documents.trust.files import load, mark
from peripherals.documents.trust.store import TrustStore
from peripherals.errors import TrustError
from peripherals.simulation import TcpLine
from queue_server.contract.documents import DocumentReading, VerdictView
from queue_server.contract.faces import is_plain
from queue_server.contract.problems import Problem
from tests.kiosk.app.centre import CODE, Centre, until
from tests.kiosk.app.stand import SETTINGS, Stand, everything, stand
from tests.kiosk.app.test_process import files_with
from tests.kiosk.app.test_technician import PIN, change, enter, part_shows
from tests.peripherals.documents.chip_results import ENDS, UNFOUND

QUICK = replace(
    SETTINGS,
    journey=replace(SETTINGS.journey, chip_s=60),
    documents=DocumentSettings(chip_wait_s=0.3, return_s=1.0, read_s=20, face_s=600),
)
#: A kiosk that has no time for faces.
HASTY = replace(QUICK, documents=replace(QUICK.documents, face_s=0))


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None


@pytest.fixture(autouse=True)
def _slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the process that decodes a picture all the time that it wants."""
    monkeypatch.setattr("peripherals.documents.lds.portrait._SECONDS", 200.0)


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
    async with (
        Centre() as centre,
        stand(folder, centre.url, settings=settings, chips=True, trust=lambda: store_of(*trusted), **options) as kiosk,
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


@pytest.mark.parametrize("hasty", [False, True], ids=["with-the-face", "in-haste"])
@pytest.mark.parametrize("name", ENDS)
async def test_each_kind_of_document_ends_in_its_own_words(folder: Path, name: str, *, hasty: bool) -> None:
    document = specimen(name)
    outcome, standing, reasons = ENDS[name]
    if hasty and name in UNFOUND:
        outcome, standing, reasons = "read", "genuine", {}
    if hasty and standing in {"genuine", "unchanged"}:
        standing, reasons = "face-unread", reasons | {"face": "face-unread"}
    async with bench(folder, document, settings=HASTY if hasty else QUICK) as here:
        await here.to_identify()
        await here.lay(document)
        assert await here.ended() == outcome
        reading = await here.ticket()
        assert reading is not None
        assert reading.standing == standing
        found = {one.check: one.reason for one in reading.verdicts}
        assert {check: found[check] for check in reasons} == reasons


#: Documents whose picture is handed over, and such whose is not, though it was read.
SHOWN = {
    "ordinary": True,
    "typical": True,
    "document-expired": True,
    "authority-unknown": True,
    "dg2-changed": False,
    "dg1-changed": False,
    "clone-chip": False,
    "self-made-signer": True,
    "signer-revoked": False,
    "truncated": False,
}


@pytest.mark.parametrize("name", SHOWN)
async def test_a_picture_goes_along_where_it_is_what_was_signed(folder: Path, name: str) -> None:
    document = specimen(name)
    async with bench(folder, document) as here:
        await here.to_identify()
        await here.lay(document)
        await here.ended()
        papers = here.kiosk.on.equipment.papers
        held = dict(papers._faces)
        assert bool(held) is SHOWN[name]
        memory = [face._jpeg for face in held.values()]
        pictures = [bytes(one) for one in memory]
        reading = await here.ticket()
        assert reading is not None
        assert [(one.person, one.jpeg) for one in here.centre.faces(0)] == [(0, one) for one in pictures]
        assert all(is_plain(one) for one in pictures)
        # It is overwritten once it is sealed, and what was delivered is not kept.
        await until(lambda: papers._faces == {})
        assert not any(map(any, memory))
        assert (await delivered(folder)).request.faces == ()
        for one in pictures:
            assert one[300:324] not in b"".join(here.centre.bodies)
            assert await asyncio.to_thread(files_with, folder, one[300:324]) == []


async def test_a_face_that_cannot_be_decoded_is_noted_and_holds_nothing_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = specimen("ordinary")

    # Decoders of the time to come may refuse what states sign today.
    monkeypatch.setattr("peripherals.documents.lds.portrait._PROGRAM", "peripherals.documents.lds.face")
    async with bench(folder, document) as here:
        await here.to_identify()
        await here.lay(document)
        assert await here.ended() == "read"
        reading = await here.ticket()
        assert reading is not None
        assert reading.standing == "genuine"
        assert [one for one in reading.verdicts if one.check == "face"] == [
            VerdictView("face", "noted", "face-not-shown")
        ]
        assert here.centre.faces(0) == ()


async def test_who_leaves_takes_the_picture_along(folder: Path) -> None:
    document = specimen("ordinary")
    async with bench(folder, document) as here:
        await here.to_identify()
        await here.lay(document)
        await here.ended()
        (face,) = here.kiosk.on.equipment.papers._faces.values()
        here.kiosk.act("restart")
        await here.kiosk.shows("language", can_restart=False)
        assert face.copy() is None
        await here.to_identify()
        here.kiosk.act("no-document")
        assert await here.ticket() is None
        assert here.centre.faces(0) == ()


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


async def test_two_persons_after_each_other(folder: Path) -> None:
    first, second = specimen("ordinary", 3), specimen("ordinary", 4)
    async with bench(folder, first, second) as here:
        await here.to_identify()
        await here.lay(first)
        assert await here.ended() == "read"
        here.kiosk.act("restart")
        await here.to_identify()
        here.kiosk.act("no-document")
        assert await here.ticket() is None
        await here.to_identify()
        await here.lay(second)
        assert await here.ended() == "read"
        reading = await here.ticket()
        assert reading is not None
        assert reading.number == second.zone[44:53].rstrip("<")


async def test_a_folder_that_changes_is_read_anew_and_old_lists_are_told_before_they_are_due(
    folder: Path, tmp_path: Path
) -> None:
    document, lists = specimen("ordinary"), tmp_path / "lists"
    await asyncio.to_thread(lists.mkdir)
    quick = replace(QUICK, documents=replace(QUICK.documents, trust_poll_s=0.02, lists_ahead_days=89))
    async with (
        Centre() as centre,
        stand(
            folder,
            centre.url,
            settings=quick,
            chips=True,
            trust=lambda: load(lists),
            trust_mark=lambda: mark(lists),
        ) as kiosk,
    ):
        await kiosk.shows("setup")
        for digit in CODE:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        here = Bench(centre, kiosk, folder)
        await here.to_identify()
        assert kiosk.on.equipment.trusted.fault == ""
        await asyncio.to_thread(document.trust.write, lists)
        await until(lambda: len(kiosk.on.equipment.trusted.store.revocations) > 0)
        # Its list is due in 89 days: it was made yesterday for 90.
        await until(lambda: any(part.code == "trust-outdated" for part in kiosk.on.book.health.parts))
        await here.lay(document)
        assert await here.ended() == "read"
        reading = await here.ticket()
        assert reading is not None
        assert reading.standing == "genuine"
        # What cannot be read any more does not take away what was trusted before.
        await asyncio.to_thread(shutil.rmtree, lists)
        await until(lambda: any(part.code == "trust-invalid" for part in kiosk.on.book.health.parts))
        assert kiosk.on.equipment.trusted.store.authorities


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
        here.kiosk.act("restart")
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


async def test_a_list_of_authorities_that_cannot_be_used_is_told_to_the_technician_and_to_nobody_else(
    folder: Path,
) -> None:
    def broken() -> TrustStore:
        raise TrustError(fault="path-unreadable")

    document = specimen("basic")
    async with (
        Centre() as centre,
        stand(folder, centre.url, settings=QUICK, chips=True, trust=broken) as kiosk,
    ):
        await kiosk.shows("setup")
        for digit in CODE:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        here = Bench(centre, kiosk, folder)
        await here.to_identify()
        await until(lambda: any(part.code == "trust-invalid" for part in kiosk.on.book.health.parts))
        await here.lay(document)
        assert await here.ended() == "read"
        reading = await here.ticket()
        assert reading is not None
        assert reading.standing == "issuer-unknown"


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


async def test_a_technician_tries_the_reader_of_chips_and_nothing_is_read(folder: Path) -> None:
    document = specimen("ordinary")
    await asyncio.to_thread(lambda: pin.set_pin(DataFolder(folder / "data"), PIN))
    async with bench(folder) as here:
        await until(lambda: here.kiosk.on.equipment.chip._present)
        await enter(here.kiosk)
        await part_shows(here.kiosk, "chip", state="online", code="")
        here.kiosk.act("test-chip")
        await here.kiosk.shows("technician", trial={"what": "chip", "state": "running", "code": ""})
        here.kiosk.chip.insert(document.chip)
        await here.kiosk.shows("technician", trial={"what": "chip", "state": "good", "code": ""})
        assert here.kiosk.chip.exchanges == 0
        here.kiosk.chip.remove()
        here.kiosk.act("test-chip")
        await here.kiosk.shows("technician", trial={"what": "chip", "state": "bad", "code": "chip-absent"})
        await here.kiosk.chip.command(["unplug"])
        await part_shows(here.kiosk, "chip", state="offline", code="device-not-connected")
        here.kiosk.act("test-chip")
        await here.kiosk.shows("technician", trial={"what": "chip", "state": "bad", "code": "device-not-connected"})
        await until(lambda: here.centre.status and any(one.name == "chip" for one in here.centre.status.parts))


async def test_a_reader_of_chips_is_set_at_the_kiosk_and_used_at_once(folder: Path) -> None:
    document = specimen("basic")
    await asyncio.to_thread(lambda: pin.set_pin(DataFolder(folder / "data"), PIN))
    other = LineReader(TcpLine())
    await other.start()
    async with bench(folder, document) as here:
        await until(lambda: here.kiosk.on.equipment.chip._present)
        await enter(here.kiosk)
        for address, problem in (
            ("mrz+tcp://127.0.0.1:9", "kiosk-setting"),
            ("emrtd+pcsc://host/x", "device-url-invalid"),
        ):
            await change(here.kiosk, "chip", address)
            await here.kiosk.shows("address", problem=problem)
            here.kiosk.act("back")
        await change(here.kiosk, "chip", f"emrtd+vpcd://{other.address}")
        await here.kiosk.shows("technician")
        await part_shows(here.kiosk, "chip", state="online", address=f"emrtd+vpcd://{other.address}")
        here.kiosk.act("done")
        await here.to_identify()
        other.insert(document.chip)
        await here.lay(document, chip=False)
        assert await here.ended() == "read"
    kept = await asyncio.to_thread(lambda: DataFolder(folder / "data").addresses())
    assert kept == Addresses(chip=f"emrtd+vpcd://{other.address}")
    await other.stop()


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
