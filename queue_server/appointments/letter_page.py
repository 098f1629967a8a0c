"""The page of a letter: HTML that every mail program shows, with its looks in it and nothing to fetch. Pure.

Letters are read on small telephones and by people who see little: one column, large words, one thing to press.
"""

from typing import Final

import msgspec
from markupsafe import Markup

_FONT: Final = "font-family:'Noto Sans','Noto Sans Arabic',system-ui,Arial,sans-serif"
_BODY: Final = f"margin:0;padding:0;background:#f3f5f8;color:#14202e;{_FONT};font-size:18px;line-height:1.5"
_CARD: Final = (
    "max-width:544px;margin:0 auto;padding:24px;background:#ffffff;border-top:6px solid #17487f;box-sizing:border-box"
)
_SECOND: Final = "margin:0 0 12px;color:#46566a;font-size:16px"
_BUTTON: Final = (
    "display:block;padding:14px 20px;background:#17487f;color:#ffffff;border-radius:8px;"
    "font-size:20px;font-weight:bold;text-align:center;text-decoration:none"
)


class LetterPage(msgspec.Struct, frozen=True):
    """What stands on the page; what is empty is not shown. ``picture`` is a picture within the letter (RFC 2392)."""

    language: str
    direction: str
    sender: str
    headline: str
    is_gone: bool
    clock: str
    day: str
    zone: str
    party: str
    code: str
    code_name: str
    picture: str
    picture_text: str
    lines: tuple[str, ...]
    button: str
    link: str
    notes: tuple[str, ...]
    stop: str
    stop_link: str
    #: What they bring, each with a word more about it, or where that stands.
    bring_title: str = ""
    bring: tuple[tuple[str, str], ...] = ()
    bring_button: str = ""
    bring_link: str = ""


def draw_page(page: LetterPage) -> str:
    """Write it as HTML."""
    struck = "text-decoration:line-through;color:#46566a;" if page.is_gone else ""
    parts = [
        _p(_SECOND, page.sender),
        Markup('<h1 style="margin:0 0 16px;font-size:26px;line-height:1.25">{}</h1>\n').format(page.headline),
        _p(f"margin:0;{struck}font-size:44px;line-height:1.15;font-weight:bold", _ltr(page.clock)),
        _p(f"margin:0;{struck}font-size:22px;font-weight:bold", page.day),
        _p(_SECOND, page.zone),
    ]
    if page.party:
        parts.append(_p("margin:0 0 12px", page.party))
    if page.code:
        parts += [
            _p("margin:12px 0 0;color:#46566a;font-size:16px", page.code_name),
            _p("margin:0 0 12px;font-size:34px;line-height:1.2;font-weight:bold;letter-spacing:2px", _ltr(page.code)),
        ]
    if page.picture:
        parts.append(
            Markup(
                '<p style="margin:0 0 16px"><img src="cid:{}" alt="{}" width="200" height="200" '
                'style="display:block;width:200px;height:200px;border:0"></p>\n'
            ).format(page.picture, page.picture_text)
        )
    # A name of another script runs in its own direction, and stands where the others do.
    parts += [_p("margin:0 0 8px", Markup("<bdi>{}</bdi>").format(line)) for line in page.lines]
    parts += _bring(page)
    if page.button:
        parts.append(
            Markup('<p style="margin:24px 0"><a href="{}" style="{}">{}</a></p>\n').format(
                page.link, _BUTTON, page.button
            )
        )
    parts += [_p(_SECOND, note) for note in page.notes]
    if page.stop:
        parts.append(
            Markup('<p style="{}"><a href="{}" style="color:#17487f">{}</a></p>\n').format(
                _SECOND, page.stop_link, page.stop
            )
        )
    return str(
        Markup(
            '<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{headline}</title>\n</head>\n'
            '<body style="{body}">\n<div dir="{direction}" style="{card}">\n{parts}</div>\n</body>\n</html>\n'
        ).format(
            language=page.language,
            direction=page.direction,
            headline=page.headline,
            body=_BODY,
            card=_CARD,
            parts=Markup().join(parts),
        )
    )


def _bring(page: LetterPage) -> list[Markup]:
    if page.bring_link:
        link = Markup('<a href="{}" style="color:#17487f">{}</a>').format(page.bring_link, page.bring_button)
        return [_p("margin:16px 0;font-size:20px", link)]
    if not page.bring:
        return []
    items = Markup().join(
        Markup('<li style="margin:0 0 8px"><b><bdi>{}</bdi></b>{}</li>\n').format(
            name, Markup("<br><bdi>{}</bdi>").format(note) if note else ""
        )
        for name, note in page.bring
    )
    return [
        Markup('<h2 style="margin:20px 0 8px;font-size:20px;line-height:1.25">{}</h2>\n').format(page.bring_title),
        Markup('<ul style="margin:0 0 12px;padding:0 24px">\n{}</ul>\n').format(items),
    ]


def _p(style: str, text: str) -> Markup:
    return Markup('<p style="{}">{}</p>\n').format(style, text)


def _ltr(text: str) -> Markup:
    """Have figures run from left to right, as they do everywhere."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)
