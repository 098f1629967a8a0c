"""The page on attacks tells every reason that the reader of chips gives."""

from pathlib import Path

from peripherals.documents.emrtd.reasons import ChipReason

PAGE = Path(__file__).parents[3] / "docs" / "document-attacks.md"


def test_the_page_tells_every_reason_of_chips() -> None:
    section = PAGE.read_text("utf-8").split("## Reasons of chips\n", 1)[1].split("\n## ", 1)[0]
    told = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
    assert sorted(told) == sorted(ChipReason)
