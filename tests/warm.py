"""Our programs, forked from a process that has imported them already.

A start of ``queue-server`` or ``kiosk`` spends most of a second on imports, and the tests start some thousand of them.
``install`` puts ``Popen`` in the place of ``subprocess.Popen``: whoever starts one of our programs, asyncio too, is
given a process forked from a warmed one, with its own arguments, environment, folder and files. It is a child of
whoever asked, as any other: to be waited for, sent signals, and looked at. Everything else starts as ever: other
programs, ours below another one (``strace``), and all within ``started_anew`` or marked ``fresh``, where the start is
what is looked at. The name in ``/proc/PID/cmdline`` is the warmed one's.
"""

import array
import contextlib
import ctypes
import gc
import os
import pickle
import re
import runpy
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, NoReturn

from tests import stalls, strength

ROOT = Path(__file__).parent.parent
_SCRIPTS = Path(sys.executable).parent
#: How a test starts a program by its interpreter.
_INLINE = re.compile(r"from (\w+)\.cli import app; app\(\)")
#: Programs of the tests themselves, run as modules.
_OWN = "tests."
_THIS = "tests.warm"
#: What each imports only when it is needed, after it has read its command line.
_LATER = {
    "queue_server": (
        "queue_server.bootstrap",
        "queue_server.migrations.running",
        "queue_server.program",
        "alembic.command",
        "sqlalchemy.ext.asyncio",
    ),
    "kiosk": ("kiosk.start", "kiosk.app"),
    "signage": (),
    "peripherals": (),
}
#: Variables that are looked at before a program begins: with others than here it is started anew.
_AT_ITS_START = ("PYTHON", "LD_", "GLIBC_", "MALLOC_", "OPENSSL_", "SSL_")
#: But these, which are about how fast it is read and how soon heard.
_OF_NO_MATTER = frozenset({"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"})
_LARGEST = 1 << 20
_PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)


