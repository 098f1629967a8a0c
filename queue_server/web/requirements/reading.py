"""Reads the checklist of a visit for a page."""

from queue_server.eventlog.port import EventLog
from queue_server.queue.state import Visit
from queue_server.requirements import store
from queue_server.requirements.party_checklist import PartyChecklist, party_checklist, tickets
from queue_server.web.view_context import StaffView


async def read_checklist(log: EventLog, look: StaffView, visit: Visit) -> PartyChecklist:
    idents = tuple(tickets(look.state, visit))
    found = await log.run(lambda connection: store.of_visits(connection, idents))
    return party_checklist(look.known.catalogue, look.settings.tariff, visit, found)
