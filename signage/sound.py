"""Plays the chime, one after the other, by a command of the machine. A board works muted: nothing here stops it."""

import asyncio
import contextlib
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import structlog

from kiosk.kit import private_file
from queue_server.contract.devices import PartStatus
from queue_server.contract.periodic import Periodic
from signage.chime import chime
from signage.errors import SoundError
from signage.settings import SignageSettings

_log = structlog.get_logger(__name__)

#: A chime that would come so late behind others that its call has left the panel is not played at all.
_WAITING = 3


class Sound:
    """``play`` asks for one chime; ``run`` plays them. ``changed`` is called when the player begins or ceases to work.

    ``folder``: where the file of the chime lies.
    """

    def __init__(self, settings: SignageSettings, folder: Path) -> None:
        self._player = shlex.split(settings.player)
        self._volume = settings.sound.volume
        self._limit = settings.sound.play_s
        self._file = folder / "chime.wav"
        self.changed: Callable[[], None] = lambda: None
        self._asked: asyncio.Queue[None] = asyncio.Queue(_WAITING)
        #: Whether the last chime was played; None before the first.
        self._well: bool | None = None
        self._made = False

    @property
    def part(self) -> PartStatus | None:
        """How it is; None where this screen has no sound."""
        if not self._player:
            return None
        if self._well is None:
            return PartStatus("sound", "unknown")
        return PartStatus("sound", "online") if self._well else PartStatus("sound", "hardwareError", SoundError.code)

    def play(self) -> None:
        if self._player:
            with contextlib.suppress(asyncio.QueueFull):
                self._asked.put_nowait(None)

    async def run(self) -> None:
        """Play what is asked for, until cancelled. A player that is not there is told of before the first call."""
        if self._player and await asyncio.to_thread(shutil.which, self._player[0]) is None:
            self._note(well=False, reason="not installed")
        await Periodic("sound", 0, self._play_next, at_once=True).run()

    async def _play_next(self) -> None:
        await self._asked.get()
        try:
            await self._play()
        except SoundError as error:
            self._note(well=False, **error.placeholders)
        else:
            self._note(well=True)

    async def _play(self) -> None:
        process = None
        try:
            if not self._made:
                await asyncio.to_thread(lambda: private_file.write(self._file, chime(self._volume)))
                self._made = True
            process = await asyncio.create_subprocess_exec(
                *self._player,
                str(self._file),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
            async with asyncio.timeout(self._limit):
                status = await process.wait()
        except TimeoutError as error:
            raise SoundError(reason="plays too long") from error
        except (OSError, ValueError) as error:
            raise SoundError(reason=str(error)) from error
        finally:
            if process is not None and process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if status != 0:
            raise SoundError(reason=f"exit status {status}")

    def _note(self, *, well: bool, **reason: str) -> None:
        """Log a change once when it goes and once when it is back, and tell."""
        if well is self._well:
            return
        if not well:
            _log.warning(SoundError.code, player=self._player[0], **reason)
        elif self._well is False:
            _log.info("sound-back")
        self._well = well
        self.changed()
