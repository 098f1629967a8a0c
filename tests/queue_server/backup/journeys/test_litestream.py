"""A centre on SQLite loses its machine: a backup and what Litestream has copied since make a server of it elsewhere."""

import asyncio
import random
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from queue_server.database.url import DEFAULT_FILE
from tests.faults import callers as c
from tests.faults import hall
from tests.faults.server_process import Installation, ServerError, installed, stop_if_running
from tests.queue_server.backup.test_under_load import COUNTERS, enrol, epoch_and_cursor, nothing_lost, read_log

PROGRAM = Path(sys.executable).parent / "litestream"
_QUIET = asyncio.subprocess.DEVNULL


class Copies:
    """What Litestream has copied of a database into a folder, which is on another machine where it is in use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._program: asyncio.subprocess.Process | None = None

    @asynccontextmanager
    async def of(self, database: Path) -> AsyncIterator[None]:
        self._program = await asyncio.create_subprocess_exec(
            PROGRAM, "replicate", database, self._url, stdout=_QUIET, stderr=_QUIET
        )
        try:
            yield
        finally:
            await self.end()

    async def end(self) -> None:
        """End it as a power cut would."""
        if self._program is not None and self._program.returncode is None:
            self._program.kill()
            await self._program.wait()

    @property
    def _url(self) -> str:
        return f"file://{self._folder / 'copies'}"

    async def newest(self) -> Path | None:
        """Make a database of what was copied until now, in a folder of its own; None where that is nothing yet."""
        self._count += 1
        file = self._folder / f"copy-{self._count}" / DEFAULT_FILE
        program = await asyncio.create_subprocess_exec(
            PROGRAM, "restore", "-o", file, self._url, stdout=_QUIET, stderr=_QUIET
        )
        return file if await program.wait() == 0 else None

    async def with_answers(self, answers: Sequence[c.Answer]) -> Path:
        """Wait until a copy has all the tickets that were answered."""
        keys = {answer.request.key for answer in answers if answer.done and answer.request.verb == "issue"}
        while True:
            file = await self.newest()
            if file is not None:
                if keys <= {row.key for row in await read_log(Installation(file.parent), None)}:
                    return file
                await asyncio.to_thread(shutil.rmtree, file.parent)
            await asyncio.sleep(0.1)


async def test_a_lost_machine_goes_on_from_the_last_second(tmp_path: Path) -> None:
    data, key, kept = tmp_path / "data", tmp_path / "recovery", tmp_path / "night.backup"
    copies = Copies(tmp_path)
    async with installed(data, None) as there, copies.of(data / DEFAULT_FILE):
        manager, kiosk = await enrol(there)
        (public,) = await Installation(tmp_path, None).plain("recovery-key", str(key))
        async with c.calling(there.servers, 1) as callers:
            callers.pause = 0.02
            async with asyncio.TaskGroup() as group:
                group.create_task(kiosk.issue(callers))
                group.create_task(hall.issue(callers, manager, random.Random(1)))
                for counter in COUNTERS:
                    group.create_task(hall.serve(callers, manager, counter, COUNTERS, random.Random(int(counter))))
                await callers.more(50)
                older = await copies.with_answers(callers.answers.copy())
                await callers.more(50)
                await there.command("backup", "--to", str(kept), "--recovery-key", public)
                await callers.more(100)
                before = callers.answers.copy()
                await copies.with_answers(before)
                await copies.end()
                await callers.more(50)
                callers.over = True
            answers = callers.answers.copy()
        first, _, cursor = await epoch_and_cursor(there, kiosk, None)
        await there.servers[0].kill()
        await asyncio.to_thread(shutil.rmtree, data)

    here = Installation(tmp_path / "elsewhere", None)
    with pytest.raises(ServerError, match="copy-older"):
        await here.command("restore", str(kept), "--key", str(key), "--newer", str(older))
    newest = await copies.newest()
    said = await here.command("restore", str(kept), "--key", str(key), "--newer", str(newest))
    assert said[0].startswith("ok: ")
    server = here.server()
    await server.start()
    try:
        life, frame, _ = await epoch_and_cursor(here, kiosk, cursor)
        assert life != first
        assert frame == "snapshot"
        await nothing_lost(here, None, before, kiosk, [one for one in answers if one.request in kiosk.told])
        report = await here.verify()
        assert report["ok"], report
    finally:
        await stop_if_running(server)
