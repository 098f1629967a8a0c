"""A day on paper: read back by another program, and sent by itself each evening to those who asked for it."""

import asyncio
import io
import re
import sys
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pypdf import PdfReader
from sqlalchemy import Connection, select, update

from queue_server.accounts import tables as account_tables
from queue_server.accounts.model import Role, Session
from queue_server.centre.centres import Centres
from queue_server.domain.values import HOUR, Day
from queue_server.notices.tables import contacts, notifications
from queue_server.reports.follower import ReportFollower
from queue_server.vault.tables import people_rows
from queue_server.web.figures.day_reports import DayReports
from queue_server.web.figures.report_settings import DayReportRules
from tests.queue_server.custody.test_custody import handed_in
from tests.queue_server.house import DEMO, TICKET, Client, House
from tests.queue_server.notices.mail_server import MailServer, mail_server
from tests.queue_server.notices.told import ADDRESS, Calendar, centre, mail_settings
from tests.queue_server.payments.telling import paid

PATH = "/manager/figures"


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


class Manager:
    """Somebody who manages the demo centre, in a browser."""

    def __init__(self, here: House, client: Client, session: Session) -> None:
        self.here, self.client, self.session = here, client, session

    async def get(self, path: str, language: str = "en") -> aiohttp.ClientResponse:
        headers = {"Cookie": self.client.headers["Cookie"], "Accept-Language": language}
        answer = await self.here.http.get(self.here.address + path, headers=headers)
        await answer.read()
        return answer

    async def send(self, **fields: str) -> str:
        """Send the form; gives where it leads."""
        headers = {"Cookie": self.client.headers["Cookie"], "Origin": self.here.address}
        async with self.here.http.post(
            f"{self.here.address}{PATH}/report", data=fields, headers=headers, allow_redirects=False
        ) as answer:
            return f"{answer.status} {answer.headers.get('Location', '')}"

    async def ask(self, email: str) -> str:
        return await self.send(csrf=self.session.csrf, email=email)


async def manager_of(here: House) -> Manager:
    return Manager(here, *await here.staff(Role.MANAGER, None))


async def come(here: House, count: int) -> None:
    kiosk = await here.kiosk()
    for _ in range(count):
        assert (await kiosk.post("/centres/demo/visits", TICKET)).status == 201
    await here.server[ReportFollower].follow()


async def test_the_paper_of_a_day_is_read_by_another_program(here: House) -> None:
    manager = await manager_of(here)
    await come(here, 3)
    for language, visits, hours, category in (
        ("en", "visits", "Who came, hour by hour", "By category"),
        ("fr", "visites", "heure par heure", "Par catégorie"),
    ):
        answer = await manager.get(f"{PATH}/day.pdf", language)
        assert (answer.status, answer.content_type) == (200, "application/pdf")
        text = text_of(await answer.read())
        assert "Demonstration Centre" in text or language != "en"
        assert visits in text
        assert re.search(r"\b3\b", text)
        assert hours in text
        assert category in text
    arabic = PdfReader(io.BytesIO(await (await manager.get(f"{PATH}/day.pdf", "ar")).read()))
    letters = "".join(page.extract_text() for page in arabic.pages)
    assert sum("\u0600" <= one <= "\u06ff" or "\ufe70" <= one <= "\ufeff" for one in letters) > 100
    pages: list[Any] = list(arabic.pages)
    fonts = [one.get_object() for page in pages for one in page["/Resources"]["/Font"].values()]
    assert any("NotoSansArabic" in str(font["/BaseFont"]) for font in fonts)


async def test_other_rooms_add_tables_to_the_paper(here: House) -> None:
    manager, kiosk = await manager_of(here), await here.kiosk()
    await paid(kiosk)
    await handed_in(manager.client)
    for language, head, amount, documents in (
        ("en", "Payments", "EUR 82.50", "Documents entrusted to us"),
        ("fr", "Paiements", "EUR 82,50", "nous sont confiés"),
    ):
        text = text_of(await (await manager.get(f"{PATH}/day.pdf", language)).read())
        assert head in text
        assert documents in text
        assert amount in text.replace("\N{NO-BREAK SPACE}", " ")
    arabic = text_of(await (await manager.get(f"{PATH}/day.pdf", "ar")).read())
    assert "EUR 82.50" in arabic.replace("\N{NO-BREAK SPACE}", " ")


async def test_a_day_without_anybody_is_a_paper_too(here: House) -> None:
    answer = await (await manager_of(here)).get(f"{PATH}/day.pdf?day=2026-01-05")
    assert "Nobody has come" in text_of(await answer.read())


