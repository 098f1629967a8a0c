"""The vault's statements: synchronous, on a ``Connection``, so that they ride in ``rows=`` of a commit.

``Vault`` is made once for a process. ``put`` goes into the commit of the event that names the row; ``get`` and ``find``
need a transaction that writes (``log.write``), since reading is recorded in it: no record, no text.
"""

import hmac
from collections.abc import Callable, Sequence

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select

from queue_server.domain.values import Actor, ApplicationId, CentreId, Micros, NoticeId, PersonId, VisitId, new_id
from queue_server.vault import read_chain
from queue_server.vault.errors import KeyOfRowError, PersonShreddedError, PurposeError, RowChangedError, RowUnknownError
from queue_server.vault.model import PURPOSES, SEPARATE, OpenedRow, ReadPurpose, RowKind, VaultRow, canonical
from queue_server.vault.parties import party
from queue_server.vault.puncturable import PuncturableKey, hour_of, leaf
from queue_server.vault.sealing import seal, unseal
from queue_server.vault.tables import people_reads, people_rows, people_shredded

TABLE = people_rows.name

_COLUMNS = [people_rows.c[name] for name in VaultRow.__struct_fields__]
_READ = select(*_COLUMNS, people_rows.c.sealed)
# Made once: for the rows of a ticket making a statement costs more than what it does.
_INSERT = insert(people_rows)
_PERSON_OF = (
    select(people_rows.c.person)
    .where(
        people_rows.c.visit == bindparam("of"),
        people_rows.c.centre == bindparam("held_at"),
        people_rows.c.application.is_(None),
        people_rows.c.kind.not_in(SEPARATE),
    )
    .limit(1)
    .with_for_update()
)


class NewRow(msgspec.Struct, frozen=True):
    """A row to be stored. ``id`` is the one by which events name it; ``findable`` where its text is looked for."""

    id: str
    kind: RowKind
    centre: CentreId
    text: str
    at: Micros
    actor: Actor
    ends_at: Micros
    visit: VisitId | None = None
    findable: bool = False
    application: ApplicationId | None = None

    def __repr__(self) -> str:
        return f"NewRow({self.kind}, {self.id!r}, ...)"


class ReadRecord(msgspec.Struct, frozen=True):
    """Who looked, when, at what and what for; ``row`` is None where a search found nothing."""

    at: Micros
    actor: Actor
    purpose: ReadPurpose
    centre: CentreId
    row: str | None
    visit: VisitId | None


