"""The dashboard and the alarms for monitoring systems, tried by a reader of another hand: Prometheus's own promtool.

It parses what the server answers, and evaluates each expression over the series of a server that was scraped here: an
expression that names a metric or a label that does not exist comes to nothing, and fails.
"""

import asyncio
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
from prometheus_client.parser import text_string_to_metric_families

from queue_server.accounts.model import Role
from queue_server.web.organisation.settings import OrganisationSettings
from tests.queue_server.house import QUICK, TICKET, House, house

FILES: Final = Path(__file__).parents[4] / "installer" / "monitoring"
ALERTS: Final = FILES / "alerts.yml"
DASHBOARD: Final = json.loads((FILES / "grafana-dashboard.json").read_text())
ON: Final = QUICK.but(OrganisationSettings(snapshot_ms=0, metrics=True))
#: Where the trouble is that is arranged, and how the server is called.
CENTRE: Final = "demo"
INSTANCE: Final = "queue.centre.example:8443"
#: What is well may come to nothing: there is no trouble of that kind.
MAY_BE_EMPTY: Final = {"What ails the machines", "Work that is not done"}

pytestmark = pytest.mark.skipif(
    shutil.which("promtool") is None, reason="promtool is not installed: installer/setup tests"
)


def promtool(*arguments: str | Path, text: str = "") -> str:
    ran = subprocess.run(["promtool", *arguments], input=text, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


async def troubled(here: House) -> str:
    """Let six people wait for nobody, and one call for help; read the figures then."""
    kiosk = await here.kiosk()
    desk, _ = await here.staff(Role.COUNTER, "1")
    assert (await kiosk.post("/centres/demo/visits", TICKET)).status == 201
    for verb in ("open", "call-next", "start", "finish", "close"):
        assert (await desk.post(f"/centres/demo/counters/1/{verb}")).status == 200
    for _ in range(6):
        assert (await kiosk.post("/centres/demo/visits", TICKET)).status == 201
    assert (await kiosk.post("/centres/demo/help", {"kind": "help"})).status == 200
    async with here.http.get(f"{here.address}/metrics") as answer:
        return await answer.text()


@pytest.fixture
async def figures(data: Path) -> str:
    async with house(data, ON) as here:
        return await troubled(here)


def given(text: str, changes: dict[str, float]) -> list[dict[str, str]]:
    """Make the series of a test of promtool: as they were scraped, for an hour; ``changes`` are of the centre."""
    series = []
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = sample.labels | {"job": "queue-server", "instance": INSTANCE}
            value = changes.get(sample.name, sample.value) if labels.get("centre") == CENTRE else sample.value
            step = 60 if sample.name.endswith("_total") else 0
            named = ",".join(f'{key}="{text}"' for key, text in labels.items())
            series.append({"series": f"{sample.name}{{{named}}}", "values": f"{value}+{step}x60"})
    return [*series, {"series": f'up{{job="queue-server",instance="{INSTANCE}"}}', "values": "1x60"}]


def expressions() -> list[tuple[str, str]]:
    """List what the panels show, with the variables of the dashboard filled in."""
    return [
        (panel["title"], target["expr"].replace("$centre", ".*").replace("$__rate_interval", "5m"))
        for panel in DASHBOARD["panels"]
        for target in panel["targets"]
    ]


def run_rules(tmp_path: Path, test: dict[str, Any]) -> None:
    (tmp_path / "alerts.yml").write_text(ALERTS.read_text())
    file = tmp_path / "test.yml"
    # JSON is YAML.
    file.write_text(json.dumps({"rule_files": ["alerts.yml"], "evaluation_interval": "1m", "tests": [test]}))
    promtool("test", "rules", file)


async def test_another_hand_reads_what_the_server_says(figures: str) -> None:
    await asyncio.to_thread(promtool, "check", "metrics", text=figures)


def test_the_rules_are_rules() -> None:
    assert "SUCCESS: 11 rules found" in promtool("check", "rules", ALERTS)


async def test_every_panel_shows_something(figures: str, tmp_path: Path) -> None:
    tests = [
        {"expr": f"count({expression}) > bool 0", "eval_time": "30m", "exp_samples": [{"labels": "{}", "value": 1}]}
        for title, expression in expressions()
        if title not in MAY_BE_EMPTY
    ]
    assert len(tests) > 12
    test = {"interval": "1m", "input_series": given(figures, {}), "promql_expr_test": tests}
    await asyncio.to_thread(run_rules, tmp_path, test)


def test_panels_have_their_places_and_their_source() -> None:
    """As Grafana documents it: 24 columns, an id for each panel, and a data source that is chosen above them."""
    known = {one["name"]: one["type"] for one in DASHBOARD["templating"]["list"]}
    assert known == {"source": "datasource", "centre": "query"}
    panels = DASHBOARD["panels"]
    assert len({one["id"] for one in panels}) == len(panels)
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert cells, panel["title"]
        assert max(x for x, _ in cells) < 24, panel["title"]
        assert not cells & taken, panel["title"]
        taken |= cells
        source = {"type": "prometheus", "uid": "${source}"}
        assert [panel["datasource"], *(one["datasource"] for one in panel["targets"])].count(source) == 1 + len(
            panel["targets"]
        )
        assert len({one["refId"] for one in panel["targets"]}) == len(panel["targets"])


async def test_alarms_are_raised_by_what_they_are_about_and_by_nothing_else(figures: str, tmp_path: Path) -> None:
    """As it was scraped people wait and nobody serves; then promises break, devices are away and nothing works."""
    here = {"centre": CENTRE}
    as_it_is = {"HelpNotAnswered", "NobodyServes", "NoCounterOpen"}
    worse = {"queue_centre_overdue": 7.0, "queue_centre_devices_away": 2.0, "queue_centre_open": 1.0}
    for changes, raised in (
        ({}, as_it_is),
        (worse, as_it_is | {"PromisesBroken", "DevicesAway"}),
        ({"queue_centre_ready": 0.0}, as_it_is | {"CentreCannotServe"}),
    ):
        tests = [
            {"alertname": name, "eval_time": "30m", "exp_alerts": [alert(name, here)] if name in raised else []}
            for name in re.findall(r"- alert: (\w+)", ALERTS.read_text())
            # What ails the machine of a test is its own.
            if name not in {"MachineAils", "ServerErrors"}
        ]
        shown = given(figures, changes)
        value = {one["alertname"]: values(one["alertname"], changes) for one in tests}
        for one in tests:
            for expected in one["exp_alerts"]:
                expected["exp_annotations"] = {"summary": summary(one["alertname"], value[one["alertname"]])}
        test = {"interval": "1m", "input_series": shown, "alert_rule_test": tests}
        await asyncio.to_thread(run_rules, tmp_path, test)


def alert(name: str, labels: dict[str, str]) -> dict[str, Any]:
    severity = re.search(rf"alert: {name}\n.*?severity: (\w+)", ALERTS.read_text(), re.DOTALL)
    assert severity is not None
    return {"exp_labels": labels | {"severity": severity[1]}}


def values(name: str, changes: dict[str, float]) -> str:
    """Say what an alarm counts; seven wait, since the one who was served goes on to the next step."""
    found = {"PromisesBroken": "queue_centre_overdue", "DevicesAway": "queue_centre_devices_away"}
    return "7" if name == "NoCounterOpen" else f"{changes.get(found.get(name, ''), 0):g}"


def summary(name: str, value: str) -> str:
    """Fill in the sentence of an alarm as Prometheus does."""
    written = re.search(rf"alert: {name}\n.*?summary: \"(.*?)\"\n", ALERTS.read_text(), re.DOTALL)
    assert written is not None
    return written[1].replace("{{ $labels.centre }}", CENTRE).replace("{{ $value }}", value)


def test_every_metric_that_is_named_is_told_of() -> None:
    """Prometheus itself tells ``up``; all others stand on the page."""
    page = (FILES.parents[1] / "docs" / "monitoring.md").read_text()
    named = set(re.findall(r"queue_[a-z_]+", ALERTS.read_text() + json.dumps(DASHBOARD)))
    patterns = [one.replace("*", ".*") for one in re.findall(r"`(queue_[a-z_*]+)`", page)]
    assert [one for one in named if not any(re.fullmatch(pattern, one) for pattern in patterns)] == []
