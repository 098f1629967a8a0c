"""Reads a file of a chip to its end: 9303-10, 3.6, and ISO/IEC 7816-4, 11.3.

Chips differ in how much they give at once, and in how they say so. The first block tries from the most that reader
and chip may manage downwards; what worked is kept for all that follows.
"""

from dataclasses import dataclass

from peripherals.documents import ber
from peripherals.documents.emrtd.apdu import SHORT_LE, CommandApdu, ResponseApdu
from peripherals.documents.emrtd.channel import ApduChannel
from peripherals.documents.emrtd.files import END_REACHED, NOT_FOUND, LdsFile, Progress
from peripherals.documents.lds.files import of_file
from peripherals.errors import ChipAnswerError, ChipChannelError, ChipDataError

#: How chips say that a file ends before an offset: that it does, or by giving nothing.
_PAST_THE_END = frozenset({"6b00", "6282", "9000"})
#: Refusals that smaller blocks do not mend: of security, conditions, and missing files.
_NOT_ABOUT_LENGTH = frozenset({0x6982, 0x6985, 0x6986, *NOT_FOUND})
_MISSING = frozenset(f"{status:04x}" for status in NOT_FOUND)
#: What a chip says to a protected command when its session is gone, beside 6987 and 6988.
_SESSION_GONE = frozenset({0x6982, 0x6985, 0x6986})
#: The fault of a channel that the chip gave up over a block that was too long for it.
DROPPED = "dropped-over-length"
_EXACT_LENGTH = 0x6C
#: Blocks of short answers after the most that fits, in bytes.
_STEPS = (192, 160, 128, 64)
#: Bytes that tell the length of any file: tag and length take seven at most.
_HEAD = 8
#: The first offset that READ BINARY with an even instruction cannot name.
_FAR = 0x8000
_OFFSET, _DISCRETIONARY = 0x54, 0x53
#: The most that is asked for at once, so that a person sees that something goes on.
_MAX = 4096


@dataclass(frozen=True, slots=True)
class _Block:
    size: int
    extended: bool


