"""``queue-server simulate`` as it is typed: on a file, on a stored catalogue, and on days that a server has had."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.queue.events import DayClosed
from tests.queue_server.appointments.booked import SetClock
from tests.queue_server.house import QUICK, Client, House, house
from tests.queue_server.simulation.town import DEMAND, TOWN

EXAMPLE = ("simulate", "policies", "--catalogue", TOWN, "--demand", DEMAND, "--day", "2026-12-01", "--days", "1")
#: Eight in the morning of a Tuesday, by the centre's clock.
OPENS = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
WORKED = ((0, 9), (2, 5), (4, 7))


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let the commands block: each has a loop of its own."""


def run(*words: str | Path, status: int = 0) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == status, (result.output, result.exception)
    return result.output


def test_one_load_and_one_policy_as_json_and_as_a_picture(tmp_path: Path) -> None:
    drawn = tmp_path / "chart.svg"
    words = (*EXAMPLE, "--load", "0.9", "--policy", "first-come", "--chart", drawn, "--json")
    (row,) = json.loads(run(*words))
    assert (row["policy"], row["load"], row["days"]) == ("first-come", 0.9, 1)
    assert 400 < row["visits"] < 600
    assert row["waits"]["walk-in"]["p50"] <= row["waits"]["walk-in"]["p95"] <= row["waits"]["walk-in"]["longest"]
    assert ET.parse(drawn).getroot().tag.endswith("svg")  # noqa: S314 - it is our own
    assert [row] == json.loads(run(*words)), "the same seed is the same day"
    assert [row] != json.loads(run(*words, "--seed", "2"))


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("--catalogue", TOWN), 2, "--demand, --arrivals"),
        (("--catalogue", TOWN, "--demand", DEMAND), 2, "--day"),
        (("--demand", DEMAND, "--day", "2026-12-01"), 2, "--catalogue"),
        (("--catalogue", TOWN, "--demand", DEMAND, "--day", "2026-12-05"), 1, "nobody-serves"),
        (("--catalogue", TOWN, "--demand", TOWN, "--day", "2026-12-01"), 1, "demand-invalid"),
        (("--catalogue", DEMAND, "--demand", DEMAND, "--day", "2026-12-01"), 1, "catalogue-invalid"),
        (("--catalogue", TOWN, "--arrivals", DEMAND), 1, "arrivals-invalid"),
        (("--catalogue", "/nowhere", "--arrivals", DEMAND), 1, "file-unusable"),
    ],
)
def test_what_is_wrong_is_said(words: tuple[str | Path, ...], status: int, told: str) -> None:
    result = CliRunner().invoke(app, ["simulate", "policies", *map(str, words)], env={"CONSULAR_DATA": ""})
    assert result.exit_code == status, result.output
    assert told in " ".join(result.output.replace("│", " ").split())


def test_arrivals_of_a_file_are_played_as_they_were_or_busier(tmp_path: Path) -> None:
    file = tmp_path / "arrivals.csv"
    file.write_text("day,arrived,services,minutes\n2026-12-01,08:00,record,5\n2026-12-01,08:01,record,5\n", "utf-8")
    words = ("simulate", "policies", "--catalogue", TOWN, "--arrivals", file, "--policy", "earliest-due", "--json")
    (as_it_was,) = json.loads(run(*words))
    assert (as_it_was["visits"], as_it_was["in_time"], as_it_was["not_served"]) == (2, 1, 0)
    assert 0 < as_it_was["load"] < 0.01
    (busier,) = json.loads(run(*words, "--load", "1.5"))
    assert (busier["load"], busier["visits"]) == (1.5, 2)


def test_forecasts_are_judged_on_the_last_days_of_a_file(tmp_path: Path) -> None:
    """Three days of 120 visits, one every two minutes, which is too many: two teach, and the third is judged."""
    file = tmp_path / "arrivals.csv"
    lines = [
        f"2026-12-0{day},{8 + number // 30:02}:{number % 30 * 2:02},record,{20 + (number * 7 + day) % 9}"
        for day in (1, 2, 3)
        for number in range(120)
    ]
    file.write_text("\n".join(["day,arrived,services,minutes", *lines, ""]), "utf-8")
    words = ("simulate", "waits", "--catalogue", TOWN, "--arrivals", file, "--every", "1", "--judged")
    found = json.loads(run(*words, "1", "--json"))
    assert found["asked"] == 120
    assert len(found["backlogs"]) == 1
    assert found["waits"]["first call"]["error"] < found["waits"]["first call"]["mean_error"]
    assert "| first call | " in run(*words, "1")
    assert "days-too-few" in run(*words, "2", status=1)


async def ask(client: Client, path: str, body: object | None = None) -> None:
    answer = await client.post(f"/centres/town/{path}", body or {})
    assert answer.status in {200, 201}, answer


async def worked_day(data: Path) -> None:
    """Let a server have a day: copies of a record at one counter, nine, five and seven minutes, one after the other."""
    clock = SetClock(OPENS - timedelta(hours=1))
    async with house(data, QUICK, clock) as here:
        await work(here, clock)
        clock.now = OPENS + timedelta(days=1)
        # It ends by itself, once the server looks at its clock.
        async with asyncio.timeout(60):
            while DayClosed.type not in await types(here):  # noqa: ASYNC110 - what is waited for lies in another task
                await asyncio.sleep(0.05)


async def types(here: House) -> list[str]:
    return [event.type for event in await here.server.log.read("queue/town/2026-12-01")]


async def work(here: House, clock: SetClock) -> None:
    kiosk, _ = await here.device("kiosk", centre="town")
    counters, _ = await here.device("integration", "counter", centre="town")
    clock.now = OPENS
    await ask(counters, "counters/p1/open")
    wanted = {"services": ["record"], "category": "walk-in", "party_size": 1, "language": "en"}
    for _ in WORKED:
        await ask(kiosk, "visits", wanted)
        clock.pass_time(minutes=1)
    for _, minutes in WORKED:
        called = await counters.post("/centres/town/counters/p1/call-next", {})
        visit = {"visit": called.body["visit"]["id"]}
        clock.pass_time(seconds=30)
        await ask(counters, "counters/p1/start", visit)
        clock.pass_time(minutes=minutes)
        await ask(counters, "counters/p1/finish", visit)
    await ask(counters, "counters/p1/close")


def test_a_centres_own_day_is_played_again(tmp_path: Path) -> None:
    file, data = tmp_path / "town.toml", tmp_path / "data"
    text = TOWN.read_text("utf-8") + '\n[[counters]]\nid = "p1"\nname = "1"\nsteps = ["papers"]\n'
    file.write_text(text, "utf-8")
    run("init", "--data", data)
    run("import", file, "--data", data)
    words = ("simulate", "policies", "--data", data, "--centre", "town", "--past", "5", "--policy", "earliest-due")
    assert "no-past-days" in run(*words, status=1)
    asyncio.run(worked_day(data))
    (row,) = json.loads(run(*words, "--json"))
    assert (row["days"], row["visits"], row["in_time"], row["not_served"]) == (1, 3, 1, 0)
    # A counter that is free calls at once, which staff did only in minute 3: at 0, 9.5 and 15, who came at 0, 1 and 2.
    assert row["waits"]["walk-in"] == {"stops": 3, "p50": 8.5, "p95": 13, "longest": 13}
