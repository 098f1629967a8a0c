"""How parts, fields and values of a catalogue are written for people. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec
from markupsafe import Markup

from queue_server.catalogue.difference import PARTS, part_id
from queue_server.catalogue.schema import CatalogueFieldKind, sections
from queue_server.web.catalogue import labels
from queue_server.web.view_context import PageReader, name_in, spoken_name

_LISTED: Final = frozenset({CatalogueFieldKind.PART, CatalogueFieldKind.SEVERAL})


class CatalogueNames:
    """Names what stands in ``setups``, each as a plain value (``difference.plain``); the first that knows it counts."""

    def __init__(self, reader: PageReader, *setups: Mapping[str, Any]) -> None:
        self._reader, self._ = reader, reader.words
        self._setups = setups
        self._labels, self._choices = labels.sections(self._), labels.choices(self._)
        self._categories = labels.categories(self._)
        self._comma = str(self._(", "))

    def section(self, section: str) -> Markup:
        return self._labels[section]

    def part(self, section: str, ident: str) -> str:
        """Name a part by its id (``difference.part_id``)."""
        found = next(
            (one for setup in self._setups for one in _parts(setup, section) if _is(section, one, ident)), None
        )
        return ident if found is None else self.title(section, found)

    def title(self, section: str, part: Mapping[str, Any]) -> str:
        """Name a part as it stands in the file."""
        match section:
            case "fees":
                service = self.part("services", part.get("service", ""))
                return f"{service} {part.get('amount', '')} {part.get('currency', '')}"
            case "checklists":
                return self._comma.join(self.part("services", one) for one in part.get("services", ()))
        names = part.get("title" if section == "forms" else "name") or {}
        if isinstance(names, str):
            return names
        name = name_in(names, self._reader.language, str(part.get("id", "")))
        if section != "services":
            return name
        # The same is given for several.
        return self._comma.join((name, self.part("governments", part.get("government", ""))))

    def choice(self, value: str | int) -> Markup:
        """Name one of a few words."""
        return self._categories.get(str(value)) or self._choices.get(str(value)) or Markup.escape(value)

    def in_order(self, choices: Iterable[str | int]) -> list[str | int]:
        """Give a few words in the order in which people say them."""
        known = [*self._categories, *self._choices]
        return sorted(choices, key=lambda one: known.index(str(one)) if str(one) in known else 0)

    def nested(self, part: Mapping[str, Any]) -> str:
        """Name a line of a list, a question or a purpose."""
        names = part.get("name") or part.get("title") or part.get("text") or {}
        return name_in(names, self._reader.language, str(part.get("id", "")))

    def field(self, section: str, path: str) -> Markup:
        """Name a field by the names that lead to it: ``name.fr``, ``step_minutes.documents``."""
        head, *rest = path.split(".")
        named = labels.field(self._, section, head) or Markup.escape(head)
        known = sections()[section].field(head)
        kind = None if known is None else known.kind
        return self._(", ").join([named, *(self._within(kind, one) for one in rest)])

    def _within(self, kind: CatalogueFieldKind | None, word: str) -> Markup:
        if word in self._categories:
            return self._categories[word]
        if kind is CatalogueFieldKind.NAMES:
            return Markup.escape(spoken_name(word, self._reader.language))
        if kind in {CatalogueFieldKind.STEP_NUMBERS, CatalogueFieldKind.STEP_PROMISES}:
            return Markup.escape(self.part("steps", word))
        return Markup('<bdi dir="ltr">{}</bdi>').format(word)

    def value(self, section: str, path: str, value: Any) -> Markup:
        """Write what a field says; what is left out says nothing."""
        known = sections()[section].field(path.partition(".")[0])
        part_of = known.part_of if known is not None and known.kind in _LISTED else ""
        chosen = known is not None and bool(known.choices)
        return self._written(value, part_of, chosen=chosen)

    def _written(self, value: Any, part_of: str, *, chosen: bool) -> Markup:
        _ = self._
        if value is None or value in ("", [], (), {}):
            return _("nothing")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list | tuple):
            return _(", ").join(self._written(one, part_of, chosen=chosen) for one in value)
        if isinstance(value, Mapping):
            pairs = ((self._key(key), self._written(one, part_of, chosen=chosen)) for key, one in value.items())
            return _(", ").join(Markup("{}: {}").format(*one) for one in pairs)
        if chosen:
            return self.choice(value)
        return Markup("<bdi>{}</bdi>").format(self.part(part_of, value) if part_of else value)

    def _key(self, key: str) -> Markup:
        if key in self._categories:
            return self._categories[key]
        step = self.part("steps", key)
        return Markup("<bdi>{}</bdi>").format(spoken_name(key, self._reader.language) if step == key else step)


def _parts(setup: Mapping[str, Any], section: str) -> Iterator[Mapping[str, Any]]:
    found = setup.get(section)
    if section in PARTS and isinstance(found, Iterable):
        yield from (one for one in found if isinstance(one, Mapping))


def _is(section: str, part: Mapping[str, Any], ident: str) -> bool:
    return part_id(part, PARTS[section]) == ident


class PartFact(msgspec.Struct, frozen=True):
    """A field of a part: what it is called, and what it says."""

    name: Markup
    value: Markup
    icon: str = ""