class Vault:
    """Seals and opens rows. ``key`` gives what is left of the people key; it may be called from any thread."""

    def __init__(self, key: Callable[[], PuncturableKey]) -> None:
        self._key = key

    # --- writing ---------------------------------------------------------------------------------------------------

    def put(self, connection: Connection, *rows: NewRow) -> None:
        """Store rows, each under the person of its visit: a new one where the vault knows none, or the row ends alone.

        Raises:
            PersonShreddedError: the end of one is past, so its data key is gone already.
        """
        persons: dict[tuple[VisitId | None, CentreId], PersonId] = {}
        values = []
        for new in rows:
            if new.application is not None or new.kind in SEPARATE:
                person = PersonId(new_id())
            else:
                of = new.visit, new.centre
                person = persons.get(of) or _person_of(connection, *of)
                if new.visit is not None:
                    persons[of] = person
            values.append(self._sealed(new, person))
        if values:
            connection.execute(_INSERT, values)

    def _sealed(self, new: NewRow, person: PersonId) -> dict[str, object]:
        key = self._key()
        row = VaultRow(
            id=new.id,
            person=person,
            visit=new.visit,
            centre=new.centre,
            kind=new.kind,
            purpose=PURPOSES[new.kind],
            at=new.at,
            actor=new.actor,
            ends_at=new.ends_at,
            key_id=key.id,
            application=new.application,
        )
        finder = self._finder(new.centre, new.kind, new.text, new.ends_at) if new.findable else None
        sealed = seal(_data_key(key, row), new.text, row.associated(TABLE))
        values: dict[str, object] = msgspec.to_builtins(row)
        return values | {"sealed": sealed, "finder": finder}

    def put_announcement(
        self,
        connection: Connection,
        notice: NoticeId,
        own: dict[str, str],
        *,
        centre: CentreId,
        actor: Actor,
        at: Micros,
        ends_at: Micros,
    ) -> None:
        """Store the typed text of a notice by language."""
        text = msgspec.json.encode(own, order="sorted").decode()
        self.put(connection, NewRow(notice, RowKind.ANNOUNCEMENT, centre, text, at, actor, ends_at))

    def shred_visit(
        self, connection: Connection, visit: VisitId, *, actor: Actor, now: Micros, centre: CentreId | None = None
    ) -> int:
        """Shred everybody of whom the vault holds something through this visit; returns how many.

        Whoever came with a ticket that was merged into it is of the same party and goes too.
        With ``centre`` only what that centre holds. Their rows go at once; their data keys when ``keeper`` has
        destroyed them in ``DATA/keys``, here and on every other server.
        """
        held = select(people_rows.c.person, people_rows.c.visit, people_rows.c.centre).distinct()
        held = held.where(people_rows.c.visit.in_(party(connection, visit)))
        if centre is not None:
            held = held.where(people_rows.c.centre == centre)
        # Somebody may have persons of applications beside the one of the visit, and is counted once.
        return len(
            {
                (row.visit, row.centre)
                for row in connection.execute(held).all()
                if self.shred(connection, PersonId(row.person), actor=actor, now=now)
            }
        )

    def end_application(self, connection: Connection, application: ApplicationId, *, actor: Actor, now: Micros) -> None:
        """Shred what was kept for an application: it has come to its end."""
        held = select(people_rows.c.person).where(people_rows.c.application == application).distinct()
        for person in connection.execute(held).scalars().all():
            self.shred(connection, PersonId(person), actor=actor, now=now)

    def end_row(self, connection: Connection, row: str, *, actor: Actor, now: Micros) -> None:
        """Shred a row that ends alone (``SEPARATE``): it was needed until now."""
        held = select(people_rows.c.person).where(people_rows.c.id == row, people_rows.c.kind.in_(SEPARATE))
        person = connection.execute(held).scalar()
        if person is not None:
            self.shred(connection, PersonId(person), actor=actor, now=now)

    def shred(self, connection: Connection, person: PersonId, *, actor: Actor, now: Micros) -> bool:
        """Shred one person; false where the vault holds nothing of them."""
        held = people_rows.c.person == person
        # Waits for whoever stores a row of theirs just now: what is deleted afterwards is all there is.
        connection.execute(select(people_rows.c.id).where(held).with_for_update()).all()
        ends = connection.execute(delete(people_rows).where(held).returning(people_rows.c.ends_at))
        hours = {hour_of(Micros(end)) for end in ends.scalars()}
        known = select(people_shredded.c.hour).where(people_shredded.c.person == person)
        fresh = hours - set(connection.execute(known).scalars())
        if fresh:
            rows = [{"person": person, "hour": hour, "at": now, "actor": actor} for hour in sorted(fresh)]
            connection.execute(insert(people_shredded), rows)
        return bool(hours)

    # --- reading ---------------------------------------------------------------------------------------------------

    def get(self, connection: Connection, row: str, *, purpose: ReadPurpose, actor: Actor, now: Micros) -> OpenedRow:
        """Read a row, and record who did.

        Raises:
            RowUnknownError: there is none, or its end is past.
            PurposeError: it was stored for something else.
            PersonShreddedError: its data key is gone.
            KeyOfRowError: it was sealed with another key.
            RowTruncatedError: its bytes are not whole.
            RowChangedError: it does not belong where it stands.
        """
        found = connection.execute(_READ.where(people_rows.c.id == row, people_rows.c.ends_at > now)).one_or_none()
        if found is None:
            raise RowUnknownError
        head = _row(found)
        if head.purpose is not purpose:
            raise PurposeError(kind=head.kind, purpose=purpose)
        text = self._open(connection, head, found.sealed)
        _record(connection, [ReadRecord(now, actor, purpose, head.centre, head.id, head.visit)])
        return OpenedRow(head, text)

    def announcement(self, connection: Connection, notice: NoticeId, *, actor: Actor, now: Micros) -> dict[str, str]:
        """Read the typed text of a notice by language; raises what ``get`` does."""
        opened = self.get(connection, notice, purpose=ReadPurpose.SHOWING, actor=actor, now=now)
        return msgspec.json.decode(opened.text, type=dict[str, str])

    def find(
        self, connection: Connection, centre: CentreId, kind: RowKind, text: str, *, actor: Actor, now: Micros
    ) -> tuple[VisitId, ...]:
        """Find the visits of the living rows that say this, oldest first, and record who looked, found or not.

        Raises what ``matching`` does.
        """
        heads = self.matching(connection, centre, kind, text, actor=actor, now=now)
        if not heads:
            _record(connection, [ReadRecord(now, actor, PURPOSES[kind], centre, None, None)])
        return tuple(dict.fromkeys(head.visit for head in heads if head.visit is not None))

    def count(self, connection: Connection, centre: CentreId, kind: RowKind, text: str, now: Micros) -> int:
        """Count the living rows that say this, without reading them: nobody has looked."""
        same = people_rows.c.finder.in_(self._finders(connection, centre, kind, text, now))
        living = select(func.count()).select_from(people_rows).where(same, people_rows.c.ends_at > now)
        return connection.execute(living).scalar_one()

    def matching(
        self, connection: Connection, centre: CentreId, kind: RowKind, text: str, *, actor: Actor, now: Micros
    ) -> tuple[VaultRow, ...]:
        """Find the living rows that say this, oldest first, and record who looked at each.

        What was shredded is not there, wherever its row came from. Raises what else ``get`` does.
        """
        wanted = canonical(text)
        finders = self._finders(connection, centre, kind, wanted, now)
        same = _READ.where(people_rows.c.finder.in_(finders), people_rows.c.ends_at > now)
        heads: list[VaultRow] = []
        for found in connection.execute(same.order_by(people_rows.c.at, people_rows.c.id)).all():
            head = _row(found)
            try:
                said = self._open(connection, head, found.sealed)
            except PersonShreddedError:
                continue
            # The finder is bound to nothing, so the row itself has to say what was looked for.
            if canonical(said) != wanted:
                raise RowChangedError
            heads.append(head)
        _record(connection, [ReadRecord(now, actor, PURPOSES[kind], centre, head.id, head.visit) for head in heads])
        return tuple(heads)

    def _finders(self, connection: Connection, centre: CentreId, kind: RowKind, text: str, now: Micros) -> list[str]:
        """Make the blind index of a text for each end that living rows have."""
        ends = select(people_rows.c.ends_at).where(
            people_rows.c.centre == centre, people_rows.c.kind == kind, people_rows.c.ends_at > now
        )
        living = [Micros(end) for end in connection.execute(ends.distinct()).scalars()]
        return [finder for end in living if (finder := self._finder(centre, kind, text, end)) is not None]

    def _open(self, connection: Connection, row: VaultRow, sealed: bytes) -> str:
        key = self._key()
        if row.key_id != key.id:
            raise KeyOfRowError(key=row.key_id[:16])
        shredded = select(people_shredded.c.at).where(
            people_shredded.c.person == row.person, people_shredded.c.hour == hour_of(row.ends_at)
        )
        # Another server may have shredded them a moment ago.
        if connection.execute(shredded).first() is not None:
            raise PersonShreddedError
        return unseal(_data_key(key, row), sealed, row.associated(TABLE))

    def _finder(self, centre: CentreId, kind: RowKind, text: str, ends_at: Micros) -> str | None:
        """Make the blind index of a text: HMAC-SHA256 under a key that is destroyed when the rows have ended.

        None where it is destroyed.
        """
        key = self._key().derive(leaf(hour_of(ends_at), "finder", centre))
        if key is None:
            return None
        return hmac.digest(key, f"{kind}|{centre}|{canonical(text)}".encode(), "sha256").hex()


