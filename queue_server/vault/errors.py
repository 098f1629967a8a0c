"""What the vault refuses.

::

    ConsularError
    └── PeopleError                people
        ├── RowUnknownError        people-row-unknown
        ├── PurposeError           people-purpose
        ├── PersonShreddedError    person-shredded
        ├── KeyOfRowError          people-key-wrong
        ├── RowTruncatedError           people-row-truncated
        ├── RowChangedError        people-row-changed
        ├── NotTheirVisitError     people-not-permitted
        ├── ReadingNotCorrectedError  reading-not-corrected
        ├── ReadingNotAcceptedError   reading-not-accepted
        └── SealNotReadError       seal-not-read
"""

from queue_server.domain.values import ConsularError


class PeopleError(ConsularError):
    code = "people"


class RowUnknownError(PeopleError):
    """The vault holds no such row: it never did, or its time is over."""

    code = "people-row-unknown"


class PurposeError(PeopleError):
    """A row is asked for with another purpose than the one it was stored for."""

    code = "people-purpose"


class PersonShreddedError(PeopleError):
    """The data key of this row was destroyed: nobody can read it again."""

    code = "person-shredded"


class KeyOfRowError(PeopleError):
    """The row was sealed with the key of another server than the one in ``DATA/keys``."""

    code = "people-key-wrong"


class RowTruncatedError(PeopleError):
    """The sealed bytes of a row are not whole."""

    code = "people-row-truncated"


class RowChangedError(PeopleError):
    """The row does not belong where it stands: swapped, moved, or its purpose, end or bytes changed by hand."""

    code = "people-row-changed"


class NotTheirVisitError(PeopleError):
    """Notes are read at reception, by managers, and at the counter where the visit is or was last."""

    code = "people-not-permitted"


class ReadingNotCorrectedError(PeopleError):
    """The number of a document is not put right; ``reason`` is ``nothing-read``, ``proved`` or ``more-than-one``."""

    code = "reading-not-corrected"


class SealNotReadError(PeopleError):
    """What was scanned or pasted is no visible digital seal."""

    code = "seal-not-read"


class ReadingNotAcceptedError(PeopleError):
    """What a reader at a desk gave is none of this visit; ``reason`` is ``not-opened`` or ``person``."""

    code = "reading-not-accepted"
