"""The technician's PIN: few tries, growing waits, and none of it forgotten by a restart."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.errors import DataError, PinError
from kiosk.settings import TechnicianSettings
from kiosk.store.data import DataFolder
from kiosk.store.uptime import Moment, moment
from kiosk.technician import pin

SETTINGS = TechnicianSettings(pin_tries=3, pin_wait_s=30, pin_wait_max_s=200)


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path)
    pin.set_pin(folder, "402871")
    return folder


def kept(data: DataFolder) -> pin.PinKept:
    found = data.read("pin.json", pin.PinKept)
    assert found is not None
    return found


def waited(data: DataFolder, seconds: float) -> None:
    """Let the last wrong try be so many seconds ago."""
    now = kept(data)
    assert now.since is not None
    data.write("pin.json", replace(now, since=replace(now.since, seconds=now.since.seconds - seconds)))


def test_the_right_one_is_taken_and_no_digit_is_kept(data: DataFolder, tmp_path: Path) -> None:
    assert pin.known(data)
    assert pin.check(data, SETTINGS, "402871") == (True, 0)
    file = tmp_path / "pin.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"402871" not in file.read_bytes()


@pytest.mark.fresh
def test_it_is_kept_as_strong_as_a_password(data: DataFolder) -> None:
    assert kept(data).hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert pin.check(data, SETTINGS, "402871") == (True, 0)
    assert pin.check(data, SETTINGS, "402872") == (False, 0)


def test_without_a_pin_none_is_right(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    assert not pin.known(data)
    assert pin.check(data, SETTINGS, "000000") == (False, 0)


def test_waits_grow_up_to_a_limit_and_the_right_one_waits_too(data: DataFolder) -> None:
    answers = []
    for _ in range(7):
        answers.append(pin.check(data, SETTINGS, "000000"))
        waited(data, answers[-1][1])
    assert answers == [(False, wait) for wait in (0, 0, 30, 60, 120, 200, 200)]
    pin.check(data, SETTINGS, "000000")
    right, left = pin.check(data, SETTINGS, "402871")
    assert not right
    assert 198 <= left <= 200
    waited(data, 200)
    assert pin.check(data, SETTINGS, "402871") == (True, 0)
    assert kept(data).wrong == 0


def test_a_restart_of_the_machine_begins_the_wait_anew(data: DataFolder) -> None:
    for _ in range(3):
        pin.check(data, SETTINGS, "000000")
    # It is not known how long it was off, so that counts for nothing.
    data.write("pin.json", replace(kept(data), since=Moment("another start", 9e9), wait_s=moment().seconds + 60))
    right, left = pin.check(data, SETTINGS, "402871")
    assert not right
    assert 58 <= left <= 60
    data.write("pin.json", replace(kept(data), wait_s=moment().seconds - 1))
    assert pin.check(data, SETTINGS, "402871") == (True, 0)


def test_a_try_counts_before_it_is_looked_at(data: DataFolder, tmp_path: Path) -> None:
    """A disk that takes no more gives no free tries."""
    (tmp_path / ".pin.json.new").mkdir()
    with pytest.raises(DataError):
        pin.check(data, SETTINGS, "402871")


def test_a_damaged_hash_lets_nobody_in(data: DataFolder) -> None:
    data.write("pin.json", pin.PinKept("no hash"))
    with pytest.raises(DataError):
        pin.check(data, SETTINGS, "402871")


@pytest.mark.parametrize("wrong", ["", "12345", "1234567", "12345a", " 12345", "١٢٣٤٥٦", "12345\n"])
def test_a_pin_is_six_digits(data: DataFolder, wrong: str) -> None:
    with pytest.raises(PinError):
        pin.set_pin(data, wrong)
    assert pin.check(data, SETTINGS, "402871") == (True, 0)


@given(st.integers(1, 20), st.integers(1, 3600), st.integers(1, 3600), st.integers(0, 10_000))
def test_a_wait_is_within_its_bounds_and_never_shrinks(tries: int, first: int, most: int, wrong: int) -> None:
    settings = TechnicianSettings(pin_tries=tries, pin_wait_s=first, pin_wait_max_s=most)
    wait, next_wait = pin._wait(settings, wrong), pin._wait(settings, wrong + 1)
    assert 0 <= wait <= next_wait <= most
    assert (wait == 0) == (wrong < tries)
