"""A kiosk on its screen: Qt in the main thread, the kiosk in an asyncio thread (``kit.running``)."""

import asyncio
import gc
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from kiosk.app import Kiosk
from kiosk.dependencies import KioskDependencies
from kiosk.devices.opening import Devices
from kiosk.devices.trust import TrustFolder
from kiosk.kit import engine, paper
from kiosk.kit.drawn import PageImages
from kiosk.kit.keeper import WindowGuard
from kiosk.kit.running import Running
from kiosk.link.connect import ServerAddress
from kiosk.settings import KioskSettings
from kiosk.store.data import DataFolder
from queue_server.contract.recent_log import RecentLog
from queue_server.contract.release import RUNNING

#: For so long one thread may keep another from Python, in seconds.
_TURN_S = 0.0005


def run(
    data: DataFolder,
    settings: KioskSettings,
    server: ServerAddress,
    devices: Devices,
    log: RecentLog,
    *,
    remote: Path | None,
    fullscreen: bool,
) -> int:
    """Run a kiosk until it is told to end, and give the exit status."""
    qt = engine.application(sys.argv[:1], "kiosk")
    chosen = settings.screen
    screen = engine.create(
        "kiosk.ui",
        "kiosk",
        scale=chosen.scale,
        reduce_motion=chosen.reduce_motion,
        rotation=chosen.rotation,
        debounce_ms=None if chosen.debounce_ms < 0 else chosen.debounce_ms,
    )
    parts = KioskDependencies(
        data=data,
        settings=settings,
        version=RUNNING,
        server=server,
        devices=devices,
        trust=TrustFolder(settings.documents),
        screen=screen.bridge,
        artist=PageImages(),
        translated=paper.languages() & set(screen.translations.languages),
        log=log,
    )
    keeper = WindowGuard(screen.window) if fullscreen else None

    async def live() -> None:
        loop = asyncio.get_running_loop()
        kiosk = Kiosk(parts)
        screen.bridge.acted.connect(
            lambda name, argument: loop.call_soon_threadsafe(kiosk.act, name, argument),
            Qt.ConnectionType.DirectConnection,
        )
        await kiosk.run()

    # What has been made by now stays to the end: who looks for garbage while somebody waits for a page passes it by.
    gc.freeze()
    gc.enable()
    # Pages read from Python while the loop works, and neither shall keep the other waiting for its usual 5 ms.
    sys.setswitchinterval(_TURN_S)
    code = Running(qt, screen, live, remote=remote, fullscreen=fullscreen).run()
    # Held until here: a filter that nobody holds filters nothing.
    del keeper
    return code
