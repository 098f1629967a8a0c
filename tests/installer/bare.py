"""A bare Debian 13 in a folder, its packages, and programs of it run as their units say, where no systemd can run."""

import asyncio
import contextlib
import os
import re
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

#: As long as a slow machine may need, in seconds.
PATIENCE_S: Final = 600
#: Mounts are this process's own, and gone with it, as the private /tmp of a unit is; what is run has its number and
#: gets its signals.
_ENTER: Final = (
    'mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/dev/shm"'
    ' && mount -t tmpfs tmpfs "$0/tmp"'
    ' && exec chroot "$0" "$@"'
)
_CLEAN: Final = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}


class BareDebian:
    """``root`` holds it; ``make`` fills it from this machine's own archive."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def make(self, include: set[str]) -> None:
        """Fill it with the smallest Debian and ``include``."""
        lists = sorted(path for path in Path("/etc/apt").glob("sources.list*/**") if path.is_file())
        mirror = re.search(r"https?://\S+", "\n".join(path.read_text("utf-8") for path in lists))
        assert mirror is not None, "this machine names an archive of Debian"
        subprocess.run(
            ["mmdebstrap", "--variant=minbase", "--mode=root", f"--include={','.join(sorted(include))}", "trixie",
             self.root, mirror[0]],
            check=True,
        )  # fmt: skip

    def command(self, *line: str, user: str = "", offline: bool = False) -> list[str]:
        """Give the line that runs ``line`` in it."""
        own = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--inh-caps=-all"] if user else []
        alone = ["--net"] if offline else []
        return ["unshare", "--mount", *alone, "sh", "-c", _ENTER, str(self.root), *own, *line]

    def run(self, *line: str, user: str = "", offline: bool = False) -> str:
        """Run ``line`` in it to its end, and give what it prints."""
        done = subprocess.run(
            self.command(*line, user=user, offline=offline),
            capture_output=True, text=True, check=False, env=_CLEAN, timeout=PATIENCE_S,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"
        return done.stdout

    def install(self, *packages: Path) -> None:
        """Install packages without a network."""
        for package in packages:
            shutil.copy(package, self.root / "root" / package.name)
        self.run("dpkg", "-i", *(f"/root/{package.name}" for package in packages), offline=True)
        for package in packages:
            (self.root / "root" / package.name).unlink()

    def files(self) -> set[str]:
        """List what is there, but for what belongs to dpkg, to systemd's own notes, and to users that were."""
        passing = ("var/lib/dpkg", "var/log", "var/cache", "tmp", "var/tmp", "proc", "sys", "dev", "run", "root")
        own = {"etc/passwd", "etc/group", "etc/shadow", "etc/gshadow"}
        found = set()
        for folder, names, files in os.walk(self.root):
            here = Path(folder).relative_to(self.root).as_posix()
            names[:] = [name for name in names if f"{here}/{name}".removeprefix("./") not in passing]
            found |= {f"{here}/{name}".removeprefix("./") for name in (*names, *files)}
        return {name for name in found if name.rstrip("-") not in own}

    def owned_by(self, prefix: str) -> list[str]:
        """List what belongs to users whose names begin so: of a purged package nothing may."""
        users = (line.split(":") for line in (self.root / "etc/passwd").read_text("utf-8").splitlines())
        numbers = {int(user[2]) for user in users if user[0].startswith(prefix)}
        assert numbers, "users stay, as Debian wishes"
        return sorted(
            str(Path(folder) / name)
            for folder, names, files in os.walk(self.root)
            for name in (*names, *files)
            if (Path(folder) / name).lstat().st_uid in numbers
        )


