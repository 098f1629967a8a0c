"""What one text says so that a machine becomes a device: where the server is, a code, and whom to trust.

It is shown as a QR code, kept in a file or typed::

    consular-enrol:2,server=https://queue.example:8443,code=12345678,ca=<SHA-256 of the authority, hexadecimal>

It has no character that means something to a shell, so that it is typed as it is. Texts of release 1 began with ``1?``
and had ``&`` between their parts; they are read as well.

``ca`` is left out where the server has a certificate that every machine trusts, or is on this machine. Whoever reads
the text can enrol one device with it until the code is used or over: it is a secret as the code is, and never logged.
"""

import re
from pathlib import Path
from typing import Final

import msgspec

from queue_server.contract.client_errors import ClientError

#: A QR code of this length is read by every scanner, and no address of a server needs more.
MAX_LENGTH: Final = 400
#: How a text of any release begins.
BEGINNING: Final = "consular-enrol:"
#: How a text of each release goes on, and what stands between its parts.
_RELEASES: Final = (("2,", ","), ("1?", "&"))
_SERVER: Final = re.compile(r"https?://(?:[A-Za-z0-9.\-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_CODE: Final = re.compile(r"[0-9]{8}")
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}")


class EnrolmentTextError(ClientError):
    """This is no text that enrols a device, or one of another release."""

    code = "enrolment-text-invalid"


class EnrolmentText(msgspec.Struct, frozen=True):
    """``server``: scheme, host and port. ``ca``: SHA-256 of the authority (DER) in hexadecimal, empty for none."""

    server: str
    code: str
    ca: str = ""

    def __repr__(self) -> str:
        return f"EnrolmentText(server={self.server!r}, ...)"

    def check(self) -> None:
        """Look whether each part is what it says.

        Raises:
            EnrolmentTextError: one is not, or an authority is named that no line would ask for.
        """
        shaped = _SERVER.fullmatch(self.server) and _CODE.fullmatch(self.code)
        if not shaped or (self.ca and not (_FINGERPRINT.fullmatch(self.ca) and self.server.startswith("https://"))):
            raise EnrolmentTextError

    def written(self) -> str:
        """Write it as one line."""
        parts = (("server", self.server), ("code", self.code), ("ca", self.ca))
        release, between = _RELEASES[0]
        return BEGINNING + release + between.join(f"{name}={value}" for name, value in parts if value)


def read(text: str) -> EnrolmentText:
    """Read what was scanned, typed or kept in a file; blanks and line ends around it do not matter.

    Raises:
        EnrolmentTextError: it is none.
    """
    line = text.strip() if len(text) <= 2 * MAX_LENGTH else ""
    if len(line) > MAX_LENGTH or not line.startswith(BEGINNING):
        raise EnrolmentTextError
    rest = line.removeprefix(BEGINNING)
    release, between = next((one for one in _RELEASES if rest.startswith(one[0])), ("", ""))
    if not release:
        raise EnrolmentTextError
    found: dict[str, str] = {}
    for part in rest.removeprefix(release).split(between):
        name, _, value = part.partition("=")
        if name in found or name not in {"server", "code", "ca"} or not value:
            raise EnrolmentTextError
        found[name] = value
    named = EnrolmentText(found.get("server", ""), found.get("code", ""), found.get("ca", ""))
    named.check()
    return named


def read_given(given: str) -> EnrolmentText:
    """Read the text itself, or the file that holds it.

    Raises:
        EnrolmentTextError: it is none.
        OSError: there is no such file.
    """
    if given.lstrip().startswith(BEGINNING):
        return read(given)
    with Path(given).open("rb") as file:
        return read(file.read(2 * MAX_LENGTH).decode("ascii", errors="replace"))