def rows_of(connection: Connection, visit: VisitId, centre: CentreId, kind: RowKind, now: Micros) -> list[str]:
    """List the living rows of one kind of a visit, oldest first, without reading them."""
    of_visit = (people_rows.c.visit == visit, people_rows.c.centre == centre, people_rows.c.kind == kind)
    found = select(people_rows.c.id).where(*of_visit, people_rows.c.ends_at > now)
    return list(connection.execute(found.order_by(people_rows.c.at, people_rows.c.id)).scalars())


def is_stored_for(connection: Connection, application: ApplicationId, now: Micros) -> bool:
    """Tell whether a living row is kept for an application, without reading it."""
    kept = (people_rows.c.application == application, people_rows.c.ends_at > now)
    return connection.execute(select(people_rows.c.id).where(*kept).limit(1)).first() is not None


def reads(
    connection: Connection,
    visit: VisitId | None = None,
    limit: int = 1000,
    *,
    centre: CentreId | None = None,
    skip: int = 0,
) -> list[ReadRecord]:
    """List who looked, newest first; of one visit, at one centre, where it is named; behind the first ``skip``."""
    columns = [people_reads.c[name] for name in ReadRecord.__struct_fields__]
    statement = select(*columns).order_by(people_reads.c.at.desc(), people_reads.c.id.desc())
    statement = statement.offset(skip).limit(limit)
    if visit is not None:
        statement = statement.where(people_reads.c.visit == visit)
    if centre is not None:
        statement = statement.where(people_reads.c.centre == centre)
    return [
        msgspec.convert({name: getattr(row, name) for name in ReadRecord.__struct_fields__}, ReadRecord)
        for row in connection.execute(statement)
    ]


