"""What a terminal sends, byte for byte (PA00P015, section 3). Pure."""

from typing import Final

from peripherals.payment.zvt import tlv
from peripherals.payment.zvt.apdu import Apdu, ControlField
from peripherals.payment.zvt.bmp import Bmp, bcd, encode
from peripherals.payment.zvt.simulator.books import ZvtTransaction

TERMINAL: Final = 52_500_038
_CONTRACT: Final = b"455600004711".ljust(15)
_CARD_KIND, _CARD_NAME = 0x05, b"girocard\0"
_DIGIT_MARK: Final = 0xF0
_LAST_LINE, _CENTRED, _UTF_8 = 0x80, 0x40, 0xFE
SIGNATURE, PIN = 0x01, 0x02
MERCHANT, CUSTOMER, ADMIN = 1, 2, 3


def intermediate(code: int, minutes: int = 0) -> Apdu:
    """04 FF, with a new T4 where minutes are given."""
    return Apdu(ControlField.INTERMEDIATE_STATUS, bytes((code,)) + (bcd(minutes, 1) if minutes else b""))


def completion() -> Apdu:
    """06 0F."""
    return Apdu(ControlField.COMPLETION)


def terminal_status(code: int, version: str = "") -> Apdu:
    """06 0F after 05 01: the software version if the terminal states one, as an LLLVAR without a tag; the status."""
    text = version.encode("cp437")
    length = bytes(_DIGIT_MARK | int(digit) for digit in f"{len(text):03}") if text else b""
    return Apdu(ControlField.COMPLETION, length + text + bytes((code,)))


def registered(currency: int, needs: int = 0) -> Apdu:
    """06 0F after 06 00; ``needs`` has a bit each for initialisation and diagnosis."""
    data = (
        encode(Bmp.KIND, bytes((needs,)))
        + encode(Bmp.TERMINAL, bcd(TERMINAL, 4))
        + encode(Bmp.CURRENCY, bcd(currency, 2))
    )
    return Apdu(ControlField.COMPLETION, data)


def aborted(code: int) -> Apdu:
    """06 1E."""
    return Apdu(ControlField.ABORTED, bytes((code,)))


def not_approved(code: int) -> Apdu:
    """04 0F of a payment that comes to nothing."""
    return Apdu(ControlField.STATUS_INFORMATION, encode(Bmp.RESULT, bytes((code,))))


def status(entry: ZvtTransaction, *, card: str, signature: bool) -> Apdu:
    """04 0F of a transaction that was done. What only some dissectors know stands last."""
    at = entry.at.astimezone()
    objects = [tlv.Object(tlv.HOLDER_CHECK, bytes((SIGNATURE if signature else PIN,)))]
    if entry.unique:
        objects.append(tlv.Object(tlv.UNIQUE_NUMBER, bytes.fromhex(entry.unique)))
    data = (
        encode(Bmp.RESULT, b"\x00")
        + encode(Bmp.AMOUNT, bcd(entry.amount, 6))
        + encode(Bmp.CURRENCY, bcd(entry.currency, 2))
        + encode(Bmp.TRACE, bcd(entry.trace, 3))
        + encode(Bmp.TIME, bytes.fromhex(at.strftime("%H%M%S")))
        + encode(Bmp.DATE, bytes.fromhex(at.strftime("%m%d")))
        + _card(card)
        + encode(Bmp.TERMINAL, bcd(TERMINAL, 4))
        + encode(Bmp.CONTRACT, _CONTRACT)
        + encode(Bmp.RECEIPT, bcd(entry.receipt, 2))
        + encode(Bmp.CARD_KIND, bytes((_CARD_KIND,)))
        + encode(Bmp.CARD_NAME, _CARD_NAME)
        + encode(Bmp.CONTAINER, tlv.encode(*objects))
        + (encode(Bmp.ORIGINAL_TRACE, bcd(entry.original, 3)) if entry.original else b"")
    )
    return Apdu(ControlField.STATUS_INFORMATION, data)


def totals(entries: list[ZvtTransaction], currency: int, time: str, day: str) -> Apdu:
    """04 0F of the end of a day in one currency; all payments are of the first of seven kinds of card."""
    entries = [each for each in entries if each.currency == currency]
    paid = [each for each in entries if each.kind == "payment" and not each.reversed]
    total = sum(each.amount for each in paid) - sum(each.amount for each in entries if each.kind == "refund")
    first, last = (entries[0].receipt, entries[-1].receipt) if entries else (0, 0)
    sums = bytes((len(paid),)) + bcd(max(total, 0), 6) + bytes(7) * 6
    data = (
        encode(Bmp.RESULT, b"\x00")
        + encode(Bmp.AMOUNT, bcd(max(total, 0), 6))
        + encode(Bmp.CURRENCY, bcd(currency, 2))
        + encode(Bmp.TIME, bytes.fromhex(time))
        + encode(Bmp.DATE, bytes.fromhex(day))
        + encode(Bmp.TOTALS, bcd(first, 2) + bcd(last, 2) + sums)
    )
    return Apdu(ControlField.STATUS_INFORMATION, data)


def receipt(entry: ZvtTransaction, kind: int, *, card: str, signature: bool) -> list[str]:
    """The lines of one receipt."""
    what = {"payment": "Kartenzahlung", "reversal": "Storno", "refund": "Gutschrift"}[entry.kind]
    number = card or "############1111"
    lines = [
        {MERCHANT: "* * Händlerbeleg * *", CUSTOMER: "* * Kundenbeleg * *", ADMIN: ""}[kind],
        what,
        f"Terminal-ID {TERMINAL}",
        f"TA-Nr. {entry.trace:06} BNr. {entry.receipt:04}",
        f"Betrag {entry.amount / 100:.2f}",
        f"Karte {number}",
    ]
    if signature and kind == MERCHANT:
        lines += ["", "Unterschrift ______________"]
    return [*lines, "Zahlung erfolgt"]


def print_lines(lines: list[str], charset: str = "cp437") -> list[Apdu]:
    """06 D1 for each line; the last is marked."""
    last = len(lines) - 1
    return [
        Apdu(
            ControlField.PRINT_LINE,
            bytes(((_LAST_LINE | _CENTRED) if at == last else 0,)) + line.encode(charset, "replace"),
        )
        for at, line in enumerate(lines)
    ]


def print_block(lines: list[str], kind: int, charset: str = "cp437") -> Apdu:
    """06 D3 with a whole receipt, which says in what it is written (object 14) unless that is CP437."""
    texts = tuple(tlv.Object(tlv.TEXT_LINE, line.encode(charset, "replace")) for line in lines)
    number = {"cp437": 0, "utf-8": _UTF_8}.get(charset) or int(charset.partition("-")[2] or 0)
    said = (tlv.Object(tlv.CHARACTERS, bytes((number,))),) if number else ()
    objects = (tlv.Object(tlv.RECEIPT_KIND, bytes((kind,))), *said, tlv.Object(tlv.PRINT_TEXTS, b"", texts))
    return Apdu(ControlField.PRINT_TEXT, encode(Bmp.CONTAINER, tlv.encode(*objects)))


def _card(card: str) -> bytes:
    """The card's number; a careless terminal sends it whole, and the track with it."""
    digits = card or "e" * 12 + "1111"
    number = encode(Bmp.CARD_NUMBER, bytes.fromhex(digits + "f" * (len(digits) % 2)))
    track = f"{card}d2912101000000000000"
    return number + (encode(0x23, bytes.fromhex(track + "f" * (len(track) % 2))) if card else b"")
