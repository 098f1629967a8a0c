"""``peripherals emrtd read``, as its own process, from a simulated reader."""

import asyncio
import json
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.peripherals.test_cli import COMMAND, simulator, tell


async def read(*arguments: object) -> tuple[int | None, dict[str, Any], str]:
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "emrtd", "read", "--json", *map(str, arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    said, log = await process.communicate()
    return process.returncode, json.loads(said) if said else {}, log.decode()


async def test_a_genuine_document_and_a_copy_of_one(tmp_path: Path) -> None:
    trust, out = tmp_path / "trust", tmp_path / "out"
    async with simulator("passport", "--tcp", "0", "--profile", "identity-card", "--trust", str(trust)) as (ready, _):
        zone = "".join(ready["mrz"])
        common = ("--device", ready["url"], "--trust", trust)
        code, answer, log = await read(*common, "--mrz", zone, "--out", out, "--dg", 1, "--dg", 2)
        assert (code, answer["standing"]) == (0, "genuine")
        assert answer["access"]["protocol"] == "pace"
        assert answer["checks"]["printed"] == {"outcome": "passed", "reason": ""}
        assert {"EF.SOD", "EF.COM", "DG1", "DG2", "DG14", "DG15"} <= set(answer["bytes"])
        kept = await asyncio.to_thread(lambda: {path.stem: (path.stat(), path.read_bytes()) for path in out.iterdir()})
        assert {name: len(content) for name, (_, content) in kept.items()} == answer["bytes"]
        assert {stat.S_IMODE(about.st_mode) for about, _ in kept.values()} == {0o600}
        number = zone[5:14]
        assert number.encode() in kept["DG1"][1]
        assert number not in json.dumps(answer) + log

        code, answer, _ = await read(*common, "--can", ready["can"])
        assert (code, answer["standing"]) == (0, "face-unread")
        assert answer["checks"]["printed"]["reason"] == "printed-missing"
        assert "DG2" not in answer["bytes"]

        code, answer, _ = await read("--device", ready["url"], "--mrz", zone)
        assert (code, answer["standing"]) == (0, "issuer-unknown")

        await tell(ready["control"], "profile clone-chip")
        [copy] = await tell(ready["control"], "status")
        code, answer, _ = await read(*common, "--mrz", "".join(copy["mrz"]))
        assert (code, answer["standing"]) == (1, "refused")

        await tell(ready["control"], "remove")
        code, answer, _ = await read(*common, "--mrz", zone, "--wait", "0.1")
        assert (code, answer) == (2, {"error": "chip-absent", "reason": "nothing-there"})


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--can", "12345"), "chip-access-refused"),
        (("--mrz", "P<UTO"), "mrz-invalid"),
        (("--can", "123456", "--device", "mrz+serial:///dev/none"), "device-url-invalid"),
        (("--can", "123456", "--device", "emrtd+vpcd://127.0.0.1:1"), "device-not-connected"),
    ],
)
async def test_what_cannot_be_read(arguments: tuple[str, ...], error: str) -> None:
    code, answer, _ = await read(*(() if "--device" in arguments else ("--device", "emrtd+pcsc:///none")), *arguments)
    assert (code, answer["error"]) == (2, error)


def test_one_key_and_no_more() -> None:
    for keys in ((), ("--mrz", "P<UTO", "--can", "123456")):
        done = subprocess.run(
            [*COMMAND, "emrtd", "read", "--device", "emrtd+pcsc:///", *keys], capture_output=True, check=False
        )
        assert done.returncode == 2
        assert b"one of the two" in done.stderr
