"""The ESC/POS printer against its simulator: what comes out, what is refused, and what is proved."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest
import segno
import zxingcpp
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from peripherals.device import DeviceState, HealthAnswer, Timings
from peripherals.errors import (
    AnswerTimeoutError,
    CoverOpenError,
    ImageInvalidError,
    NotProvedError,
    PaperOutError,
    PrinterError,
)
from peripherals.owner import PortDevice
from peripherals.printers.escpos import commands
from peripherals.printers.escpos.answers import (
    AnswerFramer,
    AutoStatus,
    Echo,
    Garbage,
    RealTimeStatus,
    from_auto,
    from_real_time,
)
from peripherals.printers.escpos.device import EscposPrinter
from peripherals.printers.escpos.simulator import PrinterBehaviour, PrinterSimulator
from peripherals.printers.escpos.simulator_commands import CommandParser, CutCommand, EchoRequest, Raster
from peripherals.printers.port import MonoImage, PaperState, PrinterStatus, PrintProof
from peripherals.simulation import TcpLine
from peripherals.transports.pipe import Pipe
from peripherals.transports.tcp import TcpAddress, TcpPipe

TIMINGS = Timings(
    reopen_first_s=0.02, reopen_max_s=0.1, connect_s=1, answer_s=0.25, poll_s=0.15, proof_s=2, settle_s=0.2
)
IMAGE = MonoImage(576, 300, bytes((0xF0,)) * 72 * 300)


def mono(image: Image.Image) -> MonoImage:
    """Take a 1-bit picture as the printer's port takes it."""
    inverted = bytes(byte ^ 0xFF for byte in image.convert("1").tobytes())
    padding = (image.width + 7) // 8 * 8 - image.width
    stride = (image.width + 7) // 8
    rows = bytearray(inverted)
    for last in range(stride - 1, len(rows), stride):
        rows[last] &= 0xFF << padding & 0xFF
    return MonoImage(image.width, image.height, bytes(rows))


def qr(text: str) -> Image.Image:
    """Draw a ticket with a QR code and a pattern of bytes that mean commands elsewhere."""
    picture = Image.new("1", (576, 1500), 1)
    written = io.BytesIO()
    segno.make(text, error="m").save(written, kind="png", scale=8, border=4)
    picture.paste(Image.open(written).convert("1"), (100, 1100))
    return picture


