"""One command and all that comes of it, as a state machine. Pure: time is handed in, nothing is sent from here.

PA00P015, section 2: the register asks (06 01 and so on), the terminal answers once, and has the line from then on until
it says completion (06 0F) or abort (06 1E). Whatever it says meanwhile is answered with 80 00 00.

The answer to 04 0F with result 00 commits a payment. While nobody knows yet whether the goods can be issued there is
silence, and then 84 9C, whereupon the terminal says 04 0F once more. Any other 84 makes it reverse by itself, unless
its 04 0F had object 1F1F: such a terminal does not, and has to be told by a command of its own.

T3 is how long its first answer may take, T4 how long it may stay silent after that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from peripherals.money import Amount
from peripherals.payment.port import Progress
from peripherals.payment.zvt import codes, tlv
from peripherals.payment.zvt.apdu import DONE, WAIT, Apdu, ControlField, refuse
from peripherals.payment.zvt.bmp import Bmp, Fields, parse, split_version
from peripherals.payment.zvt.commands import ABORT
from peripherals.payment.zvt.receipts import CHARSET, ReceiptReader

_UNKNOWN_COMMAND: Final = 0x83
#: The longest that one intermediate status may make us wait, in minutes.
_MAX_MINUTES: Final = 10
_MAX_STATUSES: Final = 200
_ADMINISTRATIVE: Final = frozenset({ControlField.END_OF_DAY, ControlField.DIAGNOSIS, ControlField.INITIALISATION})


@dataclass(frozen=True, slots=True)
class Times:
    """In seconds. ``hold_s``: how long 04 0F is left without an answer before it gets 84 9C; ``most_s``: all of it."""

    t3_s: float = 5.0
    t4_s: float = 180.0
    hold_s: float = 2.5
    most_s: float = 1800.0


class How(Enum):
    """How a dialogue ended."""

    #: 84 xx in answer to the command: it does not even begin.
    REFUSED = auto()
    #: 06 0F.
    COMPLETED = auto()
    #: 06 1E.
    ABORTED = auto()
    #: T3 or T4 is over.
    SILENT = auto()


@dataclass(frozen=True, slots=True)
class Send:
    apdu: Apdu


@dataclass(frozen=True, slots=True)
class Follow:
    progress: Progress


@dataclass(frozen=True, slots=True)
class GoodsQuestion:
    """A payment is approved: ask whether the goods can be issued, and call ``decided``."""

    fields: Fields


@dataclass(frozen=True, slots=True)
class DialogueEnd:
    """``code`` is that of 84 xx or 06 1E, or the terminal's status after 05 01; ``fields`` what 06 0F brought."""

    how: How
    code: int = 0
    fields: Fields = Fields()  # noqa: RUF009 - frozen itself


type Action = Send | Follow | GoodsQuestion | DialogueEnd


class _Stage(Enum):
    ASKED = auto()
    RUNNING = auto()
    DECIDING = auto()
    ENDED = auto()


