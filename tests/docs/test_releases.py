"""``docs/releases.md``: this version has its section, and says of each revision of the database what it brings."""

import re
import tomllib

from tests.docs.walk import ROOT

PAGE = (ROOT / "docs" / "releases.md").read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """Read the page: version -> what stands below it, the newest first."""
    parts = re.split(r"^## (\d+\.\d+\.\d+)$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def revisions() -> list[str]:
    folder = ROOT / "queue_server" / "migrations" / "versions"
    found = (re.search(r'^revision = "(.+)"$', file.read_text("utf-8"), re.MULTILINE) for file in folder.glob("r*.py"))
    return sorted(one[1] for one in found if one)


def test_this_version_is_the_newest_that_is_told() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert next(iter(sections())) == version


def test_each_revision_is_told_once_and_in_order() -> None:
    told = re.findall(r"^\| `(\d{4}_\w+)` \| (\S.*) \|$", PAGE, re.MULTILINE)
    assert len(revisions()) > 50
    assert [name for name, _ in told] == revisions(), "a row of docs/releases.md says what each revision brings"