def shredded_leaves(connection: Connection) -> list[int]:
    """List the leaves that every server has to destroy."""
    found = connection.execute(select(people_shredded.c.person, people_shredded.c.hour))
    return [_leaf(PersonId(row.person), row.hour) for row in found]


def _leaf(person: PersonId, hour: int) -> int:
    return leaf(hour, "person", person)


def _data_key(key: PuncturableKey, row: VaultRow) -> bytes:
    found = key.derive(_leaf(row.person, hour_of(row.ends_at)))
    if found is None:
        raise PersonShreddedError
    return found


def _person_of(connection: Connection, visit: VisitId | None, centre: CentreId) -> PersonId:
    """Find the person of a visit. Locked, so that nobody shreds them before this row is there.

    Ids of visits come from devices too: one that another centre has is somebody else here.
    """
    if visit is not None:
        found = connection.execute(_PERSON_OF, {"of": visit, "held_at": centre}).scalar()
        if found is not None:
            return PersonId(found)
    return PersonId(new_id())


def _row(found: object) -> VaultRow:
    try:
        return msgspec.convert({name: getattr(found, name) for name in VaultRow.__struct_fields__}, VaultRow)
    except msgspec.ValidationError as error:
        # A kind or purpose that is none: somebody wrote into the table by hand.
        raise RowChangedError from error


def _record(connection: Connection, looked: Sequence[ReadRecord]) -> None:
    for centre in sorted({one.centre for one in looked}):
        read_chain.append(connection, centre, [msgspec.to_builtins(one) for one in looked if one.centre == centre])
