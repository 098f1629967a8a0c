"""Parts of a page that are drawn apart: whole pages are put together of them, open pages are sent those that changed.

A part is one element, ``data-part``; ``data-drawn`` is a mark of how it was drawn. A page that is sent some parts and
the marks of all sees by them whether it has the others as they are now.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter, itemgetter
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import msgspec
from markupsafe import Markup

from queue_server.web.site import Site
from queue_server.web.view_context import Shared

#: What writes a part: of its values, and of the release of the site.
type Written = Callable[[Mapping[str, Any], str], str]


class DrawnPart(msgspec.Struct, frozen=True, dict=True):
    """``mark`` is the same where the part was drawn the same."""

    html: Markup
    mark: str

    @cached_property
    def json(self) -> msgspec.Raw:
        """Write it as it stands in a frame: once, for as many pages as are sent it."""
        return msgspec.Raw(msgspec.json.encode(str(self.html)))


def part_of(name: str, text: str) -> DrawnPart:
    """Write into a part how it was drawn."""
    mark = format(crc32(text.encode()), "08x")
    head = f'data-part="{name}"'
    # Our own templates, which escape by themselves.
    return DrawnPart(Markup(text.strip().replace(head, f'{head} data-drawn="{mark}"', 1)), mark)  # noqa: S704


class PartSpec(msgspec.Struct, frozen=True, cache_hash=True, dict=True):
    """Of what a part is drawn: nothing else is at hand in its template, so where all that is the same, so is the part.

    ``page`` names attributes of the view model, ``values`` further ones, ``slots`` those of parts that rooms bring. The
    page keeps what is ``running`` itself: an attribute that differs in nothing else (``still``) is the same. A part
    that every drawing changes may be written without a template (``Written``).
    """

    name: str
    template: str | Written
    page: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    running: str = ""

    @cached_property
    def seen(self) -> Callable[[object], tuple[Any, ...]]:
        """Take what it shows from the view model: for all pages the same way, so it is made once."""
        return _tuple_of(attrgetter, self.page)

    @cached_property
    def given(self) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
        """Take what it shows from the further values."""
        return _tuple_of(itemgetter, self.values)


def _tuple_of(getter: Callable[..., Callable[[Any], Any]], names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if not names:
        return lambda _: ()
    get = getter(*names)
    return get if len(names) > 1 else lambda one: (get(one),)


class PartDrawer:
    """Draws the parts of one open page; what is as it was before is not drawn again."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._before: dict[str, tuple[object, DrawnPart]] = {}

    def draw(
        self,
        of_page: Sequence[PartSpec],
        language: str,
        shared: Shared,
        page: msgspec.Struct,
        values: Mapping[str, Any],
    ) -> dict[str, DrawnPart]:
        """Draw all parts; one of which another page shows the same is that of the other page.

        ``values`` hold beside their own the parts that rooms bring, as ``parts``.
        """
        return {spec.name: self._part(spec, language, shared, page, values) for spec in of_page}

    def _part(
        self, spec: PartSpec, language: str, shared: Shared, page: msgspec.Struct, values: Mapping[str, Any]
    ) -> DrawnPart:
        slots: Mapping[str, tuple[Markup, ...]] = values["parts"]
        seen, given = spec.seen(page), spec.given(values)
        brought = tuple(slots.get(name, ()) for name in spec.slots)
        still = seen
        if spec.running:
            still = tuple(
                value.still() if name == spec.running and value is not None else value
                for name, value in zip(spec.page, seen, strict=True)
            )
        drawn_of = spec, still, given, brought
        before = self._before.get(spec.name)
        if before is not None and before[0] == drawn_of:
            return before[1]

        def draw() -> DrawnPart:
            whole = {
                "page": SimpleNamespace(**dict(zip(spec.page, seen, strict=True))),
                "parts": dict(zip(spec.slots, brought, strict=True)),
                **dict(zip(spec.values, given, strict=True)),
            }
            if isinstance(spec.template, str):
                return part_of(spec.name, self._site.render(spec.template, language, whole))
            return part_of(spec.name, spec.template(whole, self._site.release))

        drawn = shared.once(drawn_of, draw)
        self._before[spec.name] = drawn_of, drawn
        return drawn