class FileReader:
    """Reads files one after the other through a channel, which may be changed between them."""

    def __init__(self, channel: ApduChannel, *, extended: int = 0, most: int = 1 << 18) -> None:
        """Begin.

        Args:
            channel: where commands go.
            extended: the longest answer that the reader takes in extended form, in bytes; 0 where it takes none.
            most: bytes of the largest file that is read.
        """
        self._channel = channel
        self._extended = extended
        self._most = most
        self._proved = False
        self._heads_first = False
        self._steps = self._ladder()

    @property
    def channel(self) -> ApduChannel:
        return self._channel

    @channel.setter
    def channel(self, channel: ApduChannel) -> None:
        """Go on through another channel, in blocks no larger than those in use."""
        self._channel = channel
        last = self._steps[0]
        self._steps = [
            step for step in self._ladder() if (step.extended, step.size) <= (last.extended, last.size)
        ] or self._steps
        self._proved = False

    @property
    def proved(self) -> bool:
        """Whether a full block was read in the size that is in use."""
        return self._proved

    def limit_extended(self, answer: int) -> None:
        """Take note of the longest answer that the chip gives in extended form, in bytes; 0 for none."""
        self._extended = min(self._extended, answer)
        self._steps = self._ladder()

    def step_down(self) -> bool:
        """Go on in smaller blocks; False where there are none."""
        if len(self._steps) == 1:
            return False
        self._steps = self._steps[1:]
        self._proved = False
        return True

    def read(self, file: LdsFile, progress: Progress | None = None) -> bytearray | None:
        """Read a file to its end, None where the chip has no such file.

        Raises:
            ChipAnswerError: the chip does not give it.
            ChipDataError: it begins with another tag than it should, or is too large.
            ChipChannelError: the channel broke.
            DocumentRemovedError: the document was taken away.
        """
        selected = self._channel.send(CommandApdu(0x00, 0xA4, 0x02, 0x0C, data=file.identifier.to_bytes(2)))
        if selected.sw in NOT_FOUND:
            return None
        # A chip that does not select takes the short identifier along with the first read.
        by_name = None if selected.ok else file.identifier & 0x1F
        try:
            with of_file(file.label):
                return self._read(file, by_name, progress)
        except ChipAnswerError as error:
            if by_name is not None and error.placeholders["status"] in _MISSING:
                return None
            raise

    def _read(self, file: LdsFile, by_name: int | None, progress: Progress | None) -> bytearray:
        head = self._first(by_name)
        total = ber.total_length(head)
        if total is None or not head.startswith(bytes([file.tag])):
            raise ChipDataError(fault="header")
        if total > self._most:
            raise ChipDataError(fault="too-large")
        content = bytearray(total)
        done = min(len(head), total)
        content[:done] = head[:done]
        try:
            while True:
                if progress is not None:
                    progress(file, done, total)
                if done == total:
                    return content
                block = self._next_block(done, total - done)
                content[done : done + len(block)] = block
                done += len(block)
        except BaseException:
            content[:] = bytes(total)
            raise

    def _first(self, by_name: int | None) -> bytes:
        """Read the first block of a file whose length is not known yet.

        Some chips refuse to read past the end of a small file instead of giving what there is: their files are
        begun with a few bytes.
        """
        if not self._heads_first:
            steps = self._steps
            try:
                return self._block(0, self._steps[0].size, by_name)
            except ChipAnswerError as error:
                if error.placeholders["status"] in _MISSING:
                    raise
                self._steps = steps
                head = self._block(0, _HEAD, by_name)
                self._heads_first = True
                return head
        return self._block(0, _HEAD, by_name)

    def _next_block(self, offset: int, wanted: int) -> bytes:
        try:
            return self._block(offset, wanted)
        except ChipAnswerError as error:
            if error.placeholders["status"] in _PAST_THE_END:
                raise ChipDataError(fault="cut") from error
            raise

    def _block(self, offset: int, wanted: int, by_name: int | None = None) -> bytes:
        """Read at most so many bytes, at least one."""
        refused = False
        while True:
            step = self._steps[0]
            asked = min(wanted, step.size)
            answer = self._ask(offset, asked, by_name, extended=step.extended)
            if answer.sw >> 8 == _EXACT_LENGTH:
                exact = min(answer.sw & 0xFF or SHORT_LE, asked)
                answer = self._ask(offset, exact, by_name, extended=False)
                if offset > 0 and answer.ok:
                    # The file goes on, so this is the most that the chip gives at once.
                    self._steps = [_Block(exact, extended=False), *(less for less in self._steps if less.size < exact)]
            if answer.data and (answer.ok or answer.sw == END_REACHED):
                self._proved = self._proved or len(answer.data) == step.size
                return answer.data
            if refused and answer.sw in _SESSION_GONE:
                # The refusal of the longer block took the session with it.
                raise ChipChannelError(fault=DROPPED)
            about_length = asked == step.size and answer.sw not in _NOT_ABOUT_LENGTH
            if not (about_length and not self._proved and self.step_down()):
                raise ChipAnswerError(command="read-binary", status=f"{answer.sw:04x}")
            refused = True

    def _ask(self, offset: int, asked: int, by_name: int | None, *, extended: bool) -> ResponseApdu:
        answer = self._channel.send(self._command(offset, asked, by_name, extended=extended))
        if answer.data and offset >= _FAR:
            answer = ResponseApdu(bytes(ber.parse_one(answer.data, tag=_DISCRETIONARY).value), answer.sw)
        if len(answer.data) > asked:
            raise ChipAnswerError(command="read-binary", status="too-long")
        return answer

    def _command(self, offset: int, asked: int, by_name: int | None, *, extended: bool) -> CommandApdu:
        short = self._channel.room(extended=False)
        if offset < _FAR:
            high = offset >> 8 if by_name is None or offset else 0x80 | by_name
            return CommandApdu(0x00, 0xB0, high, offset & 0xFF, le=asked, extended=extended and asked > short)
        position = ber.encode(_OFFSET, offset.to_bytes(2 if offset < 1 << 16 else 3))
        # The answer comes wrapped in an object, whose header takes a part of the block.
        whole = min(asked + 1 + len(ber.encode_length(asked)), self._steps[0].size)
        return CommandApdu(0x00, 0xB1, 0x00, 0x00, data=position, le=whole, extended=extended and whole > short)

    def _ladder(self) -> list[_Block]:
        short = self._channel.room(extended=False)
        steps = [_Block(size, extended=False) for size in (short, *_STEPS) if size <= short]
        # What protection takes of an answer is the same in both forms, but for a byte or two of lengths.
        longest = min(self._extended - (SHORT_LE - short) - 2, _MAX)
        return [_Block(longest, extended=True), *steps] if longest > SHORT_LE else steps