class Unit:
    """A unit as its package brought it: its own command line, with what systemd would set beside it."""

    def __init__(self, debian: BareDebian, name: str) -> None:
        self.debian, self.name = debian, name
        self.said: dict[str, list[str]] = {}
        self.notes: list[str] = []

    def read(self) -> "Unit":
        """Read what the release that is installed says."""
        text = (self.debian.root / "usr/lib/systemd/system" / f"{self.name}.service").read_text("utf-8")
        lines = [line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#")]
        self.said = {}
        for key, value in lines:
            self.said.setdefault(key, []).append(value)
        return self

    @contextlib.asynccontextmanager
    async def running(
        self, *, ready: Callable[[], bool] | None = None, also: Mapping[str, str] | None = None
    ) -> AsyncIterator[asyncio.subprocess.Process]:
        """Run it until the block is left, and see that it then ends in good order.

        The block begins when it says that it is ready, or when ``ready`` is so; ``also`` are further variables.
        """
        ready = ready or (lambda: "READY=1" in self.notes)
        self.notes.clear()
        (user,) = self.said["User"]
        variables = self._variables() | dict(also or {})
        with self._socket() as line, self._leaves_nothing():
            # systemd replaces ${NAME}, and splits $NAME into words.
            (written,) = self.said["ExecStart"]
            words: list[str] = []
            for word in written.split():
                named = re.sub(r"\$\{(\w+)\}", lambda found: variables[found[1]], word)
                words += variables[word[1:]].split() if re.fullmatch(r"\$\w+", word) else [named]
            program = await asyncio.create_subprocess_exec(
                *self.debian.command(*words, user=user), env=variables, stderr=subprocess.PIPE
            )
            heard = asyncio.create_task(self._hear(line))
            log = asyncio.create_task(program.stderr.read())  # type: ignore[union-attr] # it is a pipe
            try:
                ended = asyncio.create_task(program.wait())
                await self._until(ready, ended)
                assert not ended.done(), (await log).decode()
                yield program
            finally:
                if program.returncode is None:
                    program.terminate()
                code = await program.wait()
                heard.cancel()
            assert code == 0, (await log).decode()

    async def beats(self, program: asyncio.subprocess.Process) -> None:
        """Wait for signs of life that come after now."""
        before = self.notes.count("WATCHDOG=1")
        await self._until(lambda: self.notes.count("WATCHDOG=1") > before, asyncio.create_task(program.wait()))

    async def _until(self, so: Callable[[], bool], ended: asyncio.Task[int]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not so() and not ended.done():  # noqa: ASYNC110 - a note of another process is waited for
                await asyncio.sleep(0.05)

    async def _hear(self, line: socket.socket) -> None:
        while True:
            self.notes.append((await asyncio.get_running_loop().sock_recv(line, 256)).decode())

    @contextlib.contextmanager
    def _leaves_nothing(self) -> Iterator[None]:
        """Remove the folders of a run at its end, as systemd does."""
        try:
            yield
        finally:
            for folder in self._run_folders():
                shutil.rmtree(self.debian.root / folder[1:])

    def _run_folders(self) -> list[str]:
        return [f"/run/{name}" for name in (*self.said.get("RuntimeDirectory", []), f"credentials-{self.name}")]

    @contextlib.contextmanager
    def _socket(self) -> Iterator[socket.socket]:
        path = self.debian.root / "run" / f"{self.name}.notify"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.bind(str(path))
            path.chmod(0o777)
            line.setblocking(False)
            try:
                yield line
            finally:
                path.unlink()

    def _variables(self) -> dict[str, str]:
        root = self.debian.root
        variables = dict(_CLEAN)
        for said in self.said.get("Environment", []):
            variables |= dict(each.split("=", 1) for each in said.split())
        for said in self.said.get("EnvironmentFile", []):
            file = root / said.removeprefix("-/")
            read = [line.split("=", 1) for line in file.read_text("utf-8").splitlines() if line[:1] not in {"", "#"}]
            variables |= {name: value.strip('"') for name, value in read}
        variables |= {"NOTIFY_SOCKET": f"/run/{self.name}.notify", "WATCHDOG_USEC": "1000000"}
        return variables | self._folders(root)

    def _folders(self, root: Path) -> dict[str, str]:
        """Make the folders that systemd would: credentials and the one of this run, readable by the user alone."""
        (user,) = self.said["User"]
        made = self._run_folders()
        credentials = made[-1]
        for folder in made:
            (root / folder[1:]).mkdir()
        for said in self.said.get("LoadCredential", []):
            name, _, path = said.partition(":")
            source = root / (path or f"etc/credstore/{name}").lstrip("/")
            if source.exists() or path:
                shutil.copy(source, root / credentials[1:] / name)
        for folder in made:
            self.debian.run("chown", "-R", f"{user}:{user}", folder)
            self.debian.run("chmod", "-R", "u=rwX,go=", folder)
        return {"CREDENTIALS_DIRECTORY": credentials}
