"""A message as a mail server takes it (RFC 5322). Pure.

It asks for nothing to be fetched and no receipt, so nobody learns whether and where it was read.
"""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from queue_server.domain.values import to_datetime
from queue_server.notices.port import OutgoingMessage

#: Only what any server takes: without 8BITMIME (RFC 6152) and without SMTPUTF8 (RFC 6531).
_POLICY = SMTP.clone(cte_type="7bit")


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
    mail["Content-Language"] = message.language
    return mail.as_bytes()
