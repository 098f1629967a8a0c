"""Settings that a server gives: what may be set, where it counts, and what a device says of what it cannot take."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.settings import KioskSettings
from queue_server.contract.device_settings import (
    PROFILES,
    DeviceSettingError,
    PinHash,
    SettingsReport,
    WantedSettings,
    put_over,
    read_profile,
    refusal,
    settle,
)
from signage.settings import SignageSettings

WHOLE = {"kiosk": KioskSettings, "screen": SignageSettings}
SECTIONS = st.dictionaries(
    st.sampled_from("ab"), st.dictionaries(st.sampled_from("xyz"), st.integers(0, 3)), max_size=2
)
HASH = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQxMjM0$kZ1cRzvDXAlUqIOVHqA7vcbwPmT4jGNX7lVnqdHNcVE"


@pytest.mark.parametrize("kind", list(PROFILES))
def test_every_key_that_a_server_may_set_is_one_of_the_device_with_the_same_bounds(kind: str) -> None:
    """A profile that says everything changes everything that it says, and nothing else."""
    own = WHOLE[kind]()
    said = msgspec.to_builtins(PROFILES[kind]())
    assert settle(own, kind, said) == own  # type: ignore[arg-type] # one of the two
    machine = {
        f"{section}.{key}"
        for section, keys in msgspec.to_builtins(own).items()
        for key in keys
        if key not in said.get(section, {})
    }
    assert {one.partition(".")[0] for one in machine} == {
        "kiosk": {"devices", "documents", "screen"},
        "screen": {"screen", "sound"},
    }[kind]
    for one in machine:
        section, _, key = one.partition(".")
        with pytest.raises(DeviceSettingError) as refused:
            read_profile(kind, f"[{section}]\n{key} = 1\n")  # type: ignore[arg-type] # as above
        assert key in str(refused.value.placeholders) or section in str(refused.value.placeholders)


@pytest.mark.parametrize(
    ("kind", "text", "where"),
    [
        ("kiosk", "[journey]\nidle_s = 0", ("journey", "idle_s")),
        ("kiosk", "[journey]\nidle = 60", ("journey", "idle")),
        ("kiosk", "[link]\nrequest_s = 0.1", ("link", "request_s")),
        ("kiosk", '[devices]\nprinter = "escpos+tcp://10.0.0.7:9100"', ("devices", "")),
        ("kiosk", "[journey", ("", "")),
        ("kiosk", "[journey]\nidle_s = 2026-11-30", ("journey", "idle_s")),
        ("screen", '[sound]\nplayer = "rm"', ("sound", "player")),
        ("screen", '[sound]\nquiet = ["20:00-20:00"]', ("sound", "")),
        ("screen", '[screen]\ncounter = "3"', ("screen", "")),
    ],
)
def test_what_no_device_would_take_is_refused_and_named(kind: str, text: str, where: tuple[str, str]) -> None:
    with pytest.raises(DeviceSettingError) as refused:
        read_profile(kind, text)  # type: ignore[arg-type] # one of the two
    said = refused.value.placeholders
    named = (said["section"], said["key"])
    # An unknown section is named as a key is: it is unknown where sections stand.
    assert named == where
    assert said["wanted"]


@given(SECTIONS, SECTIONS)
def test_what_stands_above_counts_key_by_key(
    below: dict[str, dict[str, int]], above: dict[str, dict[str, int]]
) -> None:
    found = put_over(below, above)  # type: ignore[arg-type] # numbers
    for section in "ab":
        for key in "xyz":
            lower = below.get(section, {}).get(key)
            assert found.get(section, {}).get(key) == above.get(section, {}).get(key, lower)


@given(st.text(max_size=500), st.text(max_size=500))
def test_whatever_is_wrong_a_device_can_say_it(key: str, wanted: str) -> None:
    said = refusal(3, 4, DeviceSettingError(section="journey", key=key, wanted=wanted))
    assert msgspec.json.decode(msgspec.json.encode(said), type=SettingsReport) == said


def test_a_pin_is_a_hash_of_a_sane_size_and_shown_nowhere() -> None:
    settings = WantedSettings(2, pin=PinHash(2, HASH))
    assert msgspec.json.decode(msgspec.json.encode(settings), type=WantedSettings) == settings
    assert HASH not in repr(settings)
    for wrong in (HASH.replace("65536", "99999999"), HASH.replace("argon2id", "argon2i"), "482913", HASH + "\n"):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({"version": 1, "hash": wrong}, PinHash)
