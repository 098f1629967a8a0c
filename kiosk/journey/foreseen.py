"""How long somebody will wait, as a page says it. Pure."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from queue_server.contract.waits import WaitView


class ForeseenWait(msgspec.Struct, frozen=True):
    """``low`` to ``high`` minutes, and ``latest``, what the clock of the centre shows then at the latest.

    ``latest`` is empty beside a rough range.
    ``shut``: it is not reached before the centre closes; then there is no range.
    """

    low: int = 0
    high: int = 0
    latest: str = ""
    shut: bool = False


def foreseen(view: WaitView | None, clock: Callable[[datetime], str]) -> ForeseenWait | None:
    """Take what the server has foreseen; None where it says nothing."""
    if view is None:
        return None
    if view.not_before_closing:
        return ForeseenWait(shut=True)
    if view.low_min is None or view.high_min is None:
        return None
    return ForeseenWait(view.low_min, view.high_min, "" if view.latest is None else clock(view.latest))
