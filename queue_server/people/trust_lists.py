"""Whom the server trusts about seals: a folder as kiosks have, read anew when it has changed, and told of in time."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from peripherals.documents.trust.files import load, mark
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.trust.watch import Trusted
from peripherals.errors import TrustOutdatedError
from queue_server.conditions import Condition
from queue_server.domain.values import Micros, to_datetime
from queue_server.people.conditions import TRUST_INVALID, TRUST_OUTDATED


class DocumentRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[documents]``: who is trusted about seals that staff scan.

    ``trust`` is a folder or file of trusted authorities and signers (``peripherals emrtd trust-update``); empty trusts
    nobody, and says so of every seal. Every ``trust_poll_s`` seconds it is seen whether it has changed. A master list
    is due ``lists_days`` after it was signed; ``lists_ahead_days`` before any list is due managers hear of it.
    """

    trust: str = ""
    trust_poll_s: Annotated[float, Meta(ge=0.01, le=86_400)] = 60.0
    lists_days: Annotated[int, Meta(ge=1, le=3_650)] = 180
    lists_ahead_days: Annotated[int, Meta(ge=0, le=365)] = 7


def make_trusted(rules: DocumentRules, clock: Callable[[], Micros]) -> Trusted:
    """Make what ``keep`` then reads the folder for; nothing is read yet."""
    folder = Path(rules.trust) if rules.trust else None
    return Trusted(
        rules,
        load=lambda: TrustStore(()) if folder is None else load(folder),
        mark=lambda: None if folder is None else mark(folder),
        now=lambda: to_datetime(clock()),
    )


def condition(trusted: Trusted) -> Condition | None:
    """Say that the lists cannot be read, or that one of them is due soon: ``amount`` is its age in days."""
    if not trusted.fault:
        return None
    due = trusted.fault == TrustOutdatedError.code
    code = TRUST_OUTDATED if due else TRUST_INVALID
    return Condition(code, trusted.age_days if due else len(trusted.store.authorities), is_unready=False)
