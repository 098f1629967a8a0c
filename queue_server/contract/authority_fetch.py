"""How a device that trusts nobody yet gets the authority that its enrolment text names."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import aiohttp
import msgspec

from queue_server.contract.client_errors import UNREADABLE, ClientError, unreachable
from queue_server.contract.enrolment_text import EnrolmentText, read_given
from queue_server.contract.server_route import RouteInvalidError, ServerRoute, check_authorities, fingerprints

#: Seconds to ask for the authority, and bytes of the answer: some certificates.
_REQUEST_S: Final = 10
_MAX_ANSWER: Final = 64 * 1024


class FoundEnrolment(NamedTuple):
    """Where to enrol with which code; ``authority`` (PEM) is to be trusted, None: nobody new is."""

    server: str
    code: str
    authority: bytes | None


class EnrolmentMeans(NamedTuple):
    """What a command was given to enrol with: one text (``given``, or the file that holds it), or its parts."""

    server: str = ""
    code: str = ""
    authority: Path | None = None
    given: str = ""

    def __bool__(self) -> bool:
        return bool(self.code or self.given)

    def __repr__(self) -> str:
        return f"EnrolmentMeans(server={self.server!r}, ...)"

    def find(self) -> FoundEnrolment:
        """Read what was given, and get the authority that it names. Whoever is asked for it learns no code.

        Raises:
            EnrolmentTextError: the text is none.
            AuthorityStrangeError, ServerUnreachableError: the server has not the authority that it names, or is away.
            OSError: a file cannot be read.
        """
        if self.given:
            text = read_given(self.given)
            return FoundEnrolment(text.server, text.code, fetch_authority(text))
        return FoundEnrolment(self.server, self.code, None if self.authority is None else self.authority.read_bytes())


class AuthorityStrangeError(ClientError):
    """The server there has another authority than the text names: nothing was sent to it."""

    code = "authority-strange"


def fetch_authority(text: EnrolmentText) -> bytes | None:
    """Ask the server for its authority, and give the one (PEM) that the text names; None where it names none.

    Nobody is trusted yet: all that is said to whoever answers is this question, and what they answer counts only by its
    fingerprint.

    Raises:
        AuthorityStrangeError: they have another one, or it is no authority, or has ended.
        ServerUnreachableError: nobody answers.
    """
    return asyncio.run(ask_authority(text))


async def ask_authority(text: EnrolmentText) -> bytes | None:
    """Do what ``fetch_authority`` does, in the loop of a program that runs.

    Raises:
        AuthorityStrangeError, ServerUnreachableError: as there.
    """
    if not text.ca:
        return None
    timeout = aiohttp.ClientTimeout(total=_REQUEST_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.get(f"{text.server}/api/v1/authority", ssl=False, allow_redirects=False) as response,
        ):
            body = await response.content.read(_MAX_ANSWER)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise unreachable(None) from error
    try:
        announced = msgspec.json.decode(body, type=ServerRoute).authorities
        for pem in announced:
            if fingerprints(pem.encode()) == (text.ca,):
                check_authorities(ServerRoute(authorities=(pem,)), (text.ca,), datetime.now(UTC))
                return pem.encode()
    except (*UNREADABLE, ValueError, RouteInvalidError) as error:
        raise AuthorityStrangeError from error
    raise AuthorityStrangeError
