"""``peripherals emrtd``: what it answers and how it ends."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from peripherals.documents.cli import emrtd
from peripherals.documents.passport import cms as make
from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm
from tests.peripherals.trust.material import AT, files_of, specimen, validity

COMMAND = (sys.executable, "-c", "from peripherals.cli import app; app()", "emrtd")
AUTHORITY = pki.make_authority(pki.UTOPIA, Algorithm(), validity(-3000), 0)
ELSEWHERE = pki.make_authority(pki.ELSEWHERE, Algorithm(), validity(-3000), 0)
LINKED = pki.make_authority(pki.UTOPIA, Algorithm(), validity(-3000), 0, "2")
LISTER = pki.issue_list_signer(AUTHORITY, Algorithm(), validity(), 0)
DATE = AT.date().isoformat()


def run(*arguments: object, code: int = 0) -> dict[str, Any]:
    done = CliRunner().invoke(emrtd, [*map(str, arguments), "--json"])
    assert (done.exit_code, done.stderr) == (code, "")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def written(folder: Path, files: dict[str, bytes]) -> dict[str, Path]:
    paths = {name: folder / f"{name}.bin" for name in files}
    for name, path in paths.items():
        path.write_bytes(files[name])
    return paths


@pytest.mark.parametrize(
    ("name", "code", "failed"),
    [
        ("ordinary", 0, {}),
        ("dg2-changed", 1, {"content": "dg2-changed", "face": "dg2-changed"}),
        ("signer-revoked", 1, {"revocation": "signer-revoked"}),
        ("authority-unknown", 1, {}),
    ],
)
def test_a_security_object_is_judged(name: str, code: int, failed: dict[str, str], tmp_path: Path) -> None:
    made = specimen(name)
    trust = tmp_path / "trust"
    made.trust.write(trust)
    paths = written(tmp_path, files_of(made))
    groups = [f"--dg={file.removeprefix('DG')}={path}" for file, path in paths.items() if file.startswith("DG")]
    answer = run(
        "verify-sod", paths["EF.SOD"], *groups, "--com", paths["EF.COM"], "--trust", trust, "--at", DATE, code=code
    )
    found = {check: told["reason"] for check, told in answer["checks"].items() if told["outcome"] == "failed"}
    assert found == failed
    assert answer["standing"] == ("refused" if failed else "issuer-unknown" if code else "unproved")
    assert answer["checks"]["signature"] == {"outcome": "passed", "reason": ""}


def test_it_is_judged_by_now_where_no_time_is_given(tmp_path: Path) -> None:
    made = specimen("document-expired")
    made.trust.write(tmp_path / "trust")
    paths = written(tmp_path, files_of(made))
    answer = run("verify-sod", paths["EF.SOD"], f"--dg=1={paths['DG1']}", "--trust", tmp_path / "trust", code=1)
    assert datetime.now(UTC) > AT - timedelta(days=20)
    assert answer["checks"]["expiry"] == {"outcome": "failed", "reason": "document-expired"}


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    sod = written(tmp_path, {"sod": b""})["sod"]
    answer = run("verify-sod", sod, "--trust", tmp_path / "missing", code=2)
    assert answer == {"error": "trust-invalid", "fault": "path-unreadable"}
    answer = run("verify-sod", tmp_path / "missing", "--trust", tmp_path, code=2)
    assert answer == {"error": "trust-invalid", "fault": "path-unreadable", "file": "missing"}
    answer = run("verify-sod", sod, "--trust", tmp_path, code=1)
    assert answer["checks"]["signature"] == {"outcome": "failed", "reason": "sod-malformed"}


@pytest.mark.parametrize("wrong", ["17=x", "0=x", "x", "1=", "²=x"])
def test_a_group_is_a_number_and_a_file(wrong: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(emrtd, ["verify-sod", "sod", "--dg", wrong, "--trust", str(tmp_path)])
    assert done.exit_code == 2
    assert "N=FILE" in done.output


def test_a_list_is_told(tmp_path: Path) -> None:
    unlinked = pki.link(ELSEWHERE, LINKED)
    listed = make.master_list([AUTHORITY.certificate, unlinked], LISTER, AUTHORITY.certificate, AT)
    path = written(tmp_path, {"list": listed})["list"]
    answer = run("trust-list", path, code=1)
    assert (answer["certificates"], answer["usable"], answer["signature"]) == (2, 1, "passed")
    assert (answer["country"], answer["states"], len(answer["unusable"])) == ("UT", ["UT"], 1)
    path.write_bytes(make.master_list([AUTHORITY.certificate], LISTER, AUTHORITY.certificate, AT))
    assert run("trust-list", path)["usable"] == 1
    path.write_bytes(listed[:-1] + bytes([listed[-1] ^ 1]))
    assert run("trust-list", path, code=2) == {"error": "trust-invalid", "fault": "list-signature-wrong"}


def test_what_is_trusted_is_brought_up_to_date(tmp_path: Path) -> None:
    trust = tmp_path / "trust"
    lists = [
        make.master_list(each, LISTER, AUTHORITY.certificate, AT + timedelta(days=day))
        for day, each in enumerate(([AUTHORITY.certificate, ELSEWHERE.certificate], [AUTHORITY.certificate]))
    ]
    paths = written(tmp_path, {"old": lists[0], "new": lists[1], "revoked": pki.revocation_list(AUTHORITY, [], AT)})
    answer = run("trust-update", paths["old"], paths["revoked"], "--trust", trust)
    assert sorted(each["country"] for each in answer["added"]) == ["UT", "ZZ"]
    assert (answer["revocation_lists"], answer["lists"][0]["first"]) == (1, True)
    answer = run("trust-update", paths["new"], "--trust", trust)
    assert (answer["added"], [each["country"] for each in answer["removed"]]) == ([], ["ZZ"])
    answer = run("trust-update", paths["old"], "--trust", trust, code=2)
    assert answer == {"error": "trust-invalid", "fault": "list-older", "file": "old.bin"}


def test_people_are_told_in_lines_by_a_process_of_its_own(tmp_path: Path) -> None:
    listed = make.master_list([AUTHORITY.certificate], LISTER, AUTHORITY.certificate, AT)
    path = written(tmp_path, {"list": listed})["list"]
    done = subprocess.run([*COMMAND, "trust-list", path], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.splitlines()[:3] == ["certificates: 1", "usable: 1", "signature: passed"]
