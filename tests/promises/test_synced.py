"""The bytes of an answer leave after the sync that covers it, as the kernel saw it (SQLite)."""

import asyncio
import subprocess
from pathlib import Path

import aiohttp
import pytest

from queue_server.contract.client import ApiClient
from queue_server.domain.values import new_id
from tests.faults import callers as c
from tests.faults.server_process import Installation
from tests.faults.system_calls import STRACE, Call, Verdict, judge, parse

TICKET = {"services": ["uto-birth"], "category": "walk-in", "language": "en"}


@pytest.fixture
def strace(tmp_path: Path) -> Path:
    """Give the file of a trace; skip where the kernel, or who set this machine up, refuses tracing."""
    try:
        tried = subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("strace is not installed")
    if tried.returncode != 0:
        pytest.skip(f"tracing is refused here: {tried.stderr.strip()}")
    return tmp_path / "trace"


def finished(trace: Path) -> list[Call] | None:
    """Read a trace; None while the tracer still writes it."""
    lines = trace.read_text("utf-8", "replace").splitlines()
    return parse(lines) if lines and lines[-1].endswith("+++ exited with 0 +++") else None


async def test_answers_leave_after_the_sync_that_covers_them(tmp_path: Path, strace: Path) -> None:
    installation = Installation(tmp_path / "data")
    await installation.init()
    code = await installation.enrol_code("integration", "load", "manager")
    server = installation.server((*STRACE, "-o", str(strace)))
    await server.start()
    try:
        assert server.url is not None
        async with ApiClient(server.url, None) as client:
            token = (await client.enrol(code)).token
        async with c.calling([server], 1) as callers:
            one_by_one = [c.request(token, "/visits", **TICKET) for _ in range(20)]
            for request in one_by_one:
                assert (await callers.ask(request)).status == 201
            at_once = [c.request(token, "/visits", **TICKET) for _ in range(32)]
            await asyncio.gather(*map(callers.ask, at_once))
            verbs = [c.request(token, f"/counters/1/{verb}") for verb in ("open", "call-next", "start", "finish")]
            for request in verbs:
                assert (await callers.ask(request)).status == 200
        read_only = new_id()
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": read_only}
        async with (
            aiohttp.ClientSession(server.url, headers=headers) as session,
            session.get("/api/v1/centres/demo/queue") as response,
        ):
            assert response.status == 200
    finally:
        assert await server.stop() == 0
    async with asyncio.timeout(60):
        # The tracer is not our child: its file alone tells when it has ended.
        while (calls := await asyncio.to_thread(finished, strace)) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.05)

    verdicts = {request.key: judge(calls, request.key) for request in (*one_by_one, *at_once, *verbs)}
    assert verdicts == dict.fromkeys(verdicts, Verdict.COVERED)
    # The control: what stores nothing is answered without a sync, and the judgement says so.
    assert judge(calls, read_only) is Verdict.NOT_STORED
    syncs = [call for call in calls if call.name in ("fsync", "fdatasync") and call.descriptor.endswith("-wal")]
    assert not [verdict for key in verdicts if (verdict := judge(without(calls, syncs), key)) is Verdict.COVERED]


def without(calls: list[Call], left_out: list[Call]) -> list[Call]:
    away = set(left_out)
    return [call for call in calls if call not in away]
