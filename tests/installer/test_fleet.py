"""A fleet from an inventory: Ansible sets up Debians that boot here, each with a systemd of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pytest

from tests.installer.containers import BaseSystem, Container, why_not
from tests.installer.test_installed import NO_SCREEN, built, clone_of, depends
from tests.ports import free_port

ROOT: Final = Path(__file__).parents[2]
PLAYBOOKS: Final = ROOT / "installer" / "ansible"
pytestmark = [pytest.mark.long, pytest.mark.skipif(bool(why_not()), reason=why_not())]
#: A line of the end of a play, and what it counts.
_RECAP: Final = re.compile(r"^(\S+)\s+: (ok=.*)$", re.MULTILINE)
_COUNT: Final = re.compile(r"(\w+)=(\d+)")
NEXT: Final = "99.0"
KIOSKS: Final = ("kiosk-1", "kiosk-2", "kiosk-3")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: everything it looks at is another machine."""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="consular-fleet-", dir="/var/tmp"))
    yield made
    shutil.rmtree(made)


class Fleet:
    """A server, three kiosks and a board, and who sets them up."""

    def __init__(self, folder: Path, base: BaseSystem, packages: Path) -> None:
        self._folder = folder
        port = free_port()
        self.server = Container(base, folder, "server")
        self.kiosks = [Container(base, folder, name) for name in KIOSKS]
        self.board = Container(base, folder, "board-1")
        self.machines = (self.server, *self.kiosks, self.board)
        listens = f"--host 0.0.0.0 --port {port}"
        centre = folder / "river.toml"
        template = (ROOT / "queue_server/catalogue/template/centre.toml").read_text("utf-8")
        centre.write_text(template.replace('id = "new"', 'id = "river"'), "utf-8")
        self.inventory: dict[str, Any] = {
            "all": {
                "vars": {
                    "ansible_host": "127.0.0.1",
                    "ansible_user": "root",
                    "ansible_ssh_private_key_file": str(base.key),
                    "ansible_ssh_common_args": f"-o UserKnownHostsFile={base.known_hosts} -o StrictHostKeyChecking=yes",
                    "consular_packages": str(packages),
                    "consular_centre": "river",
                    "consular_server_url": f"https://127.0.0.1:{port}",
                },
                "children": {
                    "consular_servers": {
                        "hosts": {"server": {"consular_catalogues": [str(centre)], "consular_serve_options": listens}}
                    },
                    "consular_kiosks": {"hosts": {name: {"consular_name": name} for name in KIOSKS}},
                    "consular_boards": {"hosts": {"board-1": {"consular_name": "Board 1"}}},
                },
            }
        }
        for machine in self.machines:
            self.host(machine.name)["ansible_port"] = machine.ssh_port

    def host(self, name: str) -> dict[str, Any]:
        groups = self.inventory["all"]["children"].values()
        found: dict[str, Any] = next(one["hosts"][name] for one in groups if name in one["hosts"])
        return found

    def play(self, book: str, *more: str, well: bool = True) -> dict[str, dict[str, str]]:
        """Run a playbook, which ends well or does not; how many tasks of each machine came to what."""
        written = self._folder / "inventory.json"
        written.write_text(json.dumps(self.inventory), "utf-8")
        done = subprocess.run(
            ["ansible-playbook", "-i", written, *more, PLAYBOOKS / book],
            capture_output=True, text=True, check=False, cwd=PLAYBOOKS,
            env=os.environ | {"LC_ALL": "C.UTF-8", "ANSIBLE_NOCOLOR": "1"},
        )  # fmt: skip
        print(done.stdout, done.stderr)
        assert (done.returncode == 0) == well
        return {line[1]: dict(_COUNT.findall(line[2])) for line in _RECAP.finditer(done.stdout)}


def there_is_no_screen(base: BaseSystem) -> None:
    """Tell units of kiosks and boards what is here in place of a screen."""
    said = "".join(f"Environment={name}={value}\n" for name, value in NO_SCREEN.items())
    for program in ("kiosk", "signage"):
        folder = base.debian.root / "etc/systemd/system" / f"consular-{program}.service.d"
        folder.mkdir()
        (folder / "no-screen.conf").write_text(f"[Service]\n{said}", "utf-8")


@pytest.fixture(scope="module")
def fleet(folder: Path) -> Iterator[Fleet]:
    """Build what is committed, and let five bare machines boot."""
    built(folder / "packages", clone_of("HEAD", folder / "clone") / "installer" / "packages" / "build")
    base = BaseSystem(folder)
    base.make(depends(sorted((folder / "packages").glob("*.deb"))))
    there_is_no_screen(base)
    made = Fleet(folder, base, folder / "packages")
    with ExitStack() as running:
        for machine in made.machines:
            running.enter_context(machine)
        yield made


def test_one_play_sets_up_a_centre_and_the_next_changes_nothing(fleet: Fleet) -> None:
    fleet.play("site.yml")
    units = {"server": [fleet.server], "kiosk": fleet.kiosks, "signage": [fleet.board]}
    for machine, unit in ((machine, unit) for unit, machines in units.items() for machine in machines):
        assert machine.run(f"systemctl is-active consular-{unit}") == "active\n"
        assert machine.run("systemctl --failed --plain --no-legend") == ""
    listed = fleet.server.run(
        "runuser -u consular-server -- queue-server devices river --json --data /var/lib/consular-server"
    )
    assert sorted(one["name"] for one in json.loads(listed)) == ["Board 1", *KIOSKS]
    again = fleet.play("site.yml")
    assert {name: counts["changed"] for name, counts in again.items()} == dict.fromkeys(again, "0")


def test_a_release_comes_in_rings_and_stops_at_a_machine_that_is_away(folder: Path, fleet: Fleet) -> None:
    first, second, third = fleet.kiosks
    for number, machine in ((1, first), (2, second), (3, third), (3, fleet.board)):
        fleet.host(machine.name)["consular_ring"] = number
    key = fleet.server.run("queue-server recovery-key /root/recovery.key").split()[-1]
    backups = "/var/lib/consular-server/backups"
    fleet.server.run(f"install -d -o consular-server -m 700 {backups}")
    fleet.host("server").update(consular_backups=backups, consular_recovery_keys=[key])
    built(folder / "next", sys.executable, "-m", "installer.packages", "--version", NEXT)
    line = ("update.yml", "-e", f"consular_packages={folder / 'next'}")

    before = version(first)
    second.cut()
    fleet.play(*line, well=False)
    assert [version(one) for one in (fleet.server, first, third, fleet.board)] == [NEXT, NEXT, before, before]
    second.start()
    fleet.play(*line)
    for machine in fleet.machines:
        assert version(machine) == NEXT
        assert machine.run("systemctl --failed --plain --no-legend") == ""
    assert fleet.server.run(f"ls {backups} | wc -l") == "2\n"


def version(machine: Container) -> str:
    """Give the release of the one program of ours that runs there."""
    running = machine.run("systemctl list-units --plain --no-legend --state=running 'consular-*'").split()[0]
    return machine.run(f"dpkg-query -W -f '${{Version}}' {running.removesuffix('.service')}")