class _Start(NamedTuple):
    """What a process is started with. ``files`` are the numbers that those sent along shall have, in their order."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str
    files: tuple[int, ...]
    session: bool


class Popen[T: (str, bytes)](subprocess.Popen[T]):
    """A process: one of our programs is forked, everything else is started."""

    anew: ClassVar[bool] = False

    def _execute_child(  # noqa: PLR0917 - as it is there
        self,
        args: Any,
        executable: Any,
        preexec_fn: Any,
        close_fds: Any,
        pass_fds: Any,
        cwd: Any,
        env: Any,
        startupinfo: Any,
        creationflags: Any,
        shell: Any,
        p2cread: int,
        p2cwrite: int,
        c2pread: int,
        c2pwrite: int,
        errread: int,
        errwrite: int,
        restore_signals: Any,
        gid: Any,
        gids: Any,
        uid: Any,
        umask: Any,
        start_new_session: bool,
        process_group: Any,
    ) -> None:
        words = [os.fspath(one) for one in args] if isinstance(args, Sequence) and not isinstance(args, str) else []
        program = None if Popen.anew else program_of(words)
        known = {os.fsdecode(key): os.fsdecode(value) for key, value in (os.environ if env is None else env).items()}
        changed = (executable, preexec_fn, gid, gids, uid) != (None,) * 5 or (umask, process_group) != (-1, -1)
        usual = not changed and close_fds and not shell and _at_its_start(known) == _at_its_start(os.environ)
        if program is None or not usual:
            super()._execute_child(  # type: ignore[misc]
                *(args, executable, preexec_fn, close_fds, pass_fds, cwd, env, startupinfo, creationflags, shell),
                *(p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, restore_signals),
                *(gid, gids, uid, umask, start_new_session, process_group),
            )
            return
        name, arguments = program
        given = {0: p2cread, 1: c2pwrite, 2: errwrite}
        files = {number: number if file == -1 else file for number, file in given.items()}
        files |= {number: number for number in pass_fds}
        start = _Start(arguments, known, os.fspath(cwd or Path.cwd()), tuple(files), start_new_session)
        self.pid = _Warmed.of(name).fork(start, tuple(files.values()))
        self._child_created = True
        self._close_pipe_fds(  # type: ignore[attr-defined]
            p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite
        )


def program_of(words: list[str]) -> tuple[str, list[str]] | None:
    """Name our package, or module of the tests, that is run here, and its ``sys.argv``; None where there is none."""
    if not words:
        return None
    first = Path(words[0])
    if first.parent == _SCRIPTS and (name := first.name.replace("-", "_")) in _LATER:
        return name, words
    if words[:2] == [sys.executable, "-c"] and (found := _INLINE.fullmatch(words[2])) and found[1] in _LATER:
        return found[1], ["-c", *words[3:]]
    if words[:2] == [sys.executable, "-m"] and words[2].startswith(_OWN) and words[2] != _THIS:
        return words[2], ["-m", *words[3:]]
    return None


def _at_its_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        key: value for key, value in environment.items() if key.startswith(_AT_ITS_START) and key not in _OF_NO_MATTER
    }


def install() -> None:
    """Let every start of one of our programs in this process be a fork."""
    subprocess.Popen = Popen  # type: ignore[misc]


@contextlib.contextmanager
def started_anew() -> Iterator[None]:
    """Start our programs as in use, for a while."""
    before, Popen.anew = Popen.anew, True
    try:
        yield
    finally:
        Popen.anew = before


class _Warmed:
    """A warmed process of one program; it ends with whoever started it."""

    _all: ClassVar[dict[str, "_Warmed"]] = {}
    _lock = threading.Lock()

    def __init__(self, name: str) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYTEST"))}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", _THIS, name, str(theirs.fileno())],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
            )

    @classmethod
    def of(cls, name: str) -> "_Warmed":
        with cls._lock:
            if name not in cls._all:
                cls._all[name] = cls(name)
            return cls._all[name]

    def fork(self, start: _Start, files: tuple[int, ...]) -> int:
        """Give the id of a new child of this process."""
        with self._lock:
            # The new one is left behind by its parent, and whoever takes in what is left behind becomes its parent.
            _take_in(yes=True)
            try:
                rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))
                self._line.sendmsg([pickle.dumps(start)], [rights])
                answer = self._line.recv(_LARGEST)
            finally:
                _take_in(yes=False)
        if not answer:
            raise RuntimeError(f"a warmed process ended: {self._process.wait()}")
        return int(answer)


def _take_in(*, yes: bool) -> None:
    if _libc.prctl(_PR_SET_CHILD_SUBREAPER, int(yes), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def _next_start(line: socket.socket) -> tuple[_Start, list[int]]:
    """Fork for every request, and return in each child; the warmed process itself ends when nobody asks any more."""
    while True:
        asked, files, _, _ = socket.recv_fds(line, _LARGEST, 64)
        if not asked:
            os._exit(0)
        telling, told = os.pipe()
        between = os.fork()
        if between == 0:
            child = os.fork()
            if child == 0:
                os.close(telling)
                os.close(told)
                line.close()
                return pickle.loads(asked), files  # noqa: S301 - from the test that started this process
            os.write(told, str(child).encode())
            os._exit(0)
        os.close(told)
        for file in files:
            os.close(file)
        child_id = os.read(telling, 64)
        os.close(telling)
        os.waitpid(between, 0)
        line.send(child_id)


def _become(start: _Start, files: list[int]) -> None:
    """Take what a process has been given at its start."""
    if start.session:
        os.setsid()
    # Out of the way of the numbers that they shall have.
    aside = [os.dup2(file, 200 + index) for index, file in enumerate(files)]
    for number, file in zip(start.files, aside, strict=True):
        os.dup2(file, number, inheritable=True)
    for file in {*files, *aside} - set(start.files):
        os.close(file)
    os.environ.clear()
    os.environ.update(start.environment)
    time.tzset()
    os.chdir(start.folder)
    sys.argv[:] = start.arguments
    at_once = bool(start.environment.get("PYTHONUNBUFFERED"))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=stream.isatty() or stream is sys.stderr, write_through=at_once)  # type: ignore[union-attr]


def _read_pages() -> None:
    """Let all rooms bring what they have, and compile the templates of pages, as servers do sooner or later."""
    rooms = import_module("queue_server.framework.rooms").RoomCollection(import_module("queue_server.rooms").ROOMS)
    for bring in ("routes", "pages", "parts", "alarms"):
        getattr(rooms, bring)
    site = import_module("queue_server.web.site").site_of(rooms.sites)
    for environment in site._environments.values():
        for template in site._templates:
            environment.get_template(template)


def _main(name: str, line: int) -> NoReturn:
    strength.weaken()
    stalls.install()
    if name.startswith(_OWN):
        import_module(name)
        # It is run in each child, with all that it imports at hand.
        del sys.modules[name]
        gc.collect()
        gc.freeze()
        _become(*_next_start(socket.socket(fileno=line)))
        runpy.run_module(name, run_name="__main__", alter_sys=True)
        sys.exit()
    kept: dict[str, str] = {}
    if name in {"kiosk", "peripherals"}:
        # What reads documents runs itself again with a memory that forgets: each forked from here has it already.
        process_memory = import_module("queue_server.contract.process_memory")
        process_memory.wipe_freed_memory()
        kept = dict(process_memory.FORGETFUL)
    program = import_module(f"{name}.cli")
    for other in _LATER[name]:
        import_module(other)
    if name == "queue_server":
        _read_pages()
    gc.collect()
    gc.freeze()
    _become(*_next_start(socket.socket(fileno=line)))
    os.environ.update(kept)
    if name == "queue_server":
        sys.exit(import_module("queue_server.program").main())
    sys.exit(program.app())


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
