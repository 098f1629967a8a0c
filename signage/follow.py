"""Follow the centre's feed for a board: connect, hear, and come back with a growing pause when the line is cut."""

from collections.abc import Callable
from datetime import UTC, datetime

from msgspec import UNSET

from queue_server.contract.client import ApiClient, ClientError
from queue_server.contract.periodic import Periodic
from signage.board import Board


def following(
    client: ApiClient,
    centre: str,
    board: Board,
    changed: Callable[[], None],
    *,
    retry_seconds: float = 0.5,
    retry_max_seconds: float = 5.0,
) -> Periodic:
    """Make what feeds ``board`` for ever; ``changed`` is called whenever it heard something.

    A refusal is retried like a cut line: a board that was revoked by mistake comes back without a visit.
    """
    cursor: str | None = None

    async def hear() -> None:
        nonlocal cursor
        async for frame in client.feed(centre, cursor):
            cursor = frame.cursor
            line.worked()
            board.receive(datetime.now(UTC), None if frame.board is UNSET else frame.board)
            changed()

    line = Periodic(
        "feed",
        0,
        hear,
        at_once=True,
        retry_s=retry_seconds,
        max_retry_s=retry_max_seconds,
        expected=(ClientError,),
    )
    return line
