"""A machine of QEMU that boots a disk by UEFI: with KVM where that works, else slowly, instruction by instruction."""

import base64
import contextlib
import functools
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

FIRMWARE: Final = Path("/usr/share/OVMF")
#: As long as a slow machine may need, in seconds: without KVM a start takes some minutes.
PATIENCE_S: Final = 3_600
#: What the machine's journal says comes out of its serial port; units of the image know nothing of that.
_TELLS: Final = """[Unit]
DefaultDependencies=no
After=systemd-journald.service
[Service]
ExecStart=/bin/sh -c 'exec journalctl -b -f -n all -o cat > /dev/ttyS0'
Restart=always
"""
#: Again and again, what waits for its neighbours (proc_pid_net(5)).
_LISTENS: Final = """[Unit]
DefaultDependencies=no
[Service]
WorkingDirectory=/proc/net
ExecStart=/bin/sh -c 'for one in tcp tcp6 udp udp6; do sed "s/^/listens $$one /" $$one; done; echo listens to the end'
Restart=always
RestartSec=20
"""
_WANTED: Final = "[Unit]\nWants=consular-tell.service consular-listens.service\n"
#: A line of the above: which protocol, the address here and its port (both hexadecimal), and the state of a TCP socket.
_SOCKET: Final = re.compile(
    r"^listens (tcp6?|udp6?) +\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F:]+ ([0-9A-F]{2}) ", re.MULTILINE
)
_TCP_LISTEN: Final = "0A"
_END: Final = "listens to the end"
#: What the firmware says when it looks for a system, and QEMU where KVM cannot go on; in how many seconds, at most.
_STARTED: Final = b"BdsDxe"
_STOPPED: Final = b"KVM internal error"
_FIRMWARE_S: Final = 60.0


@functools.cache
def acceleration() -> str:
    """Tell what a machine of QEMU can use here: "kvm" where a processor of it carries the firmware through, else "tcg".

    There are hosts whose KVM starts a machine and cannot go on with it at the first instruction for numbers.
    """
    firmware = f"if=pflash,format=raw,unit=0,readonly=on,file={FIRMWARE / 'OVMF_CODE_4M.fd'}"
    shown = ("-display", "none", "-monitor", "none", "-serial", "stdio")
    line = ("qemu-system-x86_64", "-accel", "kvm", "-cpu", "max", "-machine", "q35", "-nic", "none", "-drive", firmware)
    with subprocess.Popen(
        [*line, *shown], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as trial:
        limit = threading.Timer(_FIRMWARE_S, trial.kill)
        limit.start()
        try:
            assert trial.stdout is not None
            said = next((one for one in trial.stdout if _STARTED in one or _STOPPED in one), b"")
        finally:
            limit.cancel()
            trial.kill()
    return "kvm" if _STARTED in said else "tcg"


class VirtualMachine:
    """``folder`` holds its firmware's variables, its TPM and what its serial port said."""

    def __init__(self, folder: Path, disk: Path) -> None:
        self.folder = folder
        self.disk = disk
        self._sticks: list[Path] = []
        folder.mkdir()
        shutil.copyfile(FIRMWARE / "OVMF_VARS_4M.fd", folder / "vars.fd")
        (folder / "tpm").mkdir()

    @contextlib.contextmanager
    def running(self, sticks: Sequence[Path] = ()) -> Iterator["VirtualMachine"]:
        """Run it, with these disks beside its own, until the block is left; then its power is cut."""
        self.serial.unlink(missing_ok=True)
        control = self.folder / "tpm.sock"
        tpm = subprocess.Popen(
            [
                "swtpm",
                "socket",
                "--tpm2",
                "--tpmstate",
                f"dir={self.folder / 'tpm'}",
                "--ctrl",
                f"type=unixio,path={control}",
            ]
        )
        self.monitor.unlink(missing_ok=True)
        while not control.exists():
            time.sleep(0.05)
        machine = subprocess.Popen(self._line(control, sticks))
        try:
            yield self
        finally:
            machine.kill()
            machine.wait()
            tpm.terminate()
            tpm.wait()

    def _line(self, tpm: Path, sticks: Sequence[Path]) -> list[str]:
        units = {
            "systemd.extra-unit.consular-tell.service": _TELLS,
            "systemd.extra-unit.consular-listens.service": _LISTENS,
            "systemd.unit-dropin.sysinit.target": _WANTED,
        }
        told = [f"type=11,value=io.systemd.credential.binary:{name}={_coded(text)}" for name, text in units.items()]
        code, variables = FIRMWARE / "OVMF_CODE_4M.fd", self.folder / "vars.fd"
        return [
            "qemu-system-x86_64", "-accel", acceleration(), "-machine", "q35", "-cpu", "max", "-smp", "2", "-m", "2048",
            "-drive", f"if=pflash,format=raw,unit=0,readonly=on,file={code}",
            "-drive", f"if=pflash,format=raw,unit=1,file={variables}",
            "-drive", f"if=virtio,format=raw,file={self.disk}",
            "-device", "qemu-xhci", "-monitor", f"unix:{self.monitor},server=on,wait=off",
            *(part for number, stick in enumerate(sticks) for part in _plugged(number, stick)),
            "-chardev", f"socket,id=tpm,path={tpm}", "-tpmdev", "emulator,id=tpm,chardev=tpm",
            "-device", "tpm-tis,tpmdev=tpm", "-device", "virtio-vga", "-display", "none",
            "-nic", "user,model=virtio-net-pci,restrict=on", "-serial", f"file:{self.serial}",
            *(part for one in told for part in ("-smbios", one)),
        ]  # fmt: skip

    @property
    def serial(self) -> Path:
        return self.folder / "serial.log"

    @property
    def monitor(self) -> Path:
        return self.folder / "monitor.sock"

    def plug(self, stick: Path) -> None:
        """Put a stick into the machine that runs."""
        with socket.socket(socket.AF_UNIX) as monitor:
            monitor.connect(str(self.monitor))
            _, drive, _, device = _plugged(99, stick)
            monitor.sendall(f"drive_add 0 {drive}\ndevice_add {device}\n".encode())
            # What was not read to its end may not have been done.
            monitor.settimeout(5)
            with contextlib.suppress(TimeoutError):
                while monitor.recv(4096):
                    pass

    def listens(self) -> set[tuple[str, str, int]]:
        """Give what waited for others when it was told last: protocol, address (as the kernel writes it), port."""
        told = self.said().rpartition(_END)[0].rpartition(_END)[2]
        return {
            (protocol, address, int(port, 16))
            for protocol, address, port, state in _SOCKET.findall(told)
            if protocol.startswith("udp") or state == _TCP_LISTEN
        }

    def said(self) -> str:
        """Give what came out of its serial port since it was started."""
        return self.serial.read_text("utf-8", "replace") if self.serial.exists() else ""

    def wait_for(self, text: str, times: int = 1) -> None:
        """Wait until it has said so, so often.

        Raises:
            TimeoutError: it did not; the text is the end of what it said.
        """
        give_up = time.monotonic() + PATIENCE_S
        while self.said().count(text) < times:
            if time.monotonic() > give_up:
                raise TimeoutError(f"{text}: {self.said()[-4_000:]}")
            time.sleep(1)


def _plugged(number: int, stick: Path) -> tuple[str, ...]:
    drive = f"if=none,id=stick{number},format=raw,readonly=on,file={stick}"
    return "-drive", drive, "-device", f"usb-storage,drive=stick{number}"


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
