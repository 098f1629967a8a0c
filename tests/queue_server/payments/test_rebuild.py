"""Tables of payments, ends of day and applications: ``verify`` names a row that is not right, ``rebuild`` mends it."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from blockbuster import BlockBuster
from sqlalchemy import Connection, Table, delete, event, select, update
from typer.testing import CliRunner

from queue_server.accounts.model import Role
from queue_server.applications.tables import applications
from queue_server.cli import app
from queue_server.database import open_database, parse_url
from queue_server.domain.values import Micros
from queue_server.eventlog.tables import projections
from queue_server.framework.paging import PageRequest
from queue_server.payments import reconciliation_store, store
from queue_server.payments.tables import payment_bookings, payment_marks, payments, reconciliations
from tests.queue_server.house import House, house
from tests.queue_server.payments.telling import GOOD, issued, report, request_refund, tell
from tests.queue_server.payments.test_closings import close, reconciliation

TABLES = (payments, payment_marks, payment_bookings, reconciliations, applications)


def content(connection: Connection) -> dict[str, Sequence[Any]]:
    return {one.name: connection.execute(select(one).order_by(*one.primary_key)).all() for one in TABLES}


async def run(data: Path, *arguments: str, status: int = 0) -> str:
    ran = await asyncio.to_thread(CliRunner().invoke, app, [*arguments, "--data", str(data)])
    assert ran.exit_code == status, ran.output
    assert ran.stdout, ran.output
    return ran.stdout


async def a_morning(here: House) -> None:
    """Have some people pay, be refunded, apply, and a terminal end its day."""
    kiosk, (cashier, _), (counter, _) = (
        await here.kiosk(),
        await here.staff(Role.CASHIER, None),
        await here.staff(Role.MANAGER, None),
    )
    for states in (GOOD, GOOD[:4], (*GOOD[:3], "declined")):
        told = report(await issued(kiosk), *states)
        await tell(kiosk, told)
        path = f"/centres/demo/visits/{told['visit']}/applications"
        opened = await counter.post(path, {"service": "uto-passport-renewal"})
        assert opened.status in (200, 201), opened
    await request_refund(cashier, told["id"], 100)
    await close(kiosk, reconciliation(("EUR", 1)))


async def test_what_was_live_is_built_anew_and_a_row_that_differs_is_named(
    data: Path, blockbuster: BlockBuster
) -> None:
    blockbuster.deactivate()
    async with house(data) as here:
        await a_morning(here)
    async with open_database(parse_url(None, data)) as database:
        live = await database.run(content)
        assert [len(live[one.name]) for one in (payments, reconciliations, applications)] == [3, 1, 3]

        async def harmed(table: Table, key: str) -> tuple[str, str, str]:
            said = json.loads(await run(data, "verify", "--json", status=1))
            assert (said["ok"], said["bad"], said["rows"]) == (False, None, 1)
            in_words = await run(data, "verify", status=1)
            assert in_words.startswith(f"bad: {table.name} row {key}: ")
            return said["row"]["table"], said["row"]["key"], said["row"]["code"]

        for table in TABLES:
            key = [getattr(live[table.name][0], column.name) for column in table.primary_key]
            row = [column == value for column, value in zip(table.primary_key, key, strict=True)]
            name = "/".join(map(str, key))
            await database.write(lambda one, table=table, row=row: one.execute(delete(table).where(*row)))  # type: ignore[misc]
            assert await harmed(table, name) == (table.name, name, "row-missing")
            assert "1 rows mended" in await run(data, "rebuild")
            assert await database.run(content) == live
            await database.write(
                lambda one, table=table, row=row: one.execute(update(table).where(*row).values(centre="elsewhere"))  # type: ignore[misc]
            )
            assert await harmed(table, name) == (table.name, name, "row-altered")
            assert sum(json.loads(await run(data, "rebuild", "--json")).values()) == 1
            assert json.loads(await run(data, "verify", "--json"))["ok"]
            assert await database.run(content) == live

        for table in TABLES:
            await database.write(lambda one, table=table: one.execute(delete(table)))  # type: ignore[misc]
        await run(data, "rebuild")
        assert await database.run(content) == live


async def test_a_server_does_not_serve_from_tables_of_another_release(data: Path, blockbuster: BlockBuster) -> None:
    blockbuster.deactivate()
    async with house(data) as here:
        await a_morning(here)
    async with open_database(parse_url(None, data)) as database:
        live = await database.run(content)
        await database.write(lambda one: one.execute(update(projections).values(version=0)))
        await database.write(lambda one: one.execute(update(payments).values(folded=b"{}")))
        async with house(data) as here, here.http.get(f"{here.address.removesuffix('/api/v1')}/readyz") as ready:
            assert ready.status == 503
            assert [one["code"] for one in (await ready.json())["reasons"]] == ["projections-older"]
        assert await run(data, "migrate") == "migrated\n"
        assert await database.run(content) == live
    async with house(data) as here, here.http.get(f"{here.address.removesuffix('/api/v1')}/readyz") as ready:
        assert ready.status == 200


@pytest.mark.parametrize("listed", ["waiting", "asking", "of_visit", "listed", "reconciliations"])
async def test_a_list_is_one_statement_however_long_it_is(here: House, listed: str) -> None:
    kiosk = await here.kiosk()
    visit = await issued(kiosk)
    for _ in range(4):
        await tell(kiosk, report(visit, *GOOD[:3], driver="manual", attended=True))
    for hour in (17, 18):
        await close(kiosk, reconciliation(("EUR", 1), moment=f"2026-11-25T{hour}:00:00Z"))
    centre, now, asked = here.centre, here.server.clock(), list[str]()

    def read(connection: Connection) -> int:
        def asks(*arguments: Any) -> None:
            asked.append(arguments[2])

        event.listen(connection, "before_cursor_execute", asks)
        try:
            match listed:
                case "waiting":
                    return len(store.waiting(connection, centre, Micros(now + 1), 500))
                case "asking":
                    return len(store.asking(connection, centre))
                case "of_visit":
                    return len(store.of_visit(connection, centre, visit))  # type: ignore[arg-type]
                case "listed":
                    return len(store.listed(connection, centre, PageRequest(10, None))[0])
                case _:
                    return len(reconciliation_store.listed(connection, centre, PageRequest(10, None), alarms=False)[0])
        finally:
            event.remove(connection, "before_cursor_execute", asks)

    assert await here.server.log.run(read) == (2 if listed == "reconciliations" else 4)
    assert len(asked) == 1
