"""What a register sends to a terminal. Pure.

PA00P015, section 2. Amounts are six packed bytes in minor units, currencies two with their number of ISO 4217.
"""

from enum import IntFlag
from typing import Final

from peripherals.money import Amount
from peripherals.payment.zvt import tlv
from peripherals.payment.zvt.apdu import Apdu, ControlField
from peripherals.payment.zvt.bmp import Bmp, bcd, encode

#: How often a terminal repeats its result while we answer that it shall wait.
MAX_STATUSES: Final = 60
#: Columns of the printer of a kiosk, in characters, and the one command beyond the basic ones that we understand.
_COLUMNS: Final = 40


class Config(IntFlag):
    """The config byte of a registration."""

    PAYMENT_RECEIPTS_FROM_REGISTER = 0x02
    ADMIN_RECEIPTS_FROM_REGISTER = 0x04
    INTERMEDIATE_STATUS = 0x08
    PAYMENTS_FROM_REGISTER_ONLY = 0x10
    ADMIN_FROM_REGISTER_ONLY = 0x20
    RECEIPTS_AS_PRINT_COMMANDS = 0x80


#: Nobody starts anything at the terminal itself, and it says what it does.
_ALWAYS: Final = Config.INTERMEDIATE_STATUS | Config.PAYMENTS_FROM_REGISTER_ONLY | Config.ADMIN_FROM_REGISTER_ONLY
_OURS: Final = Config.PAYMENT_RECEIPTS_FROM_REGISTER | Config.ADMIN_RECEIPTS_FROM_REGISTER
#: Who makes the receipts: the terminal, line by line; we, of what it says of the payment; the terminal, on paper.
RECEIPTS: Final = {
    "lines": _ALWAYS | _OURS | Config.RECEIPTS_AS_PRINT_COMMANDS,
    "composed": _ALWAYS | _OURS,
    "terminal": _ALWAYS,
}


class RepeatService(IntFlag):
    """The service byte of a repeat."""

    SEND_STATUS = 0x01
    PRINT_NOTHING = 0x02


def registration(password: str, config: Config, currency: int) -> Apdu:
    """06 00. The container says how wide our paper is, and that text comes in blocks as well as in lines."""
    container = tlv.container(
        tlv.Object(tlv.LINE_LENGTH, bcd(_COLUMNS, 1)),
        tlv.Object(tlv.COMMANDS, b"", (tlv.Object(tlv.COMMAND, ControlField.PRINT_TEXT.to_bytes(2, "big")),)),
    )
    body = bytes.fromhex(password) + bytes((config,)) + bcd(currency, 2) + encode(Bmp.SERVICE, b"\x00")
    return Apdu(ControlField.REGISTRATION, body + bytes((Bmp.CONTAINER,)) + container)


def authorisation(amount: Amount, language: str, unique: bytes) -> Apdu:
    """06 01. ``language`` is the first two letters of the person's; ``unique`` the number that is mirrored, or b""."""
    objects = [tlv.Object(tlv.LANGUAGE, language.encode())] if _is_language(language) else []
    return Apdu(
        ControlField.AUTHORISATION,
        _amount(amount) + encode(Bmp.MOST_STATUSES, bytes((MAX_STATUSES,))) + _container(objects, unique),
    )


def reversal(password: str, receipt: int, amount: Amount, unique: bytes) -> Apdu:
    """06 30."""
    body = bytes.fromhex(password) + encode(Bmp.RECEIPT, bcd(receipt, 2)) + _amount(amount)
    return Apdu(ControlField.REVERSAL, body + _container([], unique))


def refund(password: str, amount: Amount, unique: bytes) -> Apdu:
    """06 31. The card is held to the terminal once more: the money goes to that one."""
    return Apdu(ControlField.REFUND, bytes.fromhex(password) + _amount(amount) + _container([], unique))


def repeat_receipt(password: str, service: RepeatService) -> Apdu:
    """06 20: the last transaction once more."""
    return Apdu(ControlField.REPEAT_RECEIPT, bytes.fromhex(password) + encode(Bmp.SERVICE, bytes((service,))))


def end_of_day(password: str) -> Apdu:
    """06 50."""
    return Apdu(ControlField.END_OF_DAY, bytes.fromhex(password))


def initialisation(password: str) -> Apdu:
    """06 93."""
    return Apdu(ControlField.INITIALISATION, bytes.fromhex(password))


STATUS_ENQUIRY: Final = Apdu(ControlField.STATUS_ENQUIRY)
DIAGNOSIS: Final = Apdu(ControlField.DIAGNOSIS)
ABORT: Final = Apdu(ControlField.ABORT)


def _amount(amount: Amount) -> bytes:
    return encode(Bmp.AMOUNT, bcd(amount.minor, 6)) + encode(Bmp.CURRENCY, bcd(amount.numeric, 2))


def _container(objects: list[tlv.Object], unique: bytes) -> bytes:
    if unique:
        objects = [*objects, tlv.Object(tlv.UNIQUE_NUMBER, unique)]
    return encode(Bmp.CONTAINER, tlv.encode(*objects)) if objects else b""


def _is_language(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha()  # noqa: PLR2004 - ISO 639-1
