"""What is asked of the rows of a visit is found by the visit, not by reading all that its centre has."""

from typing import Any

from sqlalchemy import Connection, event

from queue_server.domain.values import HOUR, CentreId, Micros, VisitId
from queue_server.vault import faces, store
from queue_server.vault.model import RowKind
from tests.queue_server.vault.room import DEMO, FIRST, NOON, OTHER, SOMEBODY, Room

type _Asked = tuple[str, Any]


async def _asked(room: Room, *works: Any) -> list[str]:
    """Do work, and tell how SQLite finds the rows of people for each statement of it."""
    plans = list[str]()

    def work(connection: Connection) -> None:
        asked = list[_Asked]()

        def write_down(_c: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
            asked.append((statement, parameters))

        event.listen(connection, "before_cursor_execute", write_down)
        for one in works:
            one(connection)
        event.remove(connection, "before_cursor_execute", write_down)
        for statement, parameters in asked:
            if not statement.startswith("INSERT"):
                found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans.extend(line for *_, line in found if "people_rows" in line)

    await room.database.write(work)
    return plans


async def test_rows_of_a_visit_are_found_by_it(room: Room) -> None:
    """SQLite, which counts no rows, took the index of the centre: a ticket read every row of every ticket before it."""
    new = store.NewRow("row-1", RowKind.READING, DEMO, "text", NOON, SOMEBODY, Micros(NOON + HOUR), FIRST)
    drop = faces._delete_of
    plans = await _asked(
        room,
        lambda connection: room.vault.put(connection, new),
        lambda connection: store.rows_of(connection, FIRST, DEMO, RowKind.READING, NOON),
        lambda connection: drop(connection, DEMO, [FIRST, OTHER]),
        lambda connection: drop(connection, DEMO, [VisitId(f"visit-{number}") for number in range(9)]),
        lambda connection: room.vault.shred_visit(connection, FIRST, actor=SOMEBODY, now=NOON, centre=CentreId(DEMO)),
    )
    assert len([plan for plan in plans if "(visit=? AND centre=?" in plan]) >= 5
    assert [plan for plan in plans if "(centre=?" in plan or plan.startswith("SCAN")] == []
