"""The keys of the custody desk: function keys, since the field on top takes all others. Pure."""

from markupsafe import Markup

from queue_server.web.counter.page import ActionKey
from queue_server.web.wording import MarkupTranslations


def receive_keys(_: MarkupTranslations, *, has_last: bool) -> tuple[ActionKey, ...]:
    return (
        ActionKey("receive", "stamp", _("Hand it in"), _("its label is numbered"), "F2", "F2", primary=True),
        ActionKey(
            "show-last",
            "doc",
            _("Show the last one"),
            _("condition, give back") if has_last else _("nothing handed in just now"),
            "F3",
            "F3",
            ready=has_last,
        ),
        ActionKey("next-person", "user", _("Next person"), _("without this case"), "F4", "F4"),
    )


def count_keys(_: MarkupTranslations, *, is_counting: bool) -> tuple[ActionKey, ...]:
    return (
        ActionKey(
            "take-stock",
            "check",
            _("All is scanned: compare"),
            _("each difference is named") if is_counting else _("scan a drawer first"),
            "F2",
            "F2",
            ready=is_counting,
            primary=is_counting,
        ),
        ActionKey(
            "give-up-count",
            "undo",
            _("Give the count up…"),
            _("what was scanned is not kept") if is_counting else _("scan a drawer first"),
            "F8",
            "F8",
            ready=is_counting,
            dialog="give-up-count",
        ),
    )


def key_table(_: MarkupTranslations) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, or caps of those that share a row, what it does, when."""
    return (
        ("Enter", _("Read what was scanned or typed"), _("always")),
        ("Alt 1", _("The first view; the others in their order"), _("always")),
        ("↓", _("Go along the list; Space marks, Enter opens"), _("in the list")),
        ("F2", _("The first key of the page, the likeliest"), _("it is not dashed")),
        (
            "F3, F4, F6, F7, F8, F10",
            _("The other keys of the page: what each does stands on it"),
            _("it stands there, and is not dashed"),
        ),
        (
            "F9",
            _("At a document what is seldom done to it; in a list mark all; at a bag print its list"),
            _("a document, a list or a sealed bag is open"),
        ),
        ("F1", _("All keys"), _("always")),
        ("1–9", _("Choose in a list"), _("in a dialog")),  # noqa: RUF001 - a range is written with a dash
    )
