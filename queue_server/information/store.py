"""Pages of information in the database: written with history, in and out as TOML."""

import re
import tomllib
from collections.abc import Collection, Iterable
from datetime import date
from importlib.resources import files
from typing import Any

import msgspec
import tomli_w
from msgspec.structs import replace
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from queue_server.catalogue import store as catalogue
from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.catalogue.fields import FALLBACK
from queue_server.catalogue.model import Setup
from queue_server.domain.values import Actor, CentreId, Micros, to_datetime
from queue_server.information import markdown, placeholders
from queue_server.information.errors import (
    InformationConflictError,
    InformationInvalidError,
    InformationReferenceError,
    InformationSyntaxError,
    InformationUnknownError,
)
from queue_server.information.model import InformationFile, InformationPage, PageRevision, in_order, outdated
from queue_server.information.tables import information_revisions as t
from queue_server.information.telephone import read_telephone

#: Two hundred pages in forty languages are not longer. Characters.
MAX_LENGTH = 4_000_000


def checked(page: InformationPage, setup: Setup) -> InformationPage:
    """Check a page against its centre, and give it with its numbers as they are dialled, without space around texts.

    Raises:
        InformationError: the first thing that is wrong.
    """
    if FALLBACK not in page.texts:
        raise InformationInvalidError(field=f"texts.{FALLBACK}", reason="missing")
    page = replace(page, texts={language: replace(one, text=one.text.strip()) for language, one in page.texts.items()})
    for language, one in page.texts.items():
        if not one.text:
            raise InformationInvalidError(field=f"texts.{language}", reason="missing")
        markdown.check(one.text, language)
        placeholders.check(one.text, language, setup)
    if page.government is not None and page.government not in {one.id for one in setup.governments}:
        raise InformationReferenceError(field="government", value=page.government)
    if page.service is not None and page.service not in {one.id for one in setup.services}:
        raise InformationReferenceError(field="service", value=page.service)
    for number, contact in enumerate(page.contacts, start=1):
        if FALLBACK not in contact.name:
            raise InformationInvalidError(field=f"contacts[{number}].name.{FALLBACK}", reason="missing")
    contacts = tuple(
        replace(one, telephone=read_telephone(one.telephone, number))
        for number, one in enumerate(page.contacts, start=1)
    )
    return replace(page, contacts=contacts)


def _latest(centre: CentreId) -> Any:
    return (
        select(t.c.topic, func.max(t.c.version).label("version"))
        .where(t.c.centre == centre)
        .group_by(t.c.topic)
        .order_by(t.c.topic)
    )


def versions(connection: Connection, centre: CentreId) -> tuple[tuple[str, int], ...]:
    """Tell which version of each topic is the newest, also of those that were taken out."""
    return tuple((topic, version) for topic, version in connection.execute(_latest(centre)))


def pages(connection: Connection, centre: CentreId) -> tuple[PageRevision, ...]:
    """Read the pages that there are, in the order in which people find them."""
    newest = _latest(centre).subquery()
    joined = select(t).join(newest, (t.c.topic == newest.c.topic) & (t.c.version == newest.c.version))
    found = connection.execute(joined.where(t.c.centre == centre)).mappings()
    return in_order([_revision(one) for one in found])


def history(connection: Connection, centre: CentreId, topic: str) -> tuple[PageRevision, ...]:
    """List what became of a page, the newest first."""
    asked = select(t).where(t.c.centre == centre, t.c.topic == topic).order_by(t.c.version.desc())
    return tuple(_revision(one) for one in connection.execute(asked).mappings())


def _newest(connection: Connection, centre: CentreId, topic: str) -> PageRevision | None:
    asked = select(t).where(t.c.centre == centre, t.c.topic == topic).order_by(t.c.version.desc()).limit(1)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else _revision(row)


def _revision(row: Any) -> PageRevision:
    page = None if row["page"] is None else msgspec.convert(row["page"], InformationPage)
    return PageRevision(row["topic"], row["version"], row["at"], row["actor"], page)


def save(
    connection: Connection,
    centre: CentreId,
    page: InformationPage,
    opened: int,
    *,
    confirmed: Collection[str] = (),
    actor: Actor,
    now: Micros,
) -> PageRevision:
    """Store a checked page in place of the version that was ``opened``, 0 where there was none.

    Who stores once more what they have stored a moment ago gets that: nothing happens twice.

    Raises:
        InformationConflictError: it is another version by now.
    """
    before = _newest(connection, centre, page.topic)
    there = None if before is None else before.page
    marked = outdated(there, page, confirmed)
    version = 0 if before is None else before.version
    if before is not None and version == opened + 1 and before.actor == actor and there == marked:
        return before
    # A page that was taken out is opened as a new one.
    if opened != (0 if there is None else version):
        raise InformationConflictError(version=version)
    return _store(connection, centre, PageRevision(page.topic, version + 1, now, actor, marked))


