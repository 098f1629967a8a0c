"""The virtual card, against a reader of the test's own and against the real pcscd."""

import contextlib
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from peripherals.documents.passport.chip import SimulatedChip
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.passport.vpcd import ATR, VirtualCard
from tests.peripherals.passport.pcscd import Client, PcscError, virtual_reader

AT = datetime(2026, 11, 26, tzinfo=UTC)
SELECT = bytes.fromhex("00A4040C07A0000002471001")
CHALLENGE = bytes.fromhex("0084000008")
#: A read in extended form, which an even T=1 reader of today passes on.
READ = bytes.fromhex("00B08000") + bytes.fromhex("000800")


def specimen(name: str = "open") -> Specimen:
    return build(PROFILES[name], AT, 1)


class Reader:
    """What vpcd is to its card, in the words of its wire protocol."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._peer: socket.socket | None = None

    def accept(self) -> None:
        self.hang_up()
        self._peer, _ = self._server.accept()
        self._peer.settimeout(10)

    def send(self, message: bytes) -> None:
        assert self._peer is not None
        self._peer.sendall(len(message).to_bytes(2) + message)

    def receive(self) -> bytes:
        """Receive one message; nothing where the card has gone."""
        assert self._peer is not None
        head = self._peer.recv(2, socket.MSG_WAITALL)
        return self._peer.recv(int.from_bytes(head), socket.MSG_WAITALL) if head else b""

    def ask(self, message: bytes) -> bytes:
        self.send(message)
        return self.receive()

    def hang_up(self) -> None:
        if self._peer is not None:
            self._peer.close()

    def close(self) -> None:
        self.hang_up()
        self._server.close()


@pytest.fixture
def reader() -> Iterator[Reader]:
    with contextlib.closing(Reader()) as made:
        yield made


@contextlib.contextmanager
def inserted(reader: Reader, chip: SimulatedChip) -> Iterator[VirtualCard]:
    card = VirtualCard(chip, port=reader.port)
    card.insert()
    reader.accept()
    yield card
    card.remove()


def test_the_card_answers_controls_and_commands(reader: Reader) -> None:
    with inserted(reader, specimen().chip) as card:
        reader.send(b"\x01")
        reader.send(b"\x02")
        assert reader.ask(b"\x04") == ATR
        assert reader.ask(SELECT) == b"\x90\x00"
        # Powering up forgets the selection.
        assert reader.ask(bytes.fromhex("00A4020C020101")) == b"\x90\x00"
        reader.send(b"\x01")
        assert reader.ask(bytes.fromhex("00A4020C020101")) == b"\x6a\x82"
        assert card.exchanges == 3


def test_extended_commands_and_answers_pass(reader: Reader) -> None:
    with inserted(reader, specimen().chip):
        reader.ask(SELECT)
        reader.ask(bytes.fromhex("00A4020C020102"))
        answer = reader.ask(bytes.fromhex("00B00000001000"))
        assert (len(answer), answer[-2:]) == (0x1002, b"\x90\x00")


def test_the_card_is_there_while_the_connection_is(reader: Reader) -> None:
    with inserted(reader, specimen().chip) as card:
        card.remove()
        assert not card.inserted
        assert reader.receive() == b""
        card.insert()
        reader.accept()
        assert reader.ask(b"\x04") == ATR


def test_another_card_takes_the_place_of_the_one_before(reader: Reader) -> None:
    with inserted(reader, specimen().chip) as card:
        reader.ask(SELECT)
        card.insert(specimen("basic").chip)
        reader.accept()
        reader.ask(SELECT)
        assert len(reader.ask(CHALLENGE)) == 10


def test_a_reader_that_goes_away_takes_the_card_out(reader: Reader) -> None:
    with inserted(reader, specimen().chip) as card:
        thread = card._thread
        assert thread is not None
        reader.hang_up()
        thread.join(10)
        assert not card.inserted


def test_a_card_that_is_taken_away_in_the_middle(reader: Reader) -> None:
    card = VirtualCard(specimen().chip, port=reader.port)
    card.removed_after = 2
    card.insert()
    reader.accept()
    assert [reader.ask(SELECT), reader.ask(SELECT), reader.ask(SELECT)] == [b"\x90\x00", b"\x90\x00", b""]
    card.remove()


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(OSError, match="refused"):
        VirtualCard(specimen().chip, port=port).insert()


@pytest.fixture(scope="module")
def pcscd_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with virtual_reader(tmp_path_factory.mktemp("reader")) as port:
        yield port


@pytest.fixture
def client(pcscd_port: int) -> Iterator[Client]:
    assert pcscd_port
    with contextlib.closing(Client()) as made:
        yield made


def test_pcscd_sees_the_card_come_and_go(pcscd_port: int, client: Client) -> None:
    card = VirtualCard(specimen("basic").chip, port=pcscd_port)
    client.wait(present=False)
    card.insert()
    client.wait(present=True)
    assert client.connect() == ATR
    assert client.transmit(SELECT) == b"\x90\x00"
    assert len(client.transmit(CHALLENGE)) == 10
    card.remove()
    with pytest.raises(PcscError):
        client.transmit(CHALLENGE)
    client.disconnect()
    client.wait(present=False)
    card.insert()
    client.wait(present=True)
    client.connect()
    # The new card knows nothing of what was selected before.
    assert client.transmit(bytes.fromhex("00A4020C020101")) == b"\x6a\x82"
    client.disconnect()
    card.remove()


def test_a_whole_picture_passes_through_pcscd(pcscd_port: int, client: Client) -> None:
    document = specimen()
    card = VirtualCard(document.chip, port=pcscd_port)
    client.wait(present=False)
    card.insert()
    client.wait(present=True)
    client.connect()
    client.transmit(SELECT)
    client.transmit(bytes.fromhex("00A4020C020102"))
    read = bytearray()
    while len(read) < len(document.groups[2]):
        answer = client.transmit(bytes.fromhex("00B0") + len(read).to_bytes(2) + bytes.fromhex("000400"))
        assert answer[-2:] == b"\x90\x00"
        read += answer[:-2]
    assert bytes(read) == document.groups[2]
    client.disconnect()
    card.remove()


def tell(address: str, *lines: str) -> list[dict[str, object]]:
    host, _, port = address.partition(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection, connection.makefile("rw") as channel:
        answers = []
        for line in lines:
            channel.write(line + "\n")
            channel.flush()
            answers.append(json.loads(channel.readline()))
    return answers


@contextlib.contextmanager
def simulated(*arguments: str) -> Iterator[dict[str, Any]]:
    """Run the simulator by its command; gives what it says when ready."""
    command = [sys.executable, "-c", "from peripherals.cli import app; app()", "simulate", "passport", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()
            ended = process.wait()
    assert ended == 0


def test_the_command_line_lays_a_passport_down(pcscd_port: int, client: Client, tmp_path: Path) -> None:
    client.wait(present=False)
    vpcd = f"127.0.0.1:{pcscd_port}"
    with simulated("--profile", "identity-card", "--vpcd", vpcd, "--trust", str(tmp_path)) as ready:
        assert ready["ready"] == "passport"
        assert (len(ready["mrz"]), len(ready["can"]), ready["inserted"]) == (3, 6, True)
        assert {path.name for path in tmp_path.iterdir()} >= {"authority-1.cer", "master-list.ml"}
        client.wait(present=True)
        assert client.connect() == ATR
        assert client.transmit(SELECT) == b"\x90\x00"
        client.disconnect()
        answers = tell(ready["control"], "remove", "profile linked", "insert", "profiles", "profile nope", "dance")
        assert [answer["ok"] for answer in answers] == [True, True, True, True, False, False]
        assert answers[1]["mrz"] != ready["mrz"]
        assert (tmp_path / "link-1.cer").exists()
        profiles = answers[3]["profiles"]
        assert isinstance(profiles, dict)
        assert set(profiles) == set(PROFILES)
        [changed] = tell(ready["control"], "profile basic")
        assert changed["inserted"]
        assert not (tmp_path / "link-1.cer").exists()
    client.wait(present=False)


def test_without_a_reader_the_simulator_waits_for_one(reader: Reader, tmp_path: Path) -> None:
    port = reader.port
    reader.close()
    with simulated("--vpcd", f"127.0.0.1:{port}", "--trust", str(tmp_path)) as ready:
        assert ready["inserted"] is False
        [refused] = tell(ready["control"], "insert")
        assert refused == {"ok": False, "error": f"no virtual reader listens at 127.0.0.1:{port}"}
        with socket.create_server(("127.0.0.1", port)) as server:
            [taken] = tell(ready["control"], "insert")
            assert taken["inserted"] is True
            server.accept()[0].close()
