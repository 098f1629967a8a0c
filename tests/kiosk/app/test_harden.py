"""Nobody leaves the kiosk: by keys, by what a barcode reader types, by asking the window to close."""

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QNativeGestureEvent, QPointingDevice
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.kit.keeper import WindowGuard
from tests.kiosk.app.display import Hands, x_server
from tests.kiosk.app.processes import Controls, open_controls, run

ROOT = Path(__file__).parents[3]

#: What leaves other programs, as X names the keys.
LEAVING = (
    ("Alt_L", "F4"),
    ("Alt_L", "Tab"),
    ("Alt_L", "space"),
    ("Control_L", "q"),
    ("Control_L", "w"),
    ("Control_L", "c"),
    ("Control_L", "5"),
    ("Alt_L", "5"),
    ("Super_L", "5"),
    ("Super_L", "d"),
    ("Control_L", "Alt_L", "Delete"),
    ("Control_L", "Alt_L", "BackSpace"),
    ("Control_L", "Shift_L", "i"),
    ("Escape",),
    ("F1",),
    ("F5",),
    ("F11",),
    ("Print",),
    ("Menu",),
)


NO_PAGES_KEYS = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Print,
    Qt.Key.Key_SysReq,
    Qt.Key.Key_Menu,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Control,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Home,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Back,
    Qt.Key.Key_HomePage,
    Qt.Key.Key_LaunchMail,
    Qt.Key.Key_VolumeUp,
    Qt.Key.Key_A,
    Qt.Key.Key_Z,
    Qt.Key.Key_Slash,
    *(Qt.Key(Qt.Key.Key_F1 + number) for number in range(24)),
)


class Window(QQuickWindow):
    """Notes the keys that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []
        self.keeper = WindowGuard(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self.keys.append(event.key())


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window()
    made.show()
    qtbot.waitUntil(made.isExposed, timeout=60_000)
    yield made
    made.keeper.let_go()
    assert made.close()
    # Window and keeper hold each other: the collector of garbage would end them in whichever thread it runs, under Qt.
    shiboken6.delete(made)


def test_keys_that_pages_use_go_through(window: Window) -> None:
    for key in (Qt.Key.Key_7, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Down):
        QTest.keyClick(window, key)
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(window, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert window.keys == [
        Qt.Key.Key_7,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Return,
        Qt.Key.Key_Down,
        Qt.Key.Key_4,
        Qt.Key.Key_Backtab,
    ]


@pytest.mark.parametrize(
    "modifier",
    [
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.MetaModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.GroupSwitchModifier,
    ],
)
def test_no_key_with_a_modifier_goes_through(window: Window, modifier: Qt.KeyboardModifier) -> None:
    for key in (Qt.Key.Key_F4, Qt.Key.Key_7, Qt.Key.Key_Tab, Qt.Key.Key_Q, Qt.Key.Key_Space):
        QTest.keyClick(window, key, modifier)
    assert window.keys == []
    assert window.isVisible()


def test_keys_that_no_page_uses_are_taken(window: Window) -> None:
    for key in NO_PAGES_KEYS:
        QTest.keyClick(window, key)
    assert window.keys == []


def test_a_window_that_is_asked_to_close_stays(window: Window) -> None:
    assert not window.close()
    assert window.isVisible()


def test_menus_and_gestures_are_taken(window: Window) -> None:
    spot = QPoint(5, 5)
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, spot)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.SwipeNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        4,
        QPointF(spot),
        QPointF(spot),
        QPointF(spot),
        0.0,
        QPointF(),
    )
    for event in (menu, pinch, QEvent(QEvent.Type.Close)):
        assert window.keeper.eventFilter(window, event)
        assert not event.isAccepted()
    assert not window.keeper.eventFilter(window, QEvent(QEvent.Type.UpdateRequest))


@asynccontextmanager
async def fullscreen(folder: Path, **changed: str) -> AsyncIterator[tuple[Controls, asyncio.subprocess.Process]]:
    """Run a kiosk that is not enrolled yet, as in use: its page takes digits from a keyboard."""
    remote = folder / "remote"
    log = await asyncio.to_thread(os.open, folder / "log", os.O_WRONLY | os.O_CREAT)
    arguments = ("--data", folder / "data", "--server", "http://127.0.0.1:1", "--fullscreen", "--remote", remote)
    kiosk = await run("run", *arguments, error=log, **changed)
    os.close(log)
    try:
        controls = await open_controls(remote, kiosk)
        with contextlib.closing(controls):
            yield controls, kiosk
    finally:
        if kiosk.returncode is None:
            kiosk.send_signal(signal.SIGTERM)
        code = await kiosk.wait()
    assert code == 0, "told to end it ends, whatever its window refuses"


async def test_under_x_no_key_and_no_request_leaves_it(folder: Path) -> None:
    async with x_server() as display, fullscreen(folder, QT_QPA_PLATFORM="xcb", DISPLAY=display) as (controls, kiosk):
        await controls.shows("setup", entered="")
        hands = await asyncio.to_thread(Hands, display)
        hands.focus()
        for keys in LEAVING:
            hands.press(*keys)
            hands.ask_to_close()
        # Keys arrive: this one means something to the page, and those before it did not.
        hands.press("7")
        await controls.shows("setup", entered="7")
        hands.press("BackSpace")
        await controls.shows("setup", entered="")
        assert kiosk.returncode is None
        hands.close()


async def test_the_delivered_unit_runs_it_under_cage(folder: Path) -> None:
    service = await asyncio.create_subprocess_exec(
        ROOT / "installer" / "kiosk-service", "--data", folder / "data", stdout=subprocess.PIPE
    )
    unit = (await service.communicate())[0].decode()
    settings = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line and not line.startswith("#"))
    remote = folder / "remote"
    command = [*settings["ExecStart"].split(), "--server", "http://127.0.0.1:1", "--remote", str(remote)]
    variables = dict(each.split("=", 1) for each in settings["Environment"].split())
    no_screen = {"WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman"}
    cage = await asyncio.create_subprocess_exec(
        *command,
        env=os.environ | variables | no_screen | {"XDG_RUNTIME_DIR": str(folder), "QT_QUICK_BACKEND": "software"},
        stderr=subprocess.DEVNULL,
    )
    controls = await open_controls(remote, cage)
    with contextlib.closing(controls):
        await controls.shows("setup", entered="")
    cage.send_signal(signal.SIGTERM)
    assert await cage.wait() == 0
