"""Two PostgreSQL that Patroni keeps, a primary and its synchronous standby; pgBackRest archives what is stored.

Nothing here stands for anything: etcd, Patroni, PostgreSQL and pgBackRest are the programs of Debian's packages, each
a process of an unprivileged user. Its methods block: asynchronous tests call them in a thread.
"""

import contextlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Self

from tests.ports import free_port

BIN: Final = Path("/usr/lib/postgresql/17/bin")
SCOPE: Final = "consular"
_USER: Final = "nobody"
_PATIENCE_S: Final = 120
#: The shortest that Patroni takes: so long a primary that was killed still counts as one.
_TTL_S: Final = 20


class Node:
    """One machine of the cluster: Patroni, and the PostgreSQL that it starts."""

    def __init__(self, cluster: "Cluster", name: str) -> None:
        self.name = name
        self.folder = cluster.folder / name
        self.port, self.api = free_port(), free_port()
        self._cluster = cluster
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def archiver(self) -> tuple[str, ...]:
        """How pgBackRest is called here."""
        return "pgbackrest", f"--config={self.folder / 'pgbackrest.conf'}", f"--stanza={SCOPE}"

    def write_settings(self) -> None:
        self.folder.mkdir()
        # All JSON is YAML.
        (self.folder / "patroni.yml").write_text(json.dumps(self._settings()), "utf-8")

    def _settings(self) -> dict[str, Any]:
        trusted = {"username": "postgres", "password": "unused"}
        return {
            "scope": SCOPE,
            "name": self.name,
            "restapi": {"listen": f"127.0.0.1:{self.api}", "connect_address": f"127.0.0.1:{self.api}"},
            "etcd3": {"hosts": f"127.0.0.1:{self._cluster.etcd_port}"},
            "bootstrap": {
                "dcs": {
                    "ttl": _TTL_S,
                    "loop_wait": 2,
                    "retry_timeout": 5,
                    # What was answered is on both machines; where there is one alone nothing is answered.
                    "synchronous_mode": True,
                    "synchronous_mode_strict": True,
                    "postgresql": {"use_pg_rewind": True},
                },
                "initdb": [{"encoding": "UTF8"}, "data-checksums"],
            },
            "postgresql": {
                "listen": f"127.0.0.1:{self.port}",
                "connect_address": f"127.0.0.1:{self.port}",
                "data_dir": str(self.data),
                "bin_dir": str(BIN),
                "pgpass": str(self.folder / "pgpass"),
                "authentication": {"superuser": trusted, "replication": trusted, "rewind": trusted},
                "pg_hba": [
                    "local all all trust",
                    "host all all 127.0.0.1/32 trust",
                    "host replication all 127.0.0.1/32 trust",
                ],
                "parameters": {
                    "unix_socket_directories": str(self.folder),
                    "archive_mode": "on",
                    "archive_command": " ".join((*self.archiver, "archive-push", "%p")),
                },
            },
        }

    def start(self) -> None:
        """Start it, after ``kill`` too."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                ["/usr/bin/patroni", self.folder / "patroni.yml"],
                user=self._cluster.user,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                start_new_session=True,
            )

    def stop_receiving(self) -> None:
        """Stop what takes the log of the primary, and nothing else: as a standby it is there, and has nothing new."""
        wait_until(lambda: bool(self._receivers()), self._cluster.said)
        for one in self._receivers():
            os.kill(one, signal.SIGSTOP)

    def _receivers(self) -> list[int]:
        named = {one: Path(f"/proc/{one}/cmdline") for one in self._processes()}
        return [one for one, line in named.items() if line.exists() and b"walreceiver" in line.read_bytes()]

    def kill(self) -> None:
        """End everything that runs here as a power cut would."""
        while processes := self._processes():
            for one in processes:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
            time.sleep(0.05)
        if self._process is not None:
            self._process.wait()
            self._process = None

    def _processes(self) -> list[int]:
        """Find Patroni and PostgreSQL, which are named by this folder, and all that these have started."""
        listed = subprocess.run(
            ["ps", "-wweo", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True
        ).stdout
        rows = [line.split(None, 3) for line in listed.splitlines()]
        ours = {int(row[0]) for row in rows if len(row) == 4 and str(self.folder) in row[3] and row[2][0] != "Z"}
        while more := {int(row[0]) for row in rows if int(row[1]) in ours and row[2][0] != "Z"} - ours:
            ours |= more
        return sorted(ours - {os.getpid()})

    def is_primary(self) -> bool:
        """Tell whether it takes writes."""
        return self._says("/primary")

    def is_synchronous_standby(self) -> bool:
        """Tell whether whatever is answered is here too."""
        return self._says("/synchronous")

    def _says(self, path: str) -> bool:
        asking = http.client.HTTPConnection("127.0.0.1", self.api, timeout=2)
        try:
            asking.request("GET", path)
            return asking.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asking.close()

    def sql(self, statement: str, database: str = "postgres") -> str:
        return self._cluster.run(
            str(BIN / "psql"),
            "-XqAt",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            str(self.folder),
            "-p",
            str(self.port),
            "-U",
            "postgres",
            "-c",
            statement,
            database,
        )


class Cluster:
    """etcd, and two nodes of which one is the primary."""

    def __init__(self) -> None:
        # Right under the temporary folder, since the name of a socket must be short.
        self.folder = Path(tempfile.mkdtemp(prefix="ha-"))
        self.user = _USER if os.geteuid() == 0 else None
        self.etcd_port, self._peer_port = free_port(), free_port()
        self._etcd: subprocess.Popen[bytes] | None = None
        self.nodes = [Node(self, name) for name in ("a", "b")]

    def __enter__(self) -> Self:
        try:
            for node in self.nodes:
                node.write_settings()
                self._write_pgbackrest(node)
            (self.folder / "archive").mkdir()
            if self.user is not None:
                subprocess.run(["chown", "-R", self.user, self.folder], check=True)
            self._start_etcd()
            self.nodes[0].start()
            wait_until(self.nodes[0].is_primary, self.said)
            self.backrest(self.nodes[0], "stanza-create")
            self.nodes[1].start()
            wait_until(self.nodes[1].is_synchronous_standby, self.said)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for node in self.nodes:
            node.kill()
        if self._etcd is not None:
            self._etcd.kill()
            self._etcd.wait()
        shutil.rmtree(self.folder)

    def _start_etcd(self) -> None:
        here, peers = f"http://127.0.0.1:{self.etcd_port}", f"http://127.0.0.1:{self._peer_port}"
        addresses = {
            "listen-client-urls": here,
            "advertise-client-urls": here,
            "listen-peer-urls": peers,
            "initial-advertise-peer-urls": peers,
            "initial-cluster": f"default={peers}",
            "data-dir": str(self.folder / "etcd"),
        }
        with (self.folder / "etcd.log").open("ab") as log:
            self._etcd = subprocess.Popen(
                ["/usr/bin/etcd", *(f"--{name}={value}" for name, value in addresses.items())],
                user=self.user,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )

    def _write_pgbackrest(self, node: Node) -> None:
        lines = (
            "[global]",
            f"repo1-path={self.folder / 'archive'}",
            f"log-path={node.folder}",
            f"lock-path={node.folder / 'lock'}",
            f"spool-path={node.folder / 'spool'}",
            "repo1-retention-full=2",
            # The test's data are small, and its time is not.
            "start-fast=y",
            f"[{SCOPE}]",
            f"pg1-path={node.data}",
            f"pg1-port={node.port}",
            f"pg1-socket-path={node.folder}",
            "pg1-user=postgres",
        )
        (node.folder / "pgbackrest.conf").write_text("\n".join(lines) + "\n", "utf-8")

    def primary(self) -> Node:
        """Wait until there is one that takes writes."""
        wait_until(lambda: any(node.is_primary() for node in self.nodes), self.said)
        return next(node for node in self.nodes if node.is_primary())

    def other(self, node: Node) -> Node:
        return next(one for one in self.nodes if one is not node)

    def switch_over(self) -> None:
        """Let the standby be the primary, as whoever wants to work on that machine does."""
        leader = self.primary()
        named = ("--leader", leader.name, "--candidate", self.other(leader).name)
        self.run("patronictl", "-c", str(leader.folder / "patroni.yml"), "switchover", SCOPE, *named, "--force")

    def backrest(self, node: Node, *arguments: str) -> str:
        """Run pgBackRest at a node."""
        return self.run(*node.archiver, *arguments)

    @contextlib.contextmanager
    def restored(self) -> Iterator[Node]:
        """Lose both machines, and start on a third one what pgBackRest has; nobody is told to keep it."""
        for node in self.nodes:
            node.kill()
        third = Node(self, "c")
        third.folder.mkdir()
        self._write_pgbackrest(third)
        if self.user is not None:
            shutil.chown(third.folder, self.user)
        self.backrest(third, f"--pg1-path={third.data}", "restore")
        options = {
            "port": third.port,
            "unix_socket_directories": third.folder,
            "archive_mode": "off",
            "synchronous_standby_names": "",
        }
        said = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        controlled = (str(BIN / "pg_ctl"), "-D", str(third.data), "-l", str(third.folder / "log"), "-w", "-t", "120")
        self.run(*controlled, "-o", said, "start")
        try:
            yield third
        finally:
            self.run(*controlled, "-m", "immediate", "stop")

    def url(self, database: str) -> str:
        """Name both machines, whichever is the primary."""
        hosts = "&".join(f"host=127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgresql+asyncpg://consular@/{database}?{hosts}&target_session_attrs=read-write"

    def run(self, *command: str) -> str:
        done = subprocess.run(command, check=False, user=self.user, cwd=self.folder, capture_output=True, text=True)
        if done.returncode != 0:
            msg = f"{' '.join(command)}: {done.stdout}{done.stderr}\n{self.said()}"
            raise RuntimeError(msg)
        return done.stdout.strip()

    def said(self) -> str:
        """Give the end of what each node wrote."""
        logs = (self.folder / "etcd.log", *(node.folder / "log" for node in self.nodes))
        return "\n".join(f"{log}:\n{log.read_text('utf-8', 'replace')[-2_000:]}" for log in logs if log.exists())


def wait_until(holds: Callable[[], bool], said: Callable[[], str]) -> None:
    """Wait for what a machine does by itself.

    Raises:
        TimeoutError: it does not; the text is what was said.
    """
    give_up = time.monotonic() + _PATIENCE_S
    while not holds():
        if time.monotonic() > give_up:
            raise TimeoutError(said())
        time.sleep(0.1)
