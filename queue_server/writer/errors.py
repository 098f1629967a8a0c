"""Why a writer could not answer. The same command with the same key may always be sent again.

::

    ConsularError
    └── WriterError
        ├── CentreOverloadedError     centre-overloaded
        ├── CentreContendedError      centre-contended
        ├── WriterDeadError           centre-writer-dead
        └── CommandFailedError        command-failed
"""

from queue_server.domain.values import ConsularError


class WriterError(ConsularError):
    code = "centre-writer"


class CentreOverloadedError(WriterError):
    """More commands wait for this centre than its queue holds; this one was not taken."""

    code = "centre-overloaded"


class CentreContendedError(WriterError):
    """Other processes kept appending first for longer than a caller is kept waiting; nothing was stored."""

    code = "centre-contended"


class WriterDeadError(WriterError):
    """The writer has failed and is started again; ``reason`` is the code of what ended it."""

    code = "centre-writer-dead"


class CommandFailedError(WriterError):
    """The engine could not decide this command, which is a fault of its own; nothing was stored."""

    code = "command-failed"
