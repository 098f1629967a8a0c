"""A bank of Winnsen's lock boards, each with up to 16 locks.

``winnsen+serial:///dev/serial/by-id/...?wiring=FILE``, or ``winnsen+tcp://HOST:PORT?wiring=FILE`` behind a converter.
They have inputs for doors alone. Their frames have no checksum: what is new is asked for again before it counts.
Some say all doors of a board at once, others one door at a time. Which they are ``status`` in the wiring says; where it
does not, both questions are tried after each connect.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from peripherals.device import HealthAnswer, Timings
from peripherals.errors import AnswerInvalidError, AnswerTimeoutError
from peripherals.lockers.bank import BoardBank, Defaults, Levels
from peripherals.lockers.winnsen import frames
from peripherals.lockers.winnsen.frames import DoorStatus, Frame, OpenAnswer, OpenResult, WinnsenFramer, WinnsenStatus
from peripherals.lockers.wiring import BoardWiring, StatusBy
from peripherals.owner import Address


class WinnsenBank(BoardBank[Frame]):
    defaults = Defaults(
        port=4001, baud=9_600, boards=range(256), locks=frames.LOCKS, door_shut=0, first_lock=1, sees_items=False
    )
    has_checksum = False

    def __init__(self, url: str, address: Address, timings: Timings, file: Path) -> None:
        super().__init__(url, address, timings, file)
        self._framer = WinnsenFramer()
        #: What the boards of this connection have answered.
        self._known: StatusBy | None = None

    @property
    def found(self) -> BoardWiring:
        return msgspec.structs.replace(self.settings, status=self.settings.status or self._known)

    async def _pulse(self, board: int, lock: int) -> HealthAnswer:
        def accept(found: Frame) -> OpenAnswer | None:
            ours = isinstance(found, OpenAnswer) and (found.station, found.lock) == (board, lock)
            return found if ours and isinstance(found, OpenAnswer) else None

        answer = await self._ask(frames.open_question(board, lock), accept)
        return HealthAnswer.YES if answer.result is OpenResult.OPENED else HealthAnswer.NO

    async def _levels(self, board: int) -> Levels:
        match self.settings.status or self._known:
            case "board":
                return await self._all_doors(board)
            case "lock":
                return await self._each_door(board)
        try:
            levels = await self._all_doors(board)
            self._known = "board"
        except (AnswerTimeoutError, AnswerInvalidError):
            levels = await self._each_door(board)
            self._known = "lock"
        return levels

    async def _all_doors(self, board: int) -> Levels:
        def accept(found: Frame) -> WinnsenStatus | None:
            return found if isinstance(found, WinnsenStatus) and found.station == board else None

        answer = await self._inquire(frames.status_question(board), accept)
        return Levels({at + 1: bool(answer.doors >> at & 1) for at in range(frames.LOCKS)}, {})

    async def _each_door(self, board: int) -> Levels:
        """Ask for the doors that are wired; a pulse goes between two of them."""
        doors: dict[int, bool] = {}
        for wired in self._wiring.on(board):
            await self._run_urgent()
            doors[wired.door] = await self._door(board, self.number(wired.door, "first_lock"))
        return Levels(doors, {})

    async def _door(self, board: int, lock: int) -> bool:
        def accept(found: Frame) -> DoorStatus | None:
            ours = isinstance(found, DoorStatus) and (found.station, found.lock) == (board, lock)
            return found if ours and isinstance(found, DoorStatus) else None

        return (await self._inquire(frames.door_question(board, lock), accept)).is_open

    def _frames(self, data: bytes) -> Iterable[Frame]:
        return self._framer.feed(data)

    def _clear(self) -> None:
        self._framer.reset()

    def _cut(self) -> None:
        super()._cut()
        self._known = None
