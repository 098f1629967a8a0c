"""Follow the centre's feed for a board: connect, hear, and come back with a growing pause when the line is cut."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from msgspec import UNSET

from queue_server.contract.backoff import Backoff
from queue_server.contract.client import ApiClient, ClientError
from signage.board import Board

_log = structlog.get_logger(__name__)


async def follow(
    client: ApiClient,
    centre: str,
    board: Board,
    changed: Callable[[], None],
    *,
    retry_seconds: float = 0.5,
    retry_max_seconds: float = 5.0,
) -> None:
    """Feed ``board`` for ever; ``changed`` is called whenever it heard something.

    A refusal is retried like a cut line: a board that was revoked by mistake comes back without a visit.
    """
    cursor: str | None = None
    backoff = Backoff(retry_seconds, retry_max_seconds)
    connected = False
    while True:
        try:
            async for frame in client.feed(centre, cursor):
                if not connected:
                    _log.info("feed-connected")
                connected, cursor = True, frame.cursor
                backoff.worked()
                board.heard(datetime.now(UTC), None if frame.board is UNSET else frame.board)
                changed()
        except ClientError as error:
            if connected:
                _log.warning("feed-lost", code=error.code)
            connected = False
        await asyncio.sleep(backoff.failed())
