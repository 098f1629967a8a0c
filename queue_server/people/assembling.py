"""Puts together what is known of people: whom the server trusts about documents, and what is stored with a ticket."""

from peripherals.documents.trust.watch import Trusted
from queue_server.applications.visit_links import VisitLinks
from queue_server.centre.issuing import Issuing
from queue_server.conditions import Condition
from queue_server.contract.periodic import Periodic
from queue_server.contract.visits import IssueRequest
from queue_server.domain.values import VisitId
from queue_server.framework.request_context import RequestContext
from queue_server.framework.server import Server
from queue_server.people.api.readings import holder_rows, ticket_rows
from queue_server.people.trust_lists import DocumentRules, condition, make_trusted
from queue_server.writer import Rows


class Trust:
    """Keeps what is trusted as the folder has it; begins with the server, before anything of the database is known."""

    def __init__(self, trusted: Trusted, poll_s: float) -> None:
        self._trusted = trusted
        self.task = Periodic("trust", poll_s, trusted.check, at_once=True)
        self.task.start()

    def condition(self) -> Condition | None:
        return condition(self._trusted)


def assemble(server: Server) -> None:
    """Put it in."""
    rules = server.settings[DocumentRules]
    trusted = server.put(Trusted, make_trusted(rules, server.clock))
    server.put(Trust, Trust(trusted, rules.trust_poll_s))
    server[Issuing].rows.append(_with_ticket)
    server[VisitLinks].rows.append(holder_rows)


def _with_ticket(ask: RequestContext, visit: VisitId, wanted: IssueRequest) -> Rows | None:
    return ticket_rows(ask, visit, wanted.document, wanted.readings, wanted.faces)
