"""The pages of figures over HTTP: each number leads to as many visits as it says, by their tickets, without names."""

import csv
import io
import re
from html import unescape
from typing import Any

import pytest

from queue_server.accounts.model import Role
from queue_server.reports.follower import ReportFollower
from tests.queue_server.house import TICKET, Client, House

VISITS, ONE = "/centres/demo/visits", "/centres/demo/counters/1"
PATH = "/manager/figures"


class Reader:
    """A manager who reads pages as text."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def page(self, path: str, status: int = 200) -> str:
        headers = {"Cookie": self._client.headers["Cookie"], "Accept-Language": "en"}
        async with self._client.http.get(self._client.address + path, headers=headers, allow_redirects=False) as answer:
            text = await answer.text()
            assert answer.status == status, text
            return text

    async def rows(self, path: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(await self.page(path))))


async def done(client: Client, path: str, body: object = None) -> Any:
    answer = await client.post(path, body)
    assert answer.status in {200, 201}, answer
    return answer.body


@pytest.fixture
async def reader(here: House) -> Reader:
    return await a_day(here)


async def a_day(here: House) -> Reader:
    """Ten come: a counter serves twice, and one cancels."""
    kiosk, desk = await here.kiosk(), await here.manager()
    reception, _ = await here.staff(Role.RECEPTION, None)
    issued = [await done(kiosk, VISITS, TICKET) for _ in range(7)]
    issued += [await done(reception, VISITS, TICKET) for _ in range(3)]
    await done(desk, f"{ONE}/open")
    for _ in range(2):
        await done(desk, f"{ONE}/call-next")
        await done(desk, f"{ONE}/start")
        await done(desk, f"{ONE}/finish")
    await done(desk, f"{VISITS}/{issued[-1]['visit']['id']}/cancel", {})
    await here.server[ReportFollower].follow()
    client, _ = await here.staff(Role.MANAGER, None)
    return Reader(client)


def links(text: str) -> dict[str, str]:
    """Give every number that leads to visits, by where it leads."""
    found = re.findall(r'<a href="(/manager/figures/visits\?[^"]*)"[^>]*>(?:<b>)?([0-9]+)(?:</b>)?</a>', text)
    return {unescape(url): number for url, number in found}


async def test_each_number_leads_to_so_many_visits(reader: Reader) -> None:
    for query in ("", "?of=week", "?of=year", "?view=flow", "?of=month&view=flow", "?of=week&map=came"):
        found = links(await reader.page(f"{PATH}{query}"))
        # Of a map that shows waits the number is none of visits.
        counted = {url: number for url, number in found.items() if "weekday=" not in url and "printed=" not in url}
        assert counted, query
        for url, number in counted.items():
            shown = await reader.page(url)
            head = re.search(r"<h1[^>]*>([0-9]+) visits?</h1>", shown)
            assert head is not None, url
            assert head[1] == number, url
            rows = await reader.rows(url.replace("/visits?", "/visits.csv?"))
            assert len(rows) == int(number), url
            assert all(re.fullmatch(r"[A-Z][0-9]{3,4}", row["ticket"]) for row in rows)


async def test_papers_that_were_printed_again_lead_to_their_tickets(here: House, reader: Reader) -> None:
    kiosk, (desk, _) = await here.kiosk(), await here.staff(Role.RECEPTION, None)
    assert not [url for url in links(await reader.page(PATH)) if "printed=" in url]
    visits = [(await done(client, VISITS, TICKET))["visit"]["id"] for client in (kiosk, desk, desk)]
    for visit, papers in zip(visits, (2, 1, 3), strict=True):
        for _ in range(papers):
            await done(desk, f"{VISITS}/{visit}/papers")
    await here.server[ReportFollower].follow()
    for query in ("", "?of=week", "?of=year"):
        ((url, number),) = [one for one in links(await reader.page(f"{PATH}{query}")).items() if "printed=" in one[0]]
        rows = await reader.rows(url.replace("/visits?", "/visits.csv?"))
        assert sum(int(row["reprints"]) for row in rows) == int(number) == 4
        assert {row["visit"]: row["reprints"] for row in rows} == {visits[0]: "2", visits[2]: "2"}
        shown = await reader.page(url)
        assert "2 visits</h1>" in shown
        assert shown.count("printed again 2 times") == 2


async def test_what_happened_is_what_is_shown(reader: Reader) -> None:
    flow = await reader.rows(f"{PATH}/ways.csv?view=flow")
    ways = {(row["from"], row["to"]): int(row["visits"]) for row in flow}
    assert ways["kiosk", "reception"] == 7
    assert ways["reception", "left"] == 1
    # Whoever came to a step has gone on from it, or is there.
    kinds = {(row["from_kind"], row["from"], row["to_kind"], row["to"]): int(row["visits"]) for row in flow}
    for step in {start for kind, start, _, _ in kinds if kind == "step"}:
        came = sum(number for (*_, kind, end), number in kinds.items() if (kind, end) == ("step", step))
        went = sum(number for (kind, start, *_), number in kinds.items() if (kind, start) == ("step", step))
        assert came == went, step
    assert sum(number for (kind, *_), number in kinds.items() if kind == "source") == 10
    assert sum(number for (*_, kind, _), number in kinds.items() if kind == "end") == 10
    steps = await reader.rows(f"{PATH}/steps.csv")
    assert [sum(int(row[name]) for row in steps) for name in ("waits", "promised", "kept")] == [3, 3, 2]
    visits = await reader.rows(f"{PATH}/visits.csv?end=left")
    assert [row["outcome"] for row in visits] == ["cancelled"]


async def test_a_day_without_anybody_says_so(reader: Reader) -> None:
    text = await reader.page(f"{PATH}?day=2026-01-05")
    assert "Nobody has come" in text
    assert 'role="img"' not in text
    assert "There is none." in await reader.page(f"{PATH}/visits?day=2026-01-05")
    assert await reader.rows(f"{PATH}/visits.csv?day=2026-01-05") == []


async def test_no_such_table_is_not_found(reader: Reader) -> None:
    await reader.page(f"{PATH}/names.csv", status=404)


async def test_others_do_not_see_them(here: House) -> None:
    client, _ = await here.staff(Role.COUNTER, "1")
    other = Reader(client)
    for path in ("", "/page", "/visits", "/visits/page", "/visits.csv"):
        await other.page(f"{PATH}{path}", status=403)


async def test_the_other_database_counts_alike(two: tuple[House, House], reader: Reader) -> None:
    other = await a_day(two[0])
    for path in ("steps.csv", "ways.csv?view=flow", "ways.csv?of=year&view=flow"):
        assert await other.rows(f"{PATH}/{path}") == await reader.rows(f"{PATH}/{path}")
    for query in ("", "?of=week", "?of=year", "?view=flow"):
        found = links(await other.page(f"{PATH}{query}"))
        assert sorted(found.values()) == sorted(links(await reader.page(f"{PATH}{query}")).values())
        for url in found:
            await other.page(url)


async def test_a_column_for_what_is_not_known_yet_is_left_out(reader: Reader) -> None:
    """A centre that was open on one day has no usual day, and no year before."""
    day, year = await reader.page(PATH), await reader.page(f"{PATH}?of=year")
    assert 'id="curve-table"' in day
    assert ">Usual<" not in day
    assert ">Middle<" not in day
    assert 'id="bars-table"' in year
    assert "swatch-line" not in year
