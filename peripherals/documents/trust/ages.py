"""How old the lists in a folder of what is trusted are, and when they should be followed by newer ones. Pure.

States publish master lists every few weeks or months and say in them when they were signed; a revocation list says by
when the next one comes (RFC 5280, 5.1.2.5; 9303-12, 7.2).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from peripherals.documents.trust.crl import RevocationList
from peripherals.documents.trust.store import TrustStore


@dataclass(frozen=True, slots=True)
class ListAge:
    """``kind`` is ``master-list`` or ``revocation-list``; ``due`` is None where nobody knows when the next comes."""

    kind: str
    issuer: str
    made: datetime
    due: datetime | None


def ages(store: TrustStore, master_list: timedelta) -> tuple[ListAge, ...]:
    """Say how old each list is, the first that is due first; a master list is due ``master_list`` after its signing."""
    found = tuple(_ages(store, master_list))
    return tuple(sorted(found, key=lambda each: (each.due is None, each.due or each.made, each.issuer)))


def overdue(lists: Iterable[ListAge], at: datetime) -> tuple[ListAge, ...]:
    """Give the lists that should have been followed by then."""
    return tuple(each for each in lists if each.due is not None and each.due <= at)


def _ages(store: TrustStore, master_list: timedelta) -> Iterator[ListAge]:
    for country, made in store.listed:
        yield ListAge("master-list", country, made, made + master_list)
    newest: dict[tuple[str, bytes | None], RevocationList] = {}
    for each in sorted(store.revocations, key=lambda listed: listed.this_update):
        newest[each.issuer, each.authority_key_id] = each
    for each in newest.values():
        yield ListAge("revocation-list", each.issuer, each.this_update, each.next_update)
