"""What the vault holds of items: the number that is printed on one, and how a carrier names it."""

from queue_server.centre.submit import centre_of
from queue_server.custody.events import ItemReceived
from queue_server.custody.model import Item
from queue_server.custody.settings import CustodyRules
from queue_server.custody.values import TrackingId
from queue_server.domain.values import ApplicationId, NoteId, VisitId
from queue_server.framework.request_context import RequestContext
from queue_server.vault.model import RowKind, end_of, normalised
from queue_server.vault.store import NewRow


def document_row(ask: RequestContext, ident: NoteId, number: str, received: ItemReceived) -> NewRow:
    """Keep the number of a document that was handed in, for as long as it may be here."""
    return _row(ask, ident, RowKind.ITEM_NUMBER, normalised(number), received.visit, received.application)


def tracking_row(ask: RequestContext, ident: TrackingId, number: str, item: Item) -> NewRow:
    return _row(ask, ident, RowKind.TRACKING, number, None, item.application)


def _row(  # noqa: PLR0917 - a row
    ask: RequestContext, ident: str, kind: RowKind, text: str, visit: VisitId | None, application: ApplicationId | None
) -> NewRow:
    rule, now = centre_of(ask).rule, ask.server.clock()
    return NewRow(
        id=ident,
        kind=kind,
        centre=centre_of(ask).id,
        text=text,
        at=now,
        actor=ask.actor,
        ends_at=end_of(rule, rule.day_at(now), ask.server.settings[CustodyRules].number_days),
        visit=None if application is not None else visit,
        findable=kind is RowKind.ITEM_NUMBER,
        application=application,
    )
