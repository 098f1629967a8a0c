"""What packages hold: what their programs import, nothing for building or testing, and units that may do little."""

import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any, Final

import pytest

from installer.packages import environment, locked
from installer.packages.__main__ import RULES
from queue_server.program import CREDENTIAL

ROOT: Final = Path(__file__).parents[2]
HERE: Final = ROOT / "installer" / "packages"
RECIPES: Final = tomllib.loads((HERE / "recipes.toml").read_text("utf-8"))["environments"]
UNITS: Final = sorted((HERE / "debian").glob("*.service"))
OURS: Final = {"queue_server", "kiosk", "signage", "peripherals"}
#: Imported where pictures are read: that is a device's work, and no code of the server comes there.
OF_DEVICES: Final = {"server": {"PIL", "serial", "smartcard", "pymodbus"}}
#: A line that imports; to read every program as Python would takes seconds.
IMPORT: Final = re.compile(
    r"^ *(?:from ([a-zA-Z_][\w.]*) import |import ([a-zA-Z_][\w.]*)(?: as \w+)?(?: +#.*)?$)", re.MULTILINE
)


def names(recipe: dict[str, Any]) -> set[str]:
    lock = locked.read(ROOT / "installer" / "requirements.lock")
    return {entry.name for entry in locked.needed(lock, recipe["wheels"])}


def sources(recipe: dict[str, Any]) -> list[Path]:
    return [
        path
        for each in recipe["code"]
        for path in ([ROOT / each] if each.endswith(".py") else sorted((ROOT / each).rglob("*.py")))
    ]


@cache
def imported_by(path: Path) -> frozenset[str]:
    return frozenset(found[1] or found[2] for found in IMPORT.finditer(path.read_text("utf-8")))


def imported(paths: list[Path]) -> set[str]:
    return {module for path in paths for module in imported_by(path)}


@pytest.mark.parametrize("name", RECIPES)
def test_an_environment_has_all_that_its_code_imports(name: str) -> None:
    recipe = RECIPES[name]
    brought = names(recipe)
    makers = packages_distributions()
    others = {module.split(".")[0] for module in imported(sources(recipe))} - sys.stdlib_module_names - OURS
    missing = {
        module
        for module in others - OF_DEVICES.get(name, set())
        if not brought & {maker.lower().replace("_", "-") for maker in makers[module]}
    }
    assert missing == set()


@pytest.mark.parametrize("name", RECIPES)
def test_an_environment_has_all_of_our_own_that_its_code_imports(name: str) -> None:
    there = sources(RECIPES[name])
    modules = {
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__") for path in there
    }
    folders = {module.rsplit(".", depth)[0] for module in modules for depth in range(1, 6)}
    ours = {module for module in imported(there) if module.split(".")[0] in OURS}
    assert {module for module in ours if module not in modules | folders} == set()


@pytest.mark.parametrize("name", RECIPES)
def test_nothing_that_builds_or_tests_is_brought(name: str) -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]["test"]
    tools = {re.split("[<>=]", each)[0].lower() for each in groups} | {"pip", "uv", "cython", "pyside6", "cmake"}
    assert names(RECIPES[name]) & tools == set()


