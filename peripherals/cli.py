"""``peripherals``: what is plugged in, how it is, and simulators to stand in for it."""

import asyncio
import json
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Protocol
from urllib.parse import quote

import typer
from serial.tools import list_ports

from peripherals.codes.framer import CodeEnvelope
from peripherals.codes.seal import SealForm
from peripherals.codes.simulator import ScannerSimulator, as_keys, over_serial
from peripherals.command_line import CommandLine
from peripherals.device import DRIVERS, DeviceState, open_device
from peripherals.documents.chip import pcsc
from peripherals.documents.cli import emrtd
from peripherals.documents.mrz import LENGTHS, LINES, parse
from peripherals.documents.passport.line_reader import LineReader
from peripherals.documents.passport.simulator import PassportSimulator
from peripherals.documents.passport.vpcd import PORT as VPCD_PORT
from peripherals.documents.seals.cli import seal
from peripherals.documents.serial_reader.envelope import PRESETS
from peripherals.documents.serial_reader.simulator import ReaderSimulator
from peripherals.errors import MrzError, PeripheralError
from peripherals.lockers.cabinet import Cabinet
from peripherals.lockers.cli import lockers
from peripherals.lockers.simulators import SimulatedBoard, simulator_of
from peripherals.lockers.wiring import save as save_wiring
from peripherals.payment.cli import pay, zvt
from peripherals.payment.nexo.cli import nexo
from peripherals.payment.nexo.simulator.server import NexoSimulator
from peripherals.payment.zvt.simulator.terminal import TerminalSimulator
from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.serve.cli import desk, serve
from peripherals.simulation import CommandError, ControlServer, PtyLine, SimulatedLine, TcpLine
from peripherals.transports.serial import usb_name
from peripherals.transports.usb_printer import printers
from queue_server.contract import program_log

app = CommandLine(no_args_is_help=True, help="Devices of a Consular Support Centre.")
simulate = CommandLine(no_args_is_help=True, help="Stand in for a device, on the wire, with faults on demand.")
mrz = CommandLine(no_args_is_help=True, help="Machine-readable zones.")
app.add_typer(simulate, name="simulate")
app.add_typer(mrz, name="mrz")
app.add_typer(emrtd, name="emrtd")
app.add_typer(seal, name="seal")
app.add_typer(zvt, name="zvt")
app.add_typer(nexo, name="nexo")
app.add_typer(desk, name="desk")
app.add_typer(lockers, name="lockers")
app.command("pay")(pay)
app.command("serve")(serve)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Tcp = Annotated[int | None, typer.Option(help="Listen on this TCP port of 127.0.0.1; 0 takes a free one.")]
Link = Annotated[Path | None, typer.Option(help="Where the path of the pseudo-terminal shall stand.")]
ControlPort = Annotated[int, typer.Option("--control", help="TCP port of the control channel; 0 takes a free one.")]


@app.callback()
def main(context: typer.Context) -> None:
    """Send the log to standard error: standard output belongs to the answer."""
    # What a bank of lockers sends to managers who ask for it.
    context.obj = program_log.configure()


@app.command("list")
def list_devices(as_json: AsJson = False) -> None:
    """List the drivers, the serial lines that are plugged in, the chip readers, and what says that it is a keyboard."""
    for scheme, target in DRIVERS.items():
        _print({"driver": scheme, "class": target}, as_json)
    for port in list_ports.comports():
        found = {"line": port.device, "description": port.description}
        if port.vid is not None and port.pid is not None:
            found["name"] = usb_name(port.vid, port.pid, port.serial_number)
        _print(found, as_json)
    for printer in printers():
        found = {"printer": printer.path, "description": printer.description, "url": f"escpos+usb://{printer.name}"}
        _print(found, as_json)
    for name in pcsc.readers():
        _print({"chip_reader": name, "url": f"emrtd+pcsc:///{quote(name)}"}, as_json)
    for path in sorted(Path("/dev/input/by-id").glob("*-event-kbd")):
        _print({"keyboard": str(path)}, as_json)


@app.command()
def check(
    url: Annotated[str, typer.Argument(help="Device address, such as escpos+tcp://10.0.0.7:9100")],
    as_json: AsJson = False,
) -> None:
    """Connect to a device and ask it how it is. Exit code 0: online; 1: not; 2: the address cannot be used."""
    try:
        status = asyncio.run(_check(url))
    except PeripheralError as error:
        _print({"url": url, "error": error.code, **error.placeholders}, as_json)
        raise typer.Exit(2) from error
    _print({"url": url, **status}, as_json)
    raise typer.Exit(0 if status["state"] == DeviceState.ONLINE else 1)


