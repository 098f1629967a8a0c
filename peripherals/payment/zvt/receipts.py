"""Receipts: as a terminal sends them line by line or in blocks, or composed of what it says of a payment. Pure.

PA00P015: 06 D1 (print line) has an attribute and text, 06 D3 (print text block) a container with objects 25/07 for the
lines, 1F07 for the kind, 14 for the characters. Where no kind is said, as with 06 D1, the receipt's own words tell it.
Where no characters are said they are CP437, unless the terminal is known to have others (``charset`` of its address).
"""

from typing import Final

from peripherals.money import Amount
from peripherals.payment.masking import mask
from peripherals.payment.port import TerminalReceipt, TerminalReceiptKind
from peripherals.payment.zvt import tlv
from peripherals.payment.zvt.apdu import Apdu, ControlField
from peripherals.payment.zvt.bmp import Bmp, Fields, every, parse

#: 06 D1: bit 7 is the last line, but 80 alone is not defined; FF is a number of empty lines.
_LAST_LINE, _UNDEFINED, _EMPTY_LINES = 0x80, 0x80, 0xFF
#: Lines of all receipts of one transaction; characters of a line.
_MOST_LINES, _LONGEST_LINE, _MOST_EMPTY = 1000, 120, 9
_KINDS: Final = {1: TerminalReceiptKind.MERCHANT, 2: TerminalReceiptKind.CUSTOMER, 3: TerminalReceiptKind.ADMIN}
#: Letters of a heading, whatever stands between them.
_WORDS: Final = (
    ("kundenbeleg", TerminalReceiptKind.CUSTOMER),
    ("customer", TerminalReceiptKind.CUSTOMER),
    ("cardholder", TerminalReceiptKind.CUSTOMER),
    ("händlerbeleg", TerminalReceiptKind.MERCHANT),
    ("haendlerbeleg", TerminalReceiptKind.MERCHANT),
    ("merchant", TerminalReceiptKind.MERCHANT),
)
#: Object 1F10, how the holder was checked: values that mean a signature. Object 1F37: the bit for one.
_SIGNED: Final = frozenset({0x01, 0x05, 0x06, 0x07})
_SIGNATURE_BIT: Final = 0x02
_UTF_8, _LAST_OF_8859 = 0xFE, 16
#: What a text is written in that does not say it (PA00P015, character set of the terminal).
CHARSET: Final = "cp437"
#: What else terminals write, whatever they were asked for.
CHARSETS: Final = frozenset({CHARSET, "utf-8", *(f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17)))})


def signature(fields: Fields) -> bool:
    """Whether the terminal counts on the holder's signature (object 1F10 of 04 0F)."""
    check = fields.object(tlv.HOLDER_CHECK)
    return bool(check) and check is not None and check[0] in _SIGNED


