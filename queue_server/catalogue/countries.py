"""Countries: their codes (ISO 3166-1), and their names in every language, by the Unicode CLDR."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from babel.core import Locale, UnknownLocaleError, get_global
from holidays.registry import COUNTRIES

_LONG: Final = 3


@cache
def governments() -> Mapping[str, str]:
    """Give the codes of two letters by those of three, which are the ids of governments."""
    # Which of several is today's the one knows, and how it is spelt the other.
    spelt = {long: short[0] for long, short in get_global("territory_aliases").items()}
    found = {}
    for _, short, long, *_names in COUNTRIES.values():
        right = long if spelt.get(long) == short else next((one for one in spelt if _is(one, spelt, short)), long)
        found[right] = short
    return found


def country_name(short: str, language: str) -> str:
    """Name a country, by its two letters; in English where it has no name in this language."""
    try:
        named = Locale.parse(language, sep="-").territories.get(short)
    except (UnknownLocaleError, ValueError):
        named = None
    return str(named or Locale("en").territories[short])


def government_names(code: str, languages: Iterable[str]) -> dict[str, str]:
    """Name the government of a country, by its three letters, in several languages, English among them."""
    short = governments()[code]
    return {language: country_name(short, language) for language in dict.fromkeys(["en", *languages])}


def _is(code: str, spelt: Mapping[str, str], short: str) -> bool:
    return spelt[code] == short and len(code) == _LONG and code.isalpha()