async def _check(url: str) -> dict[str, str]:
    async with open_device(url) as device:
        return {name: _plain(value) for name, value in asdict(await device.check_health()).items()}


def _plain(value: object) -> str:
    """Write one part of a snapshot; of several of a kind, as compartments are, one after the other."""
    if isinstance(value, tuple):
        return "; ".join(" ".join(map(str, each.values())) for each in value)
    return str(value)


@simulate.command("escpos-printer")
def simulate_printer(
    out: Annotated[Path, typer.Option(help="Folder for the tickets, one PNG each.")],
    tcp: Tcp = None,
    link: Link = None,
    control: ControlPort = 0,
    width: Annotated[int, typer.Option(help="Dots across the paper.", min=8, max=2048)] = 576,
) -> None:
    """Stand in for a receipt printer, over TCP, or over a pseudo-terminal where no --tcp is given.

    Prints one JSON line with the address when ready, and one for each ticket. Control commands: paper
    ok|near-end|out, paper-out-after ROWS, cover open|closed, cutter jammed|ok, mechanism broken|ok, offline|silent|
    garbage|duplicate|echo|auto on|off, late SECONDS, slow ROWS-A-SECOND, cut-after BYTES, unplug, plug, power-cycle,
    status, tickets.
    """
    line = _line(tcp, link)
    printer = PrinterSimulator(line, out, width=width, report=_report)
    url = f"{'escpos+serial' if tcp is None else 'escpos+tcp'}://{{}}?width={width}"
    asyncio.run(_run("escpos-printer", printer, ControlServer(printer.command, port=control), url))


@simulate.command("mrz-reader")
def simulate_reader(
    envelope: Annotated[str, typer.Option(help=f"One of {', '.join(PRESETS)}.")] = "generic",
    tcp: Tcp = None,
    link: Link = None,
    control: ControlPort = 0,
) -> None:
    """Stand in for a reader of machine-readable zones, over a pseudo-terminal, or over TCP with --tcp.

    Prints one JSON line with the address when ready. Control commands: show td1|td2|td3|mrv-a|mrv-b, show LINE
    LINE [LINE], fault half|garbage|wrong-check|duplicate|oversized|slow|split|joined|not-mrz (for the next
    document), silent on|off, unplug, plug, power-cycle, status.
    """
    if envelope not in PRESETS:
        raise typer.BadParameter(f"one of {', '.join(PRESETS)}", param_hint="--envelope")
    reader = ReaderSimulator(_line(tcp, link), PRESETS[envelope])
    url = f"{'mrz+serial' if tcp is None else 'mrz+tcp'}://{{}}?envelope={envelope}"
    asyncio.run(_run("mrz-reader", reader, ControlServer(reader.command, port=control), url))


@simulate.command("scanner")
def simulate_scanner(
    as_keyboard: Annotated[bool, typer.Option("--keyboard", help="Send the events of a keyboard.")] = False,
    seals: Annotated[SealForm | None, typer.Option("--seal", help="How seals are sent.")] = None,
    tab: Annotated[bool, typer.Option("--tab", help="End a code with TAB, not with Enter.")] = False,
    link: Link = None,
    control: ControlPort = 0,
) -> None:
    """Stand in for a barcode reader, over a pseudo-terminal.

    Prints one JSON line with the address when ready. Control commands: scan TEXT, lines TEXT TEXT ... (one
    code of several lines), aim [MARK] (sent before each code), seal HEX, fault half|garbage|duplicate|oversized|slow|
    commands (for the next code; commands: Alt, Ctrl and Meta instead of it), unplug, plug, power-cycle, status.
    """
    raw = seals is SealForm.RAW
    if raw and as_keyboard:
        raise typer.BadParameter("no key types most of the bytes that a seal has", param_hint="--seal")
    if raw and tab:
        raise typer.BadParameter("seals in raw bytes end with Enter", param_hint="--tab")
    envelope = CodeEnvelope(suffix=b"\r\n" if raw else b"\t" if tab else b"", seal=seals)
    scanner = ScannerSimulator(PtyLine(link), envelope, as_keys if as_keyboard else over_serial)
    options = f"?seal={seals}" + ("&suffix=0d0a" if raw else "") if seals else ""
    url = f"{'scanner+evdev' if as_keyboard else 'scanner+serial'}://{{}}{options}"
    asyncio.run(_run("scanner", scanner, ControlServer(scanner.command, port=control), url))


