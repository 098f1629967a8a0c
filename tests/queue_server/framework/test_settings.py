from pathlib import Path

import pytest

from queue_server.framework.settings import FeedSettings, SettingsError, load_settings, parse_settings
from tests.queue_server.house import KNOWN


def test_everything_has_a_default(tmp_path: Path) -> None:
    for name, kind in KNOWN.sections.items():
        assert load_settings(tmp_path, KNOWN.sections)[kind] == kind() == parse_settings("", KNOWN.sections)[kind], name


def test_what_is_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[feeds]\nheartbeat_ms = 700\n")
    assert load_settings(tmp_path, KNOWN.sections)[FeedSettings].heartbeat_ms == 700


@pytest.mark.parametrize(
    ("text", "section", "key"),
    [
        ("[http]\nbody_bytes = 5\n", "http", "body_bytes"),
        ("[http]\nbody_byte = 5000\n", "http", "body_byte"),
        ('[feeds]\nheartbeat_ms = "5 s"\n', "feeds", "heartbeat_ms"),
        ("[feeds]\nrevocation_poll_ms = 2000\n", "feeds", "revocation_poll_ms"),
        ('[http]\npublic_url = "https://a.example/path"\n', "http", "public_url"),
        ("[database]\nreaders = 0\n", "database", "readers"),
        ("[writer]\ntick_ms = 0\n", "writer", "tick_ms"),
        ("[accounts]\nenrol_tries = 0\n", "accounts", "enrol_tries"),
        ("[accounts]\ntouch_after_s = 91\n", "accounts", "hand_back_after_s"),
        ("[pages]\nsilence_ms = 1\n", "pages", "silence_ms"),
        ("[colour]\n", "colour", ""),
        ("http = 5\n", "http", ""),
        ("[http\n", "", ""),
    ],
)
def test_what_is_wrong_is_named_by_section_and_key(text: str, section: str, key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(text, KNOWN.sections)
    assert (caught.value.placeholders["section"], caught.value.placeholders["key"]) == (section, key)
    assert caught.value.placeholders["reason"]


def test_a_file_that_cannot_be_read_is_no_missing_one(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"\xff")
    with pytest.raises(SettingsError):
        load_settings(tmp_path, KNOWN.sections)
