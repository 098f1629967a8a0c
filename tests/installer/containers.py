"""A Debian with a systemd of its own: namespaces, a cgroup and a file system, on this machine's kernel and network.

Units run as they would on a machine, with what they take away. There is no screen, and no kernel of its own.
"""

import os
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.installer.bare import PATIENCE_S, BareDebian
from tests.ports import free_port

#: What a machine needs to start by itself, to be reached, and to be looked after.
_BESIDE: Final = {"systemd-sysv", "dbus", "openssh-server", "python3", "ca-certificates", "netbase"}
#: What is of machines alone.
_NOT_HERE: Final = (
    "console-getty",
    "systemd-firstboot",
    "systemd-machine-id-commit",
    "systemd-networkd",
    "systemd-logind",
)
#: $0 is the system below, $1 what is above it, $2 its cgroup, $3 its name. systemd is told that it is in a container
#: (the interface of containers, https://systemd.io/CONTAINER_INTERFACE/).
_BOOT: Final = r"""
set -e
echo 0 > "$2/cgroup.procs"
exec unshare --cgroup --pid --mount --ipc --uts --fork --kill-child sh -c '
set -e
root="$1/root"
hostname "$2"
mount --make-rprivate /
mount -t overlay -o "lowerdir=$0,upperdir=$1/above,workdir=$1/work" overlay "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
for one in null zero full random urandom tty; do touch "$root/dev/$one"; mount --bind "/dev/$one" "$root/dev/$one"; done
touch "$root/dev/tty1"; mount --bind /dev/null "$root/dev/tty1"
cd "$root"
mkdir -p before
pivot_root . before
cd /
umount -l /before
mount --make-rshared /
rmdir /before
exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd
' "$0" "$1" "$3"
"""


def why_not() -> str:
    """Say why no such Debian runs here, "" where it does."""
    if os.geteuid() != 0:
        return "it takes root"
    return "" if _cgroups() is not None else "this machine has no cgroup2 that can be written to"


def _cgroups() -> Path | None:
    mounts = (line.split() for line in Path("/proc/mounts").read_text("utf-8").splitlines())
    found = (Path(place) for _, place, kind, *_ in mounts if kind == "cgroup2")
    return next((place for place in found if os.access(place, os.W_OK)), None)


class BaseSystem:
    """What each of them begins with, and nobody writes to; ``key`` and ``known_hosts`` are for coming in by ssh."""

    def __init__(self, folder: Path) -> None:
        self.debian = BareDebian(folder / "base")
        self.key, self.known_hosts = folder / "key", folder / "known_hosts"

    def make(self, include: set[str]) -> None:
        self.debian.make(include | _BESIDE)
        root = self.debian.root
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.key], check=True)
        (root / "root/.ssh").mkdir(mode=0o700, exist_ok=True)
        (root / "root/.ssh/authorized_keys").write_bytes(self.key.with_suffix(".pub").read_bytes())
        # Each has the name that it is started with.
        (root / "etc/hostname").unlink(missing_ok=True)
        self.debian.run("systemctl", "mask", *_NOT_HERE)
        # Each listens at a port of its own, and a socket of systemd would at 22.
        self.debian.run("systemctl", "disable", "ssh.socket")
        self.debian.run("systemctl", "enable", "ssh.service")

    def knows(self, port: int) -> None:
        """Take down by what a server of ssh at this port shows that it is one of these."""
        kind, key = (self.debian.root / "etc/ssh/ssh_host_ed25519_key.pub").read_text("utf-8").split()[:2]
        with self.known_hosts.open("a", encoding="ascii") as file:
            file.write(f"[127.0.0.1]:{port} {kind} {key}\n")


class Container:
    """One of them; it listens for ssh at ``ssh_port`` of 127.0.0.1. What was written there stays over a cut."""

    def __init__(self, base: BaseSystem, folder: Path, name: str) -> None:
        self.name, self.ssh_port = name, free_port()
        self._base, self._folder = base, folder / name
        for part in ("above/etc/ssh/sshd_config.d", "work", "root"):
            (self._folder / part).mkdir(parents=True)
        listens = f"Port {self.ssh_port}\nListenAddress 127.0.0.1\n"
        (self._folder / "above/etc/ssh/sshd_config.d/port.conf").write_text(listens, "utf-8")
        base.knows(self.ssh_port)
        found = _cgroups()
        assert found is not None, why_not()
        self._cgroup = found / f"consular-{os.getpid()}-{name}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self.cut()

    def start(self) -> None:
        """Boot it, and wait until it has started all that it starts by itself."""
        self._cgroup.mkdir(exist_ok=True)
        told = (self._base.debian.root, self._folder, self._cgroup, self.name)
        self._process = subprocess.Popen(["sh", "-c", _BOOT, *map(str, told)])
        until = time.monotonic() + PATIENCE_S
        while (said := self._said("systemctl is-system-running --wait")) != "running":
            assert self._process.poll() is None, self.name
            assert said != "degraded", self.run("systemctl --failed --no-pager; journalctl --no-pager | tail -50")
            assert time.monotonic() < until, said
            time.sleep(0.1)

    def cut(self) -> None:
        """Take its power away, where it has any."""
        if not self._cgroup.is_dir():
            return
        (self._cgroup / "cgroup.kill").write_text("1", "ascii")
        self._process.wait()
        # Those below it are gone a moment later.
        for folder, _, _ in os.walk(self._cgroup, topdown=False):
            until = time.monotonic() + PATIENCE_S
            while Path(folder).is_dir():
                try:
                    Path(folder).rmdir()
                except OSError:
                    assert time.monotonic() < until, folder
                    time.sleep(0.05)

    def run(self, line: str) -> str:
        """Run a line of a shell as root to its end, and give what it prints."""
        done = subprocess.run(self._line(line), capture_output=True, text=True, check=False, timeout=PATIENCE_S)
        assert done.returncode == 0, f"{self.name}, {line}: {done.stdout}{done.stderr}"
        return done.stdout

    def _said(self, line: str) -> str:
        return subprocess.run(self._line(line), capture_output=True, text=True, check=False).stdout.strip()

    def _line(self, line: str) -> list[str]:
        first = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text("ascii").split() or ["0"]
        enter = ("nsenter", "-t", first[0], "--mount", "--pid", "--ipc", "--uts", "--cgroup", "--root", "--wd")
        return [*enter, "sh", "-c", line]
