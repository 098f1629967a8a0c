"""An HTML page as the server rendered it, without a browser: elements are found by selector, role or text."""

from collections.abc import Iterator
from typing import Any, Self

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Elements that have a role without naming it (HTML Accessibility API Mappings 1.0); more than the tests need is noise.
_ROLES = {
    "alert": "[role=alert]",
    "button": "button, input[type=submit], input[type=button], [role=button]",
    "checkbox": "input[type=checkbox]",
    "dialog": "dialog, [role=dialog]",
    "heading": "h1, h2, h3, h4, h5, h6",
    "img": "img, [role=img]",
    "link": "a[href]",
    "listitem": "li",
    "radio": "input[type=radio]",
    "row": "tr",
    "status": "output, [role=status]",
    "table": "table",
    "textbox": "input:not([type]), input[type=text], input[type=search], input[type=email], input[type=tel], textarea",
}
_INVISIBLE = {"template", "script", "style", "-comment", "head"}
#: Elements that do not part the words before and after them.
_INLINE = {"a", "abbr", "b", "bdi", "em", "i", "kbd", "s", "small", "span", "strong", "time"}


class Element:
    """An element of a page. Its text has one space between words and leaves out what is ``hidden``."""

    def __init__(self, node: LexborNode) -> None:
        self._node = node

    def __getitem__(self, name: str) -> str:
        """Return an attribute; a missing one fails the test, one without a value is an empty string."""
        assert name in self._node.attributes, f"no {name}: {self._node.html}"
        return self._node.attributes[name] or ""

    def __contains__(self, name: str) -> bool:
        return name in self._node.attributes

    def __repr__(self) -> str:
        return (self._node.html or "")[:300]

    def get(self, name: str) -> str | None:
        return self._node.attributes.get(name)

    @property
    def text(self) -> str:
        return " ".join("".join(_words(self._node)).split())

    @property
    def classes(self) -> set[str]:
        return set((self._node.attributes.get("class") or "").split())

    @property
    def is_disabled(self) -> bool:
        return "disabled" in self or self.get("aria-disabled") == "true"

    def all(self, selector: str) -> list["Element"]:
        return [Element(node) for node in self._node.css(selector)]

    def one(self, selector: str) -> "Element":
        """Return the only element that a selector finds."""
        found = self.all(selector)
        assert len(found) == 1, f"{selector}: {len(found)} found {found}"
        return found[0]

    def has(self, selector: str) -> bool:
        return bool(self._node.css(selector))

    def texts(self, selector: str) -> list[str]:
        return [element.text for element in self.all(selector)]

    def with_text(self, selector: str, text: str) -> "Element":
        """Return the only element that a selector finds and that contains a text."""
        found = [element for element in self.all(selector) if text in element.text]
        assert len(found) == 1, f"{selector} with {text!r}: {self.texts(selector)}"
        return found[0]

    def role(self, role: str, name: str) -> "Element":
        """Return the only element with a role whose accessible name is, or begins with, ``name``."""
        found = [element for element in self.all(_ROLES[role]) if _name_of(element).startswith(name)]
        assert len(found) == 1, f"{role} {name!r}: {[_name_of(element) for element in self.all(_ROLES[role])]}"
        return found[0]

    def fields(self) -> dict[str, str]:
        """Return what a browser would send of a form that nobody has changed."""
        sent = {}
        for field in self.all("input[name], textarea[name], select[name]"):
            if field.is_disabled:
                continue
            if field._node.tag == "select":
                options = field.all("option[selected]") or field.all("option")[:1]
                sent[field["name"]] = _value_of(options[0]) if options else ""
            elif field._node.tag == "textarea":
                sent[field["name"]] = field._node.text()
            elif field.get("type") not in {"checkbox", "radio"}:
                sent[field["name"]] = field.get("value") or ""
            elif "checked" in field:
                sent[field["name"]] = field.get("value") or "on"
        return sent


class HtmlPage(Element):
    """A whole page: its address after redirects, its status and its HTML."""

    def __init__(self, html: str, address: str = "", status: int = 200) -> None:
        self.html, self.address, self.status = html, address, status
        root = LexborHTMLParser(html).root
        assert root is not None, html[:200]
        super().__init__(root)

    @classmethod
    def part(cls, html: str) -> Self:
        """Parse a part of a page, as the server pushes or swaps it in."""
        return cls(html)

    def data(self, selector: str, name: str) -> Any:
        """Return the JSON value of an attribute ``data-NAME``."""
        return msgspec.json.decode(self.one(selector)[f"data-{name}"])


def _words(node: LexborNode) -> Iterator[str]:
    if node.tag == "-text":
        yield node.text_content or ""
    elif node.tag not in _INVISIBLE and "hidden" not in node.attributes:
        between = "" if node.tag in _INLINE else " "
        yield between
        for child in node.iter(include_text=True):
            yield from _words(child)
        yield between


def _value_of(option: Element) -> str:
    """Return what is sent of an option: its text only where it has no value at all."""
    if "value" in option:
        return option["value"]
    return option.text


def _name_of(element: Element) -> str:
    return element.get("aria-label") or element.text or element.get("value") or ""
