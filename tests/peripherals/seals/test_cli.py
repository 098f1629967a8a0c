"""``peripherals seal verify``, as its own process where it counts, and in this one elsewhere."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from typer.testing import CliRunner

from peripherals.documents.passport import pki
from peripherals.documents.seals.cli import seal
from tests.peripherals.seals import maker
from tests.peripherals.seals import worked_examples as examples

SIGNER = maker.make_signer()
COMMAND = (sys.executable, "-c", "from peripherals.cli import app; app()")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    trust = tmp_path / "trust"
    trust.mkdir()
    (trust / "authority.cer").write_bytes(maker.AUTHORITY.certificate)
    (trust / "revoked.crl").write_bytes(pki.revocation_list(maker.AUTHORITY, (), maker.TODAY))
    signers = tmp_path / "signers"
    signers.mkdir()
    (signers / "ts32.cer").write_bytes(SIGNER.certificate)
    (tmp_path / "seal.bin").write_bytes(maker.make_seal(SIGNER))
    (tmp_path / "zone.txt").write_text("\n".join(maker.RESIDENCE_PERMIT))
    return tmp_path


def run(*arguments: object) -> tuple[int, dict[str, Any]]:
    done = CliRunner().invoke(seal, ["verify", *map(str, arguments), "--json"])
    return done.exit_code, json.loads(done.stdout)


AT = ("--at", "2026-11-26T09:00:00")


def test_a_sound_seal(folder: Path) -> None:
    options = ("--trust", folder / "trust", "--signers", folder / "signers", "--zone", folder / "zone.txt", *AT)
    code, answer = run(folder / "seal.bin", *options)
    assert code == 0
    assert answer["standing"] == "unchanged"
    assert (answer["kind"], answer["document"], answer["issuer"]) == ("vds", "residence-permit", "UTO")
    assert answer["fields"] == {"zone": "".join(maker.RESIDENCE_PERMIT), "passport_number": "UFO001979"}
    assert answer["checks"]["printed"] == {"outcome": "passed", "reason": ""}
    assert answer["checks"]["issuing-state"]["outcome"] == "passed"


def test_signers_may_stand_in_the_folder_of_what_is_trusted(folder: Path) -> None:
    (folder / "signers" / "ts32.cer").rename(folder / "trust" / "ts32.cer")
    assert run(folder / "seal.bin", "--trust", folder / "trust", *AT)[0] == 0


def test_readable_and_not_verifiable_here(folder: Path) -> None:
    code, answer = run(folder / "seal.bin", *AT)
    assert (code, answer["standing"]) == (1, "issuer-unknown")
    assert answer["fields"]["passport_number"] == "UFO001979"


def test_a_picture_in_its_own_process(folder: Path) -> None:
    barcode = zxingcpp.create_barcode(examples.VISA, zxingcpp.BarcodeFormat.DataMatrix)
    buffer = io.BytesIO()
    Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=4, add_quiet_zones=True)).save(buffer, "JPEG")
    (folder / "visa.jpg").write_bytes(buffer.getvalue())
    command = [*COMMAND, "seal", "verify", str(folder / "visa.jpg"), "--at", "2020-02-01", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    # The annex was signed after this day, which only a forger does.
    assert answer["standing"] == "refused"
    assert answer["checks"]["validity"] == {"outcome": "failed", "reason": "signed-in-future"}
    assert answer["fields"]["duration_of_stay"] == "P160D"


def test_for_people(folder: Path) -> None:
    done = CliRunner().invoke(seal, ["verify", str(folder / "seal.bin"), *AT])
    lines = done.stdout.splitlines()
    assert "standing: issuer-unknown" in lines
    assert "signature: not-checked signer-missing" in lines
    assert "passport_number: UFO001979" in lines
    (folder / "seal.json").write_bytes(examples.VDS_NC)
    done = CliRunner().invoke(seal, ["verify", str(folder / "seal.json"), "--at", "2021-07-01"])
    assert "signature: passed" in done.stdout.splitlines()
    assert "uvci: U32870" in done.stdout.splitlines()


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("missing.bin",), {"error": "seal-invalid", "fault": "path-unreadable"}),
        (("zone.txt",), {"error": "seal-invalid", "fault": "magic"}),
        (("seal.bin", "--trust", "missing"), {"error": "trust-invalid", "fault": "path-unreadable"}),
        (("seal.bin", "--zone", "seal.bin"), {"error": "mrz-invalid", "part": "characters"}),
        (("seal.bin", "--zone", "trust/authority.cer"), {"error": "seal-invalid", "fault": "too-long"}),
    ],
)
def test_what_cannot_be_used(folder: Path, arguments: tuple[str, ...], wanted: dict[str, str]) -> None:
    paths = [each if each.startswith("--") else folder / each for each in arguments]
    assert run(*paths) == (2, wanted)
