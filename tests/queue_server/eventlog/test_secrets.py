"""What people typed is not in the text of a database's fault: logs would quote it."""

import traceback

import pytest
from sqlalchemy import Connection, text

from queue_server.database import Database

TYPED = "typed-by-a-person"


async def test_the_values_of_a_failed_statement_are_not_told(database: Database) -> None:
    def fail(connection: Connection) -> None:
        connection.execute(text("SELECT * FROM no_such_table WHERE a = :a"), {"a": TYPED})

    with pytest.raises(Exception, match=r"no_such_table|database") as failed:
        await database.run(fail)
    told = "".join(traceback.format_exception(failed.value))
    assert "no_such_table" in told
    assert TYPED not in told
