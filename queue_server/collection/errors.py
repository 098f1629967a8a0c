"""What collection refuses.

::

    ConsularError
    └── CollectionError            collection
        ├── CollectionOverError    collection-over
        ├── DoorStillOpenError     collection-door-open
        ├── AuthorityUnknownError  authority-unknown
        └── AuthorityDateError     authority-date
"""

from queue_server.domain.values import ConsularError


class CollectionError(ConsularError):
    code = "collection"


class CollectionOverError(CollectionError):
    """What this person proved is too long ago, was ended, or was another kiosk's: they prove it anew."""

    code = "collection-over"


class DoorStillOpenError(CollectionError):
    """A door is open for this person, or about to open: one after another."""

    code = "collection-door-open"


class AuthorityUnknownError(CollectionError):
    """This centre has recorded no authority with this id."""

    code = "authority-unknown"


class AuthorityDateError(CollectionError):
    """An authority ends today at the earliest, and not too far ahead."""

    code = "authority-date"
