"""Somebody fills in a form at a whole kiosk with a reader and a real server, and nothing of it stays there."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from structlog.testing import capture_logs

from kiosk.kit import fonts
from peripherals.documents.specimens import SPECIMENS
from queue_server.accounts.model import Role
from tests.faults.lossy_proxy import LossyProxy
from tests.kiosk.app.centre import until
from tests.kiosk.app.stand import SETTINGS, Stand, everything, stand
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import House, house

SERVICE = "uto-emergency-travel"
#: What is chosen on the way to it, and how other pages are passed.
WAY = ("UTO", "help", SERVICE)
ON = {"more": "go-on", "bring": "go-on", "documents": "leave", "confirm": "confirm", "fee": "pay-later"}
PIN = "739104"
#: Typed, and found nowhere afterwards.
TOWN = "Qqzenithville"


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


@pytest.fixture
async def here(data: Path) -> AsyncIterator[House]:  # noqa: F811 - a fixture
    async with house(data) as running:
        yield running


@asynccontextmanager
async def kiosk_at(server: House, folder: Path, address: str = "") -> AsyncIterator[Stand]:
    """Run a kiosk that is enrolled at this server, as a technician does it."""
    code = await server.enrol_code("kiosk")
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    async with stand(folder, address or server.address, settings=SETTINGS) as kiosk:
        await kiosk.shows("setup")
        for digit in code:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("language", scanner=True)
        yield kiosk


async def take_ticket(kiosk: Stand, language: str = "en") -> dict[str, Any]:
    """Choose the service that has a form, and take its ticket."""
    kiosk.act("language", language)
    await kiosk.shows("identify")
    kiosk.act("no-document")
    seen = ""
    async with asyncio.timeout(60):
        while kiosk.frame.page != "ticket":
            page, model = kiosk.frame.page, kiosk.model
            if (mark := page + str(sorted(map(str, model.items())))) != seen:
                seen = mark
                found = next((one["id"] for one in model.get("choices", ()) if one["id"] in WAY), None)
                if found is not None:
                    kiosk.act("choose", found)
                elif model.get("more"):
                    kiosk.act("more")
                elif page in ON:
                    kiosk.act(ON[page])
            await asyncio.sleep(0.02)
    return await kiosk.shows("ticket", paper="taken", form=True)


def typed(kiosk: Stand, name: str, signs: Iterable[str]) -> None:
    for sign in signs:
        kiosk.act(name, sign)


async def answer(kiosk: Stand, nth: int, *acts: tuple[str, str]) -> None:
    """Answer a question once it is asked."""
    await kiosk.shows("field", nth=nth)
    for name, argument in acts:
        if name == "type":
            typed(kiosk, "key", argument)
        else:
            kiosk.act(name, argument)


async def fill(kiosk: Stand, *, read: bool) -> None:
    """Fill in the form from its purposes to all answers; ``read``: names and birth come from a document."""
    await kiosk.shows("consent", nth=1, required=True)
    kiosk.act("agree")
    await kiosk.shows("consent", nth=2, required=False)
    kiosk.act("refuse")
    asked = await kiosk.shows("prefill", reader="")
    assert len(asked["questions"]) == 3
    if read:
        kiosk.act("agree")
        await kiosk.shows("prefill", reader="ready")
        await kiosk.reader.show(SPECIMENS["td3"])
        shown = await kiosk.shows("field", nth=1)
        assert shown["entered"] == "ERIKSSON"
        await answer(kiosk, 1, ("submit", ""))
        await answer(kiosk, 2, ("submit", ""))
        await answer(kiosk, 3, ("submit", ""), ("choose", "8"), ("choose", "12"))
    else:
        kiosk.act("refuse")
        await answer(kiosk, 1, ("type", "Doe"), ("submit", ""))
        await answer(kiosk, 2, ("type", "Jo"), ("submit", ""))
        await answer(kiosk, 3, ("type", "1974"), ("submit", ""), ("choose", "8"), ("choose", "12"))
    await answer(kiosk, 4, ("type", TOWN), ("submit", ""))
    await answer(kiosk, 5, ("choose", "stolen"))
    await answer(kiosk, 6, ("skip", ""))
    await answer(kiosk, 7, ("type", "سفر"), ("submit", ""))
    await answer(kiosk, 8, ("type", "2090"), ("submit", ""), ("choose", "1"), ("choose", "31"))
    await answer(kiosk, 9, ("choose", "yes"))
    await answer(kiosk, 10, ("skip", ""))
    await answer(kiosk, 11, ("skip", ""))
    shown = await kiosk.shows("answers", ready=True)
    assert len(shown["rows"]) == 11


async def keep(kiosk: Stand) -> str:
    """Choose a PIN and save; gives the code."""
    kiosk.act("go-on")
    await kiosk.shows("keep")
    kiosk.act("keep")
    await kiosk.shows("newpin", again=False)
    typed(kiosk, "digit", PIN)
    kiosk.act("submit")
    await kiosk.shows("newpin", again=True)
    typed(kiosk, "digit", PIN)
    kiosk.act("submit")
    shown = await kiosk.shows("formdone", paper="taken")
    return str(shown["code"])


async def forms_of(server: House, visit: str) -> list[dict[str, Any]]:
    """Read what staff see of the forms of a visit."""
    desk, _ = await server.staff(Role.RECEPTION, None)
    listed = (await desk.get(f"/centres/demo/visits/{visit}/forms")).body["forms"]
    return [(await desk.get(f"/centres/demo/visits/{visit}/forms/{one['id']}")).body for one in listed]


async def visit_of(server: House, code: str) -> str:
    visits = (await (await server.manager()).get("/centres/demo/queue")).body["queue"]["visits"]
    return next(str(one["id"]) for one in visits if one["code"] == code)


def told_away(kiosk: Stand) -> int:
    """Count how often the page said that the server is away."""
    return sum(frame.model.get("found") == "away" for frame in kiosk.frames)


def kept(folder: Path) -> bytes:
    """Read everything that the kiosk has on its disk."""
    return b"".join(one.read_bytes() for one in (folder / "data").rglob("*") if one.is_file())


async def test_a_form_is_filled_in_saved_and_opened_again_and_nothing_stays(here: House, tmp_path: Path) -> None:
    with capture_logs() as logs:
        async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
            ticket = await take_ticket(kiosk)
            kiosk.act("form")
            listed = await kiosk.shows("formlist")
            kiosk.act("choose", listed["forms"][0]["id"])
            await fill(kiosk, read=True)
            code = await keep(kiosk)
            assert len(kiosk.printer.tickets) == 2, "the ticket, and the code of the form"
            (form,) = await forms_of(here, await visit_of(here, ticket["code"]))
            assert form["answers"] == {
                "surname": "ERIKSSON",
                "given-names": "ANNA MARIA",
                "birth-date": "1974-08-12",
                "birth-place": TOWN,
                "lost": "stolen",
                "destination": "سفر",
                "leaves-on": "2090-01-31",
                "alone": True,
            }
            assert form["consents"] == ["travel"]
            kiosk.act("done")
            await kiosk.shows("language")
            # Another day, another person for all that the kiosk knows.
            kiosk.act("language", "ar")
            await kiosk.shows("identify")
            kiosk.act("code")
            await kiosk.shows("code", forms=True)
            kiosk.act("form")
            for pin, page in (("739105", "formstate"), (PIN, "answers")):
                await kiosk.shows("formcode", entered="")
                typed(kiosk, "sign", code.replace(" ", ""))
                kiosk.act("submit")
                await kiosk.shows("formpin")
                typed(kiosk, "digit", pin)
                kiosk.act("submit")
                shown = await kiosk.shows(page, **({"found": "not-opened"} if page == "formstate" else {}))
                if page == "formstate":
                    kiosk.act("again")
            assert [one["answer"] for one in shown["rows"]][3] == TOWN
            kiosk.act("change", "birth-place")
            await kiosk.shows("field", changing=True, entered=TOWN)
            kiosk.act("erase")
            kiosk.act("submit")
            await kiosk.shows("answers")
            kiosk.act("go-on")
            await kiosk.shows("formdone", paper="taken", code=code)
            (form,) = await forms_of(here, await visit_of(here, ticket["code"]))
            assert form["answers"]["birth-place"] == TOWN[:-1]
            kiosk.act("done")
            await kiosk.shows("language")
            assert PIN not in everything(kiosk.frames), "a PIN is never on the screen"
            disk = await asyncio.to_thread(kept, tmp_path / "kiosk")
    for secret in (TOWN, TOWN[:-1], PIN, "ERIKSSON", code, code.replace(" ", "")):
        assert secret.encode() not in disk, "nothing of a form is on the disk of the kiosk"
        assert secret not in repr(logs)


async def test_while_the_server_is_away_answers_wait_and_are_saved_once(here: House, tmp_path: Path) -> None:
    server = urlsplit(here.address)
    async with (
        LossyProxy(server.hostname or "", server.port or 0, seed=1) as line,
        kiosk_at(here, tmp_path / "kiosk", line.url) as kiosk,
    ):
        ticket = await take_ticket(kiosk)
        visit = await visit_of(here, ticket["code"])
        kiosk.act("form")
        listed = await kiosk.shows("formlist", away=False)
        kiosk.act("choose", listed["forms"][0]["id"])
        await fill(kiosk, read=False)
        kiosk.act("go-on")
        await kiosk.shows("keep")
        line.away = True
        kiosk.act("go-on")
        shown = await kiosk.shows("formstate", found="away")
        assert (shown["saving"], shown["ticket"]) == (True, True)
        kiosk.act("again")
        await until(lambda: told_away(kiosk) == 2)
        line.away = False
        async with asyncio.timeout(60):
            while kiosk.frame.page != "formdone":
                if kiosk.model.get("found") == "away":
                    kiosk.act("again")
                await asyncio.sleep(0.05)
        shown = await kiosk.shows("formdone", code="", paper="")
        assert shown["number"] == ticket["code"]
        (form,) = await forms_of(here, visit)
        assert form["answers"]["birth-place"] == TOWN
        disk = await asyncio.to_thread(kept, tmp_path / "kiosk")
        assert TOWN.encode() not in disk


async def test_an_emergency_takes_the_answers_and_leaves_the_ticket(here: House, tmp_path: Path) -> None:
    async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
        ticket = await take_ticket(kiosk)
        kiosk.act("form")
        listed = await kiosk.shows("formlist")
        kiosk.act("choose", listed["forms"][0]["id"])
        await kiosk.shows("consent", nth=1)
        kiosk.act("agree")
        await kiosk.shows("consent", nth=2)
        kiosk.act("refuse")
        await kiosk.shows("prefill")
        kiosk.act("refuse")
        await answer(kiosk, 1, ("type", TOWN))
        await kiosk.shows("field", entered=TOWN)
        manager = await here.manager()
        notice = {"kind": "emergency", "text": "leave-building", "where": "everywhere"}
        given = await manager.post("/centres/demo/notices", notice)
        assert given.status in {200, 201}, given
        await kiosk.shows("emergency", code=ticket["code"])
        ident = given.body["notice"]["id"]
        ended = await manager.post(f"/centres/demo/notices/{ident}/end", {})
        assert ended.status == 200, ended
        await kiosk.shows("ticket", form=True, code=ticket["code"])
        kiosk.act("form")
        listed = await kiosk.shows("formlist")
        kiosk.act("choose", listed["forms"][0]["id"])
        await kiosk.shows("consent", nth=1)
        kiosk.act("agree")
        await kiosk.shows("consent", nth=2)
        kiosk.act("refuse")
        await kiosk.shows("prefill")
        kiosk.act("refuse")
        await kiosk.shows("field", nth=1, entered="")
