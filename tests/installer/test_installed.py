"""Packages in a bare Debian 13: installed without a network, run as their units say, upgraded, rolled back, purged.

No systemd runs here: users and folders are made by its own tools, and programs are started by the command lines of
their units, with the variables, credentials, user and socket that it would give them. What a unit takes away (files,
devices, system calls) is not tried by this; ``test_packages`` asks systemd what it thinks of that.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.installer.bare import BareDebian, Unit
from tests.ports import free_port

ROOT: Final = Path(__file__).parents[2]
pytestmark = pytest.mark.long
#: No screen and no seat are here: what cage and Qt are told instead.
NO_SCREEN: Final = {
    "WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman",
    "QT_QUICK_BACKEND": "software",
}  # fmt: skip
HOME: Final = "/var/lib/consular-server"
SERVER: Final = ("--data", HOME)
#: What stands in the rule for touch panels that the page for technicians shows.
MATRIX: Final = "ENV{LIBINPUT_CALIBRATION_MATRIX}="
OWNER: Final = "consular-server"
PROGRAMS: Final = ("server", "kiosk", "signage", "peripherals", "lockers")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: everything it looks at is another process."""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Not in memory: a Debian takes more than a gigabyte."""
    made = Path(tempfile.mkdtemp(prefix="consular-bare-", dir="/var/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def packages(folder: Path) -> list[Path]:
    """Build what is committed, from a clone in which nothing was set up."""
    clone = clone_of("HEAD", folder / "clone")
    return built(folder / "new", clone / "installer" / "packages" / "build")


@pytest.fixture(scope="module")
def release_before(folder: Path) -> list[Path]:
    """Build the commit before the youngest migration, whose database today's server does not take as it is.

    It may be older than packages are; then today's ``installer`` packs its programs.
    """
    migrations = ("--diff-filter=A", "--format=%H", "--", "queue_server/migrations/versions")
    youngest = git("log", "-1", *migrations)
    if git("rev-parse", "--is-shallow-repository") == "true" or not youngest:
        pytest.skip("this clone has no history to take an older release from")
    clone = clone_of(f"{youngest}~1", folder / "clone-before")
    if not (clone / "installer" / "packages").is_dir():
        shutil.copytree(ROOT / "installer", clone / "installer", dirs_exist_ok=True)
    return built(folder / "before", sys.executable, "-m", "installer.packages", "--version", "0.0.1", cwd=clone)


def git(*line: str) -> str:
    return subprocess.run(["git", *line], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def clone_of(commit: str, place: Path) -> Path:
    named = git("rev-parse", commit)
    git("clone", "-q", "--shared", "--no-checkout", str(ROOT), str(place))
    subprocess.run(["git", "checkout", "-q", "--detach", named], cwd=place, check=True)
    return place


def built(out: Path, *line: str | Path, cwd: Path = ROOT) -> list[Path]:
    subprocess.run([*line, "--out", out], cwd=cwd, check=True)
    return sorted(out.glob("*.deb"))


def sums(packages: list[Path]) -> dict[str, str]:
    return {package.name: hashlib.sha256(package.read_bytes()).hexdigest() for package in packages}


def depends(packages: list[Path]) -> set[str]:
    """Give what the packages stand on beside each other."""
    said = [subprocess.check_output(["dpkg-deb", "-f", package, "Depends"], text=True) for package in packages]
    names = {re.split(r"[ (|]", each.strip())[0] for line in said for each in line.split(",")}
    return {name for name in names if not name.startswith("consular-")} | {"systemd", "udev"}


class Centre:
    """The server's address, as a program of a manager asks it."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.token = ""

    def ask(self, path: str, body: object = None, key: str = "") -> Any:
        headers = {"Content-Type": "application/json"}
        headers |= {"Idempotency-Key": key} if key else {}
        headers |= {"Authorization": f"Bearer {self.token}"} if self.token else {}
        sent = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}{path}", sent, headers)  # noqa: S310 - of this machine
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
            return json.load(answer)

    def ready(self) -> bool:
        try:
            self.ask("/readyz")
        except OSError:
            return False
        return True

    def refuses(self, reason: str) -> Callable[[], bool]:
        """Tell of a server that listens and is not ready, whether it says why."""

        def so() -> bool:
            try:
                self.ask("/readyz")
            except urllib.error.HTTPError as error:
                return reason in error.read().decode()
            except OSError:
                return False
            return False

        return so

    def take_ticket(self, key: str) -> tuple[str, str]:
        services = self.ask("/api/v1/centres/demo/services")["services"]
        wanted = {"services": [services[0]["id"]], "category": "walk-in", "party_size": 1, "language": "en"}
        visit = self.ask("/api/v1/centres/demo/visits", wanted, key)["visit"]
        return visit["id"], visit["code"]

    def code_of(self, visit: str) -> str:
        return str(self.ask(f"/api/v1/centres/demo/visits/{visit}")["visit"]["code"])


def test_a_clone_and_this_folder_give_the_same_bytes(folder: Path, packages: list[Path]) -> None:
    assert git("status", "--porcelain", "--untracked-files=no") == "", "what is packed must be committed"
    assert sums(built(folder / "again", ROOT / "installer" / "packages" / "build")) == sums(packages)


def test_lintian_has_nothing_to_say(packages: list[Path]) -> None:
    said = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error,warning", *packages],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout


