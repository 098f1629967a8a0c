"""``peripherals lockers serve`` and ``enrol``: with what they do not begin. What they do is tested with the server."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.peripherals.lockers.orders import BANK, PUBLIC
from tests.peripherals.test_cli import COMMAND


def settings(folder: Path, url: str, more: str = "") -> Path:
    file = folder / "lockers.toml"
    file.write_text(f'[devices]\nlockers = "{url}"\n{more}')
    return file


def enrolled(data: Path, mode: int = 0o600, **changes: str) -> Path:
    """Lay an identity into a data folder, as enrolment does."""
    data.mkdir(exist_ok=True)
    known = {"server": "http://127.0.0.1:9", "token": "t", "device": BANK, "centre": "demo", "name": "Bank 1"}
    (data / "device.json").write_text(json.dumps(known | {"order_key": PUBLIC} | changes))
    (data / "device.json").chmod(mode)
    return data


@pytest.mark.parametrize(
    ("more", "section", "key"),
    [
        ("[link]\nbeat_s = 0\n", "link", "beat_s"),
        ("[link]\ncolour = 1\n", "link", "colour"),
        ("[times]\nalarm_s = 5\n", "times", "alarm_s"),
        ("[agent]\nport = 1\n", "agent", ""),
    ],
)
def test_settings_that_cannot_be_used(more: str, section: str, key: str, tmp_path: Path) -> None:
    file = settings(tmp_path, "kerong+serial:///dev/none?wiring=none", more)
    answer = refused(file, enrolled(tmp_path / "data"))
    assert (answer["error"], answer["section"], answer["key"]) == ("locker-settings", section, key)


@pytest.mark.parametrize(
    ("url", "code"), [("manual:", "locker-settings"), ("kerong+serial:///dev/none?wiring=none", "locker-wiring")]
)
def test_devices_that_are_no_bank(url: str, code: str, tmp_path: Path) -> None:
    assert refused(settings(tmp_path, url), enrolled(tmp_path / "data"))["error"] == code


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (None, "not-enrolled"),
        ({"order_key": "abc"}, "order-key"),
        ({"mode": 0o644}, "others could read it"),
    ],
)
def test_who_does_not_know_who_it_is_opens_nothing(
    changes: dict[str, object] | None, reason: str, tmp_path: Path
) -> None:
    data = tmp_path / "data" if changes is None else enrolled(tmp_path / "data", **changes)  # type: ignore[arg-type]
    wiring = tmp_path / "wiring.toml"
    wiring.write_text('[[compartment]]\nname = "A1"\nboard = 0\nlock = 1\ndoor = 1\n')
    answer = refused(settings(tmp_path, f"kerong+serial:///dev/none?wiring={wiring}"), data)
    assert (answer["error"], answer["reason"]) == ("locker-identity", reason)


def test_nobody_is_enrolled_at_a_server_that_is_away(tmp_path: Path) -> None:
    given = ["--code", "12345678", "--server", "http://127.0.0.1:9", "--data", str(tmp_path / "data")]
    done = run("lockers", "enrol", *given)
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["error"], answer["reason"]) == (2, "locker-identity", "server-unreachable")


def refused(file: Path, data: Path) -> dict[str, str]:
    done = run("lockers", "serve", "--data", str(data), "--settings", str(file))
    assert done.returncode == 2, done
    answer: dict[str, str] = json.loads(done.stdout)
    return answer


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=120, check=False)
