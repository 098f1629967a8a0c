"""What became of a page of information: each version that was ever stored, by whom, and what was new in it. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from urllib.parse import urlencode

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from queue_server.domain.values import Actor
from queue_server.information.model import InformationPage, PageRevision
from queue_server.web.information.reading import describe_language
from queue_server.web.view_context import PageReader

_SOME_DAY: Final = date.min


class PastVersion(msgspec.Struct, frozen=True):
    """A line of the history; ``href`` shows that version, and is empty where the page was taken out."""

    number: int
    stored_at: str
    by: str
    changed: Markup
    href: str
    is_shown: bool = False


def past_versions(
    revisions: Sequence[PageRevision], names: Mapping[Actor, str], reader: PageReader, path: str, shown: int
) -> tuple[PastVersion, ...]:
    """List all ``revisions`` (the newest first); the one with the number ``shown`` is looked at."""
    before = [*revisions, None][1:]
    return tuple(
        PastVersion(
            one.version,
            f"{reader.clock.day(one.at)} {reader.clock.hhmm(one.at)}",
            names.get(one.actor, ""),
            _changed(None if earlier is None else earlier.page, one.page, reader),
            "" if one.page is None else f"{path}?{urlencode({'topic': one.topic, 'version': one.version})}",
            is_shown=one.version == shown,
        )
        for one, earlier in zip(revisions, before, strict=True)
    )


def _changed(before: InformationPage | None, after: InformationPage | None, reader: PageReader) -> Markup:
    _ = reader.words
    if after is None:
        return _("Taken out")
    if before is None:
        return _("Written new")
    tags = [*after.texts, *(tag for tag in before.texts if tag not in after.texts)]
    changed = [
        describe_language(tag)
        for tag in tags
        if tag not in after.texts or not after.texts[tag].says_same(before.texts.get(tag))
    ]
    if _facts(before) != _facts(after):
        changed.append(_("owner, days or contacts"))
    if not changed:
        return _("Looked through, nothing changed")
    named = _(", ").join(Markup("<bdi>{}</bdi>").format(one) for one in changed)
    return _("Changed: %(parts)s", parts=named)


def _facts(page: InformationPage) -> InformationPage:
    """Take everything but the texts, and the day on which somebody looked it through."""
    return replace(page, texts={}, reviewed=_SOME_DAY)


def as_it_was(page: InformationPage) -> InformationPage:
    """Give a page of the past to be written again: which of its languages were behind then says nothing now."""
    return replace(page, texts={tag: replace(one, stale=False) for tag, one in page.texts.items()})
