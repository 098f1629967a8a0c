"""Pages for beginners: each page can be found, and each word that they are told can be looked up."""

import re

import pytest

from tests.docs.walk import ROOT


def text_of(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def test_all_pages_are_in_the_list_of_pages() -> None:
    """Whoever writes a page says there which of the four kinds it is."""
    listed = set(re.findall(r"\]\(([^()#\s]+\.md)", text_of("README.md")))
    there = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert there - listed == set()


@pytest.mark.parametrize("page", ["tutorial.md", "first-morning.md"])
def test_words_that_beginners_are_told_are_in_the_glossary(page: str) -> None:
    """What stands in bold letters and is no label of a button, which begins with a capital or a number."""
    known = set(re.findall(r"^\| ([^|]+) \|", text_of("glossary.md"), re.MULTILINE))
    bold = set(re.findall(r"\*\*([a-z][a-z ]{2,})\*\*", text_of(page)))
    assert len(bold) >= 5
    assert {word for word in bold if not {word, f"{word}ed"} & known} == set()
