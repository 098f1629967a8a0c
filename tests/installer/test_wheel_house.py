"""The server beside Debian's packages: a wheel house that pip installs without a network, and the recipe of an image.

No container runtime runs here, so no image is built: the recipe is read, and held against packages, unit and program.
"""

import base64
import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Final

import pytest

from installer.packages import wheel_house
from installer.packages.__main__ import recipes
from queue_server.program import plain_serve

ROOT: Final = Path(__file__).parents[2]
HERE: Final = ROOT / "installer" / "packages"
RECIPE: Final = recipes()["environments"]["server"]
WRITTEN: Final = 1_790_000_000


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait for pip."""


@pytest.fixture(scope="module")
def wheel() -> bytes:
    return wheel_house.own_wheel(RECIPE, "1.2", WRITTEN)


def test_our_wheel_is_the_same_each_time_and_says_what_is_in_it(wheel: bytes) -> None:
    assert wheel_house.own_wheel(RECIPE, "1.2", WRITTEN) == wheel
    archive = zipfile.ZipFile(io.BytesIO(wheel))
    rows = {name: digest for name, digest, _ in csv.reader(archive.read(RECORD).decode().splitlines())}
    assert rows.keys() == set(archive.namelist())
    for name, digest in rows.items():
        said = base64.urlsafe_b64encode(hashlib.sha256(archive.read(name)).digest()).decode().rstrip("=")
        assert digest == ("" if name == RECORD else f"sha256={said}")
    assert {"queue_server/program.py", "queue_server/web/templates/figures/page.html"} <= rows.keys()
    assert not any(name.startswith(("tests/", "kiosk/", "installer/")) for name in rows)


RECORD: Final = "consular_support-1.2.dist-info/RECORD"


def test_pip_takes_our_wheel_and_makes_its_command(wheel: bytes, tmp_path: Path) -> None:
    file = tmp_path / "consular_support-1.2-py3-none-any.whl"
    file.write_bytes(wheel)
    there = tmp_path / "there"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-index", "--no-deps",
         "--target", there, file],
        check=True,
    )  # fmt: skip
    assert (there / "bin" / "queue-server").exists()
    assert (there / "queue_server" / "program.py").read_bytes() == (ROOT / "queue_server" / "program.py").read_bytes()


@pytest.mark.long
def test_a_server_is_installed_from_the_house_without_a_network(tmp_path: Path) -> None:
    made = wheel_house.make(RECIPE, "1.2", WRITTEN, tmp_path)
    with tarfile.open(made) as archive:
        archive.extractall(tmp_path, filter="data")
    house, place = tmp_path / made.stem, tmp_path / "place"
    subprocess.run(["/usr/bin/python3", "-m", "venv", place], check=True)
    subprocess.run(
        [place / "bin" / "pip", "install", "-q", "--disable-pip-version-check", "--no-index", "--no-deps",
         "--find-links", house, "--require-hashes", "-r", house / wheel_house.REQUIREMENTS],
        check=True,
    )  # fmt: skip
    data = tmp_path / "data"
    subprocess.run([place / "bin" / "queue-server", "init", "--demo", "--data", data], check=True, cwd=tmp_path)
    assert (data / "queue.sqlite").exists()
    # A wheel that is not what the house says is not installed.
    other = next(house.glob("consular_support-*.whl"))
    other.write_bytes(other.read_bytes() + b"\n")
    refused = subprocess.run(
        [place / "bin" / "pip", "install", "--no-index", "--no-deps", "--find-links", house, "--force-reinstall",
         "--require-hashes", "-r", house / wheel_house.REQUIREMENTS],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr


#: Of the Containerfile reference; another word would end a build.
INSTRUCTIONS: Final = {
    "FROM", "COPY", "RUN", "USER", "WORKDIR", "ENV", "VOLUME", "EXPOSE", "STOPSIGNAL", "ENTRYPOINT", "CMD",
}  # fmt: skip


def recipe_of_the_image() -> dict[str, list[str]]:
    """Read the recipe: what follows each instruction, in order."""
    text = re.sub(r"^#.*\n", "", (HERE / "server.oci").read_text("utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    said: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        word, rest = line.split(maxsplit=1)
        said.setdefault(word, []).append(rest)
    return said


def test_the_recipe_of_the_image_is_one() -> None:
    said = recipe_of_the_image()
    assert said.keys() <= INSTRUCTIONS
    assert {word: len(rest) for word, rest in said.items() if word != "ENV"} == dict.fromkeys(said.keys() - {"ENV"}, 1)
    assert said["FROM"] == ["docker.io/library/debian:trixie-slim"]
    subprocess.run(["/bin/sh", "-n", "-c", said["RUN"][0]], check=True)


def test_the_image_holds_the_packages_of_the_server_and_nothing_of_a_device() -> None:
    (copied,) = recipe_of_the_image()["COPY"]
    names = [word.removesuffix("_*.deb") for word in copied.split()[:-1]]
    control = (HERE / "debian" / "control").read_text("utf-8")
    assert names == ["consular-server", "consular-server-paper"]
    assert set(names) <= set(re.findall(r"^Package: (\S+)$", control, re.MULTILINE))


def test_the_image_runs_as_the_unit_does() -> None:
    said = recipe_of_the_image()
    unit = (HERE / "debian" / "consular-server.service").read_text("utf-8")
    (variables,) = re.findall(r"^Environment=(.+)$", unit, re.MULTILINE)
    assert said["ENV"] == [variables]
    assert f"User={said['USER'][0]}\n" in unit
    given = dict(word.split("=", 1) for word in variables.split())
    assert said["VOLUME"] == said["WORKDIR"] == [given["CONSULAR_DATA"]]
    (program,) = json.loads(said["ENTRYPOINT"][0])
    assert f"ExecStart={program} serve " in unit
    line = plain_serve(json.loads(said["CMD"][0]), given)
    assert line == {"data": given["CONSULAR_DATA"], "host": "0.0.0.0", "port": "8443"}  # noqa: S104 - of a container
    assert said["EXPOSE"] == [f"{line['port']}/tcp"]
