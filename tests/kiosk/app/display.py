"""A real X server without a window manager, and hands that press its keys: events come in as from a keyboard."""

import asyncio
import ctypes
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_CLIENT_MESSAGE = 33
_REVERT_TO_PARENT = 2


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("pad", ctypes.c_long * 24),
    )


#: Go on after an error of X: some windows of an application are never shown, and cannot have the keyboard.
_GO_ON = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda _display, _error: 0)


class Hands:
    """A client of an X server, by its own libraries; every method returns when the server has done it."""

    def __init__(self, display: str) -> None:
        self._x, self._test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        for function in (
            self._x.XOpenDisplay,
            self._x.XDefaultRootWindow,
            self._x.XInternAtom,
            self._x.XStringToKeysym,
        ):
            function.restype = ctypes.c_void_p
        self._x.XSetErrorHandler(_GO_ON)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        assert self._display

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, named as X names them, and release them from the last to the first."""
        codes = [self._code(key) for key in keys]
        for code, down in [(code, 1) for code in codes] + [(code, 0) for code in reversed(codes)]:
            self._test.XTestFakeKeyEvent(self._display, code, down, 0)
        self._x.XSync(self._display, 0)

    def put_down(self, x: float, y: float) -> None:
        """Put a finger down, in pixels of the screen."""
        self._test.XTestFakeMotionEvent(self._display, -1, int(x), int(y), 0)
        self._test.XTestFakeButtonEvent(self._display, 1, 1, 0)
        self._x.XSync(self._display, 0)

    def lift(self) -> None:
        """Lift it again where it is."""
        self._test.XTestFakeButtonEvent(self._display, 1, 0, 0)
        self._x.XSync(self._display, 0)

    def focus(self) -> None:
        """Give the keyboard to the window, as a window manager would."""
        for window in self._windows():
            self._x.XSetInputFocus(self._display, ctypes.c_ulong(window), _REVERT_TO_PARENT, 0)
        self._x.XSync(self._display, 0)

    def ask_to_close(self) -> None:
        """Ask every window to close, as the cross in its corner does (ICCCM 4.2.8.1)."""
        for window in self._windows():
            event = _ClientMessage(type=_CLIENT_MESSAGE, window=window, format=32)
            event.message_type = self._atom("WM_PROTOCOLS")
            event.data[0] = self._atom("WM_DELETE_WINDOW")
            self._x.XSendEvent(self._display, ctypes.c_ulong(window), 0, 0, ctypes.byref(event))
        self._x.XSync(self._display, 0)

    def _code(self, key: str) -> int:
        symbol = ctypes.c_ulong(self._x.XStringToKeysym(key.encode()))
        code = self._x.XKeysymToKeycode(self._display, symbol)
        assert code, key
        return int(code)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))

    def _windows(self) -> list[int]:
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        self._x.XQueryTree(
            self._display,
            ctypes.c_ulong(self._x.XDefaultRootWindow(self._display)),
            ctypes.byref(root),
            ctypes.byref(parent),
            ctypes.byref(children),
            ctypes.byref(count),
        )
        return [children[at] for at in range(count.value)]


@asynccontextmanager
async def x_server() -> AsyncIterator[str]:
    """Run a server of its own, on a free display."""
    reading, writing = os.pipe()
    server = await asyncio.create_subprocess_exec(
        "Xvfb",
        *("-displayfd", str(writing), "-screen", "0", "1080x1920x24", "-nolisten", "tcp"),
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        number = await asyncio.to_thread(os.read, reading, 16)
        yield f":{number.decode().strip()}"
    finally:
        os.close(reading)
        server.terminate()
        await server.wait()
