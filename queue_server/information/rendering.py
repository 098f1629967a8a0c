"""A page as people read it: HTML for browsers, blocks of plain text for kiosks and paper. Pure.

Placeholders are filled in what was read, never in the text itself: what the catalogue says is no Markdown. HTML is
cleaned once more before it leaves, by a list of what is allowed.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from queue_server.catalogue.model import Setup
from queue_server.contract.information import InformationBlock
from queue_server.information import markdown, placeholders
from queue_server.information.filling import FilledList, Filling

if TYPE_CHECKING:
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

_LIST: Final = "filled_list"
_TAGS: Final = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "br", "table", "tbody", "tr", "th", "td"}
_ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}, "th": {"scope"}}
_SCHEMES: Final = {"https", "tel", "mailto"}
#: A title (h1) stands above the text, so headings in it begin below that.
_FIRST, _DEEPEST = 2, 3
_BULLET: Final = "\N{BULLET}"


@cache
def _renderer() -> "RendererHTML":
    # It takes 15 ms to load, and a server that shows no page of a manager does without.
    from markdown_it.renderer import RendererHTML  # noqa: PLC0415

    class PageRenderer(RendererHTML):
        def filled_list(self, tokens: "Sequence[Token]", idx: int, options: "OptionsDict", env: object) -> str:
            del options, env
            return "".join(_list_html(one, tokens[idx].meta["level"]) for one in tokens[idx].meta["lists"])

    return PageRenderer()


def html(text: str, setup: Setup, filling: Filling) -> Markup:
    """Write a text as HTML that is safe whatever the text is."""
    # A library of 2 MiB, for these pages alone.
    import nh3  # noqa: PLC0415

    tokens = _filled(text, setup, filling)
    _set_levels(tokens)
    drawn = _renderer().render(tokens, markdown.options(), {})
    clean = nh3.clean(drawn, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer")
    return Markup(clean)  # noqa: S704 - cleaned a line above


def _set_levels(tokens: "list[Token]") -> None:
    """Give headings levels of which none is left out, whichever whoever wrote them began with."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    last = _FIRST - 1
    for token in tokens:
        if token.type == "heading_open":
            last = min(_FIRST + levels.index(token.tag), last + 1, _DEEPEST)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{last}"
        elif token.type == _LIST:
            token.meta["level"] = min(last + 1, _DEEPEST)


def _list_html(one: FilledList, level: int) -> str:
    head = Markup("<h{0}>{1}</h{0}>").format(level, one.heading) if one.heading else ""
    if one.ordered or one.in_words:
        rows = "".join(
            Markup("<li><strong>{}</strong>{}</li>").format(
                row.label, Markup("<br>{}").format(row.value) if row.value else ""
            )
            for row in one.rows
        )
        return f"{head}<ol>{rows}</ol>" if one.ordered else f"{head}<ul>{rows}</ul>"
    if not any(row.value for row in one.rows):
        return f"{head}<ul>{''.join(Markup('<li>{}</li>').format(row.label) for row in one.rows)}</ul>"
    cells = "".join(
        Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(row.label, row.value) for row in one.rows
    )
    return f"{head}<table><tbody>{cells}</tbody></table>"


def blocks(text: str, setup: Setup, filling: Filling) -> tuple[InformationBlock, ...]:
    """Write a text in pieces without any markup, one under the other."""
    return tuple(_BlockWriter().write(_filled(text, setup, filling)))


class _BlockWriter:
    """Goes through what was read, in order; ``marks`` are the lists around, each with its next number or a bullet."""

    def __init__(self) -> None:
        self._marks: list[int | None] = []
        self._mark = ""
        self._is_heading = False

    def write(self, tokens: "list[Token]") -> Iterator[InformationBlock]:
        for token in tokens:
            if token.type == "inline":
                told = _plain(token)
                if told:
                    yield self._block(told)
                # Further paragraphs of an item stand under it.
                self._mark, self._is_heading = "", False
            elif token.type == _LIST:
                for one in token.meta["lists"]:
                    yield from _list_blocks(one)
            else:
                self._enter(token)

    def _block(self, told: str) -> InformationBlock:
        if self._marks:
            return InformationBlock("item", told, self._mark)
        return InformationBlock("heading" if self._is_heading else "paragraph", told)

    def _enter(self, token: "Token") -> None:
        match token.type:
            case "heading_open":
                self._is_heading = True
            case "ordered_list_open":
                start = token.attrGet("start")
                self._marks.append(1 if start is None else int(start))
            case "bullet_list_open":
                self._marks.append(None)
            case "ordered_list_close" | "bullet_list_close":
                self._marks.pop()
            case "list_item_open":
                number = self._marks[-1]
                self._mark = _BULLET if number is None else f"{number}."
                if number is not None:
                    self._marks[-1] = number + 1


def _list_blocks(one: FilledList) -> Iterator[InformationBlock]:
    if one.heading:
        yield InformationBlock("heading", one.heading)
    valued = any(row.value for row in one.rows)
    for number, row in enumerate(one.rows, start=1):
        if one.ordered or one.in_words:
            told = f"{row.label}: {row.value}" if row.value else row.label
            yield InformationBlock("item", told, f"{number}." if one.ordered else _BULLET)
        elif valued:
            yield InformationBlock("row", row.label, row.value)
        else:
            yield InformationBlock("item", row.label, _BULLET)


def _plain(line: "Token") -> str:
    """Write a line without markup; where a link leads stands behind what it says, where that is not the same."""
    told: list[str] = []
    links: list[tuple[int, str]] = []
    for token in line.children or ():
        match token.type:
            case "text":
                told.append(token.content)
            case "softbreak" | "hardbreak":
                told.append("\n")
            case "link_open":
                links.append((len(told), str(token.attrGet("href") or "")))
            case "link_close":
                start, address = links.pop()
                written = address.partition(":")[2].lstrip("/")
                if _signs(written) not in _signs("".join(told[start:])):
                    told.append(f" (\N{LEFT-TO-RIGHT ISOLATE}{written}\N{POP DIRECTIONAL ISOLATE})")
    return "".join(told).strip()


def _signs(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _filled(text: str, setup: Setup, filling: Filling) -> "list[Token]":
    """Read a text, with everything in it that the catalogue says."""
    # As above.
    from markdown_it.token import Token  # noqa: PLC0415

    filled: list[Token] = []
    tokens = iter(markdown.read(text))
    for token in tokens:
        if token.type == "inline":
            inside = placeholders.alone(token)
            found = None if inside is None else placeholders.read(inside, setup)
            if found is not None and found.is_list and filled[-1].type == "paragraph_open":
                # In place of its paragraph.
                filled.pop()
                filled.append(Token(_LIST, "", 0, meta={"lists": filling.lists(found)}))
                next(tokens)
                continue
            for piece in token.children or ():
                if piece.type == "text":
                    piece.content = placeholders.PATTERN.sub(
                        lambda one: filling.text(placeholders.read(one[1], setup)), piece.content
                    )
        filled.append(token)
    return filled