async def test_installed_run_upgraded_rolled_back_purged(
    folder: Path, packages: list[Path], release_before: list[Path]
) -> None:
    debian = BareDebian(folder / "debian")
    debian.make(depends(packages) | depends(release_before))
    before = debian.files()
    port = free_port()
    centre, server = Centre(port), Unit(debian, "consular-server")

    # The release before, with data.
    debian.install(*release_before)
    server.read()
    (debian.root / "etc/default/consular-server").write_text(f'SERVE_OPTIONS="--host 127.0.0.1 --port {port}"\n')
    debian.run("queue-server", "init", "--demo", *SERVER, user=OWNER)
    async with server.running(ready=centre.ready):
        enrol(debian, centre, "integration", "--role", "manager")
        visit, code = centre.take_ticket("taken-before")
    kept = debian.root / "root" / "kept"
    debian.run("cp", "-a", HOME, "/root/kept")

    # Upgraded.
    debian.install(*packages)
    server.read()
    assert f"port {port}" in (debian.root / "etc/default/consular-server").read_text("utf-8")
    assert_whole(debian)
    async with server.running(ready=centre.refuses("schema-older")):
        pass
    debian.run("queue-server", "migrate", *SERVER, user=OWNER)
    async with server.running() as process:
        assert centre.code_of(visit) == code
        later, _ = centre.take_ticket("taken-later")
        for program, kind in (("kiosk", "kiosk"), ("signage", "screen")):
            enrol_device(debian, centre, program, kind)
            unit = Unit(debian, f"consular-{program}").read()
            async with unit.running(also=NO_SCREEN) as screen:
                await unit.beats(screen)
        await server.beats(process)
        assert centre.ready()

    # Rolled back: programs by their packages, data by the copy of then, as the pages for technicians say.
    debian.install(*release_before)
    server.read()
    async with server.running(ready=centre.refuses("schema-newer")):
        pass
    debian.run("rm", "-r", HOME)
    debian.run("mv", "/root/kept", HOME)
    assert not kept.exists()
    async with server.running(ready=centre.ready):
        assert centre.code_of(visit) == code
        with pytest.raises(urllib.error.HTTPError):
            centre.code_of(later)

    # Purged, and installed anew: each release answers for what it leaves itself.
    for _ in range(2):
        install_and_purge(debian, packages, before)
    debian.install(*packages)
    server.read()
    debian.run("queue-server", "init", "--demo", *SERVER, user=OWNER)
    # Who makes no PDF leaves that package away.
    debian.run("dpkg", "--purge", "consular-server-paper", offline=True)
    asked = "from queue_server.web.figures.day_paper import can_print; print(can_print())"
    assert debian.run("/usr/lib/consular/server/bin/python3", "-c", asked) == "False\n"
    async with server.running(also={"SERVE_OPTIONS": f"--host 127.0.0.1 --port {port}"}):
        assert centre.ready()


def enrol(debian: BareDebian, centre: Centre, kind: str, *more: str) -> None:
    code = enrolment_code(debian, kind, *more)
    centre.token = centre.ask("/api/v1/enrol", {"code": code}, "enrol-it")["token"]


def enrol_device(debian: BareDebian, centre: Centre, program: str, kind: str) -> None:
    line = ("--code", enrolment_code(debian, kind), "--server", centre.address)
    debian.run(program, "enrol", *line, "--data", f"/var/lib/consular-{program}", user=f"consular-{program}")


def enrolment_code(debian: BareDebian, kind: str, *more: str) -> str:
    line = ("queue-server", "enrol-code", "--centre", "demo", *SERVER, "--kind", kind, "--name", kind, *more)
    return debian.run(*line, user=OWNER).split()[-1]


def install_and_purge(debian: BareDebian, packages: list[Path], before: set[str]) -> None:
    """Install all, purge all, and see that nothing stays but users, and folders for rules of others that are empty."""
    debian.install(*packages)
    names = [f"consular-{name}" for name in (*PROGRAMS, "server-paper")]
    debian.run("dpkg", "--purge", *names, offline=True)
    left = debian.files() - before
    assert {name for name in left if "consular" in name or not (debian.root / name).is_dir()} == set()
    assert {name for name in left if (debian.root / name).is_symlink()} == set()
    assert debian.owned_by("consular-") == []


def assert_whole(debian: BareDebian) -> None:
    """See that libraries find what they are linked with, nothing is large, and every line is understood."""
    home = debian.root / "usr" / "lib" / "consular"
    assert size_mb(home / "server") - size_mb(home / "server/lib/python3.13/site-packages/typst") <= 160
    assert size_mb(home / "kiosk") <= 350
    missing = debian.run(
        "sh", "-c", "find /usr/lib/consular -name '*.so*' -type f -exec ldd {} + 2>/dev/null | grep 'not found'; true"
    )
    assert missing == ""
    assert_understood(debian)


def assert_understood(debian: BareDebian) -> None:
    """See that systemd and udev take every line of ours, where all is that the lines name."""
    debian.run("sh", "-c", "systemd-analyze verify /usr/lib/systemd/system/consular-*.service")
    debian.run("sh", "-c", "udevadm verify /usr/lib/udev/rules.d/*consular-*.rules")
    matrix = next(line for line in (ROOT / "docs" / "technician.md").read_text("utf-8").splitlines() if MATRIX in line)
    (debian.root / "root" / "60-touch.rules").write_text(f"{matrix}\n")
    debian.run("udevadm", "verify", "/root/60-touch.rules")


def size_mb(folder: Path) -> float:
    """Give what is installed and compiled there, in megabytes of files."""
    return sum(
        (Path(place) / name).lstat().st_size for place, _, names in os.walk(folder) for name in names
    ) / 1e6  # fmt: skip
