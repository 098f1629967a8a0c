"""The chime is played by a real command, one after the other, and no fault of it stops a board."""

import asyncio
import shlex
import sys
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
import structlog

from signage.settings import SignageSettings, SoundSettings
from signage.sound import Sound

#: Notes when it began and when it was done, and what it was given.
PLAYER = """
import sys, time
log, seconds, status = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
with open(log, "a") as out:
    print("begin", sys.argv[4], file=out, flush=True)
    time.sleep(seconds)
    print("end", sys.argv[4], file=out, flush=True)
sys.exit(status)
"""


class Room:
    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        self.log = tmp_path / "played"
        self.program = tmp_path / "player.py"
        self.program.write_text(PLAYER)
        self.told: list[str] = []

    def player(self, seconds: float = 0.0, status: int = 0) -> str:
        return shlex.join([sys.executable, str(self.program), str(self.log), str(seconds), str(status)])

    @asynccontextmanager
    async def sound(self, player: str, play_s: float = 10.0) -> AsyncIterator[Sound]:
        sound = Sound(SignageSettings(sound=SoundSettings(player=player, play_s=play_s)), self.folder)
        sound.changed = lambda: self.told.append(sound.part.state if sound.part else "")
        task = asyncio.create_task(sound.run())
        try:
            yield sound
            assert not task.done()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def frames(self) -> int:
        """Count the frames of the file that the player was given."""
        with wave.open(self.log.read_text().split()[1]) as file:
            return int(file.getnframes())

    def has_played(self, count: int) -> bool:
        return self.played().count("end") == count

    def played(self) -> list[str]:
        return [line.split()[0] for line in self.log.read_text().splitlines()] if self.log.exists() else []


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110 - it lies in another process
            await asyncio.sleep(0.01)


async def test_each_chime_ends_before_the_next_begins(room: Room) -> None:
    async with room.sound(room.player(0.1)) as sound:
        for _ in range(3):
            sound.play()
        await until(lambda: room.played().count("end") == 3)
    assert await asyncio.to_thread(room.played) == ["begin", "end"] * 3
    assert room.told == ["online"]


async def test_the_player_gets_a_sound_file(room: Room) -> None:
    async with room.sound(room.player()) as sound:
        sound.play()
        await until(lambda: room.played() == ["begin", "end"])
    assert await asyncio.to_thread(room.frames) > 0


async def test_chimes_that_would_come_too_late_are_left_out(room: Room) -> None:
    async with room.sound(room.player(0.05)) as sound:
        for _ in range(50):
            sound.play()
        await until(lambda: room.played().count("end") == 3)
        await until(lambda: room.told == ["online"])
    assert (await asyncio.to_thread(room.played)).count("begin") <= 4


async def test_a_player_that_fails_is_told_once_and_again_when_it_is_back(room: Room) -> None:
    with structlog.testing.capture_logs() as logs:
        async with room.sound(room.player(status=1)) as sound:
            for count in (1, 2, 3):
                sound.play()
                await until(partial(room.has_played, count))
            await until(lambda: bool(room.told))
            assert sound.part is not None
            assert (sound.part.state, sound.part.code) == ("hardwareError", "sound-failed")
            await asyncio.to_thread(room.program.write_text, PLAYER.replace("sys.exit(status)", ""))
            sound.play()
            await until(lambda: len(room.told) == 2)
    assert room.told == ["hardwareError", "online"]
    assert [(one["event"], one.get("reason")) for one in logs] == [
        ("sound-failed", "exit status 1"),
        ("sound-back", None),
    ]


async def test_a_player_that_is_not_there_is_told_before_the_first_call(room: Room) -> None:
    async with room.sound("/nowhere/player -q") as sound:
        await until(lambda: room.told == ["hardwareError"])
        sound.play()
        sound.play()
    assert room.told == ["hardwareError"]


async def test_a_player_that_never_ends_is_ended(room: Room) -> None:
    player = shlex.join(["sh", "-c", 'echo begin >> "$0"; exec sleep 600', str(room.log)])
    async with room.sound(player, play_s=0.5) as sound, asyncio.timeout(200):
        # On a busy machine one may be ended before it has begun.
        while (await asyncio.to_thread(room.played)).count("begin") < 2:
            sound.play()
            await asyncio.sleep(0.2)
        await until(lambda: room.told == ["hardwareError"])


async def test_a_folder_that_cannot_be_written_stops_nothing(room: Room) -> None:
    room.folder = room.folder / "missing"
    async with room.sound(room.player()) as sound:
        sound.play()
        await until(lambda: room.told == ["hardwareError"])


async def test_without_a_player_there_is_silence_and_no_part(room: Room) -> None:
    async with room.sound("") as sound:
        sound.play()
        assert sound.part is None
    assert room.told == []
