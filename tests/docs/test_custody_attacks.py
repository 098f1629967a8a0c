"""The table of attacks on custody is whole: what each comes to, what managers see, and tests that exist."""

import re

from tests.docs.test_asvs import ROOT, missing

PAGE = ROOT / "docs" / "custody.md"
_HEADING = "## Whoever tries it otherwise\n"
#: What people try, at the least; each stands in a row.
_ASKED = ("five wrong", "guessed", "same instant", "recorded", "another bank", "authority", "similar number")


def rows() -> list[list[str]]:
    part = PAGE.read_text(encoding="utf-8").partition(_HEADING)[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_attack_has_an_answer_an_alarm_and_a_test() -> None:
    for attack, answer, alarm, tests in rows():
        assert all((attack, answer, alarm)), attack
        assert re.fullmatch(r"`tests/[\w/]+\.py::test_\w+`(, `tests/[\w/]+\.py::test_\w+`)*", tests), attack
    for asked in _ASKED:
        assert any(asked in attack for attack, *_ in rows()), asked


def test_every_test_that_is_named_exists() -> None:
    assert list(missing(PAGE.read_text(encoding="utf-8"))) == []
