"""Every failure code of the kit is explained to staff."""

import re
from pathlib import Path

from kiosk.kit.errors import KitError

DOCUMENT = Path(__file__).parents[3] / "docs" / "failure-codes.md"


def test_every_code_is_explained() -> None:
    codes = {KitError.code, *(kind.code for kind in KitError.__subclasses__())}
    explained = re.findall(r"^\| `([a-z-]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert {code for code in explained if code.partition("-")[0] == "kit"} == codes