def test_what_an_entry_of_the_lock_needs_comes_with_it(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text(
        "a==1 \\\n    --hash=sha256:00\n    # via ours (pyproject.toml)\n"
        "b==2 ; sys_platform == 'win32' \\\n    --hash=sha256:01\n    # via\n    #   a\n    #   z\n"
        "c==3 \\\n    --hash=sha256:02\n    # via b\n"
        "z==4 \\\n    --hash=sha256:03\n    # via consular-support (pyproject.toml:test)\n"
    )
    entries = locked.read(lock)
    assert [entry.name for entry in locked.needed(entries, ["a"])] == ["a", "b", "c"]
    assert entries["b"].lines[:2] == ("b==2 ; sys_platform == 'win32' \\", "    --hash=sha256:01")
    with pytest.raises(KeyError):
        locked.needed(entries, ["y"])


def test_commands_are_those_of_the_project() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    for recipe in RECIPES.values():
        assert recipe["commands"].items() <= scripts.items()
    assert environment.PYTHON == "3.13"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_may_do_little(unit: Path) -> None:
    table = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", unit], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"exposure level for \S+: ([0-9.]+)", table)
    assert found is not None
    assert float(found[1]) < 2.0


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_has_a_user_and_a_folder_of_its_own_and_is_watched(unit: Path) -> None:
    lines = unit.read_text("utf-8").splitlines()
    wanted = ("Type=notify", "WatchdogSec=60", f"User={unit.stem}", f"StateDirectory={unit.stem}", "Restart=always")
    assert set(wanted) <= set(lines)
    assert (unit.with_suffix(".sysusers")).read_text("utf-8").startswith(f"u {unit.stem} ")
    assert f"d /var/lib/{unit.stem} 0700 {unit.stem} " in unit.with_suffix(".tmpfiles").read_text("utf-8")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_what_only_root_reads_comes_as_a_credential(unit: Path) -> None:
    lines = unit.read_text("utf-8").splitlines()
    (given,) = (line.removeprefix("LoadCredential=") for line in lines if line.startswith("LoadCredential="))
    (command,) = (line for line in lines if line.startswith("ExecStart="))
    name, _, path = given.partition(":")
    if unit.stem == "consular-server":
        # Without a path: of systemd's own places, sealed or not, and nothing where there is none.
        assert (name, path) == (CREDENTIAL, "")
    else:
        assert path.startswith("/etc/consular/")
        assert f"--settings ${{CREDENTIALS_DIRECTORY}}/{name}" in command
        # Where the package brings no such file the unit waits until somebody writes one.
        packed = HERE / "etc" / Path(path).name
        assert packed.exists() or f"ConditionPathExists={path}" in lines


def test_every_file_that_stands_beside_a_unit_is_installed() -> None:
    known = {".service", ".sysusers", ".tmpfiles", ".udev", ".lintian-overrides"}
    ours = {f".{kind}" for kind, _, _ in RULES}
    assert {path.suffix for path in (HERE / "debian").glob("consular-*.*")} == known | ours


@pytest.mark.parametrize("screen", ["consular-kiosk", "consular-signage"])
def test_no_key_and_no_lid_puts_a_screen_to_sleep(screen: str, tmp_path: Path) -> None:
    there = tmp_path / "usr/lib/systemd/logind.conf.d"
    there.mkdir(parents=True)
    (there / f"50-{screen}.conf").write_bytes((HERE / "debian" / f"{screen}.logind").read_bytes())
    said = subprocess.run(
        ["systemd-analyze", "cat-config", f"--root={tmp_path}", "systemd/logind.conf"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    ignored = set(re.findall(r"^(\w+)=ignore$", said, re.MULTILINE))
    keys = {"Power", "Reboot", "Suspend", "Hibernate"}
    assert ignored == {f"Handle{key}Key" for key in keys} | {
        "HandleLidSwitch", "HandleLidSwitchExternalPower", "HandleLidSwitchDocked", "IdleAction",
    }  # fmt: skip


@pytest.mark.parametrize("screen", ["consular-kiosk", "consular-signage"])
def test_a_screen_draws_by_the_groups_that_debian_gives_displays_to(screen: str) -> None:
    lines = (HERE / "debian" / f"{screen}.sysusers").read_text("utf-8").splitlines()
    assert {f"m {screen} video", f"m {screen} render"} <= set(lines)


def test_there_is_a_unit_for_each_program() -> None:
    wanted = {"consular-server", "consular-kiosk", "consular-signage", "consular-peripherals", "consular-lockers"}
    assert {unit.stem for unit in UNITS} == wanted


def test_a_server_may_hold_ten_thousand_sockets() -> None:
    unit = (HERE / "debian" / "consular-server.service").read_text("utf-8")
    found = re.search(r"^LimitNOFILE=(\d+)$", unit, re.MULTILINE)
    assert found is not None
    assert int(found[1]) > 20_000
