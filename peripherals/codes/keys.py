"""Turns what a keyboard wedge types into characters: Linux input events on a US keyboard. Pure.

A wedge is a barcode reader that says it is a keyboard. Its events are ``struct input_event`` of the kernel's
``linux/input.h``; the numbers of keys are those of ``linux/input-event-codes.h``. A key that types no character, and
every key that is pressed with Ctrl, Alt or Meta, becomes one ``FOREIGN`` byte, which no code may contain.
"""

import struct

#: Seconds, microseconds, type, code, value.
EVENT = struct.Struct("@llHHi")
EV_SYN, EV_KEY = 0x00, 0x01
SYN_REPORT, SYN_DROPPED = 0, 3
RELEASED, PRESSED = 0, 1

#: Stands for a key that types nothing.
FOREIGN = 0x00

LEFT_SHIFT, RIGHT_SHIFT, CAPS_LOCK, NUM_LOCK = 42, 54, 58, 69
LEFT_CTRL, RIGHT_CTRL, LEFT_ALT, RIGHT_ALT, LEFT_META, RIGHT_META = 29, 97, 56, 100, 125, 126
SHIFTS = frozenset({LEFT_SHIFT, RIGHT_SHIFT})
#: A key pressed with one of these is a command to whatever listens to the keyboard, never a character.
COMMANDING = frozenset({LEFT_CTRL, RIGHT_CTRL, LEFT_ALT, RIGHT_ALT, LEFT_META, RIGHT_META})

#: First key of a row, what its keys type, and what they type with Shift.
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (15, "\t", "\t"),
    (16, "qwertyuiop[]\r", "QWERTYUIOP{}\r"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (55, "*", "*"),
    (57, " ", " "),
    (71, "789-456+1230.", "789-456+1230."),
    (96, "\r", "\r"),
    (98, "/", "/"),
)
PLAIN = {first + at: ord(each) for first, plain, _ in _ROWS for at, each in enumerate(plain)}
SHIFTED = {first + at: ord(each) for first, _, shifted in _ROWS for at, each in enumerate(shifted)}
_LETTERS = frozenset(key for key, typed in PLAIN.items() if chr(typed).isalpha())


class KeyDecoder:
    """Takes bytes of events, however they are cut; gives characters."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._down: set[int] = set()
        self._caps = False
        #: The kernel has thrown events away: what comes until the next report belongs to nothing.
        self._dropped = False

    def feed(self, data: bytes | memoryview) -> bytearray:
        typed = bytearray()
        self._held += data
        whole = len(self._held) - len(self._held) % EVENT.size
        with memoryview(self._held) as view:
            for _, _, kind, code, value in EVENT.iter_unpack(view[:whole]):
                self._accept(kind, code, value, typed)
        self._held[:whole] = bytes(whole)
        del self._held[:whole]
        return typed

    def _accept(self, kind: int, code: int, value: int, typed: bytearray) -> None:
        if kind == EV_SYN:
            if code == SYN_DROPPED:
                self._down.clear()
                typed.append(FOREIGN)
            self._dropped = code == SYN_DROPPED or (self._dropped and code != SYN_REPORT)
        elif kind == EV_KEY and not self._dropped:
            if value == PRESSED:
                self._press(code, typed)
            elif value == RELEASED:
                self._down.discard(code)

    def _press(self, code: int, typed: bytearray) -> None:
        if code in SHIFTS or code in COMMANDING:
            self._down.add(code)
        elif code == CAPS_LOCK:
            self._caps = not self._caps
        elif code != NUM_LOCK:
            typed.append(FOREIGN if self._down & COMMANDING else self._character(code))

    def _character(self, code: int) -> int:
        shifted = bool(self._down & SHIFTS) ^ (self._caps and code in _LETTERS)
        return (SHIFTED if shifted else PLAIN).get(code, FOREIGN)
