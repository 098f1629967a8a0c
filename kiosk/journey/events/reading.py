"""Somebody reads a page of information, and takes it along on paper."""

import msgspec

from kiosk.journey.information import KioskInformation, TopicLine


class InformationChanged(msgspec.Struct, frozen=True):
    """The server told other pages, or told once more that they are still so."""

    information: KioskInformation


class PrintTopic(msgspec.Struct, frozen=True):
    """Effect: print a page, the ``prints``-th time; ``reviewed`` is a date (ISO 8601). Answered by ``TopicPrinted``."""

    number: int
    prints: int
    language: str
    title: str
    lines: tuple[TopicLine, ...]
    reviewed: str


class TopicPrinted(msgspec.Struct, frozen=True):
    number: int
    prints: int
    is_printed: bool
