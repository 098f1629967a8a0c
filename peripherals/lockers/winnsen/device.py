"""A bank of Winnsen's lock boards, each with up to 16 locks.

``winnsen+serial:///dev/serial/by-id/...?wiring=FILE``, or ``winnsen+tcp://HOST:PORT?wiring=FILE`` behind a converter.
They have inputs for doors alone. Their frames have no checksum: what is new is asked for again before it counts.
"""

from collections.abc import Iterable
from pathlib import Path

from peripherals.device import HealthAnswer, Timings
from peripherals.lockers.bank import BoardBank, Defaults, Levels
from peripherals.lockers.winnsen import frames
from peripherals.lockers.winnsen.frames import Frame, OpenAnswer, WinnsenFramer, WinnsenStatus
from peripherals.owner import Address


class WinnsenBank(BoardBank[Frame]):
    defaults = Defaults(
        port=4001, baud=9_600, boards=range(256), locks=frames.LOCKS, door_shut=0, first_lock=1, sees_items=False
    )
    has_checksum = False

    def __init__(self, url: str, address: Address, timings: Timings, file: Path) -> None:
        super().__init__(url, address, timings, file)
        self._framer = WinnsenFramer()

    async def _pulse(self, board: int, lock: int) -> HealthAnswer:
        def accept(found: Frame) -> OpenAnswer | None:
            ours = isinstance(found, OpenAnswer) and (found.station, found.lock) == (board, lock)
            return found if ours and isinstance(found, OpenAnswer) else None

        answer = await self._ask(frames.open_question(board, lock), accept)
        return HealthAnswer.YES if answer.opened else HealthAnswer.NO

    async def _levels(self, board: int) -> Levels:
        def accept(found: Frame) -> WinnsenStatus | None:
            return found if isinstance(found, WinnsenStatus) and found.station == board else None

        answer = await self._inquire(frames.status_question(board), accept)
        return Levels({at + 1: bool(answer.doors >> at & 1) for at in range(frames.LOCKS)}, {})

    def _frames(self, data: bytes) -> Iterable[Frame]:
        return self._framer.feed(data)

    def _clear(self) -> None:
        self._framer.reset()
