"""Ids and codes of collection. Pure."""

from enum import StrEnum
from typing import NewType

#: What one person collects at a kiosk, from their proof until they leave, as the kiosk names it (a UUID).
CollectionId = NewType("CollectionId", str)
#: What staff recorded of somebody who may collect for somebody else (a UUID).
AuthorityId = NewType("AuthorityId", str)
#: The name of such a person in the vault.
AuthorityNameId = NewType("AuthorityNameId", str)


class AuthorityKind(StrEnum):
    """As what somebody collects for somebody else."""

    #: Named in a letter of authority.
    REPRESENTATIVE = "representative"
    #: The guardian of a minor.
    GUARDIAN = "guardian"


class ProofWay(StrEnum):
    """How somebody tried to prove that something is theirs."""

    CODE = "code"
    DOCUMENT = "document"


class WhereNow(StrEnum):
    """Where somebody gets an item that is theirs."""

    #: Behind a door, which opens for them.
    HERE = "here"
    COUNTER = "counter"
    #: It is not ready yet.
    LATER = "later"
