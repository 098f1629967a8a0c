"""A message as a mail server takes it (RFC 5322). Pure.

It asks for nothing to be fetched and no receipt, so nobody learns whether and where it was read.
"""

from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from typing import Final

from queue_server.domain.values import to_datetime
from queue_server.notices.port import LetterParts, OutgoingMessage


class AddressHeader(UnstructuredHeader, BaseHeader):
    """A field that holds the address of a page in angle brackets (RFC 2369, 2).

    The library folds a long line by encoded words, which no field of this kind may have (RFC 2047, 5).
    """

    def fold(self, *, policy: Policy) -> str:
        """Return the field as one line: an address has no place at which a line could end."""
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS: Final = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", AddressHeader)
#: Only what any server takes: without 8BITMIME (RFC 6152) and without SMTPUTF8 (RFC 6531).
_POLICY: Final = SMTP.clone(cte_type="7bit", header_factory=_HEADERS)
_CALENDAR_NAME: Final = "appointment.ics"


def message_id(message: OutgoingMessage, sender: str) -> str:
    """Name a message by what it says to whom: said again after a lost answer it has the same name (RFC 5322, 3.6.4)."""
    return f"<{message.id}.email@{sender.rpartition('@')[2]}>"


def mail_bytes(message: OutgoingMessage, sender: str) -> bytes:
    """Write a message, with CRLF at the end of each line; the same one gives the same bytes.

    ``Auto-Submitted`` (RFC 3834, 5) keeps machines from answering it.
    """
    user, _, domain = sender.rpartition("@")
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = Address(message.sender_name, user, domain)
    mail["To"] = Address("", *message.address.rsplit("@", 1))
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(to_datetime(message.at).replace(microsecond=0))
    mail["Message-ID"] = message_id(message, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text, charset="utf-8")
    if message.parts is not None:
        _add(mail, message.parts, message.id)
    mail["Content-Language"] = message.language
    return mail.as_bytes()


def _add_page(mail: EmailMessage, parts: LetterParts) -> None:
    mail.add_alternative(parts.html, subtype="html", charset="utf-8")
    *_, page = mail.iter_parts()
    for picture in parts.pictures:
        page.add_related(
            picture.content, maintype="image", subtype="png", cid=f"<{picture.name}>", disposition="inline"
        )


def _add(mail: EmailMessage, parts: LetterParts, ident: str) -> None:
    """Put a page beside the text (RFC 2046, 5.1.4), with its pictures (RFC 2387), and the calendar (RFC 6047, 2.4)."""
    if parts.unsubscribe:
        mail["List-Unsubscribe"] = f"<{parts.unsubscribe}>"
        if parts.unsubscribe.startswith("https:"):
            # One press, and no page is opened (RFC 8058, 3.1): only where nobody on the way can press it.
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if parts.html:
        _add_page(mail, parts)
    if parts.calendar:
        # Where the method is named a mail program shows the time itself, and changes what it has taken in before.
        mail.add_alternative(parts.calendar, subtype="calendar", charset="utf-8", params={"method": parts.method})
        mail.add_attachment(parts.calendar.encode(), maintype="application", subtype="ics", filename=_CALENDAR_NAME)
    for paper in parts.papers:
        mail.add_attachment(paper.content, maintype="application", subtype="pdf", filename=paper.name)
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        # ``=_`` stands neither in quoted-printable nor in base64 (RFC 2045, 6.7).
        part.set_boundary(f"=_{number}_{ident}")