@simulate.command("passport")
def simulate_passport(
    profile: Annotated[
        str, typer.Option(help="What it is like; the control command profiles lists them.")
    ] = "ordinary",
    vpcd: Annotated[str, typer.Option(help="Where the virtual reader of pcscd listens.")] = f"127.0.0.1:{VPCD_PORT}",
    trust: Annotated[Path | None, typer.Option(help="Folder for the certificates that a reader trusts.")] = None,
    seed: Annotated[int, typer.Option(help="Of the person and the keys.", min=0)] = 0,
    *,
    tcp: Annotated[
        int | None,
        typer.Option(help="Stand in for a chip reader too, on this TCP port of 127.0.0.1; 0 takes a free one."),
    ] = None,
    control: ControlPort = 0,
) -> None:
    """Stand in for a passport or an identity card, in the virtual reader vpcd of the real pcscd, or on --tcp.

    Prints one JSON line when ready: zone, number for PACE, folder of the trust material. Control commands: insert,
    remove, profile NAME, profiles, status; with --tcp also fault half|garbage|duplicate|cut (for the next answer of the
    chip), silent on|off, late SECONDS, unplug, plug, power-cycle.
    """
    host, _, port = vpcd.rpartition(":")
    if not host or not port.isdecimal():
        raise typer.BadParameter("HOST:PORT", param_hint="--vpcd")
    folder = trust or Path(tempfile.mkdtemp(prefix="trust-"))
    try:
        reader = None if tcp is None else LineReader(TcpLine(port=tcp))
        passport = PassportSimulator(
            profile, folder, lambda: datetime.now(UTC), host=host, port=int(port), reader=reader, seed=seed
        )
    except CommandError as error:
        raise typer.BadParameter(str(error), param_hint="--profile") from error
    url = "vpcd://{}" if tcp is None else "emrtd+vpcd://{}"
    asyncio.run(_run("passport", passport, ControlServer(passport.command, port=control), url, passport.status))
    if trust is None:
        shutil.rmtree(folder)


@simulate.command("zvt-terminal")
def simulate_zvt(
    journal: Annotated[Path | None, typer.Option(help="File of what it charges, reverses and refunds.")] = None,
    tcp: Tcp = None,
    link: Link = None,
    control: ControlPort = 0,
) -> None:
    """Stand in for a payment terminal that speaks ZVT, over a pseudo-terminal, or over TCP with --tcp.

    Prints one JSON line with the address when ready, and one for each charge. Control commands: approve, decline
    bank|expired|unreadable|too-high|aborted|CODE, drop before|after|committed, lose-completion, restart, surcharge
    MINOR (for the next transaction); slow SECONDS, bank SECONDS, busy|signature|keeps on|off, scheme old|new, print
    lines|blocks|none, patience SECONDS, repeat SECONDS, health CODE, card DIGITS|masked; fragments|garbage|silent|
    twice|half on|off, late SECONDS, wrong-crc|lost-acks|naks COUNT; unplug, plug, power-cycle, sum, status.
    """
    terminal = TerminalSimulator(_line(tcp, link), journal, report=_report)
    url = f"{'zvt+serial' if tcp is None else 'zvt+tcp'}://{{}}"
    asyncio.run(_run("zvt-terminal", terminal, ControlServer(terminal.command, port=control), url))


@simulate.command("nexo-terminal")
def simulate_nexo(  # noqa: PLR0917 - typer tells options apart by their annotations
    state: Annotated[
        Path | None, typer.Option(help="Folder for root certificate, passphrase and journal; one is made.")
    ] = None,
    journal: Annotated[
        Path | None, typer.Option(help="File of what it charges and reverses, if not in that folder.")
    ] = None,
    tcp: Annotated[int, typer.Option(help="Listen on this TCP port of the host; 0 takes a free one.")] = 0,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    poi: Annotated[str, typer.Option(help="The terminal's model and serial number.")] = "V400m-123456789",
    control: ControlPort = 0,
) -> None:
    """Stand in for a payment terminal that speaks nexo, over HTTPS with a certificate of its own.

    Prints one JSON line with address, root certificate, passphrase file and journal when ready. Control commands:
    approve, decline [decline|cancel|wrong-pin|bad-card|host-away], partial, busy on|off, slow SECONDS, print none|ok|
    out, signature|plant|reverses|remembers|keeps on|off; for the next payment or reversal drop before|after, restart
    before|after, lose-completion, twice, replay, half, garbage, empty, error, wrong-hmac, wrong-header, reject; for
    everything garbage|silent|chunked on|off, late SECONDS; unplug, plug, power-cycle, sum, journal, status.
    """
    terminal = NexoSimulator(state, poi_id=poi, host=host, port=tcp, journal=journal)
    url = f"nexo+https://{{}}{terminal.query}"
    asyncio.run(_run("nexo-terminal", terminal, ControlServer(terminal.command, port=control), url, terminal.status))


