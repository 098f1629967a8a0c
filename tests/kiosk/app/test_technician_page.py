"""The names in ``docs/technician.md`` are those on the page of the kiosk. Its steps are followed in ``journeys``."""

import asyncio
import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "technician.md"


async def test_the_page_names_only_what_is_there() -> None:
    """Every bold word after the steps is on a key of the page; those of the steps are tapped in ``journeys``."""
    text = await asyncio.to_thread(PAGE.read_text, encoding="utf-8")
    rest = text.partition("\n### The rest of the page\n")[2].partition("\n## ")[0]
    words = await asyncio.to_thread(
        (PAGE.parents[1] / "kiosk" / "ui" / "TechnicianPage.qml").read_text, encoding="utf-8"
    )
    for bold in re.findall(r"\*\*(.+?)\*\*", rest):
        assert f'qsTr("{bold}")' in words
