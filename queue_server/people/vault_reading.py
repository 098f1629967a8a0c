"""One look into the vault at the documents of a visit: whose they are, and what they are compared with."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from queue_server.accounts.staff_store import names
from queue_server.applications import store
from queue_server.applications.views import application_view
from queue_server.centre.centres import Centre
from queue_server.contract.documents import (
    ComparedView,
    CorrectionView,
    DocumentReading,
    HolderView,
    ReadHereView,
    ReadingsAnswer,
    ReadingView,
    VerdictView,
)
from queue_server.domain.values import Actor, ApplicationId, ApplicationState, VisitId, to_datetime
from queue_server.framework.server import Server
from queue_server.queue.state import Visit
from queue_server.vault.errors import PersonShreddedError
from queue_server.vault.faces import living
from queue_server.vault.model import PURPOSES, OpenedRow, RowKind, VaultRow, document_key, normalised
from queue_server.vault.store import Vault, is_stored_for, rows_of

_HOLDER, _REFUSED = "holder", "refused"
#: What a reading says of itself whose number staff have put right.
CORRECTED = VerdictView("zone", "noted", "number-corrected")
_PASSED, _NOTED, _FAILED, _NOT_CHECKED = "passed", "noted", "failed", "not-checked"


class FoundReading(NamedTuple):
    """What was read of a document, and the row that says it."""

    row: VaultRow
    reading: DocumentReading

    @property
    def number(self) -> str:
        return normalised(self.reading.number)

    @property
    def key(self) -> str:
        return document_key(self.reading.issuer, self.reading.number)

    @property
    def person(self) -> tuple[VisitId | None, int]:
        """Whose it is: the visit with which they came, and their place in its party."""
        return self.row.visit, self.reading.person


class Compared(msgspec.Struct, frozen=True):
    """What staff said of the person on a document: the row of its reading, and whether they took them for the same."""

    document: str
    same: bool


class Theirs(NamedTuple):
    """Applications whose holder has a document: known by number and issuer, or by the number that was said alone."""

    known: tuple[ApplicationId, ...] = ()
    by_number: tuple[ApplicationId, ...] = ()

    @property
    def all(self) -> tuple[ApplicationId, ...]:
        return tuple(dict.fromkeys((*self.known, *self.by_number)))


class VaultReading:
    """One look into the vault, in one transaction."""

    def __init__(self, server: Server, centre: Centre, actor: Actor, connection: Connection) -> None:
        self._vault = server[Vault]
        self._centre = centre.id
        self._actor = actor
        self._now = server.clock()
        self._connection = connection

    def at(self, visits: Iterable[VisitId], visit: Visit) -> ReadingsAnswer:
        visits = tuple(visits)
        found = self.readings(visits)
        kept = living(self._connection, visits, self._centre, self._now)
        theirs = [self.applications_of(one) for one in found]
        named = tuple(application_view(one) for one in store.some(self._connection, self._centre, visit.applications))
        family = {application for each in theirs for application in each.all}
        compared = self._compared_views(visits)
        views = []
        for one, own in zip(found, theirs, strict=True):
            holders = tuple(
                HolderView(self._holder(each.id, one, own), each)
                for each in named
                # Whose it is came along: nothing is amiss with the others.
                if each.id in own.all or each.id not in family
            )
            if not named:
                holders = (HolderView(VerdictView(_HOLDER, _NOT_CHECKED, "no-booking")),)
            ready = () if named else store.some(self._connection, self._centre, own.all)
            refused = any(each.verdict.outcome == _FAILED for each in holders)
            views.append(
                ReadingView(
                    one.row.id,
                    _REFUSED if refused else one.reading.standing,
                    one.reading,
                    holders,
                    tuple(application_view(each) for each in ready if each.state is ApplicationState.READY),
                    *self._by(one),
                    one.reading.face if one.reading.face in kept else None,
                    compared.get(one.row.id),
                )
            )
        return ReadingsAnswer(tuple(views))

    def keys(self, visits: Iterable[VisitId]) -> tuple[str, ...]:
        """Name the documents of a party: as a kiosk read them, else by the number that staff typed."""
        visits = tuple(visits)
        read = tuple(dict.fromkeys(one.key for one in self.readings(visits) if one.key))
        if read:
            return read
        typed = next(self._opened(visits, RowKind.DOCUMENT), None)
        return () if typed is None else (typed.text,)

    def readings(self, visits: Iterable[VisitId]) -> tuple[FoundReading, ...]:
        """Read the newest that is known of each person of a party, each document once.

        Those of the first visit come first, then those of the tickets that were merged into it.
        """
        latest: dict[tuple[VisitId | None, int], FoundReading] = {}
        for one in self.all(visits):
            latest.setdefault(one.person, one)
        order = list(dict.fromkeys(visit for visit, _ in latest))
        found = sorted(latest.values(), key=lambda one: (order.index(one.row.visit), one.reading.person))
        kept: dict[tuple[str, str], FoundReading] = {}
        for one in found:
            # Somebody may have taken two tickets with the same document.
            kept.setdefault((one.reading.issuer, one.number or one.row.id), one)
        return tuple(kept.values())

    def all(self, visits: Iterable[VisitId]) -> tuple[FoundReading, ...]:
        """Read all that was ever read of the documents of a party, the newest of each visit first."""
        opened = self._opened(visits, RowKind.READING)
        return tuple(FoundReading(one.row, msgspec.json.decode(one.text, type=DocumentReading)) for one in opened)

    def compared(self, visits: Iterable[VisitId]) -> dict[str, tuple[VaultRow, Compared]]:
        """Read by document what staff said of its person last."""
        newest: dict[str, tuple[VaultRow, Compared]] = {}
        for one in self._opened(visits, RowKind.COMPARED):
            said = msgspec.json.decode(one.text, type=Compared)
            newest.setdefault(said.document, (one.row, said))
        return newest

    def _compared_views(self, visits: Iterable[VisitId]) -> dict[str, ComparedView]:
        found = self.compared(visits)
        by = names(self._connection, {row.actor for row, _ in found.values()})
        return {
            document: ComparedView(by.get(row.actor, ""), to_datetime(row.at), said.same)
            for document, (row, said) in found.items()
        }

    def _opened(self, visits: Iterable[VisitId], kind: RowKind) -> Iterator[OpenedRow]:
        for visit in visits:
            for row in reversed(rows_of(self._connection, visit, self._centre, kind, self._now)):
                try:
                    yield self._vault.get(
                        self._connection, row, purpose=PURPOSES[kind], actor=self._actor, now=self._now
                    )
                except PersonShreddedError:
                    continue

    def applications_of(self, found: FoundReading) -> Theirs:
        """Find whose holder has a document. Holders of before issuers were kept are known by their number alone."""
        if not found.number:
            return Theirs()
        known = self._held_by(found.key) if found.key != found.number else ()
        by_number = self._held_by(found.number)
        return Theirs(known, tuple(one for one in by_number if one not in known))

    def _held_by(self, document: str) -> tuple[ApplicationId, ...]:
        rows = self._vault.matching(
            self._connection, self._centre, RowKind.HOLDER, document, actor=self._actor, now=self._now
        )
        return tuple(dict.fromkeys(row.application for row in rows if row.application is not None))

    def _by(self, found: FoundReading) -> tuple[CorrectionView | None, ReadHereView | None]:
        """Say who put the number right, or read the document: a reading that is not a kiosk's is of who did."""
        row = found.row
        by = names(self._connection, {row.actor}).get(row.actor)
        if by is None:
            return None, None
        at = to_datetime(row.at)
        if CORRECTED in found.reading.verdicts:
            return CorrectionView(by, at), None
        return None, ReadHereView(by, at)

    def _holder(self, application: ApplicationId, found: FoundReading, theirs: Theirs) -> VerdictView:
        if application in theirs.known:
            return VerdictView(_HOLDER, _PASSED)
        if application in theirs.by_number:
            return VerdictView(_HOLDER, _NOTED, "number-alone")
        if not is_stored_for(self._connection, application, self._now):
            return VerdictView(_HOLDER, _NOT_CHECKED, "holder-unknown")
        if not found.number:
            return VerdictView(_HOLDER, _NOT_CHECKED, "number-missing")
        if not found.reading.issuer:
            return VerdictView(_HOLDER, _NOT_CHECKED, "state-unread")
        return VerdictView(_HOLDER, _FAILED, "another-holder")
