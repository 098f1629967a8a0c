"""The receipts that a terminal composes, as lines of text, masked.

Adyen writes each line as a form (``name=...&value=...&key=...``), so that its parts can be laid out; others write plain
text. Both are taken.
"""

from urllib.parse import parse_qs

from peripherals.payment.masking import mask
from peripherals.payment.nexo.messages import OutputText, PaymentReceipt
from peripherals.payment.port import TerminalReceipt, TerminalReceiptKind

_KINDS = {
    "CashierReceipt": TerminalReceiptKind.MERCHANT,
    "CustomerReceipt": TerminalReceiptKind.CUSTOMER,
    "Journal": TerminalReceiptKind.ADMIN,
    "Document": TerminalReceiptKind.ADMIN,
}
_MAX_RECEIPTS = 8
_MAX_LINES = 200
#: Characters; paper of 80 mm takes 48.
_LONGEST_LINE = 120
#: Fields of a form that are looked for; the longest known has five.
_MAX_FIELDS = 16


def read(receipts: tuple[PaymentReceipt, ...]) -> tuple[TerminalReceipt, ...]:
    """Give the receipts that are text; an unknown kind is for whoever runs the terminal."""
    return tuple(_read(each) for each in receipts[:_MAX_RECEIPTS] if each.output_content.output_text)


def _read(receipt: PaymentReceipt) -> TerminalReceipt:
    kind = _KINDS.get(receipt.document_qualifier, TerminalReceiptKind.ADMIN)
    return TerminalReceipt(kind, lines(receipt.output_content.output_text), receipt.required_signature_flag)


def lines(texts: tuple[OutputText, ...]) -> tuple[str, ...]:
    """Lay out a receipt, and mask it."""
    whole: list[str] = []
    begun = ""
    for each in texts:
        begun += _line(each.text or "")
        if each.end_of_line_flag:
            whole.append(begun)
            begun = ""
    if begun:
        whole.append(begun)
    # Masked as a whole: a number may have been parted between two texts of one line.
    return tuple(mask(_plain(line))[:_LONGEST_LINE] for line in whole[:_MAX_LINES])


def _line(text: str) -> str:
    try:
        form = parse_qs(text, keep_blank_values=True, strict_parsing=True, max_num_fields=_MAX_FIELDS)
    except ValueError:
        return text
    if "name" not in form and "key" not in form:
        return text
    return "  ".join(form[part][0] for part in ("name", "value") if form.get(part, [""])[0])


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
