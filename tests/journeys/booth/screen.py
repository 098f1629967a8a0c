"""What a person reads on a page of the kiosk, drawn as the kiosk draws it, in any language."""

from dataclasses import replace
from typing import NamedTuple

from kiosk.kit.frame import PageFrame
from tests.kiosk.ui.fit import plain
from tests.kiosk.ui.stage import Stage, is_kind, is_text


class Page(NamedTuple):
    """The title, what stands below it, what stands beside the mark, and the way on that is offered."""

    title: str
    help: str
    status: str
    onward: str


def reads(stage: Stage, frame: PageFrame, language: str) -> Page:
    """Show the page, and give its words. What is not visible is not read."""
    stage.show(replace(frame, language=language))
    shown = {plain(str(item.property("text"))) for item in stage.items() if is_text(item)}
    status = next((str(item.property("text")) for item in stage.items() if is_kind(item, "KStatus")), "")
    ways = [
        str(item.property("text")) for item in stage.targets() if is_kind(item, "KButton") or is_kind(item, "KChoice")
    ]
    page = Page(str(stage.page.property("title")), str(stage.page.property("help")), status, ways[-1])
    assert {plain(text) for text in page} <= shown, (page, shown)
    return page
