"""The disk of a kiosk boots into the kiosk, is updated from a stick, and goes back where a release does not come up."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.installer.test_installed import built, clone_of
from tests.installer.virtual import VirtualMachine, acceleration

ROOT: Final = Path(__file__).parents[2]
BUILD: Final = ROOT / "installer" / "image" / "build"
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(os.geteuid() != 0, reason="the files of a root are root's"),
    pytest.mark.timeout(3 * 3600),
]
#: What the machine says of a slot that is well (RAUC), and what it has where it keeps things.
_WELL: Final = "rauc status: marked slot rootfs.{} as good"
_INSTALLS: Final = "Updating slot rootfs.0"
#: Addresses that only the machine itself reaches, as the kernel has them: 127.0.0.1, .53, .54 and ::1.
_LOOPBACK: Final = frozenset(("0100007F", "3500007F", "3600007F", "0" * 24 + "01000000"))
#: Where a machine waits for its address.
_DHCP: Final = frozenset((("udp", 68), ("udp6", 546)))
_DISK_BYTES: Final = 8 << 30


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: everything it looks at is another machine."""


class Releases:
    """A disk, and bundles that a certificate has signed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key, self.certificate = folder / "release.key", folder / "release.crt"
        self.make_certificate(self.key, self.certificate)
        packages = folder / "packages"
        built(packages, clone_of("HEAD", folder / "clone") / "installer" / "packages" / "build")
        signed = ("--certificate", self.certificate, "--key", self.key)
        subprocess.run([BUILD, "--packages", packages, *signed, "--out", folder / "image"], check=True)
        self.disk, self.bundle = folder / "image" / "consular-kiosk.raw", folder / "image" / "update.raucb"
        os.truncate(self.disk, _DISK_BYTES)

    def make_certificate(self, key: Path, certificate: Path) -> None:
        named = ("-subj", "/CN=Releases of kiosks", "-keyout", key, "-out", certificate)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", *named],
            check=True,
        )

    def that_does_not_come_up(self) -> Path:
        """Make a bundle of the same root, but that its kiosk ends at its settings."""
        work = self.folder / "broken"
        contents = work / "contents"
        work.mkdir()
        keyring = ("--keyring", self.certificate)
        subprocess.run(["rauc", *keyring, "extract", self.bundle, contents], check=True)
        root = contents / "root.squashfs"
        subprocess.run(["unsquashfs", "-quiet", "-no-progress", "-dest", work / "root", root], check=True)
        (work / "root/etc/consular/kiosk.toml").write_text("this is not TOML\n", "utf-8")
        about = work / "root/usr/lib/os-release"
        about.write_text(about.read_text("utf-8") + "IMAGE_VERSION=broken\n", "utf-8")
        root.unlink()
        subprocess.run(["mksquashfs", work / "root", root, "-comp", "gzip", "-quiet", "-no-progress"], check=True)
        manifest = contents / "manifest.raucm"
        # Sums of the image are those of the one before.
        lines = (line for line in manifest.read_text("utf-8").splitlines() if not line.startswith(("sha256=", "size=")))
        manifest.write_text("\n".join(lines) + "\n", "utf-8")
        made = self.folder / "broken.raucb"
        signed = ("--cert", self.certificate, "--key", self.key)
        subprocess.run(["rauc", *signed, "bundle", contents, made], check=True)
        shutil.rmtree(work)
        return made

    def stick(self, bundle: Path) -> Path:
        """Put a bundle onto a stick."""
        made = bundle.with_suffix(".stick")
        with made.open("wb") as stick:
            stick.truncate(bundle.stat().st_size + (64 << 20))
        held = self.folder / "held"
        held.mkdir()
        shutil.copyfile(bundle, held / "update.raucb")
        subprocess.run(["mkfs.ext4", "-q", "-L", "CONSULAR", "-d", held, made], check=True)
        shutil.rmtree(held)
        return made


@pytest.fixture(scope="module")
def releases() -> Iterator[Releases]:
    folder = Path(tempfile.mkdtemp(prefix="consular-image-", dir="/var/tmp"))
    print(f"machines run by {acceleration()}")
    yield Releases(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def machine(releases: Releases) -> VirtualMachine:
    return VirtualMachine(releases.folder / "machine", releases.disk)


def test_a_kiosk_boots_is_updated_and_goes_back(releases: Releases, machine: VirtualMachine) -> None:
    with machine.running():
        machine.wait_for(_WELL.format(0))
        listens = machine.listens()
        assert ("tcp", "3500007F", 53) in listens, "its own resolver is seen"
        assert {(protocol, port) for protocol, address, port in listens if address not in _LOOPBACK} <= _DHCP
    # Only this machine's chip opens what it keeps.
    assert b"LUKS" in kept_by(releases.disk)
    with machine.running([releases.stick(releases.bundle)]):
        machine.wait_for(_WELL.format(1))
    broken = releases.stick(releases.that_does_not_come_up())
    with machine.running([broken]):
        machine.wait_for("the kiosk of broken has not come up")
        machine.wait_for(_WELL.format(1), times=2)
        # It stays where it is and is not tried again; put in by hand it is.
        machine.wait_for("this release is there")
        installed = machine.said().count(_INSTALLS)
        machine.plug(broken)
        machine.wait_for(_INSTALLS, times=installed + 1)


def test_a_release_that_somebody_else_signed_is_not_installed(releases: Releases, machine: VirtualMachine) -> None:
    key, certificate = releases.folder / "other.key", releases.folder / "other.crt"
    releases.make_certificate(key, certificate)
    other = releases.folder / "other.raucb"
    signed = ("--cert", certificate, "--key", key, "--keyring", releases.certificate)
    subprocess.run(["rauc", *signed, "resign", "--signing-keyring", certificate, releases.bundle, other], check=True)
    with machine.running([releases.stick(other)]):
        machine.wait_for("signature verification failed")
        machine.wait_for("Failed to start consular-stick@")
        assert "Updating slot" not in machine.said()


def kept_by(disk: Path) -> bytes:
    """Give the beginning of the fourth partition: what a kiosk keeps."""
    lines = subprocess.run(["sfdisk", "--dump", disk], capture_output=True, text=True, check=True).stdout.splitlines()
    start = next(line for line in lines if 'name="var"' in line).partition("start=")[2].partition(",")[0]
    with disk.open("rb") as raw:
        raw.seek(int(start) * 512)
        return raw.read(16)