def remove(
    connection: Connection, centre: CentreId, topic: str, opened: int, *, actor: Actor, now: Micros
) -> PageRevision:
    """Take a page out.

    Raises:
        InformationUnknownError: there is none.
        InformationConflictError: it is another version by now.
    """
    before = _newest(connection, centre, topic)
    if before is None:
        raise InformationUnknownError(topic=topic)
    if before.page is None:
        if before.version == opened + 1 and before.actor == actor:
            return before
        raise InformationUnknownError(topic=topic)
    if before.version != opened:
        raise InformationConflictError(version=before.version)
    return _store(connection, centre, PageRevision(topic, opened + 1, now, actor, None))


def _store(connection: Connection, centre: CentreId, one: PageRevision) -> PageRevision:
    row = {"topic": one.topic, "version": one.version, "at": one.at, "actor": one.actor}
    page = None if one.page is None else msgspec.to_builtins(one.page)
    try:
        connection.execute(insert(t), [{"centre": centre, **row, "page": page}])
    except IntegrityError as error:
        # Somebody else was quicker, on this server or another one.
        raise InformationConflictError(version=one.version) from error
    return one


def parse(text: str) -> InformationFile:
    """Read a file of pages.

    Raises:
        InformationError: it is not TOML, or has another shape.
    """
    if len(text) > MAX_LENGTH:
        raise InformationInvalidError(field="", reason=f"longer than {MAX_LENGTH} characters")
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InformationSyntaxError(reason=str(error)) from error
    return convert(raw, InformationFile)


_PLACE = re.compile(r"`\$\.?([^`]*)`$")


def convert[T](raw: object, kind: type[T]) -> T:
    """Read what was sent or written as a page.

    Raises:
        InformationInvalidError: it has another shape; ``field`` says where.
    """
    try:
        return msgspec.convert(raw, kind, strict=True)
    except msgspec.ValidationError as error:
        place = _PLACE.search(str(error))
        reason = str(error).partition(" - at ")[0]
        raise InformationInvalidError(field="" if place is None else place[1], reason=reason) from error


def import_pages(connection: Connection, text: str, *, actor: Actor, now: Micros) -> tuple[CentreId, int]:
    """Put the pages of a file in place of what its centre had; returns how many of them changed.

    Raises:
        InformationError: it is refused, and nothing changes.
        CentreNotSetUpError: there is no such centre.
    """
    file = parse(text)
    stored = catalogue.load(connection, file.centre)
    if stored is None:
        raise CentreNotSetUpError(centre=file.centre)
    topics = [one.topic for one in file.pages]
    if twice := {one for one in topics if topics.count(one) > 1}:
        raise InformationInvalidError(field="pages", reason=f"{min(twice)} stands twice")
    new = [checked(one, stored.setup) for one in file.pages]
    there = {one.topic: one for one in pages(connection, file.centre)}
    last = dict(versions(connection, file.centre))
    changed = 0
    for page in new:
        before = there.get(page.topic)
        if before is None or before.page != page:
            one = PageRevision(page.topic, last.get(page.topic, 0) + 1, now, actor, _imported(before, page))
            _store(connection, file.centre, one)
            changed += 1
    for topic in there.keys() - set(topics):
        _store(connection, file.centre, PageRevision(topic, last[topic] + 1, now, actor, None))
        changed += 1
    return file.centre, changed


def _imported(before: PageRevision | None, page: InformationPage) -> InformationPage:
    """Mark what is behind: what the file says is, and what it changes in some languages alone."""
    said = {tag for tag, one in page.texts.items() if one.stale}
    marked = outdated(None if before is None else before.page, page)
    return replace(
        marked, texts={tag: replace(one, stale=one.stale or tag in said) for tag, one in marked.texts.items()}
    )


def export_pages(connection: Connection, centre: CentreId) -> str | None:
    """Write the pages of a centre as TOML; None where there is no such centre."""
    if catalogue.version(connection, centre) is None:
        return None
    there = tuple(one.page for one in pages(connection, centre) if one.page is not None)
    file = InformationFile(centre, there)
    return tomli_w.dumps(msgspec.to_builtins(file, builtin_types=(date,), str_keys=True), multiline_strings=True)


def demo_pages() -> tuple[str, ...]:
    """Read the pages of the demo centres."""
    folder = files("queue_server.information") / "demo"
    return tuple((folder / name).read_text(encoding="utf-8") for name in ("demo.toml", "harbour.toml"))


def import_demo(connection: Connection, texts: Iterable[str], now: Micros) -> None:
    """Give the demo centres their pages (``demo_pages``), looked through today, where they never had any."""
    today = to_datetime(now).date()
    for text in texts:
        file = parse(text)
        stored = catalogue.load(connection, file.centre)
        if stored is not None and not versions(connection, file.centre):
            for page in file.pages:
                fresh = replace(checked(page, stored.setup), reviewed=today)
                _store(connection, file.centre, PageRevision(page.topic, 1, now, Actor("system"), fresh))