class Dialogue:
    """One command. ``pays`` is the amount of a payment, whose approval is decided about; None for all else.

    ``charset`` is what the terminal's texts are written in (``ReceiptReader``).
    """

    def __init__(self, command: Apdu, times: Times, *, pays: Amount | None = None, charset: str = CHARSET) -> None:
        self.command = command
        self._times = times
        self._pays = pays
        self._stage = _Stage.ASKED
        self._open = False
        self._answer: Apdu | None = None
        self._abort_wanted = False
        self._abort_sent = False
        #: When ``due`` wants to be called, and when even a terminal that goes on talking has had its time.
        self.deadline = self._last = 0.0
        self.statuses: list[Fields] = []
        self.receipts = ReceiptReader(administrative=command.control in _ADMINISTRATIVE, charset=charset)
        self.end: DialogueEnd | None = None
        #: The 04 0F that approved, and whether our answer to it was yes.
        self.approved: Fields | None = None
        self.committed = False
        #: We answered that the goods are not issued; and the terminal said since that it reverses.
        self.refused = ""
        self.reversing = False
        #: Something shows that our answer arrived at the terminal.
        self.proved = False

    @property
    def unique(self) -> bytes:
        """Object 1F1F of the last status: a terminal that has one does not reverse by itself."""
        return next((found for one in reversed(self.statuses) if (found := one.object(tlv.UNIQUE_NUMBER))), b"")

    def begin(self, now: float) -> list[Action]:
        """Send the command."""
        self.deadline = now + self._times.t3_s
        self._last = now + self._times.most_s
        return [Send(self.command)]

    def received(self, apdu: Apdu, now: float) -> list[Action]:
        """Take what the terminal says."""
        if self._stage is _Stage.ENDED:
            return []
        if now >= self._last:
            return self._ended(DialogueEnd(How.SILENT))
        if apdu.positive or apdu.refusal is not None:
            return self._answered(apdu, now)
        # It goes on, so it has our answer; who says 04 0F again may not have it.
        self.proved = self.proved or (self.committed and apdu.control != ControlField.STATUS_INFORMATION)
        if self._stage is _Stage.ASKED:
            # It belongs to something before, which ended without it. An approval that nobody waits for is none.
            return [Send(answer_to_stray(apdu))]
        return self._on_said(apdu, now)

    def decided(self, goods: bool, now: float) -> list[Action]:
        """Answer the approval, now or when the terminal repeats it."""
        if self._stage is not _Stage.DECIDING or self._answer is not None:
            return []
        if goods:
            self._answer = DONE
        else:
            self.refused = codes.GOODS_NOT_ISSUED
            # Nothing but a command reverses where the terminal does not by itself, and it has to end this one first.
            self._answer = DONE if self.unique else refuse(codes.CODE_OF_NO_GOODS)
        return self._send_answer(now) if self._open else []

    def abort(self) -> list[Action]:
        """Ask the terminal to end a payment that is not approved yet. It may not listen."""
        self._abort_wanted = True
        if self._stage is not _Stage.RUNNING or self.approved is not None or self._abort_sent:
            return []
        self._abort_sent = True
        return [Send(ABORT)]

    def due(self, now: float) -> list[Action]:
        """See whether something is overdue."""
        if self._stage is _Stage.ENDED or now < self.deadline:
            return []
        if self._stage is _Stage.DECIDING and self._open:
            self._open = False
            self.deadline = now + self._times.t4_s
            return [Send(refuse(WAIT))]
        return self._ended(DialogueEnd(How.SILENT))

    def mute(self) -> list[Action]:
        """Take note that the link gave up."""
        return self._ended(DialogueEnd(How.SILENT))

    def _answered(self, apdu: Apdu, now: float) -> list[Action]:
        if self._stage is not _Stage.ASKED:
            # To our abort, or a second time: nothing follows from it.
            return []
        if apdu.refusal is not None:
            return self._ended(DialogueEnd(How.REFUSED, apdu.refusal))
        self._stage = _Stage.RUNNING
        self.deadline = now + self._times.t4_s
        return self.abort() if self._abort_wanted else []

    def _on_said(self, apdu: Apdu, now: float) -> list[Action]:
        handle: Callable[[bytes, float], list[Action]]
        match apdu.control:
            case ControlField.STATUS_INFORMATION:
                return self._status(apdu.data, now)
            case ControlField.INTERMEDIATE_STATUS:
                handle = self._intermediate
            case ControlField.PRINT_LINE | ControlField.PRINT_TEXT:
                self.receipts.add(apdu)
                handle = self._rests
            case ControlField.COMPLETION:
                handle = self._completed
            case ControlField.ABORTED:
                handle = self._aborted
            case ControlField.SET_TIME:
                handle = self._rests
            case _:
                return [Send(refuse(_UNKNOWN_COMMAND))]
        return [Send(DONE), *handle(apdu.data, now)]

    def _rests(self, _: bytes, now: float) -> list[Action]:
        if self._stage is _Stage.RUNNING:
            self.deadline = now + self._times.t4_s
        return []

    def _intermediate(self, data: bytes, now: float) -> list[Action]:
        if not data:
            return self._rests(data, now)
        self._rests(data, now)
        minutes = data[1:2].hex()
        if self._stage is _Stage.RUNNING and minutes.isdecimal() and 0 < int(minutes) <= _MAX_MINUTES:
            self.deadline = now + 60 * int(minutes)
        if self.refused and data[0] in codes.REVERSING:
            self.reversing = True
        return [Follow(codes.progress(data[0]))]

    def _status(self, data: bytes, now: float) -> list[Action]:
        fields = parse(data, strict=False)
        if len(self.statuses) < _MAX_STATUSES:
            self.statuses.append(fields)
        if self._pays is None or fields.number(Bmp.RESULT) != 0:
            return [Send(DONE), *self._rests(data, now)]
        if self.approved is not None:
            return self._status_again(fields, now)
        if fields.number(Bmp.AMOUNT) != self._pays.minor or fields.number(Bmp.CURRENCY) not in {
            None,
            self._pays.numeric,
        }:
            self.refused = codes.AMOUNT_DIFFERS
        self.approved = fields
        self._stage = _Stage.DECIDING
        self._open = True
        self.deadline = now + self._times.hold_s
        if self.refused:
            self._answer = DONE if self.unique else refuse(codes.CODE_OF_NO_GOODS)
            return self._send_answer(now)
        return [GoodsQuestion(fields)]

    def _status_again(self, fields: Fields, now: float) -> list[Action]:
        assert self.approved is not None  # noqa: S101 - only called with one
        if fields.value(Bmp.ORIGINAL_TRACE) is not None or fields.digits(Bmp.TRACE) != self.approved.digits(Bmp.TRACE):
            # Not the same once more: the terminal tells of the reversal that it made.
            self.reversing = bool(self.refused)
            return [Send(DONE), *self._rests(b"", now)]
        if self._answer is not None:
            self._open = True
            return self._send_answer(now)
        self._open = True
        self.deadline = now + self._times.hold_s
        return []

    def _send_answer(self, now: float) -> list[Action]:
        assert self._answer is not None  # noqa: S101 - only called with one
        self._open = False
        self._stage = _Stage.RUNNING
        self.committed = self.committed or not self.refused
        self.deadline = now + self._times.t4_s
        return [Send(self._answer)]

    def _completed(self, data: bytes, _: float) -> list[Action]:
        if self.command.control == ControlField.STATUS_ENQUIRY:
            return self._ended(DialogueEnd(How.COMPLETED, _terminal_status(data)))
        return self._ended(DialogueEnd(How.COMPLETED, 0, parse(data, strict=False)))

    def _aborted(self, data: bytes, _: float) -> list[Action]:
        return self._ended(DialogueEnd(How.ABORTED, data[0] if data else codes.ABORTED_BY_PERSON))

    def _ended(self, end: DialogueEnd) -> list[Action]:
        self._stage = _Stage.ENDED
        self.end = end
        return [end]


def answer_to_stray(apdu: Apdu) -> Apdu:
    """What to say to a terminal that says something nobody waits for: a result that charges is refused."""
    if apdu.control == ControlField.STATUS_INFORMATION and parse(apdu.data, strict=False).number(Bmp.RESULT) == 0:
        return refuse(codes.CODE_OF_NO_GOODS)
    known = {
        ControlField.STATUS_INFORMATION,
        ControlField.INTERMEDIATE_STATUS,
        ControlField.PRINT_LINE,
        ControlField.PRINT_TEXT,
        ControlField.COMPLETION,
        ControlField.ABORTED,
        ControlField.SET_TIME,
    }
    return DONE if apdu.control in known else refuse(_UNKNOWN_COMMAND)


def _terminal_status(data: bytes) -> int:
    """Read the completion of 05 01; nothing is ready."""
    _, status = split_version(data)
    return status[0] if status else 0
