"""The foot of a ticket and of a receipt: where the centre is, and when it is open."""

from collections.abc import Callable

from PySide6.QtCore import QLocale

from kiosk.kit.papers import PaperFoot
from kiosk.kit.strip import Strip, isolate, size
from queue_server.contract.catalogue import always_open, day_runs

_TO = "\N{EN DASH}"


def draw_foot(strip: Strip, foot: PaperFoot, language: str, words: Callable[..., str]) -> None:
    """Draw what is known of it, below a line; nothing where nothing is."""
    hours = hours_of(foot.week, language, words)
    if not foot.address and not hours:
        return
    strip.dashes()
    if foot.address:
        strip.text(foot.address, size("min"))
    for days, spans in hours:
        strip.ends(days, spans, size("min"), bold=False)


def hours_of(
    week: tuple[tuple[str, ...], ...], language: str, words: Callable[..., str]
) -> tuple[tuple[str, str], ...]:
    """Say for each run of days with the same hours which they are, as people of a language name them."""
    if always_open(week):
        return ((words("Opening hours"), words("Always open")),)
    locale, short = QLocale(language), QLocale.FormatType.ShortFormat

    def days(first: int, last: int) -> str:
        names = [locale.standaloneDayName(day + 1, short) for day in ((first,) if first == last else (first, last))]
        return _TO.join(names)

    runs = day_runs(week)
    return tuple((days(one.first, one.last), isolate(", ".join(one.spans).replace("-", _TO))) for one in runs)
