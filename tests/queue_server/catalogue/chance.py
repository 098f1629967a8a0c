"""Random values for catalogues, all made from one number.

A catalogue has about a thousand random values. As choices of Hypothesis they take twenty times as long as here. The
price: a catalogue that fails a test is not made smaller.
"""

from collections.abc import Callable, Container, Sequence
from datetime import date, timedelta
from random import Random
from string import ascii_lowercase, ascii_uppercase, digits
from unicodedata import category

from hypothesis import strategies as st

#: The numbers that values are made from. Each test has as many of them as it has examples.
SEEDS = st.integers(0, 2**64)
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2040, 1, 1)
#: First and last code point of: ASCII (twice), Latin, Arabic, Ethiopic, Chinese, emoji, and all of Unicode.
_BLOCKS = (
    (0x20, 0x7E),
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x600, 0x6FF),
    (0x1200, 0x137F),
    (0x4E00, 0x9FFF),
    (0x1F300, 0x1FAFF),
    (0, 0x10FFFF),
)
_EXCLUDED = {"Cc", "Cs", "Zl", "Zp", "Cf"}


class Chance:
    """Gives random values. Two with the same seed give the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def integer(self, least: int, most: int) -> int:
        """Return a whole number. A quarter of them are the least or the most."""
        return self.random.choice((least, most)) if self.random.random() < 0.25 else self.random.randint(least, most)

    def boolean(self) -> bool:
        return self.random.random() < 0.5

    def one[T](self, of: Sequence[T]) -> T:
        return self.random.choice(of)

    def some[T](self, of: Sequence[T], least: int = 0, most: int | None = None) -> tuple[T, ...]:
        """Return different values of a sequence, in any order."""
        bound = len(of) if most is None else min(most, len(of))
        return tuple(self.random.sample(of, self.random.randint(least, bound)))

    def integers(self, least: int, most: int, how_many: tuple[int, int]) -> list[int]:
        """Return different numbers in order. ``how_many`` is the least and the most number of them."""
        found: set[int] = set()
        size = self.random.randint(*how_many)
        while len(found) < size:
            found.add(self.integer(least, most))
        return sorted(found)

    def days(self, how_many: tuple[int, int]) -> list[date]:
        """Return different days in order."""
        last = (LAST_DAY - FIRST_DAY).days
        return [FIRST_DAY + timedelta(days=number) for number in self.integers(0, last, how_many)]

    def day(self) -> date:
        return self.days((1, 1))[0]

    def word(self) -> str:
        """Return an id of up to 8 characters."""
        letters = f"{ascii_lowercase}{digits}"
        return self.one(letters) + "".join(self.random.choices(f"{letters}-", k=self.random.randrange(8)))

    def words(self, least: int, most: int, but: Container[str] = ()) -> list[str]:
        """Return different ids."""
        return self._different(self.word, least, most, but)

    def governments(self) -> list[str]:
        """Return codes of one to three governments."""
        return self._different(lambda: "".join(self.random.choices(ascii_uppercase, k=3)), 1, 3)

    def plates(self, most: int) -> list[str]:
        """Return names of counters, of up to 4 characters."""
        characters = f"{digits}{ascii_uppercase}"
        return self._different(lambda: "".join(self.random.choices(characters, k=self.random.randint(1, 4))), 0, most)

    def names(self) -> dict[str, str]:
        """Return a text in English and in up to two more languages."""
        return {language: self.line() for language in ("en", *self.some(("ar", "fr", "am"), most=2))}

    def names_or_none(self) -> dict[str, str]:
        return self.names() if self.boolean() else {}

    def line(self) -> str:
        """Return a text of one line, of up to 20 characters of any script."""
        characters = [chr(self.random.randint(*self.one(_BLOCKS))) for _ in range(self.random.randint(1, 20))]
        text = "".join(character for character in characters if category(character) not in _EXCLUDED)
        return " ".join(text.split()) or "x"

    def _different(self, make: Callable[[], str], least: int, most: int, but: Container[str] = ()) -> list[str]:
        found: dict[str, None] = {}
        size = self.random.randint(least, most)
        while len(found) < size:
            value = make()
            if value not in but:
                found[value] = None
        return list(found)
