"""How somebody is told as the API shows it: never the address."""

from sqlalchemy import Connection

from queue_server.contract import notices as m
from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.domain.values import StreamName, to_datetime
from queue_server.notices import contacts, store


def contact_answer(connection: Connection, item: Item) -> m.ContactAnswer:
    """Show how whoever an item is for is told, and of what they were."""
    known = contacts.find(connection, contacts.subject_of(item))
    view = (
        None
        if known is None
        else m.ContactView(known.language, known.has_email, known.has_telephone, to_datetime(known.at))
    )
    return m.ContactAnswer(
        view,
        tuple(
            m.NotificationView(one.id, one.kind, one.state, to_datetime(one.changed_at), one.channel, one.reason)
            for one in store.of_subject(connection, StreamName(ITEMS.stream(item.id)))
        ),
    )
