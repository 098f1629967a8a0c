"""The bill of materials of each environment: all of its lock, with versions, hashes and licences, and no address."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, distributions
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import pytest

from installer.packages import locked, sbom
from installer.packages.__main__ import ROOT, recipes

RECIPES: Final = recipes()["environments"]
WRITTEN: Final = 1_780_000_000
#: Those of the lock that are for other machines: they are not installed here, nor in a package.
_ELSEWHERE: Final = re.compile(r"sys_platform == '(win32|darwin|emscripten)'|platform_system == 'Windows'")


def entries(name: str) -> list[locked.Locked]:
    return locked.needed(locked.read(ROOT / "installer" / "requirements.lock"), RECIPES[name]["wheels"])


def bill(name: str, folder: Path) -> str:
    """Write the bill of an environment whose wheels are those of the tests: both come from one lock."""
    folder.mkdir()
    for entry in entries(name):
        try:
            found = distribution(entry.name)
        except PackageNotFoundError:
            continue
        about = Path(str(found.locate_file(""))) / found._path.name  # type: ignore[attr-defined] # where it lies
        (folder / about.name).symlink_to(about)
    (ours := folder / "consular_support-1.2.3.dist-info").mkdir()
    (ours / "METADATA").write_text("Metadata-Version: 2.1\nName: consular-support\nVersion: 1.2.3\n")
    return sbom.write(folder, name, "1.2.3", WRITTEN, entries(name)).read_text("utf-8")


@pytest.fixture(params=RECIPES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def made(name: str, tmp_path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(bill(name, tmp_path / "wheels"))
    return read


def test_each_locked_wheel_is_in_it_as_the_lock_has_it(name: str, made: dict[str, Any]) -> None:
    told = {part["name"]: part for part in made["components"]}
    wanted = {entry.name: "\n".join(entry.lines) for entry in entries(name)}
    wanted = {one: text for one, text in wanted.items() if not _ELSEWHERE.search(text.splitlines()[0])}
    assert len(wanted) > 15
    assert told.keys() == wanted.keys()
    for one, text in wanted.items():
        assert text.startswith(f"{one}=={told[one]['version']}"), one
        hashes = [each["content"] for each in told[one]["hashes"] if each["alg"] == "SHA-256"]
        assert hashes, one
        assert sorted(hashes) == sorted(re.findall(r"sha256:([0-9a-f]{64})", text)), one


def test_each_wheel_has_a_licence(made: dict[str, Any]) -> None:
    assert {part["name"] for part in made["components"] if not part.get("licenses")} == set()
    # The GPL and the AGPL cannot be taken into what is installed (decision 17); the LGPL can.
    strict = re.compile(r"(?<![L])(A?GPL)")
    said = {part["name"]: json.dumps(part["licenses"]) for part in made["components"]}
    assert {one for one, text in said.items() if strict.search(text) and "LGPL" not in text} == set()


def test_nothing_needs_what_is_not_there_and_all_is_needed(made: dict[str, Any]) -> None:
    there = {part["bom-ref"] for part in made["components"]}
    needs = {each["ref"]: set(each.get("dependsOn", ())) for each in made["dependencies"]}
    assert set().union(*needs.values()) == there
    assert needs.keys() == there | {sbom.OURS}


def test_it_names_no_address_and_is_the_same_again(name: str, tmp_path: Path) -> None:
    first = bill(name, tmp_path / "first")
    without = {key: value for key, value in json.loads(first).items() if key != "$schema"}
    assert "://" not in json.dumps(without)
    assert first == bill(name, tmp_path / "second")


def _schemas() -> Iterator[tuple[str, Any]]:
    folder = files("cyclonedx.schema") / "_res"
    for file in ("spdx", "jsf-0.82", "cryptography-defs"):
        text = (folder / f"{file}.SNAPSHOT.schema.json").read_text("utf-8")
        yield f"http://cyclonedx.org/schema/{file}.SNAPSHOT.schema.json", json.loads(text)


def test_it_is_what_its_schema_says(made: dict[str, Any]) -> None:
    schema = json.loads((files("cyclonedx.schema") / "_res" / "bom-1.6.SNAPSHOT.schema.json").read_text("utf-8"))
    validator = jsonschema_rs.validator_for(schema, registry=jsonschema_rs.Registry(list(_schemas())))
    assert [error.message for error in validator.iter_errors(made)] == []
    made["components"][0]["hashes"][0]["content"] = "none"
    assert not validator.is_valid(made)


@pytest.mark.parametrize(
    ("metadata", "licences"),
    [
        ("License-Expression: MIT OR Apache-2.0\nLicense: x", ["MIT OR Apache-2.0"]),
        ("License: Apache 2.0\nClassifier: License :: OSI Approved :: Apache Software License", ["Apache-2.0"]),
        ("Classifier: License :: OSI Approved\nClassifier: License :: OSI Approved :: MIT License", ["MIT"]),
        (f"License: {'the whole text ' * 9}\nClassifier: License :: OSI Approved :: ISC License (ISCL)", ["ISC"]),
        ("License-File: LICENSE", ["MIT"]),
        ("License-File: none", []),
        ("Summary: nothing of it", []),
    ],
)
def test_a_licence_is_read_where_a_wheel_says_it(tmp_path: Path, metadata: str, licences: list[str]) -> None:
    folder = tmp_path / "some-1.dist-info"
    (folder / "licenses").mkdir(parents=True)
    (folder / "licenses" / "LICENSE").write_text("The MIT License (MIT)\n\nCopyright\n")
    (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: some\nVersion: 1\n{metadata}\n")
    (found,) = distributions(path=[str(tmp_path)])
    assert sbom.licences(found) == licences
