"""Whether the person at the counter is the one on their document: what staff said, for whoever serves them next.

It is said of one reading by whoever serves the visit, and is a row of theirs: their name and when stand in the vault as
long as the reading does. It decides nothing. Somebody who was unsure is no accusation, and the next one may say
otherwise: the last word counts. A document that is read anew is compared anew.
"""

import msgspec
from sqlalchemy import Connection

from queue_server.centre.errors import VisitUnknownError
from queue_server.centre.submit import centre_of
from queue_server.contract.documents import CompareRequest, ReadingsAnswer
from queue_server.domain.values import new_id
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.people.api.people import known_visit, new_row
from queue_server.people.api.readings import read_documents
from queue_server.people.vault_reading import Compared, VaultReading
from queue_server.vault.access import came_with
from queue_server.vault.errors import NotTheirVisitError, RowUnknownError
from queue_server.vault.faces import is_served_at
from queue_server.vault.model import PeopleRules, RowKind
from queue_server.vault.store import Vault


@refuses(VisitUnknownError, NotTheirVisitError, RowUnknownError)
async def compare(ask: RequestContext) -> ReadingsAnswer:
    """Keep what staff say of a person whom they serve, and give all that is known of the documents of the visit.

    Raises:
        VisitUnknownError: there is no such visit today.
        NotTheirVisitError: it is not served at this counter.
        RowUnknownError: no such document of the visit is known, or another one of the same person was read since.
    """
    wanted = ask.body(CompareRequest)
    await centre_of(ask).writer.catch_up()
    visit = known_visit(ask)
    if ask.principal.counter is None or not is_served_at(ask.principal.counter, visit):
        raise NotTheirVisitError
    visits = came_with(centre_of(ask).writer.state, visit)
    said = Compared(wanted.document, wanted.same)

    def write(connection: Connection) -> None:
        look = VaultReading(ask.server, centre_of(ask), ask.actor, connection)
        found = next((one for one in look.readings(visits) if one.row.id == wanted.document), None)
        if found is None or found.row.visit is None:
            raise RowUnknownError
        before = look.compared(visits).get(wanted.document)
        if before is not None and (before[0].actor, before[1].same) == (ask.actor, wanted.same):
            # Said once more: it is known.
            return
        days = ask.server.settings[PeopleRules].reading_days
        text = msgspec.json.encode(said).decode()
        ask.server[Vault].put(connection, new_row(ask, new_id(), RowKind.COMPARED, text, days, found.row.visit))

    await ask.server.log.write(write)
    return await read_documents(ask.server, centre_of(ask), visit, ask.actor)
