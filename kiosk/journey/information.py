"""What people can read at a kiosk: pages of the server as they were last heard, in lines that fit on a screen. Pure."""

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from kiosk.journey.offer import FALLBACK, text
from queue_server.contract.information import InformationBlock, InformationContactView, InformationTopicView

#: A longer paragraph is cut between two sentences, or two words: a line must fit on every screen. Characters.
MAX_LINE: Final = 220

type LineKind = Literal["heading", "paragraph", "item", "row", "contact"]


class TopicLine(msgspec.Struct, frozen=True):
    """A piece of a page: ``value`` stands before an ``item``, beside a ``row``, and is the number of a ``contact``."""

    kind: LineKind
    text: str
    value: str = ""
    note: str = ""


class KioskInformation(msgspec.Struct, frozen=True):
    """The pages that the server told last, and the day (ISO 8601) and time of the centre at which it did."""

    topics: tuple[InformationTopicView, ...] = ()
    day: str = ""
    time: str = ""

    def topic(self, ident: str) -> InformationTopicView | None:
        return next((one for one in self.topics if one.topic == ident), None)


class ReadTopic(msgspec.Struct, frozen=True):
    """Which page somebody reads, and whether they have it on paper."""

    topic: str = ""
    prints: int = 0
    paper: Literal["", "printing", "taken", "none"] = ""


def title(topic: InformationTopicView, language: str) -> str:
    return topic.texts[_written(topic, language)].title if topic.texts else ""


def _written(topic: InformationTopicView, language: str) -> str:
    return next(one for one in (language, FALLBACK, *topic.texts) if one in topic.texts)


def lines(topic: InformationTopicView, language: str) -> tuple[TopicLine, ...]:
    """Give a page in the person's language, else in the first that it has; who is called comes first."""
    if not topic.texts:
        return ()
    contacts = tuple(_contact(one, language) for one in topic.contacts)
    blocks = topic.texts[_written(topic, language)].blocks
    return contacts + tuple(line for block in blocks for line in _of_block(block))


def _contact(one: InformationContactView, language: str) -> TopicLine:
    return TopicLine("contact", text(one.name, language), one.shown, text(one.hours, language) if one.hours else "")


def _of_block(block: InformationBlock) -> Iterator[TopicLine]:
    mark = block.value
    for piece in pieces(block.text):
        yield TopicLine(block.kind, piece, mark)
        # What goes on stands under it.
        mark = "" if block.kind == "item" else mark


def pieces(long: str, most: int = MAX_LINE) -> Iterator[str]:
    """Cut a text into pieces that fit, between sentences where that is possible; no letter is lost."""
    rest = long.strip()
    while len(rest) > most:
        head = rest[: most + 1]
        ends = [found.end() for found in re.finditer(r"[.!?\u061f\u3002]\s|\n", head)]
        at = ends[-1] if ends and ends[-1] > most // 3 else head.rfind(" ")
        at = at if at > 0 else most
        yield rest[:at].strip()
        rest = rest[at:].strip()
    if rest:
        yield rest
