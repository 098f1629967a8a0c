from pathlib import Path

import pytest

from signage.errors import SignageSettingsError
from signage.quiet import parse
from signage.settings import SignageSettings, load


def read(tmp_path: Path, text: str) -> SignageSettings:
    file = tmp_path / "board.toml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def test_without_a_file_it_is_a_lobby_board_with_a_chime() -> None:
    settings = load(None)
    assert (settings.screen.counter, settings.player, settings.quiet) == ("", "aplay -q", ())


def test_a_screen_over_a_counter_is_silent_unless_it_is_told_otherwise(tmp_path: Path) -> None:
    assert read(tmp_path, '[screen]\ncounter = "3"').player == ""
    assert read(tmp_path, '[screen]\ncounter = "3"\n[sound]\nplayer = "aplay -D hw:1"').player == "aplay -D hw:1"


@pytest.mark.parametrize("sound", ['player = ""', 'player = " "', "volume = 0"])
def test_a_board_can_be_muted(tmp_path: Path, sound: str) -> None:
    assert read(tmp_path, f"[sound]\n{sound}").player == ""


def test_quiet_hours_are_read(tmp_path: Path) -> None:
    spans = read(tmp_path, '[sound]\nquiet = ["20:00-07:30", "12:00-13:00"]').quiet
    assert spans == (parse("20:00-07:30"), parse("12:00-13:00"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("call_seconds = 1", "call_seconds"),
        ("[screen]\ndistance_m = 99\ndiagonal_in = 43", "distance_m"),
        ("[screen]\ndistance_m = 6", "screen.distance_m"),
        ("[screen]\ndiagonal_in = 43", "screen.distance_m"),
        ('[screen]\nexit = "out"', "exit"),
        ("[screen]\nrotation = 45", "rotation"),
        ('[sound]\nquiet = ["8pm-7am"]', "sound.quiet"),
        ('[sound]\nplayer = "aplay \'q"', "sound.player"),
        ("[sound]\nvolume = 101", "volume"),
        ("[screen", "Expected"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(SignageSettingsError) as caught:
        read(tmp_path, text)
    assert named in str(caught.value.placeholders)
