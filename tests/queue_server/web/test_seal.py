"""Seals at the counter: each kind of paper and each result has words of its own."""

from babel.support import NullTranslations

from peripherals.documents.seals.reading import KINDS
from queue_server.web import seal_words
from queue_server.web.wording import MarkupTranslations


def test_every_paper_and_every_standing_has_words_of_its_own() -> None:
    english = MarkupTranslations(NullTranslations())
    named = {str(seal_words.kind(english, code)) for code in KINDS}
    assert len(named) == len(KINDS)
    assert str(seal_words.kind(english, "unknown")) not in named
    told = {
        seal_words.standing(english, code) for code in ("unchanged", "issuer-unknown", "unproved", "refused", "expired")
    }
    assert len(told) == 5
