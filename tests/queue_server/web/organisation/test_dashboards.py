"""The dashboard and the alarms for monitoring systems, tried by a reader of another hand: Prometheus's own promtool.

It parses what the server answers, and evaluates each expression over the series of a server that was scraped here: an
expression that names a metric or a label that does not exist comes to nothing, and fails.
"""

import asyncio
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
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


def bucket(end: str) -> str:
    return f'queue_answer_seconds_bucket{{instance="{INSTANCE}",le="{end}",route="/api"}}'


def given(text: str, changes: dict[str, float]) -> list[dict[str, str]]:
    """Make the series of a test of promtool: as they were scraped, for an hour; ``changes`` are of the centre."""
    series = []
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = sample.labels | {"job": "queue-server", "instance": INSTANCE}
            value = changes.get(sample.name, sample.value) if labels.get("centre") == CENTRE else sample.value
            step = 60 if sample.name.endswith(("_total", "_bucket", "_count", "_sum")) else 0
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


def run_rules(tmp_path: Path, *tests: dict[str, Any]) -> None:
    (tmp_path / "alerts.yml").write_text(ALERTS.read_text())
    file = tmp_path / "test.yml"
    # JSON is YAML.
    file.write_text(json.dumps({"rule_files": ["alerts.yml"], "evaluation_interval": "1m", "tests": tests}))
    promtool("test", "rules", file)


def test_the_rules_are_rules() -> None:
    assert "SUCCESS: 17 rules found" in promtool("check", "rules", ALERTS)


async def test_another_hand_reads_what_the_server_says(figures: str, tmp_path: Path) -> None:
    """Every panel shows something, and alarms are raised by what they are about and by nothing else."""
    await asyncio.to_thread(promtool, "check", "metrics", text=figures)
    await asyncio.to_thread(run_rules, tmp_path, shown(figures), *raised(figures))


def shown(figures: str) -> dict[str, Any]:
    """Make the test of the panels."""
    tests = [
        {"expr": f"count({expression}) > bool 0", "eval_time": "30m", "exp_samples": [{"labels": "{}", "value": 1}]}
        for title, expression in expressions()
        if title not in MAY_BE_EMPTY
    ]
    assert len(tests) > 12
    return {"interval": "1m", "input_series": given(figures, {}), "promql_expr_test": tests}


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


def raised(figures: str) -> Iterator[dict[str, Any]]:
    """Make the tests of the alarms, each of which is raised by what it is about and by nothing else.

    As it was scraped people wait and nobody serves; then promises break, devices are away and nothing works.
    """
    here = {"centre": CENTRE}
    as_it_is = {"HelpNotAnswered", "NobodyServes", "NoCounterOpen"}
    worse = {"queue_centre_overdue": 7.0, "queue_centre_devices_away": 2.0, "queue_centre_open": 1.0}
    for changes, names in (
        ({}, as_it_is),
        (worse, as_it_is | {"PromisesBroken", "DevicesAway"}),
        ({"queue_centre_ready": 0.0}, as_it_is | {"CentreCannotServe"}),
    ):
        tests = [
            {"alertname": name, "eval_time": "30m", "exp_alerts": [alert(name, here)] if name in names else []}
            for name in re.findall(r"- alert: (\w+)", ALERTS.read_text())
            # What ails the machine of a test is its own.
            if name not in {"MachineAils", "ServerErrors"}
        ]
        series = given(figures, changes)
        value = {one["alertname"]: values(one["alertname"], changes) for one in tests}
        for one in tests:
            for expected in one["exp_alerts"]:
                expected["exp_annotations"] = {"summary": summary(one["alertname"], value[one["alertname"]])}
        yield {"interval": "1m", "input_series": series, "alert_rule_test": tests}


#: Series of two hours, a sample a minute: the alarm, their values, and what it counts; None where it is not raised.
OF_MACHINES: Final = (
    ("TicketsHeld", {'queue_kiosk_tickets_waiting{centre="demo",device="k1"}': "3x120"}, "3"),
    ("TicketsHeld", {'queue_kiosk_tickets_waiting{centre="demo",device="k1"}': "0x120"}, None),
    # They come and go while a line is slow.
    ("TicketsHeld", {'queue_kiosk_tickets_waiting{centre="demo",device="k1"}': "0x80 3 0 3 0 3 0 3 0 3 0x30"}, None),
    ("TicketsRefused", {'queue_kiosk_tickets_refused{centre="demo",device="k1"}': "1x120"}, "1"),
    ("TicketsRefused", {'queue_kiosk_tickets_refused{centre="demo",device="k1"}': "0x120"}, None),
    # An hour and a half after the beginning of Unix time.
    ("CertificateEnds", {f'queue_certificate_end_timestamp_seconds{{instance="{INSTANCE}"}}': "96000x120"}, "90600"),
    ("CertificateEnds", {f'queue_certificate_end_timestamp_seconds{{instance="{INSTANCE}"}}': "1300000x120"}, None),
    ("AuthorityEnds", {f'queue_authority_end_timestamp_seconds{{instance="{INSTANCE}"}}': "96000x120"}, "90600"),
    ("AuthorityEnds", {f'queue_authority_end_timestamp_seconds{{instance="{INSTANCE}"}}': "7900000x120"}, None),
    ("SlowAnswers", {bucket("2.5"): "0+60x120", bucket("1.0"): "0x120", bucket("+Inf"): "0+60x120"}, "2.425"),
    ("SlowAnswers", {bucket("2.5"): "0+60x120", bucket("1.0"): "0+59x120", bucket("+Inf"): "0+60x120"}, None),
)


def test_what_ails_a_kiosk_or_a_server_is_told(tmp_path: Path) -> None:
    run_rules(tmp_path, *(of_machine(*case) for case in OF_MACHINES))


def of_machine(name: str, shown: dict[str, str], value: str | None) -> dict[str, Any]:
    series = [{"series": one, "values": values} for one, values in shown.items()]
    (first,) = {one.partition("{")[2] for one in shown if 'le="' not in one} or {f'instance="{INSTANCE}"}}'}
    labels = dict(re.findall(r'(\w+)="([^"]*)"', first))
    expected = []
    if value is not None:
        expected = [alert(name, labels) | {"exp_annotations": {"summary": filled(name, labels, value)}}]
    test = {"alertname": name, "eval_time": "90m", "exp_alerts": expected}
    return {"interval": "1m", "input_series": series, "alert_rule_test": [test]}


def filled(name: str, labels: dict[str, str], value: str) -> str:
    """Fill in the sentence of an alarm about a machine as Prometheus does."""
    text = summary(name, value)
    for label, of in labels.items():
        text = text.replace(f"{{{{ $labels.{label} }}}}", of)
    return text


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
    assert [one for one in named if not any(re.fullmatch(f"{pattern}(_bucket)?", one) for pattern in patterns)] == []
