"""The ledger of a service day of a centre, out of its set-up and its streams."""

from datetime import date, timedelta

from sqlalchemy import Connection

from queue_server.catalogue.model import Stored, day_rule
from queue_server.domain.values import CentreId, Day
from queue_server.payments import store
from queue_server.payments.ledger import ledger


def day_ledger(connection: Connection, stored: Stored, day: date) -> str:
    """Write what moved on a service day as CSV (``ledger``)."""
    rule, wanted, setup = day_rule(stored.setup), Day(day.isoformat()), stored.setup
    since, until = rule.starts_at(wanted), rule.starts_at(Day((day + timedelta(days=1)).isoformat()))
    found = store.posted(connection, CentreId(setup.centre.id), since, until)
    governments = {service.id: service.government for service in setup.services}
    return ledger(found, wanted, governments)
