"""An application is where its items are: what happens to them moves it, in the same commit. Pure but for reading."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection

from queue_server.applications.model import Application, ApplicationMoved
from queue_server.applications.store import APPLICATIONS
from queue_server.custody import store
from queue_server.custody.model import Item
from queue_server.custody.values import ItemState
from queue_server.domain.values import Actor, ApplicationId, ApplicationState, CentreId, Micros
from queue_server.eventlog.aggregate import PendingAppend

_I, _A = ItemState, ApplicationState
#: How far an item has brought its application. What was given back, lost or destroyed brings it nowhere.
_BROUGHT: Final = {
    _I.KEPT: _A.RECEIVED,
    _I.SENT: _A.AT_AUTHORITY,
    _I.AT_AUTHORITY: _A.AT_AUTHORITY,
    _I.BACK: _A.RETURNED,
    _I.CALLED_BACK: _A.RETURNED,
    _I.READY: _A.READY,
    _I.WITH_CARRIER: _A.READY,
    _I.EXPIRED: _A.READY,
    _I.HANDED_OVER: _A.HANDED_OVER,
}
_ORDER: Final = (_A.RECEIVED, _A.AT_AUTHORITY, _A.RETURNED, _A.READY, _A.HANDED_OVER)


def where(items: Iterable[Item]) -> ApplicationState | None:
    """Tell where an application is by where its items are; None where they say nothing.

    The one that is least far on its way counts, of those that have left the centre: what stays in the file does not
    hold the others up. An application has come to its end when nothing of it is left here.
    """
    brought = [_BROUGHT[item.state] for item in items if item.state in _BROUGHT]
    left = [state for state in brought if state is not _A.RECEIVED]
    if not left:
        return _A.RECEIVED if brought else None
    least = min(left, key=_ORDER.index)
    return _A.READY if least is _A.HANDED_OVER and len(left) < len(brought) else least


def follow(application: Application, to: ApplicationState | None) -> tuple[ApplicationMoved, ...]:
    """Decide whether an application moves; one that has come to its end stays where it is."""
    ended = {_A.HANDED_OVER, _A.WITHDRAWN}
    if to is None or application.state is to or application.state in ended:
        return ()
    return (ApplicationMoved(application.id, application.state, to),)


def drafts(
    connection: Connection, centre: CentreId, changed: Sequence[Item], *, at: Micros, command: str, actor: Actor
) -> list[PendingAppend[Application]]:
    """Decide on the applications of items that are about to change, ``changed`` as they will be."""
    by_id = {item.id: item for item in changed}
    made = []
    for ident in sorted({item.application for item in changed if item.application is not None}):
        others = [one for one in store.of_applications(connection, centre, (ident,)) if one.id not in by_id]
        to = where([*others, *(one for one in changed if one.application == ident)])

        def decide(before: Application | None, to: ApplicationState | None = to) -> tuple[ApplicationMoved, ...]:
            return () if before is None else follow(before, to)

        made.append(APPLICATIONS.draft(connection, ApplicationId(ident), decide, at=at, command=command, actor=actor))
    return made