class ReceiptReader:
    """Collects the receipts of one transaction. ``administrative``: they are all for whoever runs the terminal.

    ``charset`` is that of texts which do not say theirs, by its name in Python.
    """

    def __init__(self, *, administrative: bool = False, charset: str = CHARSET) -> None:
        self._administrative = administrative
        self.charset = charset
        self._receipts: list[TerminalReceipt] = []
        self._lines: list[str] = []
        self._count = 0

    def add(self, apdu: Apdu) -> None:
        """Take 06 D1 or 06 D3. What is too long or too much is left out."""
        if apdu.control == ControlField.PRINT_LINE:
            self._line(apdu.data)
        else:
            self._block(apdu.data)

    def collect(self, *, signed: bool) -> tuple[TerminalReceipt, ...]:
        """Give what came; ``signed``: the holder's signature is wanted on the merchant's."""
        self._close(None, signature_wanted=False)
        return tuple(
            TerminalReceipt(
                each.kind, each.lines, each.signature or (signed and each.kind is TerminalReceiptKind.MERCHANT)
            )
            for each in self._receipts
        )

    def _line(self, data: bytes) -> None:
        if not data:
            return
        attribute, text = data[0], data[1:]
        if attribute == _EMPTY_LINES:
            for _ in range(min(text[0] if text else 1, _MOST_EMPTY)):
                self._store("")
            return
        self._store(text.decode(self.charset, "replace"))
        if attribute & _LAST_LINE and attribute != _UNDEFINED:
            self._close(None, signature_wanted=False)

    def _block(self, data: bytes) -> None:
        fields = parse(data, strict=False)
        kind = fields.object(tlv.RECEIPT_KIND)
        characters = fields.object(tlv.CHARACTERS)
        information = fields.object(tlv.RECEIPT_INFORMATION)
        # A block is a receipt of its own; lines that came singly before it are another.
        self._close(None, signature_wanted=False)
        for one in every(fields.objects):
            if one.tag == tlv.TEXT_LINE:
                self._store(_decode(one.value, characters[0] if characters else None, self.charset))
        wanted = bool(information) and information is not None and bool(information[0] & _SIGNATURE_BIT)
        self._close(_KINDS.get(kind[-1]) if kind else None, signature_wanted=wanted)

    def _store(self, text: str) -> None:
        self._count += 1
        if self._count <= _MOST_LINES:
            # Masked before it is cut: the rest of a number would no longer look like one.
            clean = mask("".join(each if each.isprintable() else " " for each in text))
            self._lines.append(clean[:_LONGEST_LINE].rstrip())

    def _close(self, kind: TerminalReceiptKind | None, *, signature_wanted: bool) -> None:
        lines, self._lines = self._lines, []
        if any(lines):
            self._receipts.append(TerminalReceipt(kind or self._guess(lines), tuple(lines), signature_wanted))

    def _guess(self, lines: list[str]) -> TerminalReceiptKind:
        if self._administrative:
            return TerminalReceiptKind.ADMIN
        for line in lines:
            letters = "".join(each for each in line.casefold() if each.isalpha())
            for word, kind in _WORDS:
                if word in letters:
                    return kind
        first = not any(each.kind is TerminalReceiptKind.MERCHANT for each in self._receipts)
        return TerminalReceiptKind.MERCHANT if first else TerminalReceiptKind.CUSTOMER


def compose(fields: Fields, amount: Amount, title: str, charset: str = CHARSET) -> tuple[TerminalReceipt, ...]:
    """Make both receipts of what 04 0F says, where the register composes them (PA00P015, config byte without 80).

    What has to stand on one is of the card schemes: contract and terminal, amount, numbers, date and time, card, and
    what its text object for receipts (BMP 3C) says.
    """
    when = _when(fields)
    rows = [
        ("Terminal", fields.digits(Bmp.TERMINAL)),
        ("Contract", _text(fields, Bmp.CONTRACT, charset)),
        ("Date", when),
        ("Receipt", fields.digits(Bmp.RECEIPT)),
        ("Trace", fields.digits(Bmp.TRACE)),
        ("Card", _text(fields, Bmp.CARD_NAME, charset)),
        ("Number", next((each.shown for each in fields.found if each.tag == Bmp.CARD_NUMBER), "")),
        ("Amount", str(amount)),
    ]
    lines = tuple(f"{name:<10}{value}" for name, value in rows if value)
    extra = tuple(line for line in _text(fields, Bmp.TEXT, charset).splitlines() if line.strip())
    signed = signature(fields)
    return (
        TerminalReceipt(TerminalReceiptKind.MERCHANT, (title, *lines, *extra), signed),
        TerminalReceipt(TerminalReceiptKind.CUSTOMER, (title, *lines, *extra)),
    )


def _text(fields: Fields, tag: int, charset: str) -> str:
    return (fields.value(tag) or b"").decode(charset, "replace").strip("\0 ")


def _when(fields: Fields) -> str:
    day, time = fields.digits(Bmp.DATE), fields.digits(Bmp.TIME)
    return f"{day[2:]}.{day[:2]}. {time[:2]}:{time[2:4]}:{time[4:]}" if day and time else ""


def _decode(text: bytes, characters: int | None, charset: str) -> str:
    if characters == _UTF_8:
        return text.decode("utf-8", "replace")
    if characters is not None and 1 <= characters <= _LAST_OF_8859 and characters != 12:  # noqa: PLR2004 - there is no ISO 8859-12
        return text.decode(f"iso8859-{characters}", "replace")
    return text.decode(charset, "replace")
