"""At which centres somebody is a manager, in the database."""

from sqlalchemy import Connection, select

from queue_server.accounts import tables as t
from queue_server.accounts.model import Role
from queue_server.catalogue.tables import centres
from queue_server.domain.values import CentreId, StaffId


def managed(connection: Connection, ident: StaffId) -> dict[CentreId, bool]:
    """Read at which centres somebody manages, and whether each asks its managers for a second factor."""
    r = t.staff_roles.c
    held = select(r.centre, centres.c.manager_second_factor).join(centres, centres.c.id == r.centre)
    found = connection.execute(held.where(r.staff == ident, r.role == Role.MANAGER.value))
    return {row.centre: bool(row.manager_second_factor) for row in found}
