"""One saying in the three languages in which everything is said."""

from dataclasses import dataclass

LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True, slots=True)
class Said[T]:
    """The same words in English, French and Arabic."""

    en: T
    fr: T
    ar: T

    def within(self, language: str) -> T:
        """Give the words of a language."""
        words: T = getattr(self, language)
        return words
