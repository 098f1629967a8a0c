"""The whole kiosk, killed while its terminal ends the day: nothing is told twice, and what is lost is an alarm.

Real program, terminal and server, each a process of its own; the journal is held at one of its writes.
"""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.payment import reconciliation_journal
from kiosk.payment.dependencies import place_of
from kiosk.tickets.outbox import Outbox
from tests.faults.payments.books import at_the_kiosk
from tests.faults.payments.site import ENDLESS, FEE, Site, a_server, a_site, a_terminal, to_fee, until
from tests.faults.server_process import Installation


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    with a_server(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait: whatever they try is another process."""


def ask[T](site: Site, question: Callable[[Outbox], T]) -> T:
    with contextlib.closing(Outbox(site.file)) as box:
        return question(box)


def told(place: Installation, terminal: str) -> list[dict[str, Any]]:
    """Read the ends of day of a terminal from the server's log."""
    with contextlib.closing(sqlite3.connect(place.data / "queue.sqlite")) as db:
        rows = db.execute("SELECT payload FROM events WHERE type = 'terminal-reconciled' ORDER BY seq").fetchall()
    return [one for (payload,) in rows if (one := json.loads(payload))["terminal"] == terminal]


@dataclass(frozen=True)
class Moment:
    """``write``: what is held; ``seen``: the last step of the journal by then; ``counted``: what is told in the end."""

    write: str
    seen: str
    counted: int


MOMENTS = {
    # The terminal has closed its day; what it said of it is on no disk.
    "said": Moment("BEFORE INSERT ON reconciliation_row WHEN NEW.step = 'totals'", "asked", 0),
    # The server has it, and the kiosk does not know that it has.
    "told": Moment("BEFORE INSERT ON reconciliation_acknowledgement", "totals", FEE),
}


@pytest.mark.parametrize("kind", ["zvt", "nexo"])
@pytest.mark.parametrize("name", MOMENTS)
async def test_a_kiosk_that_is_killed_at_the_end_of_the_day_tells_of_one(
    tmp_path: Path, server: tuple[Installation, str], kind: str, name: str
) -> None:
    moment, (place, url) = MOMENTS[name], server
    books = tmp_path / ("books.jsonl" if kind == "zvt" else "terminal/journal.jsonl")
    async with a_terminal(kind, tmp_path) as terminal, a_site(tmp_path, place, url, terminal.url) as site:
        where = place_of(terminal.url)

        def last() -> reconciliation_journal.ReconciliationRecord | None:
            return ask(site, lambda box: reconciliation_journal.last(box, *where))

        def step() -> str:
            # Read beside the write that is held: an Outbox would wait for it.
            with contextlib.closing(sqlite3.connect(site.file)) as db:
                [found] = db.execute(
                    "SELECT step FROM reconciliation JOIN reconciliation_row USING (ident)"
                    " WHERE driver = ? AND place = ? ORDER BY reconciliation.seq DESC, number DESC LIMIT 1",
                    where,
                ).fetchone()
            return str(found)

        async with site.kiosk() as (controls, _):
            await to_fee(controls)
            await controls.ask(act=["pay", ""])
            await controls.shows("ticket")
            await until(lambda: site.steps()[-1] == "receipt-done")
        [payment] = at_the_kiosk(site.file)
        ask(site, lambda box: reconciliation_journal.meet(box, date(2026, 1, 1), *where))
        site.write(f"CREATE TRIGGER held {moment.write} BEGIN {ENDLESS}; END")
        async with site.kiosk() as (_, process):
            await until(lambda: step() == moment.seen)
            await until(lambda: told(place, where[1]) if name == "told" else closed_days(books) == 1)
            process.kill()
            await process.wait()
        await terminal.give_up()
        assert step() == moment.seen
        assert len(told(place, where[1])) == (name == "told")
        site.write("DROP TRIGGER held")
        async with site.kiosk():
            await until(lambda: ask(site, acknowledged))
        found = last()
        assert found is not None
        [one] = told(place, where[1])
        assert (one["reconciliation"], found.step) == (found.id, reconciliation_journal.ReconciliationStep.TOTALS)
        assert sum(each["amount"] for each in one["totals"]) == moment.counted
        named = [{"currency": "EUR", "terminal": 0, "journal": FEE, "payments": [payment]}]
        assert one["differences"] == ([] if moment.counted else named)
        log = (tmp_path / "log").read_text(encoding="utf-8")
        assert ("terminal-differs" in log) is (moment.counted == 0)
        assert closed_days(books) == (1 if name == "told" else 2)


def acknowledged(box: Outbox) -> bool:
    with box.transaction() as db:
        return db.execute("SELECT 1 FROM reconciliation_acknowledgement").fetchone() is not None


def closed_days(books: Path) -> int:
    text = books.read_text(encoding="utf-8")
    return text.count('"day-closed"') + text.count('"reconciled"')