def picture_in(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        picture.load()
        return picture


@pytest.fixture
async def simulator(tmp_path: Path) -> AsyncIterator[PrinterSimulator]:
    made = PrinterSimulator(TcpLine(), tmp_path)
    await made.start()
    yield made
    await made.stop()


def printer_of(simulator: PrinterSimulator, proof: str = "auto", timings: Timings = TIMINGS) -> EscposPrinter:
    host, _, port = simulator.address.partition(":")
    return EscposPrinter("escpos+tcp://test", TcpAddress(host, int(port)), timings, proof=proof)


@pytest.fixture
async def printer(simulator: PrinterSimulator) -> AsyncIterator[EscposPrinter]:
    async with printer_of(simulator) as made:
        yield made


async def until(printer: PortDevice[PrinterStatus], said: Callable[[PrinterStatus], bool]) -> None:
    async with asyncio.timeout(60):
        async for status in printer.watch():
            if said(status):
                return


async def test_a_ticket_longer_than_a_band_comes_out_and_its_code_can_be_read(
    simulator: PrinterSimulator, printer: EscposPrinter
) -> None:
    text = "https://centre.example/t/B042"
    picture = qr(text)
    assert await printer.print_image(mono(picture)) is PrintProof.PROVED
    [path] = simulator.tickets
    printed = await asyncio.to_thread(picture_in, path)
    assert printed.tobytes() == picture.tobytes()
    assert [code.text for code in zxingcpp.read_barcodes(printed)] == [text]


async def test_an_image_full_of_status_queries_is_printed(simulator: PrinterSimulator, printer: EscposPrinter) -> None:
    rows = b"\x10\x04\x01\x10\x04\x02\x10\x04\x04" * 8 * 100
    assert await printer.print_image(MonoImage(576, 100, rows)) is PrintProof.PROVED
    printed = await asyncio.to_thread(picture_in, simulator.tickets[0])
    assert bytes(byte ^ 0xFF for byte in printed.tobytes()) == rows
    assert (await printer.check_health()).state is DeviceState.ONLINE


async def test_no_paper_is_said_before(simulator: PrinterSimulator, printer: EscposPrinter) -> None:
    await simulator.set(paper="out")
    await until(printer, lambda status: status.paper is PaperState.OUT)
    with pytest.raises(PaperOutError):
        await printer.print_image(IMAGE)
    assert not simulator.midway.is_set()
    await simulator.set(paper="ok")
    assert await printer.print_image(IMAGE) is PrintProof.PROVED


@pytest.mark.parametrize("auto", [True, False])
async def test_a_job_takes_the_word_of_a_check_just_before_it(simulator: PrinterSimulator, auto: bool) -> None:
    await simulator.set(auto=auto)
    came: list[str] = []
    inner = simulator._line.received

    def received(data: bytes) -> None:
        first = "query" if data.startswith(commands.query(1)) else "job" if b"\x1dv0" in data[:64] else ""
        came.extend([first] if first else [])
        inner(data)

    simulator._line.received = received
    # No poll of its own comes between.
    async with printer_of(simulator, timings=replace(TIMINGS, poll_s=60)) as printer:
        came.clear()
        await printer.check_health()
        assert await printer.print_image(IMAGE) is PrintProof.PROVED
        # A printer that does not say by itself when something changes is asked again.
        assert came[: came.index("job")] == ["query"] * (1 if auto else 2)
        came.clear()
        await printer.print_image(IMAGE)
        assert came[: came.index("job")] == ["query"], "a check holds for one job"
        await printer.check_health()
        await simulator.set(paper="out")
        await until(printer, lambda status: not auto or status.paper is PaperState.OUT)
        with pytest.raises(PaperOutError):
            await printer.print_image(IMAGE)
    assert len(simulator.tickets) == 2


async def test_paper_that_ends_in_mid_job_is_not_proved(simulator: PrinterSimulator, printer: EscposPrinter) -> None:
    await simulator.set(rows_left=100)
    with pytest.raises(NotProvedError) as caught:
        await printer.print_image(IMAGE)
    assert caught.value.placeholders == {"fault": "paper-out"}
    assert printer.status.paper is PaperState.OUT
    assert simulator.tickets == []
    await simulator.set(paper="ok")
    assert await printer.print_image(IMAGE) is PrintProof.PROVED


@pytest.mark.parametrize("auto", [True, False])
async def test_faults_in_mid_job_without_push_and_with(simulator: PrinterSimulator, auto: bool) -> None:
    await simulator.set(auto=auto, rows_left=100)
    async with printer_of(simulator) as printer:
        with pytest.raises(NotProvedError) as caught:
            await printer.print_image(IMAGE)
    assert caught.value.placeholders == {"fault": "paper-out"}


@pytest.mark.parametrize(
    ("fault", "error", "state"),
    [
        ("cover_open", CoverOpenError, DeviceState.USER_ERROR),
        ("cutter_error", PrinterError, DeviceState.HARDWARE_ERROR),
        ("broken", PrinterError, DeviceState.HARDWARE_ERROR),
        ("offline", PrinterError, DeviceState.OFFLINE),
    ],
)
async def test_a_fault_is_seen_at_once_and_refused(
    simulator: PrinterSimulator, printer: EscposPrinter, fault: str, error: type[PrinterError], state: DeviceState
) -> None:
    await simulator.set(**{fault: True})
    await until(printer, lambda status: status.state is state)
    with pytest.raises(error):
        await printer.print_image(IMAGE)
    await simulator.set(**{fault: False})
    await until(printer, lambda status: status.state is DeviceState.ONLINE)


async def test_paper_near_its_end_is_told_and_prints(simulator: PrinterSimulator, printer: EscposPrinter) -> None:
    await simulator.set(paper="near-end")
    await until(printer, lambda status: status.paper is PaperState.NEAR_END)
    assert await printer.print_image(IMAGE) is PrintProof.PROVED


async def test_a_printer_without_echo_is_proved_by_its_status(simulator: PrinterSimulator) -> None:
    await simulator.set(echo=False)
    async with printer_of(simulator) as printer:
        assert printer.status.proves is HealthAnswer.NO
        assert await printer.print_image(IMAGE) is PrintProof.STATUS
        await simulator.set(rows_left=10)
        with pytest.raises(NotProvedError):
            await printer.print_image(IMAGE)


def questions_of(simulator: PrinterSimulator) -> list[bytes]:
    """Return a list that grows by each GS ( H that the simulator receives."""
    asked: list[bytes] = []
    inner = simulator._line.received

    def received(data: bytes) -> None:
        asked.extend([commands.echo(b"")] * data.count(commands.echo(b"")))
        inner(data)

    simulator._line.received = received
    return asked


async def test_a_printer_that_is_proved_by_its_status_is_never_asked_for_an_echo(simulator: PrinterSimulator) -> None:
    asked = questions_of(simulator)
    async with printer_of(simulator, "status") as printer:
        assert await printer.print_image(IMAGE) is PrintProof.STATUS
        assert await printer.print_image(IMAGE) is PrintProof.STATUS
    assert (asked, len(simulator.tickets)) == ([], 2)


async def test_an_echo_is_asked_for_once_a_connection_where_it_is_not_known(simulator: PrinterSimulator) -> None:
    await simulator.set(echo=False)
    asked = questions_of(simulator)
    async with printer_of(simulator) as printer:
        assert await printer.print_image(IMAGE) is PrintProof.STATUS
    assert len(asked) == 1


@pytest.mark.parametrize("proof", ["auto", "status"])
@pytest.mark.parametrize("digits", ["1234", "2345", "0000", "0200"])
@pytest.mark.parametrize("holds", [True, False])
async def test_an_echo_with_other_digits_prints_and_proves_by_the_status(
    simulator: PrinterSimulator, proof: str, digits: str, holds: bool
) -> None:
    await simulator.set(digits=digits, holds=holds)
    # No health question of its own comes between.
    async with printer_of(simulator, proof, replace(TIMINGS, poll_s=60)) as printer:
        for _ in range(2):
            assert await printer.print_image(IMAGE) is PrintProof.STATUS
        assert printer.status.state is DeviceState.ONLINE
    assert len(simulator.tickets) == 2


async def test_a_printer_that_falls_silent_has_proved_nothing(simulator: PrinterSimulator) -> None:
    await simulator.set(speed=300)
    async with printer_of(simulator) as printer:
        job = asyncio.create_task(printer.print_image(IMAGE))
        await simulator.midway.wait()
        await simulator.set(silent=True, speed=0)
        with pytest.raises(NotProvedError):
            await job
        with pytest.raises(AnswerTimeoutError):
            await printer.print_image(IMAGE)


async def test_a_half_open_connection_is_made_anew(simulator: PrinterSimulator, printer: EscposPrinter) -> None:
    await simulator.set(silent=True)
    await until(printer, lambda status: status.state is DeviceState.UNKNOWN)
    await until(printer, lambda status: status.state is DeviceState.OFFLINE)
    await simulator.set(silent=False)
    await until(printer, lambda status: status.state is DeviceState.ONLINE)


async def test_a_printer_that_takes_nothing_is_given_up() -> None:
    """A peer that accepts and never reads: the buffers between fill, and the write ends in time."""
    stuck = asyncio.Event()

    async def hold(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.pause_reading()  # type: ignore[attr-defined]  # a socket's transport can
        await stuck.wait()
        writer.transport.abort()

    server = await asyncio.start_server(hold, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with EscposPrinter("escpos+tcp://test", TcpAddress("127.0.0.1", port), TIMINGS) as printer:
        assert printer.status.state is DeviceState.UNKNOWN
        with pytest.raises(AnswerTimeoutError):
            await printer.print_image(IMAGE)
    stuck.set()
    server.close()
    await server.wait_closed()


class Clogged(TcpPipe):
    """A printer whose buffer is full: it takes a part of the job, and then no more."""

    full: ClassVar[asyncio.Event]

    async def send(self, data: bytes) -> None:
        if len(data) > 1000:
            await super().send(data[:1000])
            self.full.set()
            await asyncio.Event().wait()
        await super().send(data)


@dataclass(frozen=True)
class CloggedAddress(TcpAddress):
    async def connect(self) -> Pipe:
        return await Clogged.connect(self.host, self.port)


async def test_a_fault_is_told_while_the_printer_takes_no_more(simulator: PrinterSimulator) -> None:
    Clogged.full = asyncio.Event()
    host, _, port = simulator.address.partition(":")
    patient = replace(TIMINGS, write_s=120)
    async with EscposPrinter("escpos+tcp://test", CloggedAddress(host, int(port)), patient) as printer:
        job = asyncio.create_task(printer.print_image(IMAGE))
        await Clogged.full.wait()
        await simulator.set(paper="out")
        async with asyncio.timeout(patient.write_s / 2):
            with pytest.raises(NotProvedError) as caught:
                await job
    assert caught.value.placeholders == {"fault": "paper-out"}


async def test_jobs_come_out_in_order(simulator: PrinterSimulator, printer: EscposPrinter) -> None:
    images = [MonoImage(8, height, b"\x80" * height) for height in (11, 12, 13, 14)]
    proofs = await asyncio.gather(*(printer.print_image(image) for image in images))
    assert proofs == [PrintProof.PROVED] * 4
    printed = [await asyncio.to_thread(picture_in, path) for path in simulator.tickets]
    assert [picture.height for picture in printed] == [11, 12, 13, 14]


async def test_a_caller_that_goes_away_leaves_the_ticket_whole(
    simulator: PrinterSimulator, printer: EscposPrinter
) -> None:
    await simulator.set(speed=3000)
    job = asyncio.create_task(printer.print_image(IMAGE))
    await simulator.midway.wait()
    job.cancel()
    assert await printer.print_image(MonoImage(8, 8, b"\xff" * 8)) is PrintProof.PROVED
    first = await asyncio.to_thread(picture_in, simulator.tickets[0])
    assert (first.height, len(simulator.tickets)) == (300, 2)


async def test_release_in_mid_job_says_that_nothing_is_proved(
    simulator: PrinterSimulator, printer: EscposPrinter
) -> None:
    await simulator.set(speed=300)
    job = asyncio.create_task(printer.print_image(IMAGE))
    await simulator.midway.wait()
    await printer.release()
    with pytest.raises(NotProvedError):
        await job


async def test_an_image_wider_than_the_paper_is_refused(printer: EscposPrinter) -> None:
    with pytest.raises(ImageInvalidError):
        await printer.print_image(MonoImage(577, 1, bytes(73)))


@pytest.mark.parametrize(
    ("width", "height", "rows"), [(0, 1, b""), (8, 0, b""), (8, 2, b"\x00"), (9, 1, b"\x00\x01"), (9999, 1, b"")]
)
def test_an_image_that_is_none_is_refused(width: int, height: int, rows: bytes) -> None:
    with pytest.raises(ImageInvalidError):
        MonoImage(width, height, rows)


images = st.integers(1, 64).flatmap(
    lambda width: st.integers(1, 2100).flatmap(
        lambda height: st.builds(
            lambda pattern: Image.frombytes(
                "1", (width, height), (pattern * ((width + 7) // 8 * height))[: (width + 7) // 8 * height]
            ),
            st.binary(min_size=1, max_size=40),
        )
    )
)


@given(images, st.integers(0, 1 << 16), st.lists(st.integers(0, 20000), max_size=5))
def test_what_is_sent_is_what_the_other_end_takes(picture: Image.Image, count: int, cuts: list[int]) -> None:
    image, number = mono(picture), commands.echo_number(count)
    sent = commands.job(image, number)
    marks = sorted({0, len(sent), *(cut for cut in cuts if cut < len(sent))})
    parser = CommandParser()
    taken = [command for start, end in pairwise(marks) for command in parser.feed(sent[start:end])]
    assert b"".join(command.rows for command in taken if isinstance(command, Raster)) == image.rows
    assert all(len(command.rows) <= command.stride * 960 for command in taken if isinstance(command, Raster))
    assert taken[-2:] == [CutCommand(), EchoRequest(number)]


def test_a_job_without_a_number_ends_with_the_cut() -> None:
    assert commands.job(IMAGE, None).endswith(commands.FEED_AND_CUT)


@pytest.mark.parametrize("digits", [b"1234", b"0000", b"12", b"\x41\x42\x431"])
def test_an_echo_with_foreign_digits_is_one_answer(digits: bytes) -> None:
    events = AnswerFramer().feed(b"\x37\x22" + digits + b"\x00\x12\x10\x00\x00\x0f")
    assert events == [Echo(digits), RealTimeStatus(0x12), AutoStatus(b"\x10\x00\x00\x0f")]


@given(st.binary(max_size=400))
def test_the_simulated_printer_takes_any_bytes(data: bytes) -> None:
    list(CommandParser().feed(data))


def test_raster_is_what_python_escpos_sends() -> None:
    picture = qr("B 042").crop((0, 0, 576, 900))
    peer = Dummy(profile="TM-T20II")
    peer.image(picture, fragment_height=960)
    assert b"".join(commands.raster(mono(picture))) in peer.output


# Answers.

events = st.one_of(
    st.builds(
        lambda bits: (bytes((0x12 | bits,)), RealTimeStatus(0x12 | bits)), st.sampled_from([0, 0x04, 0x08, 0x60, 0x68])
    ),
    st.builds(
        lambda first, rest: (bytes((0x10 | first, *rest)), AutoStatus(bytes((0x10 | first, *rest)))),
        st.sampled_from([0, 0x08, 0x28]),
        st.tuples(st.sampled_from([0, 8, 0x60]), st.sampled_from([0, 3, 12, 15]), st.just(15)),
    ),
    st.builds(
        lambda count: (b"\x37\x22" + commands.echo_number(count) + b"\x00", Echo(commands.echo_number(count))),
        st.integers(0, 1 << 16),
    ),
)


@given(st.lists(events), st.lists(st.integers(0, 60), max_size=6))
def test_answers_are_told_apart_with_status_bytes_anywhere(
    sent: list[tuple[bytes, RealTimeStatus | AutoStatus | Echo]], places: list[int]
) -> None:
    stream = bytearray(b"".join(data for data, _ in sent))
    for place in places:
        stream.insert(min(place, len(stream)), 0x16)
    framer = AnswerFramer()
    got = [event for byte in stream for event in framer.feed(bytes((byte,)))]
    blocks = [event for event in got if not isinstance(event, RealTimeStatus)]
    assert blocks == [event for _, event in sent if not isinstance(event, RealTimeStatus)]
    extra = [event for event in got if event == RealTimeStatus(0x16)]
    assert len(extra) == len(places) + sum(event == RealTimeStatus(0x16) for _, event in sent)


@given(st.lists(st.binary(max_size=50)))
def test_any_bytes_are_told_apart_from_answers(pieces: list[bytes]) -> None:
    framer = AnswerFramer()
    for piece in pieces:
        for event in framer.feed(piece):
            assert isinstance(event, RealTimeStatus | AutoStatus | Echo | Garbage)


@pytest.mark.parametrize("byte", [0x00, 0x13, 0x40, 0x92, 0x90, 0xFF])
def test_a_byte_outside_every_pattern_is_garbage(byte: int) -> None:
    assert AnswerFramer().feed(bytes((byte,))) == [Garbage(1)]


@pytest.mark.parametrize(
    ("answers", "auto", "expected"),
    [
        ("12121212", "1000000f", (DeviceState.ONLINE, PaperState.OK, "no", "no", "no")),
        ("1212121e", "1000030f", (DeviceState.ONLINE, PaperState.NEAR_END, "no", "no", "no")),
        ("1a32127e", "18000f0f", (DeviceState.OFFLINE, PaperState.OUT, "no", "no", "no")),
        ("1a161212", "3800000f", (DeviceState.USER_ERROR, PaperState.OK, "yes", "no", "no")),
        ("1a521a12", "1808000f", (DeviceState.HARDWARE_ERROR, PaperState.OK, "no", "yes", "no")),
        ("1a523212", "1820000f", (DeviceState.HARDWARE_ERROR, PaperState.OK, "no", "no", "yes")),
    ],
)
def test_status_bytes_of_the_reference(
    answers: str, auto: str, expected: tuple[DeviceState, PaperState, str, str, str]
) -> None:
    for status in (
        from_real_time(bytes.fromhex(answers), HealthAnswer.UNKNOWN),
        from_auto(bytes.fromhex(auto), HealthAnswer.UNKNOWN),
    ):
        said = (status.state, status.paper, status.cover_open, status.cutter_error, status.mechanical_error)
        assert said == expected


@given(
    st.builds(
        PrinterBehaviour,
        paper=st.sampled_from(["ok", "near-end", "out"]),
        cover_open=st.booleans(),
        offline=st.booleans(),
        cutter_error=st.booleans(),
        broken=st.booleans(),
    )
)
def test_both_ways_to_ask_say_the_same(condition: PrinterBehaviour) -> None:
    asked = bytes(condition.real_time(what) for what in commands.QUERIES)
    assert from_real_time(asked, HealthAnswer.NO) == from_auto(condition.automatic(), HealthAnswer.NO)
