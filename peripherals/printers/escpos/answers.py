"""What an ESC/POS printer sends, told apart byte by byte. Pure.

Three kinds of answers share the line, and a status byte may arrive within any other:

* DLE EOT n: one byte, ``0xx1xx10``.
* Automatic status back: four bytes, the first ``0xx1xx00``, the rest ``0xx0xxxx``.
* GS ( H, function 48: ``37 22 d1 d2 d3 d4 00``, the four as in ``commands.echo_number``. Some printers answer with
  digits of their own, which may look like status bytes: from the first digit that is not ours, the answer lasts
  until its 00.
"""

from dataclasses import dataclass

from peripherals.device import DeviceState, HealthAnswer
from peripherals.printers.port import PaperState, PrinterStatus

_ECHO_HEAD = b"\x37\x22"
_ECHO_LENGTH = 7
_AUTO_LENGTH = 4


@dataclass(frozen=True, slots=True)
class RealTimeStatus:
    value: int


@dataclass(frozen=True, slots=True)
class AutoStatus:
    values: bytes


@dataclass(frozen=True, slots=True)
class Echo:
    number: bytes


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes that no printer sends, or the beginning of an answer that was not finished."""

    count: int


type Event = RealTimeStatus | AutoStatus | Echo | Garbage


class AnswerFramer:
    """Takes bytes as they come, gives events."""

    def __init__(self) -> None:
        self._begun = bytearray()

    def reset(self) -> None:
        """Forget an answer that was begun."""
        self._begun.clear()

    def feed(self, data: bytes | memoryview) -> list[Event]:
        events: list[Event] = []
        for byte in data:
            self._accept(byte, events)
        return events

    def _accept(self, byte: int, events: list[Event]) -> None:
        if _is_real_time(byte) and not self._has_foreign_digits():
            events.append(RealTimeStatus(byte))
        elif not self._begun:
            self._begin(byte, events)
        elif self._fits(byte):
            self._begun.append(byte)
            self._complete(events)
        else:
            events.append(Garbage(len(self._begun)))
            self._begun.clear()
            self._begin(byte, events)

    def _begin(self, byte: int, events: list[Event]) -> None:
        if _is_auto(byte) or byte == _ECHO_HEAD[0]:
            self._begun.append(byte)
        else:
            events.append(Garbage(1))

    def _fits(self, byte: int) -> bool:
        at = len(self._begun)
        if self._begun[0] != _ECHO_HEAD[0]:
            return byte & 0x90 == 0
        if at == 1:
            return byte == _ECHO_HEAD[1]
        return byte == 0 or at < _ECHO_LENGTH - 1

    def _has_foreign_digits(self) -> bool:
        echo = self._begun[:1] == _ECHO_HEAD[:1]
        return echo and any(digit & 0xF0 != 0x40 for digit in self._begun[len(_ECHO_HEAD) :])  # noqa: PLR2004 - the characters of commands.echo_number

    def _complete(self, events: list[Event]) -> None:
        if self._begun[0] == _ECHO_HEAD[0]:
            if len(self._begun) > len(_ECHO_HEAD) and self._begun[-1] == 0:
                events.append(Echo(bytes(self._begun[len(_ECHO_HEAD) : -1])))
                self._begun.clear()
        elif len(self._begun) == _AUTO_LENGTH:
            events.append(AutoStatus(bytes(self._begun)))
            self._begun.clear()


def _is_real_time(byte: int) -> bool:
    return byte & 0x93 == 0x12  # noqa: PLR2004 - the fixed bits of the pattern


def _is_auto(byte: int) -> bool:
    return byte & 0x93 == 0x10  # noqa: PLR2004 - the fixed bits of the pattern


def from_real_time(values: bytes, proves: HealthAnswer) -> PrinterStatus:
    """Read the answers to DLE EOT 1 to 4."""
    printer, offline, error, paper = values
    return _status(
        offline=bool(printer & 0x08),
        cover_open=bool(offline & 0x04),
        cutter_error=bool(error & 0x08),
        mechanical_error=bool(error & 0x60) or bool(offline & 0x40 and not error & 0x08),
        paper_out=bool(paper & 0x60) or bool(offline & 0x20),
        near_end=bool(paper & 0x0C),
        proves=proves,
    )


def from_auto(values: bytes, proves: HealthAnswer) -> PrinterStatus:
    """Read four bytes of automatic status back."""
    return _status(
        offline=bool(values[0] & 0x08),
        cover_open=bool(values[0] & 0x20),
        cutter_error=bool(values[1] & 0x08),
        mechanical_error=bool(values[1] & 0x60),
        paper_out=bool(values[2] & 0x0C),
        near_end=bool(values[2] & 0x03),
        proves=proves,
    )


def _status(
    *,
    offline: bool,
    cover_open: bool,
    cutter_error: bool,
    mechanical_error: bool,
    paper_out: bool,
    near_end: bool,
    proves: HealthAnswer,
) -> PrinterStatus:
    if cutter_error or mechanical_error:
        state = DeviceState.HARDWARE_ERROR
    elif cover_open:
        state = DeviceState.USER_ERROR
    elif offline or paper_out:
        state = DeviceState.OFFLINE
    else:
        state = DeviceState.ONLINE
    paper = PaperState.OUT if paper_out else PaperState.NEAR_END if near_end else PaperState.OK
    return PrinterStatus(
        state=state,
        paper=paper,
        cover_open=_answer(cover_open),
        cutter_error=_answer(cutter_error),
        mechanical_error=_answer(mechanical_error),
        proves=proves,
    )


def _answer(value: bool) -> HealthAnswer:
    return HealthAnswer.YES if value else HealthAnswer.NO
