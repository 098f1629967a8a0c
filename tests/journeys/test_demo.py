"""Whole visits, from the touch on the kiosk to the end at the counter: the demo is played and its word checked."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
#: On a machine that is busy with other things the demo takes its time; it ends by itself where something does not come.
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait: everything they look at is another process."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    # The tests of the screens hide the fonts of the machine from this process; Chromium does not start without any.
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    played = subprocess.run(
        [ROOT / "installer" / "demo", "--headless", "--out", folder],
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    return folder


@pytest.fixture
def summary(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return found


def test_every_visit_is_whole(summary: dict[str, Any]) -> None:
    visits = summary["visits"]
    assert summary["ok"] is True
    assert [visit["language"] for visit in visits] == ["en", "ar", "en", "en", "en"]
    assert len({visit["code"] for visit in visits}) == len({visit["id"] for visit in visits}) == 5
    for visit in visits:
        # Issued, then called, started, finished at every step; paid, it passes the cash desk; an application too.
        more = 2 * bool(visit.get("paid")) + bool(visit.get("application"))
        assert len(visit["seqs"]) == 1 + 3 * visit["steps"] + more
        assert f"{visit['code'][0]} {visit['code'][1:]}" in visit["board"]


def test_two_cashiers_give_a_fee_back(summary: dict[str, Any]) -> None:
    refund = summary["visits"][0]["refund"]
    assert refund["state"] == "done"
    assert refund["requested_by"] != refund["decided_by"] == refund["settled_by"]
    assert [visit.get("refund") for visit in summary["visits"][1:]] == [None] * 4


def test_paper_says_where_the_ticket_is(summary: dict[str, Any]) -> None:
    printed = [visit for visit in summary["visits"] if visit["qr"]]
    assert len(printed) == 3
    assert all("/t/" in visit["qr"] and visit["tap_to_paper_ms"] > 0 for visit in printed)
    assert len({visit["qr"] for visit in printed}) == 3


def test_a_passport_goes_from_hand_to_hand(summary: dict[str, Any], out: Path) -> None:
    went = summary["custody"]
    assert (went["state"], went["verify"]["ok"]) == ("Handed over", True)
    assert (went["verify"]["items"], went["verify"]["bags"]) == (1, 2)
    # What it is, and for which government, a letter never says.
    (letter,) = (out / "mail").glob("*.txt")
    text = letter.read_text(encoding="utf-8")
    assert went["letter"] in text
    assert "somebody@example.org" in text
    assert not any(word in text for word in ("assport", "Utopia"))
    assert (out / went["receipt"]).exists()


def test_the_log_of_the_day_verifies(summary: dict[str, Any]) -> None:
    assert summary["verify"]["ok"] is True
    assert summary["verify"]["events"] > sum(len(visit["seqs"]) for visit in summary["visits"])


def test_every_page_was_seen(out: Path) -> None:
    seen = {picture.name for picture in out.glob("*.png")}
    wanted = {
        *(f"kiosk-{page}-en.png" for page in ("language", "identify", "kind", "service", "confirm")),
        *(f"kiosk-{page}-ar.png" for page in ("identify", "government", "kind", "service", "confirm", "ticket")),
        *(f"kiosk-government-ar-{mode}.png" for mode in ("large", "contrast", "lowered")),
        *("kiosk-ticket-en.png", "kiosk-ticket-none-en.png", "kiosk-help-en.png", "kiosk-idle-en.png"),
        *(
            "kiosk-fee-en.png",
            "kiosk-pay-en.png",
            "kiosk-paid-en.png",
            "kiosk-chip-en.png",
            "kiosk-status-en.png",
            "kiosk-emergency-en.png",
        ),
        *(f"kiosk-{page}-en.png" for page in ("collect", "findings", "locker", "collected")),
        *(f"web-custody-{page}-en.png" for page in ("handed-in", "bag", "lockers", "handed-over")),
        *(f"web-{page}-en.png" for page in ("sign-in", "idle", "called", "serving", "offline", "help", "ticket")),
        *("web-idle-ar.png", "web-reception-en.png", "web-manager-en.png"),
    }
    assert not wanted - seen
    for screen in ("board", "counter"):
        for page in ("called", "offline", "emergency"):
            # A board turns its languages on its own: which one it showed is chance.
            assert any(name.startswith(f"sign-{screen}-{page}-") for name in seen)
    for name in seen:
        with Image.open(out / name) as picture:
            assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 1, f"{name} is blank"