async def test_a_server_without_what_sets_a_paper_says_so_and_shows_all_the_rest(
    here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As Python says of a module that is not installed: the package consular-server-paper may be missing.
    monkeypatch.setitem(sys.modules, "typst", None)
    manager = await manager_of(here)
    for language, said in (
        ("en", "This server makes no PDF. A technician can add what makes it: the package consular-server-paper."),
        ("fr", "consular-server-paper"),
        ("ar", "consular-server-paper"),
    ):
        answer = await manager.get(PATH, language)
        assert answer.status == 200
        page = await answer.text()
        assert said in page
        assert "day.pdf" not in page
        assert "report-form" not in page
    assert (await manager.get(f"{PATH}/day.pdf")).status == 404


async def test_the_form_is_of_this_browser_and_takes_addresses_alone(here: House) -> None:
    manager = await manager_of(here)
    assert (await manager.send(csrf="x", email=ADDRESS)).startswith("403")
    for bad in ("", "nobody", "a@b@c", "a@localhost", "a\r\nBcc: b@example.org", "x" * 300 + "@example.org"):
        assert await manager.ask(bad) == f"303 {PATH}?done=no-address#report-head"
    assert await here.server.log.run(lambda c: c.execute(select(contacts.c.id)).all()) == []


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


async def evening(here: House, clock: Calendar, hour: int = 21, days: int = 0) -> None:
    """Set the clock ahead to an hour of the service day that is today, or of one after it."""
    rule = here.server[Centres][DEMO].rule
    day = rule.day_at(clock())
    starts = rule.starts_at(Day((date.fromisoformat(day) + timedelta(days=days)).isoformat()))
    clock.ahead += starts + (hour - 4) * HOUR - clock()


async def sent(here: House, mail: MailServer, count: int) -> None:
    """Wait until so many letters are there; what is queued is sent by the server itself."""
    await here.server[DayReports].send()
    while len(mail.letters) < count or await here.server.log.run(_waiting):  # noqa: ASYNC110 - what others do
        await asyncio.sleep(0.02)


def _rows(connection: Connection) -> str:
    return str([connection.execute(select(table)).all() for table in (contacts, notifications)])


def _waiting(connection: Connection) -> bool:
    return "waiting" in connection.execute(select(notifications.c.state)).scalars().all()


RULES = DayReportRules(hour=20, poll_s=3600)


async def test_whoever_asked_gets_each_day_once(data: Path, mail: MailServer) -> None:
    clock = Calendar()
    async with centre(data, mail_settings(mail.port), RULES, clock=clock) as here:
        await evening(here, clock, hour=12, days=1)
        manager, other = await manager_of(here), await manager_of(here)
        assert await manager.ask(ADDRESS) == f"303 {PATH}?done=asked#report-head"
        assert await other.ask("other@example.org") == f"303 {PATH}?done=asked#report-head"
        await come(here, 2)
        await sent(here, mail, 0)
        assert mail.letters == []
        await evening(here, clock)
        await sent(here, mail, 2)
        await sent(here, mail, 2)
        assert sorted(one.recipient for one in mail.letters) == sorted([ADDRESS, "other@example.org"])
        letter = next(one for one in mail.letters if one.recipient == ADDRESS)
        (paper,) = letter.mail.iter_attachments()
        day = here.server[Centres][DEMO].rule.day_at(clock())
        assert (paper.get_filename(), paper.get_content_type()) == (f"{day}.pdf", "application/pdf")
        text = text_of(paper.get_content())
        assert "visits" in text
        # Nobody is in it, and no address is anywhere but in the vault.
        assert ADDRESS not in text
        assert ADDRESS not in await here.server.log.run(_rows)
        # A day on which nobody came is none.
        await evening(here, clock, days=1)
        await sent(here, mail, 2)
        assert len(mail.letters) == 2


async def test_who_stopped_it_or_manages_no_more_gets_none(data: Path, mail: MailServer) -> None:
    clock = Calendar()
    async with centre(data, mail_settings(mail.port), RULES, clock=clock) as here:
        await evening(here, clock, hour=12, days=1)
        one, stops, gone = [await manager_of(here) for _ in range(3)]
        for manager, address in ((one, "one@example.org"), (stops, "stops@example.org"), (gone, "gone@example.org")):
            await manager.ask(address)
        assert (await stops.send(csrf=stops.session.csrf, stop="1")) == f"303 {PATH}?done=stopped#report-head"
        who = account_tables.staff.c.id == gone.session.staff
        closed = update(account_tables.staff).where(who).values(disabled_at=1)
        await here.server.log.write(lambda connection: connection.execute(closed))
        await come(here, 1)
        await evening(here, clock)
        await sent(here, mail, 1)
        assert [letter.recipient for letter in mail.letters] == ["one@example.org"]
        states = await here.server.log.run(lambda c: sorted(c.execute(select(notifications.c.state)).scalars()))
        assert states == ["dropped", "sent"]
        # What was given is shredded with the wish.
        kept = await here.server.log.run(
            lambda c: len(c.execute(select(people_rows.c.id).where(people_rows.c.kind == "contact")).all())
        )
        assert kept == 2
