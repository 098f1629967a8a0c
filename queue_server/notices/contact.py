"""How somebody wants to be told, as it was typed and as it is kept. Pure; what is typed is hostile until checked."""

import re
import unicodedata
from typing import Final

import msgspec

from queue_server.contract.notices import ContactRequest
from queue_server.domain.values import Language
from queue_server.notices.errors import ContactInvalidError
from queue_server.notices.values import NoticeChannel

#: Octets of an address (RFC 5321, 4.5.3.1.3: a path is 256 with its brackets), of what stands before its ``@``
#: (4.5.3.1.1), and of its domain (4.5.3.1.2, RFC 1035, 2.3.4).
MAX_ADDRESS: Final = 254
MAX_LOCAL: Final = 64
MAX_DOMAIN: Final = 255
#: ITU-T E.164: the code of a country does not begin with 0, and there are at most 15 digits.
_NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}")
#: What people write between the digits of a number, and the 0 that is not dialled behind the code of the country.
_BETWEEN: Final = re.compile(r"\(0\)|[\s().\u2010-\u2015/-]")
#: Signs without a width that come along when a number is copied.
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class ContactDetails(msgspec.Struct, frozen=True):
    """How somebody is told: an address, a number as E.164 has it, and the language they read. Never printed."""

    language: Language
    email: str | None = None
    telephone: str | None = None

    @property
    def channels(self) -> tuple[NoticeChannel, ...]:
        """The ways in which they can be told, the first one first."""
        ways = ((NoticeChannel.EMAIL, self.email), (NoticeChannel.SMS, self.telephone))
        return tuple(channel for channel, address in ways if address is not None)

    def address(self, channel: NoticeChannel) -> str | None:
        return self.email if channel is NoticeChannel.EMAIL else self.telephone

    def __repr__(self) -> str:
        return f"ContactDetails({self.language!r}, ...)"


def read_contact(wanted: ContactRequest) -> ContactDetails:
    """Check what was typed.

    Raises:
        ContactInvalidError: the address or the number is none.
    """
    return ContactDetails(
        Language(wanted.language),
        None if wanted.email is None else read_email(wanted.email),
        None if wanted.telephone is None else read_telephone(wanted.telephone),
    )


def read_email(typed: str) -> str:
    """Bring an e-mail address to the one form in which a mail server is told it: ASCII, its domain as IDNA has it.

    What stands before the ``@`` is ASCII (RFC 5322, 3.2.3: ``dot-atom``): with other letters only servers that speak
    SMTPUTF8 (RFC 6531) take it, and quoted it is a common way to smuggle something in.

    Raises:
        ContactInvalidError: it is none, or one that is not of the public network.
    """
    # It makes the rules of the RFCs into patterns when it is loaded, 15 ms: a server starts without.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

    try:
        found = validate_email(
            typed.strip(),
            check_deliverability=False,
            allow_smtputf8=False,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
        ).ascii_email
    except (EmailNotValidError, UnicodeError) as error:
        raise ContactInvalidError(field="email") from error
    if found is None or not _fits(found):
        raise ContactInvalidError(field="email")
    return found


def _fits(address: str) -> bool:
    local, _, domain = address.rpartition("@")
    return len(address) <= MAX_ADDRESS and len(local) <= MAX_LOCAL and len(domain) <= MAX_DOMAIN


def read_telephone(typed: str) -> str:
    """Bring a telephone number to the form of E.164: ``+``, country, number. Digits of any script are digits.

    Raises:
        ContactInvalidError: it is none, or it does not say its country.
    """
    bare = _BETWEEN.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", typed)))
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in bare)
    number = f"+{digits[2:]}" if digits.startswith("00") else digits
    if _NUMBER.fullmatch(number) is None:
        raise ContactInvalidError(field="telephone")
    return number
