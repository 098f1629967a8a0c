"""Which life a database is in: a random id that changes when an older copy has taken the place of what was there.

Devices are told it; one that meets another than before tells again all that it still holds, under the same ids.
"""

from sqlalchemy import CheckConstraint, Column, Connection, Integer, Table, select, update

from queue_server.domain.values import new_id
from queue_server.tables import id_text, metadata

database_epoch = Table(
    "database_epoch",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("epoch", id_text(), nullable=False),
    CheckConstraint("one = 1", name="one"),
)


def read(connection: Connection) -> str:
    return str(connection.execute(select(database_epoch.c.epoch)).scalar_one())


def begin(connection: Connection) -> None:
    """Begin another life."""
    connection.execute(update(database_epoch).values(epoch=new_id()))
