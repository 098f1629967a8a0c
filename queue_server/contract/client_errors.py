"""What a client of the API may meet.

A transport fault (``ServerUnreachableError``) says nothing about whether the request was carried out: repeat it with
the same idempotency key. A ``ProblemError`` is the server's word.
"""

import ssl

import msgspec

from queue_server.contract.problems import Problem

#: What msgspec raises for what is no JSON, no UTF-8, or nested deeper than it follows.
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class ClientError(Exception):
    """Root of what a client may meet; ``code`` is stable."""

    code = "client"


class ServerUnreachableError(ClientError):
    """No answer: cannot connect, cut off in the middle, too slow, or an answer that is not the API's."""

    code = "server-unreachable"


class ServerUntrustedError(ServerUnreachableError):
    """Somebody answers at the server's address whose certificate no trusted authority has issued; nothing was said."""

    code = "server-untrusted"


class ProblemError(ClientError):
    """The server answered with problem details."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.status} {problem.code}")
        self.problem = problem
        self.code = problem.code
        self.status = problem.status


def unreachable(error: Exception | None) -> ServerUnreachableError:
    """Say why there was no answer."""
    return ServerUntrustedError() if isinstance(error, ssl.SSLCertVerificationError) else ServerUnreachableError()
