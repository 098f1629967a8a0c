"""A centre of its own for each test, on one server for all tests of a module.

A start of the server costs more than most tests do. A module whose tests need no server of their own says::

    pytestmark = pytest.mark.asyncio(loop_scope="module")

Its fixture ``here`` is then a house on the server of the module, whose ``centre`` is a copy of the demo centre that no
other test has used. Clients send to that copy what is meant for ``/centres/demo``. All else in the database is shared
with the other tests of the module: staff, audit, and figures of all centres. The fixture ``own_house`` is a server for
one test.
"""

from itertools import count

from sqlalchemy import ColumnElement, Connection, Table, func, insert, literal, select

from queue_server.catalogue.tables import PARTS, centres
from queue_server.catalogue.version_tables import catalogue_versions
from queue_server.domain.values import CentreId
from queue_server.information.tables import information_revisions
from tests.queue_server.house import DEMO, House

_NUMBERS = count(1)


async def fresh_centre(running: House) -> House:
    """Set up a copy of the demo centre, with its pages of information and a kiosk that ``kiosk`` gives."""
    centre = CentreId(f"demo-{next(_NUMBERS)}")
    await running.server.log.write(lambda connection: _copy_demo(connection, centre))
    fresh = House(running.server, running.address, running.http, centre)
    # Enrolling reads the set-up again. Most tests need a kiosk.
    fresh.spare_kiosk = await fresh.kiosk()
    return fresh


def _copy_demo(connection: Connection, centre: CentreId) -> None:
    """Copy the rows of the demo centre, which is much faster than to write a set-up."""
    _copy(connection, centres, centre)
    for table in (*reversed(PARTS), information_revisions):
        _copy(connection, table, centre)
    written = func.replace(catalogue_versions.c.text, f'id = "{DEMO}"', f'id = "{centre}"')
    _copy(connection, catalogue_versions, centre, text=written)


def _copy(connection: Connection, table: Table, centre: CentreId, **changed: ColumnElement[str]) -> None:
    named = table.c.id if table is centres else table.c.centre
    values = {named.name: literal(centre)} | changed
    rows = select(*(values.get(column.name, column) for column in table.columns)).where(named == DEMO)
    connection.execute(insert(table).from_select(list(table.columns), rows))
