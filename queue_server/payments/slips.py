"""Numbers of slips that staff type: never a card's, and each of one party's alone."""

from typing import Final

from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.domain.masking import may_be_card
from queue_server.domain.values import SECOND, Micros, TerminalReference, VisitId
from queue_server.framework.request_context import RequestContext
from queue_server.payments import store
from queue_server.payments.errors import SlipCardError, SlipUsedError
from queue_server.payments.party_payments import chain, tickets
from queue_server.payments.rules import PaymentRules

_DAY: Final = 86_400 * SECOND


def checked(slip: str) -> TerminalReference:
    """Take what was typed as the number of a slip.

    Raises:
        SlipCardError: it may be a card's.
    """
    if may_be_card(slip):
        raise SlipCardError
    return TerminalReference(slip)


def check_unused(ask: RequestContext, connection: Connection, slip: str, visit: VisitId) -> None:
    """Make sure that a slip was not given for another visit, within the days that the settings say.

    Raises:
        SlipUsedError: it was, for the payment ``payment``.
    """
    state = centre_of(ask).writer.state
    party = {visit, *(ticket.id for one in chain(state, visit) for ticket in tickets(state, one))}
    since = Micros(ask.server.clock() - ask.server.settings[PaymentRules].slip_days * _DAY)
    for ident, theirs in store.with_slip(connection, centre_of(ask).id, slip, since):
        if theirs not in party:
            raise SlipUsedError(payment=ident)
