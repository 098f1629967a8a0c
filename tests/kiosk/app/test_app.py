"""One kiosk with everything that it talks to on the other end of real lines."""

import asyncio
import base64
import hashlib
import hmac
import stat
import uuid
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.journey.events import ModeChanged
from kiosk.kit import fonts
from kiosk.settings import JourneySettings
from kiosk.tickets.model import CommittedTicket, PrintResult
from kiosk.tickets.outbox import Outbox
from peripherals.documents.specimens import SPECIMENS
from queue_server.contract.hall import NoticeView
from queue_server.contract.problems import Problem
from queue_server.domain.values import HelpKind, HelpSubject, NoticeId, NoticeKind, NoticePlace, NoticeText
from tests.faults.lossy_proxy import LossyProxy
from tests.kiosk.app.centre import CODE, TICKET_KEY, Centre, until
from tests.kiosk.app.stand import SETTINGS, Stand, everything, stand


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def modes_in(folder: Path) -> set[int]:
    return {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def tickets_in(folder: Path) -> tuple[CommittedTicket, ...]:
    with closing(Outbox(folder / "data" / "outbox.sqlite")) as outbox:
        return outbox.all()


async def enrol(kiosk: Stand) -> None:
    await kiosk.shows("setup")
    for digit in CODE:
        kiosk.act("digit", digit)
    kiosk.act("submit")
    await kiosk.shows("language", no_paper=False)


async def test_from_the_box_to_the_first_ticket(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await kiosk.shows("setup")
        for digit in "00000000":
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("setup", problem="kiosk-enrol-code", entered="")
        await enrol(kiosk)
        assert [one["code"] for one in kiosk.model["languages"]] == ["en", "ar"], (
            "what it cannot speak it does not offer"
        )
        await kiosk.walk_to_confirm(language="ar")
        kiosk.act("confirm")
        ticket = await kiosk.shows("ticket", paper="taken")
        assert ticket["code"] == "B001"
        assert ticket["ahead"] == 0
        assert ticket["stops"] == [{"label": "Check your papers", "place": "Area B"}]
        (visit,) = centre.taken
        ident = uuid.UUID(visit.id).bytes
        assert ident[6] >> 4 == 7
        mark = hmac.digest(bytes.fromhex(TICKET_KEY), ident, hashlib.sha256)[:16]
        token = base64.urlsafe_b64encode(ident + mark).rstrip(b"=").decode()
        assert await kiosk.paper(1) == f"https://queue.demo.example/t/{token}"
        assert (visit.code, visit.language, visit.services) == ("B001", "ar", ("renewal-uto",))
        kiosk.act("done")
        await kiosk.shows("language", can_restart=False)
    assert centre.wrong == []
    modes = await asyncio.to_thread(
        lambda: {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "data").iterdir()}
    )
    assert modes == {0o600}


async def test_the_server_may_be_away_at_any_moment(tmp_path: Path) -> None:
    async with Centre() as centre, LossyProxy("127.0.0.1", centre.port, seed=1) as line:
        async with stand(tmp_path, line.url) as kiosk:
            await enrol(kiosk)
            line.away = True
            await kiosk.walk_to_confirm()
            kiosk.act("confirm")
            ticket = await kiosk.shows("ticket", paper="taken")
            assert (ticket["code"], ticket["ahead"]) == ("B001", -1)
            kiosk.act("done")
            await kiosk.shows("language")
        # It starts without its server, from what it kept, and goes on in its series.
        async with stand(tmp_path, line.url) as kiosk:
            await kiosk.shows("language", centre="Demo Centre", no_paper=False)
            await kiosk.walk_to_confirm()
            kiosk.act("confirm")
            assert (await kiosk.shows("ticket", paper="taken"))["code"] == "B002"
            assert centre.taken == []
            line.away = False
            await until(lambda: len(centre.taken) == 2)
            await kiosk.shows("ticket", ahead=1)
    assert [one.code for one in centre.taken] == ["B001", "B002"]
    assert centre.wrong == []


async def test_a_new_service_day_starts_the_series_again_by_the_servers_word(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await enrol(kiosk)
        for code in ("B001", "B001"):
            await kiosk.walk_to_confirm()
            kiosk.act("confirm")
            assert (await kiosk.shows("ticket", paper="taken"))["code"] == code
            kiosk.act("done")
            centre.day = date(2026, 11, 26)
            await centre.change_catalogue()
            await until(
                lambda: kiosk.on.centre.catalogue is not None and kiosk.on.centre.catalogue.version == centre.version
            )
            await kiosk.shows("language")
    assert centre.wrong == []


async def test_installed_anew_it_starts_above_what_was_seen(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        centre.highest[centre.day] = 41
        await enrol(kiosk)
        await kiosk.walk_to_confirm()
        kiosk.act("confirm")
        assert (await kiosk.shows("ticket"))["code"] == "B042"


async def test_no_paper_is_said_before(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await enrol(kiosk)
        await kiosk.printer.set(paper="out")
        await kiosk.shows("language", no_paper=True)
        await until(lambda: [one.kind for one in centre.waiting] == [HelpKind.PAPER])
        await kiosk.walk_to_confirm()
        assert kiosk.model["no_paper"]
        kiosk.act("confirm")
        assert (await kiosk.shows("ticket", paper="none"))["code"] == "B001"
        assert len(centre.helps) == 1, "staff are told once until it is repaired"
        shown = await kiosk.shows("ticket", can_print=False)
        assert shown["address"].startswith("https://") or "/t/" in shown["address"]
        await kiosk.printer.set(paper="ok")
        await kiosk.shows("ticket", can_print=True)
        assert kiosk.printer.tickets == [], "nothing is printed that nobody waits for"
        kiosk.act("print")
        await kiosk.shows("ticket", paper="taken", address="")
        assert await kiosk.paper(1) == shown["address"], "the paper says what the screen said"
        assert not await kiosk.on.box(Outbox.reprint), "it is the first paper: nothing is told of it"
        kiosk.act("done")
        await kiosk.shows("language", no_paper=False)
        await until(lambda: not centre.waiting)
        await kiosk.printer.set(paper="out")
        await until(lambda: len(centre.waiting) == 1)
        assert len(centre.helps) == 2, "paper that ends again is a new call"
    assert centre.reprint_requests == 0


async def test_paper_that_ends_in_mid_ticket_is_said(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await enrol(kiosk)
        await kiosk.walk_to_confirm()
        await kiosk.printer.set(rows_left=300)
        kiosk.act("confirm")
        assert (await kiosk.shows("ticket", paper="cut"))["code"] == "B001"
        assert len(centre.taken) == 1
    (ticket,) = await asyncio.to_thread(tickets_in, tmp_path)
    assert ticket.paper is PrintResult.UNKNOWN


async def test_a_ticket_printed_again_is_told_once_though_the_server_was_away_and_the_kiosk_restarted(
    tmp_path: Path,
) -> None:
    async with Centre() as centre, LossyProxy("127.0.0.1", centre.port, seed=1) as line:
        async with stand(tmp_path, line.url) as kiosk:
            await enrol(kiosk)
            line.away = True
            await kiosk.walk_to_confirm()
            await kiosk.printer.set(rows_left=300)
            kiosk.act("confirm")
            await kiosk.shows("ticket", paper="cut")
            await kiosk.printer.set(paper="ok")
            await kiosk.shows("ticket", can_print=True)
            kiosk.act("print")
            await kiosk.shows("ticket", paper="taken")
        assert (centre.taken, centre.reprint_requests) == ([], 0)
        async with stand(tmp_path, line.url) as kiosk:
            await kiosk.shows("language")
            line.away = False
            await until(lambda: centre.reprints)
            await kiosk.walk_to_confirm()
            kiosk.act("confirm")
            await kiosk.shows("ticket", paper="taken")
            await until(lambda: len(centre.taken) == 2)
    assert centre.reprints == [centre.taken[0].id]
    assert centre.wrong == []


async def test_whoever_asks_again_for_help_that_was_told_hears_that_it_was(tmp_path: Path) -> None:
    async with (
        Centre() as centre,
        LossyProxy("127.0.0.1", centre.port, seed=1) as line,
        stand(tmp_path, line.url) as kiosk,
    ):
        await enrol(kiosk)
        kiosk.act("help")
        await kiosk.shows("help", sent="told")
        kiosk.act("back")
        await kiosk.shows("language")
        # What is known needs nobody to say it again.
        line.away = True
        kiosk.act("help")
        await kiosk.shows("help", sent="told")
        assert len(centre.helps) == 1


async def test_help_is_told_and_comes(tmp_path: Path) -> None:
    async with (
        Centre() as centre,
        LossyProxy("127.0.0.1", centre.port, seed=1) as line,
        stand(tmp_path, line.url) as kiosk,
    ):
        await enrol(kiosk)
        kiosk.act("help")
        await kiosk.shows("help", sent="told", kiosk="Kiosk 3", private=False)
        kiosk.act("private")
        await kiosk.shows("help", sent="told", private=True)
        assert [one.kind for one in centre.helps.values()] == [HelpKind.HELP, HelpKind.PRIVATE]
        kiosk.act("help")
        await kiosk.shows("help", sent="told", private=True)
        assert len(centre.helps) == 2, "asked again it is the same call"
        await centre.take_help(list(centre.helps)[1])
        await kiosk.shows("help", sent="coming")
        kiosk.start_over()
        await kiosk.shows("language")
        # Who is on the way hears too that nobody is there.
        await until(lambda: all(one.ended_at for one in centre.helps.values()))
        line.away = True
        kiosk.act("help")
        await kiosk.shows("help", sent="away")
        line.away = False
        await kiosk.shows("help", sent="told")
        assert len(centre.waiting) == 1
        kiosk.act("no-help")
        await until(lambda: not centre.waiting)


async def test_a_kiosk_that_comes_back_calls_nobody_for_who_has_left(tmp_path: Path) -> None:
    async with (
        Centre() as centre,
        LossyProxy("127.0.0.1", centre.port, seed=1) as line,
        stand(tmp_path, line.url) as kiosk,
    ):
        await enrol(kiosk)
        await kiosk.shows("language")
        line.away = True
        kiosk.act("language", "ar")
        kiosk.act("help")
        await kiosk.shows("help", sent="away")
        kiosk.start_over()
        await kiosk.shows("language")
        line.away = False
        kiosk.act("help")
        await kiosk.shows("help", sent="told")
        # A request that was under way when the person left may arrive after all: it is ended then.
        await until(lambda: all(one.ended_at for one in centre.helps.values() if one.about is not HelpSubject.START))
        open_ = [one for one in centre.helps.values() if not one.ended_at]
        assert [(one.language, one.about) for one in open_] == [(None, HelpSubject.START)]


async def test_a_call_whose_answer_was_lost_ends_all_the_same(tmp_path: Path) -> None:
    # A line that has lost what the server said may look alive: it is not waited for long.
    quick = replace(SETTINGS, link=replace(SETTINGS.link, silence_s=1.0))
    async with (
        Centre() as centre,
        LossyProxy("127.0.0.1", centre.port, seed=1) as line,
        stand(tmp_path, line.url, settings=quick) as kiosk,
    ):
        await enrol(kiosk)
        await kiosk.shows("language")
        line.lose_answers = 1.0
        kiosk.act("help")
        await until(lambda: centre.waiting)
        line.away = True
        kiosk.start_over()
        await kiosk.shows("language")
        line.lose_answers, line.away = 0.0, False
        await until(lambda: not centre.waiting)
        # The request itself may lie about on the way, and come after its end.
        (late,) = centre.helps
        await centre.call_again(late)
        await until(lambda: not centre.waiting)


async def test_a_call_that_cannot_be_ended_holds_up_nobody_who_calls(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await enrol(kiosk)
        kiosk.act("help")
        await kiosk.shows("help", sent="told")
        centre.refuse["withdraw"] = Problem("about:blank", "unavailable", 503, "unavailable")
        kiosk.start_over()
        await kiosk.shows("language")
        kiosk.act("help")
        await kiosk.shows("help", sent="told")
        del centre.refuse["withdraw"]
        await until(lambda: len(centre.waiting) == 1)
        assert len(centre.helps) == 2


async def test_a_call_of_before_a_restart_ends_with_whoever_is_there(tmp_path: Path) -> None:
    async with Centre() as centre:
        async with stand(tmp_path, centre.url) as kiosk:
            await enrol(kiosk)
            await kiosk.printer.set(paper="out")
            await until(lambda: len(centre.waiting) == 1)
            kiosk.act("help")
            await kiosk.shows("help", sent="told")
        assert len(centre.waiting) == 2
        async with stand(tmp_path, centre.url) as kiosk:
            await kiosk.shows("language", no_paper=False)
            await until(lambda: [one.kind for one in centre.waiting] == [HelpKind.HELP])
            kiosk.act("language", "en")
            await kiosk.shows("identify")
            kiosk.start_over()
            await until(lambda: not centre.waiting)


async def test_an_emergency_gives_up_nobody_who_has_called(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await enrol(kiosk)
        kiosk.act("language", "en")
        kiosk.act("help")
        await kiosk.shows("help", sent="told")
        leave = NoticeView(
            NoticeId("n"), NoticeKind.EMERGENCY, NoticeText.LEAVE_BUILDING, NoticePlace.EVERYWHERE, datetime.now(UTC)
        )
        await centre.say(notices=(leave,))
        await kiosk.shows("emergency")
        await centre.say(notices=())
        await kiosk.shows("language")
        assert len(centre.waiting) == 1
        kiosk.act("language", "en")
        await kiosk.shows("identify")
        assert len(centre.waiting) == 1
        kiosk.start_over()
        await until(lambda: not centre.waiting)


async def test_out_of_order_nobody_is_called_for_what_is_in_hand(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await enrol(kiosk)
        await kiosk.shows("language", no_paper=False)
        await kiosk.printer.set(paper="out")
        await until(lambda: len(centre.waiting) == 1)
        kiosk.on.inbox.post(ModeChanged(out_of_order=True))
        await until(lambda: not centre.waiting)
        kiosk.on.inbox.post(ModeChanged(out_of_order=False))
        await until(lambda: len(centre.waiting) == 1)


async def test_what_was_called_for_before_a_restart_is_not_called_for_twice(tmp_path: Path) -> None:
    slow = replace(SETTINGS, link=replace(SETTINGS.link, fault_s=1.0))
    async with Centre() as centre:
        async with stand(tmp_path, centre.url, settings=slow) as kiosk:
            await enrol(kiosk)
            await kiosk.reader.command(["unplug"])
            await until(lambda: len(centre.waiting) == 1)
        async with stand(tmp_path, centre.url, settings=slow) as kiosk:
            await kiosk.shows("language")
            await kiosk.reader.command(["unplug"])
            await kiosk.printer.set(cover_open=True)
            await until(lambda: len(centre.waiting) == 2)
            assert {one.about for one in centre.waiting} == {HelpSubject.READER, HelpSubject.PRINTER}
            assert len(centre.helps) <= 3


async def test_a_call_whose_place_another_took_says_so_and_is_not_made_for_ever(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await enrol(kiosk)
        kiosk.act("help")
        await kiosk.shows("help", sent="told")
        (mine,) = centre.helps
        await centre.end_help(mine)
        await kiosk.shows("help", sent="away")
        kiosk.act("help")
        await kiosk.shows("help", sent="told")
        assert len(centre.helps) == 2


@pytest.mark.parametrize("part", ["reader", "printer"])
async def test_what_does_not_work_calls_staff_until_it_does(tmp_path: Path, part: str) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await enrol(kiosk)
        await kiosk.shows("language", no_paper=False)
        await (kiosk.printer.set(cover_open=True) if part == "printer" else kiosk.reader.command(["unplug"]))
        await until(lambda: [(one.kind, one.about) for one in centre.waiting] == [(HelpKind.FAULT, HelpSubject(part))])
        await (kiosk.printer.set(cover_open=False) if part == "printer" else kiosk.reader.command(["plug"]))
        await until(lambda: not centre.waiting)


async def test_a_document_chooses_the_government_and_leaves_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async with Centre() as centre:
        async with stand(tmp_path, centre.url) as kiosk:
            await enrol(kiosk)
            kiosk.act("language", "en")
            await kiosk.shows("identify", reader="ready")
            await kiosk.reader.show(SPECIMENS["td3"], "wrong-check")
            await kiosk.shows("identify", reader="again")
            await kiosk.reader.show(SPECIMENS["td3"])
            await kiosk.shows("kind", government="Utopia", told=True)
            kiosk.act("choose", "passports")
            await kiosk.shows("service")
            kiosk.act("choose", "renewal-uto")
            await kiosk.shows("confirm")
            kiosk.act("confirm")
            await kiosk.shows("ticket", paper="taken")
            kiosk.act("done")
            await kiosk.shows("language")
            frames = everything(kiosk.frames)
        written = await asyncio.to_thread(everything_in, tmp_path)
        out = await asyncio.to_thread(capfd.readouterr)
        for planted in ("ERIKSSON", "ANNA", "L898902C3", "740812"):
            assert planted not in frames
            assert planted.encode() not in written
            assert planted not in out.out + out.err
            assert planted.encode() not in b"".join(centre.bodies)


async def test_left_alone_it_asks_and_forgets(tmp_path: Path) -> None:
    hasty = replace(SETTINGS, journey=JourneySettings(idle_s=1, countdown_s=2))
    async with Centre() as centre, stand(tmp_path, centre.url, settings=hasty) as kiosk:
        await enrol(kiosk)
        kiosk.act("language", "ar")
        await kiosk.shows("identify")
        await kiosk.shows("idle")
        await kiosk.shows("language", can_restart=False)
        # What was shown for a second is looked up afterwards: whoever waits for it may be late.
        assert [frame.model["left"] for frame in kiosk.frames if frame.page == "idle"] == [2, 1]
        assert kiosk.frame.language == "en"


async def test_a_refused_ticket_is_kept_for_the_technician(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await enrol(kiosk)
        centre.refuse["visits"] = Problem("about:blank", "no", 409, "code-taken")
        await kiosk.walk_to_confirm()
        kiosk.act("confirm")
        await kiosk.shows("ticket", paper="taken", ahead=-1)
    (ticket,) = await asyncio.to_thread(tickets_in, tmp_path)
    assert (ticket.delivery, ticket.problem, ticket.code) == ("refused", "code-taken", "B001")


async def test_a_revoked_kiosk_gives_no_ticket_that_nobody_would_take(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await enrol(kiosk)
        await kiosk.walk_to_confirm()
        centre.refuse["services"] = Problem("about:blank", "no", 401, "token-revoked")
        await centre.change_catalogue()
        await kiosk.shows("unavailable", problem="kiosk-no-offer")
        del centre.refuse["services"]
        kiosk.act("continue")
        await kiosk.shows("language")


async def test_a_lost_outbox_is_made_anew_above_what_was_seen(tmp_path: Path) -> None:
    async with Centre() as centre:
        async with stand(tmp_path, centre.url) as kiosk:
            await enrol(kiosk)
            await kiosk.walk_to_confirm()
            kiosk.act("confirm")
            await kiosk.shows("ticket", paper="taken", ahead=0)
        for name in ("outbox.sqlite", "outbox.sqlite-wal", "outbox.sqlite-shm"):
            await asyncio.to_thread((tmp_path / "data" / name).unlink, missing_ok=True)
        async with stand(tmp_path, centre.url) as kiosk:
            await kiosk.walk_to_confirm()
            kiosk.act("confirm")
            assert (await kiosk.shows("ticket"))["code"] == "B002"
            await until(lambda: len(centre.taken) == 2)
    assert centre.wrong == []
