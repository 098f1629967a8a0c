"""What every unit of work on a database may meet, whichever database it is.

``ConsularError``
    ``DatabaseUnavailableError``  nothing was stored
        ``DatabaseFullError``     its disk is full
    ``LogConflictError``          another transaction was first
    ``OutcomeUnknownError``       lost while committing
"""

from queue_server.domain.values import ConsularError


class DatabaseUnavailableError(ConsularError):
    """The database cannot be reached or refuses; nothing was stored."""

    code = "database-unavailable"


class DatabaseFullError(DatabaseUnavailableError):
    """The disk of the database is full; nothing was stored."""

    code = "database-full"


class LogConflictError(ConsularError):
    """Another process appended first; nothing of this commit was stored."""

    code = "log-conflict"


class OutcomeUnknownError(ConsularError):
    """The database went away during the commit: it may be stored or not; read the tail to know."""

    code = "log-outcome-unknown"
