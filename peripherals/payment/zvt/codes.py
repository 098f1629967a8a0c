"""The numbers of ZVT in our words: results, what a terminal does now, how it is. Pure.

PA00P015 rev. 13: error messages, terminal status codes, intermediate status. Screens have their own text for each word;
the terminal's own texts are in its language, not in the person's.
"""

from typing import Final

from peripherals.device import DeviceState
from peripherals.payment.port import Progress, Result

#: Codes up to this one come from whoever authorises.
_LAST_OF_HOST: Final = 0x63
ABORTED_BY_PERSON, NOT_REGISTERED, ALREADY_REVERSED, CODE_OF_NO_GOODS = 0x6C, 0x6B, 0xB4, 0x66
GOODS_NOT_ISSUED, AMOUNT_DIFFERS, REVERSED_BY_TERMINAL = "goods-not-issued", "amount-differs", "reversed-by-terminal"

_DECLINED: Final = {
    0x64: "card-unreadable",
    0x65: "card-unreadable",
    0x67: "card-not-accepted",
    0x68: "card-not-accepted",
    0x6E: "card-blocked",
    0x71: "credit-insufficient",
    0x72: "card-unreadable",
    0x73: "card-not-accepted",
    0x76: "card-not-accepted",
    0x78: "card-expired",
    0x79: "card-not-yet-valid",
    0x7A: "card-not-accepted",
    0x7B: "card-not-accepted",
    0x7C: "card-not-accepted",
    0x7E: "card-not-accepted",
    0xC1: "card-blocked",
    0xC5: "card-not-accepted",
    0xC3: "amount-too-high",
    0xC8: "amount-too-low",
    0xC9: "amount-too-high",
}
_FAILED: Final = {
    0x66: "terminal-error",
    0x6A: "journal-full",
    NOT_REGISTERED: "not-registered",
    0x6F: "currency",
    0x77: "end-of-day-impossible",
    0x7D: "no-connection",
    0x83: "unknown-command",
    0x85: "key-missing",
    0x89: "terminal-error",
    0x9A: "protocol",
    0x9B: "no-connection",
    0x9C: "terminal-busy",
    0xA0: "no-connection",
    0xA1: "no-connection",
    0xA3: "no-connection",
    0xB1: "journal-full",
    0xB2: "journal-full",
    ALREADY_REVERSED: "already-reversed",
    0xB5: "reversal-impossible",
    0xC2: "diagnosis-needed",
    0xC6: "currency",
    0xCB: "currency",
    0xCC: "printer",
    0xDC: "card-inside",
    0xDD: "terminal-error",
    0xDF: "out-of-order",
    0xE0: "maintenance",
    0xE2: "terminal-error",
    0xE3: "terminal-error",
    0xE4: "terminal-error",
    0xF0: "end-of-day-open",
    0xFC: "terminal-error",
    0xFF: "terminal-error",
}


def result(code: int) -> tuple[Result, str]:
    """What a result code means, and its reason; 00 is ("approved", "")."""
    if code == 0:
        return Result.APPROVED, ""
    if code <= _LAST_OF_HOST:
        return Result.DECLINED, "declined-by-bank"
    if code == ABORTED_BY_PERSON:
        return Result.CANCELLED, "aborted"
    if code in _DECLINED:
        return Result.DECLINED, _DECLINED[code]
    return Result.FAILED, _FAILED.get(code, f"zvt-{code:02x}")


#: From here to its last, a code says the same as the one 40 (hex) before, and to take the card out.
_WITH_REMOVAL: Final = range(0x41, 0x5E)
_PROGRESS: Final = {
    0x00: Progress.CONFIRM_AMOUNT,
    0x01: Progress.WATCH_TERMINAL,
    0x02: Progress.WATCH_TERMINAL,
    0x03: Progress.DECLINED,
    0x04: Progress.AUTHORISING,
    0x05: Progress.REVERSING,
    0x07: Progress.CARD_NOT_ACCEPTED,
    0x08: Progress.CARD_NOT_ACCEPTED,
    0x09: Progress.CARD_NOT_ACCEPTED,
    # The only code that asks for a card; terminals show it for contactless ones too.
    0x0A: Progress.PRESENT_CARD,
    0x0B: Progress.REMOVE_CARD,
    0x0C: Progress.TRY_OTHER_WAY,
    0x0D: Progress.DECLINED,
    0x10: Progress.CARD_NOT_ACCEPTED,
    0x12: Progress.DECLINED,
    0x13: Progress.DECLINED,
    0x14: Progress.DECLINED,
    0x15: Progress.PIN_WRONG,
    0x16: Progress.DECLINED,
    0x18: Progress.DECLINED,
    0x19: Progress.CARD_NOT_ACCEPTED,
    0x1B: Progress.APPROVED,
    0x1C: Progress.APPROVED,
    0x1D: Progress.DECLINED,
    0x26: Progress.WATCH_TERMINAL,
    0x27: Progress.WATCH_TERMINAL,
    0x28: Progress.CHOOSE,
    0x29: Progress.CHOOSE,
    0x2A: Progress.INSERT_CARD,
    0x2C: Progress.CHOOSE,
    0x69: Progress.CHOOSE,
    0xC7: Progress.WATCH_TERMINAL,
    0xCC: Progress.ENTER_PIN,
    0xD2: Progress.AUTHORISING,
    0xD3: Progress.AUTHORISING,
    0xE0: Progress.CHOOSE,
    0xE1: Progress.CHOOSE,
    0xFF: Progress.WATCH_TERMINAL,
}
REVERSING: Final = frozenset({0x05, 0x45})


def progress(code: int) -> Progress:
    """What the terminal waits for or does. A code that nobody knows is ``WAIT``."""
    return Progress.REMOVE_CARD if code in _WITH_REMOVAL else _PROGRESS.get(code, Progress.WAIT)


_STATES: Final = {
    0x00: (DeviceState.ONLINE, ""),
    0x50: (DeviceState.OFFLINE, "initialisation-needed"),
    0x51: (DeviceState.OFFLINE, "initialisation-needed"),
    0x6B: (DeviceState.OFFLINE, "not-registered"),
    # It does not know the question, so there is nothing that it complains of.
    0x83: (DeviceState.ONLINE, ""),
    0x9C: (DeviceState.DEVICE_BUSY, "terminal-busy"),
    0xB1: (DeviceState.OFFLINE, "journal-full"),
    0xB2: (DeviceState.OFFLINE, "journal-full"),
    0xBF: (DeviceState.HARDWARE_ERROR, "terminal-error"),
    0xC0: (DeviceState.HARDWARE_ERROR, "terminal-error"),
    0xC2: (DeviceState.OFFLINE, "diagnosis-needed"),
    0xC4: (DeviceState.OFFLINE, "diagnosis-needed"),
    0xCC: (DeviceState.USER_ERROR, "printer"),
    0xDC: (DeviceState.USER_ERROR, "card-inside"),
    0xE1: (DeviceState.USER_ERROR, "card-inside"),
    0xE0: (DeviceState.DEVICE_BUSY, "maintenance"),
    0xF0: (DeviceState.OFFLINE, "end-of-day-open"),
}


def state(code: int) -> tuple[DeviceState, str]:
    """How a terminal is by its status code, and why it takes no payment; "" where it takes one."""
    return _STATES.get(code, (DeviceState.HARDWARE_ERROR, f"zvt-{code:02x}"))
