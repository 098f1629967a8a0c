"""Builds what the page of the set-up shows. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from queue_server.catalogue.difference import PARTS
from queue_server.catalogue.drafts import CatalogueDraft
from queue_server.catalogue.errors import CatalogueError
from queue_server.catalogue.planning import CataloguePlan
from queue_server.catalogue.schema import CatalogueField, CatalogueFieldKind, sections
from queue_server.catalogue.versions import SYSTEM, CatalogueVersion
from queue_server.domain.values import Actor, Micros
from queue_server.web.catalogue import comparing, labels
from queue_server.web.catalogue.catalogue_query import CatalogueQuery
from queue_server.web.catalogue.naming import CatalogueNames, PartFact
from queue_server.web.catalogue.page import PlanLine, SectionLink, ShownPart, ShownSection, VersionLine
from queue_server.web.catalogue.refusals import refusal
from queue_server.web.view_context import PageReader

#: Differences of a version that the history shows.
_SHOWN: Final = 6


def links(plain: Mapping[str, Any], reader: PageReader, query: CatalogueQuery) -> tuple[SectionLink, ...]:
    """List all sections, with how many parts each has."""
    return tuple(
        SectionLink(
            CatalogueQuery(section=name).href,
            label,
            str(len(plain.get(name) or ())) if sections()[name].many else "",
            query.view == "section" and query.section == name,
        )
        for name, label in labels.sections(reader.words).items()
    )


def section(plain: Mapping[str, Any], name: str, reader: PageReader) -> ShownSection:
    """Show a section of a set-up (``difference.plain``)."""
    named = CatalogueNames(reader, plain)
    found = plain.get(name)
    head = named.section(name)
    if name not in PARTS:
        return ShownSection(name, head, facts=_facts(name, found or {}, named), single=True)
    parts = tuple(
        ShownPart(
            number,
            named.title(name, one),
            str(one.get("id", "")),
            str(one.get("icon", "")),
            _facts(name, one, named),
        )
        for number, one in enumerate(found or ())
    )
    return ShownSection(name, head, parts, nested=sections()[name].nested)


def _facts(section: str, said: Mapping[str, Any], named: CatalogueNames) -> tuple[PartFact, ...]:
    return tuple(
        PartFact(
            named.field(section, field.name),
            _nested(value, named)
            if field.kind is CatalogueFieldKind.NESTED
            else named.value(section, field.name, value),
            value if field.kind is CatalogueFieldKind.ICON else "",
        )
        for field in sections()[section].fields
        if (value := said.get(field.name)) is not None and _says(field, value)
    )


def _says(field: CatalogueField, value: Any) -> bool:
    """Tell whether a field says something: what is empty, and is so by itself, is left out."""
    return field.required or value not in ([], {}, "")


def _nested(value: Any, named: CatalogueNames) -> Markup:
    """Name what is nested, one below the other."""
    inside = value.get("properties", {}) if isinstance(value, Mapping) else value
    texts = [named.nested(one) for one in (inside.values() if isinstance(inside, Mapping) else inside)]
    return Markup("<br>").join(Markup("<bdi>{}</bdi>").format(one) for one in texts)


def moment(at: Micros | None, reader: PageReader) -> Markup:
    if at is None:
        return reader.words("at a time that was not recorded")
    return Markup('{} <bdi dir="ltr">{}</bdi>').format(reader.clock.day(at, "EEE d MMM y"), reader.clock.hhmm(at))


def actor(one: Actor, names: Mapping[Actor, str], reader: PageReader) -> Markup:
    """Name who stored a version: staff, or whoever may use the commands of the server."""
    if one == SYSTEM:
        return reader.words("by a command at the server")
    return Markup("<bdi>{}</bdi>").format(names.get(one, one))


def day(of: str, reader: PageReader) -> str:
    return reader.clock.full_day(date.fromisoformat(of))


def plans(found: Sequence[CataloguePlan], names: Mapping[Actor, str], reader: PageReader) -> tuple[PlanLine, ...]:
    return tuple(
        PlanLine(
            day(one.from_day, reader),
            actor(one.actor, names, reader),
            CatalogueQuery("plan", day=one.from_day).href,
        )
        for one in found
    )


def history(
    found: Sequence[CatalogueVersion], names: Mapping[Actor, str], reader: PageReader, in_force: int, shown: int
) -> tuple[VersionLine, ...]:
    """Show the first ``shown`` of the versions that were read, each beside the one before it, where that is there."""
    return tuple(
        _version(one, before, names, reader, in_force)
        for one, before in zip(found[:shown], [*found[1:], None], strict=False)
    )


def _version(
    one: CatalogueVersion,
    before: CatalogueVersion | None,
    names: Mapping[Actor, str],
    reader: PageReader,
    in_force: int,
) -> VersionLine:
    follows = before is not None and before.version == one.version - 1
    both = comparing.compared(before.text, one.text) if before is not None and follows else None
    told = () if both is None else comparing.lines(both, reader)
    return VersionLine(
        one.version,
        moment(one.at, reader),
        actor(one.actor, names, reader),
        CatalogueQuery("version", version=one.version).href,
        told[:_SHOWN],
        max(0, len(told) - _SHOWN),
        first=before is None and one.version == 1,
        unknown=both is None,
        in_force=one.version == in_force,
    )


def drafted(draft: CatalogueDraft, names: Mapping[Actor, str], reader: PageReader) -> Markup:
    """Say who changed the draft last, and when."""
    return reader.words(", ").join((moment(draft.at, reader), actor(draft.actor, names, reader)))


def refused(error: CatalogueError, reader: PageReader) -> Markup:
    """Say why a draft cannot be put in force, and where that stands."""
    section = str(error.placeholders.get("section", "")).partition("[")[0]
    key = str(error.placeholders.get("key", "")).partition("[")[0].partition(".")[0]
    if section not in sections():
        return refusal(reader.words, error)
    named = CatalogueNames(reader)
    where = [named.section(section), *([named.field(section, key)] if key else [])]
    text = refusal(reader.words, error)
    return Markup('<a href="{}">{}</a>: {}').format(
        CatalogueQuery(section=section).href, Markup(" \N{MIDDLE DOT} ").join(where), text
    )
