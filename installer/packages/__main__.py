"""``python -m installer.packages --out DIR``: Debian packages of what is committed here; ``build`` sets up for it."""

import argparse
import os
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Final

from installer.packages import environment, origin, wheel_house

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
#: The environment of each package; what has none has but a unit.
PACKAGES: Final = {
    "consular-server": "server",
    "consular-kiosk": "kiosk",
    "consular-signage": "signage",
    "consular-peripherals": "peripherals",
}
#: Commands that are on everybody's path.
_LINKS: Final = {
    "consular-server": "queue-server",
    "consular-kiosk": "kiosk",
    "consular-signage": "signage",
    "consular-peripherals": "peripherals",
}
_SETTINGS: Final = {
    "consular-server": ("consular-server.default", "etc/default/consular-server"),
    "consular-kiosk": ("kiosk.toml", "etc/consular/kiosk.toml"),
    "consular-signage": ("board.toml", "etc/consular/board.toml"),
}
#: Files in ``debian`` that debhelper does not know, how their names end once they are installed, and where that is.
RULES: Final = (
    ("polkit", "rules", "usr/share/polkit-1/rules.d"),
    ("logind", "conf", "usr/lib/systemd/logind.conf.d"),
)
#: Set apart from the environment of the server: a third of it, for one key of one page.
_PAPER: Final = "lib/python3.13/site-packages/typst"


def main() -> None:
    """Build, and say what was built and how large it is."""
    parser = argparse.ArgumentParser(prog="installer/packages/build")
    parser.add_argument("--out", type=Path, required=True, help="Folder for the packages; made where it is missing.")
    parser.add_argument("--version", help="Version of the packages; that of pyproject.toml where none is given.")
    parser.add_argument("--wheels", action="store_true", help="Beside them a tar of the server's wheels, for pip.")
    said = parser.parse_args()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = said.version or project["version"]
    said.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="consular-packages-") as folder:
        source = Path(folder) / f"consular-{version}"
        written = write_source(source, version)
        # Two builds of one commit give the same bytes: times in archives are that of the commit.
        surroundings = {**os.environ, "SOURCE_DATE_EPOCH": str(written), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
        subprocess.run(
            ["dpkg-buildpackage", "-b", "-us", "-uc", "-d"],
            cwd=source,
            check=True,
            stdout=subprocess.DEVNULL,
            env=surroundings,
        )
        made = [Path(shutil.copy(package, said.out)) for package in sorted(Path(folder).glob("*.deb"))]
        for bill in sorted((source / "trees").rglob("*.cdx.json")):
            # Beside the packages its name says of which version it is, as theirs do.
            copied = said.out / bill.name.replace(".cdx", f"_{version}.cdx")
            made += [Path(shutil.copy(bill, copied))]
    if said.wheels:
        made.append(wheel_house.make(recipes()["environments"]["server"], version, written, said.out))
    for one in made:
        print(f"{one.stat().st_size / 1e6:8.1f} MB  {one.name}")


def write_source(source: Path, version: str) -> int:
    """Write the source package: an environment for each package, and ``debian``. Gives the time of the commit."""
    made = recipes()
    written, commit = origin.version(ROOT)
    for name in PACKAGES.values():
        tree = source / "trees" / name
        environment.make(name, made["environments"][name], made["qt"]["keep"], version, tree, written=written)
    if (paper := source / "trees" / "server" / _PAPER).is_dir():
        (source / "trees" / "paper").mkdir()
        for each in (paper, *paper.parent.glob("typst-*.dist-info")):
            shutil.move(each, source / "trees" / "paper" / each.name)
    debian = source / "debian"
    shutil.copytree(HERE / "debian", debian)
    shutil.copytree(HERE / "etc", source / "etc")
    for name in ("technician.md", "settings.md"):
        shutil.copyfile(ROOT / "docs" / name, source / name)
    for template in ("postinst", "prerm", "postrm"):
        text = (debian / f"{template}.in").read_text(encoding="utf-8")
        (debian / f"{template}.in").unlink()
        for package in (*PACKAGES, "consular-lockers", "consular-server-paper"):
            filled = text.replace("@PACKAGE@", package).replace("@TREE@", _tree(package))
            (debian / f"{package}.{template}").write_text(filled, encoding="utf-8")
    for package in (*PACKAGES, "consular-lockers"):
        _write_lists(debian, package)
    (debian / "consular-server-paper.install").write_text(
        f"trees/paper/* usr/lib/consular/server/{Path(_PAPER).parent}\n", encoding="utf-8"
    )
    _write_changelog(debian, version, written, commit)
    for path in (source, *source.rglob("*")):
        # dpkg brings back to the commit what is younger, and leaves what was checked out before it.
        os.utime(path, (written, written), follow_symlinks=False)
    return written


def _tree(package: str) -> str:
    """Name the folder in which a package has modules: it compiles them, and takes what was compiled away with it."""
    if package == "consular-server-paper":
        return f"{environment.HOME}/server/{_PAPER}"
    return f"{environment.HOME}/{PACKAGES.get(package, 'lockers')}/lib"


def recipes() -> Mapping[str, Any]:
    """Read what each environment holds."""
    return tomllib.loads((HERE / "recipes.toml").read_text(encoding="utf-8"))


def _write_lists(debian: Path, package: str) -> None:
    """Write what of the source goes where in a package."""
    installed = []
    if package in PACKAGES:
        name = PACKAGES[package]
        installed.append(f"trees/{name}/* usr/lib/consular/{name}")
        link = f"usr/lib/consular/{name}/bin/{_LINKS[package]} usr/bin/{_LINKS[package]}\n"
        (debian / f"{package}.links").write_text(link, encoding="utf-8")
    if package in _SETTINGS:
        file, place = _SETTINGS[package]
        (debian.parent / "etc" / Path(place).name).write_bytes((debian.parent / "etc" / file).read_bytes())
        installed.append(f"etc/{Path(place).name} {Path(place).parent}")
    for kind, end, place in RULES:
        if (rule := debian / f"{package}.{kind}").exists():
            rule.rename(debian.parent / "etc" / f"50-{package}.{end}")
            installed.append(f"etc/50-{package}.{end} {place}")
    (debian / f"{package}.install").write_text("".join(f"{line}\n" for line in installed), encoding="utf-8")
    (debian / f"{package}.docs").write_text("technician.md settings.md", encoding="utf-8")


def _write_changelog(debian: Path, version: str, written: int, commit: str) -> None:
    maintainer = "Consular Support Centres <support@consular.example>"
    when = format_datetime(datetime.fromtimestamp(written, UTC))
    text = f"consular ({version}) unstable; urgency=medium\n\n  * Commit {commit}.\n\n -- {maintainer}  {when}\n"
    (debian / "changelog").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
