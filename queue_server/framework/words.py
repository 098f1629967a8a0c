"""What people read of a room's codes, in their language: why it refuses, what was done, what ails the machine."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

import msgspec
from markupsafe import Markup


class PageTranslations(Protocol):
    """Sentences in the reader's language."""

    def __call__(self, message: str, /, **values: object) -> Markup:
        """Give a sentence, with what is named in it."""

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> Markup:
        """Give the sentence for a number of things."""


class AsWritten:
    """Sentences as the code has them, to look whether they are there."""

    def __call__(self, message: str, /, **values: object) -> Markup:
        del values
        return Markup.escape(message)

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> Markup:
        del many, count, values
        return Markup.escape(one)


class ConditionText(NamedTuple):
    """What is so, and what to do about it."""

    head: Markup
    todo: Markup


#: Words by code.
Wording = Callable[[PageTranslations], Mapping[str, Markup]]
#: Words of a condition by its amount.
ConditionWording = Callable[[PageTranslations, int], ConditionText]


def _no_words(_: PageTranslations) -> Mapping[str, Markup]:
    return {}


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a room.

    ``refusals`` say what the code of a refusal means to the person at a page, ``deeds`` what an event of a type says
    was done, ``conditions`` what a manager reads while a condition lasts; one without words is for readiness alone.
    """

    refusals: Wording = _no_words
    deeds: Wording = _no_words
    conditions: Mapping[str, ConditionWording] = MappingProxyType({})


class Languages(dict[str, PageTranslations]):
    """The sentences of every language in which there are any, the first one being that of the code."""

    def choose(self, wanted: str) -> tuple[str, PageTranslations]:
        """Choose for whoever reads ``wanted`` (BCP 47): that language, or the first one."""
        primary = wanted.partition("-")[0].lower()
        language = primary if primary in self else next(iter(self))
        return language, self[language]
