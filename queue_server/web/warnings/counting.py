"""Alarms that look ahead, counted for all centres in one look."""

from collections.abc import Mapping

from msgspec.structs import replace

from queue_server.domain.values import CentreId
from queue_server.early_warnings import store
from queue_server.early_warnings.episodes import LINGER
from queue_server.early_warnings.model import WarningKind
from queue_server.framework.parts import AlarmCount
from queue_server.framework.server import Server


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    """Count those that last. What nobody serves is an alarm of the day itself, and counted there."""
    known, now = await server.log.run(store.all_episodes), server.clock()
    found: dict[CentreId, AlarmCount] = {}
    for centre, episodes in known.items():
        count = AlarmCount()
        for name, one in episodes.items():
            if now - one.seen_at >= LINGER or name.startswith(f"{WarningKind.UNSERVED}-"):
                continue
            if name.startswith(f"{WarningKind.SLOW_KIOSK}-"):
                count = replace(count, devices=count.devices + 1)
            else:
                count = replace(count, people=count.people + 1)
        found[centre] = count
    return found
