"""How long somebody has to wait who has tried wrong passwords or codes, in words."""

from typing import Final

from markupsafe import Markup

from queue_server.web.wording import MarkupTranslations

_MINUTE: Final = 60


def too_early(words: MarkupTranslations, seconds: int) -> Markup:
    """Say when the next try is possible; for longer than a minute somebody has to help."""
    if seconds <= _MINUTE:
        return words.ngettext(
            "Too many wrong tries. Try again in %(count)s second.",
            "Too many wrong tries. Try again in %(count)s seconds.",
            seconds,
        )
    return words.ngettext(
        "Too many wrong tries. Try again in %(count)s minute, or let your manager admit you.",
        "Too many wrong tries. Try again in %(count)s minutes, or let your manager admit you.",
        -(-seconds // _MINUTE),
    )
