"""The bill of materials of an environment (CycloneDX 1.6): what of the lock is in it, with versions, hashes, licences.

It lies where PEP 770 wants it, in ``sboms`` of what describes our own code, and beside the packages. It names no place
from which anything could be had: who needs one knows theirs. Two builds of one commit give the same bytes.
"""

import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.dependency import Dependency
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from installer.packages import locked

OURS: Final = "consular-support"
_LICENCE: Final = "Apache-2.0"
_VERSION: Final = re.compile(r"^\S+?==([^\s;]+)")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")
#: What authors, trove classifiers and headings of licences say, where the identifier of SPDX is certain.
_KNOWN: Final = {
    "MIT License": "MIT", "The MIT License (MIT)": "MIT", "ISC License": "ISC", "ISC License (ISCL)": "ISC",
    "Apache 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0", "Apache License, Version 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "The Unlicense (Unlicense)": "Unlicense",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
}  # fmt: skip
#: A licence is a name or an expression; some wheels have the whole text in that field.
_MAX_NAME: Final = 80


def write(wheels: Path, environment: str, version: str, written: int, entries: Iterable[locked.Locked]) -> Path:
    """Write the bill of ``environment``, whose wheels lie in ``wheels``; ``written`` is its time, in seconds.

    Raises:
        KeyError: something of the lock is not there, and is for this machine.
    """
    there = {_normal(one.name): one for one in distributions(path=[str(wheels)])}
    entries = [entry for entry in entries if entry.name in there]
    whole = Component(
        name=f"{OURS}-{environment}", version=version, type=ComponentType.APPLICATION, bom_ref=OURS,
        licenses=[LicenseFactory().make_from_string(_LICENCE)],
    )  # fmt: skip
    parts = {entry.name: _component(entry, there[entry.name]) for entry in entries}
    bom = Bom(
        components=parts.values(),
        dependencies=_dependencies(entries, whole, parts),
        serial_number=uuid.uuid5(uuid.NAMESPACE_OID, f"{whole.name} {version} {written}"),
    )
    bom.metadata.component = whole
    bom.metadata.timestamp = datetime.fromtimestamp(written, UTC)
    (folder := wheels / f"consular_support-{version}.dist-info" / "sboms").mkdir()
    made = folder / f"{whole.name}.cdx.json"
    made.write_text(JsonV1Dot6(bom).output_as_string(indent=1) + "\n", encoding="utf-8")
    return made


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _component(entry: locked.Locked, found: Distribution) -> Component:
    """Describe one wheel. Its hashes are all that the lock takes for this version, on whichever machine."""
    version = _VERSION.match(entry.lines[0])
    assert version is not None
    if version[1] != found.version:
        raise KeyError(f"{entry.name} {version[1]}")
    factory = LicenseFactory()
    return Component(
        name=entry.name,
        version=version[1],
        type=ComponentType.LIBRARY,
        bom_ref=entry.name,
        purl=PackageURL("pypi", name=entry.name, version=version[1]),
        description=found.metadata.get("Summary"),
        hashes=[
            HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in _HASH.findall("\n".join(entry.lines))
        ],
        licenses=[
            factory.make_from_string(each, license_acknowledgement=LicenseAcknowledgement.DECLARED)
            for each in licences(found)
        ],
    )


def licences(found: Distribution) -> list[str]:
    """Read under which licences a wheel says that it is: an expression of SPDX where it has one.

    Then what its author wrote, how it is classified, and last how the licence that lies in it begins.
    """
    if expression := found.metadata.get("License-Expression"):
        return [expression]
    classified = [
        name.rpartition(" :: ")[2]
        for name in found.metadata.get_all("Classifier") or ()
        if name.startswith("License :: ") and name != "License :: OSI Approved"
    ]
    said = (found.metadata.get("License") or "").strip()
    names = [said] if said and len(said) <= _MAX_NAME and "\n" not in said else classified
    if not names and (file := found.metadata.get("License-File")):
        names = [(found.read_text(f"licenses/{file}") or "").strip().partition("\n")[0]]
    return [_KNOWN.get(name, name) for name in names if name]


def _dependencies(
    entries: Iterable[locked.Locked], whole: Component, parts: Mapping[str, Component]
) -> Iterable[Dependency]:
    """Say who needs whom; what nobody else here needs, our own code does."""
    needs: dict[str, list[Dependency]] = {name: [] for name in (OURS, *parts)}
    for entry in entries:
        here = entry.parents & parts.keys()
        for parent in here or {OURS}:
            needs[parent].append(Dependency(ref=parts[entry.name].bom_ref))
    refs = {OURS: whole.bom_ref, **{name: part.bom_ref for name, part in parts.items()}}
    return [Dependency(ref=refs[name], dependencies=below) for name, below in needs.items()]