@simulate.command("lockers")
def simulate_lockers(  # noqa: PLR0917 - typer tells options apart by their annotations
    board: Annotated[SimulatedBoard, typer.Argument(help="Which boards it has.")],
    wiring: Annotated[Path, typer.Option(help="Where its wiring is written, which a driver needs.")],
    tcp: Tcp = None,
    link: Link = None,
    boards: Annotated[int, typer.Option(help="How many boards.", min=1, max=16)] = 1,
    locks: Annotated[int, typer.Option(help="Locks of each board.", min=1, max=16)] = 16,
    *,
    springs: Annotated[bool, typer.Option(help="Doors come open by themselves; else people pull them.")] = True,
    inverted: Annotated[
        bool, typer.Option(help="Inputs say the opposite of what these boards are delivered with.")
    ] = False,
    by_lock: Annotated[bool, typer.Option(help="Winnsen: boards that are asked for one door at a time.")] = False,
    control: ControlPort = 0,
) -> None:
    """Stand in for a cabinet of lockers, over a pseudo-terminal, or over TCP with --tcp.

    Prints one JSON line with the address when ready. Compartments are BOARD-LOCK, counted from 1. Control commands:
    pull, pry, close, put, take COMPARTMENT, jam COMPARTMENT on|off, stick door COMPARTMENT open|shut|off, stick item
    COMPARTMENT present|absent|off, cross COMPARTMENT COMPARTMENT (the second opens instead of the first), power on|off;
    silent|garbage|duplicate|echo on|off, stray HEX|off (before each answer), lost|half|spoilt COUNT (answers), late
    SECONDS, unplug, plug, power-cycle, pulses, status. Winnsen: cooldown SECONDS (of a lock, after each pulse).
    """
    cabinet = Cabinet(boards, locks, springs=springs)
    try:
        simulator = simulator_of(
            board, _line(tcp, link), cabinet, over_tcp=tcp is not None, inverted=inverted, by_lock=by_lock
        )
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--boards") from error
    try:
        save_wiring(wiring, simulator.wiring())
    except PeripheralError as error:
        raise typer.BadParameter(str(error), param_hint="--wiring") from error
    url = f"{board}+{'serial' if tcp is None else 'tcp'}://{{}}?wiring={quote(str(wiring.absolute()))}"
    asyncio.run(_run("lockers", simulator, ControlServer(simulator.command, port=control), url))


@mrz.command("parse")
def parse_mrz() -> None:
    """Read zones from standard input, a blank line between two where their length does not tell them apart.

    Prints one JSON object a document. Exit code 1 where none could be parsed.
    """
    parsed = 0
    for lines in _documents(sys.stdin.buffer.read(1 << 24).decode("ascii", "replace")):
        try:
            zone = parse("".join(lines).replace("\ufffd", "?"))
        except MrzError as error:
            answer: dict[str, object] = {"format": None, "valid": False, "checks": {}, "fields": {}}
            answer |= {"error": error.code, **error.placeholders}
        else:
            answer = zone.to_dict()
            parsed += 1
        _print(answer, as_json=True)
    raise typer.Exit(0 if parsed else 1)


def _documents(text: str) -> Iterator[list[str]]:
    """Part lines into documents: by blank lines, and within a block by the line counts of the formats."""
    block: list[str] = []
    for line in [*(line.strip() for line in text.splitlines()), ""]:
        if line:
            block.append(line)
        else:
            yield from _parts(block)
            block = []


def _parts(block: list[str]) -> Iterator[list[str]]:
    while block:
        length = len(block[0])
        count = 1 if length in LENGTHS else LINES.get(length, len(block))
        if any(len(line) != length for line in block[:count]):
            count = len(block)
        yield block[:count]
        block = block[count:]


class _Simulator(Protocol):
    @property
    def address(self) -> str: ...
    async def start(self) -> None: ...
    async def stop(self) -> None: ...


async def _run(
    kind: str,
    simulator: _Simulator,
    channel: ControlServer,
    url: str,
    status: Callable[[], dict[str, object]] = dict,
) -> None:
    """Run a simulator until the process is told to end; ``status`` gives what else to say when ready."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await simulator.start()
    await channel.start()
    address = simulator.address
    _report({"ready": kind, "url": url.format(address), "address": address, "control": channel.address} | status())
    await ended.wait()
    await channel.stop()
    await simulator.stop()


def _line(tcp: int | None, link: Path | None) -> SimulatedLine:
    return TcpLine(port=tcp) if tcp is not None else PtyLine(link)


def _report(message: dict[str, object]) -> None:
    _print(message, as_json=True)


def _print(message: Mapping[str, object], as_json: bool) -> None:
    if as_json:
        print(json.dumps(message), flush=True)
    else:
        print("  ".join(f"{key}: {value}" for key, value in message.items()), flush=True)
