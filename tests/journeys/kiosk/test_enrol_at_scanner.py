"""A kiosk of no centre is shown the code of the manager's page: nobody types, and strangers hear nothing."""

import asyncio
import contextlib
import signal
import subprocess
from pathlib import Path

from peripherals.codes.framer import CodeEnvelope
from peripherals.codes.simulator import ScannerSimulator
from peripherals.simulation import PtyLine
from queue_server.contract.enrolment_text import read_given
from tests.kiosk.app.processes import open_controls, run
from tests.kiosk.app.test_enrol_by_text import listed, made
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.secure_house import secure_house


async def text_for(server: str, data: Path, kind: str, out: Path) -> str:  # noqa: F811 - no fixture here
    await made(server, data, kind, out)
    return (await asyncio.to_thread(read_given, str(out))).written()


async def test_a_kiosk_is_enrolled_by_what_its_own_scanner_reads(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    scanner, kiosk = ScannerSimulator(PtyLine(), CodeEnvelope(suffix=b"\r", gap_s=0.02)), tmp_path / "kiosk"
    await scanner.start()
    # However slowly this machine reads, what was sent at once is one code.
    address = f"scanner+serial://{scanner.address}?gap_ms=1000&suffix=0d"
    async with secure_house(data) as here:
        text = await text_for(here.address, data, "kiosk", tmp_path / "kiosk.enrol")
        board = await text_for(here.address, data, "screen", tmp_path / "board.enrol")
        line = ("run", "--data", kiosk, "--scanner", address, "--remote", tmp_path / "controls")
        process = await run(*line, error=subprocess.DEVNULL)
        try:
            with contextlib.closing(await open_controls(tmp_path / "controls", process)) as controls:
                await controls.shows("setup", scans=True, types=False, problem="")
                _, _, ca = text.rpartition("ca=")
                for shown, problem in (
                    ("4006381333931", "kiosk-enrol-text"),
                    (text.replace("consular-enrol:2,", "consular-enrol:3,"), "kiosk-enrol-text"),
                    (text.replace(ca, ca[::-1]), "kiosk-enrol-strange"),
                    (text.replace(here.address, "https://127.0.0.1:9"), "kiosk-enrol-unreachable"),
                    (board, "kiosk-enrol-kind"),
                    # Another code between: a reader that sees one twice in a moment tells of it once.
                    ("4006381333931", "kiosk-enrol-text"),
                    (board, "kiosk-enrol-code"),
                ):
                    await scanner.scan(shown)
                    await controls.shows("setup", problem=problem, busy=False)
                    # Whom it does not belong to it does not trust.
                    assert not await asyncio.to_thread((kiosk / "ca.pem").exists)
                assert [one["kind"] for one in await listed(data)] == ["screen"]
                await scanner.scan(text)
                await controls.shows("language")
                said: dict[str, object] = {}
                while not said.get("version"):
                    said = next(one for one in await listed(data) if one["kind"] == "kiosk")
                assert said["state"] == "in-service"
                # Who holds another code up to it now shows a foreign one.
                await scanner.scan(board)
                await controls.shows("language")
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
            await scanner.stop()
