"""How a command of ``queue-server`` says what went wrong."""

import sys

from queue_server.domain.values import ConsularError


class FileUnusableError(ConsularError):
    """``file`` cannot be read or written; ``reason`` is the system's word."""

    code = "file-unusable"


def print_error(error: ConsularError | OSError) -> None:
    """Say an error on standard error in a line or two; a file that cannot be used is one too."""
    if isinstance(error, OSError):
        error = FileUnusableError(file=error.filename or "", reason=error.strerror or str(error))
    rest = ", ".join(f"{name}: {value}" for name, value in error.placeholders.items() if value != "")
    print(f"queue-server: {error.code}{' (' + rest + ')' if rest else ''}", file=sys.stderr)
    summary = " ".join((type(error).__doc__ or "").split())
    if summary:
        print(summary, file=sys.stderr)
