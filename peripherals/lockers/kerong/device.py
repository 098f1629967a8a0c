"""A bank of KERONG KR-CU16 boards, up to 10 of them with 16 locks each on one line.

``kerong+serial:///dev/serial/by-id/...?wiring=FILE``, or ``kerong+tcp://HOST:PORT?wiring=FILE`` behind a converter.
"""

from collections.abc import Iterable
from pathlib import Path

from peripherals.device import HealthAnswer, Timings
from peripherals.lockers.bank import BoardBank, Defaults, Levels
from peripherals.lockers.kerong import frames
from peripherals.lockers.kerong.frames import KerongFramer, KerongStatus
from peripherals.owner import Address


class KerongBank(BoardBank[KerongStatus]):
    defaults = Defaults(
        port=4001, baud=19_200, boards=range(frames.BOARDS), locks=frames.LOCKS, last_lock=frames.LOCKS - 1
    )

    def __init__(self, url: str, address: Address, timings: Timings, file: Path) -> None:
        super().__init__(url, address, timings, file)
        self._framer = KerongFramer()

    async def _pulse(self, board: int, lock: int) -> HealthAnswer:
        # Most firmware says nothing to it; what another says is listened to until it ends.
        await self._send(frames.question(frames.OPEN, board, lock))
        self._mistrust()
        return HealthAnswer.UNKNOWN

    async def _levels(self, board: int) -> Levels:
        asked = frames.question(frames.STATUS, board)
        answer = await self._inquire(asked, lambda found: found if found.board == board else None)
        return Levels(_bits(answer.latches), _bits(answer.items))

    def _frames(self, data: bytes) -> Iterable[KerongStatus]:
        return self._framer.feed(data)

    def _clear(self) -> None:
        self._framer.reset()


def _bits(word: int) -> dict[int, bool]:
    return {at + 1: bool(word >> at & 1) for at in range(frames.LOCKS)}
