"""The routes of notices."""

from typing import Final

from queue_server.contract import notices as m
from queue_server.custody import permissions as custody
from queue_server.framework.routing import CENTRE, PIECE, Route, get, post
from queue_server.notices import api, telling
from queue_server.notices import permissions as may

ROUTES: Final[tuple[Route, ...]] = (
    get(
        "item-contact",
        "/custody/items/{item}/contact",
        custody.SEE_ITEMS,
        api.contact,
        m.ContactAnswer,
        "How whoever an item is for is told, and of what they were",
    ),
    post(
        "set-item-contact",
        "/custody/items/{item}/contact",
        custody.RECEIVE_ITEM,
        api.set_contact,
        m.ContactAnswer,
        "Say how whoever an item is for is told",
        m.ContactRequest,
    ),
    post(
        "send-item-notification",
        "/custody/items/{item}/contact/send",
        custody.HANDLE_ITEMS,
        telling.send_anew,
        m.ContactAnswer,
        "Send whoever waits for an item another message that it is ready",
    ),
    post(
        "note-item-notified",
        "/custody/items/{item}/contact/notified",
        custody.HANDLE_ITEMS,
        telling.note_told,
        m.ContactAnswer,
        "Note that staff told whoever waits for an item, by a call or face to face",
    ),
    Route(
        "recall-list",
        "GET",
        f"{CENTRE}/custody/recall",
        custody.SEE_ITEMS,
        api.recall_list,
        m.RecallListAnswer,
        "Items that are ready and nobody comes for, the longest first",
        parameters=PIECE,
    ),
    post(
        "retry-notifications",
        "/notifications/retry",
        may.SETTLE_NOTIFICATIONS,
        api.retry,
        m.UndeliverableAnswer,
        "Try again what could not be delivered",
    ),
    post(
        "settle-notifications",
        "/notifications/settle",
        may.SETTLE_NOTIFICATIONS,
        api.settle,
        m.UndeliverableAnswer,
        "Say that whoever could not be reached was told in another way",
    ),
)
