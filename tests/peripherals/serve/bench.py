"""A desk as in use: the program beside the browser and simulated devices, each a process of its own."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from peripherals.serve.pairing import Pairings
from peripherals.serve.settings import load
from tests.ports import free_port

COMMAND = (sys.executable, "-c", "from peripherals.cli import app; app()")
#: How long one line of a process is waited for, in seconds.
_LONG_S = 60.0

SETTINGS = """
[agent]
origin = "{origin}"
port = {port}
heartbeat_s = 0.2
{agent}
[devices]
reader = "{reader}"
chip = "{chip}"
scanner = "{scanner}"
printer = "{printer}"

[documents]
trust = "{trust}"
trust_poll_s = 0.2
{documents}
"""


class Process:
    """A process that says one line of JSON when it is ready."""

    def __init__(self, *arguments: str, log: Path | None = None) -> None:
        with (log or Path("/dev/null")).open("ab") as file:
            self._process = subprocess.Popen(
                [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=file if log else None, text=True
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, arguments
        self.said: dict[str, Any] = json.loads(line)

    @property
    def pid(self) -> int:
        return self._process.pid

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        self._process.communicate(timeout=_LONG_S)


class Simulator(Process):
    """A simulated device, and the line on which it is told what to do."""

    def tell(self, line: str) -> dict[str, Any]:
        host, _, port = self.said["control"].partition(":")
        with socket.create_connection((host, int(port)), timeout=_LONG_S) as control, control.makefile("rw") as file:
            file.write(line + "\n")
            file.flush()
            answer: dict[str, Any] = json.loads(file.readline())
        return answer


class Devices:
    """Simulated devices, each a process, for as many desks in turn as like."""

    def __init__(self, folder: Path) -> None:
        self.trust, self.paper = folder / "trust", folder / "paper"
        self.trust.mkdir()
        self.passport = Simulator("simulate", "passport", "--tcp", "0", "--trust", str(self.trust))
        self.reader = Simulator("simulate", "mrz-reader", "--tcp", "0")
        self.scanner = Simulator("simulate", "scanner")
        self.printer = Simulator("simulate", "escpos-printer", "--out", str(self.paper), "--tcp", "0")

    def stop(self) -> None:
        for one in (self.passport, self.reader, self.scanner, self.printer):
            one.stop()

    def lay_down(self, profile: str = "ordinary", read_by: "Bench | None" = None) -> str:
        """Lay a document on both readers, once this desk knows whom to trust about it; gives its zone."""
        known = 0 if read_by is None else read_by.trust_read
        self.passport.tell(f"profile {profile}")
        until = time.monotonic() + _LONG_S
        while read_by is not None and read_by.trust_read == known:
            assert time.monotonic() < until
            time.sleep(0.02)
        lines: list[str] = self.passport.tell("status")["mrz"]
        self.passport.tell("insert")
        self.reader.tell("show " + " ".join(lines))
        return "".join(lines)


class Bench:
    """One desk, with no devices where none are given.

    ``origin`` is that of the pages, ``agent`` and ``documents`` are further settings.
    """

    def __init__(
        self,
        folder: Path,
        origin: str,
        devices: Devices | None = None,
        *,
        agent: str = "",
        documents: str = "",
        chip: str = "",
        port: int = 0,
    ) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._agent: Process | None = None
        self.data = folder / "desk"
        self.settings = folder / "desk.toml"
        self.settings.write_text(
            SETTINGS.format(
                origin=origin,
                port=self.port,
                agent=agent,
                documents=documents,
                reader=devices.reader.said["url"] if devices else "",
                chip=chip or (devices.passport.said["url"] if devices else ""),
                scanner=devices.scanner.said["url"] if devices else "",
                printer=devices.printer.said["url"] if devices else "",
                trust=devices.trust if devices else "",
            )
        )

    @property
    def trust_read(self) -> int:
        """Count how often the program has read whom to trust."""
        return self.log.read_text().count('"event": "trust"')

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self.stop()

    @property
    def agent(self) -> Process:
        assert self._agent is not None
        return self._agent

    @property
    def log(self) -> Path:
        return self.folder / "agent.log"

    def start(self) -> None:
        arguments = ("serve", "--data", str(self.data), "--settings", str(self.settings))
        self._agent = Process(*arguments, log=self.log)
        assert self._agent.said.get("ready") == "desk", self._agent.said

    def stop(self) -> None:
        agent, self._agent = self._agent, None
        if agent is not None:
            agent.stop()

    def desk(self, *arguments: str) -> list[dict[str, Any]]:
        """Run ``peripherals desk``; gives what it prints, a JSON object a line."""
        command = [*COMMAND, "desk", *arguments, "--data", str(self.data), "--settings", str(self.settings)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LONG_S, check=False)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def code(self) -> str:
        """Have a code made for pairing, as ``peripherals desk pair`` does it in a second."""
        return Pairings(self.data, load(self.settings).agent).offer(time.time())
