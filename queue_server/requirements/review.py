"""Lists have somebody who answers for them, and are looked through again and again. Pure."""

from datetime import date

from queue_server.contract.catalogue import ServicesAnswer
from queue_server.contract.requirements import ServiceChecklist


def stale(catalogue: ServicesAnswer, today: date, days: int) -> tuple[ServiceChecklist, ...]:
    """Give the lists that were looked through longer ago than ``days``, the oldest first."""
    old = (one for one in catalogue.checklists if (today - one.reviewed).days > days)
    return tuple(sorted(old, key=lambda one: one.reviewed))
