"""The routes of collection."""

from queue_server.collection import permissions as may
from queue_server.collection.api import authorities, doors, proving
from queue_server.contract import collection as m
from queue_server.framework.routing import CENTRE, Route, get, post

_ITEM = "/custody/items/{item}"

ROUTES: tuple[Route, ...] = (
    post(
        "prove",
        "/collections",
        may.COLLECT,
        proving.prove,
        m.CollectionAnswer,
        "Prove at a kiosk that something is yours",
        m.ProveRequest,
    ),
    post(
        "open-door",
        "/collections/{collection}/open",
        may.COLLECT,
        doors.open_door,
        m.DoorAnswer,
        "Open the door behind which something of theirs lies",
        m.OpenDoorRequest,
    ),
    get(
        "collection-door",
        "/collections/{collection}/door",
        may.COLLECT,
        doors.door,
        m.DoorAnswer,
        "How the door is that was opened last for them",
    ),
    post(
        "leave-collection",
        "/collections/{collection}/leave",
        may.COLLECT,
        proving.leave,
        m.CollectionEndedAnswer,
        "Say that whoever collected has left the kiosk",
    ),
    Route(
        "record-authority",
        "POST",
        f"{CENTRE}/custody/authorities",
        may.AUTHORISE,
        authorities.record,
        m.AuthorityAnswer,
        "Record that somebody may collect for somebody else",
        m.RecordAuthorityRequest,
        status=201,
    ),
    post(
        "withdraw-authority",
        "/custody/authorities/{authority}/withdraw",
        may.AUTHORISE,
        authorities.withdraw,
        m.AuthorityAnswer,
        "Say that an authority holds no more",
    ),
    get(
        "item-authorities",
        f"{_ITEM}/authorities",
        may.AUTHORISE,
        authorities.of_item,
        m.AuthoritiesAnswer,
        "Who may collect an item beside whom it is for",
    ),
    post(
        "make-collection-code",
        f"{_ITEM}/code",
        may.AUTHORISE,
        authorities.make_code,
        m.CollectionCodeAnswer,
        "Make a one-time code for an item that is ready",
    ),
)
